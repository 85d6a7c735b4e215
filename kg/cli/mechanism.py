"""`kg mechanism`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run


def mechanism(
    request: Request,
    source: Annotated[str, typer.Option("--source", "--from", help="Factor: loops through it, ways from it")] = "",
    target: Annotated[str, typer.Option("--target", "--to", help="Factor: ways to it")] = "",
    shock: Annotated[str, typer.Option(help="Factors and by how much they are pushed, factor=0.5,other=-1")] = "",
    hold: Annotated[str, typer.Option(help="How a shock lasts: added at every step, or clamped")] = "added",
    rule: Annotated[str, typer.Option(help="Update rule: kosko or stylios-groumpos")] = "kosko",
    squash: Annotated[str, typer.Option(help="Squashing function: tanh, logistic or threshold")] = "tanh",
    steepness: Annotated[str, typer.Option(help="Steepness of the squashing function")] = "1",
    strength: Annotated[str, typer.Option(help="What acts on a factor amounts to at most, 0 to 1")] = "0.8",
) -> None:
    """How factors act on one another: loops, paths, the run of a shock, openness and integrity."""
    run(
        "mechanism",
        request,
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
    command(app, "mechanism", mechanism)
