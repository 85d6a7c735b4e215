"""The drawings of measures; colours are told apart by colour-blind people, and nothing rests on colour alone."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.measures.measure import Measure, unit_in_words
from kg.measures.similarity import leaf_order
from kg.view import svg

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

Figure = Any

BLUE, VERMILION = "#0072b2", "#d55e00"
MOST_BARS, MOST_COLUMNS, MOST_NAMES, MOST_NUMBERS, MOST_PANELS, MOST_LABELS = 40, 4, 80, 12, 6, 9
OPTIONS, CROSSED = ["question", "option"], ["row", "column"]
"""Axes whose order in the answer is that of a questionnaire."""
FONT = 9


def bars(frame: pd.DataFrame, axes: Sequence[str], columns: Sequence[str], measure: Measure) -> tuple[Figure, str]:
    """Bars of the first column, the longest first, and beside them those of up to three others in the same order.

    An interval is drawn where columns say from where to where it goes; options of questions keep their order.
    """
    from matplotlib import pyplot

    column, *others = columns
    ends = _interval(column, frame, measure)
    shown = frame.dropna(subset=list(columns), how="all")
    caption = f"How to read this: the longer the bar, the larger the {_words(column)}{_unit(measure, column)}."
    if axes == OPTIONS:
        kept = "first"
    else:
        kept = "largest"
        shown = shown.sort_values(column, ascending=False, kind="stable")
    if len(shown) > MOST_BARS:
        caption += f" Drawn are the {MOST_BARS} {kept} of {len(shown)}."
        shown = shown.head(MOST_BARS)
    others = [name for name in others if name not in ends and (len(shown) == 1 or shown[name].nunique() > 1)]
    ranges = bool(ends) and column in ends
    panels = [column, *others][: 1 if ranges else MOST_COLUMNS]
    if ends and ranges:
        caption = f"How to read this: each bar goes from {_words(ends[0])} to {_words(ends[1])}."
    elif ends:
        caption += " The line across its end is the interval within which it lies."
    if left := others[len(panels) - 1 :]:
        caption += f" Not drawn: {', '.join(map(_words, left))}."
    size = (max(6.0, 2.8 * len(panels)), 0.4 + 0.26 * len(shown))
    figure, plots = pyplot.subplots(1, len(panels), figsize=size, sharey=True, squeeze=False)
    for plot, name in zip(plots.flat, panels, strict=True):
        low, high = ends if name == column and ends else (name, name)
        _bars(plot, *(shown[key].to_numpy(dtype=float) for key in (name, low, high)))
        plot.tick_params(axis="y", length=0)
        plot.set_xlabel(f"{_words(name)}{_unit(measure, name)}")
    _name_rows(figure, plots.flat[0], [_name(row, axes) for row in shown.to_dict("records")])
    return figure, caption


def _bars(plot: Any, values: Numbers, low: Numbers, high: Numbers) -> None:
    """One panel of bars, with intervals where the ends differ; those whose value is the low end begin there."""
    y = np.arange(len(values))
    apart = (high > low).any()
    afloat = apart and np.array_equal(values, low, equal_nan=True)
    plot.barh(y, high - low if afloat else values, left=low if afloat else 0, color=BLUE, height=0.7)
    if apart and not afloat:
        plot.hlines(y, low, high, color=svg.INK, linewidth=1.2)
        plot.plot(low, y, "|", high, y, "|", color=svg.INK)
    if afloat:
        plot.plot(low, y, "|", color=BLUE)
    for row, (value, end) in enumerate(zip(values, high, strict=True)):
        if np.isfinite(value):
            text = f"{_number(value)} to {_number(end)}" if afloat else _number(value)
            place = {"xytext": (4, 0), "textcoords": "offset points", "va": "center", "fontsize": 8}
            plot.annotate(text, (np.nanmax([value, end, 0]), row), **place)
    plot.axvline(0, color=svg.SOFT, linewidth=0.8)
    plot.margins(x=0.2 if afloat else 0.12)


def _interval(column: str, frame: pd.DataFrame, measure: Measure) -> tuple[str, str] | tuple[()]:
    """The columns that say from where to where a column goes: `low` and `high` speak of the measure's first one."""
    if column == next(iter(measure.units)) and {"low", "high"} <= {*frame.columns}:
        return "low", "high"
    return ()


def _name(row: Mapping[Hashable, Any], axes: Sequence[str]) -> str:
    """What a row is of; a question and its option by their labels, where they have one."""
    labels = {"question": "question_label", "option": "label"} if axes == OPTIONS else {}
    return " · ".join(str(row.get(labels.get(axis)) or row[axis]) for axis in axes) or "all"


def heat_map(frame: pd.DataFrame, axes: Sequence[str], columns: Sequence[str], measure: Measure) -> tuple[Figure, str]:
    """Rows by columns, each ordered so that neighbours are alike; those of a square in the same order."""
    from matplotlib import pyplot

    rows, across = axes
    column = columns[0]
    once = "each pair once" in measure.shape
    table, there, alike = _square(frame, rows, across, column, once)
    values = table.to_numpy(dtype=float)
    crosses, blank = there & ~np.isfinite(values), not there.all()
    texts = [[_short(value) if np.isfinite(value) else "" for value in row] for row in values]
    count, wide = values.shape
    numbered = max(count, wide) <= MOST_NUMBERS
    small = max(count, wide) <= MOST_NAMES
    cell = 0.3 if small else 0.06
    broad = max(cell, 0.075 * max(len(text) for row in texts for text in row)) if numbered else cell
    figure, plot = pyplot.subplots(figsize=(max(2.5, broad * wide) + 0.8, max(1.2, cell * count)))
    finite = values[np.isfinite(values)]
    signed = bool(finite.min() < 0)
    top = _top(np.abs(finite))
    largest = float(np.abs(finite).max())
    colours = pyplot.get_cmap("RdBu" if signed else "cividis").with_extremes(bad="#ffffff")
    image = plot.imshow(
        np.ma.masked_invalid(values), cmap=colours, aspect="auto", vmin=-top if signed else 0, vmax=top or 1
    )
    extend = "neither" if top >= largest else "both" if signed else "max"
    bar = figure.colorbar(image, ax=plot, extend=extend, fraction=0.05, pad=0.02)
    bar.set_label(f"{_words(column)}{_unit(measure, column)}")
    for row, place in zip(*np.where(crosses), strict=True) if small else ():
        plot.text(place, row, "×", ha="center", va="center", color=svg.SOFT)
    if numbered:
        for (row, place), value in np.ndenumerate(values):
            dark = np.dot(image.cmap(image.norm(value))[:3], (0.299, 0.587, 0.114)) < 0.5
            style = {"color": svg.PAPER if dark else svg.INK, "fontsize": 7}
            plot.text(place, row, texts[row][place], ha="center", va="center", **style)
    called = {name: dict(zip(frame[name], frame.get(f"{name}_label", frame[name]), strict=True)) for name in axes}
    _name_rows(figure, plot, [str(called[rows].get(name, name)) for name in table.index] if count <= MOST_NAMES else [])
    names = [str(called[across].get(name, name)) for name in table.columns] if wide <= MOST_NAMES else []
    plot.set_xticks(range(len(names)), names, rotation=50, ha="right", rotation_mode="anchor")
    plot.spines[:].set_visible(False)
    plot.tick_params(length=0)
    shade = f"the lighter a cell, the larger the {_words(column)}"
    if signed:
        shade = f"blue cells are those in which the {_words(column)} is above 0, red ones below, the darker the further"
    caption = f"How to read this: each row is one {_words(rows)}, each column one {_words(across)}; {shade}."
    if " and each " in measure.shape and across == f"other_{rows}":
        caption += f" In the answer, {measure.shape}: rows are the first, columns the second."
    if alike:
        caption += " Rows and columns are ordered so that neighbours are alike."
    if crosses.any():
        caption += f" {'A cross' if small else 'White'} marks what is not defined."
    if once:
        caption += " Each pair is drawn on both sides of the diagonal."
    elif blank:
        caption += " A blank cell has no row in the answer."
    if top < largest:
        caption += f" All beyond {_number(top)} have the same colour; the largest is {_number(finite.max())}."
    if columns[1:]:
        caption += f" Not drawn: {', '.join(map(_words, columns[1:]))}."
    return figure, caption


def _square(
    frame: pd.DataFrame, rows: str, across: str, column: str, once: bool
) -> tuple[pd.DataFrame, NDArray[np.bool_], bool]:
    """The cells, which of them the answer has, and whether their order is by likeness; pairs it has once are twice."""
    import pandas as pd

    if once:
        frame = pd.concat([frame, frame.rename(columns={rows: across, across: rows})])
    down, wide = (list(dict.fromkeys(frame[name])) for name in (rows, across))
    if across == f"other_{rows}" and {*down} & {*wide}:
        whole = {*down} == {*wide}
        down = wide = list(dict.fromkeys([*down, *wide]))
    else:
        whole = False
    places = pd.MultiIndex.from_frame(frame[[rows, across]])
    table = frame.set_index(places)[column].astype(float).unstack().reindex(index=down, columns=wide)
    known = pd.Series(1.0, index=places).unstack().reindex(index=down, columns=wide).notna().to_numpy()
    values = table.to_numpy()
    kept = [rows, across] == CROSSED or (down is wide and not whole)  # answers, or a triangle: in their own order
    if whole:
        first = second = _order(np.hstack([values, values.T]))
    elif kept:
        first, second = list(range(len(down))), list(range(len(wide)))
    else:
        first, second = _order(values), _order(values.T)
    return table.iloc[first, second], known[np.ix_(first, second)], not kept


def relatedness_scatter(
    frame: pd.DataFrame, axes: Sequence[str], columns: Sequence[str], measure: Measure
) -> tuple[Figure, str]:
    """Industries by relatedness to what a region has (across) and by complexity (up), a panel for each region."""
    from matplotlib import pyplot

    del axes, columns
    regions = list(dict.fromkeys(frame["region"]))
    caption = (
        "How to read this: each point is an industry. The further right, the closer it is to what the region has "
        "(relatedness density); the further up, the more complex (PCI). Full: present; empty: not present, and of "
        "these the ones furthest to the top right are named where there is room."
    )
    if len(regions) > MOST_PANELS:
        caption += f" Drawn are the first {MOST_PANELS} of {len(regions)} regions."
    drawn = regions[:MOST_PANELS]
    wide = min(len(drawn), 2)
    high = -(-len(drawn) // wide)
    figure, plots = pyplot.subplots(high, wide, figsize=(3.9 * wide, 3.0 * high), squeeze=False, layout="constrained")
    for plot, name in zip(plots.flat, drawn, strict=False):
        part = frame[frame["region"] == name].dropna(subset=["relatedness_density", "pci"])
        there = part["present"].to_numpy(dtype=float) > 0
        across, up = part["relatedness_density"], part["pci"]
        plot.plot(across[there], up[there], "o", color=BLUE, markersize=5)
        plot.plot(across[~there], up[~there], "o", color=VERMILION, markersize=5, fillstyle="none")
        best = (across[~there].rank() + up[~there].rank()).sort_values(ascending=False, kind="stable").index
        points = [(str(part["industry"][i]), across[i], up[i]) for i in best[:MOST_LABELS]]
        _label(plot, points, part[["relatedness_density", "pci"]].to_numpy())
        plot.set_title(str(name), fontsize=10, loc="left")
        plot.margins(0.15)
    for plot in plots.flat[len(drawn) :]:
        plot.set_visible(False)
    figure.supxlabel(f"relatedness density{_unit(measure, 'relatedness_density')}", fontsize=FONT)
    figure.supylabel("complexity (PCI)", fontsize=FONT)
    return figure, caption


def linkage_quadrant(
    frame: pd.DataFrame, axes: Sequence[str], columns: Sequence[str], measure: Measure
) -> tuple[Figure, str]:
    """Sectors by influence (across) and sensitivity (up), both 1 on average."""
    from matplotlib import pyplot

    del columns, measure
    shown = frame.dropna(subset=["influence", "sensitivity"])
    figure, plot = pyplot.subplots(figsize=(6.2, 5.2))
    x, y = shown["influence"].to_numpy(dtype=float), shown["sensitivity"].to_numpy(dtype=float)
    key = (x > 1) & (y > 1)
    plot.plot(x[key], y[key], "D", color=VERMILION, markersize=6)
    plot.plot(x[~key], y[~key], "o", color=BLUE, markersize=5)
    plot.axvline(1, color=svg.SOFT, linewidth=0.8)
    plot.axhline(1, color=svg.SOFT, linewidth=0.8)
    plot.margins(0.12)
    for (across, up), words in {
        (0.99, 0.99): "key",
        (0.01, 0.99): "forward",
        (0.99, 0.01): "backward",
        (0.01, 0.01): "weak",
    }.items():
        place = {"ha": "right" if across > 0.5 else "left", "va": "top" if up > 0.5 else "bottom"}
        plot.text(across, up, words, transform=plot.transAxes, color=svg.SOFT, fontstyle="italic", **place)
    order = np.argsort(-(np.abs(x - 1) + np.abs(y - 1)), kind="stable")[: 3 * MOST_LABELS]
    _label(plot, [(str(shown[axes[0]].iloc[i]), x[i], y[i]) for i in order], np.column_stack([x, y]))
    plot.set_xlabel("influence (power of dispersion), 1 on average")
    plot.set_ylabel("sensitivity of dispersion, 1 on average")
    caption = (
        "How to read this: each point is a sector. Right of 1 it draws more than others on the sectors that supply it; "
        "above 1 it supplies more of what others need. Diamonds, above 1 in both, are key sectors."
    )
    caption += " Sectors far from the average are named where there is room."
    return figure, caption


def _name_rows(figure: Figure, plot: Any, names: Sequence[str]) -> None:
    """Names beside the rows, the first on top, with room for letters that the font at hand lacks."""
    cut = [svg.wrap(name, 220, 1, FONT * 4 / 3)[0] for name in names]
    plot.set_yticks(range(len(cut)), cut)
    plot.tick_params(axis="y", length=0)
    if names:
        plot.set_ylim(len(names) - 0.5, -0.5)
        room = max(svg.text_width(name, FONT * 4 / 3) for name in cut) / 96
        width = figure.get_size_inches()[0]
        left = plot.get_position().x0 - (room + 0.1) / width
        figure.add_artist(_line([left, left], [0.4, 0.6]))


def _line(x: Sequence[float], y: Sequence[float]) -> Any:
    """A line that cannot be seen: the picture is cut so that it holds it."""
    from matplotlib.lines import Line2D

    return Line2D(x, y, color=svg.PAPER, linewidth=0.1)


def _label(plot: Any, points: Sequence[tuple[str, float, float]], drawn: Numbers) -> None:
    """Name points, the first ones first; a name that would cover another, or a point drawn, is left out."""
    figure = plot.figure
    figure.canvas.draw()
    marks = plot.transData.transform(drawn) * 96 / figure.dpi
    taken = [(x - 3, y - 3, x + 3, y + 3) for x, y in marks]
    for name, x, y in points:
        short = svg.wrap(name, 150, 1, 11)[0]
        across, up = plot.transData.transform((x, y)) * 96 / figure.dpi
        wide = svg.text_width(short, 11)
        for dx, dy, side in ((6, 0, "left"), (-6, 0, "right"), (0, 9, "center"), (0, -9, "center")):
            left = across + dx - {"left": 0, "right": wide, "center": wide / 2}[side]
            box = (left, up + dy - 6, left + wide, up + dy + 6)
            if all(box[2] < t[0] or t[2] < box[0] or box[3] < t[1] or t[3] < box[1] for t in taken):
                taken.append(box)
                offset = (dx * 0.75, dy * 0.75)
                place = {"ha": side, "va": "center", "fontsize": 8, "textcoords": "offset points"}
                plot.annotate(short, (x, y), xytext=offset, **place)
                break


def _order(values: Numbers) -> list[int]:
    """Rows in an order in which neighbours are alike: by the cosine of what they have."""
    plain = np.nan_to_num(values)
    length = np.linalg.norm(plain, axis=1)
    unit = plain / np.where(length > 0, length, 1)[:, None]
    return leaf_order(np.clip(unit @ unit.T, 0, 1).tolist())


def _top(finite: Numbers) -> float:
    """The value of the lightest colour: the largest, unless it dwarfs the rest."""
    largest = float(finite.max())
    usual = float(np.percentile(finite, 95))
    return usual if 0 < usual < largest / 3 else largest


def _words(name: str) -> str:
    return name.replace("_", " ")


def _unit(measure: Measure, column: str) -> str:
    unit = measure.units.get(column, "1")
    return "" if unit == "1" else f" [{unit_in_words(unit).removeprefix('the ')}]"


def _number(value: float) -> str:
    return f"{value:.4g}"


def _short(value: float) -> str:
    """A number in so few characters that it fits into a cell.

    >>> [_short(value) for value in (0.0078123, 0.4712, 3.456, 128.4, -12.3, 0.0, 0.00001)]
    ['0.008', '0.47', '3.5', '128', '-12', '0', '1e-05']
    """
    return f"{value:.0f}" if abs(value) >= 10 else f"{value:.1g}" if abs(value) < 0.01 else f"{value:.2g}"
