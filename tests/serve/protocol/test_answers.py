"""SPARQL 1.1 Protocol, sections 2.1.5 to 2.1.7: the forms of answers, and how a query fails.

Answers are read by rdflib and the standard library, which share no code with the engine that wrote them.
"""

from __future__ import annotations

import csv
import io
import json

import pytest
import rdflib
from rdflib.query import Result

from tests.serve.protocol.support import DATA, ask, direct, problem, values
from tests.serve.support import InProcess

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
SELECT = "SELECT ?s ?n ?name ?none { ?s <http://example.org/number> ?n ; <http://example.org/name> ?name } ORDER BY ?n"
ASK, CONSTRUCT = "ASK { ?s ?p ?o }", "CONSTRUCT WHERE { ?s ?p ?o }"
DESCRIBE = f"DESCRIBE <{DATA[1]}>"
NUMBER = "http://www.w3.org/2001/XMLSchema#integer"
ROWS: list[tuple[object, ...]] = [
    (rdflib.URIRef(iri), rdflib.Literal(number), rdflib.Literal(f"第{number} & <{number}>", lang="zh"), None)
    for number, iri in enumerate(DATA)
]
GRAPHS = {
    "text/turtle": "turtle",
    "application/n-triples": "nt",
    "application/ld+json": "json-ld",
    "application/rdf+xml": "xml",
}


def accepted(endpoint: InProcess, query: str, accept: str) -> str:
    """The media type that a query is answered in, its parameters left out."""
    response = ask(endpoint, query, headers={"Accept": accept})
    assert response.status_code == 200, response.text
    return response.headers["Content-Type"].partition(";")[0]


@pytest.mark.parametrize(("media_type", "reader"), [(JSON, "json"), (XML, "xml"), (TSV, "tsv")])
def test_select_is_answered_with_a_results_document(endpoint: InProcess, media_type: str, reader: str) -> None:
    """2.1.6: the body is a results document, and Content-Type its media type."""
    response = ask(endpoint, SELECT, headers={"Accept": media_type})
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    read = Result.parse(io.BytesIO(response.content), format=reader)
    assert [str(variable) for variable in read.vars or ()] == ["s", "n", "name", "none"]
    assert [tuple(row.get(variable) for variable in read.vars or ()) for row in read.bindings] == ROWS


def test_select_is_answered_with_csv(endpoint: InProcess) -> None:
    """2.1.6 and SPARQL 1.1 Query Results CSV, section 3: plain values, lines that end in CR LF."""
    response = ask(endpoint, SELECT, headers={"Accept": CSV})
    assert response.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert response.text.count("\r\n") == 5
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8"))))
    assert rows == [
        ["s", "n", "name", "none"],
        *([str(cell) if cell is not None else "" for cell in row] for row in ROWS),
    ]


@pytest.mark.parametrize(("media_type", "reader"), [(JSON, "json"), (XML, "xml")])
def test_ask_is_answered_with_a_results_document(endpoint: InProcess, media_type: str, reader: str) -> None:
    """2.1.6."""
    for query, truth in ((ASK, True), ("ASK { ?s ?s ?s }", False)):
        response = ask(endpoint, query, headers={"Accept": media_type})
        assert response.headers["Content-Type"] == media_type
        assert Result.parse(io.BytesIO(response.content), format=reader).askAnswer is truth


@pytest.mark.parametrize(("media_type", "reader"), GRAPHS.items())
@pytest.mark.parametrize(("query", "count"), [(CONSTRUCT, 12), (DESCRIBE, 3)], ids=["construct", "describe"])
def test_construct_and_describe_are_answered_with_a_graph(
    endpoint: InProcess, media_type: str, reader: str, query: str, count: int
) -> None:
    """2.1.6: the body is a serialised graph."""
    response = ask(endpoint, query, headers={"Accept": media_type})
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    graph = rdflib.Graph().parse(data=response.content, format=reader)
    assert len(graph) == count
    name = graph.value(rdflib.URIRef(DATA[1]), rdflib.URIRef("http://example.org/name"))
    assert name == rdflib.Literal("第1 & <1>", lang="zh")


@pytest.mark.parametrize("accept", ["", "*/*", "application/*", "text/html;q=0.5, */*;q=0.1"])
@pytest.mark.parametrize(("query", "expected"), [(SELECT, JSON), (ASK, JSON)])
def test_json_is_the_form_of_results_unless_another_is_wanted(
    endpoint: InProcess, query: str, expected: str, accept: str
) -> None:
    """2.1.5 and RFC 9110, 12.5.1: without preference the server chooses."""
    assert accepted(endpoint, query, accept) == expected


@pytest.mark.parametrize("accept", ["", "*/*", "text/*"])
def test_turtle_is_the_form_of_graphs_unless_another_is_wanted(endpoint: InProcess, accept: str) -> None:
    """2.1.5 and RFC 9110, 12.5.1."""
    assert accepted(endpoint, CONSTRUCT, accept) == "text/turtle"


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (f"{XML}, {JSON};q=0.9", XML),
        (f"{JSON};q=0.5, {XML};q=0.8, {CSV};q=0.7", XML),
        (f"{JSON};q=0, */*", XML),
        (f"{JSON};q=0, {XML};q=0, */*", CSV),
        ("text/*", CSV),
        ("text/*, text/csv;q=0.1", TSV),
        ("application/json", JSON),
        ("application/xml", XML),
        ("text/xml", XML),
        ("APPLICATION/SPARQL-RESULTS+XML", XML),
        (f"{XML};charset=utf-8", XML),
        ("text/turtle, text/csv", CSV),
        ("text/turtle, */*;q=0.1", JSON),
        (f"{XML};q=nonsense, {CSV}", CSV),
        (";;;,,,", JSON),
    ],
)
def test_select_is_answered_in_the_form_that_is_preferred(endpoint: InProcess, accept: str, expected: str) -> None:
    """2.1.5: clients should negotiate. RFC 9110, 12.4.2 and 12.5.1: weights, ranges, what is not acceptable."""
    assert accepted(endpoint, SELECT, accept) == expected


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("application/rdf+xml", "application/rdf+xml"),
        ("application/n-triples;q=0.9, text/turtle;q=0.2", "application/n-triples"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded, x"', "application/ld+json"),
        ("text/plain", "application/n-triples"),
        ("application/x-turtle", "text/turtle"),
        (f"{JSON}, application/rdf+xml;q=0.1", "application/rdf+xml"),
    ],
)
def test_construct_is_answered_in_the_form_that_is_preferred(endpoint: InProcess, accept: str, expected: str) -> None:
    """2.1.5."""
    assert accepted(endpoint, CONSTRUCT, accept) == expected


def test_several_accept_headers_count_as_one(endpoint: InProcess) -> None:
    """RFC 9110, 5.3."""
    headers = [("Accept", f"{JSON};q=0.1"), ("Accept", XML)]
    assert ask(endpoint, ASK, headers=headers).headers["Content-Type"] == XML


@pytest.mark.parametrize(
    ("query", "accept", "offered"),
    [
        (SELECT, "text/turtle", {JSON, XML, CSV, TSV}),
        (SELECT, "image/png", {JSON, XML, CSV, TSV}),
        (SELECT, f"{JSON};q=0", {JSON, XML, CSV, TSV}),
        (ASK, CSV, {JSON, XML}),
        (ASK, TSV, {JSON, XML}),
        (CONSTRUCT, JSON, set(GRAPHS)),
        (CONSTRUCT, "application/n-quads", set(GRAPHS)),
        (DESCRIBE, CSV, set(GRAPHS)),
        (SELECT, "*/*;q=0", {JSON, XML, CSV, TSV}),
    ],
)
def test_what_no_form_is_accepted_of_is_refused(
    endpoint: InProcess, query: str, accept: str, offered: set[str]
) -> None:
    """RFC 9110, 15.5.7: 406, with the forms that there are; CSV and TSV define no answer to ASK."""
    response = ask(endpoint, query, headers={"Accept": accept})
    assert set(problem(response, 406).partition(" Accept ")[2].rstrip(".").split(", ")) == offered
    assert response.headers["Vary"] == "Accept"


@pytest.mark.parametrize("query", [SELECT, ASK, CONSTRUCT, DESCRIBE])
def test_answers_say_that_they_vary(endpoint: InProcess, query: str) -> None:
    """RFC 9110, 12.5.5: a server that negotiates should say so. No cache keeps what the next build changes."""
    response = ask(endpoint, query)
    assert response.headers["Vary"] == "Accept"
    assert response.headers["Cache-Control"] == "no-cache"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert int(response.headers["Content-Length"]) == len(response.content)


def test_text_says_its_charset(endpoint: InProcess) -> None:
    """RFC 4180 and the registrations of Turtle and TSV: what is not ASCII needs the charset named."""
    for query, accept in ((SELECT, CSV), (SELECT, TSV), (CONSTRUCT, "text/turtle")):
        assert ask(endpoint, query, headers={"Accept": accept}).headers["Content-Type"] == f"{accept}; charset=utf-8"


@pytest.mark.parametrize("query", ["ASK {", "", "SELECT", "ASK { ?s ?p }", "SELECT * { ?s nowhere:p ?o }", "\0", "{}"])
def test_what_is_no_query_is_refused(endpoint: InProcess, query: str) -> None:
    """2.1.7: 400 where the text is not in the language."""
    problem(ask(endpoint, query), 400)
    problem(direct(endpoint, query), 400)


@pytest.mark.parametrize(
    ("query", "line", "column"),
    [
        ("ASK {", 1, 6),
        ("ASK {\n# 宝鸡\n", 3, 1),
        ("ASK {\n ?s nowhere:p ?o }", 2, 14),
    ],
)
def test_the_place_of_an_error_is_said(endpoint: InProcess, query: str, line: int, column: int) -> None:
    """2.1.7: the body may help those who wrote the query. The place is where the parser could read no further."""
    response = ask(endpoint, query)
    problem(response, 400)
    assert (response.json()["line"], response.json()["column"]) == (line, column)


def test_a_query_without_rows_is_a_success(endpoint: InProcess) -> None:
    """2.1.6: 2XX where the query succeeds."""
    assert values(ask(endpoint, "SELECT * { ?s ?s ?s }")) == []
    assert json.loads(ask(endpoint, "SELECT ?a { }").content) == {
        "head": {"vars": ["a"]},
        "results": {"bindings": [{}]},
    }
