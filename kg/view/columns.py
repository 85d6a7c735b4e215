"""Where the boxes of a picture stand: the thing itself in the middle, groups of others in columns to both sides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

BOX_WIDTH, COLUMN, MIDDLE = 204, 244, 330
_LINE, _PADDING, _GAP, _SHAPE = 16, 12, 10, 1.6


@dataclass(frozen=True)
class Box:
    """A text of so many lines; a heading stands over a group."""

    key: str
    lines: int
    heading: bool = False
    continued: bool = False

    @property
    def height(self) -> int:
        """Height with the gap below it."""
        return self.lines * _LINE + _PADDING + _GAP + (6 if self.heading else 0)


@dataclass(frozen=True)
class Placed:
    """A box and its centre."""

    key: str
    x: int
    y: int
    heading: bool = False
    continued: bool = False


def place(groups: Sequence[tuple[Box, Sequence[Box]]]) -> list[Placed]:
    """Put groups into columns that are filled from the middle outwards, the right side first.

    Args:
        groups: heading and members; a group that is cut by the end of a column gets its heading again.

    Returns: the boxes with their centres; no two overlap, and the whole is about 1.6 times as wide as high.

    >>> [(box.key, box.x) for box in place([(Box("h", 1, True), [Box("a", 1)])])]
    [('h', 287), ('a', 287)]
    """
    total = sum(heading.height + sum(box.height for box in members) for heading, members in groups)
    columns = 1
    while total / columns * _SHAPE > columns * COLUMN + MIDDLE:
        columns += 1
    columns += columns % 2 if columns > 1 else 0
    most = total / columns
    while len(stacks := _fill(groups, most)) > columns:
        most *= 1.02
    right = (len(stacks) + 1) // 2
    placed = []
    for number, stack in enumerate(stacks):
        side, distance = (1, number) if number < right else (-1, number - right)
        x = side * (MIDDLE // 2 + COLUMN // 2 + distance * COLUMN)
        y = -sum(box.height for box in stack) / 2
        for box in stack:
            placed.append(Placed(box.key, x, round(y + (box.height - _GAP) / 2), box.heading, box.continued))
            y += box.height
    return placed


def _fill(groups: Sequence[tuple[Box, Sequence[Box]]], most: float) -> list[list[Box]]:
    """Stacks of about that height; below a heading stand at least two of its members, where it has them."""
    stacks: list[list[Box]] = [[]]
    height = 0.0
    for heading, members in groups:
        for number, box in enumerate(members):
            added = [heading, box] if number == 0 else [box]
            together = [heading, *members[:2]] if number == 0 else added
            if stacks[-1] and height + sum(part.height for part in together) - together[-1].height / 2 > most:
                stacks.append([])
                height, added = 0.0, [replace(heading, continued=number > 0), box]
            stacks[-1] += added
            height += sum(part.height for part in added)
    return [stack for stack in stacks if stack]
