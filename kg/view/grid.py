"""What the pictures that are matrices share: the width of a cell, and the names of rows and columns around it."""

from __future__ import annotations

from collections.abc import Sequence

from kg.view import svg
from kg.view.svg import Element, add, write

PITCH = 36
"""Width and height of a cell with its margin, in pixels."""
LABELS = 232.0
"""Width of the names of rows, in pixels."""
_SLANT = 0.7071
_SMALL = 11.0


def header_height(labels: Sequence[str]) -> float:
    """How high the slanted names of columns are."""
    return (
        max((max(svg.text_width(line, _SMALL) for line in _column_lines(text)) for text in labels), default=0) * _SLANT
        + 26
    )


def overhang(labels: Sequence[str]) -> float:
    """How far the slanted names reach beyond the last column."""
    reach = 0.0
    for back, text in enumerate(reversed(labels)):
        length = max(svg.text_width(line, _SMALL) for line in _column_lines(text)) * _SLANT
        reach = max(reach, length + 14 - back * PITCH)
    return reach


def _column_lines(text: str) -> list[str]:
    return svg.wrap(text, 150 if svg.text_width(text, _SMALL) <= 290 else 200, 2, _SMALL)


def column_labels(root: Element, labels: Sequence[str], head: float) -> None:
    """Write the names of columns, slanted, above the height where the cells begin."""
    for column, text in enumerate(labels):
        x = LABELS + column * PITCH + PITCH / 2
        group = add(root, "g", transform=f"translate({x + 2:.1f} {head - 8:.1f}) rotate(-45)")
        add(group, "title", text)
        write(group, _column_lines(text), 0, 0, _SMALL)


def row_label(parent: Element, text: str, y: float, lines: int = 2) -> None:
    """Write the name of a row beside its cells, with the whole of it as a hint."""
    group = add(parent, "g")
    add(group, "title", text)
    write(group, svg.wrap(text, LABELS - 18, lines, 12), LABELS - 10, y, 12, text_anchor="end")
