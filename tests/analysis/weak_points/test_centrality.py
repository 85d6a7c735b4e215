"""Centrality against published values: Krackhardt's kite and hand calculations."""

from __future__ import annotations

import networkx as nx
import pytest

from kg.analysis.weak_points.centrality import bridges, node_measures
from kg.analysis.weak_points.communities import communities


def test_betweenness_of_krackhardts_kite() -> None:
    """Krackhardt (1990), doi:10.2307/2393394: Heather 14/36, Fernando and Garth 8.33/36, Ike 8/36, Diane 3.67/36."""
    names = ["Andre", "Beverly", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]
    ties = [(names[a], names[b]) for a, b in nx.krackhardt_kite_graph().edges]
    both_ways: nx.DiGraph[str] = nx.DiGraph([*ties, *((b, a) for a, b in ties)])
    found = {m.node: m for m in node_measures(both_ways)}
    assert found["Heather"].betweenness == pytest.approx(14 / 36)
    assert found["Fernando"].betweenness == pytest.approx(8.3333 / 36, abs=1e-5)
    assert found["Ike"].betweenness == pytest.approx(8 / 36)
    assert found["Diane"].betweenness == pytest.approx(3.6667 / 36, abs=1e-5)
    assert found["Diane"].degree == 6
    assert {n for n, m in found.items() if m.is_cut_point} == {"Heather", "Ike"}
    assert bridges(both_ways) == [("Heather", "Ike"), ("Ike", "Jane")]


def test_pagerank_of_two_pages_by_hand() -> None:
    """a → b only: with damping d and the rank of b spread evenly, PR(a) = 1 / (2 + d), PR(b) = (1 + d) / (2 + d)."""
    found = {m.node: m.pagerank for m in node_measures(nx.DiGraph([("a", "b")]))}
    assert found["a"] == pytest.approx(1 / 2.85, abs=1e-5)
    assert found["b"] == pytest.approx(1.85 / 2.85, abs=1e-5)


def test_two_cliques_with_one_tie_are_two_communities() -> None:
    cliques = [(a, b) for group in ("abcd", "wxyz") for a in group for b in group if a < b]
    assert communities(nx.DiGraph([*cliques, ("a", "w")])) == [list("abcd"), list("wxyz")]


def test_same_network_in_another_order_gives_the_same_communities() -> None:
    edges = [(f"n{i}", f"n{(i * 7 + 3) % 40}") for i in range(40)]
    assert communities(nx.DiGraph(edges)) == communities(nx.DiGraph(list(reversed(edges))))


def test_empty_network_and_self_loops() -> None:
    assert node_measures(nx.DiGraph()) == []
    assert bridges(nx.DiGraph([("a", "a")])) == []
    assert node_measures(nx.DiGraph([("a", "a")]))[0].degree == 0


def test_measures_of_a_star_by_hand() -> None:
    """Hub and three leaves, undirected. Harmonic: hub (1+1+1)/3, leaf (1+1/2+1/2)/3. Betweenness: all 3 pairs of leaves
    over the hub. Constraint: hub 3·(1/3)², leaf 1. Core number 1 for all."""
    star: nx.DiGraph[str] = nx.DiGraph([("hub", "a"), ("hub", "b"), ("c", "hub")], undirected=True)
    found = {m.node: m for m in node_measures(star)}
    assert found["hub"].betweenness == pytest.approx(1.0)
    assert found["hub"].harmonic == pytest.approx(1.0)
    assert found["a"].harmonic == pytest.approx(2 / 3)
    assert found["hub"].constraint == pytest.approx(1 / 3)
    assert found["a"].constraint == pytest.approx(1.0)
    assert {m.core for m in found.values()} == {1}


def test_harmonic_closeness_counts_the_ways_that_lead_to_a_node() -> None:
    """a → b → c: c is reached from b in 1 step and from a in 2, (1 + 1/2)/2; nothing reaches a."""
    found = {m.node: m for m in node_measures(nx.DiGraph([("a", "b"), ("b", "c")]))}
    assert found["c"].harmonic == pytest.approx(0.75)
    assert found["a"].harmonic == 0


def test_katz_of_a_path_by_hand() -> None:
    """a → b → c, largest in-degree 1, so a = 1/2: x = (1, 1.5, 1.75), of length sqrt(6.3125)."""
    found = {m.node: m.katz for m in node_measures(nx.DiGraph([("a", "b"), ("b", "c")]))}
    assert found["b"] == pytest.approx(1.5 / 6.3125**0.5)


def test_constraint_of_a_closed_triad_by_hand() -> None:
    """Burt 1992: in a triangle each pair counts (1/2 + 1/2·1/2)² = 0.5625, two of them 1.125."""
    found = node_measures(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a")]))
    assert [m.constraint for m in found] == pytest.approx([1.125] * 3)


def test_a_node_without_ties_has_no_constraint() -> None:
    alone: nx.DiGraph[str] = nx.DiGraph()
    alone.add_node("a")
    assert node_measures(alone)[0].constraint is None
    assert node_measures(alone)[0].pagerank == pytest.approx(1.0)
