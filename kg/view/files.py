"""Files that pictures are written to."""

from __future__ import annotations

from pathlib import Path

from kg.errors import UseError


def check_svg(path: Path) -> None:
    """Refuse a file that cannot be a picture, before anything is computed.

    Raises:
        UseError: it is a folder, or no SVG by its name.
    """
    if path.is_dir():
        raise UseError(f"{path}: cannot be written (it is a folder). Name another file")
    if path.suffix.lower() != ".svg":
        raise UseError(f"{path}: pictures are SVG. Name a file that ends in .svg")


def write_svg(path: Path, drawn: str) -> None:
    """Write a picture, and make the folder that it goes into.

    Raises:
        UseError: the file cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(drawn, encoding="utf-8")
    except OSError as error:
        raise UseError(f"{path}: cannot be written ({error.strerror}). Name another file") from None
