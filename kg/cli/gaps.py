"""`kg gaps`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run

TogetherOption = Annotated[
    bool, typer.Option("--together", help="Take all places given as one, instead of each by itself")
]


def gaps(
    request: Request,
    together: TogetherOption = False,
) -> None:
    """Which links of a chain a place lacks: six states, how bad, who says so, what would close it."""
    run("gaps", request, together=together)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "gaps", gaps)
