"""SPARQL 1.1 Update, for who holds the token."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:  # noqa: ARG001
    """The resources."""
    return []
