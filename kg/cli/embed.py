"""`kg embed`: a fragment of HTML for other pages."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.analyses import put
from kg.cli.ask import pairs
from kg.cli.common import ProjectOption, StoreOption, open_graph


def embed(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Question, thing, or finding:KEY")],
    parameters: Annotated[list[str] | None, typer.Argument(help="Of a question: place=baoji ...")] = None,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, else it is printed")] = None,
    from_: Annotated[
        str, typer.Option("--from", help="Address of a kg serve whose page the frame shows, as https://host[:port]")
    ] = "",
    title: Annotated[str, typer.Option(help="Title of the page")] = "",
    language: Annotated[str, typer.Option(help="Language of the page: en or zh")] = "en",
    rows: Annotated[int, typer.Option(help="Rows or statements at most")] = 50,
    height: Annotated[int, typer.Option(help="Height of the frame in pixels")] = 480,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Write a frame to paste into any page: a question with its answer, a thing, or a finding. It runs no script."""
    from kg.view.fragments import Settings

    settings = Settings(title, language, rows, height, from_)
    put(open_graph(store, project).embed(name, settings, **pairs(parameters or [])), output)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(embed)
