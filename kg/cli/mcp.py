"""`kg mcp`: the graph as tools and resources of models."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    pass

HttpOption = Annotated[
    bool, typer.Option("--http", help="Serve streamable HTTP at /mcp instead of standard input and output")
]
HostOption = Annotated[str, typer.Option(help="With --http: address to listen on")]
PortOption = Annotated[int, typer.Option(min=0, max=65535, help="With --http: port to listen on; 0 for a free one")]
NameOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-host",
        help="With --http: name, as host or host:port, under which clients may reach it besides this machine's own; "
        "may be given again",
    ),
]
OriginOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow-origin",
        help="With --http: origin of pages whose scripts may ask, as scheme://host[:port]; may be given again",
    ),
]
