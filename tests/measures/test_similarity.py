"""Similarity of structures against hand calculations and what must hold of any."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.measures.similarity import jaccard, leaf_order, sum_of_minimum_shares
from kg.measures.specialisation.krugman import krugman_specialisation

OUTPUTS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 1e9), min_size=1).filter(
    lambda o: sum(o.values()) > 0
)


def test_sum_of_minimum_shares_by_hand() -> None:
    """Shares 0.5, 0.3, 0.2 against 0.2, 0.3, 0.5: 0.2 + 0.3 + 0.2."""
    assert sum_of_minimum_shares({"x": 5, "y": 3, "z": 2}, {"x": 2, "y": 3, "z": 5}) == pytest.approx(0.7)


@given(OUTPUTS, OUTPUTS)
def test_minimum_shares_are_one_less_half_of_krugman(first: dict[str, float], second: dict[str, float]) -> None:
    """min(a, b) = (a + b - |a - b|) / 2, summed over shares that sum to 1."""
    expected = 1 - krugman_specialisation(first, second) / 2
    assert sum_of_minimum_shares(first, second) == pytest.approx(expected, abs=1e-9)


@given(OUTPUTS, OUTPUTS)
def test_minimum_shares_are_symmetric_and_one_for_the_same(first: dict[str, float], second: dict[str, float]) -> None:
    assert sum_of_minimum_shares(first, second) == pytest.approx(sum_of_minimum_shares(second, first))
    assert sum_of_minimum_shares(first, first) == pytest.approx(1.0)


def test_nothing_in_common_is_zero() -> None:
    assert sum_of_minimum_shares({"x": 1.0}, {"y": 1.0}) == 0.0
    assert jaccard({"x"}, {"y"}) == 0.0


@pytest.mark.parametrize("bad", [{"x": 0.0}, {"x": -1.0}, {"x": float("nan")}, {}])
def test_values_without_shares_are_refused(bad: dict[str, float]) -> None:
    with pytest.raises(ValueError):
        sum_of_minimum_shares(bad, {"x": 1.0})


@settings(deadline=None)  # the first call imports scipy
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
