"""The server of the Model Context Protocol, over standard input and output or streamable HTTP."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
from collections.abc import Callable, Collection
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any, TypeVar

import uvicorn
from mcp import types
from mcp.server.context import CallNext, HandlerResult, ServerRequestContext
from mcp.server.lowlevel.server import Server
from mcp.server.stdio import stdio_server
from mcp.server.transport_security import TransportSecuritySettings
from mcp.shared.exceptions import MCPError
from pydantic import ValidationError
from starlette.middleware.cors import CORSMiddleware
from starlette.routing import Route
from starlette.types import ASGIApp

from kg.errors import KGError, UseError
from kg.serve.connection import Connection
from kg.serve.cors import origins_of
from kg.serve.guard import Guard
from kg.serve.mcp import resources
from kg.serve.mcp.calling import Tools, message
from kg.serve.mcp.prompts import prompt, prompts
from kg.serve.run import BACKLOG, CONNECTIONS, KEPT, listen
from kg.serve.service import Service

Made = TypeVar("Made")
Context = ServerRequestContext[Any, Any]

_LOG = logging.getLogger(__name__)
_HERE = ("127.0.0.1", "localhost", "[::1]")
_INSTRUCTIONS = (
    "A knowledge graph of regional industry: industrial chains, places, actors, programmes and policies, each fact "
    "with the passage of the document that states it. Begin with things-by-name or entity to learn what a thing is "
    "called; ask the tool that fits the question; analyse gives findings with their severity. Cite source and section "
    "as given. Not recorded does not mean missing: only what a document says to be lacking is so."
)


@dataclass(frozen=True)
class Doors:
    """Where streamable HTTP is served, and to whom.

    Args:
        host: address to listen on.
        port: port to listen on; 0 for any that is free.
        hosts: names, as `host` for any port or `host:port`, under which clients may reach the server besides those of
            this machine.
        origins: of pages whose scripts may ask, as `scheme://host[:port]`, besides those of this machine.
        only: as `make_server` takes it.
    """

    host: str = "127.0.0.1"
    port: int = 7879
    hosts: tuple[str, ...] = ()
    origins: tuple[str, ...] = ()
    only: tuple[str, ...] = ()


def make_server(service: Service, only: Collection[str] = ()) -> Server[Any]:
    """The server of a service that has been entered.

    Args:
        service: the graph, its questions and its limits.
        only: the questions, or groups of questions, that are tools; all, where there are none.
    """
    tools = Tools(service, only)

    async def list_tools(_context: Context, _given: types.PaginatedRequestParams | None) -> types.ListToolsResult:
        return types.ListToolsResult(tools=await asyncio.to_thread(tools.listed))

    async def call_tool(_context: Context, given: types.CallToolRequestParams) -> types.CallToolResult:
        return await tools.call(given.name, given.arguments or {})

    async def list_resources(
        _context: Context, _given: types.PaginatedRequestParams | None
    ) -> types.ListResourcesResult:
        return types.ListResourcesResult(resources=await asyncio.to_thread(lambda: resources.listed(service.graph())))

    async def list_templates(
        _context: Context, _given: types.PaginatedRequestParams | None
    ) -> types.ListResourceTemplatesResult:
        return types.ListResourceTemplatesResult(resource_templates=resources.templates())

    async def read_resource(_context: Context, given: types.ReadResourceRequestParams) -> types.ReadResourceResult:
        content = await _read(lambda: resources.read(service.graph(), str(given.uri)))
        return types.ReadResourceResult(contents=[content])

    async def complete(_context: Context, given: types.CompleteRequestParams) -> types.CompleteResult:
        template = given.ref.uri if isinstance(given.ref, types.ResourceTemplateReference) else ""
        chosen = (given.context.arguments if given.context else None) or {}
        argument = given.argument
        found = await _read(
            lambda: resources.completions(service.graph(), template, argument.name, argument.value, chosen)
        )
        return types.CompleteResult(completion=found)

    async def list_prompts(_context: Context, _given: types.PaginatedRequestParams | None) -> types.ListPromptsResult:
        return types.ListPromptsResult(prompts=prompts())

    async def get_prompt(_context: Context, given: types.GetPromptRequestParams) -> types.GetPromptResult:
        return await _read(lambda: prompt(given.name, given.arguments or {}))

    server: Server[Any] = Server(
        "iis-kg",
        version=version("iis-kg"),
        title="Regional industry as a knowledge graph",
        instructions=_INSTRUCTIONS,
        on_list_tools=list_tools,
        on_call_tool=call_tool,
        on_list_resources=list_resources,
        on_list_resource_templates=list_templates,
        on_read_resource=read_resource,
        on_list_prompts=list_prompts,
        on_get_prompt=get_prompt,
        on_completion=complete,
    )
    server.middleware.append(_Guarded())
    return server


def serve_stdio(service: Service, only: Collection[str] = ()) -> None:
    """Serve one client over standard input and output until it leaves; nothing else is written there.

    Args:
        service: not entered yet, since its workers must not inherit the streams.
        only: as `make_server` takes it.
    """

    async def serving() -> None:
        async with stdio_server() as (read, write), service:
            server = make_server(service, only)
            await server.run(read, write, server.create_initialization_options())

    asyncio.run(serving())


def serve_http(service: Service, doors: Doors, told: Callable[[str], None] = lambda _address: None) -> None:
    """Serve streamable HTTP at `/mcp` until SIGTERM or SIGINT.

    Each request stands for itself, so that any number of servers can stand behind one address.

    Args:
        service: not entered yet.
        doors: where, and to whom.
        told: is told the address once clients can ask.

    Raises:
        UseError: the port is taken, or the address is none of this machine.
    """
    listener = listen(doors.host, doors.port)
    host, port = listener.getsockname()[:2]
    for number in (signal.SIGTERM, signal.SIGINT):  # the server handles them, and raises them once more at its end
        signal.signal(number, lambda *_: None)

    async def serving() -> None:
        async with service:
            limits = service.limits
            config = uvicorn.Config(
                Guard(http_app(service, doors), limits.request << 10),
                http=Connection,
                ws="none",
                log_level="warning",
                server_header=False,
                proxy_headers=False,
                backlog=BACKLOG,
                limit_concurrency=CONNECTIONS,
                timeout_keep_alive=KEPT,
                timeout_graceful_shutdown=int(max(limits.seconds, limits.analysis)) + 5,
            )
            server = uvicorn.Server(config)
            running = asyncio.create_task(server.serve([listener]))
            while not (server.started or running.done()):
                await asyncio.sleep(0.01)
            told(f"http://{f'[{host}]' if ':' in host else host}:{port}/mcp")
            await running

    asyncio.run(serving())


def http_app(service: Service, doors: Doors) -> ASGIApp:
    """The application of a service that has been entered.

    Raises:
        UseError: an origin is none.
    """
    origins = origins_of(doors.origins)
    if "*" in origins:
        raise UseError("--allow-origin *: pages from everywhere are not let in here. Name the origins")
    named = [*_HERE, *doors.hosts]  # `:*` behind one that has a port permits no more: no host has two
    local = [f"{scheme}://{name}{port}" for scheme in ("http", "https") for name in _HERE for port in ("", ":*")]
    security = TransportSecuritySettings(
        allowed_hosts=[*named, *(f"{name}:*" for name in named)], allowed_origins=[*local, *origins]
    )
    app = make_server(service, doors.only).streamable_http_app(
        json_response=True,
        stateless_http=True,
        transport_security=security,
        max_request_body_size=service.limits.request * 1024,
    )
    for route in app.routes:
        if isinstance(route, Route):
            route.methods = {"POST"}  # without sessions there is nothing to listen to, and nothing to end
    return CORSMiddleware(
        app,
        allow_origins=origins,
        allow_origin_regex=rf"https?://(?:{'|'.join(map(re.escape, _HERE))})(?::[0-9]+)?",
        allow_methods=["POST"],
        allow_headers=["*"],
    )


async def _read(make: Callable[[], Made]) -> Made:
    """What is asked of the graph in a thread; an error of ours as the protocol has it."""
    try:
        return await asyncio.to_thread(make)
    except KGError as error:
        raise MCPError(types.INVALID_PARAMS, message(error)) from None


class _Guarded:
    """Nothing of an error that nobody foresaw reaches the client."""

    async def __call__(self, ctx: Context, call_next: CallNext) -> HandlerResult:
        try:
            return await call_next(ctx)
        except (MCPError, ValidationError):
            raise
        except Exception:  # noqa: BLE001
            _LOG.exception("a request failed")
            raise MCPError(types.INTERNAL_ERROR, "the request failed. The log of the server says why") from None
