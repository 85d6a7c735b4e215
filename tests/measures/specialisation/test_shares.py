"""Shares, and what regions are compared with."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from kg.measures.specialisation.shares import reference_shares, shares
from tests.measures.matrices import POSITIVE


@given(POSITIVE)
def test_shares_sum_to_one(values: np.ndarray) -> None:
    for found in (shares(values), *(reference_shares(values, r) for r in ("pooled", "rest", "mean"))):
        assert found.sum(axis=1) == pytest.approx(np.ones(len(found)))


def test_references_by_hand() -> None:
    """Of the first region: all are 3 + 2 and 1 + 4; the others 2 and 4; their shares 0.5, 0.5 and 0, 1."""
    values = np.array([[3.0, 1.0], [2.0, 2.0], [0.0, 2.0]])
    assert reference_shares(values, "pooled")[0].tolist() == [0.5, 0.5]
    assert reference_shares(values, "rest")[0] == pytest.approx([1 / 3, 2 / 3])
    assert reference_shares(values, "mean")[0].tolist() == [0.25, 0.75]


@given(POSITIVE)
def test_of_two_regions_the_rest_is_the_other(values: np.ndarray) -> None:
    """Also where one is so small beside the other that it would be lost in a difference of totals."""
    pair = np.vstack([values[0] * 1e12, values[1]])
    assert reference_shares(pair, "rest") == pytest.approx(shares(pair)[::-1], rel=1e-12)


def test_regions_without_a_total_do_not_count_in_the_mean() -> None:
    values = np.array([[3.0, 1.0], [0.0, 0.0], [2.0, 2.0]])
    assert reference_shares(values, "mean")[0].tolist() == [0.5, 0.5]
    assert reference_shares(values, "mean")[1].tolist() == [0.625, 0.375]


def test_alone_there_is_no_other() -> None:
    alone = np.array([[3.0, 1.0]])
    assert np.isnan(reference_shares(alone, "rest")).all()
    assert np.isnan(reference_shares(alone, "mean")).all()
