"""Link prediction against a calculation by hand and against paths that networkx finds."""

from __future__ import annotations

import math
import random

import networkx as nx
import pytest

from kg.analysis.links.prediction import METHODS, MIN_LINKS, area_under_curve, predict, share_of_first, standard_error

RA, AA, PA = METHODS

SQUARE = [("a", "1"), ("a", "2"), ("b", "1"), ("b", "2"), ("b", "3")]
"""a - 1, 2; b - 1, 2, 3: the pair a, 3 has no link."""


def test_scores_by_hand() -> None:
    """Between a and 3 lie 1 and 2 (two links each, both to b) and b (three links)."""
    found = predict(SQUARE)
    at = found.left.index("a"), found.right.index("3")
    assert found.scores[RA][at] == pytest.approx(1 / 2 + 1 / 2 + 1 / 3)
    assert found.scores[AA][at] == pytest.approx(2 / math.log(2) + 1 / math.log(3))
    assert found.scores[PA][at] == 2 * 1


def test_a_link_is_scored_without_itself() -> None:
    """Without a - 1 the paths from a to 1 run over 2 (links a, b) and b (links 1, 2, 3); a and 1 have one each."""
    found = predict(SQUARE)
    at = found.left.index("a"), found.right.index("1")
    assert found.scores[RA][at] == pytest.approx(1 / 2 + 1 / 3)
    assert found.scores[PA][at] == 1 * 1


def test_the_same_as_paths_of_length_three() -> None:
    """A second program: the inner nodes of all simple paths of three edges that networkx finds."""
    rng = random.Random(7)
    links = {(f"l{rng.randrange(8)}", f"r{rng.randrange(9)}") for _ in range(30)}
    found = predict(links)
    whole = nx.Graph(links)
    for i, a in enumerate(found.left):
        for j, b in enumerate(found.right):
            graph = whole.copy()
            graph.remove_edges_from([(a, b)])
            between = {n for path in nx.all_simple_paths(graph, a, b, cutoff=3) for n in path[1:-1]}
            assert found.scores[RA][i, j] == pytest.approx(sum(1 / graph.degree(n) for n in between))
            assert found.scores[AA][i, j] == pytest.approx(sum(1 / math.log(graph.degree(n)) for n in between))
            assert found.scores[PA][i, j] == graph.degree(a) * graph.degree(b)


def test_quality_by_hand() -> None:
    """Two complete blocks of 5 x 5: a left-out link has paths, no pair between the blocks has any.

    The right score is 1 for each neighbour method; by degrees, a left-out link has 4 x 4, the others 5 x 5 or 4 x 5.
    """
    blocks = [(f"{block}{i}", f"{block}{j}") for block in "xy" for i in range(5) for j in range(5)]
    found = predict(blocks)
    assert len(blocks) == 50 >= MIN_LINKS
    assert not found.refusal
    for method in (RA, AA):
        assert found.quality[method].auc == 1.0
        assert found.quality[method].hits == {1: 1.0, 3: 1.0, 10: 1.0}
    assert found.quality[PA].auc == 0.0
    assert found.quality[PA].hits == {1: 0.0, 3: 0.0, 10: 1.0}
    assert found.quality[RA].chance == {1: pytest.approx(1 / 6), 3: pytest.approx(3 / 6), 10: 1.0}


def test_area_agrees_with_scipy() -> None:
    """A second program: the Mann-Whitney statistic of scipy over the number of pairs."""
    from scipy.stats import mannwhitneyu

    links, others = [3.0, 1.0, 2.0, 2.0], [2.0, 0.0, 1.0, 1.0, 5.0]
    statistic = mannwhitneyu(links, others).statistic
    assert area_under_curve(links, others) == pytest.approx(float(statistic) / 20)


def test_ties_count_half() -> None:
    assert area_under_curve([1.0], [1.0, 1.0]) == 0.5
    assert share_of_first(0.0, [0.0, 0.0, 0.0], 1) == 0.25
    assert share_of_first(0.0, [1.0, 1.0], 2) == 0.0


def test_the_threshold_is_where_an_area_of_six_in_ten_is_told_from_chance() -> None:
    assert 0.1 > 2 * standard_error(0.6, MIN_LINKS, 100_000) > 0.09


def test_few_links_are_refused_in_words() -> None:
    found = predict(SQUARE)
    assert found.quality == {}
    assert found.refusal.startswith("5 links, fewer than 40")


def test_a_tree_is_refused_in_words() -> None:
    found = predict([("hub", str(number)) for number in range(MIN_LINKS)])
    assert found.quality == {}
    assert "no circle" in found.refusal


def test_no_links_at_all() -> None:
    found = predict([])
    assert (found.left, found.right, found.quality) == ((), (), {})
    assert found.refusal.startswith("0 links")
