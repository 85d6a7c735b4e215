"""`kg mcp`: the graph as tools and resources of models."""

from __future__ import annotations

import inspect
import logging
from typing import Annotated, Any

import typer

from kg.cli.common import FolderOption, ProjectOption, folder_of, options_of, taking
from kg.errors import MissingExtra
from kg.serve.limits import Limits

Hosts = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        help="With --http: name under which clients may reach it, as host (any port) or host:port, besides this one",
    ),
]
Origins = Annotated[
    list[str] | None,
    typer.Option("--allow-origin", help="With --http: origin of pages whose scripts may ask, besides this machine's"),
]
Only = Annotated[
    list[str] | None,
    typer.Option("--only", help="Question, or group of questions, that is a tool; by default all are"),
]


def mcp(
    http: Annotated[
        bool, typer.Option("--http", help="Serve streamable HTTP at /mcp, instead of standard input and output")
    ] = False,
    host: Annotated[str, typer.Option(help="With --http: address to listen on")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="With --http: port; 0 takes a free one", min=0, max=65535)] = 7879,
    allow_host: Hosts = None,
    allow_origin: Origins = None,
    only: Only = None,
    store: FolderOption = None,
    project: ProjectOption = None,
    **limits: Any,
) -> None:
    """Serve the graph to models by the Model Context Protocol: each question is a tool, besides entity and sparql."""
    try:
        from kg.serve.mcp import Doors, chosen, serve_http, serve_stdio
    except ImportError as error:
        raise MissingExtra(f"this needs {error.name}. Install it: pip install 'iis-kg[mcp]'") from None
    from kg.project import Project
    from kg.query.catalogue import Catalogue
    from kg.serve.service import Service
    from kg.store.folder import open_current

    found = Project.find(project)
    folder = folder_of(store, found, "mcp")
    service = Service(folder, found, Limits(**limits))
    wanted = tuple(only or ())
    chosen(Catalogue.read(found), wanted)  # what is wrong with the command is said before a client waits
    open_current(folder)
    logging.basicConfig(level=logging.WARNING, format="kg: %(message)s")  # on standard error
    if http:
        doors = Doors(host, port, tuple(allow_host or ()), tuple(allow_origin or ()), wanted)
        serve_http(service, doors, lambda address: typer.echo(f"listening on {address}", err=True))
    else:
        serve_stdio(service, wanted)


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    own = [p for p in inspect.signature(mcp, eval_str=True).parameters.values() if p.name != "limits"]
    described = Limits.described()
    limits = [
        parameter.replace(annotation=Annotated[parameter.annotation, typer.Option(help=described[parameter.name])])
        for parameter in options_of(Limits)
    ]
    app.command("mcp")(taking(mcp, [*own, *limits], mcp.__doc__ or ""))
