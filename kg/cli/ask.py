"""`kg ask` and `kg sparql`: the questions of the catalogue, and any other."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, print_table, say
from kg.errors import BadParameter, BadQuery, UseError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.store.answers import Solutions

FormatOption = Annotated[str, typer.Option("--format", "-f", help="table, csv, json or jsonl")]


def ask(
    name: Annotated[str | None, typer.Argument(help="Name of the question; without it, all are listed")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(help="city=yichang ...")] = None,
    format: FormatOption = "table",
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Ask a question of the catalogue."""
    if name is None:
        _list(project)
        return
    graph = open_graph(store, project)
    _print(graph.ask(name, **pairs(parameters or [])), graph, format)


def sparql(
    query: Annotated[str, typer.Argument(help="SPARQL text, a file, or - for standard input")],
    format: FormatOption = "table",
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Answer a SPARQL query over the union of all graphs; the project's prefixes need no PREFIX lines."""
    from kg.store.answers import Solutions, Triples

    graph = open_graph(store, project)
    answer = graph.sparql(_text(query))
    if isinstance(answer, Solutions):
        _print(answer, graph, format)
    elif isinstance(answer, Triples):
        say("\n".join(answer.lines))
    else:
        say(str(answer).lower())


def _list(project: Path | None) -> None:
    from kg.project import Project
    from kg.query.catalogue import Catalogue

    catalogue = Catalogue.read(Project.find(project))
    group = ""
    for name, query in catalogue.items():
        if query.group != group:
            group = query.group
            say(f"\n{group}")
        takes = " ".join(f"{p.name}=..." if p.required else f"[{p.name}=...]" for p in query.header.parameters)
        say(f"  {name:<34} {query.header.summary}{f'  ({takes})' if takes else ''}")


def pairs(texts: list[str]) -> dict[str, str]:
    """Parameters by name, from texts such as `city=yichang`.

    Raises:
        BadParameter: one is none, or is given twice.
    """
    pairs = {}
    for text in texts:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise BadParameter(f"{text}: not a parameter. Write name=value")
        if name in pairs:
            raise BadParameter(f"{name} is given twice. Separate several values by commas")
        pairs[name] = value
    return pairs


def _text(query: str) -> str:
    if query == "-":
        try:
            return sys.stdin.buffer.read().decode("utf-8")
        except UnicodeDecodeError as error:
            raise BadQuery(f"standard input: not UTF-8 ({error}). Send it as UTF-8") from None
    if query.endswith(".rq") or ("{" not in query and "\n" not in query):
        try:
            return Path(query).read_text(encoding="utf-8")
        except (OSError, ValueError) as error:
            what = getattr(error, "strerror", None) or "not UTF-8"
            raise UseError(f"{query[:80]}: neither a query nor a readable file ({what}). Give one of the two") from None
    return query


def _print(solutions: Solutions, graph: Graph, format: str) -> None:
    from kg.query.results import FORMATS

    if format == "table":
        print_table(solutions, graph)
    elif format in FORMATS:
        typer.echo(FORMATS[format](solutions), nl=False)
    else:
        raise UseError(f"unknown format: {format}. Use table, {', '.join(FORMATS)}")


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    for command in (ask, sparql):
        app.command()(command)
