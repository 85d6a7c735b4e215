"""The Herfindahl index, raw, normalised and as equivalent number."""

from __future__ import annotations

import econcomplex
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined, UnknownName
from kg.measures import herfindahl
from kg.measures.specialisation.herfindahl import herfindahl_indices, normalised_herfindahl
from tests.measures.matrices import ECONGEO, POSITIVE, long


def test_four_makers_as_in_doersam() -> None:
    """REAT 3.0.3, `herf`: the example after Doersam (2004) prints 0.34, standardised 0.12, equivalent number 2.94."""
    found = herfindahl(long([[20, 50, 20, 10]])).loc[0]
    assert found["herfindahl"] == pytest.approx(0.34)
    assert found["normalised"] == pytest.approx(0.12)
    assert found["equivalent_number"] == pytest.approx(2.94, abs=5e-3)


def test_product_of_german_regions() -> None:
    """REAT 3.0.3, `herf`: the example of the product of the 16 regions of Germany in 2015 prints 0.125."""
    product = [460.69, 549.19, 124.16, 65.29, 31.59, 109.27, 263.44, 39.87]
    product += [258.53, 645.59, 131.95, 35.03, 112.66, 56.22, 85.61, 56.81]
    found = herfindahl(long([[value] for value in product]), per="industry")
    assert found.loc[0, "industry"] == "i0"
    assert found.loc[0, "herfindahl"] == pytest.approx(0.125, abs=5e-4)


def test_matrix_of_econgeo() -> None:
    """econcomplex 1.0.1, `herfindahl` with and without `normalize`, of the matrix of EconGeo."""
    found = herfindahl(long(ECONGEO))
    assert found["herfindahl"].tolist() == pytest.approx([1.0, 0.525, 0.34, 0.315, 0.465])
    assert found["normalised"].tolist() == pytest.approx([1.0, 0.40625, 0.175, 0.14375, 0.33125])


@given(POSITIVE, st.floats(0.01, 100))
def test_bounds_scale_and_the_second_program(values: np.ndarray, scale: float) -> None:
    found, count = herfindahl_indices(values), values.shape[1]
    assert ((found >= 1 / count - 1e-12) & (found <= 1 + 1e-12)).all()
    assert herfindahl_indices(values * scale) == pytest.approx(found)
    assert found == pytest.approx(econcomplex.herfindahl(values, normalize=False))
    assert normalised_herfindahl(found, count) == pytest.approx(econcomplex.herfindahl(values), abs=1e-12)


@given(st.integers(2, 9))
def test_equal_shares_and_one_share(count: int) -> None:
    found = herfindahl(long([[1.0] * count, [1.0] + [0.0] * (count - 1)]))
    assert found["equivalent_number"].tolist() == pytest.approx([count, 1])
    assert found["normalised"].tolist() == pytest.approx([0, 1], abs=1e-12)


def test_an_industry_more_that_nobody_has_changes_only_the_normalised_one() -> None:
    few, more = herfindahl(long([[3, 1], [1, 1]])), herfindahl(long([[3, 1, 0], [1, 1, 0]]))
    assert few["herfindahl"].tolist() == more["herfindahl"].tolist()
    assert (few["normalised"] < more["normalised"]).all()


def test_one_industry_cannot_be_normalised_and_a_warning_says_so() -> None:
    with pytest.warns(NotDefined, match="r0, r1 .*one industry only"):
        found = herfindahl(long([[3], [1]]))
    assert found["herfindahl"].tolist() == [1.0, 1.0]
    assert found["normalised"].isna().all()


def test_what_has_no_total_is_named() -> None:
    with pytest.warns(NotDefined, match="no value for r1 "):
        assert herfindahl(long([[3, 1], [0, 0]])).loc[1, ["herfindahl", "normalised", "equivalent_number"]].isna().all()
    with pytest.warns(NotDefined, match="no value for i1 "):
        found = herfindahl(long([[3, 0], [1, 0]]), per="industry")
    assert found["herfindahl"].isna().tolist() == [False, True]


def test_unknown_option_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"unknown per: regions\. Did you mean region"):
        herfindahl(long([[3, 1]]), per="regions")  # type: ignore[arg-type]
