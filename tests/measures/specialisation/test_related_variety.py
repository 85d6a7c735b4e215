"""Related and unrelated variety against second programs, their sum, and what they do with poor data."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from kg.errors import BadParameter, BadTable, Inconsistent, MissingValues, NotDefined
from kg.measures import related_variety, shannon_entropy
from kg.measures.specialisation.entropy import entropies
from kg.measures.specialisation.related_variety import varieties

CODES = {"2410": 40, "2420": 25, "2591": 10, "1070": 30, "1071": 5, "6201": 60}
VALUES = arrays(np.float64, st.tuples(st.integers(1, 5), st.just(7)), elements=st.floats(0.01, 1e6))
GROUPS = arrays(np.intp, 7, elements=st.integers(0, 3)).map(lambda g: np.unique(g, return_inverse=True)[1])


def table(values: Mapping[str, float | None], region: str = "a") -> pd.DataFrame:
    rows = [(region, code, value) for code, value in values.items()]
    return pd.DataFrame(rows, columns=["region", "industry", "value"])


def test_as_scikit_bio_computes_the_levels() -> None:
    """scikit-bio 0.7.4: `shannon` of CODES is 2.2598 bits, of their sums by two digits 1.7705.

    The mean of `shannon` within the groups 24 (65 of 170), 25, 10 (35 of 170) and 62 is 0.4893.
    """
    found = related_variety(table(CODES)).iloc[0]
    assert found["variety"] == pytest.approx(2.259846209267468)
    assert found["unrelated_variety"] == pytest.approx(1.7704995824594185)
    assert found["related_variety"] == pytest.approx(0.48934662680804936)


def test_in_nats_as_scikit_bio_computes_it() -> None:
    """scikit-bio 0.7.4, `shannon(..., base=e)`."""
    found = related_variety(table(CODES), base="e").iloc[0]
    assert found["variety"] == pytest.approx(1.5664060284528254)
    assert found["unrelated_variety"] == pytest.approx(1.2272167937643064)


def test_a_column_of_groups_does_as_the_characters_that_it_repeats() -> None:
    rows = table(CODES)
    rows["section"] = rows["industry"].str[:2]
    pd.testing.assert_frame_equal(related_variety(rows, groups="section"), related_variety(rows))


@given(VALUES, GROUPS)
def test_the_two_add_up_to_the_entropy(values: np.ndarray, groups: np.ndarray) -> None:
    """The decomposition theorem of entropy (Theil 1972), on which Frenken, Van Oort and Verburg build."""
    unrelated, related = varieties(values, groups)
    assert unrelated + related == pytest.approx(entropies(values))
    assert (related >= 0).all()


@given(VALUES, GROUPS, st.floats(0.01, 100))
def test_scale_does_not_matter(values: np.ndarray, groups: np.ndarray, scale: float) -> None:
    for once, scaled in zip(varieties(values, groups), varieties(values * scale, groups), strict=True):
        assert scaled == pytest.approx(once, abs=1e-9)


@given(VALUES)
def test_one_group_is_all_related_and_groups_of_one_are_all_unrelated(values: np.ndarray) -> None:
    unrelated, related = varieties(values, np.zeros(7, dtype=np.intp))
    assert unrelated == pytest.approx(0)
    assert related == pytest.approx(entropies(values))
    unrelated, related = varieties(values, np.arange(7))
    assert related == pytest.approx(0)


def test_the_whole_is_shannon_entropy_of_the_same_table() -> None:
    rows = pd.concat([table(CODES), table({"2410": 3, "6201": 1}, "b")], ignore_index=True)
    assert related_variety(rows)["variety"].tolist() == pytest.approx(shannon_entropy(rows)["entropy"].tolist())


def test_a_sum_that_fails_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    ones = np.ones(1)
    module = import_module("kg.measures.specialisation.related_variety")
    monkeypatch.setattr(module, "varieties", lambda *_given: (ones, ones))
    with pytest.warns(Inconsistent, match="do not add up to the entropy in a"):
        related_variety(table({"10": 1, "11": 1}))


def test_region_of_zeros_has_none_and_a_warning_names_it() -> None:
    rows = pd.concat([table({"1010": 0}), table({"1010": 1, "1020": 1}, "b")], ignore_index=True)
    with pytest.warns(NotDefined, match="no value for a "):
        found = related_variety(rows)
    assert found["related_variety"].tolist() == pytest.approx([np.nan, 1.0], nan_ok=True)


def test_one_industry_has_no_variety() -> None:
    found = related_variety(table({"1010": 3})).iloc[0]
    assert (found["unrelated_variety"], found["related_variety"], found["variety"]) == (0.0, 0.0, 0.0)


def test_empty_value_is_left_out_and_a_warning_names_the_row() -> None:
    with pytest.warns(MissingValues, match="row 1"):
        found = related_variety(table({"1010": 1, "1020": None, "2010": 1}))
    assert (found["unrelated_variety"][0], found["related_variety"][0]) == (1.0, 0.0)


def test_codes_that_are_too_short_are_refused() -> None:
    with pytest.raises(BadTable, match="6 has fewer than 2 characters"):
        related_variety(table({"1010": 1, "6": 1}))
    with pytest.raises(BadParameter, match="digits is 0"):
        related_variety(table({"1010": 1}), digits=0)


def test_an_industry_in_two_groups_is_refused() -> None:
    rows = pd.concat([table({"10": 1}), table({"10": 1}, "b")], ignore_index=True).assign(section=["food", "drink"])
    with pytest.raises(BadTable, match=r"column section differs among the rows of 10 \(rows 0, 1\)"):
        related_variety(rows, groups="section")
