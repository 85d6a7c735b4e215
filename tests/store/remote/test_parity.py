"""Every file of `queries/` gives the same rows here, on the Oxigraph server and on Virtuoso 7."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal

import pytest

from kg.api import Graph
from kg.api import open as open_graph
from kg.query.catalogue import Query
from kg.query.header import read_header
from kg.query.parameters import bind
from kg.store.answers import IRI, Blank, Solutions, Store, Text, Value
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.store import RemoteStore

_NOT_ASKED = "rules"
_OF_ALL_FACTS = {
    "hygiene/facts-without-passage",
    "hygiene/terms-used-but-not-defined",
    "hygiene/things-without-type",
    "places/spillover-path",
    "places/spillover-path for all",
}
"""Those for which no part of the graph is known to be enough."""


def _asked(graph: Graph) -> dict[str, Query]:
    """Each file with its example, and without the lines of the parameters that may be left out."""
    found = {}
    for _relative, path in graph.project.files("queries", "*/*.rq"):
        group, text = path.parent.name, path.read_text(encoding="utf-8")
        if group == _NOT_ASKED:
            continue
        header = read_header(text, path.name)
        left_out = {each.name: None for each in header.parameters if not each.required}
        found[f"{group}/{path.stem}"] = Query(path.stem, group, header, text, path)
        if left_out:
            bare = bind(text, header.parameters, left_out, path.name)
            found[f"{group}/{path.stem} for all"] = Query(path.stem, group, header, bare, path)
    return found


def _cell(value: Value | None) -> tuple[str, ...]:
    """Numbers by their value, texts by their words (parts are put together in any order), the rest as it is."""
    if value is None:
        return ("",)
    if isinstance(value, bool):
        return ("boolean", str(value))
    if isinstance(value, int | float | Decimal):
        return ("number", f"{float(value):.12g}" if math.isfinite(value) else str(value))
    if isinstance(value, Text):
        return ("text", str(value), value.language)
    kind = "iri" if isinstance(value, IRI) else "blank" if isinstance(value, Blank) else "text"
    return (kind, "" if kind == "blank" else " ".join(sorted(value.replace(";", " ").split())))


def _rows(query: Query, store: Store) -> tuple[tuple[str, ...], Counter[object]]:
    answer = store.query(query.text)
    if not isinstance(answer, Solutions):
        return (), Counter([answer] if isinstance(answer, bool) else answer.lines)
    solutions = query.in_order(answer)
    return solutions.variables, Counter(tuple(map(_cell, row)) for row in solutions.rows)


Expected = dict[str, tuple[Query, object]]
"""Queries by name with their rows."""


@pytest.fixture(scope="module")
def expected(graph: Graph) -> Expected:
    """Every file with the rows that it gives here."""
    here = graph.embedded.in_memory()
    found: Expected = {name: (query, _rows(query, here)) for name, query in _asked(graph).items()}
    assert len(found) > 150, "files were missed"
    return found


def _differences(expected: Expected, there: Store) -> list[str]:
    found = {name: _rows(query, there) for name, (query, _rows_here) in expected.items()}
    return [
        f"{name}: {found[name]!s:.300} for {expected[name][1]!s:.300}"
        for name in found
        if found[name] != expected[name][1]
    ]


def test_every_query_gives_the_same_rows_on_oxigraph(expected: Expected, on_oxigraph: str) -> None:
    different = _differences(expected, RemoteStore(on_oxigraph))
    assert not different, "\n".join(different)


def test_every_query_gives_the_same_rows_on_virtuoso(
    expected: Expected, on_virtuoso: str, copied_from_virtuoso: OxigraphStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Some are answered each from a part of its own, without a copy; the others from the copy, which is made once."""
    from_parts = sorted(expected.keys() - _OF_ALL_FACTS)[::12]
    monkeypatch.setattr("kg.store.remote.store._MOST_FETCHES", 1_000)
    monkeypatch.setattr(RemoteStore, "in_memory", lambda _self: pytest.fail("it was copied whole"))
    different = [line for name in from_parts for line in _differences({name: expected[name]}, RemoteStore(on_virtuoso))]
    monkeypatch.setattr(RemoteStore, "in_memory", lambda _self: copied_from_virtuoso)
    monkeypatch.setenv("IIS_KG_REMOTE_COPY", "always")
    different += _differences(
        {name: expected[name] for name in expected.keys() - {*from_parts}}, RemoteStore(on_virtuoso)
    )
    assert not different, "\n".join(different)


@pytest.mark.parametrize(
    ("what", "value"),
    [
        ("DISTINCT ?x { place:baoji a iis:Place BIND(1 / 2 AS ?x) }", Decimal("0.5")),
        ("DISTINCT ?x { place:baoji a iis:Place BIND(ISIRI(iis:Place) AS ?x) }", True),
        ('DISTINCT ?x { place:baoji a iis:Place BIND(COALESCE(CONCAT(?none, ","), "none") AS ?x) }', "none"),
        ("(COUNT(?name) AS ?x) { place:baoji rdfs:label ?name FILTER(?name > 1) }", 0),
        ("(COUNT(*) AS ?x) { ?s a <http://www.w3.org/ns/sparql-service-description#Service> }", 0),
    ],
)
def test_what_virtuoso_calculates_otherwise_than_the_standard_is_calculated_here(
    on_virtuoso: str, what: str, value: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    """SPARQL 1.1 Query, 17.3 and 17.4.1: division, truth, COALESCE, comparison; and only our own facts count."""
    query = f"SELECT {what}"
    monkeypatch.setattr(RemoteStore, "in_memory", lambda _self: pytest.fail("it was copied whole"))
    answer = open_graph(on_virtuoso).sparql(query)
    assert isinstance(answer, Solutions)
    assert [(type(cell), cell) for row in answer.rows for cell in row] == [(type(value), value)]
    monkeypatch.setenv("IIS_KG_REMOTE_COPY", "never")
    asked = open_graph(on_virtuoso).sparql(query)
    assert not isinstance(asked, Solutions) or asked.rows != answer.rows or type(asked.rows[0][0]) is not type(value)


def test_the_copy_of_a_graph_has_its_quads_and_its_blank_nodes_are_joined(
    graph: Graph, on_oxigraph: str, copied_from_virtuoso: OxigraphStore
) -> None:
    copy = RemoteStore(on_oxigraph).in_memory()
    assert [line for line in copy.nquads() if "_:" not in line] == [
        line for line in graph.embedded.nquads() if "_:" not in line
    ]
    joined = "SELECT ?s ?p ?q ?r { ?s ?p ?node . FILTER(isBlank(?node)) ?node ?q ?r . FILTER(!isBlank(?r)) }"
    expected = Counter(row[1:] for row in graph.embedded.select(joined).rows)
    assert len(expected) > 10
    for each in (copy, copied_from_virtuoso):
        assert len(each) == len(graph.store)
        assert Counter(row[1:] for row in each.select(joined).rows) == expected
