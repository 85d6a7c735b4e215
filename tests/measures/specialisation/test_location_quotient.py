"""The location quotient against the literature, its properties, and what it does with poor data."""

from __future__ import annotations

import econcomplex
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import MissingValues, NotDefined
from kg.measures import location_quotient
from kg.measures.specialisation.location_quotient import location_quotients
from tests.measures.matrices import ECONGEO, long

POSITIVE = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(1, 6)), elements=st.floats(0.01, 1e6))


def table(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "industry", "value"])


def test_two_regions_by_hand() -> None:
    """Region a: 3 of 4 in steel against 4 of 8 in all: 0.75 / 0.5 = 1.5."""
    found = location_quotient(table(("a", "steel", 3), ("a", "tea", 1), ("b", "steel", 1), ("b", "tea", 3)))
    assert found["location_quotient"].tolist() == [1.5, 0.5, 0.5, 1.5]
    assert found.attrs["units"] == {"location_quotient": "1"}


def test_matrix_of_econgeo() -> None:
    """econcomplex 1.0.1, `location_quotient`, of the matrix of EconGeo."""
    found = location_quotient(long(ECONGEO))["location_quotient"].tolist()
    assert found[:5] == pytest.approx([5, 0, 0, 0, 0])
    assert found[5:10] == pytest.approx([0, 0.75, 0.25, 3.5, 0.5])
    assert found[20:] == pytest.approx([0, 2, 2.75, 0.25, 0])


@given(POSITIVE)
def test_equals_the_second_program(values: np.ndarray) -> None:
    assert location_quotients(values) == pytest.approx(econcomplex.location_quotient(values))


@given(POSITIVE, st.floats(0.01, 100))
def test_scale_does_not_matter(values: np.ndarray, scale: float) -> None:
    assert location_quotients(values * scale) == pytest.approx(location_quotients(values))


@given(POSITIVE)
def test_mean_weighted_by_the_share_of_the_region_is_one(values: np.ndarray) -> None:
    weights = values.sum(axis=1) / values.sum()
    assert weights @ location_quotients(values) == pytest.approx(np.ones(values.shape[1]))


def test_one_region_is_its_own_reference() -> None:
    assert location_quotient(table(("a", "steel", 3), ("a", "tea", 1)))["location_quotient"].tolist() == [1.0, 1.0]


def test_region_without_a_total_has_no_quotient_and_a_warning_names_it() -> None:
    with pytest.warns(NotDefined, match="a and steel") as caught:
        found = location_quotient(table(("a", "steel", 0), ("b", "steel", 2)))
    assert found["location_quotient"].isna().tolist() == [True, False]
    assert caught[0].message.rows == ("a and steel",)  # type: ignore[union-attr]


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        found = location_quotient(table(("a", "steel", 2), ("a", "tea", None), ("b", "tea", 2)))
    assert found["location_quotient"].tolist() == [2.0, 0.0, 0.0, 2.0]
