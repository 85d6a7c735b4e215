"""The SPARQL 1.1 Graph Store HTTP Protocol."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:  # noqa: ARG001
    """The resources."""
    return []
