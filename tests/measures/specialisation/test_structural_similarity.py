"""UNIDO's similarity coefficient and the sum of minimum shares."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.spatial.distance import braycurtis, cosine

from kg.errors import BadTable, NotDefined
from kg.measures import minimum_shares_pairs, structural_similarity, structural_similarity_pairs
from kg.measures.specialisation.krugman import krugman_of_pairs
from kg.measures.specialisation.shares import reference_shares, shares
from kg.measures.specialisation.structural_similarity import (
    minimum_shares_of_pairs,
    similarities,
    similarities_of_pairs,
)
from tests.measures.matrices import NEIGHBOURS, POSITIVE, long

REFERENCES: list[Literal["pooled", "rest", "mean"]] = ["pooled", "rest", "mean"]


def test_by_hand() -> None:
    """(3 * 4 + 4 * 3) / (5 * 5) = 0.96; against both together, 7 and 7: (3 + 4) / (5 * sqrt(2))."""
    table = long([[3, 4], [40, 30]])
    assert structural_similarity_pairs(table)["structural_similarity_pairs"].tolist() == pytest.approx([0.96])
    equal = long([[3, 4], [4, 3]])
    found = structural_similarity(equal)["structural_similarity"]
    assert found.tolist() == pytest.approx([7 / (5 * 2**0.5)] * 2)


def test_jobs_of_five_countries_as_in_a_second_program() -> None:
    """scipy 1.17.1, one less `scipy.spatial.distance.cosine`, of the jobs in REAT's example."""
    found = structural_similarity_pairs(long(NEIGHBOURS))
    expected = [1 - cosine(NEIGHBOURS[a], NEIGHBOURS[b]) for a in range(5) for b in range(a + 1, 5)]
    assert found["structural_similarity_pairs"].tolist() == pytest.approx(expected)


def test_minimum_shares_of_five_countries_as_in_a_second_program() -> None:
    """scipy 1.17.1, one less `scipy.spatial.distance.braycurtis`, of the shares of the jobs in REAT's example."""
    found = minimum_shares_pairs(long(NEIGHBOURS))["minimum_shares_pairs"]
    share = NEIGHBOURS / NEIGHBOURS.sum(axis=1, keepdims=True)
    assert found.tolist() == pytest.approx(
        [1 - braycurtis(share[a], share[b]) for a in range(5) for b in range(a + 1, 5)]
    )


@pytest.mark.parametrize("reference", REFERENCES)
@given(values=POSITIVE, scale=st.floats(0.01, 100))
def test_bounds_scale_and_the_second_program(
    reference: Literal["pooled", "rest", "mean"], values: np.ndarray, scale: float
) -> None:
    found = similarities(values, reference)
    assert ((found >= 0) & (found <= 1)).all()
    assert similarities(values * scale, reference) == pytest.approx(found)
    others = np.broadcast_to(reference_shares(values, reference), values.shape)
    assert found == pytest.approx([1 - cosine(own, other) for own, other in zip(values, others, strict=True)], abs=1e-9)


@given(POSITIVE)
def test_with_one_other_region_the_rest_is_the_pair(values: np.ndarray) -> None:
    pair = similarities_of_pairs(values[:2])[0]
    assert similarities(values[:2], "rest") == pytest.approx([pair, pair])


def test_minimum_shares_by_hand() -> None:
    """Shares 0.5, 0.3, 0.2 against 0.2, 0.3, 0.5: 0.2 + 0.3 + 0.2."""
    found = minimum_shares_pairs(long([[5, 3, 2], [2, 3, 5]]))
    assert found["minimum_shares_pairs"].tolist() == pytest.approx([0.7])


@given(POSITIVE)
def test_minimum_shares_are_one_less_half_of_krugman(values: np.ndarray) -> None:
    """min(a, b) = (a + b - |a - b|) / 2, summed over shares that sum to 1."""
    assert minimum_shares_of_pairs(values) == pytest.approx(1 - krugman_of_pairs(values) / 2, abs=1e-12)


@given(POSITIVE)
def test_pairs_are_symmetric_and_one_for_equal_structures(values: np.ndarray) -> None:
    for kernel in (similarities_of_pairs, minimum_shares_of_pairs):
        assert kernel(values[:2][::-1]) == pytest.approx(kernel(values[:2]))
        assert kernel(np.vstack([values[0], 3 * values[0]])) == pytest.approx([1.0])


@given(POSITIVE)
def test_shares_and_values_have_the_same_cosine(values: np.ndarray) -> None:
    assert similarities_of_pairs(shares(values)) == pytest.approx(similarities_of_pairs(values))


def test_nothing_in_common_is_zero() -> None:
    table = long([[1, 0], [0, 1]])
    assert structural_similarity_pairs(table)["structural_similarity_pairs"].tolist() == [0.0]
    assert minimum_shares_pairs(table)["minimum_shares_pairs"].tolist() == [0.0]


def test_region_without_a_total_is_named() -> None:
    table = long([[1, 3], [0, 0]])
    with pytest.warns(NotDefined, match="no value for r1 "):
        assert structural_similarity(table)["structural_similarity"].tolist()[0] == pytest.approx(1.0)
    for measure in (structural_similarity_pairs, minimum_shares_pairs):
        with pytest.warns(NotDefined, match="no value for r0 and r1 "):
            assert measure(table).iloc[:, 2].isna().all()


def test_one_region_and_one_industry() -> None:
    assert structural_similarity(long([[1, 3]]))["structural_similarity"].tolist() == pytest.approx([1.0])
    with pytest.warns(NotDefined, match="no value for r0 "):
        structural_similarity(long([[1, 3]]), reference="rest")
    assert structural_similarity_pairs(long([[1, 3]])).empty
    assert minimum_shares_pairs(long([[1, 3]])).empty
    assert structural_similarity_pairs(long([[1], [3]]))["structural_similarity_pairs"].tolist() == [1.0]


def test_negative_value_is_refused() -> None:
    with pytest.raises(BadTable, match="negative in row 1"):
        minimum_shares_pairs(long([[1, -3], [1, 1]]))
