"""Primacy against the rank-size rule and by hand, and what it does with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, MissingValues, NotDefined
from kg.measures import primacy
from kg.measures.specialisation.primacy import primacies

SIZES = arrays(np.float64, st.integers(11, 15), elements=st.floats(0.01, 1e7))


def cities(*sizes: float) -> pd.DataFrame:
    return pd.DataFrame({"region": [f"c{number}" for number in range(len(sizes))], "value": sizes})


def test_yardsticks_of_the_rank_size_rule() -> None:
    """Zhou (1995), Urban Geography: by the rule of rank and size the three are to be 2, 1 and 1.

    Exactly: P_k = P1 / k gives 1 / (1/2), 1 / (1/2 + 1/3 + 1/4) = 12/13, 2 / (1/2 + ... + 1/11) = 0.9902.
    """
    found = primacy(cities(*(27720 / rank for rank in range(1, 13)))).iloc[0]
    assert found["primacy_ratio"] == pytest.approx(2)
    assert found["four_city_index"] == pytest.approx(12 / 13)
    assert found["eleven_city_index"] == pytest.approx(0.9902, abs=5e-5)
    for name, yardstick in (("primacy_ratio", 2), ("four_city_index", 1), ("eleven_city_index", 1)):
        assert round(found[name]) == yardstick


def test_law_of_the_primate_city() -> None:
    """Jefferson (1939): where the three largest stand as 100, 30 and 20, the first is 3.33 times the second."""
    found = primacies(np.array([20.0, 100, 30]))
    assert (found["second_percent"], found["third_percent"]) == pytest.approx((30, 20))
    assert found["primacy_ratio"] == pytest.approx(100 / 30)


def test_by_hand() -> None:
    """8 over 4; 8 over 4 + 2 + 2; 8 of 18; twice 8 over 4 + 2 + 2 + 1 + 1 and five of 0."""
    found = primacy(cities(2, 8, 4, 2, 1, 1, 0, 0, 0, 0, 0)).iloc[0]
    assert (found["first"], found["second"]) == ("c1", "c2")
    assert (found["primacy_ratio"], found["four_city_index"], found["eleven_city_index"]) == (2.0, 1.0, 1.6)
    assert found["first_share"] == pytest.approx(100 * 8 / 18)


@given(SIZES, st.floats(0.01, 100))
def test_scale_and_order_do_not_matter(sizes: np.ndarray, scale: float) -> None:
    assert primacies(sizes[::-1] * scale) == pytest.approx(primacies(sizes))


@given(SIZES)
def test_bounds_and_the_percent_of_the_second(sizes: np.ndarray) -> None:
    found = primacies(sizes)
    assert found["primacy_ratio"] >= 1
    assert found["four_city_index"] >= 1 / 3 - 1e-12
    assert found["eleven_city_index"] >= 1 / 5 - 1e-12
    assert found["second_percent"] == pytest.approx(100 / found["primacy_ratio"])


def test_each_group_and_period_on_its_own() -> None:
    rows = cities(6, 3, 5, 1).assign(province=["x", "x", "y", "y"], year="2020")
    with pytest.warns(NotDefined, match="no value for 2020 and x, 2020 and y"):
        found = primacy(rows, groups="province", period="year")
    assert found["group"].tolist() == ["x", "y"]
    assert found["primacy_ratio"].tolist() == [2.0, 5.0]


def test_too_few_cities_are_told() -> None:
    with pytest.warns(NotDefined, match="no value for the whole .*eleven cities"):
        found = primacy(cities(9, 3, 2, 1)).iloc[0]
    assert (found["primacy_ratio"], found["four_city_index"]) == (3.0, 1.5)
    assert np.isnan(found["eleven_city_index"])


def test_one_city_has_no_ratio() -> None:
    with pytest.warns(NotDefined):
        found = primacy(cities(9)).iloc[0]
    assert np.isnan(found["primacy_ratio"])
    assert (found["second"], found["first_share"]) == ("", 100.0)


def test_all_equal_and_all_zero() -> None:
    equal = primacy(cities(*[3] * 11)).iloc[0]
    assert (equal["primacy_ratio"], equal["four_city_index"], equal["eleven_city_index"]) == (1.0, 1 / 3, 0.2)
    with pytest.warns(NotDefined):
        assert np.isnan(primacy(cities(*[0] * 11))["first_share"][0])


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    rows = pd.DataFrame({"region": [f"c{n}" for n in range(12)], "value": [np.nan] + [4.0] + [2.0] * 10})
    with pytest.warns(MissingValues, match="row 0"):
        assert primacy(rows)["primacy_ratio"].tolist() == [2.0]


def test_a_city_with_two_rows_is_refused() -> None:
    with pytest.raises(BadTable, match="c0 has several values"):
        primacy(pd.concat([cities(1), cities(2)], ignore_index=True))
