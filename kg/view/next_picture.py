"""What places could add next, as bars made of the components of each score."""

from __future__ import annotations

from collections.abc import Mapping

from kg.analysis.facts import Facts
from kg.analysis.next.analysis import Suggestions
from kg.analysis.next.model import Suggestion
from kg.analysis.next.weights import COMPONENTS
from kg.analysis.result import Analysis
from kg.view import svg
from kg.view.plots import Picture
from kg.view.svg import Element, add, write

_LABELS, _SCALE, _ROW, _HEAD, _WIDTH = 268.0, 360.0, 34.0, 92.0, 830.0
_MOST = 30

_MARKS: Mapping[str, tuple[str, str, str]] = {
    "position": ("#0072b2", svg.PAPER, "P"),
    "relatedness": ("#cc79a7", svg.INK, "D"),
    "recommendations": ("#e69f00", svg.INK, "R"),
    "inputs": ("#56b4e9", svg.INK, "I"),
    "permission": ("#009e73", svg.INK, "U"),
    "fields": ("#d55e00", svg.INK, "F"),
}
"""Colour (Okabe and Ito 2008), colour of the letter on it, and letter, by component."""

_NAMES: Mapping[str, str] = {
    "position": "position in the chain",
    "relatedness": "relatedness density",
    "recommendations": "recommendations",
    "inputs": "inputs that are here",
    "permission": "permission of the unit",
    "fields": "fields taught",
}


def next_picture(analysis: Analysis, facts: Facts) -> Picture:
    """Suggestions of a result, best first by place, each a bar from 0 to 1 that its components make up."""
    detail: Suggestions = analysis.detail
    rows = [(place, s) for place, those in detail.shown.items() for s in those]
    caption = (
        "How to read this: a bar is the score of a suggestion, 0 to 1, and each piece of it what one component adds; "
        "behind it stands how much of the weight is known. What one component alone is known of comes last in its "
        "place, and what is not permitted after that, without a bar."
    )
    if len(rows) > _MOST:
        caption += f" Drawn are the first {_MOST} of {len(rows)}."
    drawn = rows[:_MOST]
    places = list(dict.fromkeys(place for place, _ in drawn))
    described = "; ".join(f"{facts.label(s.candidate.thing)} {s.score(detail.weights):.2f}" for _, s in drawn[:10])
    height = _HEAD + len(places) * 28 + max(len(drawn), 1) * _ROW + 12
    root = svg.picture(_WIDTH, height, "next", analysis.title, f"{caption} {described}.")
    _legend(root)
    _axis(root, height - 12)
    if not drawn:
        write(root, ["Nothing is recorded from which to go on."], 4, _HEAD + 14, 12, fill=svg.SOFT)
    y = _HEAD
    for number, (place, suggestion) in enumerate(drawn):
        if not number or drawn[number - 1][0] != place:
            write(root, [facts.label(place)], 4, y + 15, 13, font_weight="bold")
            y += 28
        _bar(root, suggestion, facts, detail, y + _ROW / 2)
        y += _ROW
    return Picture(analysis.title, svg.markup(svg.framed(root, analysis.title, caption)), caption)


def _legend(root: Element) -> None:
    for number, name in enumerate(COMPONENTS):
        colour, ink, letter = _MARKS[name]
        x, y = 8 + number % 3 * 236, 16 + number // 3 * 26
        add(root, "rect", x=x, y=y - 9, width=18, height=18, fill=colour)
        write(root, [letter], x + 9, y, 11, fill=ink, text_anchor="middle")
        write(root, [_NAMES[name]], x + 26, y, 12)


def _axis(root: Element, bottom: float) -> None:
    for share in (0.0, 0.5, 1.0):
        x = _LABELS + share * _SCALE
        add(root, "line", x1=x, y1=_HEAD - 8, x2=x, y2=bottom, stroke=svg.FAINT, stroke_width=1)
        write(root, [f"{share:g}"], x, _HEAD - 16, 11, fill=svg.SOFT, text_anchor="middle")


def _bar(root: Element, suggestion: Suggestion, facts: Facts, detail: Suggestions, middle: float) -> None:
    candidate, weights = suggestion.candidate, detail.weights
    name = facts.label(candidate.thing)
    lines = svg.wrap(name, _LABELS - 18, 2, 12)
    group = add(root, "g")
    words = "; ".join(f"{c.name}: {'not known, ' if c.value is None else ''}{c.words}" for c in suggestion.components)
    add(group, "title", f"{name}: {suggestion.score(weights):.2f}. {words}")
    write(group, lines, _LABELS - 10, middle, 12, text_anchor="end")
    if not suggestion.permitted:
        write(group, ["not permitted"], _LABELS + 8, middle, 12, fill=svg.SOFT)
        return
    parts = suggestion.parts(weights)
    total, x = sum(part.weight for part in parts), _LABELS
    for part in parts:
        width = _SCALE * part.weight * part.value / total
        if width <= 0:
            continue
        colour, ink, letter = _MARKS[part.name]
        add(group, "rect", x=x, y=middle - 10, width=width, height=20, fill=colour, stroke=svg.PAPER, stroke_width=1)
        if width >= 14:
            write(group, [letter], x + width / 2, middle, 11, fill=ink, text_anchor="middle")
        x += width
    end = f"{suggestion.score(weights):.2f}, {suggestion.known(weights):.0%} known"
    write(group, [end], _LABELS + _SCALE + 14, middle, 11)
