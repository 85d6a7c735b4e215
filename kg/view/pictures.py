"""The picture of each analysis that has one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.analysis.facts import Facts
from kg.analysis.result import Analysis
from kg.errors import UseError
from kg.view import overlap_picture
from kg.view.gaps import gaps_picture
from kg.view.links_picture import links_picture
from kg.view.mechanism_picture import trajectory_picture
from kg.view.next_picture import next_picture
from kg.view.plots import Picture
from kg.view.weak_points import weak_points_picture

PICTURES: dict[str, Callable[[Analysis, Facts], Picture]] = {
    "gaps": gaps_picture,
    "links": links_picture,
    "overlap": overlap_picture.picture_of,
    "weak-points": weak_points_picture,
    "mechanism": trajectory_picture,
    "next": next_picture,
}
"""What draws a result, by the name of its analysis."""


def write_picture(analysis: Analysis, facts: Facts, path: Path) -> None:
    """Write the picture of a result as SVG.

    Raises:
        UseError: the analysis has no picture, or the file cannot be written.
    """
    if analysis.method not in PICTURES:
        raise UseError(f"{analysis.method} has no picture. These have one: {', '.join(sorted(PICTURES))}")
    svg = PICTURES[analysis.method](analysis, facts).svg + "\n"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(svg, encoding="utf-8")
    except OSError as error:
        raise UseError(f"{path}: cannot be written ({error.strerror}). Name another file") from None
