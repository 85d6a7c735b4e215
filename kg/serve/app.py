"""The ASGI application: each module of resources says its own."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Match, Route
from starlette.types import ASGIApp

from kg.errors import KGError
from kg.serve import embedding, graph_store, openapi, pages, questions, sparql, things
from kg.serve.cors import with_cors
from kg.serve.guard import FAILED, Guard
from kg.serve.problems import problem, problem_of
from kg.serve.service import Service

MODULES = (sparql, graph_store, questions, things, embedding, openapi, pages)


def make_app(service: Service, hosts: Sequence[str] = ()) -> ASGIApp:
    """The application of a service, to be asked once that was entered.

    Args:
        service: what the resources are of.
        hosts: names under which it may be asked; any, where there are none.
    """
    routes = [route for module in MODULES for route in module.routes(service)]
    handlers = {HTTPException: _no_resource, KGError: _error, Exception: _failed}
    inner = with_cors(Starlette(routes=routes, exception_handlers=handlers), service.settings)
    return Guard(inner, service.limits.request << 10, hosts)


async def _no_resource(request: Request, error: Exception) -> Response:
    """A resource that there is not, or a method that it does not have."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        return problem(404, "there is no such resource. /openapi.json lists those that there are")
    if error.status_code != 405:
        return problem(error.status_code, error.detail)
    allowed = ", ".join(sorted({*_methods(request), "OPTIONS"}))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    return problem(405, f"this resource has no {request.method[:20]}. Use {allowed}", Allow=allowed)


def _methods(request: Request) -> set[str]:
    """The methods of all routes to a path."""
    found: set[str] = set()
    for route in request.app.routes:
        if isinstance(route, Route) and route.matches(request.scope)[0] != Match.NONE:
            found |= route.methods or set()
    return found


async def _error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, KGError)
    return problem_of(error)


async def _failed(_request: Request, _error: Exception) -> Response:
    """A fault that nobody foresaw; the guard writes it to the log."""
    return problem(500, FAILED)
