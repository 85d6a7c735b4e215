"""What the commands that run an analysis share: their options, and how a result is printed or written."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, options_of, print_table, progress, say, taking
from kg.errors import UseError

if TYPE_CHECKING:
    from kg.analysis.result import Analysis
    from kg.api import Graph

FIRST = 40
"""Rows of each table that are printed where no table is named."""

FORMATS = ("table", "json", "csv", "md", "xlsx")


@dataclass(frozen=True)
class Request:
    """What every command that runs an analysis is asked: its fields are the options, with their defaults."""

    place: Annotated[
        list[str] | None,
        typer.Option("--place", help="Place, by key, label, alias or code; several with commas or given again"),
    ] = None
    chain: Annotated[list[str] | None, typer.Option("--chain", help="Chain, in the same way")] = None
    format: Annotated[str, typer.Option("--format", "-f", help="table, json, csv, md or xlsx")] = "table"
    explain: Annotated[
        bool, typer.Option("--explain", help="Say for each finding what its severity is made of, and who says so")
    ] = False
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, which xlsx needs")] = None
    table: Annotated[
        str | None, typer.Option("--table", help="Only this table; csv gives the first where none is named")
    ] = None
    picture: Annotated[Path | None, typer.Option("--picture", help="Also write the picture to this SVG file")] = None
    store: StoreOption = None
    project: ProjectOption = None


def command(app: typer.Typer, name: str, function: Callable[..., None], without: Sequence[str] = ()) -> None:
    """Add the command of an analysis.

    Args:
        app: what it is added to.
        name: as it is typed.
        function: takes a `Request` and options of its own; its docstring is the help.
        without: options that it does not take.
    """
    _request, *own = inspect.signature(function, eval_str=True).parameters.values()
    shared = options_of(Request, without)

    def requested(**given: Any) -> None:
        request = Request(**{option.name: given.pop(option.name) for option in shared})
        function(request, **given)

    app.command(name)(taking(requested, [*own, *shared], inspect.getdoc(function) or ""))


def run(method: str, request: Request, **options: Any) -> None:
    """Run an analysis and print or write its result."""
    check_output(request.format, request.output)
    if request.picture is not None:
        from kg.view.pictures import check_picture

        check_picture(method, request.picture)
    tell = progress()
    graph = open_graph(request.store, request.project)
    tell(f"looking for {method}")
    analysis = graph.analyse(method, request.place or (), request.chain or (), **options)
    show(analysis, graph, request)
    if request.picture is not None:
        from kg.view.pictures import write_picture

        write_picture(analysis, graph.facts, request.picture)
        say(str(request.picture))


def check_output(format: str, output: Path | None) -> None:
    """Refuse a format or file that cannot be written, before anything is computed.

    Raises:
        UseError: there is no such format, it needs a file, or the file is a folder.
    """
    if format not in FORMATS:
        raise UseError(f"unknown format: {format}. Use {', '.join(FORMATS)}")
    if format == "xlsx" and output is None:
        raise UseError("xlsx is a file. Name it with --output")
    if output is not None and output.is_dir():
        raise UseError(f"{output}: cannot be written (it is a folder). Name another file")


def show(analysis: Analysis, graph: Graph | None, request: Request) -> None:
    """Print a result, or write it to a file; of its tables only the one that is named, if one is.

    Args:
        analysis: the result.
        graph: names things and passages; none for what was computed from a plain table.
        request: how to show it.

    Raises:
        UnknownName: there is no table of that name.
        UseError: the file cannot be written.
    """
    format, output, table = request.format, request.output, request.table
    if table is not None:
        analysis = replace(analysis, tables=(analysis.table(table),))
    if format == "table" and output is None:
        _print(analysis, graph, request.explain, first=FIRST if table is None else None)
        return
    from kg.export import tables
    from kg.names import Prefixes

    prefixes = graph.prefixes if graph else Prefixes({})
    if format == "xlsx":
        assert output is not None
        tables.write_workbook(analysis, output, prefixes, graph.citations() if graph else {})
        say(str(output))
        return
    if format == "json":
        written = tables.analysis_to_json(analysis, prefixes)
    elif format == "csv":
        written = tables.analysis_to_csv(analysis)
    else:
        written = tables.analysis_to_markdown(analysis, prefixes, graph.citations() if graph else {})
    put(written, output)


def put(written: str, output: Path | None) -> None:
    """Print a text, or write it to a file and say which.

    Raises:
        UseError: the file cannot be written.
    """
    if output is None:
        typer.echo(written, nl=False)
        return
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        output.write_text(written, encoding="utf-8")
    except OSError as error:
        raise UseError(f"{output}: cannot be written ({error.strerror}). Name another file") from None
    say(str(output))


def _print(analysis: Analysis, graph: Graph | None, explain: bool, first: int | None) -> None:
    from kg.query.results import heading, readable_columns

    for note in analysis.notes:
        say(f"note: {note}")
    for shown in analysis.tables:
        say(f"\n{shown.title}\n{shown.reading}")
        print_table(shown.in_brief(first), graph, of=len(shown.rows))
        if shown.brief:
            names = readable_columns(shown.solutions)
            rest = [heading(list(shown.columns)[i]) for i in names if list(shown.columns)[i] not in shown.brief]
            say(f"besides, in json, csv, md and xlsx: {', '.join(rest)}")
    if explain and graph:
        _explain(analysis, graph)


def _explain(analysis: Analysis, graph: Graph) -> None:
    from kg.export.tables import in_order

    findings = in_order(analysis)
    said = graph.citations(sorted({p for f in findings for p in f.passages})) if findings else {}
    anchors = graph.anchors(said)
    say(f"\nWhy, and who says so: {len(findings)} finding{'' if len(findings) == 1 else 's'}")
    for number, finding in enumerate(findings, 1):
        say(f"\n{number}. {finding.label}")
        say(f"   {finding.explanation}")
        for passage in finding.passages:
            say(f"   {said.get(passage, passage)}: {anchors.get(passage, '')}".rstrip(": "))
        if not finding.passages:
            say("   no passage speaks of it")


def register(app: typer.Typer) -> None:
    """Add the commands of the analyses."""
    from kg.cli import gaps, links, mechanism, next, overlap, rules, scenario, weak_points

    for module in (gaps, overlap, links, weak_points, next, mechanism, rules, scenario):
        module.register(app)
