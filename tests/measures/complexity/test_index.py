"""ECI and PCI against the Growth Lab's program, a second program, by hand, and where they are not defined."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from econcomplex.complexity import eci_pci
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import NotDefined
from kg.measures import economic_complexity, product_complexity
from kg.measures.complexity.eigenvector import eigenvectors
from tests.measures.complexity.growth_lab import DIVERSITY, ECI, MATRIX, PCI, STATA, UBIQUITY, table, table_of
from tests.measures.complexity.networks import BINARY, FEW, connected, in_order, shuffled
from tests.measures.matrices import long

NESTED = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}


def test_equals_ecomplexity_for_stata() -> None:
    """The Growth Lab's ecomplexity for Stata, ten countries and thirty products: see `growth_lab`."""
    regions = economic_complexity(table(), binary=True)
    assert regions["eci"].to_numpy() * STATA == pytest.approx(ECI)
    assert regions["diversity"].tolist() == DIVERSITY
    industries = product_complexity(table(), binary=True, scale="eci")
    assert industries["pci"].to_numpy() * STATA == pytest.approx(PCI)
    assert industries["ubiquity"].tolist() == UBIQUITY


def test_equals_econcomplex_but_for_the_sign_of_its_pci() -> None:
    """Second program: econcomplex 1.0.1, whose PCI has the mean and standard deviation of the industries.

    It takes the sign of the PCI from the ubiquity alone. Here that contradicts its ECI, and the Growth Lab's numbers.
    """
    eci, pci = eci_pci(MATRIX, use_rca=False)
    assert economic_complexity(table(), binary=True)["eci"].to_numpy() == pytest.approx(eci)
    assert product_complexity(table(), binary=True)["pci"].to_numpy() == pytest.approx(-pci)
    assert np.corrcoef(pci, PCI)[0, 1] == pytest.approx(-1)


def test_nested_regions_by_hand() -> None:
    """D = 3, 2, 1 and U = 1, 2, 3: the matrix of regions is (11 5 2; 7.5 7.5 3; 6 6 6) / 18.

    Its eigenvalues are 1, 1/4 and 1/9; to 1/4 belongs (2, -1, -4), whose mean is -1: z-scores of 3 / sqrt 6, 0 and
    -3 / sqrt 6. Industries have the means of their regions times a factor: (2, 1/2, -1), with the mean 1/2.
    """
    found = eigenvectors(np.array([[1.0, 1, 1], [0, 1, 1], [0, 0, 1]]))
    assert found.regions / found.regions[0] == pytest.approx([1, -1 / 2, -2])
    assert found.industries / found.industries[0] == pytest.approx([1, 1 / 4, -1 / 2])
    for measure, column in ((economic_complexity, "eci"), (product_complexity, "pci")):
        assert measure(table_of(NESTED), binary=True)[column].tolist() == pytest.approx([1.5**0.5, 0, -(1.5**0.5)])


@FEW
@given(st.integers(0, 200))
def test_mean_zero_deviation_one_and_sign_of_diversity(seed: int) -> None:
    found = economic_complexity(long(connected(seed)), binary=True)
    assert found["eci"].mean() == pytest.approx(0, abs=1e-9)
    assert found["eci"].std(ddof=0) == pytest.approx(1)
    assert np.corrcoef(found["eci"], found["diversity"])[0, 1] > 0


@FEW
@given(st.integers(0, 200))
def test_index_of_a_region_is_the_mean_of_those_of_its_industries(seed: int) -> None:
    """Scale eci; and an eigenvector of the matrix of the formula, to the second largest eigenvalue."""
    here = connected(seed)
    found = eigenvectors(here)
    assert here @ found.industries / here.sum(axis=1) == pytest.approx(found.regions)
    matrix = (here / here.sum(axis=1, keepdims=True)) @ (here / here.sum(axis=0)).T
    second = np.sort(np.linalg.eigvals(matrix).real)[-2]
    assert matrix @ found.regions == pytest.approx(second * found.regions)
    eci = economic_complexity(long(here), binary=True)["eci"].to_numpy()
    pci = product_complexity(long(here), binary=True, scale="eci")["pci"].to_numpy()
    assert here @ pci / here.sum(axis=1) == pytest.approx(eci)


@given(st.integers(0, 100))
def test_more_regions_than_industries_give_the_same_as_the_other_way_round(seed: int) -> None:
    here = connected(seed, 6, 12)
    wide, tall = eigenvectors(here), eigenvectors(here.T)
    assert abs(np.corrcoef(wide.regions, tall.industries)[0, 1]) == pytest.approx(1)


@FEW
@given(st.integers(0, 50))
def test_order_of_rows_does_not_matter(seed: int) -> None:
    here = connected(seed)
    for measure, column in ((economic_complexity, "eci"), (product_complexity, "pci")):
        expected = in_order(measure(long(here), binary=True))[column]
        assert shuffled(measure, here, seed, binary=True)[column].to_list() == pytest.approx(expected.to_list())


@given(BINARY)
@pytest.mark.filterwarnings("ignore::kg.errors.NotDefined")
def test_any_network_has_numbers_or_reasons(here: np.ndarray) -> None:
    found = eigenvectors(here)
    assert bool(found.reasons) == bool(np.isnan(found.regions).any() or np.isnan(found.industries).any())
    assert np.isnan(found.regions).all() == np.isnan(found.industries).all()


def test_regions_apart_from_the_largest_group_are_empty_and_named() -> None:
    has = NESTED | {"x": "wine", "y": "wine"}
    with pytest.warns(NotDefined, match="no value for x, y .*not connected with the largest group") as caught:
        found = economic_complexity(table_of(has), binary=True)
    alone = economic_complexity(table_of(NESTED), binary=True)["eci"]
    assert found["eci"][:3].tolist() == alone.tolist()
    assert caught[0].message.rows == ("x", "y")  # type: ignore[union-attr]
    with pytest.warns(NotDefined, match="no value for wine"):
        assert product_complexity(table_of(has), binary=True)["pci"].isna().tolist() == [False] * 3 + [True]


def test_groups_equally_large_have_none() -> None:
    with pytest.warns(NotDefined, match="none is the largest"):
        found = economic_complexity(table_of({"a": "steel", "b": "steel", "c": "tea", "d": "tea"}), binary=True)
    assert found["eci"].isna().all()


def test_second_eigenvalue_twice_has_none() -> None:
    """Three regions in a triangle: turning them changes nothing, so that no order of them can be the right one."""
    with pytest.warns(NotDefined, match="occurs twice"):
        found = economic_complexity(table_of({"a": "steel tea", "b": "tea wine", "c": "wine steel"}), binary=True)
    assert found["eci"].isna().all()


def test_sign_that_nothing_determines() -> None:
    """Two regions that mirror each other."""
    with pytest.warns(NotDefined, match="sign is not determined"):
        found = economic_complexity(table_of({"a": "steel tea", "b": "tea wine"}), binary=True)
    assert found["eci"].isna().all()


def test_sign_by_ubiquity_where_diversity_says_nothing() -> None:
    """All regions have two industries; a and b share iron, c, d and e bread, and a lone rare industry marks a."""
    has = {"a": "iron x", "b": "iron bread", "c": "bread y", "d": "bread y"}
    regions = economic_complexity(table_of(has), binary=True)
    assert regions["diversity"].tolist() == [2, 2, 2, 2]
    industries = product_complexity(table_of(has), binary=True)
    assert np.corrcoef(industries["pci"], industries["ubiquity"])[0, 1] < 0


@pytest.mark.parametrize(
    "has", [{"a": "steel tea"}, {"a": "steel tea", "b": "steel tea"}, {"a": "steel", "b": "steel", "c": "steel"}]
)
def test_one_region_and_regions_that_do_not_differ(has: dict[str, str]) -> None:
    with pytest.warns(NotDefined, match="do not differ, or are fewer than two"):
        assert economic_complexity(table_of(has), binary=True)["eci"].isna().all()


def test_region_without_speciality_is_empty_and_does_not_change_the_others() -> None:
    nothing = pd.DataFrame({"region": ["nowhere"], "industry": ["tea"], "value": [0.0]})
    rows = pd.concat([table_of(NESTED), nothing], ignore_index=True)
    with pytest.warns(NotDefined, match="no value for nowhere .*without speciality"):
        found = economic_complexity(rows, binary=True)
    assert found["eci"][:3].tolist() == economic_complexity(table_of(NESTED), binary=True)["eci"].tolist()
    assert found["diversity"].tolist() == [3, 2, 1, 0]


def test_no_speciality_anywhere() -> None:
    with pytest.warns(NotDefined, match="without speciality"):
        assert economic_complexity(table_of(NESTED), threshold=99)["eci"].isna().all()


def test_ubiquitous_industry_is_used_like_any_other() -> None:
    """Tea is everywhere: NESTED has it, and its PCI is the lowest."""
    found = product_complexity(table_of(NESTED), binary=True).set_index("industry")["pci"]
    assert found["tea"] < found["tools"] < found["steel"]
