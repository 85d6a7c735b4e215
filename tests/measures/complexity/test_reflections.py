"""The method of reflections by hand, against a second program, and in the limit."""

from __future__ import annotations

import numpy as np
import pytest
from econcomplex.complexity import method_of_reflections, mor_activities, mor_regions
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined, UseError
from kg.measures import economic_complexity, industry_reflections, regional_reflections
from kg.measures.complexity.reflections import reflections
from tests.measures.complexity.growth_lab import HIDALGO_HAUSMANN, MATRIX, table, table_of
from tests.measures.complexity.networks import BINARY, FEW, connected, in_order, shuffled
from tests.measures.matrices import long


def test_network_of_hidalgo_and_hausmann_by_hand() -> None:
    """Their figure S4: C1 has P1 to P4, C2 P2, C3 P3 and P4, C4 P4; diversity 4 1 2 1, ubiquity 1 2 2 3.

    Order 1 of countries: (1 + 2 + 2 + 3) / 4, 2, (2 + 3) / 2, 3; of products 4, (4 + 1) / 2, (4 + 2) / 2,
    (4 + 2 + 1) / 3. Order 2 of countries: (4 + 5/2 + 3 + 7/3) / 4, 5/2, (3 + 7/3) / 2, 7/3.
    """
    rows = table_of(HIDALGO_HAUSMANN)
    expected = [[4, 1, 2, 1], [2, 2, 5 / 2, 3], [71 / 24, 5 / 2, 8 / 3, 7 / 3]]
    for order, numbers in enumerate(expected):
        assert regional_reflections(rows, binary=True, order=order)["reflection"].tolist() == pytest.approx(numbers)
    found = industry_reflections(rows, binary=True, order=1)["reflection"]
    assert found.tolist() == pytest.approx([4, 5 / 2, 3, 7 / 3])


@pytest.mark.parametrize("order", [0, 1])
def test_first_orders_equal_econcomplex(order: int) -> None:
    """Second program: econcomplex 1.0.1, which scales the orders above 1 from 0 to 100."""
    regions, industries = reflections(MATRIX, order)
    assert regions == pytest.approx(mor_regions(MATRIX, use_rca=False, steps=order))
    assert industries == pytest.approx(mor_activities(MATRIX, use_rca=False, steps=order))


def test_high_orders_equal_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, orders 18 and 19, standardised with ddof 0."""
    found = regional_reflections(table(), binary=True)["standardised"].to_numpy()
    assert found == pytest.approx(method_of_reflections(MATRIX, use_rca=False, iterations=18)[0])
    scaled = mor_activities(MATRIX, use_rca=False, steps=19)
    industries = industry_reflections(table(), binary=True)["standardised"].to_numpy()
    assert industries == pytest.approx((scaled - scaled.mean()) / scaled.std())


def test_even_orders_approach_the_index() -> None:
    """Hausmann, Hidalgo et al. (2014): the index is what the reflections converge to, once standardised."""
    eci = economic_complexity(table(), binary=True)["eci"].to_numpy()
    found = [regional_reflections(table(), binary=True, order=n)["standardised"].to_numpy() for n in (8, 18, 28)]
    distance = [np.abs(numbers - eci).max() for numbers in found]
    assert distance[0] > distance[1] > distance[2]
    assert distance[2] < 0.02


def test_order_that_leaves_nothing_but_rounding() -> None:
    with pytest.warns(NotDefined, match="up to rounding"):
        found = regional_reflections(table(), binary=True, order=200)
    assert found["standardised"].isna().all()
    assert found["reflection"].notna().all()


@given(BINARY, st.integers(1, 6))
def test_averages_lie_between_the_least_and_the_most(here: np.ndarray, order: int) -> None:
    regions, industries = reflections(here, order)
    before = np.append(np.concatenate(reflections(here, order - 1)), 1.0)
    for found in (regions, industries):
        known = found[~np.isnan(found)]
        assert (known >= np.nanmin(before) - 1e-9).all() and (known <= np.nanmax(before) + 1e-9).all()


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    for measure in (regional_reflections, industry_reflections):
        expected = in_order(measure(long(here), binary=True))["reflection"]
        assert shuffled(measure, here, seed, binary=True)["reflection"].to_list() == pytest.approx(expected.to_list())


def test_region_without_speciality_is_empty_beyond_order_zero() -> None:
    rows = long(np.array([[1.0, 1], [1, 0], [0, 0]]))
    assert regional_reflections(rows, binary=True, order=0)["reflection"].tolist() == [2, 1, 0]
    with pytest.warns(NotDefined, match="no value for r2"):
        assert regional_reflections(rows, binary=True, order=1)["reflection"].tolist()[:2] == [1.5, 2]


def test_industry_that_no_region_has_is_empty_beyond_order_zero() -> None:
    rows = long(np.array([[1.0, 1, 0], [1, 0, 0]]))
    assert industry_reflections(rows, binary=True, order=0)["reflection"].tolist() == [2, 1, 0]
    with pytest.warns(NotDefined, match="no value for i2"):
        assert industry_reflections(rows, binary=True, order=1)["reflection"].tolist()[:2] == [1.5, 2]


def test_all_equal_have_no_standardised_number() -> None:
    with pytest.warns(NotDefined, match="all are equal"):
        found = regional_reflections(table_of({"a": "steel tea", "b": "steel tea"}), binary=True)
    assert found["reflection"].tolist() == [2, 2]
    assert found["standardised"].isna().all()


def test_order_below_zero() -> None:
    with pytest.raises(UseError, match="order is -1"):
        regional_reflections(table(), order=-1)
