"""Proximity of industries against the Growth Lab's program, a second program and by hand."""

from __future__ import annotations

import numpy as np
import pytest
from econcomplex.relatedness import proximity
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined
from kg.measures import industry_proximity
from kg.measures.complexity.proximity import product_space, proximities
from tests.measures.complexity.growth_lab import HIDALGO_HAUSMANN, MATRIX, PROXIMITY_OF_1806, table, table_of
from tests.measures.complexity.networks import BINARY, FEW, connected, in_order, shuffled
from tests.measures.matrices import long


def test_equals_genproximity_for_stata() -> None:
    """The Growth Lab's genproximity for Stata, the row of product 1806: see `growth_lab`."""
    found = industry_proximity(table(), binary=True).query("industry == '1806'")
    assert found["proximity"].to_numpy() == pytest.approx(PROXIMITY_OF_1806)


def test_wine_and_grapes_of_the_atlas() -> None:
    """Hausmann, Hidalgo et al. (2014), Technical Box 5.1: 17 export wine, 24 grapes, 11 both: 11/24 = 0.46."""
    wine, grapes = np.repeat([1.0, 1, 0, 0], [11, 6, 13, 5]), np.repeat([1.0, 0, 1, 0], [11, 6, 13, 5])
    found = industry_proximity(long(np.column_stack([wine, grapes])), binary=True)["proximity"]
    assert found.tolist() == pytest.approx([0, 0.46, 0.46, 0], abs=0.005)


def test_equals_econcomplex() -> None:
    """Second program: econcomplex 1.0.1, proximity by max, whose diagonal is 0."""
    assert product_space(MATRIX) == pytest.approx(proximity(MATRIX, use_rca=False, threshold=0.5)["product"])


def test_network_of_hidalgo_and_hausmann_by_hand() -> None:
    """P2 is in C1 and C2, P3 in C1 and C3, P4 in C1, C3 and C4: P2-P3 1/2, P2-P4 1/3, P3-P4 2/3, P1-P4 1/3."""
    found = industry_proximity(table_of(HIDALGO_HAUSMANN), binary=True).set_index(["industry", "other_industry"])
    expected = {("P2", "P3"): 1 / 2, ("P2", "P4"): 1 / 3, ("P3", "P4"): 2 / 3, ("P1", "P4"): 1 / 3, ("P4", "P4"): 0}
    assert {pair: found["proximity"][pair] for pair in expected} == pytest.approx(expected)


def test_diagonal_in_is_one() -> None:
    found = industry_proximity(table_of(HIDALGO_HAUSMANN), binary=True, diagonal="in")
    assert (found.loc[found["industry"] == found["other_industry"], "proximity"] == 1).all()


@given(BINARY)
def test_symmetric_between_zero_and_one_and_no_more_than_either_conditional_probability(here: np.ndarray) -> None:
    found = proximities(here)
    assert found == pytest.approx(found.T, nan_ok=True)
    assert (np.nan_to_num(found) >= 0).all() and (np.nan_to_num(found) <= 1).all()
    both, count = here.T @ here, np.maximum(here.sum(axis=0), 1)
    assert (np.nan_to_num(found) <= both / count + 1e-12).all()


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    expected = in_order(industry_proximity(long(here), binary=True))
    assert shuffled(industry_proximity, here, seed, binary=True)["proximity"].to_list() == pytest.approx(
        expected["proximity"].to_list()
    )


def test_industry_that_no_region_has_is_near_nothing_and_a_warning_names_the_pairs() -> None:
    with pytest.warns(NotDefined, match="no region specialises in one of the two") as caught:
        found = industry_proximity(long(np.array([[1.0, 0.0], [1.0, 0.0]])), binary=True)
    assert found["proximity"].isna().tolist() == [False, True, True, True]
    assert caught[0].message.rows == ("i0 and i1", "i1 and i0", "i1 and i1")  # type: ignore[union-attr]


def test_one_region() -> None:
    assert industry_proximity(table_of({"a": "steel tea"}))["proximity"].tolist() == [0.0, 1.0, 1.0, 0.0]


def test_two_kinds_of_activity() -> None:
    assert proximities(np.array([[1.0], [1.0]]), np.array([[1.0, 0.0], [0.0, 0.0]])) == pytest.approx(
        np.array([[0.5, np.nan]]), nan_ok=True
    )
