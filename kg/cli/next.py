"""`kg next`."""

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


def next_(
    place: PlaceOption = None,
    chain: ChainOption = None,
    weights: Annotated[
        str | None,
        typer.Option(
            "--weights",
            help="Weights by component, such as position=2,fields=0: position, relatedness, recommendations, inputs, "
            "permission, fields; those not named keep their default",
        ),
    ] = None,
    top: Annotated[
        str | None, typer.Option("--top", help="How many of each place; all where a place is named, else 3")
    ] = None,
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """What a place could add next, with every reason shown."""
    analyses.run(
        "next", place, chain, format, explain, output, table, picture, store, project, weights=weights, top=top
    )


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("next")(next_)
