"""`kg report`, `kg findings` and `kg view`: findings to read, and the neighbourhood of a thing to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, progress, say
from kg.errors import UnknownName

if TYPE_CHECKING:
    from kg.view.report.model import FoundBy

_FOLDER = Path("build")
_FIRST, _WIDTH = 10, 100


def report(
    output: Annotated[Path, typer.Option("--output", "-o", help="File to write")] = _FOLDER / "report.html",
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Write the report: findings with their passages, pictures and tables, as one page that opens offline."""
    from kg.view.report import write_report

    tell = progress()
    graph = open_graph(store, project)
    tell("gathering what the report shows")
    write_report(graph.store, graph.project, output)
    say(str(output))


def findings(
    kind: Annotated[str | None, typer.Option(help="Only those of a kind, such as gap")] = None,
    all_rows: Annotated[
        bool, typer.Option("--all", help="Show every finding, not the first ten of each query")
    ] = False,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Print what the analyses found, by kind, with source and section of the passages behind each."""
    from kg.view.report.model import read_findings

    graph = open_graph(store, project)
    kinds = read_findings(graph.store, graph.project)
    known = [found.name for found in kinds]
    if kind is not None and kind not in known:
        raise UnknownName("kind of finding", kind, known, f"There are: {', '.join(known) or 'none'}")
    if not kinds:
        say("The analyses found nothing in this graph.")
    for found in kinds:
        if kind in (None, found.name):
            say(f"{found.name.upper()}: {found.count} finding{'' if found.count == 1 else 's'}")
            for query in found.queries:
                _print(query, len(query.findings) if all_rows else _FIRST)


def view(
    entity: Annotated[str, typer.Argument(help="The thing, by key, label, alias, code or IRI")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write [default: named after the thing, in build/]")
    ] = None,
    depth: Annotated[int, typer.Option(help="How many steps away from the thing")] = 1,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Draw what is joined to a thing, as a page that opens offline."""
    from kg.view.neighbourhood import write_neighbourhood
    from kg.view.pages import file_name

    graph = open_graph(store, project)
    iri = graph.lookup.thing(entity)
    path = output or _FOLDER / file_name(graph.prefixes.shorten(iri))
    write_neighbourhood(graph.store, graph.project, iri, path, depth)
    say(str(path))


def _print(query: FoundBy, most: int) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table

    from kg.view.report.model import sections

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("", justify="right")
    table.add_column("finding", ratio=8, overflow="fold")
    table.add_column("said in", ratio=4, overflow="fold")
    table.add_column("parameters", width=24, overflow="fold")
    for number, finding in enumerate(query.findings[:most], 1):
        table.add_row(str(number), finding.text, sections(finding.passages) or "nowhere", finding.parameters)
    width = min(Console().width, _WIDTH) if sys.stdout.isatty() else _WIDTH
    console = Console(width=width, highlight=False, markup=False, emoji=False)
    console.print(f"\n{query.summary} ({query.name})")
    console.print(table)
    if len(query.findings) > most:
        console.print(f"... and {len(query.findings) - most} more (--all)")
    console.print()


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (report, findings, view):
        app.command()(command)
