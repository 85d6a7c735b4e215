"""What is read of a request below the level of the framework, where every request passes."""

from __future__ import annotations

import re
from functools import lru_cache

from starlette.types import Receive, Scope

from kg.serve.problems import problem

_HOST = re.compile(rb"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")


class Refused(Exception):
    """A request that is not as the protocol has it, with the answer that says so."""

    def __init__(self, status: int, detail: str, **headers: str) -> None:
        self.response = problem(status, detail, **headers)


class Gone(Exception):
    """The client has left."""


def header(scope: Scope, name: bytes) -> str:
    """The value of a header; those of several lines are joined by commas, as lists are (RFC 9110, section 5.3).

    >>> header({"headers": [(b"accept", b"text/csv"), (b"accept", b"text/html")]}, b"accept")
    'text/csv, text/html'
    """
    return ", ".join([value.decode("latin-1") for key, value in scope["headers"] if key == name])


def own_address(scope: Scope, address: str = "") -> str:
    """The address of the resource that was asked for, without its query string.

    Args:
        scope: of the request.
        address: under which clients reach the server, where that is set; else it is what they say in Host.

    >>> own_address({"path": "/sparql", "headers": []}, "https://example.org/kg/")
    'https://example.org/kg/sparql'
    """
    if address:
        return address.rstrip("/") + str(scope["path"])
    host = next((value for key, value in scope["headers"] if key == b"host"), b"")
    return _address(scope.get("scheme", "http"), host, scope.get("server"), scope["path"])


@lru_cache(maxsize=64)
def _address(scheme: str, host: bytes, server: tuple[str, int | None] | None, path: str) -> str:
    if _HOST.fullmatch(host):
        return f"{scheme}://{host.decode('ascii')}{path}"
    name, port = server or ("localhost", None)
    return f"{scheme}://{name}:{port}{path}" if port else f"{scheme}://{name}{path}"


async def body_of(receive: Receive) -> bytes:
    """The body of a request; how large it may be is seen to before.

    Raises:
        Gone: the client left before its end.
    """
    parts, more = [], True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise Gone
        parts.append(message.get("body", b""))
        more = message.get("more_body", False)
    return b"".join(parts)
