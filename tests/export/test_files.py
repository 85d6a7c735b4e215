"""Files and folders are written whole or not at all, and nothing is written but what was asked for."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from kg.errors import UseError
from kg.export.files import LISTING, replacing
from tests.support import ROOT


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_file_takes_the_place_of_the_old_one(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with replacing(tmp_path / "a.txt") as aside:
        aside.write_text("new", encoding="utf-8")
        assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "new"
    assert names(tmp_path) == ["a.txt"]


@pytest.mark.parametrize("error", [RuntimeError("a bug"), KeyboardInterrupt()])
def test_a_failure_leaves_the_old_file_and_nothing_else(tmp_path: Path, error: BaseException) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with pytest.raises(type(error)), replacing(tmp_path / "a.txt") as aside:
        aside.write_text("half", encoding="utf-8")
        raise error
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["a.txt"]


def test_a_full_disk_is_told_and_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    with pytest.raises(UseError, match="No space left on device"), replacing(tmp_path / "a.txt"):
        Path("/dev/full").write_text("new", encoding="utf-8")
    assert names(tmp_path) == ["a.txt"]


def test_a_killed_process_leaves_the_old_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("old", encoding="utf-8")
    code = (
        "import sys, time; from pathlib import Path; from kg.export.files import replacing\n"
        f"with replacing(Path({str(tmp_path / 'a.txt')!r})) as aside:\n"
        "    aside.write_text('half'); print('written', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, cwd=ROOT) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"written\n"
        process.send_signal(signal.SIGKILL)
    assert (tmp_path / "a.txt").read_text(encoding="utf-8") == "old"


def test_a_folder_takes_the_place_of_an_older_export(tmp_path: Path) -> None:
    for text, name in (("old", "a.csv"), ("new", "b.csv")):
        with replacing(tmp_path / "export", folder=True) as aside:
            (aside / name).write_text(text, encoding="utf-8")
    assert names(tmp_path) == ["export"]
    assert names(tmp_path / "export") == ["b.csv", LISTING]
    assert json.loads((tmp_path / "export" / LISTING).read_text(encoding="utf-8")) == {"files": ["b.csv"]}


def test_a_failure_leaves_the_old_folder(tmp_path: Path) -> None:
    with replacing(tmp_path / "export", folder=True) as aside:
        (aside / "a.csv").write_text("old", encoding="utf-8")
    with pytest.raises(RuntimeError), replacing(tmp_path / "export", folder=True) as aside:
        (aside / "a.csv").write_text("half", encoding="utf-8")
        raise RuntimeError
    assert (tmp_path / "export" / "a.csv").read_text(encoding="utf-8") == "old"
    assert names(tmp_path) == ["export"]


@pytest.mark.parametrize("listing", [None, "{", "[]", '{"files": ["a.csv"]}'])
def test_a_folder_that_holds_something_else_is_left_alone(tmp_path: Path, listing: str | None) -> None:
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine", encoding="utf-8")
    if listing is not None:
        (folder / LISTING).write_text(listing, encoding="utf-8")
    with pytest.raises(UseError, match="holds files that are of no export"), replacing(folder, folder=True):
        pass
    assert (folder / "thesis.txt").read_text(encoding="utf-8") == "mine"


def test_an_empty_folder_is_used(tmp_path: Path) -> None:
    (tmp_path / "export").mkdir()
    with replacing(tmp_path / "export", folder=True) as aside:
        (aside / "a.csv").touch()
    assert names(tmp_path / "export") == ["a.csv", LISTING]


def test_links_are_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "mine.txt").write_text("mine", encoding="utf-8")
    folder = tmp_path / "there"
    folder.mkdir()
    (folder / "a.txt").symlink_to(outside / "mine.txt")
    with replacing(folder / "a.txt") as aside:
        aside.write_text("new", encoding="utf-8")
    assert not (folder / "a.txt").is_symlink()
    (folder / "b").symlink_to(outside)
    with pytest.raises(UseError, match="is no folder"), replacing(folder / "b", folder=True):
        pass
    with replacing(tmp_path / "export", folder=True) as aside:
        (aside / "a.csv").write_text("old", encoding="utf-8")
    (tmp_path / "export" / "a.csv").unlink()
    (tmp_path / "export" / "a.csv").symlink_to(outside / "mine.txt")
    with replacing(tmp_path / "export", folder=True) as aside:
        (aside / "a.csv").write_text("new", encoding="utf-8")
    assert (outside / "mine.txt").read_text(encoding="utf-8") == "mine"
    assert names(outside) == ["mine.txt"]


@pytest.mark.parametrize("name", ["a\x00b", "x" * 300, "no/such\x00/folder", "there/a"])
@pytest.mark.parametrize("folder", [False, True])
def test_a_name_that_cannot_be_written_is_told(tmp_path: Path, name: str, folder: bool) -> None:
    (tmp_path / "there").touch()
    kind = "folder" if folder else "file"
    message = f"cannot be written .* Name another {kind}"
    with pytest.raises(UseError, match=message), replacing(tmp_path / name, folder) as aside:
        (aside / "b" if folder else aside).touch()
    assert names(tmp_path) == ["there"]


@pytest.mark.parametrize("folder", [False, True])
def test_folders_above_are_made_and_taken_away_where_nothing_is_written(tmp_path: Path, folder: bool) -> None:
    with pytest.raises(RuntimeError), replacing(tmp_path / "no/such/a", folder) as aside:
        raise RuntimeError
    assert names(tmp_path) == []
    with replacing(tmp_path / "no/such/a", folder) as aside:
        (aside / "b" if folder else aside).touch()
    assert names(tmp_path / "no/such") == ["a"]


def test_a_file_may_be_read_by_whom_the_system_says(tmp_path: Path) -> None:
    old = os.umask(0o027)
    try:
        with replacing(tmp_path / "a.txt") as aside:
            aside.touch()
        with replacing(tmp_path / "b", folder=True) as aside:
            (aside / "c").touch()
    finally:
        os.umask(old)
    assert (tmp_path / "a.txt").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "b").stat().st_mode & 0o777 == 0o750
