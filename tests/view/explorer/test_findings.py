"""The findings that the page holds: as many as the graph has, each with what the graph says of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from kg.api import Graph
from kg.view.explorer.findings import findings
from kg.view.explorer.quads import Quads
from tests.support import PREFIX_LINES


@pytest.fixture(scope="module")
def quads(graph: Graph) -> Quads:
    return Quads.read(graph.embedded.dump().decode("utf-8").splitlines())


@pytest.fixture(scope="module")
def held(graph: Graph, quads: Quads) -> dict[str, Any]:
    return findings(graph.facts, quads)


def test_as_many_of_each_kind_as_the_graph_counts(graph: Graph, quads: Quads, held: dict[str, Any]) -> None:
    """The graph itself is the second program: a count by SPARQL."""
    count = "SELECT ?kind (COUNT(DISTINCT ?f) AS ?n) { GRAPH ?g { ?f iis:findingKind ?kind } } GROUP BY ?kind"
    rows = graph.store.select(f"{PREFIX_LINES}{count}")
    found = Counter(held["kinds"][kind][0] for kind in held["kind"])
    assert found == {quads.number(str(row["kind"])): row["n"] for row in rows}


def test_the_worst_come_first_and_columns_are_of_one_length(held: dict[str, Any]) -> None:
    assert held["severity"] == sorted(held["severity"], reverse=True)
    columns = ("finding", "kind", "method", "command", "severity", "explanation", "about", "passages")
    assert {len(held[name]) for name in columns} == {len(held["finding"])}


def test_a_finding_of_the_paper_on_xianyang(graph: Graph, quads: Quads, held: dict[str, Any]) -> None:
    """Section IV.C says that results incubation with clinical trials is lacking; a whole chain needs it."""
    prefixes = graph.prefixes.mapping
    about = {quads.number(prefixes[kind] + key) for kind, key in _CLINICAL}
    rows = [row for row, found in enumerate(held["about"]) if set(found) == about]
    (row,) = [row for row in rows if held["kinds"][held["kind"][row]][1] == "gap-finding"]
    assert held["commands"][held["command"][row]] == "kg gaps --place xianyang --chain tcm"
    assert quads.terms[held["explanation"][row]].startswith('"severity 1.00: state 1.00 x 3 (said missing)')
    passages = held["passages"][row]
    sections = {str(p["section"]) for p in graph.facts.ask("passages") if quads.number(str(p["passage"])) in passages}
    assert sections == {"IV.C"}


_CLINICAL = (("place", "xianyang"), ("chain", "tcm"), ("stage", "clinical-trials"))


def test_places_and_chains_are_told_apart(graph: Graph, quads: Quads, held: dict[str, Any]) -> None:
    places, chains = set(held["places"]), set(held["chains"])
    assert quads.number(graph.prefixes.mapping["place"] + "xianyang") in places
    assert quads.number(graph.prefixes.mapping["chain"] + "tcm") in chains
    assert not places & chains
