"""`kg publish`: the graph to an endpoint elsewhere."""

from __future__ import annotations

from typing import Annotated

import typer

from kg.cli.common import FolderOption, ProjectOption, folder_of, open_graph, progress, say


def publish(
    url: Annotated[str, typer.Argument(help="Of the SPARQL endpoint, https://host/sparql")],
    how: Annotated[str, typer.Option(help="update, graph-store, or auto: updates if it takes them")] = "auto",
    update: Annotated[str, typer.Option(help="URL for updates [default: found from that of the endpoint]")] = "",
    graph_store: Annotated[str, typer.Option(help="URL of the Graph Store Protocol")] = "",
    replace: Annotated[bool, typer.Option("--replace", help="Take away named graphs there that are not ours")] = False,
    store: FolderOption = None,
    project: ProjectOption = None,
) -> None:
    """Send the graph to a SPARQL endpoint: only what is not there yet; counts are checked at the end.

    Credentials come from $IIS_KG_REMOTE_TOKEN, or $IIS_KG_REMOTE_USER and $IIS_KG_REMOTE_PASSWORD.
    """
    from kg.errors import UseError
    from kg.project import Project
    from kg.store.remote.address import is_address
    from kg.store.remote.client import Client
    from kg.store.remote.publish import Target
    from kg.store.remote.publish import publish as run

    for address in filter(None, (url, update, graph_store)):  # what is wrong is told before the graph is read
        if not is_address(address):
            raise UseError(f"{address[:80]}: no address of an endpoint. Give https://host/path")
        Client(address)
    folder = folder_of(store, Project.find(project), "publish")
    done = run(
        open_graph(str(folder), project).embedded, Target(url, how, update, graph_store, replace), tell=progress()
    )
    say(f"{done.sent_quads:>9,}  facts sent, in {done.sent_graphs:,} named graphs")
    say(f"{done.kept_graphs:>9,}  named graphs were there already")
    if replace:
        say(f"{done.dropped_graphs:>9,}  named graphs taken away")
    say(f"{done.quads:>9,}  facts there now")


def register(app: typer.Typer) -> None:
    """Add the command of this module."""
    app.command()(publish)
