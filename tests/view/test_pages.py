"""Files of pages: a name never leads out of the folder, a page is written whole or not at all."""

from __future__ import annotations

import base64
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UseError
from kg.names import file_name
from kg.view.pages import policy, write_page

RESERVED = ("CON", "nul", "COM1", "AUX.html")


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "%2e%2e%2fpasswd",
        "/etc/passwd",
        "a\x00b",
        "x" * 300,
        "宝" * 300,
        "..",
        "",
        ".",
        "~",
        "a\\b",
        *RESERVED,
    ],
)
def test_name_stays_in_its_folder(tmp_path: Path, name: str) -> None:
    file = tmp_path / file_name(name)
    assert file.resolve().parent == tmp_path.resolve()
    assert file.stem.upper() not in {"CON", "NUL", "COM1", "AUX"}
    write_page(file, "x")
    assert [path.name for path in tmp_path.iterdir()] == [file.name]


@given(st.text(max_size=400))
def test_any_name_makes_a_plain_file_name(name: str) -> None:
    made = file_name(name)
    assert made.endswith(".html")
    assert all(c.isalnum() or c == "-" for c in made.removesuffix(".html"))
    assert len(made.encode("utf-8")) <= 120


def test_long_names_that_differ_at_the_end_do_not_share_a_file() -> None:
    assert file_name("place:" + "x" * 300 + "a") != file_name("place:" + "x" * 300 + "b")


def test_link_in_the_place_of_the_file_is_replaced_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside.html"
    outside.write_text("mine", encoding="utf-8")
    (tmp_path / "build").mkdir()
    (tmp_path / "build" / "page.html").symlink_to(outside)
    write_page(tmp_path / "build" / "page.html", "page")
    assert outside.read_text(encoding="utf-8") == "mine"
    assert (tmp_path / "build" / "page.html").read_text(encoding="utf-8") == "page"


def test_path_that_cannot_be_written_is_told_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "folder.html").mkdir()
    with pytest.raises(UseError, match="cannot be written"):
        write_page(tmp_path / "folder.html", "x")
    assert [path.name for path in tmp_path.iterdir()] == ["folder.html"]


def test_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "build").write_text("x", encoding="utf-8")
    with pytest.raises(UseError, match="cannot be written"):
        write_page(tmp_path / "build" / "page.html", "x")


def test_policy_forbids_all_but_the_scripts_given() -> None:
    digest = base64.b64encode(hashlib.sha256(b"run()").digest()).decode()
    assert policy("run()").split("; ")[-1] == f"script-src 'sha256-{digest}'"
    assert "default-src 'none'" in policy()
    assert "script-src" not in policy()
    assert "unsafe-inline" not in policy("run()").split("script-src")[1]
