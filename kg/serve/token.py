"""Who may write: whoever sends the token of the server (RFC 6750), from no page of a foreign origin."""

from __future__ import annotations

import hmac
import re

from starlette.requests import Request

from kg.serve.requests import Refused, own_address
from kg.serve.service import Settings

_BEARER = re.compile(r"Bearer +([!-~]+) *", re.IGNORECASE)
_CHALLENGE = 'Bearer realm="graph"'


def check_may_write(request: Request, settings: Settings) -> None:
    """Let a request pass that may write.

    A browser sends the address of a page in Origin: a form on a foreign page is refused even if it had the token. The
    token is taken from the header Authorization alone, never from the address, which lands in logs.

    Raises:
        Refused: 403 where nothing can be written or the page is foreign, 401 where the token is missing or wrong.
    """
    if not settings.token:
        raise Refused(403, "nothing can be written here. Ask those who run it for another endpoint")
    origin = request.headers.get("origin")
    if origin is not None and origin.lower() not in _origins(request, settings):
        raise Refused(403, "pages of this origin may not write here. Send the request from elsewhere")
    given = request.headers.getlist("authorization")
    if not given or not given[0].lower().startswith("bearer"):
        detail = "a token is needed to write. Send it in the header Authorization, after Bearer"
        raise Refused(401, detail, **{"WWW-Authenticate": _CHALLENGE})
    found = _BEARER.fullmatch(given[0]) if len(given) == 1 else None
    token = found[1] if found else ""
    if not hmac.compare_digest(token.encode("utf-8"), settings.token.encode("utf-8")):
        detail = "the token is not the one of this server. Send the right one"
        raise Refused(401, detail, **{"WWW-Authenticate": f'{_CHALLENGE}, error="invalid_token"'})


def _origins(request: Request, settings: Settings) -> set[str]:
    """The origin of the server, and those that its owner names."""
    scheme, _, rest = own_address(request.scope, settings.address).partition("://")
    return {f"{scheme}://{rest.partition('/')[0]}".lower(), *(each.lower() for each in settings.origins if each != "*")}
