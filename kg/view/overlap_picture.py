"""The picture of how alike places are: places by places, similar ones side by side."""

from __future__ import annotations

from collections import Counter

from kg.analysis.facts import Facts
from kg.analysis.overlap.compare import Comparison
from kg.analysis.overlap.pairs import OverlapMatrix
from kg.analysis.overlap.places import MIN_ITEMS, similarity_matrix
from kg.analysis.overlap.profiles import ASPECTS, ONE_SIDED
from kg.analysis.result import Analysis
from kg.view import svg
from kg.view.grid import LABELS, PITCH, column_labels, header_height, overhang, row_label
from kg.view.plots import Picture
from kg.view.svg import Element, add, write

_SHADES = (
    (0.0, "#ffffff", "none"),
    (0.1, "#deebf7", "under 0.10"),
    (0.2, "#b3d2e9", "0.10 to 0.19"),
    (0.35, "#74add1", "0.20 to 0.34"),
    (0.5, "#2f79b5", "0.35 to 0.49"),
    (2.0, "#08306b", "0.50 and more"),
)


def picture_of(analysis: Analysis, facts: Facts) -> Picture:
    """The picture of a result of `kg overlap`: the one aspect that was asked for, or the one that tells most.

    That is the aspect in which most of those named have something in common; the first of all, where none is named.
    """
    found: Comparison = analysis.detail
    chosen = [aspect for aspect in found.aspects if aspect in ONE_SIDED]
    pairs = Counter(s.aspect for s in found.shared if s.overlap.shared)
    if found.named:
        chosen.sort(key=lambda aspect: -pairs[aspect])
    aspect = next((aspect for aspect in chosen if pairs[aspect]), chosen[0] if chosen else "industry")
    places = [value for name, value in analysis.parameters if name == "place"]
    things = found.things
    if len(places) == 1:
        sharing = [s.overlap for s in found.shared if s.aspect == aspect]
        things = tuple(sorted({*places, *(t for o in sharing for t in (o.first, o.second))}))
    matrix = similarity_matrix(facts, found.asked, aspect, things, 1 if places else MIN_ITEMS, found.named)
    words = ASPECTS[aspect]
    return overlap_picture(matrix, words[0].upper() + words[1:], what=words, alone=True)


def overlap_picture(
    matrix: OverlapMatrix,
    title: str = "Industries in common",
    most: int = 24,
    name: str = "overlap",
    what: str = "industries that both have now",
    alone: bool = False,
) -> Picture:
    """Places by places, the Jaccard index of what they have in each cell.

    Args:
        matrix: overlaps, similar places next to each other.
        title: of the picture.
        most: only so many places are drawn, those with the most alike neighbours; the caption says so.
        name: distinguishes the picture's ids on a page.
        what: what is held in common.
        alone: whether it stands on no page, so that title and caption are written into it.
    """
    places = _most_alike(matrix, most)
    caption = (
        f"How to read this: a cell is the share of {what}, among all that either has (Jaccard index, 0 to 1); the "
        "darker, the more they duplicate one another. Similar ones stand side by side. A grey cell is not compared: "
        "the diagonal, a part with its whole, or two of different levels. What is not recorded counts as not shared."
    )
    if len(matrix.places) > most:
        caption += f" Drawn are {most} of {len(matrix.places)} places, those most like another."
    labels = [matrix.labels.get(place, place) for place in places]
    head = max(header_height(labels), 150.0)
    width = LABELS + len(places) * PITCH + max(overhang(labels), 16)
    pairs = sorted(matrix.pairs.values(), key=lambda o: -o.jaccard)[:5]
    likest = "; ".join(
        f"{matrix.labels.get(o.first, o.first)} and {matrix.labels.get(o.second, o.second)} {o.jaccard:.2f}"
        for o in pairs
    )
    described = f"{caption} Most alike: {likest}." if likest else caption
    root = svg.picture(max(width, 470), head + max(len(places), 1) * PITCH + 10, name, title, described)
    _shade_legend(root)
    column_labels(root, labels, head)
    if not places:
        write(root, ["No two that are compared have any of it recorded."], 4, head + PITCH / 2, 12, fill=svg.SOFT)
    for row, first in enumerate(places):
        middle = head + row * PITCH + PITCH / 2
        row_label(root, labels[row], middle)
        for column, second in enumerate(places):
            _overlap_cell(root, matrix, first, second, LABELS + column * PITCH, middle - PITCH / 2)
    return Picture(title, svg.markup(svg.framed(root, title, caption) if alone else root), caption)


def shade(value: float) -> tuple[str, str]:
    """Colour of a Jaccard index and of the text on it.

    >>> shade(0.0)
    ('#ffffff', '#1b1b1b')
    """
    if value <= 0:
        return _SHADES[0][1], svg.INK
    colour = next(colour for limit, colour, _ in _SHADES[1:] if value < limit)
    return colour, svg.PAPER if value >= 0.35 else svg.INK


def _overlap_cell(root: Element, matrix: OverlapMatrix, first: str, second: str, x: float, y: float) -> None:
    names = " and ".join(matrix.labels.get(place, place) for place in (first, second))
    pair = matrix.pair(first, second)
    group = add(root, "g")
    box = {"x": x + 1, "y": y + 1, "width": PITCH - 2, "height": PITCH - 2}
    if first == second or pair is None:
        add(group, "title", names if first != second else matrix.labels.get(first, first))
        add(group, "rect", **box, fill="#f2f2f2")
        return
    shared = ", ".join(matrix.labels.get(industry, industry) for industry in pair.shared)
    krugman = "" if pair.krugman is None else f"; Krugman index {pair.krugman:.2f}"
    add(
        group,
        "title",
        f"{names}: {pair.jaccard:.2f}; {len(pair.shared)} shared{': ' if shared else ''}{shared}{krugman}",
    )
    colour, ink = shade(pair.jaccard)
    add(group, "rect", **box, fill=colour, stroke=svg.FAINT, stroke_width=0.6)
    text = f"{pair.jaccard:.2f}" if pair.jaccard > 0 else "0"
    ink = ink if pair.jaccard > 0 else "#767676"
    write(group, [text], x + PITCH / 2, y + PITCH / 2, 11, text_anchor="middle", fill=ink)


def _most_alike(matrix: OverlapMatrix, most: int) -> list[str]:
    best: dict[str, float] = dict.fromkeys(matrix.places, 0.0)
    for pair in matrix.pairs.values():
        for place in (pair.first, pair.second):
            best[place] = max(best.get(place, 0.0), pair.jaccard)
    chosen = set(sorted(matrix.places, key=lambda p: (-best[p], matrix.places.index(p)))[:most])
    return [place for place in matrix.places if place in chosen]


def _shade_legend(root: Element) -> None:
    write(root, ["Share in common (Jaccard index)"], 4, 12, 11.5, font_weight="bold")
    for row, (_, colour, text) in enumerate(_SHADES):
        y = 24 + row * 19
        add(root, "rect", x=5, y=y, width=22, height=15, fill=colour, stroke="#8a8a8a", stroke_width=0.6)
        write(root, [text], 34, y + 7.5, 11.5)
