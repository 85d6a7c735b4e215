"""A graph elsewhere behind the same protocol: its default graph, prefixes, pages, and what it is opened with."""

from __future__ import annotations

from collections import Counter

import pytest

from kg.api import Graph
from kg.api import open as open_graph
from kg.errors import BadQuery, RemoteError, UseError
from kg.store.answers import Triples
from kg.store.remote import virtuoso
from kg.store.remote.address import Address, Credentials, Limits
from kg.store.remote.client import Client
from kg.store.remote.store import RemoteStore
from kg.store.remote.text import QueryText
from tests.store.remote import faulty

_SECRET = Credentials(user="anna", password="geheim-wort")


def test_a_graph_elsewhere_is_asked_as_one_here(graph: Graph, on_oxigraph: str) -> None:
    there = open_graph(on_oxigraph)
    assert there.sparql("ASK { place:baoji iis:within place:shaanxi }") is True
    asked = {"place": "Baoji"}
    assert Counter(there.ask("place-profile", **asked).rows) == Counter(graph.ask("place-profile", **asked).rows)
    assert [f.severity for f in there.gaps(place="xianyang").findings] == [
        f.severity for f in graph.gaps(place="xianyang").findings
    ]
    construct = "CONSTRUCT { place:baoji ?p ?o } WHERE { place:baoji ?p ?o }"
    found = there.sparql(construct)
    assert isinstance(found, Triples)
    assert found == graph.sparql(construct)
    assert len(there.store) == len(graph.store)


def test_the_variable_of_the_store_may_be_an_address(on_oxigraph: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IIS_KG_STORE", on_oxigraph)
    assert isinstance(open_graph().store, RemoteStore)


def test_a_default_graph_that_is_no_union_is_asked_for_one(scratch: str) -> None:
    Client(f"{scratch}/update").update("INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:B> } }")
    assert RemoteStore(f"{scratch}/query").query("ASK { <urn:a> a <urn:B> }") is True


def test_a_query_sees_the_graphs_that_it_names(scratch: str) -> None:
    """SPARQL 1.1 Query, 13.2; the union is asked for by a parameter that would take the place of FROM."""
    Client(f"{scratch}/update").update(
        "INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:B> } GRAPH <urn:h> { <urn:a> a <urn:C> } }"
    )
    there = RemoteStore(f"{scratch}/query")
    assert there.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows == [("urn:B",), ("urn:C",)]
    assert there.select("SELECT ?o FROM <urn:g> { ?s ?p ?o }").rows == [("urn:B",)]
    assert there.select("SELECT ?o FROM NAMED <urn:g> { GRAPH ?g { ?s ?p ?o } }").rows == [("urn:B",)]
    assert there.select("SELECT ?o FROM NAMED <urn:g> { ?s ?p ?o }").rows == []


def test_a_default_graph_that_cannot_be_the_union_is_told(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.store.remote.store._UNION", (("nothing", "known"),))
    Client(f"{scratch}/update").update("INSERT DATA { GRAPH <urn:g> { <urn:a> a <urn:B> } }")
    with pytest.raises(RemoteError, match="--union-default-graph"):
        RemoteStore(f"{scratch}/query")


def test_a_query_that_does_not_parse_there_is_told_as_one_here(on_oxigraph: str) -> None:
    with pytest.raises(BadQuery, match="answers 400"):
        RemoteStore(on_oxigraph).query("SELECT * { ?s }")
    with pytest.raises(BadQuery, match="none of SELECT"):
        RemoteStore(on_oxigraph).query("DELETE WHERE { ?s ?p ?o }")


def test_an_answer_of_more_rows_than_virtuoso_gives_at_once_is_whole(
    graph: Graph, on_virtuoso: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IIS_KG_REMOTE_COPY", "never")
    there = RemoteStore(on_virtuoso)
    query = 'SELECT ?s ?p ?o { ?s ?p ?o FILTER(REGEX(STR(?s), "/id/(finding|place)/")) }'
    for text in (query, f"{query} ORDER BY ?p"):
        found = there.select(text)
        assert len(found) > 10_000, "the cap of Debian's configuration"
        assert len(found) == len(graph.store.select(text))
    with pytest.raises(RemoteError, match="at most 10000 rows"):
        there.select(f"{query} LIMIT 10500")


@pytest.mark.parametrize(
    ("text", "page"),
    [
        ("SELECT ?a { }", "SELECT * { { SELECT * { { SELECT ?a { }\n} } ORDER BY ?a\n} } LIMIT 2 OFFSET 4"),
        ("SELECT (COUNT(?x) AS ?n) ?b { { } } GROUP BY ?b ORDER BY ?n", None),
        ("SELECT ?a { { SELECT ?a { } LIMIT 3 } }", None),
    ],
)
def test_a_page_is_sorted_within_and_cut_without(text: str, page: str | None) -> None:
    found = QueryText(text).page(2, 4)
    assert found is not None
    assert found.endswith("LIMIT 2 OFFSET 4")
    assert page is None or found == page
    if "ORDER BY ?n" in text:
        assert "ORDER BY ?n\n?n ?b\n}" in found, "its own order stays first"


def test_a_query_with_a_limit_of_its_own_has_no_pages() -> None:
    assert QueryText("SELECT ?a { ?a ?b ?c } LIMIT 5").page(2, 0) is None
    assert QueryText("SELECT ?a { ?a ?b ?c } VALUES ?b { 1 }").page(2, 0) is None
    assert QueryText("ASK { ?a ?b ?c }").page(2, 0) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ASK { x:a ?p ?o }", "PREFIX x: <urn:x> ASK { x:a ?p ?o }"),
        ("PREFIX x: <urn:mine> ASK { x:a ?p ?o }", "PREFIX x: <urn:mine> ASK { x:a ?p ?o }"),
        ("ASK { ?s ?p 'x:a' } # x:a", "ASK { ?s ?p 'x:a' } # x:a"),
        ('ASK { <x:a> ?p """x:a "x:b" """ }', 'ASK { <x:a> ?p """x:a "x:b" """ }'),
        ("ASK { ?s x:a/^x:b|y:c ?o }", "PREFIX x: <urn:x> PREFIX y: <urn:y> ASK { ?s x:a/^x:b|y:c ?o }"),
        ("ASK { _:x ?p xx:y }", "ASK { _:x ?p xx:y }"),
    ],
)
def test_prefixes_that_are_used_and_not_declared_are_added(text: str, expected: str) -> None:
    assert QueryText(text).with_prefixes({"x": "urn:x", "y": "urn:y"}) == expected


@pytest.mark.parametrize("url", ["https://anna:wort@example.org/sparql", "https://anna@example.org/"])
def test_an_address_with_a_password_is_refused_without_showing_it(url: str) -> None:
    with pytest.raises(UseError, match=r"IIS_KG_REMOTE_PASSWORD") as raised:
        Client(url, Credentials())
    assert "anna" not in str(raised.value) and "wort" not in str(raised.value)


def test_credentials_are_not_sent_unencrypted_unless_that_is_wanted(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UseError, match="unencrypted"):
        Client("http://example.org/sparql", _SECRET)
    monkeypatch.setenv("IIS_KG_REMOTE_PLAIN", "1")
    assert Client("http://example.org/sparql", _SECRET).address.url == "http://example.org/sparql"
    assert Client("http://localhost:1/sparql", _SECRET)


@pytest.mark.parametrize(
    "environment",
    [
        {"IIS_KG_REMOTE_USER": "anna"},
        {"IIS_KG_REMOTE_PASSWORD": "wort"},
        {"IIS_KG_REMOTE_TOKEN": "two\nlines"},
        {"IIS_KG_REMOTE_USER": "a:b", "IIS_KG_REMOTE_PASSWORD": "wort"},
    ],
)
def test_credentials_that_no_header_can_hold_are_refused(environment: dict[str, str]) -> None:
    with pytest.raises(UseError) as raised:
        Credentials.from_environment(environment)
    assert "wort" not in str(raised.value)


def test_neither_credentials_nor_parameters_of_an_address_show_themselves() -> None:
    address = Address.read("https://example.org/sparql?key=geheim", _SECRET)
    assert "geheim" not in repr(address) + repr(_SECRET) + repr(Client("https://example.org/?key=geheim", _SECRET))
    assert address.parameters == (("key", "geheim"),)


def test_parameters_of_an_address_go_with_each_query() -> None:
    with faulty.faulty(faulty.answer(faulty.RIGHT)) as server:
        RemoteStore(f"{server.url}?default-graph-uri=urn%3Aall", Credentials(), Limits(5))
        assert b"default-graph-uri=urn%3Aall" in server.requests[0]


@pytest.mark.parametrize("text", ["0", "-1", "soon", "nan"])
def test_limits_are_numbers_above_zero(text: str) -> None:
    with pytest.raises(UseError, match="IIS_KG_REMOTE_SECONDS"):
        Limits.from_environment({"IIS_KG_REMOTE_SECONDS": text})


def test_digest_authentication_is_answered(virtuoso_to_read: str) -> None:
    there = RemoteStore(f"{virtuoso_to_read}-auth", Credentials("dba", "dba"), Limits(20))
    assert there.query("ASK { ?s ?p ?o }") is False  # Virtuoso's own graphs do not count
    with pytest.raises(RemoteError, match="answers 401"):
        RemoteStore(f"{virtuoso_to_read}-auth", Credentials("dba", "wrong"), Limits(20))


def test_virtuosos_ways_of_writing_are_read_as_the_standards_have_them() -> None:
    body = (
        b'{"head": {"vars": ["b", "g"]}, "results": {"bindings": [{"b": {"type": "bnode", "value": "nodeID://b10001"}, '
        b'"g": {"type": "typed-literal", "datatype": "http://www.openlinksw.com/schemas/virtrdf#Geometry", '
        b'"value": "POINT(105.82299804688 32.5)"}}]}}'
    )
    read = virtuoso.standard(body)
    assert b'"value": "b10001"' in read
    assert b"geosparql#wktLiteral" in read
    assert b"POINT(105.823 32.5)" in read


def test_a_truth_in_place_of_rows_is_an_error() -> None:
    with faulty.faulty(faulty.answer(b'{"head": {}, "boolean": true}')) as server, pytest.raises(RemoteError):
        RemoteStore(server.url, Credentials(), Limits(5))
