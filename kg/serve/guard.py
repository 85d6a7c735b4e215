"""What every request passes: who may ask under which name, how much it may send, and how errors are told."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import Sequence

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from kg.errors import KGError
from kg.serve.problems import problem, problem_of
from kg.serve.requests import Refused

HEADERS = ((b"x-content-type-options", b"nosniff"), (b"referrer-policy", b"same-origin"))
"""Of every answer that does not say otherwise."""

GONE = "the client has gone"
"""With what the task of a request is cancelled whose client has left."""

_PORT = re.compile(rb":[0-9]*$")
FAILED = "the server failed at this request. Tell those who run it"
"""What a client is told of a fault that nobody foresaw."""

_LOG = logging.getLogger("uvicorn.error")


class Guard:
    """An application whose answers are whole, or problem documents that leak nothing.

    Args:
        app: the application.
        request: bytes that a request's body may have.
        hosts: names under which the server may be asked; any, where there are none. A page elsewhere whose name was
            made to point to this machine is kept out by them.
    """

    def __init__(self, app: ASGIApp, request: int, hosts: Sequence[str] = ()) -> None:
        self._app, self._request = app, request
        self._hosts = frozenset(host.lower().encode("latin-1") for host in hosts)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = complete = False

        async def sent(message: Message) -> None:
            nonlocal started, complete
            if message["type"] == "http.response.start":
                started = True
                headers = message["headers"] = list(message.get("headers", ()))
                names = {name for name, _ in headers}
                headers += [header for header in HEADERS if header[0] not in names]
            elif message["type"] == "http.response.body":
                complete = not message.get("more_body", False)
            await send(message)

        answer: Response
        try:
            limited = self._checked(scope, receive)
            await self._app(scope, limited, sent)
            return
        except asyncio.CancelledError as error:
            if error.args != (GONE,):
                raise
            return
        except Refused as refused:
            answer = refused.response
        except KGError as error:
            answer = problem_of(error)
        except Exception as error:  # noqa: BLE001 (whatever it is, the client learns nothing of it)
            _LOG.error("%s failed", scope["method"], exc_info=error)
            answer = problem(500, FAILED)
        if complete:  # the framework has told the client already
            return
        if started:
            raise RuntimeError("an answer broke off in the middle")
        await answer(scope, receive, sent)

    def _checked(self, scope: Scope, receive: Receive) -> Receive:
        """How the body is received, if there may be one.

        Raises:
            Refused: the request is not meant for this server, or says that its body is too large.
        """
        length, chunked = b"", False
        for name, value in scope["headers"]:
            if name == b"content-length":
                length = value
            elif name == b"transfer-encoding":
                chunked = True
            elif name == b"host" and self._hosts and _PORT.sub(b"", value).lower() not in self._hosts:
                raise Refused(421, "this server is not known under that name. Ask it under its address")
        if length and (not length.isdigit() or int(length[:20]) > self._request):
            raise self._too_large()
        return self._limited(receive) if chunked else receive

    def _limited(self, receive: Receive) -> Receive:
        """A body whose length is not told beforehand."""
        size = 0

        async def received() -> Message:
            nonlocal size
            message = await receive()
            size += len(message.get("body", b""))
            if size > self._request:
                raise self._too_large()
            return message

        return received

    def _too_large(self) -> Refused:
        return Refused(
            413, f"the body has more than {self._request >> 10} KiB. Send less at a time", Connection="close"
        )
