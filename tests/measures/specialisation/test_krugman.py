"""Krugman's index with its three references and its terms, against published numbers and its properties."""

from __future__ import annotations

from typing import Literal

import econcomplex
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import NotDefined, UnknownName
from kg.measures import krugman_pairs, krugman_specialisation, krugman_terms
from kg.measures.specialisation.krugman import krugman_indices, krugman_of_pairs
from kg.measures.specialisation.shares import reference_shares, shares
from tests.measures.matrices import ECONGEO, NEIGHBOURS, POSITIVE, long

REFERENCES: list[Literal["pooled", "rest", "mean"]] = ["pooled", "rest", "mean"]


def test_mean_of_the_others_as_in_farhauer_and_kroell() -> None:
    """REAT 3.0.3, `krugman.spec2`, whose example after Farhauer and Kröll (2013) prints 0.1595 for Sweden."""
    found = krugman_specialisation(long(NEIGHBOURS), reference="mean")
    assert found.loc[0, "krugman_specialisation"] == pytest.approx(0.1595, abs=5e-5)


def test_terms_of_sweden_sum_to_what_farhauer_and_kroell_have() -> None:
    """0.1595 as above. By hand, mining: 45 / 132 less the mean of 35/107, 40/102, 30/75 and 40/71."""
    found = krugman_terms(long(NEIGHBOURS), reference="mean").query("region == 'r0'")
    assert found["term"].sum() == pytest.approx(0.1595, abs=5e-5)
    others = (35 / 107 + 40 / 102 + 30 / 75 + 40 / 71) / 4
    assert found["term"].iloc[0] == pytest.approx(abs(45 / 132 - others))


def test_other_references_are_other_numbers() -> None:
    """By hand: Sweden is 45, 15, 32, 10 and 30 of 132; the others together 145, 39, 84, 22 and 65 of 355."""
    own, rest = np.array([45, 15, 32, 10, 30]) / 132, np.array([145, 39, 84, 22, 65]) / 355
    pooled = np.array([190, 54, 116, 32, 95]) / 487
    for reference, other in (("rest", rest), ("pooled", pooled)):
        found = krugman_specialisation(long(NEIGHBOURS), reference=reference)  # type: ignore[arg-type]
        assert found.loc[0, "krugman_specialisation"] == pytest.approx(np.abs(own - other).sum())


def test_concentration_of_mining_as_in_farhauer_and_kroell() -> None:
    """REAT 3.0.3, `krugman.conc2`, prints 0.8619: the index with regions and industries exchanged."""
    chemistry = [20000, 11000, 31000, 8000, 20000]
    social = [40000, 10000, 25000, 9000, 16000]
    electronics = [10000, 11000, 14000, 14000, 13000]
    wood = [7000, 7500, 11000, 1500, 36000]
    mining = [4320, 7811, 3900, 2300, 47560]
    values = np.array([mining, chemistry, social, electronics, wood], dtype=float)
    assert krugman_indices(values, "mean")[0] == pytest.approx(0.8619, abs=5e-5)


def test_nothing_in_common_is_two() -> None:
    """REAT 3.0.3, `krugman.spec`: the example after Farhauer and Kröll (2013) gives 2."""
    found = krugman_pairs(long([[20, 10, 70, 0, 0], [0, 0, 0, 60, 40]]))
    assert found.to_dict("records") == [{"region": "r0", "other_region": "r1", "krugman_pairs": 2.0}]


def test_pooled_reference_as_in_a_second_program() -> None:
    """econcomplex 1.0.1, `krugman_index`, of the matrix of EconGeo: 1.6, 1.0, 0.6, 0.7, 1.1."""
    found = krugman_specialisation(long(ECONGEO))["krugman_specialisation"]
    assert found.tolist() == pytest.approx([1.6, 1.0, 0.6, 0.7, 1.1])


@given(POSITIVE)
def test_pooled_reference_equals_the_second_program(values: np.ndarray) -> None:
    assert krugman_indices(values, "pooled") == pytest.approx(econcomplex.krugman_index(values), abs=1e-12)


def test_one_region_against_the_rest_by_hand() -> None:
    """The rest of the first is 4 and 4, shares 0.5 and 0.5; against 0.75 and 0.25: 0.25 + 0.25 = 0.5."""
    found = krugman_specialisation(long([[3, 1], [4, 1], [0, 3]]), reference="rest")
    assert found.loc[0, "krugman_specialisation"] == pytest.approx(0.5)


@pytest.mark.parametrize("reference", REFERENCES)
@given(values=POSITIVE, scale=st.floats(0.01, 100))
def test_bounds_and_scale(reference: Literal["pooled", "rest", "mean"], values: np.ndarray, scale: float) -> None:
    found = krugman_indices(values, reference)
    assert ((found >= 0) & (found <= 2)).all()
    assert krugman_indices(values * scale, reference) == pytest.approx(found, abs=1e-9)


@given(POSITIVE)
def test_against_one_other_region_rest_mean_and_pair_agree(values: np.ndarray) -> None:
    pair = krugman_of_pairs(values[:2])[0]
    assert krugman_indices(values[:2], "rest") == pytest.approx([pair, pair], abs=1e-12)
    assert krugman_indices(values[:2], "mean") == pytest.approx([pair, pair], abs=1e-12)


@given(POSITIVE)
def test_pooled_is_the_rest_less_the_part_that_the_region_is_itself(values: np.ndarray) -> None:
    """The pooled share is w s + (1 - w) rest, w the part of the region in the total: K pooled = (1 - w) K rest."""
    part = values.sum(axis=1) / values.sum()
    assert krugman_indices(values, "pooled") == pytest.approx((1 - part) * krugman_indices(values, "rest"), abs=1e-9)


@settings(max_examples=25)
@given(POSITIVE, st.integers(0, 1000))
def test_order_of_rows_and_names_does_not_matter(values: np.ndarray, seed: int) -> None:
    table = long(values)
    mixed = table.sample(frac=1, random_state=seed)
    first = krugman_specialisation(table).set_index("region")["krugman_specialisation"]
    second = krugman_specialisation(mixed).set_index("region")["krugman_specialisation"]
    assert second[first.index].tolist() == pytest.approx(first.tolist(), abs=1e-12)


@pytest.mark.parametrize("reference", REFERENCES)
@settings(max_examples=25)
@given(values=POSITIVE)
def test_terms_sum_to_the_index(reference: Literal["pooled", "rest", "mean"], values: np.ndarray) -> None:
    terms = krugman_terms(long(values), reference=reference)
    found = terms.groupby("region", sort=False)["term"].sum().to_numpy()
    assert found == pytest.approx(krugman_indices(values, reference), abs=1e-12)
    assert (terms["share"] - terms["reference_share"]).abs().tolist() == pytest.approx(terms["term"].tolist())
    assert (terms.groupby("region", sort=False)["term"].max().to_numpy() <= found / 2 + 1e-12).all()


@settings(max_examples=25)
@given(POSITIVE)
def test_terms_against_one_region_sum_to_the_index_of_the_pair(values: np.ndarray) -> None:
    terms = krugman_terms(long(values), against="r0").groupby("region", sort=False)["term"].sum().tolist()
    pairs = krugman_pairs(long(values))
    assert terms[0] == 0
    assert terms[1:] == pytest.approx(pairs.loc[pairs["region"] == "r0", "krugman_pairs"].tolist(), abs=1e-12)


@settings(max_examples=25)
@given(POSITIVE)
def test_pairs_are_each_once_in_the_order_of_the_table(values: np.ndarray) -> None:
    found = krugman_pairs(long(values))
    own = shares(values)
    expected = [
        (f"r{row}", f"r{other}", np.abs(own[row] - own[other]).sum())
        for row in range(len(own))
        for other in range(row + 1, len(own))
    ]
    assert list(zip(found["region"], found["other_region"], strict=True)) == [pair[:2] for pair in expected]
    assert found["krugman_pairs"].tolist() == pytest.approx([pair[2] for pair in expected], abs=1e-12)


def test_equal_structures_of_unequal_size_do_not_differ() -> None:
    found = krugman_specialisation(long([[1, 3], [10, 30]]), reference="rest")
    assert found["krugman_specialisation"].tolist() == [0.0, 0.0]


@pytest.mark.parametrize("reference", REFERENCES)
@given(values=POSITIVE)
def test_no_term_is_above_half_of_the_index(reference: Literal["pooled", "rest", "mean"], values: np.ndarray) -> None:
    terms = np.abs(shares(values) - reference_shares(values, reference))
    assert (terms.max(axis=1) <= krugman_indices(values, reference) / 2 + 1e-12).all()


def test_region_without_a_total_has_no_index_and_a_warning_names_it() -> None:
    table = long([[1, 3], [0, 0], [2, 2]])
    with pytest.warns(NotDefined, match="no value for r1 ") as caught:
        found = krugman_specialisation(table)
    assert found["krugman_specialisation"].isna().tolist() == [False, True, False]
    assert caught[0].message.rows == ("r1",)  # type: ignore[union-attr]
    with pytest.warns(NotDefined, match="r0 and r1, r1 and r2 "):
        assert krugman_pairs(table)["krugman_pairs"].isna().tolist() == [True, False, True]


def test_region_alone() -> None:
    alone = long([[1, 3]])
    assert krugman_specialisation(alone)["krugman_specialisation"].tolist() == [0.0]
    with pytest.warns(NotDefined, match="r0"):
        assert krugman_specialisation(alone, reference="rest")["krugman_specialisation"].isna().all()
    assert list(krugman_pairs(alone).columns) == ["region", "other_region", "krugman_pairs"]
    assert krugman_pairs(alone).empty


def test_one_industry_is_no_difference() -> None:
    assert krugman_specialisation(long([[1], [3]]))["krugman_specialisation"].tolist() == [0.0, 0.0]


def test_periods_are_computed_on_their_own() -> None:
    table = long([[1, 3], [3, 1]])
    later = table.assign(value=[1.0, 3.0, 1.0, 3.0], year="2021")
    both = pd.concat([later, table.assign(year="2020")], ignore_index=True)
    found = krugman_pairs(both, period="year")
    assert found["period"].tolist() == ["2020", "2021"]
    assert found["krugman_pairs"].tolist() == [1.0, 0.0]


def test_region_that_is_not_there_in_a_period_leaves_its_terms_empty() -> None:
    table = long([[1, 3], [3, 1]]).assign(year=["2020", "2020", "2021", "2021"])
    with pytest.warns(NotDefined, match="2021 and r1 and i0"):
        found = krugman_terms(table, period="year", against="r0")
    assert found["term"].isna().tolist() == [False, False, True, True]


def test_unknown_region_and_unknown_reference_are_refused() -> None:
    with pytest.raises(UnknownName, match="unknown region: r9"):
        krugman_terms(long([[1, 3], [3, 1]]), against="r9")
    with pytest.raises(UnknownName, match=r"unknown reference: pool\. Did you mean pooled"):
        krugman_specialisation(long([[1, 3]]), reference="pool")  # type: ignore[arg-type]
