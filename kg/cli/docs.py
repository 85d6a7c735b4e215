"""`kg docs`: the generated reference pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import ProjectOption, say


def docs(
    output: Annotated[Path, typer.Option("--output", "-o", help="Folder to write below")] = Path(),
    project: ProjectOption = None,
) -> None:
    """Write the reference pages of questions, terms and table types."""
    from kg.export.reference import write_pages
    from kg.project import Project

    for path in write_pages(Project.find(project), output):
        say(str(path))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(docs)
