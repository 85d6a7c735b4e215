"""The server process: one event loop that listens, until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Sequence

import uvicorn

from kg.errors import UseError
from kg.serve.app import make_app
from kg.serve.connection import Connection
from kg.serve.pages import keep_rendered
from kg.serve.service import Service

BACKLOG = 2048
"""Connections that wait to be accepted."""

CONNECTIONS = 2_000
"""Connections that are kept at once."""

KEPT = 15
"""Seconds that a connection is kept for a next request."""


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens.

    Raises:
        UseError: the port is taken, or the address is none of this machine.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
        try:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind(address)
        except OSError:
            listener.close()
            raise
    except (OSError, OverflowError) as error:
        what = getattr(error, "strerror", None) or error
        raise UseError(f"{host}:{port}: cannot listen there ({what}). Give another --port or --host") from None
    return listener


class _Server(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, started: Callable[[], None]) -> None:
        super().__init__(config)
        self._tell = started

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self._tell()


def run(
    service: Service,
    listener: socket.socket,
    started: Callable[[], None],
    hosts: Sequence[str] = (),
    log: bool = False,
) -> None:
    """Serve until SIGTERM or SIGINT; what runs then is finished first.

    Args:
        service: not entered yet.
        listener: as `listen` gives it.
        started: called when requests are answered.
        hosts: names under which the server may be asked; any, where there are none.
        log: whether each request is logged.
    """
    for number in (signal.SIGTERM, signal.SIGINT):  # the server handles them, and raises them once more at its end
        signal.signal(number, lambda *_: None)
    config = uvicorn.Config(
        make_app(service, hosts),
        http=Connection,
        lifespan="off",
        ws="none",
        access_log=log,
        log_level="info" if log else "error",
        server_header=False,
        proxy_headers=False,
        backlog=BACKLOG,
        limit_concurrency=CONNECTIONS,
        timeout_keep_alive=KEPT,
        timeout_graceful_shutdown=int(service.limits.seconds) + 5,
    )

    async def served() -> None:
        ahead: list[asyncio.Task[None]] = []

        def begin() -> None:
            started()
            if service.settings.ahead:
                ahead.append(asyncio.create_task(keep_rendered(service)))

        async with service:
            await _Server(config, begin).serve(sockets=[listener])
            for task in ahead:
                task.cancel()

    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(served())


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop]:
    try:
        import uvloop
    except ImportError:  # there is none for Windows
        return asyncio.new_event_loop
    return uvloop.new_event_loop  # type: ignore[no-any-return]
