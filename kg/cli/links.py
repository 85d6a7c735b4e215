"""`kg links`."""

from __future__ import annotations

import typer

from kg.cli.analyses import Request, command, run


def links(
    request: Request,
) -> None:
    """Which industries and which fields of universities ought to be connected and are not."""
    run(
        "links",
        request,
    )


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "links", links)
