"""Errors as problem documents (RFC 9457) that leak nothing of the machine."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Mapping
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
_PLACE = re.compile(r"\bat (?P<line>[0-9]{1,6}):(?P<column>[0-9]{1,6})\b")
_LOG = logging.getLogger(__name__)


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
    if isinstance(error, BadQuery) and (place := _PLACE.search(str(error))):
        members = {name: int(digits) for name, digits in place.groupdict().items()}
    return _written(status, str(error), members, headers)
