"""Multipliers against the literature and a second program, their properties, and poor data."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from kg.errors import BadTable, NotDefined, UnknownName, UseError
from kg.measures import factor_multiplier, household_multiplier, output_multiplier
from kg.measures.input_output.inverse import inverses, technical
from kg.measures.input_output.multipliers import effects
from tests.measures.input_output.tables import BACKWARD, FEW, FLOWS, germany, square, two_sectors, with_households

OUTSIDE: dict[str, Any] = {"final": "households;rest", "value_added": "households;other"}


def test_output_multipliers_of_the_eurostat_manual() -> None:
    """Germany 1995: the column sums of L."""
    found = output_multiplier(germany(), leave_out="wages;employment")["output_multiplier"].to_numpy()
    assert found == pytest.approx(BACKWARD, abs=1e-4)


def test_output_multipliers_of_miller_and_blair() -> None:
    """MacroEconometricModels.jl, test of type I output multipliers of their table: 1.518152 and 1.452145."""
    assert output_multiplier(two_sectors())["output_multiplier"].round(6).tolist() == [1.518152, 1.452145]


def test_factor_multipliers_by_pymrio() -> None:
    """pymrio 0.7.0, calc_S and calc_M, run on the table of the Eurostat Manual."""
    found = factor_multiplier(germany(), factors="wages;employment")
    assert found["factor"].tolist() == ["wages"] * 6 + ["employment"] * 6
    wages = [0.417241, 0.507488, 0.540196, 0.572871, 0.320158, 0.650382]
    employment = [0.032627, 0.016167, 0.020682, 0.023733, 0.011179, 0.024222]
    assert found["multiplier"].round(6).tolist() == wages + employment
    assert found["direct"].iloc[0] == pytest.approx(9382 / 43910)
    assert found["type_1"].iloc[0] == pytest.approx(0.417241 / (9382 / 43910), rel=1e-5)


def test_closed_with_households_is_the_inverse_of_three_by_three_coefficients() -> None:
    """By hand: households are a third sector with output of 1000, whose matrix is inverted outright.

    Truncated output multipliers are the sums of its first two rows, households' income is its third. Open, wages of 0.3
    and 0.25 per unit: 0.3 * 1.254 + 0.25 * 0.264 = 0.442 and 0.38.
    """
    closed = np.linalg.inv(np.eye(3) - np.array([[0.15, 0.25, 0.05], [0.2, 0.05, 0.4], [0.3, 0.25, 0.05]]))
    assert closed.round(3).tolist() == [[1.365, 0.425, 0.251], [0.527, 1.348, 0.595], [0.57, 0.489, 1.289]]
    found = household_multiplier(with_households(), **OUTSIDE)
    assert found["effect"].tolist() == ["output", "output", "income", "income"]
    assert found["closed"].to_numpy() == pytest.approx([*closed[:2, :2].sum(axis=0), *closed[2, :2]])
    assert found["open"].round(3).tolist() == [1.518, 1.452, 0.442, 0.38]
    assert found["type_2"].to_numpy() == pytest.approx([*closed[:2, :2].sum(axis=0), *(closed[2, :2] / [0.3, 0.25])])


def test_type_two_is_a_fixed_multiple_of_type_one_for_income() -> None:
    """Miller and Blair (2009), chapter 6: the ratio is the same for all sectors; it is l_hh of the closed inverse."""
    found = household_multiplier(with_households(), **OUTSIDE)
    income = found[found["effect"] == "income"]
    assert (income["type_2"] / income["type_1"]).tolist() == pytest.approx([1.2885, 1.2885], abs=1e-4)


def test_a_factor_beside_income_is_closed_over_the_sectors() -> None:
    """`other` is 0.35 and 0.45 per unit of output: those times the first two rows of the closed inverse."""
    closed = np.linalg.inv(np.eye(3) - np.array([[0.15, 0.25, 0.05], [0.2, 0.05, 0.4], [0.3, 0.25, 0.05]]))
    found = household_multiplier(with_households(), **OUTSIDE, factors="other")
    assert found["closed"].to_numpy()[4:] == pytest.approx(np.array([0.35, 0.45]) @ closed[:2, :2])


def test_income_of_households_adds_up_where_their_output_is_not_given() -> None:
    """300 + 500 + 50 + 150 = 1000, as the cell of output has it."""
    table = with_households()
    found = household_multiplier(table, **OUTSIDE)
    table.loc[2, "output"] = None
    pd.testing.assert_frame_equal(household_multiplier(table, **OUTSIDE), found)


@given(FLOWS)
def test_a_unit_of_final_demand_is_a_unit_of_value_added(flows: tuple[np.ndarray, np.ndarray]) -> None:
    transactions, final = flows
    output = transactions.sum(axis=1) + final
    direct = (output - transactions.sum(axis=0)) / output
    assert effects(technical(transactions, output), direct[None, :]) == pytest.approx(np.ones((1, len(final))))


@FEW
@given(FLOWS)
def test_multipliers_with_households_are_those_of_the_closed_inverse(flows: tuple[np.ndarray, np.ndarray]) -> None:
    transactions, final = flows
    size = len(final)
    table = square(transactions, final)
    table["final demand"], table["homes"] = final / 2, final / 2
    total = max(final.sum(), 0.1 * table["output"].sum())
    table.loc[size] = ["wages", *(0.1 * table["output"]), 0, total, 0]
    found = household_multiplier(table, income="wages", consumption="homes", final="final demand;homes")
    output, earned = table["output"].to_numpy()[:size], table["output"].to_numpy()[size]
    whole = np.zeros((size + 1, size + 1))
    whole[:size, :size] = transactions / output
    whole[:size, size] = final / 2 / earned
    whole[size, :size] = 0.1
    closed = inverses(whole)
    assert found["closed"].to_numpy()[:size] == pytest.approx(closed[:size, :size].sum(axis=0))
    assert found["closed"].to_numpy()[size:] == pytest.approx(closed[size, :size])
    assert (found["closed"] >= found["open"] - 1e-12).all()


def test_a_sector_without_the_factor_has_no_type_one() -> None:
    table = two_sectors()
    table.loc[2] = ["wages", 0, 500, None, None]
    with pytest.warns(NotDefined, match="wages and a .*the sector itself has none of the factor"):
        found = factor_multiplier(table, factors="wages")
    assert found["multiplier"].to_numpy() == pytest.approx([0.25 * 8 / 30.3, 0.25 * 34 / 30.3])
    assert found["type_1"].isna().tolist() == [True, False]


def test_households_without_the_income_of_a_sector_have_no_ratio_there() -> None:
    table = with_households()
    table.loc[2, "a"] = 0
    with pytest.warns(NotDefined, match="income and a"):
        household_multiplier(table, final="households;rest", value_added="households", leave_out="other", tolerance=1)


def test_a_factor_that_is_not_there() -> None:
    with pytest.raises(UnknownName, match="unknown row: jobs"):
        factor_multiplier(two_sectors(), factors="jobs")
    with pytest.raises(UseError, match="no factor is named"):
        factor_multiplier(two_sectors(), factors=" ")
    with pytest.raises(UnknownName, match="unknown row: households"):
        household_multiplier(two_sectors())


def test_households_that_spend_more_than_they_earn() -> None:
    """Income of 10 from 100 of output, spending of 90 out of it: 0.1 * 9 / (1 - 0) = 0.9; with 110, 1.1."""
    table = pd.DataFrame({"sector": ["a", "pay"], "a": [0, 10], "homes": [110, 0], "output": [100, None]})
    with pytest.raises(BadTable, match=r"closed with households is not productive: .* brings them 1\.1 more"):
        household_multiplier(table, income="pay", consumption="homes")


def test_households_without_income() -> None:
    table = pd.DataFrame({"sector": ["a", "pay"], "a": [0, 0], "homes": [10, 0], "output": [100, None]})
    with pytest.raises(BadTable, match="no income in row pay"):
        household_multiplier(table, income="pay", consumption="homes")


def test_a_sector_that_buys_nothing_brings_its_own_output_alone() -> None:
    assert output_multiplier(square(np.zeros((1, 1)), np.ones(1)))["output_multiplier"].tolist() == [1.0]
