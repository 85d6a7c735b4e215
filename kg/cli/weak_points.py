"""`kg weak-points`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run
from kg.cli.common import progress


def weak_points(
    request: Request,
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
) -> None:
    """On which nodes of a network much rests, and what breaks without them."""
    options = {
        "remove": remove or (),
        "threshold": threshold,
        "resample": resample,
        "by": by,
        "engine": engine,
        "tell": progress(),
    }
    if network:
        options["network"] = network
    run("weak-points", request, **options)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "weak-points", weak_points)
