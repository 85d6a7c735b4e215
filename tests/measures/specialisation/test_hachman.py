"""The average location quotient and its reciprocal, the Hachman index."""

from __future__ import annotations

import econcomplex
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import MissingValues, NotDefined
from kg.measures import average_location_quotient, hachman
from kg.measures.specialisation.hachman import average_location_quotients
from kg.measures.specialisation.location_quotient import location_quotients
from kg.measures.specialisation.shares import shares
from tests.measures.matrices import ECONGEO, POSITIVE, long


def test_matrix_of_econgeo() -> None:
    """econcomplex 1.0.1, `location_quotient_avg` and `hachman_index`, of the matrix of EconGeo.

    The first by hand: all of R1 is in I1, which is 100 of 500 in all: 1 / 0.2 = 5.
    """
    table = long(ECONGEO)
    found = average_location_quotient(table)["average_location_quotient"]
    assert found.tolist() == pytest.approx([5.0, 2.625, 1.7, 1.575, 2.325])
    expected = [0.2, 0.38095238095238104, 0.5882352941176471, 0.6349206349206349, 0.4301075268817204]
    assert hachman(table)["hachman"].tolist() == pytest.approx(expected)


@given(POSITIVE)
def test_equals_the_second_program(values: np.ndarray) -> None:
    found = average_location_quotients(values)
    assert found == pytest.approx(econcomplex.location_quotient_avg(values))
    assert 1 / found == pytest.approx(econcomplex.hachman_index(values))


@given(POSITIVE, st.floats(0.01, 100))
def test_bounds_scale_and_the_mean_of_the_quotients(values: np.ndarray, scale: float) -> None:
    found = average_location_quotients(values)
    assert (found >= 1 - 1e-9).all()
    assert (found <= values.sum() / values.sum(axis=1) * (1 + 1e-9)).all()
    assert average_location_quotients(values * scale) == pytest.approx(found)
    assert found == pytest.approx((shares(values) * location_quotients(values)).sum(axis=1))


@given(POSITIVE)
def test_one_more_than_the_chi_squared_distance(values: np.ndarray) -> None:
    own, pooled = shares(values), shares(values.sum(axis=0))
    distance = ((own - pooled) ** 2 / pooled).sum(axis=1)
    assert average_location_quotients(values) == pytest.approx(1 + distance)


def test_region_alone_and_equal_structures_are_one() -> None:
    assert hachman(long([[3, 1]]))["hachman"].tolist() == [1.0]
    assert hachman(long([[3, 1], [6, 2]]))["hachman"].tolist() == [1.0, 1.0]
    assert average_location_quotient(long([[3], [1]]))["average_location_quotient"].tolist() == [1.0, 1.0]


def test_industry_that_no_region_has_does_not_matter() -> None:
    with_it, without = long([[3, 1, 0], [1, 3, 0]]), long([[3, 1], [1, 3]])
    assert hachman(with_it)["hachman"].tolist() == hachman(without)["hachman"].tolist()


def test_region_without_a_total_is_named() -> None:
    with pytest.warns(NotDefined, match="no value for r1 "):
        assert average_location_quotient(long([[3, 1], [0, 0]]))["average_location_quotient"].isna().tolist() == [
            False,
            True,
        ]
    with pytest.warns(NotDefined, match="no value for r1 "):
        assert hachman(long([[3, 1], [0, 0]]))["hachman"].isna().tolist() == [False, True]


def test_empty_value_is_left_out() -> None:
    table = long([[3, 1], [3, 7]])
    table.loc[3, "value"] = None
    with pytest.warns(MissingValues, match="row 3"):
        assert hachman(table)["hachman"].tolist() == hachman(long([[3, 1], [3, 0]]))["hachman"].tolist()
