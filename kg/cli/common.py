"""Options that commands share, and how they print."""

from __future__ import annotations

import inspect
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, get_type_hints

import typer

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.project import Project
    from kg.store.answers import Solutions, Value

StoreOption = Annotated[
    str | None,
    typer.Option("--store", help="Folder of the graph, or URL of an endpoint [default: $IIS_KG_STORE or build/graph]"),
]
FolderOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the graph [default: $IIS_KG_STORE or build/graph]")
]
ProjectOption = Annotated[
    Path | None, typer.Option("--project", help="Folder with ontology/, queries/, loaders/ laid over the bundled ones")
]


def open_graph(store: str | None, project: Path | None) -> Graph:
    """The graph that the options name."""
    from kg import api

    return api.open(store, project, progress())


def folder_of(store: str | Path | None, project: Project, command: str) -> Path:
    """The folder of the graph, for a command that needs one.

    Raises:
        UseError: the option or the environment names an endpoint.
    """
    from kg.errors import UseError

    folder = Path(store) if store else project.default_store()
    if str(folder).lower().startswith(("http:/", "https:/")):  # a path keeps one slash of them
        raise UseError(f"`kg {command}` needs a folder of the graph, not an endpoint. Give one with --store")
    return folder


def options_of(settings: type, without: Sequence[str] = ()) -> list[inspect.Parameter]:
    """The fields of a dataclass as options of a command, with their defaults."""
    hints = get_type_hints(settings, include_extras=True)
    return [
        inspect.Parameter(f.name, inspect.Parameter.KEYWORD_ONLY, default=f.default, annotation=hints[f.name])
        for f in fields(settings)
        if f.name not in without
    ]


def taking(function: Callable[..., None], parameters: Sequence[inspect.Parameter], help: str) -> Callable[..., None]:
    """The function as one that takes just these options, for `typer`."""
    keywords = [parameter.replace(kind=inspect.Parameter.KEYWORD_ONLY) for parameter in parameters]

    def typed(**given: Any) -> None:
        function(**given)

    typed.__signature__ = inspect.Signature(keywords)  # type: ignore[attr-defined]
    typed.__annotations__ = {parameter.name: parameter.annotation for parameter in keywords}
    typed.__doc__ = help
    return typed


def say(text: str = "", err: bool = False) -> None:
    """Print to standard output, or to standard error."""
    typer.echo(text, err=err)


def progress() -> Callable[[str], None]:
    """Tells steps with their time on a terminal, and nothing in a pipe."""
    start = time.monotonic()

    def tell(step: str) -> None:
        if sys.stderr.isatty():
            typer.echo(f"{time.monotonic() - start:5.1f} s  {step}", err=True)

    return tell


def print_table(solutions: Solutions, graph: Graph | None, title: str = "", of: int = 0) -> None:
    """Rows, of so many in all, as a readable table; passages as source and section. A pipe is 160 columns wide."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from kg.names import Prefixes
    from kg.query.results import heading, readable_columns, text

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    shown = readable_columns(solutions)
    for index in shown:
        table.add_column(heading(solutions.variables[index]), overflow="fold")
    names = solutions.variables
    passages = [index for index in shown if names[index] in ("passage", "passages")]
    rows = solutions.rows
    words = {word for row in rows for index in passages for word in str(row[index] or "").split()}
    cited = {word for word in words if "://" in word}
    citations = graph.citations(sorted(cited)) if cited and graph else {}
    prefixes = graph.prefixes if graph else Prefixes({})
    for row in rows:
        table.add_row(
            *(_cited(row[index], citations) if index in passages else text(row[index], prefixes) for index in shown)
        )
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False, emoji=False)
    console.print(table)
    count = max(of, len(rows))
    left = f", {count - len(rows)} not shown" if count > len(rows) else ""
    console.print(f"{count} row{'s' if count != 1 else ''}{left}")


def _cited(value: Value | None, citations: Mapping[str, str]) -> str:
    """Passages, given by IRIs, as source and section."""
    return "; ".join(sorted({citations.get(iri, iri) for iri in str(value or "").split()}))
