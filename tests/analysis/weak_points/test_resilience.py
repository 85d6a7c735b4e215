"""What breaks: hand-made networks, published models, and properties."""

from __future__ import annotations

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.weak_points.resilience import (
    Capability,
    bridge_sides,
    cascade,
    cut_off_by,
    last_providers,
    remove,
)
from kg.analysis.weak_points.uncertainty import rank_intervals
from kg.errors import BadParameter

EDGES = st.lists(st.tuples(st.sampled_from("abcdefghij"), st.sampled_from("abcdefghij")), min_size=1, max_size=18)


def test_removal_of_the_middle_of_a_chain() -> None:
    """a → b → c → d without b: c and d lose a, d keeps c. Of 3 pairs of a, c, d (ac, ad, cd) one is left."""
    found = remove(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "d")]), ["b", "nowhere"])
    assert found.removed == ("b",)
    assert [(loss.node, loss.before, loss.after) for loss in found.losses] == [("c", 1, 0), ("d", 2, 1)]
    assert found.pairs == (3, 1) and found.lost == pytest.approx(2 / 3)
    assert found.pieces == (1, 2) and found.cut_off == ("a",)


def test_removal_in_a_loop_and_of_everything() -> None:
    ring = nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")])
    assert remove(ring, []).losses == ()
    assert remove(ring, ["a"]).pairs == (2, 1)
    assert remove(ring, "abc").pairs == (0, 0) and remove(ring, "abc").lost == 0.0


def test_removal_goes_both_ways_in_an_undirected_network() -> None:
    path: nx.DiGraph[str] = nx.DiGraph([("a", "b"), ("b", "c")], undirected=True)
    assert [(loss.node, loss.after) for loss in remove(path, ["b"]).losses] == [("a", 0), ("c", 0)]


@given(EDGES)
def test_what_a_cut_point_cuts_off_is_what_its_removal_cuts_off(edges: list[tuple[str, str]]) -> None:
    network: nx.DiGraph[str] = nx.DiGraph(edges)
    plain = nx.Graph(network)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    found = cut_off_by(network)
    assert set(found) == set(nx.articulation_points(plain))
    for node, cut_off in found.items():
        assert tuple(cut_off) == remove(network, [node]).cut_off


@given(EDGES, st.sampled_from("abcdefghij"))
def test_reach_before_and_after_is_that_of_networkx(edges: list[tuple[str, str]], gone: str) -> None:
    """A second program: networkx's ancestors of each node."""
    network: nx.DiGraph[str] = nx.DiGraph(edges)
    rest = nx.DiGraph(network)
    rest.remove_nodes_from([gone])
    for loss in remove(network, [gone]).losses:
        assert loss.before == len(nx.ancestors(network, loss.node) - {gone, loss.node})
        assert loss.after == len(nx.ancestors(rest, loss.node) - {loss.node})


def test_a_place_goes_with_what_lies_within_it_and_its_actors() -> None:
    capabilities = [
        Capability("smelting", "park", None),
        Capability("smelting", "city", "firm"),
        Capability("rolling", "city", "firm"),
        Capability("rolling", "elsewhere", None),
    ]
    within = {"park": {"city"}}
    assert list(last_providers(capabilities, ["city"], within)) == ["smelting"]
    assert list(last_providers(capabilities, ["firm"], within)) == []
    assert list(last_providers(capabilities, ["firm", "elsewhere"], within)) == ["rolling"]
    assert last_providers([], ["city"], within) == {}


def test_cascade_by_thresholds() -> None:
    """d has three suppliers, of which one fails: 1/3. A node fails where its threshold is reached (Watts 2002)."""
    supplies = nx.DiGraph([("a", "d"), ("b", "d"), ("c", "d"), ("d", "e")])
    assert [f.node for f in cascade(supplies, ["a"], 1 / 3)] == ["a", "d", "e"]
    assert [f.node for f in cascade(supplies, ["a"], 0.34)] == ["a"]
    late = cascade(supplies, ["a", "b"], 0.5)
    assert [(f.node, f.round, f.failed, f.suppliers) for f in late][2:] == [("d", 1, 2, 3), ("e", 2, 1, 1)]
    assert cascade(supplies, ["nowhere"], 0.5) == []


@given(EDGES, st.floats(0.05, 0.95))
def test_a_higher_threshold_never_fails_more(edges: list[tuple[str, str]], threshold: float) -> None:
    supplies: nx.DiGraph[str] = nx.DiGraph(edges)
    start = [edges[0][0]]
    more = {f.node for f in cascade(supplies, start, threshold)}
    assert {f.node for f in cascade(supplies, start, min(1.0, threshold + 0.05))} <= more


def test_rank_intervals() -> None:
    """The hub of a star of twelve lies between all pairs whichever tenth of the edges is gone; the leaves tie."""
    star: nx.DiGraph[str] = nx.DiGraph([("hub", f"leaf{i:02}") for i in range(12)], undirected=True)
    found = rank_intervals(star, 20)
    assert (found[0].node, found[0].rank, found[0].low, found[0].high, found[0].top) == ("hub", 1, 1, 1, 1.0)
    assert {row.rank for row in found[1:]} == {7.5}  # the mean of 2 to 13
    assert rank_intervals(star, 20) == found
    assert rank_intervals(nx.DiGraph(), 5) == []


@pytest.mark.parametrize("measure", ["betweenness", "harmonic", "degree", "pagerank", "katz"])
def test_ranks_by_every_measure(measure: str) -> None:
    star: nx.DiGraph[str] = nx.DiGraph([(f"leaf{i:02}", "hub") for i in range(12)])
    found = {row.node: row for row in rank_intervals(star, 5, measure)}
    assert found["hub"].rank == (7 if measure == "betweenness" else 1)  # nothing leads over the end of all ways


def test_unknown_measure_to_rank_by() -> None:
    with pytest.raises(BadParameter, match="Take betweenness"):
        rank_intervals(nx.DiGraph([("a", "b")]), 5, "fame")


@given(EDGES)
def test_sides_of_bridges_are_those_of_their_removal(edges: list[tuple[str, str]]) -> None:
    network: nx.DiGraph[str] = nx.DiGraph(edges)
    plain = nx.Graph([edge for edge in edges if edge[0] != edge[1]])
    bridges = sorted((min(edge), max(edge)) for edge in nx.bridges(plain))
    vowels = set("aei")
    found = bridge_sides(network, bridges, vowels.__contains__)
    assert list(found) == bridges
    for one, other in bridges:
        plain.remove_edge(one, other)
        sides = tuple(len(nx.node_connected_component(plain, end) & vowels) for end in (one, other))
        assert found[one, other] == sides
        plain.add_edge(one, other)
