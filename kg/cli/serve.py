"""`kg serve`: the graph over HTTP."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, say
from kg.errors import MissingExtra


def serve(
    host: Annotated[str, typer.Option(help="Address to listen on; others than 127.0.0.1 are open to the network")] = (
        "127.0.0.1"
    ),
    port: Annotated[int, typer.Option(help="Port; 0 takes a free one", min=0, max=65535)] = 7878,
    store: StoreOption = None,
    project: ProjectOption = None,
) -> None:
    """Serve the graph over HTTP: SPARQL, the questions, linked data, the explorer."""
    try:
        from kg.serve.run import listen, run
    except ImportError as error:
        raise MissingExtra(f"serving needs {error.name}. Install it: pip install 'iis-kg[serve]'") from None
    from kg.project import Project
    from kg.serve.service import Service

    found = Project.find(project)
    service = Service(Path(store) if store else found.default_store(), found)
    listener = listen(host, port)
    where, at = listener.getsockname()[:2]
    run(service, listener, lambda: say(f"listening on http://{f'[{where}]' if ':' in where else where}:{at}/"))


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(serve)
