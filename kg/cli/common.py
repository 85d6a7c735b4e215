"""Options that commands share, and how they print."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.store.answers import Solutions, Value

StoreOption = Annotated[
    Path | None, typer.Option("--store", help="Folder of the graph [default: $IIS_KG_STORE or build/graph]")
]
ProjectOption = Annotated[
    Path | None, typer.Option("--project", help="Folder with ontology/, queries/, loaders/ laid over the bundled ones")
]


def open_graph(store: Path | None, project: Path | None) -> Graph:
    """The graph that the options name."""
    from kg import api

    return api.open(store, project)


def say(text: str = "") -> None:
    """Print to standard output."""
    typer.echo(text)


def progress() -> Callable[[str], None]:
    """Tells steps with their time on a terminal, and nothing in a pipe."""
    start = time.monotonic()

    def tell(step: str) -> None:
        if sys.stderr.isatty():
            typer.echo(f"{time.monotonic() - start:5.1f} s  {step}", err=True)

    return tell


def print_table(solutions: Solutions, graph: Graph, title: str = "") -> None:
    """Rows as a readable table; passages as source and section. In a pipe it is 160 columns wide."""
    from rich import box
    from rich.console import Console
    from rich.table import Table

    table = Table(title=title or None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    shown = _shown_columns(solutions)
    for index in shown:
        table.add_column(solutions.variables[index].replace("_label", "").replace("_", " "), overflow="fold")
    for row in solutions.rows:
        table.add_row(*(_text(row[index], graph, solutions.variables[index]) for index in shown))
    console = Console(width=None if sys.stdout.isatty() else 160, highlight=False, markup=False, emoji=False)
    console.print(table)
    console.print(f"{len(solutions)} row{'s' if len(solutions) != 1 else ''}")


def _shown_columns(solutions: Solutions) -> list[int]:
    """All columns but the IRIs that have a label column beside them."""
    names = solutions.variables
    return [index for index, name in enumerate(names) if f"{name}_label" not in names]


def _text(value: Value | None, graph: Graph, column: str) -> str:
    from kg.store.answers import IRI

    if value is None:
        return ""
    if column in ("passage", "passages"):
        return "; ".join(sorted({graph.citations.get(iri, graph.prefixes.shorten(iri)) for iri in str(value).split()}))
    if isinstance(value, str) and "https://" in value and not isinstance(value, IRI):
        return " ".join(graph.prefixes.shorten(word) for word in value.split())
    return graph.prefixes.shorten(value) if isinstance(value, IRI) else str(value)
