"""Shannon's entropy and evenness against second programs, their properties, and what they do with poor data."""

from __future__ import annotations

import econcomplex
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from kg.measures import shannon_entropy
from kg.measures.specialisation.entropy import entropies, evennesses

POSITIVE = arrays(np.float64, st.tuples(st.integers(1, 6), st.integers(2, 6)), elements=st.floats(0.01, 1e6))
COUNTS = [0, 1, 1, 4, 2, 5, 2, 4, 1, 2]
"""What scikit-bio tests its measures of diversity on."""


def table(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "industry", "value"])


def one_region(values: list[int]) -> pd.DataFrame:
    return table(*(("a", str(i), value) for i, value in enumerate(values)))


def test_as_scikit_bio_computes_it() -> None:
    """scikit-bio 0.7.4, `shannon(COUNTS, base)`; its own tests have `pielou_e(COUNTS)` as 0.92485490560."""
    found = shannon_entropy(one_region(COUNTS), evenness="present").iloc[0]
    assert found["entropy"] == pytest.approx(2.9317206879810787)
    assert found["evenness"] == pytest.approx(0.92485490560)
    assert shannon_entropy(one_region(COUNTS), base="e")["entropy"][0] == pytest.approx(2.032113929063348)


def test_evenness_is_of_all_industries_unless_asked_otherwise() -> None:
    """The nine industries present have a greatest entropy of log2 9, all ten of log2 10."""
    found = shannon_entropy(one_region(COUNTS))["evenness"][0]
    assert found == pytest.approx(0.92485490560 * np.log(9) / np.log(10))


@pytest.mark.parametrize(("name", "base"), [("2", 2.0), ("e", np.e), ("10", 10.0)])
def test_as_econcomplex_computes_it(name: str, base: float) -> None:
    """econcomplex 1.0.1, which follows EconGeo's `entropy` (base 2), run here."""
    values = np.array([[4.0, 0, 1, 3], [2, 2, 2, 2], [0, 0, 9, 1]])
    rows = [(f"r{r}", f"i{i}", value) for (r, i), value in np.ndenumerate(values)]
    found = shannon_entropy(table(*rows), base=name)  # type: ignore[arg-type]
    assert found["entropy"].to_numpy() == pytest.approx(econcomplex.shannon_entropy(values, base=base))


def test_of_industries_over_regions() -> None:
    """Steel is 3 and 1 in the two regions: shares 0.75 and 0.25, 0.75 * 0.4150 + 0.25 * 2 = 0.8113 bits."""
    found = shannon_entropy(table(("a", "steel", 3), ("b", "steel", 1), ("a", "tea", 5)), per="industry")
    assert found["industry"].tolist() == ["steel", "tea"]
    assert found["entropy"].tolist() == pytest.approx([0.8113, 0], abs=5e-5)
    assert found["equivalent_number"].tolist() == pytest.approx([2**0.8113, 1], abs=1e-4)


@given(POSITIVE, st.floats(0.01, 100))
def test_scale_does_not_matter(values: np.ndarray, scale: float) -> None:
    assert entropies(values * scale) == pytest.approx(entropies(values))


@given(POSITIVE)
def test_order_does_not_matter(values: np.ndarray) -> None:
    assert entropies(values[:, ::-1]) == pytest.approx(entropies(values))
    assert entropies(values[::-1]) == pytest.approx(entropies(values)[::-1])


@given(POSITIVE)
def test_between_zero_and_the_logarithm_of_the_number_of_industries(values: np.ndarray) -> None:
    found = entropies(values)
    assert (found >= 0).all()
    assert (found <= np.log2(values.shape[1]) + 1e-12).all()
    assert evennesses(values) == pytest.approx(found / np.log2(values.shape[1]))


@given(POSITIVE, st.floats(1.1, 100))
def test_the_base_is_a_unit_only(values: np.ndarray, base: float) -> None:
    assert base ** entropies(values, base) == pytest.approx(2 ** entropies(values))


def test_equal_values_are_even() -> None:
    found = shannon_entropy(one_region([5, 5, 5, 5])).iloc[0]
    assert (found["entropy"], found["evenness"], found["equivalent_number"]) == (2.0, 1.0, 4.0)


def test_region_of_zeros_has_none_and_a_warning_names_it() -> None:
    with pytest.warns(NotDefined, match="no value for a ") as caught:
        found = shannon_entropy(table(("a", "steel", 0), ("b", "steel", 2), ("b", "tea", 2)))
    assert found["entropy"].tolist() == pytest.approx([np.nan, 1.0], nan_ok=True)
    assert caught[0].message.rows == ("a",)  # type: ignore[union-attr]


def test_one_industry_has_entropy_zero_and_no_evenness() -> None:
    with pytest.warns(NotDefined, match="one part only"):
        found = shannon_entropy(table(("a", "steel", 3), ("b", "steel", 2)))
    assert found["entropy"].tolist() == [0.0, 0.0]
    assert found["evenness"].isna().all()


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        found = shannon_entropy(table(("a", "steel", 2), ("a", "tea", None), ("b", "tea", 2), ("b", "steel", 2)))
    assert found["entropy"].tolist() == [0.0, 1.0]


def test_periods_are_computed_on_their_own() -> None:
    rows = pd.concat([one_region([1, 1]).assign(year=2010), one_region([1, 3]).assign(year=2020)], ignore_index=True)
    found = shannon_entropy(rows, period="year")
    assert found["period"].tolist() == ["2010", "2020"]
    assert found["entropy"].tolist() == pytest.approx([1.0, 0.8113], abs=5e-5)


def test_doubled_rows_and_missing_columns_are_refused() -> None:
    with pytest.raises(BadTable, match="a and steel has several values"):
        shannon_entropy(table(("a", "steel", 2), ("a", "steel", 2)))
    with pytest.raises(UnknownName, match="unknown column: jobs"):
        shannon_entropy(table(("a", "steel", 2)), value="jobs")
