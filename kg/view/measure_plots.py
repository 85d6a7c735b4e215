"""The drawings of measures; colours are told apart by colour-blind people, and nothing rests on colour alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from kg.measures.measure import Measure
from kg.measures.similarity import leaf_order
from kg.view import svg

if TYPE_CHECKING:
    import pandas as pd

    from kg.measures.table import Numbers

Figure = Any

BLUE, VERMILION = "#0072b2", "#d55e00"
MOST_BARS, MOST_NAMES, MOST_NUMBERS, MOST_PANELS, MOST_LABELS = 40, 80, 12, 6, 9
FONT = 9


def bars(frame: pd.DataFrame, axes: Sequence[str], column: str, measure: Measure) -> tuple[Figure, str]:
    """Bars, the longest first, with the interval of each where there are columns `low` and `high`."""
    from matplotlib import pyplot

    shown = frame.dropna(subset=[column]).sort_values(column, ascending=False, kind="stable")
    caption = f"How to read this: the longer the bar, the larger the {_words(column)}{_unit(measure, column)}."
    if len(shown) > MOST_BARS:
        caption += f" Drawn are the {MOST_BARS} largest of {len(shown)}."
        shown = shown.head(MOST_BARS)
    names = [" · ".join(str(row[axis]) for axis in axes) or "all" for _, row in shown.iterrows()]
    values = shown[column].to_numpy(dtype=float)
    figure, plot = pyplot.subplots(figsize=(6, 0.4 + 0.26 * len(shown)))
    y = np.arange(len(shown))
    plot.barh(y, values, color=BLUE, height=0.7)
    ends = values
    if {"low", "high"} <= {*shown.columns}:
        ends = shown["high"].to_numpy(dtype=float)
        plot.hlines(y, shown["low"], ends, color=svg.INK, linewidth=1.2)
        plot.plot(shown["low"], y, "|", ends, y, "|", color=svg.INK)
        caption += " The line across its end is the interval within which it lies."
    for row, (value, end) in enumerate(zip(values, ends, strict=True)):
        plot.annotate(
            _number(value), (max(end, 0), row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=8
        )
    _name_rows(figure, plot, names)
    plot.axvline(0, color=svg.SOFT, linewidth=0.8)
    plot.set_xlabel(f"{_words(column)}{_unit(measure, column)}")
    return figure, caption


def heat_map(frame: pd.DataFrame, axes: Sequence[str], column: str, measure: Measure) -> tuple[Figure, str]:
    """Rows by columns, each ordered so that neighbours are alike."""
    from matplotlib import pyplot

    rows, columns = axes
    table = frame.pivot(index=rows, columns=columns, values=column).astype(float)
    values = table.to_numpy()
    down, across = _order(values), _order(values.T)
    table, values = table.iloc[down, across], values[np.ix_(down, across)]
    count, wide = values.shape
    cell = 0.3 if max(count, wide) <= MOST_NAMES else 0.06
    figure, plot = pyplot.subplots(figsize=(max(2.5, cell * wide) + 0.8, max(1.2, cell * count)))
    finite = values[np.isfinite(values)]
    top = _top(finite)
    colours = pyplot.get_cmap("cividis").with_extremes(bad="#ffffff")
    image = plot.imshow(np.ma.masked_invalid(values), cmap=colours, aspect="auto", vmin=min(0, finite.min()), vmax=top)
    bar = figure.colorbar(image, ax=plot, extend="max" if top < finite.max() else "neither", fraction=0.05, pad=0.02)
    bar.set_label(f"{_words(column)}{_unit(measure, column)}")
    for row, place in zip(*np.where(~np.isfinite(values)), strict=True):
        plot.text(place, row, "×", ha="center", va="center", color=svg.SOFT)
    if max(count, wide) <= MOST_NUMBERS:
        for (row, place), value in np.ndenumerate(values):
            dark = image.norm(value) < 0.55
            if np.isfinite(value):
                style = {"color": svg.PAPER if dark else svg.INK, "fontsize": 7}
                plot.text(place, row, f"{value:.2g}", ha="center", va="center", **style)
    _name_rows(figure, plot, [str(name) for name in table.index] if count <= MOST_NAMES else [])
    names = [str(name) for name in table.columns] if wide <= MOST_NAMES else []
    plot.set_xticks(range(len(names)), names, rotation=50, ha="right", rotation_mode="anchor")
    plot.spines[:].set_visible(False)
    plot.tick_params(length=0)
    caption = (
        f"How to read this: each row is one {_words(rows)}, each column one {_words(columns)}; the lighter a cell, the "
        f"larger the {_words(column)}. Rows and columns are ordered so that neighbours are alike; a cross marks what "
        "is not defined."
    )
    if top < finite.max():
        caption += f" All above {_number(top)} have the lightest colour; the largest is {_number(finite.max())}."
    return figure, caption


def relatedness_scatter(frame: pd.DataFrame, axes: Sequence[str], column: str, measure: Measure) -> tuple[Figure, str]:
    """Industries by relatedness to what a region has (across) and by complexity (up), a panel for each region."""
    from matplotlib import pyplot

    del axes, column
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
        there = part["present"].to_numpy(dtype=bool)
        plot.plot(part["relatedness_density"][there], part["pci"][there], "o", color=BLUE, markersize=5)
        plot.plot(
            part["relatedness_density"][~there],
            part["pci"][~there],
            "o",
            color=VERMILION,
            markersize=5,
            fillstyle="none",
        )
        absent = part[~there]
        best = (
            (absent["relatedness_density"].rank() + absent["pci"].rank())
            .sort_values(ascending=False, kind="stable")
            .index
        )
        _label(
            plot,
            [(str(part["industry"][i]), part["relatedness_density"][i], part["pci"][i]) for i in best[:MOST_LABELS]],
            part[["relatedness_density", "pci"]].to_numpy(),
        )
        plot.set_title(str(name), fontsize=10, loc="left")
        plot.margins(0.15)
    for plot in plots.flat[len(drawn) :]:
        plot.set_visible(False)
    figure.supxlabel(f"relatedness density{_unit(measure, 'relatedness_density')}", fontsize=FONT)
    figure.supylabel("complexity (PCI)", fontsize=FONT)
    return figure, caption


def linkage_quadrant(frame: pd.DataFrame, axes: Sequence[str], column: str, measure: Measure) -> tuple[Figure, str]:
    """Sectors by influence (across) and sensitivity (up), both 1 on average."""
    from matplotlib import pyplot

    del column, measure
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
        "above 1 it supplies more of what others need. Diamonds, above 1 in both, are key sectors. Sectors far from "
        "the average are named where there is room."
    )
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
    return "" if unit == "1" else " [unit of the values]" if unit == "value" else f" [{unit}]"


def _number(value: float) -> str:
    return f"{value:.4g}"
