"""Where things are, and a user's folder that is laid over them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import OntologyError, UseError
from kg.project import Project, read_text
from tests.support import ROOT


def write(root: Path, relative: str, text: str = "") -> Path:
    path = root / relative
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_checkout_is_found() -> None:
    assert Project.find().roots == (ROOT,)


def test_a_users_folder_comes_second(tmp_path: Path) -> None:
    write(tmp_path, "queries/own/x.rq")
    assert Project.find(tmp_path).roots == (ROOT, tmp_path)
    assert Project.find(str(tmp_path)).roots == (ROOT, tmp_path)


@pytest.mark.parametrize("make", [True, False], ids=["empty", "missing"])
def test_a_folder_that_is_no_project_is_refused(tmp_path: Path, make: bool) -> None:
    folder = tmp_path / "mine"
    if make:
        folder.mkdir()
    with pytest.raises(
        UseError, match=r"mine: no project\. Give a folder that holds one of ontology/, queries/, loaders/"
    ):
        Project.find(folder)


def test_files_are_added_and_replaced_and_sorted(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, "queries/a/b.rq", "one")
    write(one, "queries/a/c.rq", "one")
    write(two, "queries/a/c.rq", "two")
    write(two, "queries/a/a.rq", "two")
    (two / "queries/a/folder.rq").mkdir()
    found = list(Project((one, two)).files("queries", "*/*.rq"))
    assert [(name, path.read_text(encoding="utf-8")) for name, path in found] == [
        ("a/a.rq", "two"),
        ("a/b.rq", "one"),
        ("a/c.rq", "two"),
    ]


def test_the_last_root_that_has_a_file_gives_it(tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write(one, "ontology/core.ttl")
    assert Project((one, two)).file("ontology/core.ttl") == one / "ontology/core.ttl"
    write(two, "ontology/core.ttl")
    assert Project((one, two)).file("ontology/core.ttl") == two / "ontology/core.ttl"
    with pytest.raises(FileNotFoundError):
        Project((one, two)).file("ontology/nothing.ttl")


def test_the_store_is_where_the_environment_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IIS_KG_STORE", str(tmp_path / "named"))
    assert Project.find().default_store() == tmp_path / "named"


def test_the_store_is_here_or_in_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("IIS_KG_STORE", raising=False)
    monkeypatch.chdir(tmp_path)
    checkout = tmp_path / "checkout"
    write(checkout, "pyproject.toml")
    project = Project((checkout,))
    assert project.default_store() == Path("build/graph")
    (checkout / "build/graph").mkdir(parents=True)
    assert project.default_store() == checkout / "build/graph"
    (tmp_path / "build/graph").mkdir(parents=True)
    assert project.default_store() == Path("build/graph")


def test_a_file_that_is_not_utf_8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "x.ttl"
    path.write_bytes(b"\xff")
    with pytest.raises(OntologyError, match=r"^ontology/x\.ttl: not UTF-8 .+ Save it as UTF-8$"):
        read_text(path, "ontology/x.ttl", OntologyError)
