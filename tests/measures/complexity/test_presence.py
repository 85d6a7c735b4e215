"""When a region counts as specialised, and what is said of options and tables that are wrong."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadTable, UnknownName, UseError
from kg.measures import diversification_frontier, economic_complexity, relatedness_density
from kg.measures.complexity.presence import presences, standardised
from tests.measures.complexity.growth_lab import table_of
from tests.measures.complexity.networks import POSITIVE
from tests.measures.matrices import long


def test_quotient_equal_to_the_threshold_reaches_it() -> None:
    """All shares equal, so that every quotient is 1, up to the last digit of floating point."""
    assert presences(np.outer([0.1, 0.3, 0.7], [0.2, 0.7, 1.1])).tolist() == [[1.0] * 3] * 3


def test_threshold_by_hand() -> None:
    """Quotients 1.5 and 0.5, as in the test of the location quotient."""
    values = np.array([[3.0, 1.0], [1.0, 3.0]])
    assert presences(values).tolist() == [[1, 0], [0, 1]]
    assert presences(values, 0.5).tolist() == [[1, 1], [1, 1]]
    assert presences(values, 1.6).tolist() == [[0, 0], [0, 0]]


def test_threshold_of_zero_is_wherever_there_is_any() -> None:
    assert presences(np.array([[3.0, 0.0], [1.0, 3.0]]), 0).tolist() == [[1, 0], [1, 1]]


def test_totals_of_zero_are_nowhere() -> None:
    assert presences(np.array([[3.0, 0.0], [0.0, 0.0]])).tolist() == [[1, 0], [0, 0]]


@given(POSITIVE, st.floats(0.01, 100))
def test_scale_does_not_matter(values: np.ndarray, scale: float) -> None:
    assert presences(values * scale).tolist() == presences(values).tolist()


@given(POSITIVE)
def test_every_region_specialises_in_something(values: np.ndarray) -> None:
    assert presences(values).any(axis=1).all()


def test_binary_table_with_another_value_names_where() -> None:
    with pytest.raises(BadTable, match=r"not so r0 and i1 \(0\.5\)"):
        economic_complexity(long(np.array([[1.0, 0.5], [1.0, 1.0]])), binary=True)


@pytest.mark.parametrize("threshold", [-1.0, float("nan"), float("inf")])
def test_threshold_that_is_none(threshold: float) -> None:
    with pytest.raises(UseError, match="threshold is"):
        economic_complexity(table_of({"a": "steel", "b": "tea"}), threshold=threshold)


def test_unknown_option_lists_what_there_is() -> None:
    with pytest.raises(UnknownName, match=r"unknown diagonal: on\..* There are: out, in"):
        diversification_frontier(table_of({"a": "steel"}), diagonal="on")  # type: ignore[arg-type]


def test_column_that_is_missing() -> None:
    with pytest.raises(UnknownName, match="unknown column: value"):
        relatedness_density(pd.DataFrame({"region": ["a"], "industry": ["tea"], "jobs": [1]}))


def test_rows_twice() -> None:
    with pytest.raises(BadTable, match="several values"):
        relatedness_density(table_of({"a": "steel steel"}))


def test_standardised_has_mean_zero_and_deviation_one_with_ddof_zero() -> None:
    found = standardised(np.array([1.0, 2.0, np.nan, 6.0]))
    assert np.nanmean(found) == pytest.approx(0)
    assert np.nanstd(found, ddof=0) == pytest.approx(1)
    assert np.isnan(standardised(np.array([0.1, 0.1, 0.1]))).all()
