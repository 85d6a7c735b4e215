"""Ellison and Glaeser's index against a textbook, its meaning by chance, and what it does with poor data."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined
from kg.measures import ellison_glaeser
from kg.measures.specialisation.ellison_glaeser import ellison_glaesers

CITIES = ["Wien"] * 5 + ["Linz"] * 4 + ["Graz"]
PLANTS = [200, 650, 12000, 100, 50, 16000, 13000, 1500, 1500, 25000]
TOTALS = pd.DataFrame({"region": ["Wien", "Linz", "Graz"], "value": [500000, 400000, 100000]})
VALUES = arrays(np.float64, st.tuples(st.integers(2, 6), st.integers(1, 5)), elements=st.floats(0.01, 1e6))


def plants(*rows: tuple[str, str, float | None]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=["region", "industry", "value"])


def textbook() -> pd.DataFrame:
    return pd.DataFrame({"region": CITIES, "industry": "cars", "value": PLANTS})


def test_as_in_the_textbook_of_farhauer_and_kroell() -> None:
    """Farhauer and Kröll (2014), Standorttheorien: R package REAT 3.0.3 documents `ellison.a` of it as 0.05990628."""
    found = ellison_glaeser(textbook(), totals=TOTALS).iloc[0]
    assert found["gamma"] == pytest.approx(0.05990628, abs=5e-9)
    assert found["plants"] == 10


def test_reference_is_all_industries_of_the_table_unless_totals_are_given() -> None:
    """The rest of the same total employment as further plants gives the same index of the first industry."""
    rest = plants(("Wien", "rest", 487000), ("Linz", "rest", 368000), ("Graz", "rest", 75000))
    found = ellison_glaeser(pd.concat([textbook(), rest], ignore_index=True))
    assert found["gamma"][0] == pytest.approx(0.05990628, abs=5e-9)


def test_herfindahl_of_plants_may_be_given_instead_of_them() -> None:
    """Sum of the squares of PLANTS over the square of their sum, 70000."""
    sums = textbook().groupby(["region", "industry"])["value"].sum().reset_index()
    index = pd.DataFrame({"industry": ["cars"], "herfindahl": [sum(size**2 for size in PLANTS) / 70000**2]})
    found = ellison_glaeser(sums, herfindahl=index, totals=TOTALS)
    assert found["gamma"][0] == pytest.approx(0.05990628, abs=5e-9)
    assert "plants" not in found


def test_two_industries_by_hand() -> None:
    """Totals 5 and 3, so x = 0.625 and 0.375 and 1 - sum of x^2 = 0.46875.

    Steel: s = 1 and 0, G = 2 * 0.375^2 = 0.28125, H = 0.5, gamma = (0.6 - 0.5) / 0.5 = 0.2.
    Tea: s = 0.25 and 0.75, the same G, H = (1 + 4 + 1) / 16 = 0.375, gamma = (0.6 - 0.375) / 0.625 = 0.36.
    """
    rows = [("a", "steel", 2.0), ("a", "steel", 2.0), ("a", "tea", 1.0), ("b", "tea", 2.0), ("b", "tea", 1.0)]
    found = ellison_glaeser(plants(*rows))
    assert found["raw_concentration"].tolist() == pytest.approx([0.28125, 0.28125])
    assert found["plant_herfindahl"].tolist() == pytest.approx([0.5, 0.375])
    assert found["gamma"].tolist() == pytest.approx([0.2, 0.36])
    assert found["plants"].tolist() == [2, 3]


def test_plants_that_choose_by_chance_have_zero_on_average() -> None:
    """Ellison and Glaeser (1997): the expected gamma of the dartboard is 0. 4000 industries of 20 plants."""
    random = np.random.default_rng(1997)
    shares = np.array([0.4, 0.3, 0.2, 0.1])
    sizes = random.lognormal(0, 1, (4000, 20))
    chosen = random.choice(4, (4000, 20), p=shares)
    values = np.stack([(sizes * (chosen == region)).sum(axis=1) for region in range(4)])
    gamma, _ = ellison_glaesers(values, (sizes**2).sum(axis=1) / sizes.sum(axis=1) ** 2, shares)
    assert gamma.mean() == pytest.approx(0, abs=4 * gamma.std() / np.sqrt(4000))


@given(VALUES, st.floats(0.01, 100))
def test_scale_does_not_matter(values: np.ndarray, scale: float) -> None:
    index = np.full(values.shape[1], 0.25)
    for once, scaled in zip(
        ellison_glaesers(values, index, values.sum(axis=1)),
        ellison_glaesers(values * scale, index, values.sum(axis=1) * scale),
        strict=True,
    ):
        assert scaled == pytest.approx(once, rel=1e-6, abs=1e-6, nan_ok=True)


@given(VALUES)
def test_an_industry_spread_as_the_reference_is_as_dispersed_as_its_plants_allow(values: np.ndarray) -> None:
    """G is 0 there, so gamma is -H / (1 - H)."""
    gamma, raw = ellison_glaesers(values[:, :1], np.array([0.2]), values[:, 0])
    assert raw == pytest.approx(0, abs=1e-12)
    assert gamma == pytest.approx(-0.25, nan_ok=True)


def test_it_may_exceed_one() -> None:
    """Small plants all in a region without share, x = 0, 0.5 and 0.5: (1 + 0.25 + 0.25) / 0.5 = 3."""
    gamma, _ = ellison_glaesers(np.array([[1.0], [0], [0]]), np.array([1e-12]), np.array([0.0, 1, 1]))
    assert gamma[0] == pytest.approx(3)


def test_order_of_rows_does_not_matter() -> None:
    shuffled = ellison_glaeser(textbook().iloc[::-1], totals=TOTALS.iloc[::-1])
    assert shuffled["gamma"][0] == pytest.approx(0.05990628, abs=5e-9)


def test_one_plant_has_no_gamma_and_a_warning_names_the_industry() -> None:
    with pytest.warns(NotDefined, match="no value for steel ") as caught:
        found = ellison_glaeser(plants(("a", "steel", 1), ("a", "tea", 1), ("b", "tea", 1)))
    assert found["gamma"].isna().tolist() == [True, False]
    assert caught[0].message.rows == ("steel",)  # type: ignore[union-attr]


def test_one_region_has_no_gamma() -> None:
    with pytest.warns(NotDefined, match="one region only"):
        found = ellison_glaeser(plants(("a", "steel", 1), ("a", "steel", 2)))
    assert found["gamma"].isna().all()
    assert found["raw_concentration"].tolist() == [0.0]


def test_industry_of_zeros_has_none() -> None:
    with pytest.warns(NotDefined, match="steel"):
        found = ellison_glaeser(plants(("a", "steel", 0), ("b", "steel", 0), ("a", "tea", 1), ("b", "tea", 1)))
    assert found.loc[0, ["gamma", "raw_concentration", "plant_herfindahl"]].isna().all()


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 2"):
        found = ellison_glaeser(plants(("a", "tea", 1), ("b", "tea", 1), ("b", "tea", None)))
    assert found["plants"].tolist() == [2]


def test_periods_are_computed_on_their_own() -> None:
    rows = pd.concat([textbook().assign(year=2010), textbook().assign(year=2020)], ignore_index=True)
    totals = pd.concat([TOTALS.assign(year=2010), TOTALS.assign(year=2020)], ignore_index=True)
    found = ellison_glaeser(rows, period="year", totals=totals)
    assert found["period"].tolist() == ["2010", "2020"]
    assert found["gamma"].tolist() == pytest.approx([0.05990628] * 2, abs=5e-9)


def test_plants_that_exceed_their_total_are_told() -> None:
    with pytest.warns(Inconsistent, match="more than the total of Graz"):
        ellison_glaeser(textbook(), totals=TOTALS.assign(value=[500000, 400000, 10000]))


def test_bad_further_tables_are_refused() -> None:
    sums = plants(("a", "tea", 1), ("b", "tea", 1))
    with pytest.raises(BadTable, match="no Herfindahl index of plants for tea"):
        ellison_glaeser(sums, herfindahl=pd.DataFrame({"industry": ["steel"], "herfindahl": [0.5]}))
    with pytest.raises(BadTable, match="not above 0 and at most 1 in row 0"):
        ellison_glaeser(sums, herfindahl=pd.DataFrame({"industry": ["tea"], "herfindahl": [50]}))
    with pytest.raises(BadTable, match="the totals have no row for b"):
        ellison_glaeser(sums, totals=pd.DataFrame({"region": ["a"], "value": [5]}))
    with pytest.raises(BadTable, match="a and tea has several values"):
        ellison_glaeser(
            plants(("a", "tea", 1), ("a", "tea", 1)),
            herfindahl=pd.DataFrame({"industry": ["tea"], "herfindahl": [0.5]}),
        )
