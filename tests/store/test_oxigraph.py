"""The embedded engine: plain values, the union of all graphs, sorted output, errors of ours."""

from __future__ import annotations

import time
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st
from rdflib.compare import to_isomorphic

from kg.errors import BadQuery, DataError, StoreError
from kg.store.answers import IRI, Blank, Solutions, Text, Triples
from kg.store.oxigraph import OxigraphStore, write_folder
from tests.support import PREFIXES

XSD = "http://www.w3.org/2001/XMLSchema#"


def store(*facts: str) -> OxigraphStore:
    found = OxigraphStore.memory()
    for number, fact in enumerate(facts):
        found.update(f"INSERT DATA {{ GRAPH <urn:g{number}> {{ {fact} }} }}")
    return found


def value(expression: str) -> Any:
    return OxigraphStore.memory().select(f"SELECT ({expression} AS ?x) {{}}").rows[0][0]


@pytest.mark.parametrize(
    ("expression", "expected", "kind"),
    [
        ("<urn:a>", "urn:a", IRI),
        ('"a"', "a", str),
        ('"宝鸡"@zh', "宝鸡", Text),
        ("12", 12, int),
        ("12.50", Decimal("12.5"), Decimal),
        ("1.5e0", 1.5, float),
        ("true", True, bool),
        ("1 = 2", False, bool),
        (f'"2019"^^<{XSD}gYear>', "2019", str),
        ("BNODE()", None, Blank),
        ("1/0", None, type(None)),
    ],
)
def test_a_term_becomes_a_plain_value(expression: str, expected: object, kind: type) -> None:
    found = value(expression)
    assert type(found) is kind
    if kind is not Blank:
        assert found == expected


def test_a_language_is_kept() -> None:
    assert value('"宝鸡"@zh').language == "zh"


@pytest.mark.parametrize("datatype", ["integer", "decimal", "double", "boolean"])
@pytest.mark.parametrize("text", ["x", "1,5", "12亿元", "9" * 5000])
def test_an_ill_typed_literal_is_no_traceback(datatype: str, text: str) -> None:
    assert value(f'"{text}"^^<{XSD}{datatype}>') is not None


def test_a_query_sees_all_graphs() -> None:
    both = store("<urn:a> <urn:p> 1", "<urn:a> <urn:p> 2")
    assert both.select("SELECT ?o { ?s ?p ?o } ORDER BY ?o").rows == [(1,), (2,)]
    assert both.select("SELECT ?g { GRAPH ?g { ?s ?p 2 } }").rows == [("urn:g1",)]


@pytest.mark.parametrize(
    ("dataset", "default", "named"),
    [
        ("", [1, 2, 3], [1, 2, 3]),
        ("FROM <urn:g0>", [1], []),
        ("FROM <urn:g0> FROM <urn:g1>", [1, 2], []),
        ("FROM NAMED <urn:g1>", [], [2]),
        ("from <urn:g0> from named <urn:g1>", [1], [2]),
        ("# FROM <urn:g0>\n", [1, 2, 3], [1, 2, 3]),
    ],
)
def test_a_query_sees_the_graphs_that_it_names(dataset: str, default: list[int], named: list[int]) -> None:
    """SPARQL 1.1 Query, 13.2: FROM says of what the default graph is, FROM NAMED which named graphs there are."""
    three = store("<urn:a> <urn:p> 1", "<urn:a> <urn:p> 2", "<urn:a> <urn:p> 3")
    for pattern, expected in (("?s ?p ?o", default), ("GRAPH ?g { ?s ?p ?o }", named)):
        text = f"SELECT ?o {dataset} {{ {pattern} }} ORDER BY ?o"
        assert three.select(text).rows == [(number,) for number in expected]
        assert [row["o"] for row in three.terms(text)] == [str(number) for number in expected]


def test_one_fact_in_two_graphs_is_there_twice_unless_the_query_says_distinct() -> None:
    """The engine does not merge the graphs as the standard would have it (SPARQL 1.1 Query, 13.1)."""
    both = store("<urn:a> <urn:p> 1", "<urn:a> <urn:p> 1")
    assert len(both.select("SELECT DISTINCT ?o { ?s ?p ?o }")) == 1
    assert len(both) == 2


def test_each_form_of_query_has_its_answer() -> None:
    one = store("<urn:b> <urn:p> 1 , 2")
    assert one.query("ASK { ?s ?p 1 }") is True
    assert one.query("ASK { FILTER(false) }") is False
    assert one.query("SELECT ?o { ?s ?p ?o FILTER(?o > 1) }") == Solutions(("o",), [(2,)])
    constructed = one.query("CONSTRUCT { ?o2 <urn:q> ?s } { ?s ?p ?o BIND(IRI(CONCAT('urn:', STR(?o))) AS ?o2) }")
    assert constructed == Triples(["<urn:1> <urn:q> <urn:b> .", "<urn:2> <urn:q> <urn:b> ."])
    assert isinstance(one.query("DESCRIBE <urn:b>"), Triples)


def test_rows_are_also_dicts() -> None:
    assert list(store().select("SELECT (1 AS ?a) ?b {}")) == [{"a": 1, "b": None}]


def test_prefixes_may_be_given() -> None:
    assert OxigraphStore.memory().query("ASK { FILTER(iis:City = iis:City) }", PREFIXES.mapping) is True


@pytest.mark.parametrize(
    "text",
    ["", "SELECT", "SELECT * {", "ASK { no:x ?p ?o }", "ASK { <a b> ?p ?o }", "INSERT DATA { <a:> <b:> 1 }", "\ud800"],
)
def test_a_query_that_does_not_parse_is_a_bad_query(text: str) -> None:
    with pytest.raises(BadQuery) as raised:
        OxigraphStore.memory().query(text)
    assert len(str(raised.value)) < 300
    assert "\n" not in str(raised.value)


def test_only_a_select_selects() -> None:
    with pytest.raises(BadQuery, match="a SELECT query is needed here"):
        OxigraphStore.memory().select("ASK {}")


@pytest.mark.parametrize("text", ["INSRT", "SELECT * {}", "INSERT DATA { ?s ?p ?o }"])
def test_an_update_that_does_not_parse_is_a_bad_query(text: str) -> None:
    with pytest.raises(BadQuery, match="the update does not parse"):
        OxigraphStore.memory().update(text)


def test_an_update_with_an_error_changes_nothing() -> None:
    one = store("<urn:a> <urn:p> 1")
    with pytest.raises(BadQuery):
        one.update("INSERT DATA { <urn:a> <urn:p> 2 } ; INSRT")
    assert len(one) == 1


def test_malformed_turtle_is_named() -> None:
    with pytest.raises(DataError, match=r"^own\.ttl: not Turtle \(.+\)\. Correct it there$"):
        OxigraphStore.memory().load_turtle("<urn:a> <urn:b>", "urn:g", "own.ttl")


def test_nquads_are_sorted_by_code_point() -> None:
    mixed = store('<urn:b> <urn:p> "b", "a", "Z", "é", "宝"', "<urn:a> <urn:p> 1")
    lines = list(mixed.nquads())
    assert lines == sorted(lines)
    assert len(lines) == 6


def test_what_is_in_two_graphs_is_there_once_in_turtle() -> None:
    both = store("<urn:a> <urn:p> 1", "<urn:a> <urn:p> 1")
    assert both.serialise("application/n-triples").count(b"\n") == 1
    assert len(list(both.nquads())) == 2


@pytest.mark.parametrize(
    "media_type", ["application/n-quads", "application/trig", "application/n-triples", "text/turtle"]
)
def test_serialising_twice_gives_the_same_bytes(media_type: str) -> None:
    facts = " . ".join(f"<urn:{i * 7919 % 101}> <urn:p> {i}" for i in range(100))
    assert store(facts).serialise(media_type) == store(facts).serialise(media_type)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_survives_writing_and_reading(text: str) -> None:
    one = OxigraphStore.memory()
    term = rdflib.Literal(text.replace("\n", " ")).n3()
    one.update(f"INSERT DATA {{ GRAPH <urn:g> {{ <urn:a> <urn:p> {term} }} }}")
    graph = rdflib.Graph().parse(data=one.serialise("application/n-triples"), format="nt")
    turtle = rdflib.Graph().parse(data=one.serialise("text/turtle"), format="turtle")
    assert to_isomorphic(graph) == to_isomorphic(turtle)
    assert [str(o) for o in graph.objects()] == [text.replace("\n", " ")]


def test_a_folder_without_a_store_is_refused(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"the store cannot be opened .+ Run `kg build`"):
        OxigraphStore.read_only(tmp_path / "nothing")


def test_many_facts_are_written_and_counted_fast(tmp_path: Path) -> None:
    """The design counts on 1.05 million quads in 3.6 s; a tenth must not take as long."""
    lines = sorted(f"<urn:a{i}> <urn:p> <urn:{i:06}> <urn:g> ." for i in range(100_000))
    start = time.monotonic()
    assert write_folder(tmp_path / "store", lines) == 100_000
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("media_type", "form"),
    [("text/turtle", "turtle"), ("application/rdf+xml", "xml"), ("application/ld+json", "json-ld")],
)
def test_what_is_written_with_prefixes_is_read_again(media_type: str, form: str) -> None:
    lines = [f'<http://{host}.example/s> <http://{host}.example/p> "{host}" .' for host in "abc"]
    prefixes = {host: f"http://{host}.example/" for host in "abc"}
    written = OxigraphStore.of_lines(lines).serialise(media_type, prefixes)
    read = rdflib.Graph().parse(data=written, format=form)
    assert set(read) == set(rdflib.Graph().parse(data="\n".join(lines), format="nt"))
