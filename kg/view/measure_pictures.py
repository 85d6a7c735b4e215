"""What a measure gave, as a picture: bars, a heat map, a scatter of relatedness and complexity, a linkage quadrant."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.errors import MissingExtra, UnknownName, UseError
from kg.measures.measure import Measure
from kg.view import svg
from kg.view.files import check_svg, write_svg
from kg.view.measure_plots import FONT, OPTIONS, Figure, bars, heat_map, linkage_quadrant, relatedness_scatter

if TYPE_CHECKING:
    import pandas as pd

FONTS = ("Noto Sans", "DejaVu Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", "WenQuanYi Zen Hei")


def write_picture(frame: pd.DataFrame, measure: Measure, path: Path, column: str | None = None) -> None:
    """Draw the answer of a measure into an SVG file.

    Args:
        frame: the answer.
        measure: what was measured.
        path: ends in `.svg`.
        column: what to draw, as for `picture`.

    Raises:
        MissingExtra: the extra `plots` is not installed.
        UnknownName: the answer has no such column of numbers.
        UseError: there is nothing to draw, or the file cannot be written.
    """
    check_svg(path)
    write_svg(path, picture(frame, measure, column))


def check_numbers(measure: Measure, column: str | None = None) -> None:
    """Refuse a measure that gives no numbers, and a column that it does not give.

    Raises:
        UnknownName: the answer has no such column of numbers.
        UseError: the answer is words.
    """
    if not measure.units:
        raise UseError(f"{measure.name}: its answer has no numbers to draw. Leave the picture out")
    if column is not None and column not in measure.units:
        raise UnknownName("column", column, list(measure.units), f"There are: {', '.join(measure.units)}")


def picture(frame: pd.DataFrame, measure: Measure, column: str | None = None) -> str:
    """The answer of a measure as SVG; which picture it is follows from its columns.

    Two named axes give a heat map, one gives bars; columns `relatedness_density` and `pci` a scatter, `influence` and
    `sensitivity` a quadrant. Of several periods the last is drawn.

    Args:
        frame: the answer.
        measure: what was measured.
        column: what to draw; without it the first column that the measure's docstring names, in bars also the next.

    Raises:
        MissingExtra: the extra `plots` is not installed.
        UnknownName: the answer has no such column of numbers.
        UseError: there is nothing to draw.
    """
    check_numbers(measure, column)
    columns = {column.name: column for column in measure.columns}
    measured = [name for name in measure.units if name in frame and frame[name].notna().any()]
    if column is not None:
        measured = [name for name in measured if name == column]
    if not measured:
        raise UseError(f"{measure.name}: there is no number to draw. Mend the table, or leave the picture out")
    note = ""
    if "period" in frame and frame["period"].nunique() > 1:
        last = frame["period"].max()
        frame, note = frame[frame["period"] == last], f" Drawn is the last period, {last}."
    named = frame.drop(columns=[*columns, "period"], errors="ignore").select_dtypes(exclude="number")
    axes = [str(name) for name in named.columns]
    shapes: Sequence[tuple[bool, Callable[..., tuple[Figure, str]]]] = (
        ({"influence", "sensitivity"} <= {*measured}, linkage_quadrant),
        ({"relatedness_density", "pci"} <= {*measured}, relatedness_scatter),
        (len(axes) == 2 and axes != OPTIONS, heat_map),
        (True, bars),
    )
    draw = next(function for fits, function in shapes if fits)
    with _style() as pyplot:
        figure, caption = draw(frame, axes, measured, measure)
        return _svg(pyplot, figure, measure.title, caption + note)


@contextmanager
def _style() -> Iterator[Any]:
    try:
        import matplotlib
        from matplotlib import font_manager, pyplot
    except ImportError:
        raise MissingExtra("pictures of measures need matplotlib. Say: pip install 'iis-kg[plots]'") from None

    matplotlib.use("svg", force=False)
    there = {font.name for font in font_manager.fontManager.ttflist}
    settings: dict[str, Any] = {
        "font.family": [name for name in FONTS if name in there] or ["sans-serif"],
        "font.size": FONT,
        "svg.fonttype": "none",
        "svg.hashsalt": "iis-kg",
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.edgecolor": svg.SOFT,
        "text.color": svg.INK,
        "axes.labelcolor": svg.INK,
        "xtick.color": svg.INK,
        "ytick.color": svg.INK,
    }
    with matplotlib.rc_context(settings), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="Glyph .* missing", category=UserWarning)
        yield pyplot


def _svg(pyplot: Any, figure: Figure, title: str, caption: str) -> str:
    """The figure with its title above and how to read it below."""
    figure.canvas.draw()
    width, height = figure.get_size_inches()
    box = figure.get_tightbbox()
    lines = svg.wrap(caption, max(box.width, 4.5) * 96, 12, 12)
    left = box.x0 / width
    figure.text(left, (box.y1 + 0.15) / height, title, va="bottom", fontsize=12, fontweight="bold")
    figure.text(left, (box.y0 - 0.15) / height, "\n".join(lines), va="top", color=svg.SOFT, linespacing=1.3)
    target = io.StringIO()
    metadata = {"Date": None, "Creator": None, "Title": title, "Description": caption}
    figure.savefig(target, format="svg", metadata=metadata, bbox_inches="tight", pad_inches=0.15)
    pyplot.close(figure)
    return target.getvalue()
