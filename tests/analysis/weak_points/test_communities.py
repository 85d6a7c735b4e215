"""Communities beside groups as drawn: published indices, hand calculations, and what is too little to compare."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.weak_points.communities import adjusted_rand, compare, mutual_information, omega
from kg.api import Graph

LABELS = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=30)


def test_adjusted_rand_by_hand() -> None:
    """Contingency (2,1 / 0,3): pairs 1+3 = 4 in both, 3+3 = 6 in rows, 1+6 = 7 in columns, 15 in all.
    (4 - 42/15) / (6.5 - 42/15) = 1.2 / 3.7."""
    assert adjusted_rand("aaabbb", "xxyyyy") == pytest.approx(1.2 / 3.7)


def test_mutual_information_by_hand() -> None:
    """Independent halves share nothing; the same halves under other names share all."""
    assert mutual_information("aabb", "xyxy") == pytest.approx(0.0)
    assert mutual_information("aabb", "yyxx") == pytest.approx(1.0)


@given(LABELS)
def test_omega_of_partitions_is_the_adjusted_rand_index(labels: list[tuple[int, int]]) -> None:
    """Collins and Dent 1988: the index is the adjusted Rand index where nothing overlaps."""
    first, second = [a for a, _ in labels], [b for _, b in labels]
    assert omega([{a} for a in first], [{b} for b in second]) == pytest.approx(adjusted_rand(first, second))


@given(LABELS)
def test_indices_are_symmetric_and_bounded(labels: list[tuple[int, int]]) -> None:
    first, second = [a for a, _ in labels], [b for _, b in labels]
    assert adjusted_rand(first, second) == pytest.approx(adjusted_rand(second, first))
    assert adjusted_rand(first, first) == 1.0
    assert 0.0 <= mutual_information(first, second) <= 1.0


def test_who_falls_elsewhere() -> None:
    found = compare([["a", "b", "c"], ["d", "e"]], {"one": ["a", "b", "d"], "two": ["d", "e"], "three": ["z"]})
    assert [(e.thing, e.group, e.community, e.usual) for e in found.elsewhere] == [("d", "one", 1, 0)]
    assert found.elsewhere[0].share == pytest.approx(2 / 3)
    assert found.several == ("d",)
    assert "three" not in found.groups


def test_a_group_without_a_usual_community_has_nobody_elsewhere() -> None:
    found = compare([["a", "b"], ["c", "d"]], {"one": ["a", "c"]})
    assert found.elsewhere == () and found.split == ("one",)


@pytest.mark.parametrize("drawn", [{}, {"one": ["a", "b"]}, {"one": ["a", "b"], "two": ["c"]}])
def test_too_little_is_not_compared(drawn: dict[str, list[str]]) -> None:
    found = compare([["a", "b", "c"], ["d"]], drawn)
    assert (found.rand, found.information, found.omega) == (None, None, None)


def test_agglomerations_are_as_the_papers_draw_them(graph: Graph) -> None:
    """Yijing paper, Introduction: four cities; Wuhan is at the core of the agglomeration around it, too."""
    place = graph.prefixes.mapping["place"]
    found = graph.weak_points(network="places").detail.comparisons["places", False]
    four = {place + key for key in ("yichang", "jingzhou", "jingmen", "enshi")}
    assert set(found.groups[place + "yijing-jingen"]) == four
    assert place + "wuhan" in found.several
    assert -1 <= found.rand <= 1 and 0 <= found.information <= 1
