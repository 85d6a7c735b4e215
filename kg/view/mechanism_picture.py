"""The run of a shock as lines: the state of each factor that it moves, step by step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import isfinite

from kg.analysis.facts import Facts
from kg.analysis.mechanism.analysis import Mechanism
from kg.analysis.mechanism.runs import ShockRun
from kg.analysis.result import Analysis
from kg.measures.cognitive_map import Ending
from kg.view import svg
from kg.view.plots import Picture
from kg.view.svg import Element, add, write

MOST_LINES = 12
MOST_STEPS = 60
_LEFT, _TOP, _WIDE, _HIGH, _LABELS = 46.0, 58.0, 460.0, 380.0, 330.0
_GAP = 28.0
_TEXT = 730.0
# Okabe and Ito; lines beyond the eighth are dashed, and each has its name beside it, so that nothing rests on colour.
_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#e69f00", "#56b4e9", "#cc79a7", "#8c7a00", "#595959")

_CAPTION = (
    "How to read this: each line is a factor, from rest on the left step by step to the right; the higher it ends "
    "above the start, the more the shock raises it, and a line that falls is a factor that it lowers."
)


@dataclass(frozen=True)
class _Line:
    factor: str
    label: str
    states: Sequence[float]
    is_shocked: bool


def trajectory_picture(analysis: Analysis, facts: Facts) -> Picture:
    """The run of the shock that was asked for, or, without one, of a push of 1 on the factor that moves most.

    The twelve factors that move most are drawn, in the order in which they end, and the steps until they come to rest.
    """
    found = analysis.detail
    assert isinstance(found, Mechanism)
    shock, run = _run(found)
    if run is None:
        title = "Run of a shock: nothing acts on anything"
        root = svg.picture(720, 60, "trajectories", title, title)
        write(root, [f"{title}."], 4, 30, 12, fill=svg.SOFT)
        return Picture(title, svg.markup(root), _CAPTION)
    named = "; ".join(f"{facts.label(factor)} {size:+g}" for factor, size in sorted(shock.items()))
    title = f"Run of a shock: {named}"
    steps = _steps(run)
    number = {factor: index for index, factor in enumerate(run.factors)}
    moved = list(run.changes)
    lines = [
        _Line(f, facts.label(f), [float(state[number[f]]) for state in run.states[: steps + 1]], f in shock)
        for f in moved[:MOST_LINES]
    ]
    rest = len(moved) - len(lines)
    caption = f"{_CAPTION} The run {run.words}." + (f" {rest} factors that move less are not drawn." if rest else "")
    ends = "; ".join(f"{line.label} {line.states[-1]:+.2f}" for line in lines)
    below = svg.wrap(caption, _TEXT, 4, 11)
    foot = _TOP + _HIGH + 52
    height = foot + len(below) * 13
    root = svg.picture(_LEFT + _WIDE + _LABELS, height, "trajectories", title, f"{caption} {ends}.")
    write(root, svg.wrap(title, _TEXT, 2, 13), 4, 18, 13, font_weight="bold")
    _draw(root, lines, steps)
    write(root, below, 4, foot + (len(below) - 1) * 6.5, 11, fill=svg.SOFT)
    return Picture(title, svg.markup(root), caption)


def _run(found: Mechanism) -> tuple[Mapping[str, float], ShockRun | None]:
    if found.run is not None:
        return found.options.shock, found.run
    moves: dict[str, float] = {}
    for (source, target), effect in found.effects.items():
        if source != target and isfinite(effect):
            moves[source] = moves.get(source, 0.0) + abs(effect)
    preferred = {f: size for f, size in moves.items() if f in found.view.inside} or moves
    if not preferred:
        return {}, None
    shock = {min(preferred, key=lambda factor: (-preferred[factor], factor)): 1.0}
    return shock, found.model.shocked(shock)


def _steps(run: ShockRun) -> int:
    """How many steps to draw: until all are within a hundredth of the fixed point where it ends, and one more."""
    last = len(run.states) - 1
    if run.ending != Ending.FIXED_POINT:
        return min(last, MOST_STEPS)
    far = [step for step, state in enumerate(run.states) if float(abs(state - run.states[-1]).max()) > 0.01]
    return min(last, (far[-1] if far else 0) + 2, MOST_STEPS)


def _draw(root: Element, lines: Sequence[_Line], steps: int) -> None:
    values = [value for line in lines for value in line.states] or [0.0]
    low, high = min(0.0, *values), max(0.0, *values)
    margin = max((high - low) * 0.05, 0.02)
    low, high = (low - margin if low < 0 else low), high + margin

    def x(step: float) -> float:
        return _LEFT + _WIDE * step / max(steps, 1)

    def y(value: float) -> float:
        return _TOP + _HIGH * (high - value) / (high - low)

    for tick in _ticks(low, high):
        strong = svg.SOFT if tick == 0 else svg.FAINT
        add(root, "line", x1=_LEFT, y1=y(tick), x2=_LEFT + _WIDE, y2=y(tick), stroke=strong)
        write(root, [f"{tick:g}".replace("-", "−")], _LEFT - 8, y(tick), 11, fill=svg.SOFT, text_anchor="end")
    every = max(1, -(-steps // 10))
    for step in range(0, steps + 1, every):
        write(root, [str(step)], x(step), _TOP + _HIGH + 14, 11, fill=svg.SOFT, text_anchor="middle")
    write(root, ["step"], _LEFT + _WIDE / 2, _TOP + _HIGH + 34, 11, fill=svg.SOFT, text_anchor="middle")
    write(root, ["state"], 4, _TOP - 14, 11, fill=svg.SOFT)
    ordered = sorted(enumerate(lines), key=lambda item: (-item[1].states[-1], item[1].label))
    heights = _apart([y(line.states[-1]) for _rank, line in ordered])
    for (rank, line), height in zip(ordered, heights, strict=True):
        colour = svg.INK if line.is_shocked else _COLOURS[rank % len(_COLOURS)]
        dash = {"stroke_dasharray": "6 3"} if rank >= len(_COLOURS) else {}
        group = add(root, "g")
        add(group, "title", f"{line.label}: {line.states[-1]:+.3f}")
        points = " ".join(f"{x(step):.1f},{y(value):.1f}" for step, value in enumerate(line.states))
        width = 3 if line.is_shocked else 1.8
        add(group, "polyline", points=points, fill="none", stroke=colour, stroke_width=width, **dash)
        end, label = _LEFT + _WIDE, _LEFT + _WIDE + 22
        add(group, "line", x1=end + 2, y1=y(line.states[-1]), x2=label - 4, y2=height, stroke=colour, stroke_width=0.8)
        shocked = " (shock)" if line.is_shocked else ""
        text = f"{line.states[-1]:+.2f} {line.label}{shocked}".replace("-", "−", 1 if line.states[-1] < 0 else 0)
        write(group, svg.wrap(text, _LABELS - 34, 2, 11), label, height, 11)


def _apart(heights: Sequence[float]) -> list[float]:
    """Heights from top to bottom, moved so that labels do not cover one another and stay in the picture."""
    placed: list[float] = []
    for height in heights:
        placed.append(max(height, placed[-1] + _GAP) if placed else height)
    lowest = _TOP + _HIGH + 20
    for index in reversed(range(len(placed))):
        placed[index] = min(placed[index], lowest - (len(placed) - 1 - index) * _GAP)
    return placed


def _ticks(low: float, high: float) -> list[float]:
    step = next(size for size in (0.05, 0.1, 0.2, 0.5) if (high - low) / size <= 8)
    first, last = int(-(-low // step)), int(high // step)
    return [round(number * step, 2) for number in range(first, last + 1)]
