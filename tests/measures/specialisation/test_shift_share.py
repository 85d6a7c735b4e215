"""Shift-share analysis against worked tables, its parts, and what it does with poor data."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadParameter, BadTable, Inconsistent, MissingValues, NotDefined, UnknownName
from kg.measures import shift_share
from kg.measures.specialisation.shift_share import homothetic_parts, shift_shares

TWO = arrays(np.float64, st.tuples(st.just(2), st.integers(1, 5), st.integers(1, 5)), elements=st.floats(0.01, 1e4))
PARTS = ["national", "industry_mix", "regional"]


def table(**regions: Mapping[str, tuple[float | None, float | None]]) -> pd.DataFrame:
    rows = [
        (region, industry, period, value)
        for region, industries in regions.items()
        for industry, values in industries.items()
        for period, value in zip((1985, 1995), values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["region", "industry", "period", "value"])


def nation(**industries: tuple[float, float]) -> pd.DataFrame:
    return table(nation=industries).drop(columns="region")


KRUMME = table(holukuluku={"I": (500, 1000), "II": (100, 100), "III": (200, 250), "IV": (200, 280)})


def test_as_in_the_table_of_krumme() -> None:
    """G. Krumme, University of Washington, Geography 350, shift and share table of "Holukuluku".

    The nation has 10, 20, 40 and 30 % in the four industries, which grow by 10, 20, 30 and 40 %, together 29 %.
    Growth 630 = national 290 + composition -80 (-95, -9, 2, 22) + differential 420 (450, -20, -10, 0).
    """
    whole = nation(I=(1000, 1100), II=(2000, 2400), III=(4000, 5200), IV=(3000, 4200))
    found = shift_share(KRUMME, nation=whole)
    assert found["industry_mix"].tolist() == pytest.approx([-95, -9, 2, 22])
    assert found["regional"].tolist() == pytest.approx([450, -20, -10, 0])
    summed = shift_share(KRUMME, nation=whole, per="region")
    assert summed[["change", *PARTS]].to_numpy()[0] == pytest.approx([630, 290, -80, 420])


def test_nation_is_all_regions_together_unless_given() -> None:
    """The same nation as the region and the rest of it."""
    rest = table(rest={"I": (500, 100), "II": (1900, 2300), "III": (3800, 4950), "IV": (2800, 3920)})
    found = shift_share(pd.concat([KRUMME, rest], ignore_index=True), per="region")
    assert found[["change", *PARTS]].to_numpy()[0] == pytest.approx([630, 290, -80, 420])


def test_industries_of_the_nation_that_no_region_has_count_in_its_growth() -> None:
    """IV grows on in the nation: 29 % without it in the region too, so 800 * 0.29 = 232."""
    whole = nation(I=(1000, 1100), II=(2000, 2400), III=(4000, 5200), IV=(3000, 4200))
    found = shift_share(KRUMME[KRUMME["industry"] != "IV"], nation=whole, per="region")
    assert found["national"].tolist() == pytest.approx([232])


def test_esteban_marquillas_by_hand() -> None:
    """A region of 180 and 20, nation of 1000 and 1000: homothetic 100 and 100.

    A grows by 30 against 20 %, B by -10 against 0 %: competitive 100 * 0.1 and 100 * -0.1, allocation 80 * 0.1 and
    -80 * -0.1, regional 18 and -2.
    """
    region = table(one={"A": (180, 234), "B": (20, 18)})
    found = shift_share(region, nation=nation(A=(1000, 1200), B=(1000, 1000)), method="esteban-marquillas")
    assert found["homothetic"].tolist() == pytest.approx([100, 100])
    assert found["competitive"].tolist() == pytest.approx([10, -10])
    assert found["allocation"].tolist() == pytest.approx([8, 8])
    assert found["regional"].tolist() == pytest.approx([18, -2])


@given(TWO)
def test_parts_add_up_to_the_change(values: np.ndarray) -> None:
    start, end = values
    given = (start, end, start.sum(axis=0), end.sum(axis=0))
    found = shift_shares(*given, end.sum() / start.sum())
    assert sum(found[name] for name in PARTS) == pytest.approx(found["change"], rel=1e-6, abs=1e-6)
    parts = homothetic_parts(*given, start.sum())
    assert parts["competitive"] + parts["allocation"] == pytest.approx(found["regional"], rel=1e-6, abs=1e-6)


@given(TWO)
def test_over_all_regions_mix_and_regional_parts_are_zero(values: np.ndarray) -> None:
    """The nation has no mix but its own: both are sums of deviations from its growth."""
    start, end = values
    found = shift_shares(start, end, start.sum(axis=0), end.sum(axis=0), end.sum() / start.sum())
    scale = start.sum() + end.sum() * (end / start).max()
    assert found["industry_mix"].sum() == pytest.approx(0, abs=1e-9 * scale)
    assert found["regional"].sum(axis=0) == pytest.approx(np.zeros(start.shape[1]), abs=1e-9 * scale)


@given(TWO, st.floats(0.01, 100))
def test_parts_scale_with_the_values(values: np.ndarray, scale: float) -> None:
    start, end = values
    growth = end.sum() / start.sum()
    once = shift_shares(start, end, start.sum(axis=0), end.sum(axis=0), growth)
    more = shift_shares(start * scale, end * scale, start.sum(axis=0) * scale, end.sum(axis=0) * scale, growth)
    for name in PARTS:
        assert more[name] == pytest.approx(once[name] * scale, rel=1e-6, abs=1e-6 * scale)


def test_a_region_with_the_mix_of_the_nation_has_no_mix_and_no_allocation() -> None:
    rows = table(a={"A": (10, 12), "B": (30, 33)}, b={"A": (20, 25), "B": (60, 50)})
    found = shift_share(rows, method="esteban-marquillas", per="region")
    assert found["industry_mix"].tolist() == pytest.approx([0, 0])
    assert found["allocation"].tolist() == pytest.approx([0, 0])


def test_order_of_rows_does_not_matter() -> None:
    rows = table(a={"A": (10, 12), "B": (30, 33)}, b={"A": (5, 25), "B": (60, 50)})
    one, other = (shift_share(r).set_index(["region", "industry"]).sort_index() for r in (rows, rows[::-1]))
    pd.testing.assert_frame_equal(one, other)


def test_one_region_is_the_nation() -> None:
    found = shift_share(KRUMME, per="region")
    assert found[["change", *PARTS]].to_numpy()[0] == pytest.approx([630, 630, 0, 0])


def test_industry_new_to_the_nation_counts_as_regional_and_a_warning_names_it() -> None:
    with pytest.warns(NotDefined, match="no growth rate for B") as caught:
        found = shift_share(table(a={"A": (10, 10), "B": (0, 5)}, b={"A": (10, 10)}))
    assert found["regional"].tolist() == pytest.approx([0, 5, 0, 0])
    assert found[PARTS].sum(axis=1).tolist() == pytest.approx(found["change"].tolist())
    assert caught[0].message.rows == ("B",)  # type: ignore[union-attr]


def test_industry_new_to_a_region_has_no_competitive_part_and_a_warning_names_it() -> None:
    rows = table(a={"A": (10, 10), "B": (0, 5)}, b={"A": (10, 10), "B": (5, 5)})
    assert shift_share(rows)["regional"].tolist() == pytest.approx([0, 5, 0, -5])
    with pytest.warns(NotDefined, match="no value for a and B "):
        found = shift_share(rows, method="esteban-marquillas")
    assert found["competitive"].isna().tolist() == [False, True, False, False]


def test_industry_that_a_region_never_has_adds_nothing() -> None:
    found = shift_share(table(a={"A": (10, 12)}, b={"A": (10, 10), "B": (5, 5)}), method="esteban-marquillas")
    assert found[["competitive", "allocation", "regional"]].to_numpy()[1].tolist() == [0.0, 0.0, 0.0]


def test_region_of_one_period_is_told() -> None:
    with pytest.warns(Inconsistent, match="nothing in 1985 for b"):
        shift_share(table(a={"A": (10, 12)}, b={"A": (0, 4)}))


def test_empty_value_is_left_out_of_both_periods_and_a_warning_names_the_row() -> None:
    rest = {"A": (1.0, 1.0), "B": (3.0, 3.0)}
    with pytest.warns(MissingValues, match="row 3"):
        found = shift_share(table(a={"A": (10, 12), "B": (3, None)}, b=rest))
    pd.testing.assert_frame_equal(found, shift_share(table(a={"A": (10, 12), "B": (0, 0)}, b=rest)))


def test_regions_that_exceed_the_nation_are_told() -> None:
    with pytest.warns(Inconsistent, match="more than the nation in 1985: A"):
        shift_share(table(a={"A": (10, 12)}), nation=nation(A=(5, 20)))


def test_periods_must_be_two_and_known() -> None:
    rows = pd.concat([KRUMME, KRUMME[KRUMME["period"] == 1995].assign(period=2005)], ignore_index=True)
    with pytest.raises(BadParameter, match="has 1985, 1995, 2005"):
        shift_share(rows)
    with pytest.raises(UnknownName, match="unknown period: 1990"):
        shift_share(rows, start="1990", end="1995")
    with pytest.raises(BadParameter, match="both 1985"):
        shift_share(rows, start="1985", end="1985")
    assert shift_share(rows, start="1995", end="2005")["change"].tolist() == [0.0] * 4
    with pytest.raises(UnknownName, match="unknown column: year"):
        shift_share(rows, period="year")


def test_nothing_at_the_start_and_missing_industries_are_refused() -> None:
    with pytest.warns(Inconsistent), pytest.raises(BadTable, match="all values of 1985 are 0"):
        shift_share(table(a={"A": (0, 3)}))
    with pytest.raises(BadTable, match="no row for B in 1985"):
        shift_share(table(a={"A": (1, 3), "B": (1, 1)}), nation=nation(A=(5, 20)))
