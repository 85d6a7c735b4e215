"""Exports: all formats read back, same bytes twice, and clear refusals."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

from kg.errors import UseError
from kg.export.rdf import write_rdf
from kg.store.oxigraph import OxigraphStore


@pytest.fixture
def small() -> OxigraphStore:
    store = OxigraphStore.memory()
    store.update(
        'INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:p> "宝鸡"@zh , 1.50 } '
        'GRAPH <urn:g2> { <urn:a> <urn:p> "宝鸡"@zh } }'
    )
    return store


@pytest.mark.parametrize(("ending", "triples"), [(".nq", 3), (".trig", 3), (".nt", 2), (".ttl", 2)])
def test_export_reads_back(small: OxigraphStore, tmp_path: Path, ending: str, triples: int) -> None:
    """Datasets keep both graphs; single-graph formats hold the union without repeats."""
    path = tmp_path / f"graph{ending}"
    size = write_rdf(small, path)
    dataset = rdflib.Dataset()
    dataset.parse(path)
    assert len(list(dataset.quads((None, None, None, None)))) == triples
    assert path.stat().st_size == size


def test_export_twice_gives_the_same_bytes(small: OxigraphStore, tmp_path: Path) -> None:
    for ending in (".nq", ".trig", ".nt", ".ttl"):
        write_rdf(small, tmp_path / f"a{ending}")
        write_rdf(small, tmp_path / f"b{ending}")
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


@pytest.mark.parametrize(("name", "message"), [("graph.xlsx", r"no format for \.xlsx"), ("no/folder.nq", "folder")])
def test_export_that_cannot_be_written_says_what_to_do(
    small: OxigraphStore, tmp_path: Path, name: str, message: str
) -> None:
    with pytest.raises(UseError, match=message):
        write_rdf(small, tmp_path / name)
