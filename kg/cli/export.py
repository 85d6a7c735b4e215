"""`kg export`: the graph in the formats of other tools."""

from __future__ import annotations

import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, progress, say
from kg.errors import UseError

if TYPE_CHECKING:
    from kg.export.formats import Written

_QUIET = 2.0
"""Seconds after which it is told how far an export is."""


def export(
    format: Annotated[
        str | None, typer.Argument(help="Format to write; without it the file's ending tells, or formats are listed")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File or folder to write; - is standard output")
    ] = None,
    network: Annotated[
        str | None, typer.Option(help="Network to write, for formats that hold one [default: everything]")
    ] = None,
    context: Annotated[
        str | None, typer.Option(help="With jsonld: address of a context to name instead of writing it into the file")
    ] = None,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Write the graph in a format of another tool; the same tables give the same bytes.

    Without a format and a file it lists the formats.
    """
    from kg.export.formats import EVERYTHING, Options, export, find_format

    if output is None:
        if format is not None:
            find_format(format, Path())
            raise UseError(f"where to? Say: kg export {format} -o FILE")
        _list_formats()
        return
    wanted = find_format(format, output)
    options = Options(network or EVERYTHING, context, _late(progress()))
    graph = open_graph(store, project)
    if str(output) != "-":
        written = export(graph, output, wanted.name, options)
        counts = "".join(f", {count:,} {name}" for name, count in written.counts.items())
        say(f"{output}: {written.size:,} bytes{counts}")
    elif wanted.folder:
        raise UseError(f"{wanted.name} is a folder of files. Name one with -o")
    else:
        with tempfile.TemporaryDirectory(prefix="kg-export-") as folder:
            written = export(graph, Path(folder) / "graph", wanted.name, options)
            with written.path.open("rb") as file:
                shutil.copyfileobj(file, sys.stdout.buffer)
            sys.stdout.buffer.flush()
    _tell_notes(written)


def _tell_notes(written: Written) -> None:
    for note in written.notes:
        typer.echo(f"note: {note}", err=True)


def _list_formats() -> None:
    from kg.export.formats import FORMATS

    width = max(map(len, FORMATS))
    for each in FORMATS.values():
        endings = f" ({' '.join(each.endings)})" if each.endings else " (a folder)" if each.folder else ""
        say(f"{each.name:<{width}}  {each.summary}{endings}")
    say("\nkg export FORMAT -o FILE writes one; kg export -o graph.ttl takes the format of the ending.")


def _late(tell: Callable[[str], None]) -> Callable[[str], None]:
    """Tells steps once it has taken so long that whoever waits wants to know."""
    start = time.monotonic()

    def later(step: str) -> None:
        if time.monotonic() - start > _QUIET:
            tell(step)

    return later


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(export)
