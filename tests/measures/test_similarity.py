"""Similarity of sets and orders by it, against hand calculations and what must hold of any."""

from __future__ import annotations

import itertools

from hypothesis import given
from hypothesis import strategies as st

from kg.measures.similarity import jaccard, leaf_order


def test_nothing_in_common_is_zero() -> None:
    assert jaccard({"x"}, {"y"}) == 0.0


@given(st.integers(0, 7).flatmap(lambda n: st.lists(st.floats(0, 1), min_size=n * n, max_size=n * n)))
def test_order_has_everything_once(flat: list[float]) -> None:
    n = int(len(flat) ** 0.5)
    matrix = [[flat[max(i, j) * n + min(i, j)] for j in range(n)] for i in range(n)]
    assert sorted(leaf_order(matrix)) == list(range(n))
    assert leaf_order(matrix) == leaf_order(matrix)


def test_order_of_a_line_is_the_line() -> None:
    """Points 3, 0, 2, 1 on a line, the nearer the more alike: of all orders the line has the shortest steps."""
    points = [3.0, 0.0, 2.0, 1.0]
    matrix = [[1 - abs(a - b) / 4 for b in points] for a in points]
    found = leaf_order(matrix)
    steps = {
        order: sum(abs(points[a] - points[b]) for a, b in itertools.pairwise(order))
        for order in itertools.permutations(range(4))
    }
    assert steps[tuple(found)] == min(steps.values())
