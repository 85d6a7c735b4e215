"""The questions of the catalogue as HTTP resources."""

from __future__ import annotations

from starlette.routing import BaseRoute

from kg.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:  # noqa: ARG001
    """The resources."""
    return []
