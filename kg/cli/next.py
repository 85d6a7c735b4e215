"""`kg next`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run


def next_(
    request: Request,
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
) -> None:
    """What a place could add next, with every reason shown."""
    run("next", request, weights=weights, top=top)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "next", next_)
