"""Errors as problem documents (RFC 9457) that leak nothing of the machine."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping
from http import HTTPStatus

from starlette.responses import Response

from kg.errors import (
    BadParameter,
    BadQuery,
    Busy,
    KGError,
    NotAcceptable,
    OutOfMemory,
    OverLimit,
    TimedOut,
    TooLarge,
    UnknownName,
)

_STATUS: tuple[tuple[type[KGError], int], ...] = (
    (Busy, 503),
    (TimedOut, 503),
    (OutOfMemory, 503),
    (TooLarge, 413),
    (NotAcceptable, 406),
    (UnknownName, 404),
    (BadQuery, 400),
    (BadParameter, 400),
)
"""The errors whose messages speak of the request alone. Those of all others stay with the server."""

_RETRY = 5
_PLACE = re.compile(
    r"\berror at (?P<line>[0-9]{1,6}):(?P<column>[0-9]{1,6}): expected (?:one of )?(?P<expected>[^\n]*)\."
)
_WORDS = re.compile(r"[A-Za-z][A-Za-z *]*")
_COMMAND = re.compile(r"`kg ask(?: (?P<question>[\w-]+))?`(?: without a name)?")
_LOG = logging.getLogger(__name__)


def in_words_of(face: Callable[[str], str], message: str) -> str:
    """A message in which a command that asks a question is what a client of a server does in its place.

    Args:
        face: how to ask a question of that name; of none, how to list all.
        message: as the command line says it.

    >>> in_words_of("GET /queries/{}".format, "unknown place: x. `kg ask names-of-things` lists all names")
    'unknown place: x. GET /queries/names-of-things lists all names'
    """
    return _COMMAND.sub(lambda match: face(match["question"] or ""), message)


def over_http(error: KGError) -> str:
    """The message of an error for who asks over HTTP."""
    return in_words_of(lambda question: f"GET /queries/{question}".rstrip("/"), str(error))


def problem(status: int, detail: str, **headers: str) -> Response:
    """A problem document.

    Args:
        status: of the response.
        detail: what is wrong and what to do.
        headers: of the response besides.
    """
    return _written(status, detail, {}, headers)


def _written(status: int, detail: str, members: Mapping[str, object], headers: Mapping[str, str]) -> Response:
    said = {"type": "about:blank", "title": HTTPStatus(status).phrase, "status": status, "detail": detail, **members}
    body = json.dumps(said, ensure_ascii=False).encode("utf-8", "replace")
    return Response(body, status, headers, media_type="application/problem+json")


def problem_of(error: KGError) -> Response:
    """The problem document of an error of ours; of a query that does not parse it says the line and the column."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    if status == 500:
        _LOG.error("%s", error)
        return problem(status, "the server cannot answer this now. Tell those who run it")
    headers: dict[str, str] = {}
    members: dict[str, object] = {}
    if isinstance(error, OverLimit):
        headers["Retry-After"] = str(getattr(error, "retry_after", _RETRY))
    if isinstance(error, NotAcceptable):
        headers["Vary"] = "Accept"
    detail = over_http(error)
    if isinstance(error, BadQuery) and (found := _PLACE.search(detail)):
        members = {name: int(found[name]) for name in ("line", "column")}
        # The parser lists every character that was possible; what helps is what it has a word for.
        words = [each for each in found["expected"].split(", ") if _WORDS.fullmatch(each)]
        wanted = f" ({', '.join(words)})" if words else ""
        what = "update" if detail.startswith("the update") else "query"
        detail = f"the {what} does not parse: line {found['line']}, column {found['column']}{wanted}. Correct it there"
    return _written(status, detail, members, headers)
