"""`kg mechanism`."""

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


def mechanism(
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
    """How factors act on one another: loops, paths, and the run of a shock."""
    analyses.run("mechanism", place, chain, format, explain, output, table, picture, store, project)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("mechanism")(mechanism)
