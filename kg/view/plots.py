"""Pictures as self-contained SVG: which stages a place has, how alike places are, and which nodes are most central.

Colours are those of Okabe and Ito (2008, https://jfly.uni-koeln.de/color/), which colour-blind people tell apart; each
state also has a mark of its own, so that nothing rests on colour and a grey print says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.gaps.matrix import Cell, GapMatrix, State
from kg.analysis.networks import NodeMeasures
from kg.analysis.overlap.pairs import OverlapMatrix
from kg.view import svg
from kg.view.svg import Element, add, write

_BLUE, _SKY, _ORANGE, _VERMILION = "#0072b2", "#56b4e9", "#e69f00", "#d55e00"
_CELL, _PITCH = 24, 36
_LABELS = 232.0
_SLANT = 0.7071
_SMALL = 11.0
_EMPTY_ROWS = 6

LEGEND: Mapping[State, str] = {
    State.PRESENT: "present",
    State.WEAK: "present, but weak",
    State.PLANNED: "planned or recommended",
    State.SAID_MISSING: "said to be missing",
    State.NOT_RECORDED: "not recorded: no source speaks of it",
}

_SHADES = (
    (0.0, "#ffffff", "none"),
    (0.1, "#deebf7", "under 0.10"),
    (0.2, "#b3d2e9", "0.10 to 0.19"),
    (0.35, "#74add1", "0.20 to 0.34"),
    (0.5, "#2f79b5", "0.35 to 0.49"),
    (2.0, "#08306b", "0.50 and more"),
)


@dataclass(frozen=True)
class Picture:
    """A picture: its title, the SVG, and one sentence on how to read it."""

    title: str
    svg: str
    caption: str


def gap_picture(
    matrix: GapMatrix,
    title: str = "Stages by places",
    groups: Mapping[str, str] | None = None,
    most: int = 36,
    name: str = "gaps",
) -> Picture:
    """Stages (rows) by places (columns), a mark for the state of each pair.

    Args:
        matrix: what is recorded.
        title: of the picture.
        groups: chain by stage; rows are grouped by it.
        most: of the places, only so many are drawn, those of which most is recorded; the caption says so.
        name: distinguishes the picture's ids on a page.

    >>> from kg.analysis.gaps.matrix import Statement, gap_matrix
    >>> said = [Statement("s:melting", "p:a", State.SAID_MISSING)]
    >>> "said missing" in gap_picture(gap_matrix(said, ["s:melting"], {"p:a": "A"})).svg
    True
    """
    places = matrix.places[:most]
    caption = (
        "How to read this: a row is a stage or function, a column a place. Full: present; half: weak; hatched: planned "
        "or recommended; an empty frame: a source says that it is missing; a dot: no source speaks of it, which is not "
        "the same as missing. A notch marks a place of which more than one state is stated."
    )
    if len(matrix.places) > most:
        caption += f" Drawn are the {most} of {len(matrix.places)} places of which most is recorded."
    drawn, empty = _rows_to_draw(matrix, places)
    if empty:
        unspoken = ", ".join(matrix.labels.get(stage, stage) for stage in empty)
        caption += f" Not drawn, since no source speaks of them for any of these places: {unspoken}."
    rows = _grouped(matrix, drawn, groups or {})
    labels = [matrix.labels.get(place, place) for place in places]
    head = max(_header_height(labels), 150.0)
    width = _LABELS + len(places) * _PITCH + max(_overhang(labels), 16)
    height = head + sum(26 if stage is None else _PITCH for stage, _ in rows) + 10
    root = svg.picture(max(width, 470), height, name, title, _described(matrix, places, caption))
    _state_legend(root)
    _column_labels(root, labels, head)
    y = head
    for stage, text in rows:
        if stage is None:
            write(root, [text], 4, y + 15, 12, font_weight="bold")
            y += 26
            continue
        middle = y + _PITCH / 2
        add(root, "line", x1=4, y1=y, x2=_LABELS + len(places) * _PITCH, y2=y, stroke=svg.FAINT, stroke_width=0.6)
        _row_label(root, text, middle)
        for column, place in enumerate(places):
            x = _LABELS + column * _PITCH + _PITCH / 2
            _cell(root, matrix.cell(stage, place), x, middle, f"{text}, {labels[column]}")
        y += _PITCH
    return Picture(title, svg.markup(root), caption)


def overlap_picture(
    matrix: OverlapMatrix, title: str = "Industries in common", most: int = 24, name: str = "overlap"
) -> Picture:
    """Places by places, the Jaccard index of their industries in each cell.

    Args:
        matrix: overlaps, similar places next to each other.
        title: of the picture.
        most: only so many places are drawn, those with the most alike neighbours; the caption says so.
        name: distinguishes the picture's ids on a page.
    """
    places = _most_alike(matrix, most)
    caption = (
        "How to read this: a cell is the share of industries that two places have in common among all that either "
        "has (Jaccard index, 0 to 1); the darker, the more they duplicate one another. Similar places stand side by "
        "side; the diagonal has no meaning."
    )
    if len(matrix.places) > most:
        caption += f" Drawn are {most} of {len(matrix.places)} places, those most like another."
    labels = [matrix.labels.get(place, place) for place in places]
    head = max(_header_height(labels), 150.0)
    width = _LABELS + len(places) * _PITCH + max(_overhang(labels), 16)
    pairs = sorted(matrix.pairs.values(), key=lambda o: -o.jaccard)[:5]
    likest = "; ".join(
        f"{matrix.labels.get(o.first, o.first)} and {matrix.labels.get(o.second, o.second)} {o.jaccard:.2f}"
        for o in pairs
    )
    described = f"{caption} Most alike: {likest}." if likest else caption
    root = svg.picture(max(width, 470), head + len(places) * _PITCH + 10, name, title, described)
    _shade_legend(root)
    _column_labels(root, labels, head)
    for row, first in enumerate(places):
        middle = head + row * _PITCH + _PITCH / 2
        _row_label(root, labels[row], middle)
        for column, second in enumerate(places):
            _overlap_cell(root, matrix, first, second, _LABELS + column * _PITCH, middle - _PITCH / 2)
    return Picture(title, svg.markup(root), caption)


def bar_picture(
    measures: Sequence[NodeMeasures], title: str = "Most central", most: int = 15, name: str = "central"
) -> Picture:
    """The most central nodes as bars of their betweenness; a diamond marks those that hold the network together."""
    caption = (
        "How to read this: the longer the bar, the more of the shortest ways through the network lead over the node "
        "(betweenness, 0 to 1). A diamond marks a node without which a part of the network would be cut off."
    )
    shown = [m for m in measures if m.betweenness > 0][:most]
    longest = max((m.betweenness for m in shown), default=1.0)
    described = f"{caption} {'; '.join(f'{m.label} {m.betweenness:.4f}' for m in shown)}."
    root = svg.picture(720, 16 + max(len(shown), 1) * 34, name, title, described)
    if not shown:
        write(root, ["No node lies between others."], 4, 33, 12, fill=svg.SOFT)
    for row, node in enumerate(shown):
        middle = 8 + row * 34 + 17
        group = add(root, "g")
        cut = ", holds a part of the network together" if node.is_cut_point else ""
        add(
            group, "title", f"{node.label} ({node.kind}): betweenness {node.betweenness:.4f}, degree {node.degree}{cut}"
        )
        _row_label(group, node.label, middle - 5 if node.kind else middle, lines=1)
        if node.kind:
            write(group, [node.kind], _LABELS - 10, middle + 8, 10, fill=svg.SOFT, text_anchor="end")
        length = 400 * node.betweenness / longest
        add(group, "rect", x=_LABELS, y=middle - 10, width=max(length, 1), height=20, fill=_BLUE)
        x = _LABELS + length + 8
        if node.is_cut_point:
            add(group, "path", d=f"M{x:.1f} {middle} l6 -6 l6 6 l-6 6 z", fill=_VERMILION)
            x += 18
        write(group, [f"{node.betweenness:.4f}"], x, middle, 11)
    return Picture(title, svg.markup(root), caption)


def shade(value: float) -> tuple[str, str]:
    """Colour of a Jaccard index and of the text on it.

    >>> shade(0.0)
    ('#ffffff', '#1b1b1b')
    """
    if value <= 0:
        return _SHADES[0][1], svg.INK
    colour = next(colour for limit, colour, _ in _SHADES[1:] if value < limit)
    return colour, svg.PAPER if value >= 0.35 else svg.INK


def _cell(root: Element, cell: Cell, x: float, y: float, where: str) -> None:
    group = add(root, "g")
    add(group, "title", f"{where}: {_said(cell)}")
    add(group, "rect", x=x - _PITCH / 2, y=y - _PITCH / 2, width=_PITCH, height=_PITCH, fill=svg.PAPER, fill_opacity=0)
    _mark(group, cell.state, x, y)
    if len(cell.recorded) > 1:
        r = _CELL / 2
        add(group, "path", d=f"M{x + r - 9} {y - r} h9 v9 z", fill=svg.INK, stroke=svg.PAPER, stroke_width=1)


def _said(cell: Cell) -> str:
    if cell.state is State.NOT_RECORDED:
        return f"{cell.state}, no passage"
    count = f"{len(cell.passages)} passage{'' if len(cell.passages) == 1 else 's'}"
    if len(cell.recorded) < 2:
        return f"{cell.state}, {count}"
    return f"{cell.state} (stated: {', '.join(s for s in State if s in cell.recorded)}), {count}"


def _mark(group: Element, state: State, x: float, y: float) -> None:
    """The mark of a state around a point: full, half, hatched, frame, dot."""
    r = _CELL / 2
    left, top = x - r, y - r
    if state is State.NOT_RECORDED:
        add(group, "circle", cx=x, cy=y, r=1.8, fill="#767676")
    elif state is State.PRESENT:
        add(group, "rect", x=left, y=top, width=_CELL, height=_CELL, fill=_BLUE)
    elif state is State.WEAK:
        add(
            group,
            "rect",
            x=left + 0.75,
            y=top + 0.75,
            width=_CELL - 1.5,
            height=_CELL - 1.5,
            fill=svg.PAPER,
            stroke=_BLUE,
        )
        add(group, "path", d=f"M{left} {top} v{_CELL} h{_CELL} z", fill=_SKY, stroke=_BLUE, stroke_width=1)
    elif state is State.PLANNED:
        box = {"x": left + 0.75, "y": top + 0.75, "width": _CELL - 1.5, "height": _CELL - 1.5}
        add(group, "rect", **box, fill="#fdf3dc", stroke=_ORANGE, stroke_width=1.5)
        for step in (8, 16, 24, 32, 40):
            start, end = max(0, step - _CELL), min(step, _CELL)
            line = {"x1": left + start, "y1": top + end, "x2": left + end, "y2": top + start}
            add(group, "line", **line, stroke="#a86f00", stroke_width=1.8)
    else:
        box = {"x": left + 1.5, "y": top + 1.5, "width": _CELL - 3, "height": _CELL - 3}
        add(group, "rect", **box, fill=svg.PAPER, stroke=_VERMILION, stroke_width=3)


def _overlap_cell(root: Element, matrix: OverlapMatrix, first: str, second: str, x: float, y: float) -> None:
    names = " and ".join(matrix.labels.get(place, place) for place in (first, second))
    pair = matrix.pair(first, second)
    group = add(root, "g")
    box = {"x": x + 1, "y": y + 1, "width": _PITCH - 2, "height": _PITCH - 2}
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
    write(group, [text], x + _PITCH / 2, y + _PITCH / 2, 11, text_anchor="middle", fill=ink)


def _most_alike(matrix: OverlapMatrix, most: int) -> list[str]:
    best: dict[str, float] = dict.fromkeys(matrix.places, 0.0)
    for pair in matrix.pairs.values():
        for place in (pair.first, pair.second):
            best[place] = max(best.get(place, 0.0), pair.jaccard)
    chosen = set(sorted(matrix.places, key=lambda p: (-best[p], matrix.places.index(p)))[:most])
    return [place for place in matrix.places if place in chosen]


def _rows_to_draw(matrix: GapMatrix, places: Sequence[str]) -> tuple[list[str], list[str]]:
    """The stages to draw, and those left out since nothing is recorded of them: only where they are many."""
    empty = [s for s in matrix.stages if all(matrix.cell(s, p).state is State.NOT_RECORDED for p in places)]
    if len(empty) <= _EMPTY_ROWS:
        return list(matrix.stages), []
    return [stage for stage in matrix.stages if stage not in empty], empty


def _grouped(matrix: GapMatrix, stages: Sequence[str], groups: Mapping[str, str]) -> list[tuple[str | None, str]]:
    """Rows: a stage and its name, or None and the name of the group that starts there."""
    rows: list[tuple[str | None, str]] = []
    for group in dict.fromkeys(groups.get(stage, "") for stage in stages):
        if group:
            rows.append((None, group))
        members = [stage for stage in stages if groups.get(stage, "") == group]
        rows += [(stage, matrix.labels.get(stage, stage)) for stage in members]
    return rows


def _described(matrix: GapMatrix, places: Sequence[str], caption: str) -> str:
    count = Counter(matrix.cell(stage, place).state for stage in matrix.stages for place in places)
    return f"{caption} {'; '.join(f'{state}: {count[state]}' for state in State)}."


def _header_height(labels: Sequence[str]) -> float:
    return (
        max((max(svg.text_width(line, _SMALL) for line in _column_lines(text)) for text in labels), default=0) * _SLANT
        + 26
    )


def _overhang(labels: Sequence[str]) -> float:
    """How far the slanted labels reach beyond the last column."""
    reach = 0.0
    for back, text in enumerate(reversed(labels)):
        length = max(svg.text_width(line, _SMALL) for line in _column_lines(text)) * _SLANT
        reach = max(reach, length + 14 - back * _PITCH)
    return reach


def _column_lines(text: str) -> list[str]:
    return svg.wrap(text, 150 if svg.text_width(text, _SMALL) <= 290 else 200, 2, _SMALL)


def _column_labels(root: Element, labels: Sequence[str], head: float) -> None:
    for column, text in enumerate(labels):
        x = _LABELS + column * _PITCH + _PITCH / 2
        group = add(root, "g", transform=f"translate({x + 2:.1f} {head - 8:.1f}) rotate(-45)")
        add(group, "title", text)
        write(group, _column_lines(text), 0, 0, _SMALL)


def _row_label(parent: Element, text: str, y: float, lines: int = 2) -> None:
    group = add(parent, "g")
    add(group, "title", text)
    write(group, svg.wrap(text, _LABELS - 18, lines, 12), _LABELS - 10, y, 12, text_anchor="end")


def _state_legend(root: Element) -> None:
    for row, (state, text) in enumerate(LEGEND.items()):
        group = add(root, "g", transform=f"translate(14 {14 + row * 21}) scale(0.7)")
        _mark(group, state, 0, 0)
        write(root, [text], 30, 14 + row * 21, 11.5)
    add(root, "path", d=f"M8 {8 + len(LEGEND) * 21} h12 v12 z", fill=svg.INK)
    write(root, ["more than one of these is stated"], 30, 14 + len(LEGEND) * 21, 11.5)


def _shade_legend(root: Element) -> None:
    write(root, ["Share of industries in common"], 4, 12, 11.5, font_weight="bold")
    for row, (_, colour, text) in enumerate(_SHADES):
        y = 24 + row * 19
        add(root, "rect", x=5, y=y, width=22, height=15, fill=colour, stroke="#8a8a8a", stroke_width=0.6)
        write(root, [text], 34, y + 7.5, 11.5)
