"""`kg export`: what it lists, writes and refuses."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.export.formats import FORMATS
from kg.project import Project
from kg.store import folder
from tests.cli.test_main import refused
from tests.conftest import RunKg
from tests.hostile import hostile_graph
from tests.support import ROOT, run_process


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small graph on disk."""
    made = tmp_path_factory.mktemp("store")
    folder.publish(made, list(hostile_graph().embedded.nquads()), {})
    return made


def test_without_a_format_and_a_file_it_lists_the_formats(kg: RunKg) -> None:
    said = kg("export")
    assert said.code == 0
    assert [line.split()[0] for line in said.out.splitlines()[: len(FORMATS)]] == list(FORMATS)


def test_the_format_is_that_of_the_name_or_of_the_ending(kg: RunKg, store: Path, tmp_path: Path) -> None:
    assert kg("export", "-o", tmp_path / "a.nt", "--store", store).code == 0
    assert kg("export", "ntriples", "-o", tmp_path / "b.txt", "--store", store).code == 0
    assert (tmp_path / "a.nt").read_bytes() == (tmp_path / "b.txt").read_bytes()


def test_a_network_is_counted(kg: RunKg, store: Path, tmp_path: Path) -> None:
    said = kg("export", "graphml", "--network", "places", "-o", tmp_path / "a.graphml", "--store", store)
    size = (tmp_path / "a.graphml").stat().st_size
    count = (tmp_path / "a.graphml").read_text(encoding="utf-8").count("<edge ")
    assert f"a.graphml: {size:,} bytes" in said.out
    assert said.out.rstrip().endswith(f"{count:,} edges")


def test_standard_output_holds_the_file_and_nothing_else(store: Path, tmp_path: Path) -> None:
    said = run_process("export", "nquads", "-o", "-", "--store", store)
    assert run_process("export", "-o", tmp_path / "a.nq", "--store", store).code == 0
    assert said.out == (tmp_path / "a.nq").read_bytes().decode("utf-8")


def test_notes_are_told_aside(kg: RunKg, store: Path, tmp_path: Path) -> None:
    said = kg("export", "-o", tmp_path / "a.geojson", "--store", store)
    assert "places have no point and are left out" in said.err
    assert len(said.out.splitlines()) == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["turtle"], "where to? Say: kg export turtle -o FILE"),
        (["turtel", "-o", "a"], "unknown format: turtel. Did you mean turtle?"),
        (["neo4j", "-o", "-"], "neo4j is a folder of files"),
        (["-o", "-"], "no format for no ending"),
        (["-o", "a.ttl", "--network", "places"], "turtle holds the whole graph"),
        (["graphml", "-o", "a", "--network", "../x"], "../x"),
    ],
)
def test_what_cannot_be_exported_is_told(
    kg: RunKg, store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    assert message in refused(kg("export", *arguments, "--store", store), 2)
    assert list(tmp_path.iterdir()) == []


def test_the_context_is_written_as_it_is_published(kg: RunKg, store: Path, tmp_path: Path) -> None:
    assert Project.find().roots == (ROOT,)
    assert kg("export", "context", "-o", tmp_path / "context.jsonld", "--store", store).code == 0
    assert (tmp_path / "context.jsonld").read_bytes() == (ROOT / "ontology/context.jsonld").read_bytes()
