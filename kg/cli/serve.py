"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

import inspect
import ipaddress
import os
from typing import Annotated, Any
from urllib.parse import urlsplit

import typer

from kg.cli.common import FolderOption, ProjectOption, folder_of, options_of, say, taking
from kg.errors import MissingExtra, UseError
from kg.serve.limits import Limits

TOKEN = "IIS_KG_TOKEN"
SHORTEST = 16
"""Letters of a token."""

Hosts = Annotated[list[str] | None, typer.Option("--allow-service", help="Host that SERVICE and LOAD may ask")]
Origins = Annotated[
    list[str] | None, typer.Option("--allow-origin", help="Origin of pages that may read answers, or *")
]
Framing = Annotated[
    list[str] | None, typer.Option("--allow-framing", help="Origin of pages that may embed fragments, or *")
]


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; others than 127.0.0.1 open it to the network")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one", min=0, max=65535)] = 7878,
    write: Annotated[
        bool, typer.Option("--write", help=f"Let who sends the token in ${TOKEN} change the graph")
    ] = False,
    allow_origin: Origins = None,
    allow_framing: Framing = None,
    allow_service: Hosts = None,
    address: Annotated[str, typer.Option(help="URL under which clients reach it, where a proxy stands before it")] = "",
    render_ahead: Annotated[
        bool, typer.Option(help="Render the explorer and the report at once, so that the first visitor does not wait")
    ] = True,
    log: Annotated[bool, typer.Option("--log", help="Log each request")] = False,
    store: FolderOption = None,
    project: ProjectOption = None,
    **limits: Any,
) -> None:
    """Serve the graph over HTTP until Ctrl-C: SPARQL, the questions, linked data, the explorer."""
    try:
        from kg.serve.run import listen, run
    except ImportError as error:
        raise MissingExtra(f"serving needs {error.name}. Install it: pip install 'iis-kg[serve]'") from None
    from kg.project import Project
    from kg.serve.service import Service, Settings

    found = Project.find(project)
    settings = Settings(
        token=_token() if write else "",
        origins=tuple(allow_origin or ()),
        framing=tuple(allow_framing or ()),
        services=tuple(allow_service or ()),
        address=address,
        ahead=render_ahead,
    )
    service = Service(folder_of(store, found, "serve"), found, Limits(**limits), settings)
    with listen(host, port) as listener:
        where, at = listener.getsockname()[:2]
        shown = f"[{where}]" if ":" in where else where
        hosts: list[str] = []
        if ipaddress.ip_address(where.partition("%")[0]).is_loopback:
            hosts = ["localhost", "127.0.0.1", "[::1]", shown, host, urlsplit(address).hostname or host]
        elif write:
            say("kg: the token is sent as it is: let clients reach this server through a proxy with TLS only", err=True)
        run(service, listener, lambda: say(f"listening on http://{shown}:{at}/"), hosts, log)


def _token() -> str:
    token = os.environ.get(TOKEN, "")
    if len(token) < SHORTEST or not token.isascii() or not token.isprintable() or " " in token:
        raise UseError(
            f"--write needs a token in ${TOKEN}: {SHORTEST} letters or more, without spaces. "
            'Make one: python -c "import secrets; print(secrets.token_urlsafe())"'
        )
    return token


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    own = [p for p in inspect.signature(serve, eval_str=True).parameters.values() if p.name != "limits"]
    described = Limits.described()
    limits = [
        parameter.replace(annotation=Annotated[parameter.annotation, typer.Option(help=described[parameter.name])])
        for parameter in options_of(Limits, without=["analysis"])  # none runs over HTTP
    ]
    app.command("serve")(taking(serve, [*own, *limits], serve.__doc__ or ""))
