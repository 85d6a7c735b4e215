"""`kg rules`."""

from __future__ import annotations

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


def rules(
    place: PlaceOption = None,
    chain: ChainOption = None,
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Which facts break a rule of permission, placement, formation or spillover."""
    analyses.run("rules", place, chain, format, explain, output, table, picture, store, project)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("rules")(rules)
