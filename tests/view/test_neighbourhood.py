"""The neighbourhood page: what it holds, its limit, and texts that stay text wherever they stand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.api import Graph
from kg.errors import TooLarge, UseError
from kg.view.neighbourhood import MOST_MOVING, MOST_NODES, page, surroundings, write_neighbourhood
from tests.view.hostile import PAYLOADS, Page


def network(
    label: str = "Baoji", kind: str = "place", iri: str = "p:baoji", relation: str = "has industry"
) -> nx.DiGraph[str]:
    """A city with an industry, which a company is in; the company is two steps away."""
    made: nx.DiGraph[str] = nx.DiGraph()
    made.add_node(iri, **{"label": label, "class": kind, "steps": 0})
    made.add_node("i:titanium", **{"label": "Titanium", "class": "industry", "steps": 1})
    made.add_node("a:baotai", **{"label": "BaoTai", "class": "actor", "steps": 2})
    made.add_edge(iri, "i:titanium", relation=relation)
    made.add_edge("a:baotai", "i:titanium", relation="in industry")
    return made


def data(html: str) -> dict[str, Any]:
    found = json.loads(Page(html).data)
    assert isinstance(found, dict)
    return found


def drawn(html: str) -> dict[str, Any]:
    return {node["id"]: node for node in data(html)["nodes"]}


def star(points: int) -> nx.DiGraph[str]:
    return nx.DiGraph([("hub", f"n{i}") for i in range(points)])


def test_boxes_are_the_things_and_lines_their_relations() -> None:
    html = page(network(), "p:baoji")
    assert {"p:baoji", "i:titanium", "a:baotai"} <= set(drawn(html))
    assert {(e["from"], e["to"]) for e in data(html)["edges"]} == {
        ("p:baoji", "i:titanium"),
        ("a:baotai", "i:titanium"),
    }


def test_lines_of_the_centre_bear_their_relation_and_all_tell_it_in_words() -> None:
    edges = {e["from"]: e for e in data(page(network(), "p:baoji"))["edges"]}
    assert edges["p:baoji"]["label"] == "has industry"
    assert "label" not in edges["a:baotai"]
    assert edges["a:baotai"]["title"] == "BaoTai – in industry → Titanium"


def test_headings_say_how_a_block_is_joined_or_how_far_it_is() -> None:
    labels = {node["label"].replace("\n", " ") for node in data(page(network(), "p:baoji"))["nodes"]}
    assert {"Baoji – has industry → industry (1)", "actor, 2 steps away (1)"} <= labels


def test_tooltip_tells_class_and_number_of_passages() -> None:
    nodes = drawn(page(network(), "p:baoji", passages={"p:baoji": 2, "i:titanium": 1}))
    assert nodes["p:baoji"]["title"] == "Baoji\nplace\n2 passages speak of it"
    assert nodes["i:titanium"]["title"] == "Titanium\nindustry\n1 passage speaks of it"
    assert nodes["a:baotai"]["title"] == "BaoTai\nactor"


def test_legend_and_table_say_the_same_in_text() -> None:
    text = Page(page(network(), "p:baoji")).text
    for said in (
        "actor (1)",
        "industry (1)",
        "place (1)",
        "BaoTai in industry Titanium",
        "Baoji has industry Titanium",
    ):
        assert said in text


def test_classes_keep_their_colour_on_every_page_of_a_graph() -> None:
    classes = ["actor", "chain", "industry", "place"]
    whole = drawn(page(network(), "p:baoji", classes))
    part = network()
    part.remove_node("a:baotai")
    assert drawn(page(part, "p:baoji", classes))["i:titanium"]["color"] == whole["i:titanium"]["color"]


def test_centre_that_is_the_limit_is_drawn_and_one_more_is_too_many() -> None:
    assert len(surroundings(star(MOST_NODES - 1), "hub", 1, "hub")) == 2_000
    with pytest.raises(TooLarge, match=r"hub has 2,000 things within 1 step, more than the 2,000 .* kg view hub -o"):
        surroundings(star(MOST_NODES), "hub", 1, "hub")
    with pytest.raises(TooLarge, match=r"300 things within 1 step, more than the 300 .*Write the explorer"):
        surroundings(star(MOST_MOVING), "hub", 1, "hub", MOST_MOVING)


def test_too_large_names_the_depth_that_fits() -> None:
    tree = star(25)
    tree.add_edges_from((f"n{i}", f"m{i}-{j}") for i in range(25) for j in range(100))
    with pytest.raises(TooLarge, match=r"2,525 things within 2 steps.*Give a depth of 1"):
        surroundings(tree, "hub", 2, "hub")


def test_things_that_move_have_no_places_and_no_headings() -> None:
    html = page(network(), "p:baoji", physics=True)
    assert set(drawn(html)) == {"p:baoji", "i:titanium", "a:baotai"}
    assert data(html)["options"]["physics"]["enabled"] is True
    assert data(page(network(), "p:baoji"))["options"]["physics"]["enabled"] is False


def test_neighbours_count_in_either_direction() -> None:
    assert set(surroundings(network(), "i:titanium", 1, "Titanium")) == {"p:baoji", "i:titanium", "a:baotai"}


@pytest.mark.parametrize("depth", [0, -1])
def test_depth_below_one_is_refused(depth: int) -> None:
    with pytest.raises(UseError, match="depth of 1 or more"):
        surroundings(network(), "p:baoji", depth, "Baoji")


def test_thing_that_nothing_is_joined_to_is_told_what_to_ask() -> None:
    with pytest.raises(UseError, match=r"nothing is joined to it.*kg ask said-about thing=unit:metre"):
        surroundings(network(), "u:metre", 1, "unit:metre")


@pytest.mark.parametrize("place", ["label", "kind", "iri", "relation"])
@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_stays_text(payload: str, place: str) -> None:
    """Reliability T8: same scripts and handlers as a harmless page, the text itself unchanged, nothing loaded."""
    harmless = Page(page(network(), "p:baoji"))
    arguments = {place: payload}
    centre = arguments.get("iri", "p:baoji")
    hostile = Page(page(network(**arguments), centre))
    assert hostile.elements == harmless.elements
    assert hostile.handlers == harmless.handlers == []
    assert hostile.policy == harmless.policy
    assert hostile.loads == hostile.links == []
    found = json.loads(hostile.data)
    node = next(n for n in found["nodes"] if n["id"] == centre)
    assert node["title"] == f"{arguments.get('label', 'Baoji')}\n{arguments.get('kind', 'place')}"
    if place in ("label", "kind", "relation"):
        assert " ".join(payload.split()) in hostile.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_only_our_two_scripts_may_run(payload: str) -> None:
    policy = Page(page(network(label=payload), "p:baoji")).policy
    assert policy.startswith("default-src 'none'")
    assert policy.count("'sha256-") == 2
    assert "unsafe-eval" not in policy
    assert "unsafe-inline" not in policy.split("script-src")[1]


def test_same_graph_gives_the_same_page() -> None:
    assert page(network(), "p:baoji") == page(network(), "p:baoji")


def test_city_of_the_papers_is_drawn_with_its_industry(graph: Graph, tmp_path: Path) -> None:
    """Baoji paper: Baoji is the city of the titanium industry; it lies in Shaanxi."""
    city = graph.lookup.thing("Baoji", ("place",))
    write_neighbourhood(graph.store, graph.project, city, tmp_path / "baoji.html")
    nodes = drawn((tmp_path / "baoji.html").read_text(encoding="utf-8"))
    names = {node["title"].split("\n")[0] for node in nodes.values() if "title" in node}
    assert {"Baoji", "Titanium", "Shaanxi"} <= names
    assert "passages speak of it" in nodes[city]["title"]
