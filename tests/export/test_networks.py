"""Networks, read back by networkx and igraph and compared with what the queries answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import igraph
import networkx as nx
import pytest

from kg.api import Graph
from kg.export.networks import network
from tests.hostile import CONTROL, LABELS, hostile_graph
from tests.support import PREFIXES

FORMATS = ("graphml", "gexf", "cytoscape", "node-link")


def read(name: str, path: Path) -> Any:
    if name == "graphml":
        return nx.read_graphml(path, force_multigraph=True)
    if name == "gexf":
        return nx.read_gexf(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    return nx.cytoscape_graph(data) if name == "cytoscape" else nx.node_link_graph(data, edges="links")


def relations(graph: Graph, name: str) -> set[tuple[str, str, str]]:
    """What the query of a network answers."""
    rows = graph.store.select(graph.facts.networks[name].text)
    return {(str(row["source"]), str(row["target"]), str(row["relation"])) for row in rows}


@pytest.mark.parametrize("name", ["stages", "places", "actors"])
@pytest.mark.parametrize("format", FORMATS)
def test_networks_of_the_papers_read_back(graph: Graph, tmp_path: Path, format: str, name: str) -> None:
    written = graph.export(format, tmp_path / "a", network=name)
    made = read(format, tmp_path / "a")
    expected = relations(graph, name)
    assert {(source, target, data["relation"]) for source, target, data in made.edges(data=True)} == expected
    assert made.number_of_edges() == len(expected) == written.counts["edges"]
    assert set(made) == {end for edge in expected for end in edge[:2]}
    assert {data["label"] for _node, data in made.nodes(data=True)} <= set(graph.facts.labels.values())
    assert made.is_directed()


def test_the_whole_network_reads_back_in_igraph(graph: Graph, tmp_path: Path) -> None:
    graph.export("graphml", tmp_path / "a.graphml")
    made = igraph.Graph.Read_GraphML(str(tmp_path / "a.graphml"))
    ends = {(made.vs[edge.source]["id"], made.vs[edge.target]["id"], edge["relation"]) for edge in made.es}
    assert ends == relations(graph, "everything")


def test_a_relation_has_the_passages_that_say_so(graph: Graph) -> None:
    made = network(graph, "places")
    place = PREFIXES.mapping["place"]
    (within,) = made.get_edge_data(f"{place}xunyi", f"{place}xianyang").values()
    asked = graph.sparql("SELECT ?g { GRAPH ?g { place:xunyi iis:within place:xianyang } ?g a iis:Passage }")
    assert not isinstance(asked, bool)
    assert hasattr(asked, "rows")
    assert set(within["passages"].split()) == {str(row[0]) for row in asked.rows}
    cited = {"reference", *(graph.citations()[str(row[0])] for row in asked.rows)}  # the gazetteer has it too
    assert (within["status"], set(within["citations"].split("; "))) == ("actual", cited)
    assert made.nodes[f"{place}xunyi"]["label_zh"].startswith("旬邑")


def test_a_relation_of_reference_data_names_its_source(graph: Graph) -> None:
    place = PREFIXES.mapping["place"]
    (within,) = network(graph, "places").get_edge_data(f"{place}anhui", f"{place}china").values()
    asked = graph.sparql("SELECT ?g { GRAPH ?g { place:anhui iis:within place:china } }")
    assert not isinstance(asked, bool)
    assert hasattr(asked, "rows")
    assert [f"{PREFIXES.mapping['source']}{within['citations']}"] == [str(row[0]) for row in asked.rows]
    assert "passages" not in within


def test_what_a_thing_is_and_where_it_lies_is_told(graph: Graph) -> None:
    node = network(graph, "places").nodes[f"{PREFIXES.mapping['place']}yichang"]
    assert (node["curie"], node["kind"], node["label"]) == ("place:yichang", "place", "Yichang")
    # GeoNames 1786764, as loaders/reference/places.csv quotes it
    assert (node["longitude"], node["latitude"]) == (111.28472, 30.71444)


@pytest.mark.parametrize("format", FORMATS)
def test_hostile_labels_read_back(tmp_path: Path, format: str) -> None:
    graph = hostile_graph()
    graph.export(format, tmp_path / "a", network="places")
    made = read(format, tmp_path / "a")
    found = {data.get("label", "") for _node, data in made.nodes(data=True)}
    if format in ("graphml", "gexf"):
        # XML has no control characters, and its readers know but one end of line (XML 1.0, 2.2 and 2.11).
        expected = {label.replace("\r\n", "\n").replace("\r", "\n") for label in LABELS if label != CONTROL}
        assert CONTROL.translate({7: "\ufffd", 0: "\ufffd", 27: "\ufffd"}) in found
    else:
        expected = set(LABELS)
    assert expected <= found
    edges = {(source, target, data["relation"]) for source, target, data in made.edges(data=True)}
    assert edges == relations(graph, "places")


def test_two_relations_of_two_things_are_two_edges(tmp_path: Path) -> None:
    graph = hostile_graph()
    place = PREFIXES.mapping["place"]
    joined = [edge for edge in relations(graph, "places") if edge[:2] == (f"{place}p0", f"{place}宝鸡é")]
    assert {edge[2] for edge in joined} == {"within", "member of"}
    graph.export("node-link", tmp_path / "a", network="places")
    assert read("node-link", tmp_path / "a").number_of_edges(f"{place}p0", f"{place}宝鸡é") == 2
    said = network(graph, "places").get_edge_data(f"{place}p0", f"{place}宝鸡é").values()
    passages = {data["relation"]: data["passages"].split() for data in said}
    source = PREFIXES.mapping["source"]
    assert passages == {"within": [f"{source}one#a"], "member of": [f"{source}one#a", f"{source}one#b"]}


def test_elements_of_cytoscape_have_ids_of_their_own(tmp_path: Path) -> None:
    hostile_graph().export("cytoscape", tmp_path / "a.cyjs", network="places")
    elements = json.loads((tmp_path / "a.cyjs").read_text(encoding="utf-8"))["elements"]
    ids = [element["data"]["id"] for kind in ("nodes", "edges") for element in elements[kind]]
    assert len(set(ids)) == len(ids)
    nodes = {element["data"]["id"] for element in elements["nodes"]}
    described = [element["data"] for element in elements["nodes"]]
    assert all(data["name"] == (data["label"] or data["id"]) for data in described)  # Cytoscape shows the name
    assert all({edge["data"]["source"], edge["data"]["target"]} <= nodes for edge in elements["edges"])
