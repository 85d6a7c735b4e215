"""The picture of each analysis that has one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from kg.analysis.facts import Facts
from kg.analysis.result import Analysis
from kg.errors import UseError
from kg.view import overlap_picture
from kg.view.files import check_svg, write_svg
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


def check_picture(method: str, path: Path) -> None:
    """Refuse a picture that cannot be written, before anything is computed.

    Raises:
        UseError: the analysis has no picture, or the file is a folder or no SVG by its name.
    """
    if method not in PICTURES:
        raise UseError(f"{method} has no picture. These have one: {', '.join(sorted(PICTURES))}")
    check_svg(path)


def write_picture(analysis: Analysis, facts: Facts, path: Path) -> None:
    """Write the picture of a result as SVG.

    Raises:
        UseError: the analysis has no picture, or the file cannot be written.
    """
    check_picture(analysis.method, path)
    write_svg(path, PICTURES[analysis.method](analysis, facts).svg + "\n")
