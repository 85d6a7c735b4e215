"""Which pages of other origins may read answers (CORS), where any may."""

from __future__ import annotations

import re
from collections.abc import Sequence

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp

from kg.errors import UseError
from kg.serve.service import Settings

_ORIGIN = re.compile(r"\*|[a-z][a-z0-9+.-]*://[^\s/?#@,]+", re.IGNORECASE)
_READING, _WRITING = ("GET", "HEAD", "OPTIONS", "POST"), ("DELETE", "PATCH", "PUT")
_TOLD = ("Content-Location", "ETag", "Link", "Location", "Retry-After")
_CONDITIONS = ("If-Match", "If-None-Match")
_HOUR = 3600


def with_cors(app: ASGIApp, settings: Settings) -> ASGIApp:
    """An application whose answers say which origins may read them; the application itself where none may.

    Cookies are never asked for. What writes is named to other origins only where something can be written.

    Raises:
        UseError: an origin is neither `*` nor `scheme://host[:port]`.
    """
    if not settings.origins:
        return app
    return CORSMiddleware(
        app,
        allow_origins=origins_of(settings.origins),
        allow_methods=[*_READING, *(_WRITING if settings.token else ())],
        allow_headers=[*_CONDITIONS, *(["Authorization"] if settings.token else [])],
        expose_headers=_TOLD,
        max_age=_HOUR,
    )


def origins_of(given: Sequence[str]) -> list[str]:
    """Origins as browsers write them.

    Raises:
        UseError: one is neither `*` nor `scheme://host[:port]`.

    >>> origins_of(["https://Example.org"])
    ['https://example.org']
    """
    for origin in given:
        if not _ORIGIN.fullmatch(origin):
            raise UseError(f"{origin}: no origin. Give scheme://host[:port], without a path, or *")
    return [origin.lower() for origin in given]
