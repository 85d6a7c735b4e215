"""`kg mechanism`."""

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


def mechanism(
    place: PlaceOption = None,
    chain: ChainOption = None,
    source: Annotated[str, typer.Option("--source", "--from", help="Factor: loops through it, ways from it")] = "",
    target: Annotated[str, typer.Option("--target", "--to", help="Factor: ways to it")] = "",
    shock: Annotated[str, typer.Option(help="Factors and by how much they are pushed, factor=0.5,other=-1")] = "",
    hold: Annotated[str, typer.Option(help="How a shock lasts: added at every step, or clamped")] = "added",
    rule: Annotated[str, typer.Option(help="Update rule: kosko or stylios-groumpos")] = "kosko",
    squash: Annotated[str, typer.Option(help="Squashing function: tanh, logistic or threshold")] = "tanh",
    steepness: Annotated[str, typer.Option(help="Steepness of the squashing function")] = "1",
    strength: Annotated[str, typer.Option(help="What acts on a factor amounts to at most, 0 to 1")] = "0.8",
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """How factors act on one another: loops, paths, the run of a shock, openness and integrity."""
    analyses.run(
        "mechanism",
        place,
        chain,
        format,
        explain,
        output,
        table,
        picture,
        store,
        project,
        shock=shock,
        hold=hold,
        rule=rule,
        squash=squash,
        steepness=steepness,
        strength=strength,
        source=source,
        target=target,
    )


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("mechanism")(mechanism)
