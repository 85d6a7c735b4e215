"""Krugman's index of specialisation against hand calculations and its properties."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.measures.specialisation.krugman import krugman_against_rest, krugman_specialisation, shares

VALUES = st.dictionaries(
    st.sampled_from(["steel", "cloth", "tea", "titanium", "tourism"]),
    st.floats(0.001, 1e9, allow_nan=False),
    min_size=1,
)


def test_two_regions_by_hand() -> None:
    """Shares 0.5, 0.3, 0.2 against 0.2, 0.3, 0.5: |0.3| + 0 + |0.3| = 0.6."""
    first = {"steel": 50.0, "cloth": 30.0, "tea": 20.0}
    second = {"steel": 2.0, "cloth": 3.0, "tea": 5.0}
    assert krugman_specialisation(first, second) == pytest.approx(0.6)


def test_industry_that_one_region_does_not_list_counts_as_zero() -> None:
    """Shares 1 and 0 against 0.75 and 0.25: 0.25 + 0.25 = 0.5."""
    assert krugman_specialisation({"steel": 4.0}, {"steel": 3.0, "tea": 1.0}) == pytest.approx(0.5)


def test_one_region_against_the_rest_by_hand() -> None:
    """The rest is 4 steel and 4 cloth, shares 0.5 and 0.5; against 0.75 and 0.25: 0.25 + 0.25 = 0.5."""
    regions = {"a": {"steel": 3.0, "cloth": 1.0}, "b": {"steel": 4.0, "cloth": 1.0}, "c": {"cloth": 3.0}}
    assert krugman_against_rest(regions, "a") == pytest.approx(0.5)


@given(VALUES, VALUES)
def test_against_one_other_region_both_forms_agree(first: dict[str, float], second: dict[str, float]) -> None:
    assert krugman_against_rest({"a": first, "b": second}, "a") == krugman_specialisation(first, second)


def test_a_region_alone_has_no_rest() -> None:
    with pytest.raises(ValueError, match="no other region"):
        krugman_against_rest({"a": {"steel": 1.0}}, "a")


def test_bad_values_of_the_rest_are_refused() -> None:
    """Values that cancel out in the sum are still refused."""
    with pytest.raises(ValueError, match="negative"):
        krugman_against_rest({"a": {"steel": 1.0}, "b": {"steel": -1.0}, "c": {"steel": 2.0}}, "a")


@pytest.mark.parametrize("values", [{}, {"steel": 0.0}, {"steel": -1.0}, {"steel": float("nan")}, {"a": float("inf")}])
def test_values_without_shares_are_refused(values: dict[str, float]) -> None:
    with pytest.raises(ValueError, match=r"zero|finite"):
        shares(values)


@given(VALUES, VALUES)
def test_between_zero_and_two_and_symmetric(first: dict[str, float], second: dict[str, float]) -> None:
    index = krugman_specialisation(first, second)
    assert -1e-9 <= index <= 2 + 1e-9
    assert index == pytest.approx(krugman_specialisation(second, first))


@given(VALUES, st.floats(0.01, 100.0))
def test_scale_does_not_matter(values: dict[str, float], scale: float) -> None:
    scaled = {industry: value * scale for industry, value in values.items()}
    assert krugman_specialisation(values, scaled) == pytest.approx(0.0, abs=1e-9)
