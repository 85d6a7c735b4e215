"""The engine in the page against pyoxigraph: every file of `queries/` gives the same rows in both."""

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from kg.api import Graph
from kg.query.catalogue import Query
from kg.query.header import read_header
from kg.query.parameters import bind
from kg.store.answers import IRI, Blank, Solutions, Text, Triples, Value
from tests.browser.support import Explorer, faults

# Those of rules/ are updates: the graph in the page holds what they derived.
_NOT_ASKED = "rules"
_AT_ONCE, _PATIENCE = 20, 110
_XSD = "http://www.w3.org/2001/XMLSchema#"
_NUMBERS = {f"{_XSD}{name}" for name in ("integer", "decimal", "double", "float")}


def _texts(graph: Graph) -> dict[str, Query]:
    """Each file as it stands, and without the lines of the parameters that may be left out."""
    found = {}
    for _relative, path in graph.project.files("queries", "*/*.rq"):
        if path.parent.name == _NOT_ASKED:
            continue
        text = path.read_text(encoding="utf-8")
        header = read_header(text, path.name)
        name = f"{path.parent.name}/{path.stem}"
        found[name] = Query(path.stem, path.parent.name, header, text, path)
        optional = [parameter for parameter in header.parameters if not parameter.required]
        if optional:
            bare = bind(text, header.parameters, {each.name: None for each in optional}, path.name)
            found[f"{name} for all"] = Query(path.stem, path.parent.name, header, bare, path)
    return found


def _number(value: float) -> str:
    return str(value) if not math.isfinite(value) else f"{float(value):.12g}"


def _parts(text: str) -> str:
    """IRIs that were concatenated, in order; whether an empty part leaves a space differs by release of the engine."""
    return " ".join(sorted(text.split())) if "://" in text else text


def _cell(value: Value | None) -> tuple[str, ...]:
    """A cell of pyoxigraph's: numbers by their value, the rest by kind, text and language."""
    if value is None:
        return ("",)
    if isinstance(value, bool):
        return ("literal", str(value).lower())
    if isinstance(value, IRI):
        return ("uri", str(value))
    if isinstance(value, Blank):
        return ("bnode",)
    if isinstance(value, Text):
        return ("literal", str(value), value.language)
    return ("literal", _parts(value)) if isinstance(value, str) else ("number", _number(float(value)))


def _of_page(term: dict[str, str] | None) -> tuple[str, ...]:
    """The same of a cell of the page's."""
    if term is None:
        return ("",)
    if term["type"] == "bnode":
        return ("bnode",)
    if term.get("datatype") in _NUMBERS:
        return ("number", _number(float(term["value"])))
    return (term["type"], _parts(term["value"]), *([term["xml:lang"]] if "xml:lang" in term else []))


def _rows(query: Query, graph: Graph) -> tuple[tuple[str, ...], Counter[Any]]:
    answer = graph.store.query(query.text)
    if isinstance(answer, Triples):
        return (), Counter(line.removesuffix(" .") for line in answer.lines)
    assert isinstance(answer, Solutions)
    solutions = query.in_order(answer)
    return solutions.variables, Counter(tuple(map(_cell, row)) for row in solutions.rows)


_ASK = """
Promise.all(arguments[0].map((text) => iisKg.app.engine.query(text, null, { quick: true }).then(
  (found) => ({
    ...found, rows: found.rows ? iisKg.queries.inOrder(text, found) : null,
    lines: found.triples ? found.triples.map((triple) => triple.map(iisKg.queries.ntriples).join(" ")) : null,
  }),
  (error) => ({ error: error.message }),
)))
"""


def test_every_query_gives_the_same_rows_in_the_page(explorer: Explorer, graph: Graph) -> None:
    asked = _texts(graph)
    explorer.open("view=query")
    explorer.browser.set_script_timeout(_PATIENCE)
    texts = [query.text for query in asked.values()]
    found = [
        answer for i in range(0, len(texts), _AT_ONCE) for answer in explorer.promised(_ASK, texts[i : i + _AT_ONCE])
    ]
    different = []
    for (name, query), answer in zip(asked.items(), found, strict=True):
        assert "error" not in answer, f"{name}: {answer.get('error')}"
        variables, expected = _rows(query, graph)
        if answer["kind"] == "construct":
            rows = Counter(answer["lines"])
        else:
            assert tuple(answer["variables"]) == variables, name
            rows = Counter(tuple(map(_of_page, row)) for row in answer["rows"])
        if rows != expected:
            different.append(f"{name}: {list((rows - expected).items())[:2]} for {list((expected - rows).items())[:2]}")
        assert not answer["truncated"], name
    assert not different, "\n".join(different)
    assert len(asked) > 150, "files were missed"
    assert faults(explorer.browser) == []
