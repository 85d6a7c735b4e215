"""The Gini coefficient of the values of regions and industries."""

from __future__ import annotations

import econcomplex
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined
from kg.measures import gini
from kg.measures.specialisation.gini import gini_coefficients
from tests.measures.matrices import ECONGEO, POSITIVE, long


def test_vector_of_the_r_package_ineq() -> None:
    """R package ineq, example of `ineq`: 0.4620911 (0.462091130267624 to all digits), and 0.5134346 with `corr`."""
    found = gini(long([[541, 1463, 2445, 3438, 4437, 5401, 6392, 8304, 11904, 22261]])).loc[0]
    assert found["gini"] == pytest.approx(0.462091130267624, abs=1e-14)
    assert found["normalised"] == pytest.approx(0.5134346, abs=5e-8)


def test_matrix_of_econgeo_over_industries_and_over_regions() -> None:
    """PySAL inequality 1.1.2, `Gini`, of the rows and columns of the matrix of EconGeo."""
    assert gini(long(ECONGEO))["gini"].tolist() == pytest.approx([0.8, 0.6, 0.44, 0.42, 0.6])
    assert gini(long(ECONGEO), per="industry")["gini"].tolist() == pytest.approx([0.8, 0.36, 0.54, 0.62, 0.56])


def test_all_in_one_of_five_regions_as_econgeo_says() -> None:
    """EconGeo, examples of `Gini`: the largest value of five regions is (5 - 1) / 5; normalised it is 1."""
    found = gini(long([[0, 1]] * 4 + [[1, 1]]), per="industry")
    assert found["gini"].tolist() == pytest.approx([0.8, 0.0])
    assert found["normalised"].tolist() == pytest.approx([1.0, 0.0])


@given(POSITIVE, st.floats(0.01, 100))
def test_bounds_scale_and_the_second_program(values: np.ndarray, scale: float) -> None:
    found, count = gini_coefficients(values), values.shape[1]
    assert ((found >= -1e-12) & (found <= 1 - 1 / count + 1e-12)).all()
    assert gini_coefficients(values * scale) == pytest.approx(found, abs=1e-12)
    assert found == pytest.approx([econcomplex.gini(row) for row in values], abs=1e-12)


@given(POSITIVE)
def test_half_the_relative_mean_difference(values: np.ndarray) -> None:
    differences = np.abs(values[:, :, None] - values[:, None, :]).mean(axis=(1, 2))
    assert gini_coefficients(values) == pytest.approx(differences / values.mean(axis=1) / 2, abs=1e-12)


@given(POSITIVE, st.integers(0, 1000))
def test_order_does_not_matter(values: np.ndarray, seed: int) -> None:
    order = np.random.default_rng(seed).permutation(values.shape[1])
    assert gini_coefficients(values[:, order]) == pytest.approx(gini_coefficients(values), abs=1e-12)


def test_industry_that_a_region_does_not_list_counts_as_zero() -> None:
    with_it = long([[1, 3, 0], [1, 1, 1]])
    assert gini(with_it.drop(index=2))["gini"].tolist() == gini(with_it)["gini"].tolist()


def test_one_industry_cannot_be_normalised() -> None:
    with pytest.warns(NotDefined, match="one industry only"):
        found = gini(long([[3], [1]]))
    assert found["gini"].tolist() == [0.0, 0.0]
    assert found["normalised"].isna().all()


def test_what_has_no_total_is_named() -> None:
    with pytest.warns(NotDefined, match="no value for r1 "):
        assert gini(long([[3, 1], [0, 0]])).loc[1, ["gini", "normalised"]].isna().all()
    with pytest.warns(NotDefined, match="no value for i1 "):
        assert gini(long([[3, 0], [1, 0]]), per="industry").loc[1, ["gini", "normalised"]].isna().all()
