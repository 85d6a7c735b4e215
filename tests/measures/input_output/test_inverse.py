"""Coefficients and inverses against the literature and a second program, and their properties."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadTable
from kg.measures import ghosh_inverse, leontief_inverse, technical_coefficients
from kg.measures.input_output.inverse import allocation, inverses, supplied, technical, totals
from tests.measures.input_output.tables import FEW, FLOWS, germany, square, two_sectors

BESIDE = "wages;employment"


def square_of(found: pd.DataFrame, name: str) -> np.ndarray:
    size = int(len(found) ** 0.5)
    return found[name].to_numpy().reshape(size, size)


def test_two_sectors_of_miller_and_blair() -> None:
    """Input-Output Analysis (2009), section 2.3.1: A, and L to three places; both inverses by pymrio 0.7.0."""
    coefficients = technical_coefficients(two_sectors())
    assert coefficients["technical_coefficient"].tolist() == [0.15, 0.25, 0.2, 0.05]
    assert coefficients["allocation_coefficient"].tolist() == [0.15, 0.5, 0.1, 0.05]
    assert leontief_inverse(two_sectors())["leontief_inverse"].round(3).tolist() == [1.254, 0.33, 0.264, 1.122]
    assert ghosh_inverse(two_sectors())["ghosh_inverse"].round(6).tolist() == [1.254125, 0.660066, 0.132013, 1.122112]
    assert coefficients.attrs["units"] == {"technical_coefficient": "1", "allocation_coefficient": "1"}


def test_germany_1995_of_the_eurostat_manual() -> None:
    """Eurostat Manual (2008), chapter 15: column of agriculture in the Ghosh inverse, by the tests of iotables 0.9."""
    found = square_of(ghosh_inverse(germany(), leave_out=BESIDE), "ghosh_inverse")
    assert found[:, 0].round(4).tolist() == [1.0339, 0.0118, 0.0037, 0.0103, 0.0117, 0.0043]


def test_germany_1995_by_pymrio() -> None:
    """pymrio 0.7.0, calc_A and calc_L, run on the table of the Eurostat Manual: rows of manufacturing."""
    a = square_of(technical_coefficients(germany(), leave_out=BESIDE), "technical_coefficient")
    assert a[1].round(6).tolist() == [0.180597, 0.282167, 0.26126, 0.076069, 0.017301, 0.059656]
    inverse = square_of(leontief_inverse(germany(), leave_out=BESIDE), "leontief_inverse")
    assert inverse[1].round(6).tolist() == [0.289644, 1.429152, 0.396131, 0.141974, 0.059632, 0.107343]


@given(FLOWS)
def test_inverses_give_output_from_final_demand_and_from_primary_inputs(flows: tuple[np.ndarray, np.ndarray]) -> None:
    transactions, final = flows
    output = transactions.sum(axis=1) + final
    inverse = inverses(technical(transactions, output))
    assert inverse @ final == pytest.approx(output)
    ghosh = supplied(inverse, output)
    assert (output - transactions.sum(axis=0)) @ ghosh == pytest.approx(output)
    assert ghosh @ (np.eye(len(output)) - allocation(transactions, output)) == pytest.approx(np.eye(len(output)))
    assert inverse.min() >= 0
    assert np.diagonal(inverse).min() >= 1 - 1e-12
    assert totals(technical(transactions, output)) == pytest.approx(inverse.sum(axis=1))


@FEW
@given(FLOWS, st.floats(0.01, 100))
def test_unit_of_money_does_not_matter(flows: tuple[np.ndarray, np.ndarray], scale: float) -> None:
    for measure, name in ((technical_coefficients, "technical_coefficient"), (ghosh_inverse, "ghosh_inverse")):
        one, other = measure(square(*flows)), measure(square(flows[0] * scale, flows[1] * scale))
        assert other[name].to_numpy() == pytest.approx(one[name].to_numpy(), rel=1e-6, abs=1e-12)


@FEW
@given(FLOWS, st.randoms())
def test_order_does_not_matter(flows: tuple[np.ndarray, np.ndarray], random: object) -> None:
    table = square(*flows)
    mixed = table.sample(frac=1, random_state=random.randint(0, 999))  # type: ignore[attr-defined]
    keys = ["industry", "other_industry"]
    one = leontief_inverse(table).sort_values(keys)["leontief_inverse"].to_numpy()
    assert leontief_inverse(mixed).sort_values(keys)["leontief_inverse"].to_numpy() == pytest.approx(one)


def test_what_is_not_connected_is_exactly_zero() -> None:
    """b buys from a, and a more than b's column alone would bear: elimination may not exchange rows."""
    coefficients = np.array([[0.1, 5.0, 0.3], [0.0, 0.2, 0.0], [0.0, 0.0, 0.7]])
    inverse = inverses(coefficients)
    assert (inverse[[1, 2, 1, 2], [0, 0, 2, 1]] == 0).all()
    assert inverse[0, 1] == pytest.approx(5 / (0.9 * 0.8))


@pytest.mark.parametrize("measure", [leontief_inverse, ghosh_inverse])
def test_a_table_that_is_not_productive_says_so(measure: object) -> None:
    """Each unit of a needs 1.25 units of it: the spectral radius is 1.25."""
    table = pd.DataFrame({"sector": ["a", "b"], "a": [125, 0], "b": [0, 10], "output": [100, 100]})
    with pytest.raises(BadTable, match=r"not productive: the spectral radius .* is 1.25, .* output of a$"):
        measure(table)  # type: ignore[operator]


def test_a_closed_table_is_not_productive() -> None:
    """All output is input: the spectral radius is 1, and the matrix singular."""
    with pytest.raises(BadTable, match=r"spectral radius of its coefficients is 1,"):
        leontief_inverse(pd.DataFrame({"sector": ["a", "b"], "a": [5, 5], "b": [5, 5], "output": [10, 10]}))


def test_a_circle_without_end_is_not_productive_whatever_its_period() -> None:
    """a and b buy only of one another, 1.5 units each: eigenvalues 1.5 and -1.5."""
    with pytest.raises(BadTable, match=r"is 1.5,"):
        leontief_inverse(pd.DataFrame({"sector": ["a", "b"], "a": [0, 15], "b": [15, 0], "output": [10, 10]}))


def test_one_sector() -> None:
    """1 / (1 - 0.5)."""
    assert leontief_inverse(square(np.array([[5.0]]), np.array([5.0])))["leontief_inverse"].tolist() == [2.0]


def test_no_transactions_leave_the_unit_matrix() -> None:
    found = leontief_inverse(square(np.zeros((2, 2)), np.ones(2)))
    assert found["leontief_inverse"].tolist() == [1.0, 0.0, 0.0, 1.0]
