"""Both engines give the same numbers, to 1e-9, on the networks of the papers and on random ones; networkx agrees."""

from __future__ import annotations

import math

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.centrality import DAMPING, katz, network_measures
from kg.analysis.weak_points.engines import WORTH_IT, engine
from kg.api import Graph
from kg.errors import BadParameter, MissingExtra

NUMBERS = ("degree", "betweenness", "harmonic", "pagerank", "katz", "core")
EDGES = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


def network(edges: list[tuple[int, int]], undirected: bool, nodes: int = 12) -> nx.DiGraph[str]:
    found: nx.DiGraph[str] = nx.DiGraph(undirected=undirected)
    found.add_nodes_from(f"n{node:04}" for node in range(nodes))
    found.add_edges_from((f"n{a:04}", f"n{b:04}") for a, b in edges)
    return found


def assert_engines_agree(found: nx.DiGraph[str]) -> None:
    ours, theirs = (network_measures(found, by=name) for name in ("networkx", "igraph"))
    assert (ours.bridges, ours.communities) == (theirs.bridges, theirs.communities)
    others = theirs.by_node
    for m in ours.nodes:
        other = others[m.node]
        assert m.is_cut_point == other.is_cut_point
        for name in NUMBERS:
            assert getattr(m, name) == pytest.approx(getattr(other, name), abs=1e-9), name
        if m.constraint is None or other.constraint is None:
            assert m.constraint is other.constraint
        else:
            assert m.constraint == pytest.approx(other.constraint, abs=1e-9)


@pytest.mark.parametrize("name", ["stages", "actors", "places", "factors"])
def test_engines_agree_on_the_networks_of_the_papers(graph: Graph, name: str) -> None:
    assert_engines_agree(graph.facts.network(name))


@settings(max_examples=25)
@given(EDGES, st.booleans())
def test_engines_agree_on_random_networks(edges: list[tuple[int, int]], undirected: bool) -> None:
    """Loops, edges in both directions and nodes without edges among them."""
    assert_engines_agree(network(edges, undirected))


@pytest.mark.parametrize("undirected", [True, False])
def test_engines_agree_on_a_larger_random_network(undirected: bool) -> None:
    edges = list(nx.gnm_random_graph(300, 900, seed=7, directed=True).edges)
    assert_engines_agree(network(edges, undirected, 300))


@settings(max_examples=25)
@given(EDGES, st.booleans())
def test_measures_are_those_of_networkx(edges: list[tuple[int, int]], undirected: bool) -> None:
    """A second program: networkx's own functions, with the conventions that the module names."""
    found = network(edges, undirected)
    arrays = Arrays.of(found)
    measured = network_measures(found, by="networkx").by_node
    plain = arrays.graph
    ties = arrays.ties.graph
    between = nx.betweenness_centrality(plain, normalized=True)
    harmonic = nx.harmonic_centrality(plain)
    pagerank = nx.pagerank(plain, alpha=DAMPING, tol=1e-14, max_iter=10_000)
    constraint = nx.constraint(ties)
    for number, node in enumerate(arrays.nodes):
        m = measured[node]
        assert m.betweenness == pytest.approx(between[number], abs=1e-9)
        assert m.harmonic == pytest.approx(harmonic[number] / 11, abs=1e-9)
        assert m.pagerank == pytest.approx(pagerank[number], abs=1e-9)
        if m.constraint is None:
            assert math.isnan(constraint[number])
        else:
            assert m.constraint == pytest.approx(constraint[number], abs=1e-9)


@settings(max_examples=25)
@given(EDGES, st.booleans())
def test_katz_is_that_of_networkx(edges: list[tuple[int, int]], undirected: bool) -> None:
    """networkx solves the linear system (katz_centrality_numpy), with alpha as the module has it."""
    arrays = Arrays.of(network(edges, undirected))
    most = max(dict(arrays.graph.in_degree if arrays.directed else arrays.graph.degree).values())
    expected = nx.katz_centrality_numpy(arrays.graph, alpha=1 / (1 + most), beta=1.0)
    assert katz(arrays).tolist() == pytest.approx([expected[i] for i in range(12)], abs=1e-9)


def test_igraph_is_taken_for_large_networks_only() -> None:
    small = Arrays(("a", "b"), ((0, 1),), True)
    large = Arrays(tuple(f"n{i:05}" for i in range(4000)), tuple((i, i + 1) for i in range(3999)), True)
    assert large.work > WORTH_IT
    assert engine("auto", small).name == "networkx"
    assert engine("auto", large).name == "igraph"
    assert engine("igraph", small).name == "igraph"


def test_without_igraph_networkx_does_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kg.analysis.weak_points.engines.find_spec", lambda _name: None)
    large = Arrays(tuple(f"n{i:05}" for i in range(4000)), tuple((i, i + 1) for i in range(3999)), True)
    assert engine("auto", large).name == "networkx"
    with pytest.raises(MissingExtra, match=r"iis-kg\[fast\]"):
        engine("igraph")


def test_unknown_engine() -> None:
    with pytest.raises(BadParameter, match="Take auto, networkx, igraph"):
        engine("abacus")


@pytest.mark.parametrize("name", ["networkx", "igraph"])
def test_long_runs_tell_how_far_they_are(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.setattr("kg.analysis.weak_points.engines.igraph_engine.CHUNK_WORK", 10)
    monkeypatch.setattr("kg.analysis.weak_points.paths.BATCH", 1)
    found = network([(0, 1), (1, 2)], False)
    quiet: list[str] = []
    network_measures(found, "mine", name, quiet.append)
    assert quiet == []
    monkeypatch.setattr("kg.analysis.weak_points.engines.TELL_EVERY", 0.0)
    monkeypatch.setattr("kg.analysis.weak_points.centrality.WORTH_IT", 0)
    told: list[str] = []
    network_measures(found, "mine", name, told.append)
    assert told[0] == f"mine: 12 nodes, 2 edges, by {name}"
    assert told[1].startswith("mine: shortest paths: 8%, about ") and told[1].endswith(" s left")
    assert told[-1] == "mine: communities"
