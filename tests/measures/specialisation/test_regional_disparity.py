"""Disparities of regions against SciPy and NumPy, a worked example, and what they do with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from scipy.stats import variation

from kg.errors import BadTable, MissingValues, NotDefined
from kg.measures import regional_disparity
from kg.measures.specialisation.regional_disparity import disparities

INCOME = np.array([12.0, 30, 7, 50, 21, 80, 5, 15])
PEOPLE = np.array([3, 5, 2, 4, 3, 6, 1, 2])
LEVELS = arrays(np.float64, (6, 1), elements=st.floats(0.01, 1e6))
HEADS = arrays(np.float64, 6, elements=st.floats(0.01, 1e6))


def table(values: np.ndarray | list[float]) -> pd.DataFrame:
    return pd.DataFrame({"region": [f"r{number}" for number in range(len(values))], "value": values})


def test_coefficient_of_variation_as_scipy_computes_it() -> None:
    """SciPy 1.17, `variation` (ddof 0), run here; of incomes, and of incomes per head."""
    assert regional_disparity(table(INCOME))["coefficient_of_variation"][0] == pytest.approx(variation(INCOME))
    found = regional_disparity(table(INCOME).assign(people=PEOPLE), heads="people")
    assert found["coefficient_of_variation"][0] == pytest.approx(variation(INCOME / PEOPLE))


def test_coefficient_of_variation_of_a_worked_example() -> None:
    """ECO251 QBA1, first hour exam of February 2005, with key (studylib 15929798): 53.39 %, with n - 1 for n = 12."""
    ratios = [7.0, 16, 18, 18, 22, 20, 20, 19, 31, 34, 38, 58]
    found = regional_disparity(table(ratios))["coefficient_of_variation"][0]
    assert found * np.sqrt(12 / 11) == pytest.approx(0.5339, abs=5e-5)


def test_williamson_is_the_coefficient_of_variation_of_the_heads() -> None:
    """SciPy 1.17, `variation` of 26 people with the income per head of their region; NumPy's weighted `cov`."""
    found = regional_disparity(table(INCOME).assign(people=PEOPLE), heads="people")["williamson"][0]
    assert found == pytest.approx(variation(np.repeat(INCOME / PEOPLE, PEOPLE)))
    spread = np.sqrt(np.cov(INCOME / PEOPLE, aweights=PEOPLE, ddof=0))
    assert found == pytest.approx(spread * PEOPLE.sum() / INCOME.sum())


@given(LEVELS, HEADS, st.floats(0.01, 100))
def test_scale_and_order_do_not_matter(levels: np.ndarray, heads: np.ndarray, scale: float) -> None:
    once, other = disparities(levels, heads), disparities(levels[::-1] * scale, heads[::-1] * scale)
    for name, found in once.items():
        assert other[name] == pytest.approx(found, rel=1e-6, abs=1e-6)


@given(LEVELS)
def test_bounds(levels: np.ndarray) -> None:
    found = disparities(levels)
    assert 0 <= found["coefficient_of_variation"][0] <= np.sqrt(5) + 1e-9
    assert found["ratio"][0] >= 1
    assert 0 <= found["relative_range"][0] <= 6


@given(LEVELS)
def test_equal_heads_make_williamson_the_coefficient_of_variation(levels: np.ndarray) -> None:
    found = disparities(levels, np.full(6, 2.0))
    assert found["williamson"] == pytest.approx(found["coefficient_of_variation"], abs=1e-9)


def test_each_industry_on_its_own() -> None:
    rows = pd.concat([table([1, 3]).assign(industry="steel"), table([2, 2]).assign(industry="tea")], ignore_index=True)
    found = regional_disparity(rows, per="industry")
    assert found["ratio"].tolist() == [3.0, 1.0]
    assert regional_disparity(rows)["ratio"].tolist() == [5 / 3]


def test_one_region_and_equal_regions() -> None:
    for values in ([4.0], [4.0, 4.0]):
        found = regional_disparity(table(values)).iloc[0]
        assert (found["coefficient_of_variation"], found["ratio"], found["relative_range"]) == (0, 1, 0)


def test_zeros_are_told() -> None:
    with pytest.warns(NotDefined, match="the lowest or all are 0"):
        found = regional_disparity(table([0.0, 2.0])).iloc[0]
    assert np.isnan(found["ratio"])
    assert found["relative_range"] == 2.0
    with pytest.warns(NotDefined):
        assert regional_disparity(table([0.0, 0.0])).isna().all().all()


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        assert regional_disparity(table([2.0, np.nan, 2.0]))["ratio"].tolist() == [1.0]


def test_empty_value_of_an_industry_leaves_the_region_out_of_it() -> None:
    rows = pd.concat([table([1, 3, 7]).assign(industry="a"), table([2, np.nan, 6]).assign(industry="b")])
    rows = rows.assign(people=[1, 2, 1] * 2).reset_index(drop=True)
    with pytest.warns(MissingValues, match="row 4"):
        found = regional_disparity(rows, heads="people", per="industry")
    assert found["ratio"].tolist() == pytest.approx([7 / 1, 3])
    assert found["coefficient_of_variation"].tolist() == pytest.approx([variation([1, 1.5, 7]), variation([2, 6])])
    assert found["williamson"].tolist() == pytest.approx([variation([1, 1.5, 1.5, 7]), variation([2, 6])])


def test_heads_of_zero_are_refused() -> None:
    with pytest.raises(BadTable, match="column people is 0 in row 1"):
        regional_disparity(table([1.0, 2]).assign(people=[1, 0]), heads="people")
