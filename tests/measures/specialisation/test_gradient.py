"""Gradients between regions by hand, their properties, and what they do with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.spatial.distance import canberra

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from kg.measures import gradient, regional_disparity
from kg.measures.specialisation.gradient import gradients

LEVELS = arrays(np.float64, (2, 5), elements=st.floats(0.01, 1e6))


def table(**values: float | None) -> pd.DataFrame:
    return pd.DataFrame({"region": list(values), "value": list(values.values())})


def km(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "other_region", "distance"])


def test_by_hand() -> None:
    """50, 20 and 10: 50 over 20 is 2.5, 30 more, which is 30 / 35 of the mean of both, 0.3 for each of 100 km."""
    found = gradient(table(a=20, b=50, c=10), distances=km(("a", "b", 100), ("c", "b", 50), ("a", "c", 10)))
    assert found[["region", "other_region"]].to_numpy().tolist() == [["b", "a"], ["b", "c"], ["a", "c"]]
    assert found["ratio"].tolist() == [2.5, 5.0, 2.0]
    assert found["difference"].tolist() == [30.0, 40.0, 10.0]
    assert found["relative_difference"].tolist() == pytest.approx([30 / 35, 40 / 30, 10 / 15])
    assert found["per_km"].tolist() == pytest.approx([0.3, 0.8, 1.0])


def test_per_head_by_hand() -> None:
    """60 for 30 and 30 for 10 heads: 3 a head over 2."""
    found = gradient(table(a=60, b=30).assign(people=[30, 10]), heads="people").iloc[0]
    assert (found["region"], found["ratio"], found["difference"]) == ("b", 1.5, 1.0)


@given(LEVELS)
def test_relative_difference_is_twice_the_distance_of_canberra(levels: np.ndarray) -> None:
    """Second program: scipy 1.17.1, `scipy.spatial.distance.canberra`, |u - v| / (u + v) of a single number each."""
    found = gradients(levels.max(axis=0), levels.min(axis=0))["relative_difference"]
    assert found == pytest.approx([2 * canberra([one], [other]) for one, other in levels.T])


def test_ratios_of_the_law_of_the_primate_city() -> None:
    """Jefferson (1939): cities that stand as 100, 30 and 20; the first is 3.33 times the second, which is his ratio."""
    assert gradient(table(a=100, b=30, c=20))["ratio"].tolist() == pytest.approx([10 / 3, 5, 1.5])


@given(LEVELS, st.floats(0.01, 100))
def test_ratios_do_not_depend_on_scale(levels: np.ndarray, scale: float) -> None:
    upper, lower = levels.max(axis=0), levels.min(axis=0)
    once, scaled = gradients(upper, lower), gradients(upper * scale, lower * scale)
    assert scaled["ratio"] == pytest.approx(once["ratio"])
    assert scaled["relative_difference"] == pytest.approx(once["relative_difference"], abs=1e-9)
    assert scaled["difference"] == pytest.approx(once["difference"] * scale, rel=1e-9, abs=1e-9)


@given(LEVELS)
def test_bounds_and_identity_of_the_relative_difference(levels: np.ndarray) -> None:
    """2 (q - 1) / (q + 1) of the ratio q."""
    found = gradients(levels.max(axis=0), levels.min(axis=0))
    ratio = found["ratio"]
    assert (ratio >= 1).all()
    assert ((found["relative_difference"] >= 0) & (found["relative_difference"] <= 2)).all()
    assert found["relative_difference"] == pytest.approx(2 * (ratio - 1) / (ratio + 1), abs=1e-9)


def test_steepest_of_all_is_the_ratio_of_the_disparity() -> None:
    rows = table(a=20, b=50, c=10)
    assert gradient(rows)["ratio"].max() == regional_disparity(rows)["ratio"][0]


def test_order_of_rows_does_not_matter() -> None:
    rows = table(a=20, b=50, c=10)
    pd.testing.assert_frame_equal(gradient(rows[::-1]), gradient(rows))


def test_each_industry_has_its_own_slope() -> None:
    rows = pd.concat([table(a=1, b=3).assign(industry="steel"), table(a=4, b=2).assign(industry="tea")])
    found = gradient(rows.reset_index(drop=True), per="industry")
    assert found[["industry", "region", "other_region"]].to_numpy().tolist() == [["steel", "b", "a"], ["tea", "a", "b"]]
    assert found["ratio"].tolist() == [3.0, 2.0]


def test_equal_regions_have_no_slope() -> None:
    found = gradient(table(a=2, b=2)).iloc[0]
    assert (found["ratio"], found["difference"], found["relative_difference"]) == (1.0, 0.0, 0.0)


def test_one_region_has_no_pairs() -> None:
    assert gradient(table(a=2)).empty


def test_zeros_and_unknown_distances_are_told() -> None:
    with pytest.warns(NotDefined, match="no value for a and b ") as caught:
        found = gradient(table(a=2, b=0)).iloc[0]
    assert np.isnan(found["ratio"])
    assert (found["difference"], found["relative_difference"]) == (2.0, 2.0)
    assert caught[0].message.rows == ("a and b",)  # type: ignore[union-attr]
    with pytest.warns(NotDefined, match="distance is not known"):
        assert gradient(table(a=2, b=1), distances=km(("a", "c", 3)))["per_km"].isna().all()


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        assert len(gradient(table(a=2, b=None, c=1))) == 1


def test_empty_value_of_an_industry_has_no_slope() -> None:
    rows = pd.concat([table(a=1, b=3).assign(industry="steel"), table(a=None, b=2).assign(industry="tea")])
    with pytest.warns(MissingValues), pytest.warns(NotDefined, match="no value for tea and b and a"):
        found = gradient(rows.reset_index(drop=True), per="industry")
    assert found["ratio"].tolist() == pytest.approx([3.0, np.nan], nan_ok=True)


def test_bad_distances_are_refused() -> None:
    with pytest.raises(BadTable, match="column distance is 0 in row 0"):
        gradient(table(a=2, b=1), distances=km(("a", "b", 0)))
    with pytest.raises(BadTable, match=r"a and b have several distances \(rows 0, 1\)"):
        gradient(table(a=2, b=1), distances=km(("a", "b", 3), ("b", "a", 4)))
    with pytest.raises(BadTable, match=r"a and b have several distances \(row 0\)"):
        gradient(table(a=2, b=1), distances=km(("a", "b", 3), ("a", "b", 4)))
    with pytest.raises(UnknownName, match="unknown column: length"):
        gradient(table(a=2, b=1), distances=km(("a", "b", 3)), distance="length")
