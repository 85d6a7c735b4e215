"""`kg check`: the ontology and the graph against hygiene queries, shapes and the reasoner."""

from __future__ import annotations

import typer

from kg.cli.common import ProjectOption, StoreOption


def check(store: StoreOption = None, project: ProjectOption = None) -> None:
    """Check the ontology and the graph: hygiene queries, SHACL, and HermiT where it is installed."""


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(check)
