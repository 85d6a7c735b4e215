"""Pictures as self-contained SVG: which stages a place has, and which nodes are most central.

Colours are those of Okabe and Ito (2008, https://jfly.uni-koeln.de/color/), which colour-blind people tell apart; each
state also has a mark of its own, so that nothing rests on colour and a grey print says the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.gaps.matrix import Cell, GapMatrix, State
from kg.analysis.networks import NodeMeasures
from kg.view import svg
from kg.view.grid import LABELS, PITCH, column_labels, header_height, overhang, row_label
from kg.view.svg import Element, add, write

_BLUE, _SKY, _ORANGE, _VERMILION = "#0072b2", "#56b4e9", "#e69f00", "#d55e00"
_CELL = 24
_EMPTY_ROWS = 6

LEGEND: Mapping[State, str] = {
    State.PRESENT: "present",
    State.SINGLE_PROVIDER: "present, one provider only",
    State.WEAK: "present, but weak",
    State.PLANNED: "planned or recommended",
    State.SAID_MISSING: "said to be missing",
    State.NOT_RECORDED: "not recorded: no source speaks of it",
}


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
    alone: bool = False,
) -> Picture:
    """Stages (rows) by places (columns), a mark for the state of each pair.

    Args:
        matrix: what is recorded.
        title: of the picture.
        groups: chain by stage; rows are grouped by it.
        most: of the places, only so many are drawn, those of which most is recorded; the caption says so.
        name: distinguishes the picture's ids on a page.
        alone: whether it stands on no page, so that title and caption are written into it.

    >>> from kg.analysis.gaps.matrix import Statement, cell_of, gap_matrix
    >>> cells = {("s:melting", "p:a"): cell_of([Statement("s:melting", "p:a", State.SAID_MISSING)])}
    >>> "said missing" in gap_picture(gap_matrix(cells, ["s:melting"], ["p:a"], {"p:a": "A"})).svg
    True
    """
    places = matrix.places[:most]
    caption = (
        "How to read this: a row is a stage or function, a column a place. Full: present; full with a 1: one provider "
        "only is recorded; half: weak; hatched: planned or recommended; an empty frame: a source says that it is "
        "missing; a dot: no source speaks of it, which is not the same as missing. A notch marks a place of which more "
        "than one state is stated."
    )
    if len(matrix.places) > most:
        caption += f" Drawn are the {most} of {len(matrix.places)} places of which most is recorded."
    drawn, empty = _rows_to_draw(matrix, places)
    if empty:
        unspoken = ", ".join(matrix.labels.get(stage, stage) for stage in empty)
        caption += f" Not drawn, since no source speaks of them for any of these places: {unspoken}."
    rows = _grouped(matrix, drawn, groups or {})
    labels = [matrix.labels.get(place, place) for place in places]
    head = max(header_height(labels), 26.0 + 21 * (len(LEGEND) + 1))
    width = LABELS + len(places) * PITCH + max(overhang(labels), 16)
    height = head + max(sum(26 if stage is None else PITCH for stage, _ in rows), 26) + 10
    root = svg.picture(max(width, 470), height, name, title, _described(matrix, places, caption))
    _state_legend(root)
    column_labels(root, labels, head)
    y = head
    if not rows:
        write(root, ["No stage or function to show."], 4, head + 12, 12, fill=svg.SOFT)
    for stage, text in rows:
        if stage is None:
            write(root, [text], 4, y + 15, 12, font_weight="bold")
            y += 26
            continue
        middle = y + PITCH / 2
        add(root, "line", x1=4, y1=y, x2=LABELS + len(places) * PITCH, y2=y, stroke=svg.FAINT, stroke_width=0.6)
        row_label(root, text, middle)
        for column, place in enumerate(places):
            x = LABELS + column * PITCH + PITCH / 2
            _cell(root, matrix.cell(stage, place), x, middle, f"{text}, {labels[column]}")
        y += PITCH
    return Picture(title, svg.markup(svg.framed(root, title, caption) if alone else root), caption)


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
        row_label(group, node.label, middle - 5 if node.kind else middle, lines=1)
        if node.kind:
            write(group, [node.kind], LABELS - 10, middle + 8, 10, fill=svg.SOFT, text_anchor="end")
        length = 400 * node.betweenness / longest
        add(group, "rect", x=LABELS, y=middle - 10, width=max(length, 1), height=20, fill=_BLUE)
        x = LABELS + length + 8
        if node.is_cut_point:
            add(group, "path", d=f"M{x:.1f} {middle} l6 -6 l6 6 l-6 6 z", fill=_VERMILION)
            x += 18
        write(group, [f"{node.betweenness:.4f}"], x, middle, 11)
    return Picture(title, svg.markup(root), caption)


def _cell(root: Element, cell: Cell, x: float, y: float, where: str) -> None:
    group = add(root, "g")
    add(group, "title", f"{where}: {_said(cell)}")
    add(group, "rect", x=x - PITCH / 2, y=y - PITCH / 2, width=PITCH, height=PITCH, fill=svg.PAPER, fill_opacity=0)
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
    """The mark of a state around a point: full, full with a 1, half, hatched, frame, dot."""
    r = _CELL / 2
    left, top = x - r, y - r
    if state is State.NOT_RECORDED:
        add(group, "circle", cx=x, cy=y, r=1.8, fill="#767676")
    elif state is State.PRESENT:
        add(group, "rect", x=left, y=top, width=_CELL, height=_CELL, fill=_BLUE)
    elif state is State.SINGLE_PROVIDER:
        add(group, "rect", x=left, y=top, width=_CELL, height=_CELL, fill=_BLUE)
        add(group, "circle", cx=x, cy=y, r=8, fill=svg.PAPER)
        write(group, ["1"], x, y, 13, text_anchor="middle", font_weight="bold", fill=svg.INK)
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


def _state_legend(root: Element) -> None:
    for row, (state, text) in enumerate(LEGEND.items()):
        group = add(root, "g", transform=f"translate(14 {14 + row * 21}) scale(0.7)")
        _mark(group, state, 0, 0)
        write(root, [text], 30, 14 + row * 21, 11.5)
    add(root, "path", d=f"M8 {8 + len(LEGEND) * 21} h12 v12 z", fill=svg.INK)
    write(root, ["more than one of these is stated"], 30, 14 + len(LEGEND) * 21, 11.5)
