"""`kg measure`: the measures of regional science on a table; each is a command of its own, made from its function."""

from __future__ import annotations

import inspect
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import parse_qsl

import typer
from typer.core import TyperGroup

from kg.cli.analyses import FIRST, Request, check_output, put, show
from kg.cli.common import ProjectOption, StoreOption, open_graph, options_of, say, taking
from kg.errors import MeasureWarning, UnknownName, UseError

if TYPE_CHECKING:
    import pandas as pd

    from kg.measures.measure import Measure

QUESTION = "ask:"
"""What a table starts with that is the answer to a question, and no file."""


class MeasureGroup(TyperGroup):
    """The group of commands, one for each measure; nothing is loaded before one is called for."""

    def list_commands(self, ctx: Any) -> list[str]:
        """The names of all measures."""
        from kg.measures import catalogue

        return [*super().list_commands(ctx), *catalogue()]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command of a measure.

        Raises:
            UnknownName: there is no such measure.
        """
        from kg.measures import catalogue

        if cmd_name not in catalogue():
            raise UnknownName("measure", cmd_name, catalogue(), "`kg measure --list` lists all")
        app = typer.Typer(add_completion=False, rich_markup_mode=None)
        app.command(cmd_name)(_function(catalogue()[cmd_name]))
        return typer.main.get_command(app)


def measure(
    ctx: typer.Context,
    list_all: Annotated[bool, typer.Option("--list", help="List all measures with formula and reference")] = False,
) -> None:
    """Compute a measure of regional science from a table: kg measure location-quotient TABLE.csv."""
    if list_all or ctx.invoked_subcommand is None:
        _list()
        raise typer.Exit()


def _list() -> None:
    from kg.measures import FAMILIES, catalogue

    family = ""
    for name, found in catalogue().items():
        if found.family != family:
            family = found.family
            say(f"\n{FAMILIES[family]}")
        say(f"  {name}\n      {found.summary}\n      {found.plain}")
        for reference in found.references:
            say(f"      {reference}")


@dataclass(frozen=True)
class Settings:
    """What the command of every measure is told, besides what the measure itself takes."""

    format: Annotated[str, typer.Option("--format", "-f", help="table, json, csv, md or xlsx")] = "table"
    output: Annotated[Path | None, typer.Option("--output", "-o", help="File to write, which xlsx needs")] = None
    picture: Annotated[Path | None, typer.Option("--picture", help="Also draw it into this SVG file")] = None
    draw: Annotated[str | None, typer.Option("--draw", help="Column to draw, where the answer has several")] = None
    observations: Annotated[
        Path | None,
        typer.Option("--observations", help="Also write it as RDF: .ttl, .nt, .nq, .trig (needs the graph)"),
    ] = None
    unit_of_values: Annotated[
        str | None, typer.Option("--unit-of-values", help="Unit of the table's values, for the observations")
    ] = None
    store: StoreOption = None
    project: ProjectOption = None


def _function(found: Measure) -> Callable[..., None]:
    """A function whose parameters are the options of the command."""
    own, tables = _own_options(found)
    shared = options_of(Settings)

    def typed(**given: Any) -> None:
        settings = Settings(**{option.name: given.pop(option.name) for option in shared})
        _run(found, tables, given, settings)

    return taking(typed, [*own, *shared], f"{found.summary}\n\n{found.plain}\n\n{found.convention}")


def _own_options(found: Measure) -> tuple[list[inspect.Parameter], list[str]]:
    """The options that the measure itself takes, and the names of those that are tables, the main one first."""
    from pandas import DataFrame

    meanings = {argument.name: argument.meaning for argument in found.arguments}
    own: list[inspect.Parameter] = []
    tables: list[str] = []
    for parameter in inspect.signature(found.function, eval_str=True).parameters.values():
        name, annotation, meaning = parameter.name, parameter.annotation, meanings.get(parameter.name, "")
        if annotation in (DataFrame, DataFrame | None):
            tables.append(name)
            annotation = str if annotation is DataFrame else str | None
            meaning = f"{meaning.rstrip('.')}: a CSV or Parquet file, or {QUESTION}QUESTION?parameter=value"
        if name == tables[0]:
            told = typer.Argument(help=meaning, metavar="TABLE")
        else:
            told = typer.Option(f"--{name.replace('_', '-')}", help=meaning)
        own.append(parameter.replace(annotation=Annotated[annotation, told]))
    return own, tables


def _run(found: Measure, tables: list[str], given: dict[str, Any], settings: Settings) -> None:
    from kg.export.measured import as_analysis, measured_to_json

    check_output(settings.format, settings.output)
    if settings.picture is not None:
        from kg.view.files import check_svg
        from kg.view.measure_pictures import check_numbers, write_picture

        check_svg(settings.picture)
        check_numbers(found, settings.draw)
    elif settings.draw is not None:
        raise UseError("--draw says what the picture shows. Name its file with --picture")
    frames = {name: _table(given[name], settings) for name in tables if given[name] is not None}
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always", MeasureWarning)
        frame = found.function(**{**given, **frames})
    ours = [w for w in caught if issubclass(w.category, MeasureWarning)]
    notes = list(dict.fromkeys(f"{w.category.__name__}: {w.message}" for w in ours))
    if settings.format in ("csv", "xlsx"):  # which have no place for a note
        for note in notes:
            typer.echo(f"note: {note}", err=True)
    sources = {"table" if name == tables[0] else name: _called(given[name]) for name in frames}
    told = [*sources.items(), *frame.attrs["options"].items()]
    if settings.format == "json":
        put(measured_to_json(frame, found, told, notes), settings.output)
    else:
        result = as_analysis(frame, found, told, notes)
        show(result, None, Request(format=settings.format, output=settings.output))
        if settings.format == "table" and settings.output is None and len(frame) > FIRST:
            say("in full: --format csv, json, md or xlsx")
    if settings.picture is not None:
        write_picture(frame, found, settings.picture, settings.draw)
        typer.echo(str(settings.picture), err=settings.output is None)
    if settings.observations is not None:
        _write_observations(frame, sources, settings.observations, settings)


def _write_observations(frame: pd.DataFrame, sources: dict[str, str], path: Path, settings: Settings) -> None:
    from kg.export.observations import write_observations

    graph = open_graph(settings.store, settings.project)
    unit = settings.unit_of_values
    count = write_observations(frame, path, graph.project, graph.lookup, graph.prefixes, sources, unit)
    typer.echo(f"{path}: {count} observations", err=settings.output is None)


def _called(table: str) -> str:
    """What a table is called: not the folder that it lies in, which is nobody's business."""
    return table if table.startswith(QUESTION) else Path(table).name


def _table(given: str, settings: Settings) -> pd.DataFrame:
    if not given.startswith(QUESTION):
        from kg.measures.files import read

        return read(given)
    name, _, parameters = given.removeprefix(QUESTION).partition("?")
    try:
        pairs = dict(parse_qsl(parameters, strict_parsing=True, keep_blank_values=True)) if parameters else {}
    except ValueError:
        raise UseError(f"{given}: not a question with parameters. Write {QUESTION}NAME?parameter=value") from None
    frame = open_graph(settings.store, settings.project).ask(name, **pairs).frame()
    frame.attrs["file"] = given
    return frame


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    group = typer.Typer(name="measure", cls=MeasureGroup, no_args_is_help=False, rich_markup_mode=None)
    group.callback(invoke_without_command=True)(measure)
    app.add_typer(group)
