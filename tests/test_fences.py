"""What belongs into which room: no code among the declarations, no terms of the domain in the code."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def tracked(*patterns: str) -> list[Path]:
    done = subprocess.run(["git", "ls-files", "-z", "--", *patterns], cwd=ROOT, capture_output=True, check=True)
    return [ROOT / name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).exists()]


def test_no_code_among_the_declarations() -> None:
    assert [path for path in tracked("ontology", "queries", "loaders") if path.suffix == ".py"] == []


def test_no_iri_of_the_ontology_in_the_code() -> None:
    """Terms and things are named in ontology/, queries/ and loaders/ alone; doctests may name them."""
    offenders = [path for path in tracked("kg/*.py") if "w3id.org/iis-kg" in path.read_text(encoding="utf-8")]
    assert offenders == []


@pytest.mark.parametrize("pattern", ["kg/*.py", "tests/*.py", "benchmarks/*.py"])
def test_no_module_over_400_lines(pattern: str) -> None:
    paths = tracked(pattern)
    assert paths
    long = {path.name: n for path in paths if (n := len(path.read_text(encoding="utf-8").splitlines())) > 400}
    assert long == {}


def test_no_todo_without_a_reason() -> None:
    marks = re.compile(r"\b(TODO|FIXME|XXX)\b(?!:? \w+)")
    paths = tracked("kg/*.py", "queries/*.rq", "queries/*.ru", "ontology/*.ttl")
    assert [path for path in paths if marks.search(path.read_text(encoding="utf-8"))] == []
