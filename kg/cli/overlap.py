"""`kg overlap`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli import analyses
from kg.cli.analyses import (
    ChainOption,
    ExplainOption,
    FormatOption,
    OutputOption,
    PictureOption,
    PlaceOption,
    TableOption,
)
from kg.cli.common import ProjectOption, StoreOption


def overlap(
    place: PlaceOption = None,
    chain: ChainOption = None,
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
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Where places or clusters do the same, head-on or complementing one another, and how they could part."""
    options = {"aspect": aspect, "smallest_group": smallest_group}
    analyses.run("overlap", place, chain, format, explain, output, table, picture, store, project, **options)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("overlap")(overlap)
