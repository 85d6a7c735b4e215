"""The product ships the papers' facts and figures, never their sentences."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest

from tests.support import PAPERS, ROOT, documents

LONGEST = 8
ENDINGS = {".csv", ".ttl", ".md", ".py", ".rq", ".ru", ".json", ".yaml", ".toml", ".html"}
NAMED = {"organisations", "policies", "places", "industries", "surveys", "evaluations", "projects"}
"""Tables of things with a name of their own: bodies, decrees, regions, classes of a standard, surveys, grants."""
GENERATED = {
    "node_modules",
    ".venv",
    "build",
    "dist",
    ".git",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
}


def words(text: str) -> list[str]:
    """Words as the loader counts them, between white space; case and punctuation at their ends do not count."""
    stripped = (re.sub(r"^\W+|\W+$", "", word) for word in text.casefold().split())
    return [word for word in stripped if re.search(r"[^\W\d_]", word)]


def runs(text: str) -> Iterator[tuple[str, ...]]:
    """Every nine words that follow one another."""
    found = words(text)
    return zip(*(found[start:] for start in range(LONGEST + 1)), strict=False)


def passages(path: Path) -> Iterator[str]:
    """The texts of a file: each cell of a table, else the whole."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".csv":
        for row in csv.reader(io.StringIO(text, newline="")):
            yield from row
    else:
        yield text


@lru_cache(maxsize=1)
def index() -> frozenset[tuple[str, ...]]:
    return frozenset(
        run for path in sorted(documents().glob("*.txt")) for run in runs(path.read_text(encoding="utf-8"))
    )


def bibliographic() -> set[tuple[str, ...]]:
    """Titles, venues and people that a reference quotes in full, and proper names that cannot be told otherwise."""
    allowed: set[tuple[str, ...]] = set()
    for paper in PAPERS:
        folder = ROOT / "loaders" / paper
        data = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
        people = " ".join(person["title"] for person in data["contributors"])
        keywords = " ".join(data.get("keywords", ()))
        title, venue = data["title"], data.get("venue", "")
        cited = (f"{people} {title}", f"{title} {people}", f"{title} {venue}")
        for text in (title, people, f"keywords {keywords}", *cited):
            allowed.update(runs(text))
    for path in (ROOT / "loaders").glob("*/*.csv"):
        if path.stem in NAMED:
            for row in csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline="")):
                for name in (row["label"], *(row.get("aliases") or "").split(";")):
                    allowed.update(runs(name))
    return allowed


def shipped() -> list[Path]:
    return [
        path
        for path in sorted(ROOT.rglob("*"))
        if path.suffix in ENDINGS and path.is_file() and not set(path.relative_to(ROOT).parts) & GENERATED
    ]


@pytest.mark.parametrize(("ci", "outcome"), [("true", pytest.fail.Exception), ("", pytest.skip.Exception)])
def test_missing_papers_are_skipped_here_and_fail_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, ci: str, outcome: type[BaseException]
) -> None:
    monkeypatch.setattr("tests.support.DOCUMENTS", tmp_path / "nothing")
    monkeypatch.setenv("CI", ci)
    with pytest.raises(outcome, match="it holds the texts of the papers"):
        documents()


def test_the_papers_were_read() -> None:
    assert len(list(documents().glob("*.txt"))) == len(PAPERS)
    assert len(index()) > 20_000


def test_a_sentence_would_be_found() -> None:
    text = next(iter(sorted(documents().glob("*.txt")))).read_text(encoding="utf-8")
    sentence = " ".join(text.split()[1000:1020])
    assert any(run in index() for run in runs(f"x,{sentence},y"))


def test_no_file_holds_a_sentence_of_the_papers() -> None:
    known, allowed = index(), bibliographic()
    found = {
        f"{path.relative_to(ROOT)}: {' '.join(run)}"
        for path in shipped()
        for text in passages(path)
        for run in runs(text)
        if run in known and run not in allowed
    }
    assert len(shipped()) > 300
    assert sorted(found) == []
