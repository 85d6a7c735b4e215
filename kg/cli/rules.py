"""`kg rules`."""

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

THRESHOLD = 0.1


def rules(
    place: PlaceOption = None,
    chain: ChainOption = None,
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    attenuation: Annotated[
        float | None,
        typer.Option("--attenuation", help="Share of the spillover that each step passes on, above 0 and at most 1"),
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", help="Strength below which a county counts as hardly reached")
    ] = THRESHOLD,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Which facts break a rule of permission, placement, formation or spillover."""
    analyses.run(
        *("rules", place, chain, format, explain, output, table, picture, store, project),
        attenuation=attenuation,
        threshold=threshold,
    )


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("rules")(rules)
