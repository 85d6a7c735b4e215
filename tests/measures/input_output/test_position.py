"""Upstreamness and downstreamness against the literature, their properties, and poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given

from kg.errors import BadTable, NotDefined, UnknownName
from kg.measures import output_multiplier, upstreamness
from kg.measures.input_output.inverse import allocation
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


def test_germany_1995_of_the_eurostat_manual() -> None:
    """Output upstreamness is the row sum of the Ghosh inverse, input downstreamness the column sum of Leontief's."""
    found = upstreamness(germany(), leave_out="wages;employment")
    assert found["upstreamness"].to_numpy() == pytest.approx(FORWARD, abs=1e-4)
    assert found["downstreamness"].to_numpy() == pytest.approx(BACKWARD, abs=1e-4)


def test_a_chain_by_hand() -> None:
    """Ore is sold to steel, steel to cars, cars to homes: 3, 2 and 1 stages; inputs come the other way."""
    table = square(np.array([[0.0, 10, 0], [0, 0, 20], [0, 0, 0]]), np.array([0.0, 0.0, 40.0]))
    found = upstreamness(table)
    assert found["upstreamness"].tolist() == [3, 2, 1]
    assert found["downstreamness"].tolist() == [1, 1.5, 1.75]


def test_an_open_economy_by_hand() -> None:
    """Ore of 10, of which 4 are exported and 6 go to cars; 2 are imported: delta = 6 / (10 - 4 + 2) = 0.75.

    Less a further 2 put into inventories: 6 / 6 = 1.
    """
    table = pd.DataFrame({"sector": ["ore", "cars"], "ore": [0, 0], "cars": [6, 0], "sold": [4, 0], "bought": [2, 0]})
    table["stock"], table["output"] = [2, 0], [10, 20]
    found = upstreamness(table, leave_out="stock", exports="sold", imports="bought")
    assert found["upstreamness"].tolist() == [1.75, 1]
    found = upstreamness(table, exports="sold", imports="bought", inventories="stock")
    assert found["upstreamness"].tolist() == [2, 1]
    assert found["downstreamness"].tolist() == [1, 1.3]


@FEW
@given(FLOWS)
def test_each_stands_one_stage_before_those_that_buy_from_it(flows: tuple[np.ndarray, np.ndarray]) -> None:
    """The recursion of Fally, with which Antras and others (2012) show that theirs is the same measure."""
    table = square(*flows)
    found = upstreamness(table)
    shares = allocation(flows[0], table["output"].to_numpy())
    up = found["upstreamness"].to_numpy()
    assert up == pytest.approx(1 + shares @ up)
    assert up.min() >= 1
    assert found["downstreamness"].to_numpy() == pytest.approx(output_multiplier(table)["output_multiplier"].to_numpy())


@FEW
@given(FLOWS)
def test_both_have_the_same_mean_by_final_demand_and_by_primary_inputs(flows: tuple[np.ndarray, np.ndarray]) -> None:
    """Total output is v' G 1 = v' U and 1' L f = D f."""
    table = square(*flows)
    found, output = upstreamness(table), table["output"].to_numpy()
    primary = output - flows[0].sum(axis=0)
    assert primary @ found["upstreamness"].to_numpy() == pytest.approx(output.sum())
    assert found["downstreamness"].to_numpy() @ flows[1] == pytest.approx(output.sum())


def test_all_of_it_final_demand_is_one_stage() -> None:
    found = upstreamness(square(np.zeros((2, 2)), np.ones(2)))
    assert found[["upstreamness", "downstreamness"]].to_numpy().tolist() == [[1, 1], [1, 1]]


def test_one_sector_that_buys_half_of_its_output() -> None:
    assert upstreamness(square(np.array([[5.0]]), np.array([5.0])))["upstreamness"].tolist() == [2]


def test_output_that_is_all_exported_has_no_upstreamness() -> None:
    table = pd.DataFrame({"sector": ["a"], "a": [0], "out": [10], "output": [10]})
    with pytest.raises(BadTable, match="is not above 0 for a"):
        upstreamness(table, exports="out")


def test_a_column_that_is_not_there() -> None:
    with pytest.raises(UnknownName, match="unknown column: trade"):
        upstreamness(two_sectors(), exports="trade")


def test_a_sector_without_output_is_left_out() -> None:
    with pytest.warns(NotDefined, match="no output of c"):
        assert upstreamness(with_an_idle_sector())["industry"].tolist() == ["a", "b"]
