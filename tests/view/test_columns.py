"""Boxes in columns: none is lost, none overlaps another or the middle, both sides are used."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.view.columns import BOX_WIDTH, COLUMN, MIDDLE, Box, place

SIZES = st.lists(st.lists(st.integers(1, 3), min_size=1, max_size=40), min_size=1, max_size=12)


def groups(sizes: list[list[int]]) -> list[tuple[Box, list[Box]]]:
    return [
        (Box(f"h{g}", 1, heading=True), [Box(f"{g}.{n}", lines) for n, lines in enumerate(group)])
        for g, group in enumerate(sizes)
    ]


@given(SIZES)
def test_every_box_is_placed_once_below_its_heading(sizes: list[list[int]]) -> None:
    placed = place(groups(sizes))
    assert sorted(b.key for b in placed if not b.heading) == sorted(
        f"{g}.{n}" for g, s in enumerate(sizes) for n in range(len(s))
    )
    for heading in (b for b in placed if b.heading):
        below = [b for b in placed if b.x == heading.x and b.y > heading.y]
        assert min(below, key=lambda b: b.y).key.startswith(f"{heading.key[1:]}.")


@given(SIZES)
def test_no_box_covers_another_or_the_middle(sizes: list[list[int]]) -> None:
    placed = place(groups(sizes))
    lines = {f"{g}.{n}": size for g, group in enumerate(sizes) for n, size in enumerate(group)}
    for one, other in combinations(placed, 2):
        if one.x == other.x:
            heights = sum(16 * lines.get(box.key, 1) + 12 for box in (one, other)) / 2
            assert abs(one.y - other.y) >= heights
        else:
            assert abs(one.x - other.x) >= COLUMN > BOX_WIDTH
    assert all(abs(box.x) - BOX_WIDTH / 2 >= MIDDLE / 2 for box in placed)


def test_large_neighbourhood_uses_both_sides() -> None:
    placed = place(groups([[2] * 40, [1] * 20]))
    assert {box.x > 0 for box in placed} == {True, False}


def test_heading_is_repeated_where_its_group_goes_on() -> None:
    placed = place(groups([[3] * 30]))
    headings = [box for box in placed if box.heading]
    assert [box.continued for box in headings] == [False] + [True] * (len(headings) - 1)
    assert len(headings) > 1
