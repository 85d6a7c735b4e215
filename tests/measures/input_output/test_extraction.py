"""Hypothetical extraction against the literature and the models solved anew, its properties, and poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from kg.errors import NotDefined
from kg.measures import extraction_loss, hypothetical_extraction
from kg.measures.input_output.inverse import allocation, technical
from tests.measures.input_output.tables import FEW, FLOWS, germany, square, two_sectors

LOSSES = ["total_loss", "backward_loss", "forward_loss"]


def solved_anew(transactions: np.ndarray, output: np.ndarray, sector: int) -> tuple[np.ndarray, ...]:
    """Output lost in total, backward and forward, by solving each model without the sector."""
    unit = np.eye(len(output))
    final, primary = output - transactions.sum(axis=1), output - transactions.sum(axis=0)
    a, b = technical(transactions, output), allocation(transactions, output)
    lost = []
    without = a.copy()
    without[sector] = without[:, sector] = 0
    demand = final.copy()
    demand[sector] = 0
    lost.append(output - np.linalg.solve(unit - without, demand))
    without = a.copy()
    without[:, sector] = 0
    lost.append(output - np.linalg.solve(unit - without, final))
    without = b.copy()
    without[sector] = 0
    lost.append(output - np.linalg.solve((unit - without).T, primary))
    return tuple(lost)


def test_two_sectors_by_a_second_program() -> None:
    """MacroEconometricModels.jl, test of the complete extraction of sector 1 of Miller and Blair: 1000 and 210.526.

    By hand: without sector 1, x2 = 1700 / 0.95 = 1789.47.
    """
    found = extraction_loss(two_sectors())
    assert found["total_loss"].to_numpy()[:2] == pytest.approx([1000.0, 210.52631578947353])
    assert hypothetical_extraction(two_sectors())["total_loss"].iloc[0] == pytest.approx(1210.5263157894735)


def test_backward_and_forward_by_hand() -> None:
    """Sector 1 buys nothing: x2 = 1789.474, x1 = 350 + 0.25 x2 = 797.368: loss 3000 - 2586.842.

    It sells nothing (b21 = 0.1, b22 = 0.05, primary inputs 650 and 1400): x2 = 1400 / 0.95 = 1473.684,
    x1 = 650 + 0.1 x2 = 797.368: loss 3000 - 2271.053.
    """
    found = hypothetical_extraction(two_sectors()).iloc[0]
    assert found["backward_loss"] == pytest.approx(413.158, abs=1e-3)
    assert found["forward_loss"] == pytest.approx(728.947, abs=1e-3)
    assert found["forward_share"] == pytest.approx(728.947 / 30, abs=1e-4)


def test_germany_1995_as_each_model_solved_anew() -> None:
    """The definition of Dietzenbacher and van der Linden (1997), sector by sector, without the short cut."""
    transactions, output = germany().iloc[:6, 1:7].to_numpy(dtype=float), germany()["output"].to_numpy()[:6]
    found = extraction_loss(germany(), leave_out="wages;employment")
    sums = hypothetical_extraction(germany(), leave_out="wages;employment")
    for number in range(6):
        for way, lost in zip(("total", "backward", "forward"), solved_anew(transactions, output, number), strict=True):
            assert found[f"{way}_loss"].to_numpy()[6 * number : 6 * number + 6] == pytest.approx(lost)
            assert sums[f"{way}_loss"].iloc[number] == pytest.approx(lost.sum())
            assert sums[f"{way}_share"].iloc[number] == pytest.approx(100 * lost.sum() / output.sum())


@FEW
@given(FLOWS)
def test_any_table_as_each_model_solved_anew(flows: tuple[np.ndarray, np.ndarray]) -> None:
    size, output = len(flows[1]), flows[0].sum(axis=1) + flows[1]
    found = extraction_loss(square(*flows))
    for number in range(size):
        for way, lost in zip(("total", "backward", "forward"), solved_anew(flows[0], output, number), strict=True):
            part = found[f"{way}_loss"].to_numpy()[size * number : size * number + size]
            assert part == pytest.approx(lost, rel=1e-6, abs=1e-6)


@FEW
@given(FLOWS)
def test_losses_of_all_are_the_sums_of_those_of_each(flows: tuple[np.ndarray, np.ndarray]) -> None:
    found = hypothetical_extraction(square(*flows)).set_index("industry")
    sums = extraction_loss(square(*flows)).groupby("industry")[LOSSES].sum()
    assert found[LOSSES].to_numpy() == pytest.approx(sums.loc[found.index].to_numpy())


@FEW
@given(FLOWS)
def test_losses_are_none_negative_and_no_more_than_there_is(flows: tuple[np.ndarray, np.ndarray]) -> None:
    found = extraction_loss(square(*flows))
    assert (found[["total_loss", "backward_loss", "forward_loss"]].to_numpy() >= -1e-9).all()
    assert (found["total_share"] <= 100 + 1e-9).all()
    assert (found["total_loss"] >= found["backward_loss"] - 1e-9).all()
    own = found[found["industry"] == found["other_industry"]]
    assert own["total_share"].to_numpy() == pytest.approx(np.full(len(own), 100.0))


def test_the_unit_of_money_scales_losses_and_not_shares() -> None:
    one = hypothetical_extraction(two_sectors())
    other = two_sectors()
    other.iloc[:, 1:] *= 1000
    found = hypothetical_extraction(other)
    assert found["total_loss"].to_numpy() == pytest.approx(1000 * one["total_loss"].to_numpy())
    assert found["forward_share"].to_numpy() == pytest.approx(one["forward_share"].to_numpy())
    assert found.attrs["units"]["total_loss"] == "value"
    assert found.attrs["units"]["total_share"] == "%"


def test_sectors_that_do_not_trade_cost_their_own_output_alone() -> None:
    found = hypothetical_extraction(square(np.zeros((2, 2)), np.array([1.0, 3.0])))
    assert found["total_share"].tolist() == [25, 75]
    assert found[["backward_loss", "forward_loss"]].to_numpy().tolist() == [[0, 0], [0, 0]]


def test_one_sector() -> None:
    """Half of output is its own input: without it final demand of 5 is left, so that 5 are lost."""
    found = hypothetical_extraction(square(np.array([[5.0]]), np.array([5.0])))
    assert found[["total_loss", "backward_loss", "forward_loss"]].to_numpy().tolist() == [[10, 5, 5]]


def test_a_sector_without_output_is_left_out() -> None:
    table = pd.DataFrame({"sector": ["a", "b"], "a": [5, 0], "b": [0, 0], "output": [10, 0]})
    with pytest.warns(NotDefined, match="no output of b"):
        assert hypothetical_extraction(table)["industry"].tolist() == ["a"]
