"""Every file of `queries/` gives the same rows here, on the Oxigraph server and on Virtuoso 7."""

from __future__ import annotations

import math
from collections import Counter
from decimal import Decimal

import pytest

from kg.api import Graph
from kg.query.catalogue import Query
from kg.query.header import read_header
from kg.query.parameters import bind
from kg.store.answers import IRI, Blank, Solutions, Store, Text, Value
from kg.store.remote.store import RemoteStore

_NOT_ASKED = "rules"


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


@pytest.mark.parametrize("server", ["on_oxigraph", "on_virtuoso"])
def test_every_query_gives_the_same_rows_there(server: str, graph: Graph, request: pytest.FixtureRequest) -> None:
    there = RemoteStore(request.getfixturevalue(server))
    asked = _asked(graph)
    here = graph.embedded.in_memory()
    different = []
    for name, query in asked.items():
        variables, expected = _rows(query, here)
        their_variables, found = _rows(query, there)
        if (variables, expected) != (their_variables, found):
            different.append(f"{name}: {list(found - expected)[:2]} for {list(expected - found)[:2]}")
    assert not different, "\n".join(different)
    assert len(asked) > 150, "files were missed"


def test_the_copy_of_a_graph_has_its_quads(graph: Graph, on_oxigraph: str) -> None:
    copied = [line for line in RemoteStore(on_oxigraph).in_memory().nquads() if "_:" not in line]
    assert copied == [line for line in graph.embedded.nquads() if "_:" not in line]


def test_blank_nodes_of_a_copy_are_joined_as_they_were(graph: Graph, on_oxigraph: str, on_virtuoso: str) -> None:
    joined = "SELECT ?s ?p ?q ?r { ?s ?p ?node . FILTER(isBlank(?node)) ?node ?q ?r . FILTER(!isBlank(?r)) }"
    expected = Counter(graph.embedded.select(joined).rows)
    assert len(expected) > 10
    for url in (on_oxigraph, on_virtuoso):
        copy = RemoteStore(url).in_memory()
        assert len(copy) == len(graph.store)
        found = copy.select(joined).rows
        assert Counter(row[1:] for row in found) == Counter(row[1:] for row in expected.elements())
