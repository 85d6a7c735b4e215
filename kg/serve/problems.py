"""Errors as problem documents (RFC 9457) that leak nothing of the machine."""

from __future__ import annotations

import json

from starlette.responses import Response

from kg.errors import Busy, KGError, NotAcceptable, OutOfMemory, TimedOut, TooLarge, UnknownName, UseError

_STATUS: tuple[tuple[type[KGError], int], ...] = (
    (Busy, 503),
    (TimedOut, 503),
    (OutOfMemory, 503),
    (TooLarge, 413),
    (NotAcceptable, 406),
    (UnknownName, 404),
    (UseError, 400),
)


def problem(status: int, detail: str, **headers: str) -> Response:
    """A problem document."""
    body = json.dumps({"type": "about:blank", "status": status, "detail": detail}, ensure_ascii=False)
    return Response(body, status, headers, media_type="application/problem+json")


def problem_of(error: KGError) -> Response:
    """The problem document of an error of ours."""
    status = next((status for kind, status in _STATUS if isinstance(error, kind)), 500)
    return problem(status, str(error))
