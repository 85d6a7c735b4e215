"""The Python face: questions, SPARQL, rdflib, networkx, findings."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib

import kg
from kg.api import Graph
from kg.errors import BadParameter, BadQuery, StoreMissing, UnknownName
from kg.store.answers import Solutions, Text, Triples


@pytest.mark.parametrize("name", ["yichang", "Yichang", "宜昌", "420500", "place:yichang", " yichang "])
def test_place_is_found_by_key_label_chinese_name_code_and_curie(graph: Graph, name: str) -> None:
    """宜昌 and 420500 are its name and code in GB/T 2260."""
    assert graph.lookup.thing(name, ("place",)) == graph.prefixes.mapping["place"] + "yichang"


def test_unknown_place_tells_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnknownName, match=r"unknown place: Yichng\. Did you mean yichang"):
        graph.ask("place-profile", place="Yichng")


def test_unknown_question_tells_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="place-profile"):
        graph.ask("place-profil", place="yichang")


def test_missing_parameter_is_named(graph: Graph) -> None:
    with pytest.raises(BadParameter, match="place is missing"):
        graph.ask("place-profile")


def test_several_values_are_separated_by_commas(graph: Graph) -> None:
    both = graph.ask("figures-of", thing="place:yichang,place:jingzhou")
    assert both.rows


def test_sparql_forms(graph: Graph) -> None:
    assert graph.sparql("ASK { place:taicun iis:within place:xianyang }") is True
    triples = graph.sparql("CONSTRUCT { ?s iis:nodeCityOf ?o } WHERE { ?s iis:nodeCityOf ?o }")
    assert isinstance(triples, Triples)
    assert any("jingmen" in line for line in triples.lines)
    rows = graph.sparql('SELECT ?l { place:baoji rdfs:label ?l FILTER(LANG(?l) = "zh") }')
    assert isinstance(rows, Solutions)
    label = rows.rows[0][0]
    assert isinstance(label, Text)
    assert (label, label.language) == ("宝鸡市", "zh")


def test_sparql_that_does_not_parse_says_where(graph: Graph) -> None:
    with pytest.raises(BadQuery, match="does not parse"):
        graph.sparql("SELECT ?x WHERE { ?x ")


def test_rdflib_sees_the_same_graph(graph: Graph) -> None:
    dataset = graph.to_rdflib()
    place = rdflib.Namespace(graph.prefixes.mapping["place"])
    within = rdflib.URIRef(graph.prefixes.mapping["iis"] + "within")
    assert (place.baoji, within, place.shaanxi) in dataset
    assert len(list(dataset.graphs())) > 100


def test_networks_have_labels_classes_and_relations(graph: Graph) -> None:
    network = graph.to_networkx("places")
    jingmen = graph.prefixes.mapping["place"] + "jingmen"
    assert network.nodes[jingmen]["label"] == "Jingmen"
    assert all(data["relation"] for _, _, data in network.edges(data=True))


def test_unknown_network_tells_the_nearest(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="places"):
        graph.to_networkx("plces")


def test_nothing_built_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="kg build"):
        kg.open(tmp_path / "nothing")


def test_every_passage_has_a_citation(graph: Graph) -> None:
    """A citation is the source's key and the section."""
    citations = graph.citations()
    assert len(citations) > 1000
    assert {value.partition(",")[0] for value in citations.values()} == {
        "baoji-titanium",
        "industrial-clusters",
        "xianyang-tcm",
        "yijing-jingen",
        "qinba",
    }
