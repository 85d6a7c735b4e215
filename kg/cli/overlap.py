"""`kg overlap`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run


def overlap(
    request: Request,
    aspect: Annotated[
        str,
        typer.Option(
            "--aspect",
            help="Only this: industry, stage, segment, orientation, orientation-industry, industry-orientation, "
            "planned-stage, product, place or condition",
        ),
    ] = "",
    smallest_group: Annotated[
        str | None,
        typer.Option("--smallest-group", help="Members that a group has at least; else 3, or 2 if several are named"),
    ] = None,
) -> None:
    """Where places or clusters do the same, head-on or complementing one another, and how they could part."""
    options = {"aspect": aspect, "smallest_group": smallest_group}
    run("overlap", request, **options)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "overlap", overlap)
