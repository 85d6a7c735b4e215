"""Hygiene: each query of `queries/hygiene/` finds the fault that it is for, and nothing in a graph without it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import QueryFileError
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.schema.hygiene import HygieneResult, run_hygiene
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIX_LINES, PREFIXES, ROOT, add_query

ONTOLOGY = "https://w3id.org/iis-kg/ontology"
LABEL = 'rdfs:label "X"@en'
DESCRIBED = 'rdfs:isDefinedBy <https://w3id.org/iis-kg/ontology> ; dcterms:source <urn:s> ; skos:example "e"'

PLANTED: dict[str, tuple[str, str, str]] = {
    "facts-without-passage": ("", "GRAPH <urn:nowhere> { <urn:a> <urn:b> <urn:c> }", "urn:nowhere"),
    "industries-without-classification": ("", "industry:x a iis:Industry", "industry:x"),
    "one-label-for-two-things": (
        "",
        f"place:x a iis:Place ; {LABEL} . place:y a iis:Place ; {LABEL}",
        "X",
    ),
    "likely-duplicates": (
        "",
        'place:x a iis:Place ; rdfs:label "Han River"@en . place:y a iis:Place ; skos:altLabel "han-rivers"@en',
        "hanriver",
    ),
    "one-code-for-two-things": (
        "",
        'place:x a iis:Place ; skos:notation "610000" . place:y a iis:Place ; skos:notation "610000"',
        "610000",
    ),
    "places-without-point": ("", "place:x a iis:City", "place:x"),
    "places-within-themselves": ("", "place:x iis:within place:x", "place:x"),
    "places-without-code": ("", "place:x a iis:City", "place:x"),
    "stages-before-themselves": ("", "stage:x iis:upstreamOf stage:x", "stage:x"),
    "subjects-of-two-kinds": ("", "place:x a iis:Place , iis:Organisation", "place:x"),
    "terms-incompletely-described": (
        f'iis:Own a owl:Class ; {DESCRIBED} ; rdfs:label "own"@en ; skos:definition "d"@en',
        "",
        "iis:Own",
    ),
    "terms-used-but-not-defined": ("", "place:x iis:inPlaice place:y", "iis:inPlaice"),
    "things-without-chinese-label": ("", f"place:x a iis:Place ; {LABEL}", "place:x"),
    "things-without-label": ("", 'place:x a iis:Place ; rdfs:label "x"@zh', "place:x"),
    "things-without-type": ("", "place:x a iis:Place ; iis:within place:y", "place:y"),
}

CLEAN = """
place:x a iis:Place , iis:City ; rdfs:label "X"@en , "某"@zh ; skos:notation "610000" ; iis:within place:y ;
  iis:latitude 34.3 .
place:y a iis:Place , iis:Province ; rdfs:label "Y"@en , "省"@zh ; skos:notation "61" .
industry:i a iis:Industry ; rdfs:label "I"@en , "业"@zh ; skos:closeMatch gbt4754:01 .
gbt4754:01 a skos:Concept ; rdfs:label "Agriculture"@en .
stage:s a iis:Stage , iis:ChainNode ; rdfs:label "S"@en ; iis:upstreamOf stage:t .
stage:t a iis:Stage , iis:ChainNode ; rdfs:label "T"@en .
"""


def planted(ontology: str = "", facts: str = "") -> OxigraphStore:
    """Our ontology and a few facts of a source, with what is planted in either."""
    store = OxigraphStore.memory()
    for path in (ROOT / "ontology").glob("*.ttl"):
        store.load_turtle(path.read_text(encoding="utf-8"), ONTOLOGY, path.name)
    if not facts.startswith("GRAPH"):
        facts = f"GRAPH source:own {{ source:own a iis:Source . {facts} }}"
    store.update(f"{PREFIX_LINES} INSERT DATA {{ GRAPH <{ONTOLOGY}> {{ {ontology} }} {facts} }}")
    return store


def found(store: OxigraphStore, name: str) -> HygieneResult:
    return {result.query.name: result for result in run_hygiene(store, Project((ROOT,)))}[name]


def test_every_query_has_its_fault() -> None:
    files = {path.stem for path in (ROOT / "queries/hygiene").glob("*.rq")}
    assert set(PLANTED) == files
    assert len(files) >= 12


@pytest.mark.parametrize("name", PLANTED)
def test_a_planted_fault_is_found(name: str) -> None:
    ontology, facts, expected = PLANTED[name]
    rows = found(planted(ontology, facts), name).faults.rows
    assert any(expected in (PREFIXES.shorten(str(value)) for value in row) for row in rows), rows


@pytest.mark.parametrize("name", PLANTED)
def test_nothing_is_found_where_there_is_no_fault(name: str) -> None:
    assert found(planted(facts=CLEAN), name).faults.rows == []


def test_every_query_says_error_or_warning() -> None:
    for query in Catalogue.read(Project((ROOT,)), "hygiene").values():
        assert len({"error", "warning"} & set(query.header.tags)) == 1, query.name


def test_errors_come_first() -> None:
    levels = [result.is_error for result in run_hygiene(planted(), Project((ROOT,)))]
    assert levels == sorted(levels, reverse=True)


def test_a_malformed_query_is_refused_by_the_name_of_its_file(tmp_path: Path) -> None:
    add_query(tmp_path, "#+ summary: x\n#+ tags: [hygiene, error]\nSELECT {", "own", "hygiene")
    with pytest.raises(QueryFileError, match=r"^queries/hygiene/own\.rq: the query does not parse"):
        run_hygiene(OxigraphStore.memory(), Project((tmp_path,)))


def test_our_graph_has_no_errors(graph: Graph) -> None:
    results = run_hygiene(graph.store, graph.project)
    assert {r.query.name: r.faults.rows[:3] for r in results if r.is_error and len(r.faults)} == {}
