"""`kg report`, `kg findings` and `kg view`: findings to read, and the graph to look at."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, progress, say
from kg.errors import UnknownName, UseError

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
    entity: Annotated[
        str | None, typer.Argument(help="Thing to open on, by key, label, alias, code or IRI; none for the whole")
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="File to write [default: build/graph.html, or named after the thing]"),
    ] = None,
    place: Annotated[
        list[str] | None,
        typer.Option("--place", help="Only what is of this place, and its neighbours; several with commas or again"),
    ] = None,
    chain: Annotated[list[str] | None, typer.Option("--chain", help="Only what is of this chain, likewise")] = None,
    class_: Annotated[list[str] | None, typer.Option("--class", help="Only things of this class, likewise")] = None,
    source: Annotated[list[str] | None, typer.Option("--source", help="Only what this source states, likewise")] = None,
    title: Annotated[str, typer.Option(help="Title of the page")] = "",
    language: Annotated[str, typer.Option(help="Language in which it starts: en or zh [default: the browser's]")] = "",
    allow_origin: Annotated[
        list[str] | None,
        typer.Option(help="Origin of pages that may embed it: scheme://host[:port], null or *; may be given again"),
    ] = None,
    boundaries: Annotated[
        Path | None, typer.Option(help="GeoJSON file of outlines for the map; needs --credit")
    ] = None,
    credit: Annotated[str, typer.Option(help="Whose the boundaries are, with the number of the map's approval")] = "",
    most_quads: Annotated[int, typer.Option(help="Write no page with more quads than this")] = 300_000,
    simple: Annotated[
        bool, typer.Option("--simple", help="A small page with what is joined to ENTITY, instead of the explorer")
    ] = False,
    depth: Annotated[int, typer.Option(help="With --simple: how many steps away from the thing")] = 1,
    physics: Annotated[bool, typer.Option("--physics", help="With --simple: let the things move")] = False,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Write the explorer: the graph, or a part of it, as one page that opens offline; --simple for a small picture.

    Whoever has the file has the data in it. The page says what it holds.
    """
    from kg.names import file_name
    from kg.view.explorer import MOST_QUADS, Settings

    parts = (place, chain, class_, source)
    settings = Settings(title, language, "", tuple(allow_origin or ()), boundaries, credit, most_quads)
    if simple and (entity is None or any(parts)):
        raise UseError("--simple draws what is joined to one thing. Name it: kg view ENTITY --simple")
    if simple and (settings != Settings(most_quads=most_quads)):
        raise UseError("the small page has no title, language, origins or boundaries of its own. Leave out --simple")
    if not simple and (depth != 1 or physics):
        raise UseError("--depth and --physics are of the small page. Say kg view ENTITY --simple with them")
    tell = progress()
    graph = open_graph(store, project)
    iri = graph.lookup.thing(entity) if entity is not None else None
    path = output or _FOLDER / (file_name(graph.prefixes.shorten(iri)) if iri else "graph.html")
    if simple:
        from kg.view.neighbourhood import write_neighbourhood

        assert iri is not None
        write_neighbourhood(graph.store, graph.project, iri, path, depth, physics)
    else:
        written = graph.write_explorer(path, iri, *(each or () for each in parts), settings=settings, progress=tell)
        typer.echo(f"{written.size / 1e6:.1f} MB: {written.quads:,} facts, {written.nodes:,} things drawn", err=True)
        if written.quads > MOST_QUADS:
            memory = f"about {written.quads / 1e6:.1f} GB of memory"
            typer.echo(
                f"warning: a browser needs {memory} for it; phones and small computers will not open it", err=True
            )
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
