"""The ASGI application: each module of resources says its own."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Match, Route
from starlette.types import ASGIApp, Scope

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
    app = Starlette(routes=routes, exception_handlers=handlers)
    app.router.redirect_slashes = False  # it names scheme and host, which are others behind a proxy
    return Guard(with_cors(app, service.settings), service.limits.request << 10, hosts)


async def _no_resource(request: Request, error: Exception) -> Response:
    """A resource that there is not, or a method that it does not have."""
    assert isinstance(error, HTTPException)
    if error.status_code == 404:
        if elsewhere := _without_slash(request):
            return Response(status_code=307, headers={"Location": elsewhere})
        return problem(404, "there is no such resource. /openapi.json lists those that there are")
    if error.status_code != 405:
        return problem(error.status_code, error.detail)
    matching = _matching(request.app.routes, request.scope)
    allowed = ", ".join(sorted({"OPTIONS", *(method for route in matching for method in route.methods or ())}))
    if request.method == "OPTIONS":
        return Response(status_code=204, headers={"Allow": allowed})
    return problem(405, f"this resource has no {request.method[:20]}. Use {allowed}", Allow=allowed)


def _without_slash(request: Request) -> str:
    """The address without a slash at its end, as seen from it, if there is something; else nothing."""
    path = request.scope["path"].removesuffix("/")
    if path == request.scope["path"] or not _matching(request.app.routes, {**request.scope, "path": path}):
        return ""
    query = f"?{request.url.query}" if request.url.query else ""
    return f"../{quote(path.rpartition('/')[2])}{query}"


def _matching(routes: Sequence[BaseRoute], scope: Scope) -> list[Route]:
    """The routes to a path, by whatever method."""
    return [route for route in routes if isinstance(route, Route) and route.matches(scope)[0] != Match.NONE]


async def _error(_request: Request, error: Exception) -> Response:
    assert isinstance(error, KGError)
    return problem_of(error)


async def _failed(_request: Request, _error: Exception) -> Response:
    """A fault that nobody foresaw; the guard writes it to the log."""
    return problem(500, FAILED)
