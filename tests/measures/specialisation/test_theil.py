"""Theil's T and L against PySAL and a textbook, their parts, and what they do with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from kg.measures import theil_l, theil_t
from kg.measures.specialisation.theil import decomposed, divergences, shares_l, shares_t

INCOME = [12.0, 30, 7, 50, 21, 80, 5, 15]
PEOPLE = [3, 5, 2, 4, 3, 6, 1, 2]
PROVINCE = list("xxxyyyzz")

VALUES = arrays(np.float64, (8, 3), elements=st.floats(0.01, 1e6))
WEIGHTS = arrays(np.float64, (8, 1), elements=st.floats(0.01, 1e6))
GROUPS = arrays(np.intp, 8, elements=st.integers(0, 3)).map(lambda g: np.unique(g, return_inverse=True)[1])


def table(values: list[float]) -> pd.DataFrame:
    return pd.DataFrame({"region": [f"r{number}" for number in range(len(values))], "value": values})


def provinces() -> pd.DataFrame:
    return table(INCOME).assign(population=PEOPLE, province=PROVINCE)


def long(**industries: list[float]) -> pd.DataFrame:
    return pd.concat([table(values).assign(industry=name) for name, values in industries.items()], ignore_index=True)


def test_t_and_its_parts_as_pysal_computes_them() -> None:
    """PySAL inequality 1.1.2, `TheilD(INCOME, PROVINCE)`: T, bg and wg."""
    found = theil_t(provinces(), groups="province").iloc[0]
    assert found["theil_t"] == pytest.approx(0.3414611185407527)
    assert found["between"] == pytest.approx(0.20689442)
    assert found["within"] == pytest.approx(0.1345667)


def test_t_with_population_is_that_of_the_people() -> None:
    """PySAL inequality 1.1.2, `TheilD` of 26 people, each with the income per head of the region."""
    found = theil_t(provinces(), weights="population", groups="province").iloc[0]
    assert found["theil_t"] == pytest.approx(0.09992494912954256)
    assert found["between"] == pytest.approx(0.07409093)
    assert found["within"] == pytest.approx(0.02583402)


def test_l_with_population_is_t_with_income_and_population_exchanged() -> None:
    """PySAL inequality 1.1.2, `TheilD` of 220 units of income, each with the people that share it in the region."""
    found = theil_l(provinces(), weights="population", groups="province").iloc[0]
    assert found["theil_l"] == pytest.approx(0.1068887645969093)
    assert found["between"] == pytest.approx(0.079223)
    assert found["within"] == pytest.approx(0.02766577)


def test_l_as_in_the_textbook_of_stoermann() -> None:
    """Störmann (2009), Regionalökonomik, incomes 10, 10, 10, 20, 50: 0.2326302, as R package REAT 3.0.3 prints it.

    REAT calls it `theil`; T of the same incomes is 0.2502012 (PySAL inequality 1.1.2).
    """
    incomes = table([10.0, 10, 10, 20, 50])
    assert theil_l(incomes)["theil_l"][0] == pytest.approx(0.2326302, abs=5e-8)
    assert theil_t(incomes)["theil_t"][0] == pytest.approx(0.250201211769094)


@given(VALUES, WEIGHTS, GROUPS)
def test_parts_add_up(values: np.ndarray, weights: np.ndarray, groups: np.ndarray) -> None:
    for shares in (shares_t(values, weights), shares_l(values, weights)):
        between, within = decomposed(*shares, groups)
        assert between + within == pytest.approx(divergences(*shares), abs=1e-9)
        assert (between >= -1e-9).all()
        assert (within >= -1e-9).all()


@given(VALUES, WEIGHTS, st.floats(0.01, 100))
def test_scale_of_values_and_weights_does_not_matter(values: np.ndarray, weights: np.ndarray, scale: float) -> None:
    once = divergences(*shares_t(values, weights))
    assert divergences(*shares_t(values * scale, weights / scale)) == pytest.approx(once, abs=1e-9)


@given(VALUES, WEIGHTS)
def test_l_is_t_with_values_and_weights_exchanged(values: np.ndarray, weights: np.ndarray) -> None:
    first = values[:, :1]
    assert divergences(*shares_l(first, weights)) == pytest.approx(divergences(*shares_t(weights, first)), abs=1e-9)


@given(VALUES)
def test_t_is_between_zero_and_the_logarithm_of_the_number_of_regions(values: np.ndarray) -> None:
    found = divergences(*shares_t(values, np.ones_like(values)))
    assert (found >= -1e-9).all()
    assert (found <= np.log(len(values)) + 1e-9).all()


@settings(max_examples=10)
@given(st.permutations(range(8)))
def test_order_of_rows_does_not_matter(order: list[int]) -> None:
    shuffled = theil_l(provinces().iloc[order], weights="population", groups="province")
    expected = theil_l(provinces(), weights="population", groups="province")
    assert shuffled.to_numpy() == pytest.approx(expected.to_numpy())


def test_all_in_one_region_is_the_logarithm_of_their_number() -> None:
    assert theil_t(table([0.0, 0, 0, 7]))["theil_t"][0] == pytest.approx(np.log(4))


def test_each_industry_on_its_own_or_their_total() -> None:
    """Steel 1 and 3, tea 3 and 1: equally unequal, and nothing is left of it in the total."""
    rows = long(steel=[1, 3], tea=[3, 1])
    found = theil_t(rows)
    assert found["industry"].tolist() == ["steel", "tea"]
    assert found["theil_t"].tolist() == pytest.approx([np.log(2) + 0.25 * np.log(0.25) + 0.75 * np.log(0.75)] * 2)
    assert theil_t(rows, per="total")["theil_t"].tolist() == [0.0]


def test_equal_values_and_one_region_are_zero() -> None:
    for measure, name in ((theil_t, "theil_t"), (theil_l, "theil_l")):
        assert measure(table([4.0, 4, 4]))[name].tolist() == [0.0]
        assert measure(table([4.0]))[name].tolist() == [0.0]


def test_zeros_leave_l_empty_and_a_warning_names_them() -> None:
    with pytest.warns(NotDefined, match="no value for steel .*0 in r1 and steel"):
        found = theil_l(long(steel=[1, 0, 1], tea=[2, 2, 2]))
    assert found["theil_l"].tolist() == pytest.approx([np.nan, 0], nan_ok=True)


def test_zeros_can_be_left_out_and_a_warning_names_them() -> None:
    """Without r1, r0 and r2 have 1 and 3: (ln(2 / 1) + ln(2 / 3)) / 2."""
    with pytest.warns(NotDefined, match="r1 and steel left out") as caught:
        found = theil_l(long(steel=[1, 0, 3]), zeros="left-out")
    assert found["theil_l"].tolist() == pytest.approx([(np.log(2) + np.log(2 / 3)) / 2])
    assert caught[0].message.rows == ("r1 and steel",)  # type: ignore[union-attr]


def test_all_zero_has_no_t_and_a_warning_names_it() -> None:
    with pytest.warns(NotDefined, match="no value for steel .*all regions"):
        found = theil_t(long(steel=[0, 0], tea=[2, 2]))
    assert found["theil_t"].tolist() == pytest.approx([np.nan, 0], nan_ok=True)


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        assert theil_t(table([2.0, np.nan, 2.0]))["theil_t"].tolist() == [0.0]


def test_empty_value_of_an_industry_leaves_the_region_out_of_it() -> None:
    rows = long(steel=[1, np.nan, 3], tea=[2, 2, 2])
    for measure, name in ((theil_t, "theil_t"), (theil_l, "theil_l")):
        with pytest.warns(MissingValues, match="row 1"):
            found = measure(rows)[name].tolist()
        assert found == pytest.approx([measure(table([1.0, 3]))[name][0], 0])


def test_region_without_a_weight_is_left_out_and_a_warning_names_the_row() -> None:
    rows = table([2.0, 9.0, 2.0]).assign(population=["1", "", "1"])
    with pytest.warns(MissingValues, match="row 1 of column population"):
        assert theil_t(rows, weights="population")["theil_t"].tolist() == [0.0]


def test_no_weights_at_all_is_refused() -> None:
    rows = table([2.0, 9.0]).assign(population=["", ""])
    with pytest.warns(MissingValues), pytest.raises(BadTable, match="no region has a weight"):
        theil_t(rows, weights="population")


def test_weights_and_groups_may_change_with_the_period() -> None:
    rows = pd.concat([table([1.0, 1]).assign(year=2010, people=1), table([1.0, 3]).assign(year=2020, people=[1, 3])])
    found = theil_t(rows.reset_index(drop=True), period="year", weights="people")
    assert found["period"].tolist() == ["2010", "2020"]
    assert found["theil_t"].tolist() == [0.0, 0.0]


def test_weights_that_are_zero_or_differ_within_a_region_are_refused() -> None:
    with pytest.raises(BadTable, match="column people is 0 in row 1"):
        theil_t(table([1.0, 2]).assign(people=[1, 0]), weights="people")
    rows = long(steel=[1, 2], tea=[1, 2]).assign(people=[1, 2, 1, 3])
    with pytest.raises(BadTable, match=r"people differs among the rows of r1 \(rows 1, 3\)"):
        theil_t(rows, weights="people")


def test_unknown_columns_and_doubled_rows_are_refused() -> None:
    with pytest.raises(UnknownName, match="unknown column: sector"):
        theil_t(table([1.0]), industry="sector")
    with pytest.raises(BadTable, match="several values"):
        theil_t(pd.concat([table([1.0]), table([1.0])], ignore_index=True))
