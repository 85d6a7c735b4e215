"""The graph on disk: generations, the pointer to the one in force, damage, locks, and builds that are killed."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from kg.errors import StoreError, StoreMissing
from kg.store.folder import exclusive, open_current, publish, read_manifest
from kg.store.oxigraph import OxigraphStore
from tests.support import ROOT

OLD = ["<urn:a> <urn:p> <urn:b> <urn:g> ."]
NEW = [f"<urn:a> <urn:p> <urn:{i:04}> <urn:g> ." for i in range(50)]
RUN = {**os.environ, "PYTHONPATH": str(ROOT)}


def put(folder: Path, lines: list[str]) -> None:
    with exclusive(folder):
        publish(folder, lines, {"quads": len(lines)})


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with one generation in force."""
    put(tmp_path / "graph", OLD)
    return tmp_path / "graph"


def generation(folder: Path) -> Path:
    return folder / (folder / "CURRENT").read_text(encoding="utf-8").strip()


def test_what_was_put_is_there(folder: Path) -> None:
    assert list(open_current(folder).nquads()) == OLD


def test_a_graph_that_is_replaced_while_it_is_opened_is_passed_over(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = OxigraphStore.read_only

    def late(path: Path) -> OxigraphStore:
        monkeypatch.undo()
        for count in (3, 4):  # now the folder of the generation that was in force is deleted
            put(folder, [f"<urn:s> <urn:p> <urn:o{number}> <urn:g> ." for number in range(count)])
        return opened(path)

    monkeypatch.setattr(OxigraphStore, "read_only", late)
    assert len(open_current(folder)) == 4


def test_the_manifest_tells_count_and_hash(folder: Path) -> None:
    manifest = read_manifest(folder)
    assert (manifest.quads, manifest.counts) == (1, {"quads": 1})
    assert manifest.sha256 == hashlib.sha256((OLD[0] + "\n").encode()).hexdigest()


def test_a_new_generation_takes_the_place_of_the_old_one(folder: Path) -> None:
    put(folder, NEW)
    assert list(open_current(folder).nquads()) == NEW


def test_a_reader_goes_on_with_its_generation(folder: Path) -> None:
    reader = open_current(folder)
    put(folder, NEW)
    assert list(reader.nquads()) == OLD


def test_two_generations_are_kept(folder: Path) -> None:
    for count in (5, 10, 15):
        put(folder, NEW[:count])
    assert len(list(folder.glob("g-*"))) == 2


@pytest.mark.parametrize("times", [1, 2, 3])
def test_the_same_graph_may_be_put_again(folder: Path, times: int) -> None:
    for _ in range(times):
        put(folder, OLD)
    assert list(open_current(folder).nquads()) == OLD
    assert len(list(folder.glob("g-*"))) == 2
    assert list(folder.glob("aside-*")) == []


def test_a_graph_read_only_cannot_be_written(folder: Path) -> None:
    with pytest.raises(StoreError, match="read-only"):
        open_current(folder).update("INSERT DATA { <urn:x> <urn:y> <urn:z> }")
    assert list(open_current(folder).nquads()) == OLD


def test_nothing_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match=r"no graph there\. Run `kg build` first"):
        open_current(tmp_path / "nothing")


@pytest.mark.parametrize("content", [None, b"", b"\n", b"\xff\xfe\x00", b"../..", b"g-nothing", b"g-\x00", b"/etc"])
def test_a_pointer_that_leads_nowhere(folder: Path, content: bytes | None) -> None:
    pointer = folder / "CURRENT"
    pointer.unlink()
    if content is not None:
        pointer.write_bytes(content)
    with pytest.raises(StoreMissing, match="Run `kg build` first"):
        open_current(folder)


def damage(folder: Path, pattern: str) -> Iterator[Path]:
    """The files of the generation in force that match, each to be damaged alone."""
    paths = sorted(generation(folder).glob(pattern))
    assert paths
    yield from paths


@pytest.mark.parametrize("pattern", ["*.sst", "MANIFEST-*", "CURRENT"])
@pytest.mark.parametrize("how", ["cut", "emptied", "flipped", "removed"])
def test_a_damaged_store_is_said_to_be_damaged(tmp_path: Path, pattern: str, how: str) -> None:
    folder = tmp_path / "graph"
    put(folder, NEW)
    loud = 0
    for path in damage(folder, pattern):
        content = path.read_bytes()
        if how == "removed":
            path.unlink()
        else:
            path.write_bytes(
                {"cut": content[: len(content) // 2], "emptied": b"", "flipped": bytes(b ^ 255 for b in content)}[how]
            )
        try:
            assert list(open_current(folder).nquads()) == NEW
        except StoreError as error:
            assert "Run `kg build`" in str(error)
            loud += 1
        path.write_bytes(content)
    assert loud


def test_damage_that_shows_only_when_it_is_read_is_said_to_be_damage(tmp_path: Path) -> None:
    lines = [f'<urn:{i:05}> <urn:p> "{"x" * 99}{i}" <urn:g> .' for i in range(20_000)]
    folder = tmp_path / "graph"
    put(folder, lines)
    loud = 0
    for path in damage(folder, "*.sst"):
        content = path.read_bytes()
        middle = len(content) // 2
        path.write_bytes(
            content[:middle] + bytes(b ^ 255 for b in content[middle : middle + 2000]) + content[middle + 2000 :]
        )
        try:
            store = open_current(folder)
            store.select("SELECT (COUNT(*) AS ?n) (MAX(STR(?o)) AS ?last) { ?s ?p ?o }")
            list(store.nquads())
            store.serialise("application/n-triples")
        except StoreError as error:
            assert "Run `kg build`" in str(error)
            loud += 1
        path.write_bytes(content)
    assert loud


@pytest.mark.parametrize(
    "content",
    [None, b"", b"{", b"[]", b"3", b"{}", b"\xff", b'{"quads": 2, "sha256": "x", "counts": {}}', b'{"quads": "x"}'],
)
def test_a_manifest_that_is_missing_or_says_otherwise(folder: Path, content: bytes | None) -> None:
    path = generation(folder) / "manifest.json"
    path.unlink() if content is None else path.write_bytes(content)
    with pytest.raises(StoreError, match="Run `kg build` again"):
        open_current(folder)


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    for path in (tmp_path / "file", tmp_path / "file" / "graph"):
        with pytest.raises(StoreError, match=r"cannot be written .+\. Give another --store"), exclusive(path):
            pass


def test_a_disk_that_is_full_leaves_the_old_graph(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(path: Path, lines: list[str]) -> int:
        path.mkdir()
        raise OSError(errno.ENOSPC, f"No space left on device, {len(lines)} lines to go")

    monkeypatch.setattr("kg.store.folder.write_folder", full)
    with pytest.raises(
        StoreError, match=r"cannot be written .+No space left.+ Make room there, or give another --store"
    ):
        put(folder, NEW)
    assert list(open_current(folder).nquads()) == OLD
    assert list(folder.glob("aside-*")) == []


def test_a_store_that_holds_less_than_it_was_given_is_not_put_in_force(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.store.folder.write_folder", lambda path, lines: path.mkdir() or len(lines) - 1)
    with pytest.raises(StoreError, match=r"49 quads were written instead of 50\. Build again"):
        put(folder, NEW)
    assert list(open_current(folder).nquads()) == OLD


@contextmanager
def other_process(code: str, *arguments: str) -> Iterator[subprocess.Popen[str]]:
    """A process that runs code and says when it is ready."""
    with subprocess.Popen(
        [sys.executable, "-c", code, *arguments], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=RUN
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            yield process
        finally:
            process.kill()


HOLD = """
import sys
from pathlib import Path
from kg.store.folder import exclusive
with exclusive(Path(sys.argv[1])):
    print("ready", flush=True)
    sys.stdin.read()
"""


def test_two_processes_do_not_build_at_once(folder: Path) -> None:
    with (
        other_process(HOLD, str(folder)),
        pytest.raises(StoreError, match=r"another process is building there\. Wait until it has ended"),
        exclusive(folder),
    ):
        pass
    assert list(open_current(folder).nquads()) == OLD


def test_a_reader_does_not_wait_for_a_build(folder: Path) -> None:
    with other_process(HOLD, str(folder)):
        assert list(open_current(folder).nquads()) == OLD


def test_a_build_that_was_killed_holds_nothing(folder: Path) -> None:
    with other_process(HOLD, str(folder)) as process:
        process.send_signal(signal.SIGKILL)
        process.wait()
        put(folder, NEW)
    assert list(open_current(folder).nquads()) == NEW


DIE = """
import os, shutil, signal, sys
from pathlib import Path
from kg.store import folder as module
steps, at = 0, int(sys.argv[2])
def dying(real):
    def call(*arguments, **options):
        global steps
        steps += 1
        if steps == at:
            os.kill(os.getpid(), signal.SIGKILL)
        return real(*arguments, **options)
    return call
for owner, name in ((Path, "rename"), (Path, "replace"), (Path, "write_text"), (shutil, "rmtree"), (os, "fsync")):
    setattr(owner, name, dying(getattr(owner, name)))
module.write_folder = dying(module.write_folder)
lines = Path(sys.argv[3]).read_bytes().decode().splitlines()
with module.exclusive(Path(sys.argv[1])):
    module.publish(Path(sys.argv[1]), lines, {})
"""


@pytest.mark.parametrize("new", [NEW, OLD], ids=["another graph", "the same graph"])
def test_a_build_killed_before_any_of_its_steps_leaves_a_whole_graph(tmp_path: Path, new: list[str]) -> None:
    lines = tmp_path / "lines.nq"
    lines.write_text("\n".join(new), encoding="utf-8")
    folder = tmp_path / "graph"
    put(folder, NEW[:7])
    put(folder, OLD)
    for step in range(1, 40):
        done = subprocess.run([sys.executable, "-c", DIE, str(folder), str(step), str(lines)], env=RUN, check=False)
        assert list(open_current(folder).nquads()) in (OLD, new)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL
        put(folder, OLD)
        assert list(folder.glob("aside-*")) == []
    assert 4 < step < 39
    assert list(open_current(folder).nquads()) == new


BUILD = """
import sys
from pathlib import Path
from kg.store.folder import exclusive, publish
lines = [f"<urn:a> <urn:p> <urn:{i:07}> <urn:g> ." for i in range(400_000)]
with exclusive(Path(sys.argv[1])):
    print("ready", flush=True)
    publish(Path(sys.argv[1]), lines, {})
"""


@pytest.mark.parametrize("delay", [0.0, 0.3])
def test_a_build_killed_while_it_writes_leaves_the_old_graph(folder: Path, delay: float) -> None:
    with other_process(BUILD, str(folder)) as process:
        end = time.monotonic() + 60
        while not list(folder.glob("aside-*")) and time.monotonic() < end:
            time.sleep(0.005)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        assert process.wait() == -signal.SIGKILL
    assert list(folder.glob("aside-*"))
    assert list(open_current(folder).nquads()) == OLD
    put(folder, NEW)
    assert list(open_current(folder).nquads()) == NEW
    assert list(folder.glob("aside-*")) == []


def test_the_manifest_can_be_read_by_anyone(folder: Path) -> None:
    data = json.loads((generation(folder) / "manifest.json").read_text(encoding="utf-8"))
    assert sorted(data) == ["counts", "inputs", "quads", "sha256"]
