"""`kg report` and `kg view`: findings to read, and the neighbourhood of a thing to look at."""

from __future__ import annotations

import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
