"""The locational Gini coefficient by its three conventions."""

from __future__ import annotations

import econcomplex
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined, UnknownName
from kg.measures import locational_gini
from kg.measures.specialisation.location_quotient import location_quotients
from kg.measures.specialisation.locational_gini import localisation_ginis, quotient_ginis
from tests.measures.matrices import ECONGEO, POSITIVE, long


def test_concentration_as_in_farhauer_and_kroell() -> None:
    """REAT 1.2.1 to 3.0.3, `gini.conc`: the example after Farhauer and Kröll (2013) prints 0.4068966."""
    own, total = np.array([500, 500, 1000, 7000, 1000]), np.array([20000, 15000, 20000, 40000, 5000])
    found = locational_gini(long(np.column_stack([own, total - own])), convention="quotients")
    assert found.loc[0, "locational_gini"] == pytest.approx(0.4068966, abs=5e-8)


def test_specialisation_as_in_farhauer_and_kroell() -> None:
    """REAT 1.2.1 to 3.0.3, `gini.spec`: the example after Farhauer and Kröll (2013) prints 0.6222222."""
    own, total = np.array([700, 600, 500, 10000, 40000]), np.array([30000, 15000, 10000, 60000, 50000])
    found = locational_gini(long(np.vstack([own, total - own])), convention="quotients", per="region")
    assert found.loc[0, "region"] == "r0"
    assert found.loc[0, "locational_gini"] == pytest.approx(0.6222222, abs=5e-8)


def test_matrix_of_econgeo() -> None:
    """econcomplex 1.0.1, `locational_gini` and `hoover_gini`, of the matrix of EconGeo.

    Its regions are equal in size, so that the convention `quotients` is the same as `hoover`.
    """
    for convention, factor in (("krugman", 0.5), ("hoover", 1.0), ("quotients", 1.0)):
        found = locational_gini(long(ECONGEO), convention=convention)["locational_gini"]  # type: ignore[arg-type]
        assert found.tolist() == pytest.approx([factor * g for g in (0.8, 0.36, 0.54, 0.62, 0.56)])


def test_regions_of_unequal_size() -> None:
    """econcomplex 1.0.1, `locational_gini`, of three regions by four industries."""
    found = locational_gini(long([[500, 30, 70, 0], [20, 40, 10, 30], [60, 200, 5, 35]]))
    expected = [0.13103448275862067, 0.25925925925925924, 0.1264705882352941, 0.34230769230769237]
    assert found["locational_gini"].tolist() == pytest.approx(expected)


def test_spread_over_population_as_econgeo_says() -> None:
    """EconGeo 2.0, examples of `hoover_gini`: in proportion to population 0, all where 30 % of it is 1 - 0.3."""
    industries = np.array([[10, 15, 20, 25, 30], [0, 0, 0, 0, 1]], dtype=float)
    rest = 10 * industries[0] - industries.sum(axis=0)
    found = locational_gini(long(np.vstack([industries, rest]).T), convention="hoover")["locational_gini"]
    assert found[:2].tolist() == pytest.approx([0.0, 0.7])


@given(POSITIVE, st.floats(0.01, 100))
def test_bounds_scale_and_the_second_program(values: np.ndarray, scale: float) -> None:
    found = localisation_ginis(values.T)
    assert ((found >= 0) & (found <= 1)).all()
    assert localisation_ginis(values.T * scale) == pytest.approx(found, abs=1e-9)
    assert found / 2 == pytest.approx(econcomplex.locational_gini(values), abs=1e-9)
    assert found == pytest.approx(econcomplex.hoover_gini(values), abs=1e-9)


@given(POSITIVE)
def test_half_the_mean_difference_of_quotients(values: np.ndarray) -> None:
    """Weighted by the sizes of both regions, where the mean quotient is 1; or each pair once, over the plain mean."""
    quotients, weights = location_quotients(values), values.sum(axis=1) / values.sum()
    differences = np.abs(quotients[:, None] - quotients[None])
    weighted = np.einsum("q,r,qri->i", weights, weights, differences) / 2
    assert localisation_ginis(values.T) == pytest.approx(weighted, abs=1e-9)
    plain = differences.mean(axis=(0, 1)) / quotients.mean(axis=0) / 2
    assert quotient_ginis(values.T) == pytest.approx(plain, abs=1e-9)


@given(POSITIVE)
def test_splitting_a_region_into_two_of_the_same_structure_does_not_change_the_area(values: np.ndarray) -> None:
    split = np.vstack([values[0] / 2, values[0] / 2, values[1:]])
    assert localisation_ginis(split.T) == pytest.approx(localisation_ginis(values.T), abs=1e-9)


def test_one_region_one_industry_all_equal() -> None:
    for table in (long([[3, 1]]), long([[3], [1]]), long([[2, 2], [2, 2]])):
        for convention in ("krugman", "hoover", "quotients"):
            found = locational_gini(table, convention=convention)
            assert found["locational_gini"].tolist() == pytest.approx([0.0] * len(found))


def test_industry_without_a_total_is_named() -> None:
    """econcomplex 1.0.1 gives 0.5 for it, full concentration."""
    for convention in ("krugman", "quotients"):
        with pytest.warns(NotDefined, match="no value for i1 "):
            found = locational_gini(long([[3, 0], [1, 0]]), convention=convention)
        assert found["locational_gini"].isna().tolist() == [False, True]


def test_region_without_a_total_does_not_matter_to_the_area_and_is_named_where_it_is_left_out() -> None:
    with_it, without = long([[3, 1], [1, 3], [0, 0]]), long([[3, 1], [1, 3]])
    assert locational_gini(with_it)["locational_gini"].tolist() == pytest.approx([0.125, 0.125])
    expected = locational_gini(without, convention="quotients")["locational_gini"].tolist()
    with pytest.warns(NotDefined, match="no quotient for r2 ") as caught:
        assert locational_gini(with_it, convention="quotients")["locational_gini"].tolist() == expected
    assert caught[0].message.rows == ("r2",)  # type: ignore[union-attr]


def test_unknown_convention_is_refused() -> None:
    with pytest.raises(UnknownName, match=r"unknown convention: hover\. Did you mean hoover"):
        locational_gini(long([[3, 1]]), convention="hover")  # type: ignore[arg-type]
