"""Levels of technologies: calculations by hand, properties, and what is refused."""

from __future__ import annotations

import statistics

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadTable, MissingValues
from kg.measures import technology_maturity

LEVELS = st.lists(st.integers(1, 9), min_size=1, max_size=8)


def table(*levels: object, region: str = "a") -> pd.DataFrame:
    rows = [(region, f"t{i}", level) for i, level in enumerate(levels)]
    return pd.DataFrame(rows, columns=["region", "technology", "level"])


def test_levels_by_hand() -> None:
    """2, 5 and 9: median 5, (5 - 1) / 8 = 0.5; mean 16/3, (16/3 - 1) / 8 = 0.5417; share 5/9.
    The nine levels are those of Mankins (1995); 5 is a component or breadboard validated in a relevant environment."""
    found = technology_maturity(table(2, 5, 9))
    assert found.values.tolist() == [["a", 3, 5.0, 0.5, "validated in a relevant environment"]]
    assert technology_maturity(table(2, 5, 9), across="mean")["score"].tolist() == pytest.approx([0.5417], abs=5e-5)
    assert technology_maturity(table(2, 5, 9), scale="share")["score"].tolist() == pytest.approx([5 / 9])
    assert technology_maturity(table(2, 5, 9), across="lowest")["level"].tolist() == [2]
    assert technology_maturity(table(2, 5, 9), across="highest")["level"].tolist() == [9]


def test_median_between_two_levels_is_at_the_lower_stage() -> None:
    found = technology_maturity(table(8, 9))
    assert found[["level", "score", "stage"]].values.tolist() == [[8.5, 0.9375, "system complete and qualified"]]


@given(LEVELS, st.sampled_from(["median", "mean", "lowest", "highest"]), st.sampled_from(["span", "share"]))
def test_bounds_and_order(levels: list[int], across: str, scale: str) -> None:
    found = technology_maturity(table(*levels), across, scale)  # type: ignore[arg-type]
    turned = technology_maturity(table(*levels[::-1]), across, scale)  # type: ignore[arg-type]
    assert found["level"].tolist() == pytest.approx(turned["level"].tolist())
    assert min(levels) <= found["level"][0] + 1e-9
    assert found["level"][0] <= max(levels) + 1e-9
    assert 0 <= found["score"][0] <= 1


@given(LEVELS)
def test_levels_by_a_second_program(levels: list[int]) -> None:
    """Python's own `statistics`: median and mean."""
    found = technology_maturity(table(*levels))
    assert found["level"].tolist() == [statistics.median(levels)]
    assert technology_maturity(table(*levels), across="mean")["level"][0] == pytest.approx(statistics.fmean(levels))


def test_periods_are_apart() -> None:
    rows = pd.concat([table(3).assign(year="2020"), table(6).assign(year="2021")])
    assert technology_maturity(rows, period="year")[["period", "level"]].values.tolist() == [["2020", 3], ["2021", 6]]


def test_empty_level_is_left_out() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        assert technology_maturity(table(4, None))["technologies"].tolist() == [1]
    with pytest.warns(MissingValues), pytest.raises(BadTable, match="no rows with a level"):
        technology_maturity(table(None))


@pytest.mark.parametrize("level", [0, 10, 4.5])
def test_what_is_no_level_is_refused(level: float) -> None:
    with pytest.raises(BadTable, match=f"row 1, column level: {level:g} is no level"):
        technology_maturity(table(3, level))


def test_a_technology_has_one_level_in_a_region() -> None:
    with pytest.raises(BadTable, match=r"t0 of a has several levels \(rows 0, 1\)"):
        technology_maturity(pd.concat([table(3), table(4)], ignore_index=True))
