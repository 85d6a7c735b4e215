"""What is read of a request below the level of the framework, where every request passes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from urllib.parse import parse_qsl

from starlette.types import Receive, Scope

from kg.names import is_iri
from kg.serve.problems import problem

_HOST = re.compile(rb"(?:[A-Za-z0-9._~-]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?")
_MOST_FIELDS = 1_000


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


def media_type_of(scope: Scope, taken: Sequence[str], besides: Sequence[str] = ()) -> str:
    """The media type of a body that is text in UTF-8, as it is.

    Args:
        scope: of the request.
        taken: media types of which it may be.
        besides: media types that are let through, to be refused for another reason.

    Raises:
        Refused: it is of another type, in another encoding, or compressed.
    """
    also = {"Accept-Post": ", ".join(taken)}
    given = header(scope, b"content-type")
    kind = given.partition(";")[0].strip().lower()
    if kind not in (*taken, *besides):
        raise Refused(415, f"a body of this type is not read here. Send {' or '.join(taken)}", **also)
    if not in_utf8(given):
        raise Refused(415, "the body is not in UTF-8. Send it as UTF-8", **also)
    check_plain(scope, also)
    return kind


def in_utf8(content_type: str) -> bool:
    """Whether a Content-Type says no other charset than UTF-8.

    >>> in_utf8("text/turtle"), in_utf8('text/turtle; charset="UTF-8"'), in_utf8("text/turtle; charset=gb18030")
    (True, True, False)
    """
    parameters = [each.strip() for each in content_type.lower().split(";")[1:]]
    charset = next((each.partition("=")[2].strip(' "') for each in parameters if each.startswith("charset=")), "utf-8")
    return charset in ("utf-8", "utf8", "us-ascii")


def check_plain(scope: Scope, also: Mapping[str, str]) -> None:
    """Refuse a body that is compressed.

    Args:
        scope: of the request.
        also: headers of the refusal.

    Raises:
        Refused: it is.
    """
    if header(scope, b"content-encoding").lower() not in ("", "identity"):
        raise Refused(415, "the body is compressed. Send it as it is", **also, **{"Accept-Encoding": "identity"})


def pairs_of(form: bytes) -> list[tuple[str, str]]:
    """The parameters of a query string or a form, decoded once, in their order.

    Raises:
        Refused: they are not percent-encoded UTF-8, or too many.

    >>> pairs_of(b"query=ASK+%7B%7D&default")
    [('query', 'ASK {}'), ('default', '')]
    """
    try:
        return parse_qsl(form.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "a parameter is not percent-encoded UTF-8. Encode it so") from None
    except ValueError:
        raise Refused(400, f"there are more than {_MOST_FIELDS} parameters. Send fewer") from None


def text_of(body: bytes) -> str:
    """A body as text.

    Raises:
        Refused: it is not in UTF-8.
    """
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(400, "the body is not in UTF-8. Send it as UTF-8") from None


def graphs_of(iris: Iterable[str]) -> tuple[str, ...]:
    """The graphs of a dataset.

    Raises:
        Refused: one is not named by an absolute IRI.
    """
    graphs = tuple(iris)
    if not all(map(is_iri, graphs)):
        raise Refused(400, "a graph of the dataset is not named by an absolute IRI. Name it so")
    return graphs


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
