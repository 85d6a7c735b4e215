"""SPARQL 1.1 Update, for who holds the token."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from kg.serve.problems import problem
from kg.serve.service import Service


def routes(service: Service) -> list[BaseRoute]:  # noqa: ARG001
    """The resources."""
    return []


async def respond(request: Request, service: Service) -> Response:  # noqa: ARG001
    """Answer a POST of an update, whose body has not been read yet."""
    return problem(403, "nothing can be written here. Ask those who run it for another endpoint")
