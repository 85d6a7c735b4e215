"""`kg gaps`."""

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

TogetherOption = Annotated[
    bool, typer.Option("--together", help="Take all places given as one, instead of each by itself")
]


def gaps(
    place: PlaceOption = None,
    chain: ChainOption = None,
    together: TogetherOption = False,
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Which links of a chain a place lacks: six states, how bad, who says so, what would close it."""
    analyses.run("gaps", place, chain, format, explain, output, table, picture, store, project, together=together)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("gaps")(gaps)
