"""Average propagation lengths by hand and by rounds, their properties, and poor data."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given

from kg.errors import NotDefined
from kg.measures import average_propagation_length
from kg.measures.input_output.inverse import allocation, inverses, technical
from kg.measures.input_output.propagation import later_rounds, propagation_lengths
from tests.measures.input_output.tables import FLOWS, germany, square, two_sectors


def lengths(coefficients: np.ndarray) -> np.ndarray:
    inverse = inverses(coefficients)
    return propagation_lengths(inverse, later_rounds(coefficients, inverse))


def test_two_sectors_of_miller_and_blair_by_hand() -> None:
    """L = [[38, 10], [8, 34]] / 30.3 and L - I = [[7.7, 10], [8, 3.7]] / 30.3.

    L (L - I) = [[372.6, 417], [333.6, 205.8]] / 30.3^2, to be divided by L - I.
    """
    found = average_propagation_length(two_sectors())
    expected = [372.6 / 7.7, 417 / 10, 333.6 / 8, 205.8 / 3.7]
    assert found["average_propagation_length"].to_numpy() == pytest.approx(np.array(expected) / 30.3)
    assert found["strength"].iloc[1] == pytest.approx((10 + 20) / 2 / 30.3)


def test_germany_1995_by_pymrio() -> None:
    """pymrio 0.7.0, calc_A and calc_L of the table of the Eurostat Manual: the growth of ln(L - I) with ln(A).

    That is the sum of k A^k over that of A^k; from calc_L of A times 1.00001 and 0.99999. Agriculture, manufacturing.
    """
    found = average_propagation_length(germany(), leave_out="wages;employment")["average_propagation_length"]
    assert found[:6].tolist() == pytest.approx([1.381513, 1.507725, 2.586633, 2.393641, 2.412532, 2.151458], abs=2e-6)
    assert found[6:12].tolist() == pytest.approx([1.609813, 1.546738, 1.547145, 1.795806, 2.335096, 1.738797], abs=2e-6)


def test_one_sector_is_as_far_from_itself_as_its_multiplier() -> None:
    """Oosterhaven and Bouwmeester (2013): in one sector alone it is proportional to the multiplier.

    By hand l (l - 1) / (l - 1) = l = 1 / (1 - 0.6).
    """
    found = average_propagation_length(square(np.array([[6.0]]), np.array([4.0])))
    assert found["average_propagation_length"].tolist() == pytest.approx([2.5])


def test_germany_1995_is_as_the_rounds_added_up_one_by_one() -> None:
    """The definition: rounds, weighted by what each carries, 400 of them, without any inverse."""
    transactions, output = germany().iloc[:6, 1:7].to_numpy(dtype=float), germany()["output"].to_numpy()[:6]
    coefficients = technical(transactions, output)
    power, total, weighted = np.eye(6), np.zeros((6, 6)), np.zeros((6, 6))
    for number in range(1, 400):
        power = power @ coefficients
        total += power
        weighted += number * power
    found = average_propagation_length(germany(), leave_out="wages;employment")
    assert found["average_propagation_length"].to_numpy() == pytest.approx((weighted / total).ravel())


def test_a_chain_is_as_long_as_its_links() -> None:
    """Ore to steel 1 round, steel to cars 1, ore to cars 2; nothing leads back."""
    table = square(np.array([[0.0, 10, 0], [0, 0, 20], [0, 0, 0]]), np.array([0.0, 0.0, 40.0]))
    with pytest.warns(NotDefined, match="no path leads from the one to the other") as caught:
        found = average_propagation_length(table).set_index(["industry", "other_industry"])
    assert found["average_propagation_length"].dropna().to_dict() == {
        ("s0", "s1"): 1.0,
        ("s0", "s2"): 2.0,
        ("s1", "s2"): 1.0,
    }
    assert len(caught[0].message.rows) == 6  # type: ignore[union-attr]
    assert found.loc[("s2", "s0"), "strength"] == 0


@given(FLOWS)
def test_forwards_and_backwards_are_the_same_and_no_shorter_than_one(flows: tuple[np.ndarray, np.ndarray]) -> None:
    """Dietzenbacher, Romero and Bosma (2005): the length along purchases is that along sales."""
    output = flows[0].sum(axis=1) + flows[1]
    backward, forward = lengths(technical(flows[0], output)), lengths(allocation(flows[0], output))
    assert backward == pytest.approx(forward, nan_ok=True)
    assert not (backward < 1 - 1e-9).any()


@given(FLOWS)
def test_there_is_a_length_just_where_a_path_leads(flows: tuple[np.ndarray, np.ndarray]) -> None:
    output = flows[0].sum(axis=1) + flows[1]
    reach = flows[0] > 0
    for _ in range(len(output)):
        reach = reach | ((reach.astype(int) @ (flows[0] > 0).astype(int)) > 0)
    assert (~np.isnan(lengths(technical(flows[0], output))) == reach).all()


def test_sectors_that_do_not_trade_are_nowhere_near() -> None:
    with pytest.warns(NotDefined):
        found = average_propagation_length(square(np.zeros((2, 2)), np.ones(2)))
    assert found["average_propagation_length"].isna().all()
    assert found["strength"].tolist() == [0, 0, 0, 0]


def test_a_faint_link_keeps_its_length() -> None:
    """a to b by 1e-9 of b's output, b to c by 1e-9 of c's: two rounds, carrying 1e-18."""
    coefficients = np.array([[0.0, 1e-9, 0.0], [0.0, 0.0, 1e-9], [0.0, 0.0, 0.0]])
    assert lengths(coefficients)[0, 2] == pytest.approx(2.0)
