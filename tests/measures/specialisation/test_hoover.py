"""The Hoover coefficients of specialisation and localisation."""

from __future__ import annotations

import econcomplex
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined
from kg.measures import hoover_localisation, hoover_specialisation
from kg.measures.specialisation.hoover import hoover_coefficients
from tests.measures.matrices import ECONGEO, POSITIVE, long

FOCAL, WHOLE = np.array([15.0, 35.0, 30.0, 20.0]), np.array([35.0, 30.0, 20.0, 15.0])
"""Krumme's example: percentages of a focal industry and of all manufacturing in four regions."""


def test_localisation_as_krumme_teaches_it() -> None:
    """G. Krumme, University of Washington, Coefficients of Localization and Specialization: -20, +5, +10, +5 is .2.

    http://faculty.washington.edu/krumme/systems/localiz.html. All manufacturing is ten times the focal industry here.
    """
    table = long(np.column_stack([FOCAL, 10 * WHOLE - FOCAL]))
    assert hoover_localisation(table).loc[0, "hoover_localisation"] == pytest.approx(0.2)


def test_specialisation_as_krumme_teaches_it() -> None:
    """The same page: a focal region with these percentages in four industries."""
    table = long(np.vstack([FOCAL, 10 * WHOLE - FOCAL]))
    assert hoover_specialisation(table).loc[0, "hoover_specialisation"] == pytest.approx(0.2)


def test_spread_over_population_as_econgeo_says() -> None:
    """EconGeo 2.0, examples of `hoover_index`: population 10, 15, 20, 25, 30 and three industries.

    One in proportion to it (0); one in the region with 30 % of it (1 - 0.3); one, half each, in the regions with 25 %
    and 30 % (1 - 0.55). Populations are the totals of the regions here.
    """
    industries = np.array([[10, 15, 20, 25, 30], [0, 0, 0, 0, 1], [0, 0, 0, 1, 1]], dtype=float)
    rest = 10 * industries[0] - industries.sum(axis=0)
    found = hoover_localisation(long(np.vstack([industries, rest]).T))["hoover_localisation"]
    assert found[:3].tolist() == pytest.approx([0.0, 0.7, 0.45])


def test_matrix_of_econgeo() -> None:
    """econcomplex 1.0.1, `specialization_coefficient` and `hoover_index` (over 100), of the matrix of EconGeo."""
    table = long(ECONGEO)
    assert hoover_specialisation(table)["hoover_specialisation"].tolist() == pytest.approx([0.8, 0.5, 0.3, 0.35, 0.55])
    assert hoover_localisation(table)["hoover_localisation"].tolist() == pytest.approx([0.8, 0.25, 0.45, 0.5, 0.5])


@given(POSITIVE, st.floats(0.01, 100))
def test_bounds_scale_and_the_second_program(values: np.ndarray, scale: float) -> None:
    regions, industries = hoover_coefficients(values), hoover_coefficients(values.T)
    assert ((regions >= 0) & (regions <= 1)).all()
    assert hoover_coefficients(values * scale) == pytest.approx(regions, abs=1e-9)
    assert regions == pytest.approx(econcomplex.specialization_coefficient(values), abs=1e-12)
    assert 100 * industries == pytest.approx(econcomplex.hoover_index(values), abs=1e-9)


@given(POSITIVE)
def test_weighted_means_of_both_are_the_same(values: np.ndarray) -> None:
    """Both are half the sum of |x_ri / x - x_r x_i / x^2|."""
    regions, industries = values.sum(axis=1) / values.sum(), values.sum(axis=0) / values.sum()
    assert regions @ hoover_coefficients(values) == pytest.approx(industries @ hoover_coefficients(values.T), abs=1e-12)


def test_one_region_one_industry_all_equal() -> None:
    for table in (long([[3, 1]]), long([[3], [1]]), long([[2, 2], [2, 2]])):
        assert (hoover_specialisation(table)["hoover_specialisation"] == 0).all()
        assert (hoover_localisation(table)["hoover_localisation"] == 0).all()


def test_what_has_no_total_is_named() -> None:
    table = long([[3, 1, 0], [1, 3, 0], [0, 0, 0]])
    with pytest.warns(NotDefined, match=r"no value for r2 \(the total of the region"):
        assert hoover_specialisation(table)["hoover_specialisation"].isna().sum() == 1
    with pytest.warns(NotDefined, match=r"no value for i2 \(the total of the industry"):
        assert hoover_localisation(table)["hoover_localisation"].isna().sum() == 1
