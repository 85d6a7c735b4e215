"""Influence, sensitivity and key sectors against the literature, their properties, and poor data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from kg.measures import influence_sensitivity, key_sectors
from kg.measures.input_output.inverse import inverses, technical
from kg.measures.input_output.key_sectors import dispersion, variation
from tests.measures.input_output.tables import (
    BACKWARD,
    FEW,
    FLOWS,
    FORWARD,
    germany,
    square,
    two_sectors,
    with_an_idle_sector,
)

CHILE = [
    [1.214, 0.014, 0.181, 0.021, 0.043, 0.029, 0.017, 0.005, 0.007, 0.009, 0.014, 0.011],
    [0.020, 1.080, 0.042, 0.007, 0.016, 0.007, 0.005, 0.003, 0.003, 0.004, 0.004, 0.003],
    [0.283, 0.088, 1.225, 0.106, 0.286, 0.128, 0.106, 0.029, 0.043, 0.051, 0.077, 0.055],
    [0.030, 0.094, 0.059, 1.454, 0.025, 0.033, 0.023, 0.013, 0.013, 0.016, 0.027, 0.055],
    [0.007, 0.005, 0.007, 0.018, 1.145, 0.022, 0.013, 0.006, 0.151, 0.011, 0.019, 0.035],
    [0.087, 0.048, 0.074, 0.050, 0.090, 1.100, 0.085, 0.029, 0.019, 0.048, 0.055, 0.032],
    [0.090, 0.066, 0.110, 0.067, 0.067, 0.150, 1.195, 0.067, 0.018, 0.071, 0.041, 0.059],
    [0.052, 0.018, 0.037, 0.039, 0.051, 0.058, 0.037, 1.129, 0.053, 0.031, 0.019, 0.011],
    [0.014, 0.011, 0.016, 0.010, 0.014, 0.061, 0.027, 0.017, 1.018, 0.032, 0.030, 0.014],
    [0.087, 0.137, 0.126, 0.094, 0.120, 0.152, 0.124, 0.129, 0.045, 1.162, 0.070, 0.073],
    [0.003, 0.003, 0.005, 0.003, 0.003, 0.006, 0.008, 0.005, 0.001, 0.004, 1.036, 0.004],
    [0.003, 0.002, 0.003, 0.003, 0.001, 0.005, 0.004, 0.001, 0.001, 0.002, 0.002, 1.004],
]
"""Leontief inverse of Chile 2013, as the vignette of the R package leontief 0.2 prints it, to three places."""
NAMES = ["agriculture", "mining", "manufacturing", "electricity", "construction", "retail", "transport", "finance"]
NAMES += ["real estate", "business services", "personal services", "public administration"]
POWER = [1.165, 0.965, 1.161, 1.154, 1.147, 1.079, 1.014, 0.884, 0.845, 0.888, 0.860, 0.836]
SENSITIVITY = [0.965, 0.736, 1.526, 1.136, 0.887, 1.058, 1.234, 0.947, 0.779, 1.430, 0.667, 0.636]


def test_chile_2013_of_the_r_package_leontief() -> None:
    """leontief 0.2, vignette: power_dispersion and sensitivity_dispersion of the inverse printed there.

    Its coefficients of variation are not compared: it adds up rows of deviations from the means of columns.
    """
    assert dispersion(np.array(CHILE)) == pytest.approx(POWER, abs=0.002)
    assert dispersion(np.array(CHILE).T) == pytest.approx(SENSITIVITY, abs=0.002)


def test_germany_1995_of_the_eurostat_manual() -> None:
    """Column sums of L and row sums of G over their means."""
    backward, forward = np.array(BACKWARD), np.array(FORWARD)
    found = influence_sensitivity(germany(), forward="ghosh", leave_out="wages;employment")
    assert found["influence"].to_numpy() == pytest.approx(backward / backward.mean(), abs=1e-4)
    assert found["sensitivity"].to_numpy() == pytest.approx(forward / forward.mean(), abs=1e-4)


def test_two_sectors_of_miller_and_blair_by_hand() -> None:
    """L = [[38, 10], [8, 34]] / 30.3: column sums 46 and 44, row sums 48 and 42, mean 45 (all over 30.3).

    Of the first column the mean is 23 and the deviations +-15: with n - 1 = 1 the variation is sqrt(2) * 15 / 23.
    """
    found = influence_sensitivity(two_sectors())
    assert found["influence"].tolist() == pytest.approx([46 / 45, 44 / 45])
    assert found["sensitivity"].tolist() == pytest.approx([48 / 45, 42 / 45])
    assert found["influence_variation"].tolist() == pytest.approx([2**0.5 * 15 / 23, 2**0.5 * 12 / 22])
    assert found["sensitivity_variation"].tolist() == pytest.approx([2**0.5 * 14 / 24, 2**0.5 * 13 / 21])


def test_sensitivity_is_by_rows_of_the_inverse_that_is_named() -> None:
    """By hand: A = [[.075, .5], [.1, .1]], so L = [[.9, .5], [.1, .925]] / .7825, with row sums of 1.4 and 1.025.

    B = [[.075, .25], [.2, .1]], so G = [[.9, .25], [.2, .925]] / .7825, with row sums of 1.15 and 1.125.
    """
    table = pd.DataFrame({"sector": ["a", "b"], "a": [150, 200], "b": [500, 100], "output": [2000, 1000]})
    by_demand, by_supply = influence_sensitivity(table), influence_sensitivity(table, forward="ghosh")
    assert by_demand["sensitivity"].tolist() == pytest.approx([1.4 / 1.2125, 1.025 / 1.2125])
    assert by_supply["sensitivity"].tolist() == pytest.approx([1.15 / 1.1375, 1.125 / 1.1375])
    assert by_supply["influence"].tolist() == by_demand["influence"].tolist()


@pytest.mark.parametrize("measure", [influence_sensitivity, key_sectors])
def test_an_inverse_of_another_name(measure: Any) -> None:
    with pytest.raises(UnknownName, match=r"unknown forward: gosh\. Did you mean ghosh"):
        measure(two_sectors(), forward="gosh")


def test_coefficients_of_a_publication_are_classed_as_they_stand() -> None:
    """The dispersions that the vignette of leontief 0.2 prints, classed by the rule, by hand."""
    table = pd.DataFrame({"sector": NAMES, "influence": POWER, "sensitivity": SENSITIVITY})
    found = key_sectors(table).set_index("industry")["sector_class"]
    named = {name: set(found.index[found == name]) for name in ("key", "backward", "forward")}
    assert named["key"] == {"manufacturing", "electricity", "retail", "transport"}
    assert named["backward"] == {"agriculture", "construction"}
    assert named["forward"] == {"business services"}
    assert set(found) == {"key", "backward", "forward", "weak"}


def test_columns_of_coefficients_may_have_any_name() -> None:
    table = pd.DataFrame({"industry": ["a"], "yingxiangli": ["1.2"], "ganyingdu": ["1.1"]})
    found = key_sectors(table, sector="industry", influence="yingxiangli", sensitivity="ganyingdu")
    assert found.to_numpy().tolist() == [["a", 1.2, 1.1, "key"]]


def test_a_table_with_one_of_the_coefficients_names_the_other() -> None:
    with pytest.raises(UnknownName, match=r"unknown column: sensitivity.*Name one by the option sensitivity"):
        key_sectors(pd.DataFrame({"sector": ["a"], "influence": [1.2]}))


def test_key_sectors_of_an_input_output_table_are_those_of_its_coefficients() -> None:
    coefficients = influence_sensitivity(germany(), leave_out="wages;employment")
    found = key_sectors(germany(), leave_out="wages;employment")
    again = key_sectors(coefficients, sector="industry")
    pd.testing.assert_frame_equal(found, again)
    assert found.attrs["units"] == {"influence": "1", "sensitivity": "1"}


def test_exactly_one_is_not_above() -> None:
    table = pd.DataFrame({"sector": ["a", "b"], "influence": [1.0, 1.001], "sensitivity": [1.001, 1.0]})
    assert key_sectors(table)["sector_class"].tolist() == ["forward", "backward"]


def test_a_sector_without_a_coefficient_is_left_out_and_named() -> None:
    table = pd.DataFrame({"sector": ["a", "b"], "influence": [1.2, None], "sensitivity": [1.2, 1.2]})
    with pytest.warns(MissingValues, match="row 1 of column influence: left out"):
        assert key_sectors(table)["industry"].tolist() == ["a"]


def test_a_coefficient_that_is_no_number() -> None:
    with pytest.raises(BadTable, match="'high' is not a number"):
        key_sectors(pd.DataFrame({"sector": ["a"], "influence": ["high"], "sensitivity": [1.2]}))


@given(FLOWS)
def test_influence_has_a_mean_of_one_and_variation_its_bounds(flows: tuple[np.ndarray, np.ndarray]) -> None:
    size = len(flows[1])
    inverse = inverses(technical(flows[0], flows[0].sum(axis=1) + flows[1]))
    for part in (inverse, inverse.T):
        assert dispersion(part).mean() == pytest.approx(1)
        assert size == 1 or ((variation(part) >= 0) & (variation(part) <= size**0.5 + 1e-9)).all()


@FEW
@given(FLOWS)
def test_no_table_has_all_sectors_above_the_average_in_either(flows: tuple[np.ndarray, np.ndarray]) -> None:
    found = key_sectors(square(*flows))["sector_class"]
    assert found.isin(["key", "backward", "forward", "weak"]).all()
    assert not found.isin(["key", "backward"]).all()
    assert not found.isin(["key", "forward"]).all()


def test_a_column_that_draws_on_one_sector_alone_varies_most() -> None:
    """Bound of the coefficient of variation with n - 1: the root of n."""
    assert variation(np.eye(4)).tolist() == pytest.approx([2, 2, 2, 2])


def test_sectors_that_are_all_alike_are_all_average_and_weak() -> None:
    found = key_sectors(square(np.full((3, 3), 0.1), np.full(3, 0.7)))
    assert found["influence"].to_numpy() == pytest.approx([1, 1, 1])
    assert found["sector_class"].tolist() == ["weak", "weak", "weak"]


def test_one_sector_is_the_average_and_has_no_variation() -> None:
    with pytest.warns(NotDefined, match="no value for s0"):
        found = influence_sensitivity(square(np.array([[5.0]]), np.array([5.0])))
    assert found[["influence", "sensitivity"]].to_numpy().tolist() == [[1, 1]]
    assert found["influence_variation"].isna().all()


def test_a_sector_without_output_does_not_count_in_the_average() -> None:
    table = with_an_idle_sector()
    with pytest.warns(NotDefined, match="no output of c"):
        found = influence_sensitivity(table)
    assert found["influence"].tolist() == pytest.approx([46 / 45, 44 / 45])
