"""Overlap of places against hand calculations."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.overlap.pairs import overlap_matrix, overlap_of
from kg.measures.similarity import jaccard
from tests.matrices import pairwise_overlap

SETS = st.sets(st.sampled_from("abcdefg"))


def test_four_cities_by_hand() -> None:
    """The advantage industries that the IIS paper names for its four cities (Results, The Industry Chain, 2).

    A: agricultural by-products, N: non-metallic minerals, C: chemicals, W: wine and tea. Yichang and Jingzhou have all
    four (4/4), Jingmen lacks W (3/4), Enshi lacks C (3/4), Jingmen and Enshi have A and N of A, N, C, W (2/4).
    """
    cities = {"yichang": set("ANCW"), "jingzhou": set("ANCW"), "jingmen": set("ANC"), "enshi": set("ANW")}
    found = {(o.first, o.second): o for o in pairwise_overlap(cities)}
    assert found["jingzhou", "yichang"].jaccard == 1.0
    assert found["jingmen", "yichang"].jaccard == 0.75
    assert found["enshi", "jingmen"].jaccard == 0.5
    assert found["enshi", "jingmen"].shared == ("A", "N")


def test_krugman_only_where_both_outputs_are_known() -> None:
    """Shares 0.5 and 0.5 against 1: |0.5| + |0.5| = 1."""
    places = {"a": {"x", "y"}, "b": {"x"}, "c": {"x"}}
    outputs = {"a": {"x": 2.0, "y": 2.0}, "b": {"x": 7.0}, "c": {"x": 0.0}}
    found = {(o.first, o.second): o.krugman for o in pairwise_overlap(places, outputs)}
    assert found["a", "b"] == pytest.approx(1.0)
    assert found["a", "c"] is None


def test_krugman_and_minimum_shares_with_an_industry_that_one_does_not_list() -> None:
    """Shares 1 and 0 against 0.75 and 0.25: 0.25 + 0.25 and 0.75."""
    found = overlap_of("a", "b", {}, {"a": {"x": 4.0}, "b": {"y": 1.0, "x": 3.0}})
    assert found.krugman == pytest.approx(0.5)
    assert found.minimum_shares == pytest.approx(0.75)


@pytest.mark.parametrize("bad", [-1.0, float("inf")])
def test_output_that_cannot_be_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        overlap_of("a", "b", {}, {"a": {"x": 4.0, "y": bad}, "b": {"x": 3.0}})


def test_empty_sets_have_nothing_in_common() -> None:
    assert jaccard(set(), set()) == 0.0


@given(SETS, SETS)
def test_jaccard_is_symmetric_and_one_only_for_equal_sets(first: set[str], second: set[str]) -> None:
    assert jaccard(first, second) == jaccard(second, first)
    assert (jaccard(first, second) == 1.0) == (first == second and bool(first))


def test_matrix_puts_places_beside_the_one_most_like_them() -> None:
    places = {"a": set("xyz"), "b": set("pqr"), "c": set("xyz"), "d": set("pqx")}
    order = overlap_matrix(pairwise_overlap(places), {}).places
    assert abs(order.index("a") - order.index("c")) == 1
    assert abs(order.index("b") - order.index("d")) == 1


def test_matrix_of_nothing_is_empty() -> None:
    assert overlap_matrix([], {}).places == ()
