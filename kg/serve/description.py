"""The service description of the endpoint (SPARQL 1.1 Service Description)."""

from __future__ import annotations

from starlette.responses import Response

from kg.serve.problems import problem
from kg.serve.service import Service


async def respond(service: Service, address: str, accept: str) -> Response:  # noqa: ARG001
    """The service description in the form that a client accepts."""
    return problem(404, "not yet")
