"""Pictures of weak points: on which nodes most ways rest, and round by round what fails when something is gone."""

from __future__ import annotations

from collections.abc import Sequence

from kg.analysis.facts import Facts
from kg.analysis.networks import NodeMeasures
from kg.analysis.result import Analysis
from kg.analysis.weak_points.analysis import Broken, WeakPoints
from kg.analysis.weak_points.centrality import NetworkMeasures
from kg.analysis.weak_points.uncertainty import RankInterval
from kg.view import svg
from kg.view.plots import Picture
from kg.view.svg import Element, add, write

_BLUE, _ORANGE, _VERMILION, _SKY = "#0072b2", "#e69f00", "#d55e00", "#56b4e9"
_LABELS, _BAR, _ROW, _WIDTH = 250.0, 330.0, 30.0, 760.0
_BOX, _COLUMN, _LINE = 190.0, 222.0, 15.0
_MOST, _MOST_BOXES = 10, 14


def weak_points_picture(analysis: Analysis, facts: Facts) -> Picture:
    """The nodes of each network over which most ways lead; or what fails, where something was removed."""
    detail: WeakPoints = analysis.detail
    if detail.broken is not None:
        return _cascade(analysis.title, detail.broken, facts)
    return _central(analysis)


def _central(analysis: Analysis) -> Picture:
    title, detail = analysis.title, analysis.detail
    caption = (
        "How to read this: the longer the bar, the more of the shortest ways between others lead over the node "
        "(betweenness; the scale is that of its network). A diamond marks a node whose loss cuts others off."
    )
    if detail.rankings:
        by = dict(analysis.parameters)["by"]
        caption += f" After it: 5th to 95th percentile of its rank by {by} when a tenth of the edges is left out."
    lines = svg.wrap(caption, _WIDTH - 20, 4, 11.5)
    inside = {(row[0], row[1]) for row in analysis.table("nodes").rows}
    shown = {
        name: [m for m in measures.nodes if m.betweenness > 0 and (name, m.node) in inside][:_MOST]
        for name, measures in detail.networks.items()
    }
    head = 34 + len(lines) * 14.0
    height = head + sum(40 + max(1, len(nodes)) * _ROW for nodes in shown.values())
    described = " ".join(
        f"{name}: {'; '.join(f'{m.label} {m.betweenness:.4f}' for m in nodes) or 'no node lies between others'}."
        for name, nodes in shown.items()
    )
    root = svg.picture(_WIDTH, height, "weak-points", title, f"{caption} {described}")
    write(root, [title], 10, 16, 15, font_weight="bold")
    write(root, lines, 10, 26 + len(lines) * 7, 11.5, fill=svg.SOFT)
    y = head
    for name, measures in detail.networks.items():
        ranks = {r.node: r for r in detail.rankings.get(name, ())}
        y = _panel(root, measures, shown[name], ranks, y)
    return Picture(title, svg.markup(root), caption)


def _panel(
    root: Element, measures: NetworkMeasures, nodes: Sequence[NodeMeasures], ranks: dict[str, RankInterval], y: float
) -> float:
    """One network; returns where the next starts."""
    ways = "directed" if measures.directed else "undirected"
    heading = f"{measures.name}: {len(measures.nodes)} nodes, {measures.edges} edges, {ways}"
    add(root, "line", x1=10, y1=y + 4, x2=_WIDTH - 10, y2=y + 4, stroke=svg.FAINT)
    write(root, [heading], 10, y + 20, 12.5, font_weight="bold")
    y += 36
    if not nodes:
        write(root, ["No node lies between others."], 10, y + _ROW / 2, 12, fill=svg.SOFT)
        return y + _ROW + 4
    longest = nodes[0].betweenness
    for node in nodes:
        middle = y + _ROW / 2
        group = add(root, "g")
        cut = ", a cut point" if node.is_cut_point else ""
        add(
            group, "title", f"{node.label} ({node.kind}): betweenness {node.betweenness:.4f}, degree {node.degree}{cut}"
        )
        write(group, svg.wrap(node.label, _LABELS - 22, 1, 12), _LABELS - 10, middle - 5, 12, text_anchor="end")
        write(group, [node.kind], _LABELS - 10, middle + 8, 9.5, fill=svg.SOFT, text_anchor="end")
        length = max(1.0, _BAR * node.betweenness / longest)
        add(group, "rect", x=_LABELS, y=middle - 9, width=length, height=18, fill=_BLUE)
        x = _LABELS + length + 7
        if node.is_cut_point:
            add(group, "path", d=f"M{x:.1f} {middle:.1f} l6 -6 l6 6 l-6 6 z", fill=_VERMILION)
            x += 18
        rank = ranks.get(node.node)
        words = f"{node.betweenness:.4f}" + (f"   rank {rank.low:.0f} to {rank.high:.0f}" if rank else "")
        write(group, [words], x, middle, 11)
        y += _ROW
    return y + 4


def _cascade(title: str, broken: Broken, facts: Facts) -> Picture:
    caption = (
        "How to read this: from left to right, round by round, what fails. Dashed: removed; thick: it loses its last "
        f"recorded provider; thin: {broken.threshold:.0%} or more of what feeds it or what it needs has failed."
    )
    rounds: dict[int, list[str]] = {0: list(broken.things)}
    for failure in broken.cascade:
        if failure.node not in broken.things:
            rounds.setdefault(failure.round + 1, []).append(failure.node)
    numbers = sorted(rounds)
    columns = [rounds[number] for number in numbers]
    width = max(_WIDTH, 20 + len(columns) * _COLUMN)
    lines = svg.wrap(caption, width - 20, 4, 11.5)
    head = 34 + len(lines) * 14.0 + 34
    cells = [[svg.wrap(facts.label(node), _BOX - 16, 3, 12) for node in column[:_MOST_BOXES]] for column in columns]
    heights = [sum(len(cell) * _LINE + 24 for cell in column) for column in cells]
    spoken = " ".join(f"{_heading(number)}: {', '.join(map(facts.label, rounds[number]))}." for number in numbers)
    root = svg.picture(width, head + max([*heights, 60.0]) + 30, "weak-points", title, f"{caption} {spoken}")
    write(root, svg.wrap(title, width - 20, 1, 15), 10, 16, 15, font_weight="bold")
    write(root, lines, 10, 26 + len(lines) * 7, 11.5, fill=svg.SOFT)
    for place, (number, column, texts) in enumerate(zip(numbers, columns, cells, strict=True)):
        x = 10 + place * _COLUMN
        write(root, [f"{_heading(number)} ({len(column)})"], x, head - 16, 12, font_weight="bold")
        _boxes(root, column, texts, x, head, broken)
    if len(columns) == 1:
        write(root, ["Nothing else fails, as far as is recorded."], 10 + _COLUMN, head + 18, 12, fill=svg.SOFT)
    return Picture(title, svg.markup(root), caption)


def _boxes(root: Element, nodes: Sequence[str], texts: Sequence[list[str]], x: float, y: float, broken: Broken) -> None:
    for node, text in zip(nodes, texts, strict=False):
        height = len(text) * _LINE + 14
        style: dict[str, str | float] = {"fill": "#e3f1fa", "stroke": _SKY, "stroke_width": 1.2}
        if node in broken.things:
            style = {"fill": "#fbe9dd", "stroke": _VERMILION, "stroke_width": 1.6, "stroke_dasharray": "5 3"}
        elif node in broken.stages:
            style = {"fill": "#fdf3da", "stroke": _ORANGE, "stroke_width": 3}
        add(root, "rect", x=x, y=y, width=_BOX, height=height, rx=5, **style)
        write(root, text, x + 8, y + height / 2, 12)
        y += height + 10
    if len(nodes) > len(texts):
        write(root, [f"and {len(nodes) - len(texts)} more"], x + 8, y + 8, 11, fill=svg.SOFT)


def _heading(number: int) -> str:
    return ("Removed", "Fails at once")[number] if number < 2 else f"Round {number - 1}"
