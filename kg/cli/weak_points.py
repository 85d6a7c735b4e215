"""`kg weak-points`."""

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
from kg.cli.common import ProjectOption, StoreOption, progress

PRINTED = 12
"""Of each network, so many nodes are printed where no table is asked for."""


def weak_points(
    place: PlaceOption = None,
    chain: ChainOption = None,
    network: Annotated[
        list[str] | None,
        typer.Option("--network", help="Network: stages, actors, places (these by default), everything, factors, …"),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", help="Say what breaks without it: a stage, place or actor; several with commas"),
    ] = None,
    threshold: Annotated[
        str,
        typer.Option("--threshold", help="With --remove: share of its suppliers that must fail for a stage to fail"),
    ] = "0.5",
    resample: Annotated[
        str, typer.Option("--resample", help="Say how sure ranks are, from so many samples of the edges")
    ] = "0",
    by: Annotated[
        str, typer.Option("--by", help="Rank nodes by betweenness, harmonic, degree, pagerank or katz")
    ] = "betweenness",
    engine: Annotated[str, typer.Option("--engine", help="What computes: auto, networkx or igraph")] = "auto",
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    picture: PictureOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """On which nodes of a network much rests, and what breaks without them."""
    options = {
        "remove": remove or (),
        "threshold": threshold,
        "resample": resample,
        "by": by,
        "engine": engine,
        "most": PRINTED if format == "table" and table is None and output is None else None,
        "tell": progress(),
    }
    if network:
        options["network"] = network
    analyses.run("weak-points", place, chain, format, explain, output, table, picture, store, project, **options)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("weak-points")(weak_points)
