"""`kg rules`."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.analyses import Request, command, run

THRESHOLD = 0.1


def rules(
    request: Request,
    attenuation: Annotated[
        float | None,
        typer.Option("--attenuation", help="Share of the spillover that each step passes on, above 0 and at most 1"),
    ] = None,
    threshold: Annotated[
        float, typer.Option("--threshold", help="Strength below which a county counts as hardly reached")
    ] = THRESHOLD,
) -> None:
    """Which facts break a rule of permission, placement, formation or spillover."""
    run(
        "rules",
        request,
        attenuation=attenuation,
        threshold=threshold,
    )


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "rules", rules)
