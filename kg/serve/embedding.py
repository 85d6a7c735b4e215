"""Fragments for other pages: a question, a thing or a finding as a small page, and who may frame it."""

from __future__ import annotations

import asyncio
import re
import secrets
from collections.abc import Callable
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.api import Graph
from kg.errors import BadParameter, KGError, UnknownName, UseError
from kg.serve.operations import TEXT, answers, in_path, in_query, operation
from kg.serve.problems import problem_of
from kg.serve.resource import parameters
from kg.serve.service import Service
from kg.view.fragments import Page, Settings
from kg.view.fragments.render import SANDBOX
from kg.view.pages import policy

NOBODY = "none"
_LANGUAGE, _ROWS = "page-language", "page-rows"
_SECONDS = 300
_ORIGIN = re.compile(r"https?://[A-Za-z0-9.*\-\[\]:]+", re.IGNORECASE)


def routes(service: Service) -> list[BaseRoute]:
    """The resources.

    Raises:
        UseError: an origin that may embed them is none.
    """
    headers = {**framing(service.settings.framing), "Cache-Control": f"public, max-age={_SECONDS}"}
    started = secrets.token_hex(4)  # of another start may be other software and other questions

    def resource(path: str, name: Callable[[Graph, Request], str]) -> BaseRoute:
        async def answer(request: Request) -> Response:
            tag = f'"{service.pool.generation}-{started}"'
            if tag in request.headers.get("If-None-Match", ""):
                return Response(status_code=304, headers={**headers, "ETag": tag})
            try:
                page = await asyncio.to_thread(_page, service.graph(), request, name)
            except KGError as error:
                return problem_of(error)
            return Response(page.html, media_type="text/html", headers={**headers, "ETag": tag})

        return Route(path, answer, methods=["GET"])

    return [
        resource("/embed/queries/{name}", _question),
        resource("/embed/findings/{key}", _finding),
        resource("/embed/id/{kind}/{key}", _thing),
    ]


def describe(service: Service) -> dict[str, Any]:  # noqa: ARG001
    """The paths of this module for the OpenAPI description."""
    found = answers("a page for an iframe", ["text/html"], ["400", "404", "413", "503"], {"304": "it is as it was"})
    settings = [
        in_query(_LANGUAGE, "of the page", type="string", enum=["en", "zh"], default=Settings().language),
        in_query(_ROWS, "how many rows it shows", type="integer", minimum=1, default=Settings().rows),
    ]

    def page(name: str, summary: str, *parameters: dict[str, Any]) -> dict[str, Any]:
        said = f"{summary} as a small page for others to embed; their origins are those that the server allows."
        return {"get": operation(name, "pages", summary, said, found, parameters=[*parameters, *settings])}

    given = {
        **in_query("parameters", "those of the question", type="object", additionalProperties=TEXT),
        "style": "form",
        "explode": True,
    }
    kind, key = in_path("kind", "of the thing"), in_path("key", "of the thing")
    return {
        "/embed/queries/{name}": page("embed-question", "A question", in_path("name", "of the question"), given),
        "/embed/findings/{key}": page("embed-finding", "A finding", in_path("key", "of the finding")),
        "/embed/id/{kind}/{key}": page("embed-thing", "A thing", kind, key),
    }


def framing(origins: tuple[str, ...]) -> dict[str, str]:
    """The headers by which a page says who may frame it: its own origin, and those given; `none` nobody, `*` anybody.

    Raises:
        UseError: one is no origin.

    >>> framing(())["X-Frame-Options"]
    'SAMEORIGIN'
    >>> framing(("https://example.org",))["Content-Security-Policy"].partition("frame-ancestors ")[2]
    "'self' https://example.org"
    """
    for origin in origins:
        if origin not in ("*", NOBODY) and not _ORIGIN.fullmatch(origin):
            raise UseError(f"{origin}: no origin. Give scheme://host[:port], * for all, or {NOBODY}")
    if NOBODY in origins and len(origins) > 1:
        raise UseError(f"{NOBODY} and other origins. Give one or the other")
    if "*" in origins:
        ancestors = "*"
    elif NOBODY in origins:
        ancestors = "'none'"
    else:
        ancestors = " ".join(["'self'", *origins])
    rules = f"{policy()}; sandbox {SANDBOX}; frame-ancestors {ancestors}"
    # The older header can name no origins: where some are allowed, it would forbid them.
    older = {"'self'": "SAMEORIGIN", "'none'": "DENY"}.get(ancestors)
    return {"Content-Security-Policy": rules, **({"X-Frame-Options": older} if older else {})}


def _page(graph: Graph, request: Request, name: Callable[[Graph, Request], str]) -> Page:
    given = parameters(request)
    rows = given.pop(_ROWS, str(Settings().rows))
    if not rows.isascii() or not rows.isdigit() or len(rows) > 4:
        raise BadParameter(f"{_ROWS}={rows[:20]}: not a number of rows. Give one")
    try:
        settings = Settings(language=given.pop(_LANGUAGE, Settings().language), rows=int(rows))
    except UseError as error:
        raise BadParameter(str(error)) from None
    return graph.fragment_page(name(graph, request), settings, **given)


def _question(graph: Graph, request: Request) -> str:
    return graph.queries[request.path_params["name"]].name


def _finding(graph: Graph, request: Request) -> str:  # noqa: ARG001
    return f"finding:{request.path_params['key']}"


def _thing(graph: Graph, request: Request) -> str:
    """By the prefix of its compact IRI, or by the end of the IRI itself."""
    kind, key = request.path_params["kind"], request.path_params["key"]
    spaces = {space for prefix, space in graph.prefixes.mapping.items() if prefix == kind}
    spaces |= {space for space in graph.prefixes.mapping.values() if space.endswith(f"/id/{kind}/")}
    for space in sorted(spaces):
        try:
            return graph.lookup.thing(f"{space}{key}", (graph.prefixes.kind(space) or kind,))
        except UnknownName as error:
            unknown = error
    if not spaces:
        raise UnknownName("kind of things", kind, graph.prefixes.mapping)
    raise unknown
