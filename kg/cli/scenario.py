"""`kg scenario`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.analyses import (
    ChainOption,
    ExplainOption,
    FormatOption,
    OutputOption,
    PlaceOption,
    TableOption,
    check_output,
    show,
)
from kg.cli.common import ProjectOption, StoreOption, open_graph, progress, say


def scenario(
    scenario: Annotated[
        Path | None,
        typer.Argument(
            metavar="DIR",
            help="Folder with a Data Package of additions and removals, or the name of one that comes with the "
            "project; without it, the names are listed",
            show_default=False,
        ),
    ] = None,
    place: PlaceOption = None,
    chain: ChainOption = None,
    format: FormatOption = "table",
    explain: ExplainOption = False,
    output: OutputOption = None,
    table: TableOption = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """What if: apply a scenario to a copy of the graph, and say what differs. The graph itself is not changed."""
    check_output(format, output)
    if scenario is None:
        _list(project)
        return
    tell = progress()
    graph = open_graph(store, project)
    scope = graph.scope(place or (), chain or ())  # a wrong name must not cost the seconds that the scenario takes
    would_be = graph.what_if(str(scenario), tell)
    analysis = would_be.difference(scope, tell)
    # The scenario knows all passages: its own, and those of what it takes out.
    show(analysis, would_be, format, explain, output, table)


def _list(project: Path | None) -> None:
    """The scenarios of a project."""
    from kg.load.scenario import scenarios
    from kg.project import Project

    for name, title in scenarios(Project.find(project)).items():
        say(f"{name}: {title}")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command("scenario")(scenario)
