"""The explorer, the report and the health of the server."""

from __future__ import annotations

import asyncio
import gzip
import hashlib
import html
import logging
import re
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from kg.errors import KGError, StoreError
from kg.serve.copies import SETTLED
from kg.serve.operations import answers, in_query, operation
from kg.serve.pool import Asked
from kg.serve.problems import problem
from kg.serve.resource import HTML, language_of, links_of, written
from kg.serve.service import Service
from kg.store.folder import read_manifest

HEALTHY = 5.0
"""Seconds in which a worker that is well answers."""

_EXPLORER, _REPORT = ("explorer.html", "view"), ("report.html", "report")
"""The files of pages, and the commands that write them."""

_LOG = logging.getLogger("uvicorn.error")
_HEAD = 100_000
_POLICY = re.compile(r'http-equiv="Content-Security-Policy" content="([^"]*)"')
_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))")
_MACHINES = (
    ("/openapi.json", "service-desc", "application/json"),
    ("/sparql", "service-meta", "text/turtle"),
    ("/queries", "service-doc", "text/html"),
    ("/health", "status", "application/json"),
)
_ROBOTS = "User-agent: *\nDisallow: /sparql\nDisallow: /queries/\nDisallow: /source/\n"


def routes(service: Service) -> list[BaseRoute]:
    """The pages, and what machines ask of a server first."""
    pages = Pages(service)
    links = links_of(service)

    async def to_query(request: Request) -> Response:
        typed = request.query_params.get("query")
        said = {"view": "query", **({"sparql": typed} if typed else {})}
        return RedirectResponse(f"{links.at('/')}#{urlencode(said)}", 303)

    async def to_description(_request: Request) -> Response:
        return RedirectResponse(links.at("/sparql"), 303)

    async def robots(_request: Request) -> Response:
        return PlainTextResponse(_ROBOTS)

    async def no_icon(_request: Request) -> Response:
        return Response(status_code=204, headers={"Cache-Control": "max-age=86400"})

    return [
        Route("/", pages.explorer),
        Route("/report", pages.report),
        Route("/query", to_query),
        Route("/health", pages.health),
        Route("/.well-known/void", to_description),
        Route("/robots.txt", robots),
        Route("/favicon.ico", no_icon),
    ]


def describe(service: Service) -> dict[str, Any]:  # noqa: ARG001
    """The paths of this module for the OpenAPI description."""
    page = answers("the page", [HTML], ["503"], {"304": "it is as the client knows it"})
    health = {
        "type": "object",
        "required": ["status", "generation", "quads", "held", "uptime"],
        "properties": {
            "status": {"const": "ok"},
            "generation": {"type": "string", "description": "name of the graph in force, which changes with its facts"},
            "quads": {"type": "integer"},
            "held": {"enum": ["memory", "disk"], "description": "where workers read the graph; memory is the faster"},
            "uptime": {"type": "number", "description": "seconds since the server started"},
        },
    }
    well = answers("a worker answers", ["application/json"], ["503"])
    well["200"]["content"]["application/json"]["schema"] = health
    form = {"303": {"description": "the page for queries of the explorer"}}
    void = {"303": {"description": "the service description"}}
    icon = {"204": {"description": "there is none"}}
    robots = answers("the rules", ["text/plain"])
    return {
        "/": {"get": operation("explorer", "pages", "The explorer", "The graph as a page to explore.", page)},
        "/report": {"get": operation("report", "pages", "The report", "All findings as a page to read.", page)},
        "/query": {
            "get": operation("query-page", "pages", "The page for queries", "A query to look at and to change.", form)
            | {"parameters": [in_query("query", "SPARQL 1.1, to begin with")]}
        },
        "/health": {"get": operation("health", "server", "Health", "Does the server answer, and from what?", well)},
        "/.well-known/void": {"get": operation("void", "server", "Description", "Where is the description?", void)},
        "/robots.txt": {"get": operation("robots", "server", "For crawlers", "What may crawlers read?", robots)},
        "/favicon.ico": {"get": operation("icon", "server", "Icon", "Which icon is there?", icon)},
    }


async def keep_rendered(service: Service) -> None:
    """Render the pages ahead, and again each time when another graph is in force; of quick changes only the last."""
    rendered = before = ""
    while True:
        seen = service.pool.generation
        if not rendered or seen == before != rendered:
            rendered = seen
            await render_ahead(service)
        before = seen
        await asyncio.sleep(SETTLED)


async def render_ahead(service: Service) -> None:
    """Render the pages before anybody asks for them; one that fails is tried again when somebody does."""
    for name, command in (_EXPLORER, _REPORT):
        try:
            await service.rendered(name, command)
        except (KGError, OSError) as error:
            _LOG.warning("%s is not rendered ahead: %s", name, error)


@dataclass(frozen=True)
class Rendered:
    """A page that was written once, as it is sent: plain, and packed."""

    body: bytes
    packed: bytes
    tag: str
    policy: str


class Pages:
    """The pages of a service; each is written when it is first asked for, once for each generation of the graph."""

    def __init__(self, service: Service) -> None:
        self._service, self._started = service, time.monotonic()
        self._kept: dict[str, tuple[Path, Rendered]] = {}

    async def explorer(self, request: Request) -> Response:
        """The explorer; where the graph is too large for a page, what there is besides."""
        links = links_of(self._service)
        machines = ", ".join(f'<{links.at(path)}>; rel="{rel}"; type="{kind}"' for path, rel, kind in _MACHINES)
        try:
            return await self._sent(request, *_EXPLORER, {"Link": machines})
        except StoreError:
            from kg.view.served import page
            from kg.view.served.texts import texts

            language = language_of(request)
            return written(page("home.html", links, language, texts(language)), HTML, {"Link": machines})

    async def report(self, request: Request) -> Response:
        """The report."""
        return await self._sent(request, *_REPORT, {})

    async def health(self, _request: Request) -> Response:
        """Whether a worker answers in time, and from which graph."""
        try:
            async with asyncio.timeout(HEALTHY):
                await self._service.pool.ask(Asked("ASK {}"))
            manifest = await run_in_threadpool(read_manifest, self._service.folder)
        except (KGError, TimeoutError):
            return problem(503, "no worker answers in time. Ask again later", **{"Retry-After": "5"})
        return JSONResponse(
            {
                "status": "ok",
                "generation": self._service.pool.generation,
                "quads": manifest.quads,
                "held": "memory" if self._service.pool.in_memory else "disk",
                "uptime": round(time.monotonic() - self._started, 1),
            },
            headers={"Cache-Control": "no-store"},
        )

    async def _sent(self, request: Request, name: str, command: str, besides: dict[str, str]) -> Response:
        path = await self._service.rendered(name, command)
        if name not in self._kept or self._kept[name][0] != path:
            self._kept[name] = path, await run_in_threadpool(_read, path)
        page = self._kept[name][1]
        packed = _GZIP.search(request.headers.get("accept-encoding", "").lower()) is not None
        tag = f'"{page.tag}{"-gzip" if packed else ""}"'
        ancestors = " ".join(["'self'", *self._service.settings.framing])
        headers = {
            "ETag": tag,
            "Cache-Control": "no-cache",
            "Vary": "Accept-Encoding",
            "Content-Security-Policy": f"{page.policy}; frame-ancestors {ancestors}",
            **besides,
        }
        known = [each.strip().removeprefix("W/") for each in request.headers.get("if-none-match", "").split(",")]
        if tag in known or "*" in known:
            return Response(status_code=304, headers=headers)
        if packed:
            headers["Content-Encoding"] = "gzip"
        return Response(page.packed if packed else page.body, headers=headers, media_type=HTML)


def _read(path: Path) -> Rendered:
    body = path.read_bytes()
    found = _POLICY.search(body[:_HEAD].decode("utf-8", "replace"))
    policy = html.unescape(found[1]) if found else "default-src 'none'"
    return Rendered(body, gzip.compress(body, 6, mtime=0), hashlib.sha256(body).hexdigest()[:16], policy)
