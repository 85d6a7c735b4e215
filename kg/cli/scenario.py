"""`kg scenario`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.analyses import Request, check_output, command, show
from kg.cli.common import open_graph, progress, say


def scenario(
    request: Request,
    scenario: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Folder with a Data Package of additions and removals, or the name of one that comes with the "
            "project; without it, the names are listed",
            show_default=False,
        ),
    ] = None,
) -> None:
    """What if: apply a scenario to a copy of the graph, and say what differs. The graph itself is not changed."""
    check_output(request.format, request.output)
    if scenario is None:
        _list(request.project)
        return
    tell = progress()
    graph = open_graph(request.store, request.project)
    # A wrong name must not cost the seconds that the scenario takes.
    scope = graph.scope(request.place or (), request.chain or ())
    would_be = graph.what_if(str(scenario), tell)
    analysis = would_be.difference(scope, tell)
    # The scenario knows all passages: its own, and those of what it takes out.
    show(analysis, would_be, request)


def _list(project: Path | None) -> None:
    """The scenarios of a project."""
    from kg.load.scenario import scenarios
    from kg.project import Project

    for name, title in scenarios(Project.find(project)).items():
        say(f"{name}: {title}")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    command(app, "scenario", scenario, without=["picture"])
