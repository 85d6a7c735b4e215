"""Fields against the industries of places, a mark for what is taught; neighbours in rows and columns are alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from enum import StrEnum

from kg.analysis.facts import Facts
from kg.analysis.links.analysis import Links
from kg.analysis.links.reading import Reach
from kg.analysis.result import Analysis
from kg.view import svg
from kg.view.plots import Picture
from kg.view.svg import Element, add, write

_BLUE, _ORANGE, _EDGE = "#0072b2", "#e69f00", "#595959"
_CELL, _LEFT, _SMALL = 22.0, 280.0, 11
_SLANT = 0.7071
MOST = 45
"""So many industries are drawn, those of most places; the caption says so."""


class Mark(StrEnum):
    """What is taught for an industry."""

    TAUGHT = "taught by more than few in the place or near"
    FEW = "taught by few"
    ELSEWHERE = "taught elsewhere only"
    NOT_RECORDED = "serves it, but no source speaks of a programme"


def links_picture(analysis: Analysis, facts: Facts) -> Picture:
    """Industries (rows) by the fields that serve them (columns), over the places that were asked about."""
    found: Links = analysis.detail
    places: dict[str, set[str]] = {}
    for link in found.links:
        if link.fields:
            places.setdefault(link.industry.industry, set()).add(link.industry.place)
    kept = sorted(places, key=lambda i: (-len(places[i]), facts.label(i)))[:MOST]
    marks = {
        (industry, field): _mark(found, places[industry], field)
        for industry in kept
        for field in found.reading.fields_of[industry]
    }
    rows, columns = _ordered(marks, facts)
    caption = (
        "How to read this: a row is an industry, with the number of places asked about that have or plan it; a column "
        "is a field; a mark stands where the crosswalk says that the field serves the industry. Full: taught by more "
        "than few in one of the places or near; half: by few; a ring: elsewhere only; an empty frame: no source speaks "
        "of a programme, which is not the same as missing."
    )
    if len(places) > MOST:
        caption += f" {len(places) - MOST} more industries are not drawn."
    title = "Fields by industries"
    lengths = [svg.text_width(facts.label(field), _SMALL) * _SLANT for field in columns]
    top = max(lengths, default=0.0) + 26
    height = top + _CELL * max(1, len(rows)) + 70
    reach = max((_LEFT + (n + 0.5) * _CELL + length for n, length in enumerate(lengths)), default=0.0)
    width = max(reach + 16, 760)
    root = svg.picture(width, height, "links", title, caption)
    for number, field in enumerate(columns):
        x = _LEFT + (number + 0.5) * _CELL
        turn = f"rotate(-45 {x:.1f} {top - 8:.1f})"
        add(root, "text", facts.label(field), x=x, y=top - 8, font_size=_SMALL, fill=svg.INK, transform=turn)
    for number, industry in enumerate(rows):
        y = top + (number + 0.5) * _CELL
        count = f" ({len(places[industry])})"
        (name,) = svg.wrap(facts.label(industry), _LEFT - 20 - svg.text_width(count, _SMALL), 1, _SMALL)
        group = add(root, "g")
        add(group, "title", facts.label(industry))
        write(group, [name + count], _LEFT - 10, y, _SMALL, text_anchor="end")
        add(root, "line", x1=_LEFT, y1=y, x2=_LEFT + _CELL * len(columns), y2=y, stroke=svg.FAINT)
        for column, field in enumerate(columns):
            if (industry, field) in marks:
                x = _LEFT + (column + 0.5) * _CELL
                words = f"{facts.label(field)} for {facts.label(industry)}: {marks[industry, field]}"
                _draw(root, marks[industry, field], x, y, words)
    if not rows:
        write(root, ["No industry with a field in the crosswalk."], 24, top + _CELL / 2)
    _legend(root, top + _CELL * max(1, len(rows)) + 26)
    return Picture(title, svg.markup(svg.framed(root, title, caption)), caption)


def _mark(found: Links, places: set[str], field: str) -> Mark:
    """The best of what is taught in or near one of the places."""
    reading = found.reading
    if any(reading.nearest(place, [field], few=False)[0] < Reach.ELSEWHERE for place in places):
        return Mark.TAUGHT
    if any(reading.nearest(place, [field], few=True)[0] < Reach.ELSEWHERE for place in places):
        return Mark.FEW
    return Mark.ELSEWHERE if any(p.field == field for p in reading.programmes) else Mark.NOT_RECORDED


def _ordered(marks: Mapping[tuple[str, str], Mark], facts: Facts) -> tuple[Sequence[str], Sequence[str]]:
    """Rows and columns so that marks lie near the diagonal: each in turn by the mean place of what it is linked to."""
    rows = sorted({row for row, _ in marks}, key=facts.label)
    columns = sorted({column for _, column in marks}, key=facts.label)
    for _ in range(12):
        at = {column: number for number, column in enumerate(columns)}
        rows = sorted(rows, key=lambda row: (_mean([at[c] for r, c in marks if r == row]), facts.label(row)))
        at = {row: number for number, row in enumerate(rows)}
        columns = sorted(columns, key=lambda col: (_mean([at[r] for r, c in marks if c == col]), facts.label(col)))
    return rows, columns


def _mean(values: Sequence[int]) -> float:
    return sum(values) / len(values)


def _draw(parent: Element, mark: Mark, x: float, y: float, words: str) -> None:
    group = add(parent, "g")
    add(group, "title", words)
    size = 13.0
    fill = _BLUE if mark == Mark.TAUGHT else svg.PAPER
    add(group, "rect", x=x - size / 2, y=y - size / 2, width=size, height=size, stroke=_EDGE, fill=fill)
    if mark == Mark.ELSEWHERE:
        add(group, "circle", cx=x, cy=y, r=3.5, fill="none", stroke=_BLUE, stroke_width=1.6)
    if mark == Mark.FEW:
        add(group, "rect", x=x - size / 2, y=y, width=size, height=size / 2, fill=_ORANGE, stroke=_EDGE)


def _legend(root: Element, y: float) -> None:
    x = 24.0
    for number, mark in enumerate(Mark):
        if number == 2:
            x, y = 24.0, y + 22
        _draw(root, mark, x, y, str(mark))
        write(root, [str(mark)], x + 14, y, 11)
        x += 340
