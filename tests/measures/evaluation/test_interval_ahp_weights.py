"""Ranges of weights against the example of Wang, Yang and Xu, other programs and properties."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, Inconsistent
from kg.measures import interval_ahp_weights
from kg.measures.evaluation.ahp_weights import priorities
from kg.measures.evaluation.interval_ahp_weights import interval_priorities
from tests.measures.evaluation.judged import ranges

ARBEL_VARGAS = ranges(
    ("a", "b", "2", "5"),
    ("a", "c", "2", "4"),
    ("a", "d", "1", "3"),
    ("b", "c", "1", "3"),
    ("b", "d", "1", "2"),
    ("c", "d", "1/2", "1"),
)
"""Arbel and Vargas (1993), European Journal of Operational Research 69(2)."""

WEIGHTS = arrays(np.float64, st.integers(2, 5), elements=st.floats(1, 5))
ENDS = st.tuples(arrays(np.float64, (4, 4), elements=st.floats(1 / 5, 5)), st.floats(1, 2))


def matrices(centre: np.ndarray, width: float) -> tuple[np.ndarray, np.ndarray]:
    """Ranges around the cells above the diagonal, and those the other way round."""
    low = np.triu(centre / width, 1) + np.tril((1 / (centre * width)).T, -1) + np.eye(len(centre))
    high = np.triu(centre * width, 1) + np.tril((width / centre).T, -1) + np.eye(len(centre))
    return low, high


def test_example_of_wang_yang_and_xu() -> None:
    """Their weights for the matrix of Arbel and Vargas, product 1, as Li, Wang and Tong (2016), example 2, print them:
    [1.6818, 2.4495], [0.7598, 1.1067], [0.5, 0.8409], [0.6866, 1]; the ranges agree, so that J* = 0."""
    found = interval_ahp_weights(ARBEL_VARGAS, unit="product")
    assert found["low"].tolist() == pytest.approx([1.6818, 0.7598, 0.5, 0.6866], abs=5e-5)
    assert found["high"].tolist() == pytest.approx([2.4495, 1.1067, 0.8409, 1.0], abs=5e-5)
    assert found["deviation"].tolist() == [0, 0, 0, 0]


def test_ends_of_the_same_example_as_shares() -> None:
    """By hand: a is largest with a = 3d = 4c and b = d, so 1 / (1 + 1/3 + 1/3 + 1/4) = 12/23 (b/c = 4/3, c/d = 3/4);
    a is least with a = 2b = 2c = 2d: 2/5. b is largest with a = 2b, b = 2d = 2c... and c/d = 1: 1 / (2 + 1 + 1/2 + 1/2)
    is 1/4, but a <= 3d asks for d >= 2/3 b: 1 / (2 + 1 + 2/3 + 1/2) = 6/25 (a/c = 4, c/d = 3/4)."""
    found = interval_ahp_weights(ARBEL_VARGAS)
    assert found["high"].tolist()[:2] == pytest.approx([12 / 23, 6 / 25])
    assert found["low"].tolist()[0] == pytest.approx(2 / 5)


def test_contradicting_ranges_by_a_direct_program() -> None:
    """The second stage as Wang, Yang and Xu write it, with slack variables whose sum is J*, solved by scipy's HiGHS."""
    from scipy.optimize import linprog

    centre = np.array([[1, 2, 1 / 3, 2], [1, 1, 3, 1 / 2], [1, 1, 1, 2], [1, 1, 1, 1]], dtype=float)
    low, high = matrices(centre, 1.1)
    first, second = np.triu_indices(4, 1)
    ratio = np.zeros((6, 4))
    ratio[range(6), first], ratio[range(6), second] = 1, -1
    slack, none = np.eye(6), np.zeros((6, 6))
    within = np.r_[np.c_[-ratio, -slack, none], np.c_[ratio, none, -slack]]
    ends = np.r_[-np.log(low[first, second]), np.log(high[first, second])]
    bounds = [(None, None)] * 4 + [(0, None)] * 12
    sums = np.r_[np.ones(4), np.zeros(12)]
    total = np.r_[np.zeros(4), np.ones(12)]
    least = linprog(total, within, ends, sums[None], [0], bounds).fun
    expected = [
        np.exp(sign * linprog(sign * one, within, ends, np.array([sums, total]), [0, least], bounds).fun)
        for one in np.eye(16)[:4]
        for sign in (1, -1)
    ]
    found = interval_priorities(low, high, "product")
    assert found.deviation == pytest.approx(least)
    assert least > 1
    assert np.c_[found.low, found.high].ravel().tolist() == pytest.approx(expected, rel=1e-6)


def test_contradicting_ranges_warn_and_name_what_to_stretch() -> None:
    """a/b >= 3, b/c >= 3, a/c <= 3: off by 9/3, the sum of logarithms by ln 3, whichever of them is stretched."""
    rows = ranges(("a", "b", "3", "4"), ("b", "c", "3", "4"), ("a", "c", "2", "3"))
    with pytest.warns(Inconsistent, match="no weights meet all ranges; stretching") as caught:
        found = interval_ahp_weights(rows, accept=0.5)
    assert found["deviation"].tolist() == pytest.approx([np.log(3)] * 3)
    assert "by " in caught[0].message.rows[0]  # type: ignore[union-attr]


def test_inconsistent_middles_are_refused() -> None:
    with pytest.raises(BadTable, match="judgements under total contradict one another"):
        interval_ahp_weights(ranges(("a", "b", "8", "9"), ("b", "c", "8", "9"), ("a", "c", "1/9", "1/8")))


@settings(max_examples=25)
@given(WEIGHTS)
def test_ranges_of_one_number_give_single_weights(weights: np.ndarray) -> None:
    matrix = weights[:, None] / weights[None, :]
    found = interval_priorities(matrix, matrix)
    assert found.low == pytest.approx(priorities(matrix), rel=1e-6)
    assert found.high == pytest.approx(priorities(matrix), rel=1e-6)


@settings(max_examples=25)
@given(WEIGHTS, st.floats(1, 2))
def test_weights_that_meet_the_ranges_lie_between_the_ends(weights: np.ndarray, width: float) -> None:
    found = interval_priorities(*matrices(weights[:, None] / weights[None, :], width))
    share = weights / weights.sum()
    assert found.deviation == pytest.approx(0, abs=1e-6)
    assert (found.low <= share + 1e-7).all()
    assert (found.high >= share - 1e-7).all()


@settings(max_examples=25)
@given(ENDS, st.permutations(range(4)))
def test_order_does_not_matter_and_shares_can_be_found_that_sum_to_one(
    ends: tuple[np.ndarray, float], order: list[int]
) -> None:
    (low, high), turn = matrices(*ends), np.ix_(order, order)
    found, turned = interval_priorities(low, high), interval_priorities(low[turn], high[turn])
    assert turned.deviation == pytest.approx(found.deviation, abs=1e-6)
    assert turned.low == pytest.approx(found.low[order], abs=1e-5)
    assert turned.high == pytest.approx(found.high[order], abs=1e-5)
    for least, most in zip(found.low, found.high, strict=True):  # each end is reached by weights within the others
        assert least + found.high.sum() - most >= 1 - 1e-6
        assert most + found.low.sum() - least <= 1 + 1e-6


def test_group_of_one_part_has_the_weight_one_and_ranges_of_one_number_are_single_judgements() -> None:
    tree = pd.DataFrame({"indicator": ["a", "b", "c"], "parent": ["", "", "b"]})
    found = interval_ahp_weights(ranges(("a", "b", "3", "3")), tree).sort_values("indicator")
    assert found["low"].tolist() == pytest.approx([0.75, 0.25, 1])
    assert found["high"].tolist() == pytest.approx([0.75, 0.25, 1])


def test_low_above_high_is_refused() -> None:
    with pytest.raises(BadTable, match="low is above high in row 0"):
        interval_ahp_weights(ranges(("a", "b", "3", "2")))


def test_doubled_ranges_have_to_agree() -> None:
    found = interval_ahp_weights(ranges(("a", "b", "2", "4"), ("b", "a", "1/4", "1/2")))
    assert found["low"].tolist() == pytest.approx([2 / 3, 1 / 5])
    with pytest.raises(BadTable, match=r"not alike: 0\.25 to 0\.5 before, 0\.25 to 1 in row 1"):
        interval_ahp_weights(ranges(("a", "b", "2", "4"), ("b", "a", "1/4", "1")))
