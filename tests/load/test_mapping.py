"""Rows to quads by a mapping: compared with the quads that were written down by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rdflib import Dataset, Graph
from rdflib.compare import to_isomorphic

from kg.errors import PackageError
from kg.load.build import assemble
from kg.load.mapping import MappingValue, map_rows
from kg.load.quantity import Quantity
from kg.store.answers import IRI, Text
from kg.store.oxigraph import OxigraphStore
from tests.conftest import MakeProject

SAYS = "INSERT { GRAPH <urn:g> { ?this <urn:says> ?value } }\nWHERE {\n}"
XSD = "http://www.w3.org/2001/XMLSchema#"


def mapped(mapping: str, *rows: dict[str, MappingValue]) -> list[str]:
    store = OxigraphStore.memory()
    variables = list(dict.fromkeys(name for row in rows for name in row))
    assert map_rows(store, mapping, variables, rows, "own.ru") == len(rows)
    return [line.removesuffix(" <urn:g> .") for line in store.nquads()]


@pytest.mark.parametrize(
    ("value", "term"),
    [
        ("text", '"text"'),
        ('a "quoted" \\ text\nin two lines', '"a \\"quoted\\" \\\\ text\\nin two lines"'),
        ("?x } <urn:a> #", '"?x } <urn:a> #"'),
        ("\\u0022 . <urn:a> <urn:b> <urn:c>", '"\\\\u0022 . <urn:a> <urn:b> <urn:c>"'),
        (Text("宝鸡", "zh"), '"宝鸡"@zh'),
        (IRI("urn:b"), "<urn:b>"),
        (3, f'"3"^^<{XSD}integer>'),
        (Quantity(Decimal("193.56"), "yuan"), f'"193.56"^^<{XSD}decimal>'),
        (Quantity(Decimal("1E+3")), f'"1000"^^<{XSD}decimal>'),
    ],
)
def test_a_value_becomes_a_term(value: MappingValue, term: str) -> None:
    assert mapped(SAYS, {"this": IRI("urn:a"), "value": value}) == [f"<urn:a> <urn:says> {term}"]


def test_a_list_gives_one_fact_for_each_item() -> None:
    found = mapped(SAYS, {"this": IRI("urn:a"), "value": ["x", "y"]})
    assert found == ['<urn:a> <urn:says> "x"', '<urn:a> <urn:says> "y"']


@pytest.mark.parametrize("nothing", [None, []])
def test_an_empty_cell_gives_no_fact_and_leaves_the_others(nothing: MappingValue) -> None:
    mapping = "INSERT { GRAPH <urn:g> { ?this a <urn:T> ; <urn:says> ?value } }\nWHERE {\n}"
    (found,) = mapped(mapping, {"this": IRI("urn:a"), "value": nothing})
    assert found.endswith("#type> <urn:T>")


def test_bind_sees_the_row() -> None:
    mapping = SAYS.replace("?value }", "?tagged }").replace(
        "WHERE {\n", 'WHERE {\n  BIND(STRLANG(?value, "en") AS ?tagged)\n'
    )
    assert mapped(mapping, {"this": IRI("urn:a"), "value": "x"}) == ['<urn:a> <urn:says> "x"@en']


def test_the_rows_are_put_into_each_where() -> None:
    found = mapped(f"{SAYS} ;\n{SAYS.replace('says', 'repeats')}", {"this": IRI("urn:a"), "value": "x"})
    assert found == ['<urn:a> <urn:repeats> "x"', '<urn:a> <urn:says> "x"']


def test_rows_of_several_batches_all_arrive() -> None:
    rows: list[dict[str, MappingValue]] = [{"this": IRI(f"urn:{i}"), "value": i} for i in range(4001)]
    assert len(mapped(SAYS, *rows)) == 4001


def test_no_rows_are_no_facts() -> None:
    store = OxigraphStore.memory()
    assert map_rows(store, SAYS, ["this"], [], "own.ru") == 0
    assert len(store) == 0


@pytest.mark.parametrize(
    ("mapping", "message"),
    [
        ("INSERT { ?a ?b ?c } WHERE { }", "own.ru: no line that is just `WHERE {`. Write it so"),
        ("INSERT { ?a ?b }\nWHERE {\n}", "own.ru: the update does not parse: error at 1:"),
        ("INSRT { ?a ?b ?c }\nWHERE {\n}", "own.ru: the update does not parse: error at 1:"),
        ("INSERT { ?a no:b ?c }\nWHERE {\n}", "own.ru: the update does not parse"),
    ],
)
def test_a_malformed_mapping_is_refused_by_its_name(mapping: str, message: str) -> None:
    with pytest.raises(PackageError) as raised:
        map_rows(OxigraphStore.memory(), mapping, ["this"], [{"this": "x"}], "own.ru")
    assert str(raised.value).startswith(message)


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_any_text_arrives_as_it_is(text: str) -> None:
    """Threat T12: terms are serialised, never pasted."""
    store = OxigraphStore.memory()
    map_rows(store, SAYS, ["this", "value"], [{"this": IRI("urn:a"), "value": text}], "own.ru")
    assert store.select("SELECT ?o { ?s ?p ?o }").rows == [(text,)]


EXPECTED = """
@prefix iis: <https://w3id.org/iis-kg/ontology#> .
@prefix place: <https://w3id.org/iis-kg/id/place/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
place:china a iis:Country ; rdfs:label "China"@en , "中国"@zh ; skos:altLabel "PRC", "Zhongguo" ; skos:notation "0086" .
place:northwest a iis:Region ; rdfs:label "Northwest"@en ; iis:within place:china ; iis:tier 2 ; iis:remark "dry" .
"""


def test_a_table_of_places_gives_the_expected_quads(small_project: MakeProject) -> None:
    table = "key,class,label,label_zh,aliases,code,within,tier,remark\n"
    table += "china,Country,China,中国,PRC;Zhongguo,0086,,,\nnorthwest,Region,Northwest,,,,China,2,dry\n"
    store, counts, _ = assemble(small_project({"place": table}, rules=False))
    dataset = Dataset()
    dataset.parse(data=store.serialise("application/n-quads"), format="nquads")
    found = Graph()
    source = "https://w3id.org/iis-kg/source/mine"
    for subject, predicate, value in dataset.graph(source):
        if str(subject) != source:
            found.add((subject, predicate, value))
    expected = Graph().parse(data=EXPECTED, format="turtle")
    assert to_isomorphic(found) == to_isomorphic(expected)
    assert counts["rows loaded"] == 2


def test_lists_of_a_row_run_side_by_side() -> None:
    """Seven lists of eight items are eight solutions, not two million."""
    store = OxigraphStore.memory()
    lists = {f"v{i}": [f"{i}.{j}" for j in range(8)] for i in range(7)}
    triples = " . ".join(f"<urn:s> <urn:p{i}> ?v{i}" for i in range(7))
    map_rows(store, f"INSERT {{ GRAPH <urn:g> {{ {triples} }} }}\nWHERE {{\n}}\n", list(lists), [lists], "own.ru")
    assert len(store) == 7 * 8
