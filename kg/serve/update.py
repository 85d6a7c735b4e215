"""The update operation of the SPARQL 1.1 Protocol, for who holds the token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import Response

from kg.query.updates import check_update, with_dataset, with_prologue_first
from kg.serve.requests import Refused, body_of, graphs_of, media_type_of, own_address, pairs_of, text_of
from kg.serve.service import Service
from kg.serve.token import check_may_write

_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-update"


@dataclass(frozen=True)
class _Asked:
    """An update and the dataset that the request gives it."""

    text: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]


async def respond(request: Request, service: Service) -> Response:
    """Answer a POST of an update, whose body has not been read yet.

    Raises:
        Refused: it may not write, is no request of the protocol, or is too large.
        KGError: the update cannot be made; nothing was changed then.
    """
    check_may_write(request, service.settings)
    asked = await _read(request)
    base = own_address(request.scope, service.settings.address)
    text = await asyncio.to_thread(_checked, asked, bool(service.settings.services))
    await service.update(text, base)
    return Response(status_code=204)


def _checked(asked: _Asked, elsewhere: bool) -> str:
    check_update(asked.text, elsewhere)
    return with_dataset(with_prologue_first(asked.text), asked.default_graphs, asked.named_graphs)


async def _read(request: Request) -> _Asked:
    kind = media_type_of(request.scope, (_DIRECT, _FORM))
    body = await body_of(request.receive)
    pairs = pairs_of(request.scope["query_string"])
    if kind == _FORM:
        pairs += pairs_of(body)
    updates = [value for name, value in pairs if name == "update"]
    if kind == _DIRECT:
        updates.append(text_of(body))
    if len(updates) != 1:
        raise Refused(400, f"there are {len(updates)} updates in the request. Send exactly one")
    if any(name == "query" for name, _ in pairs):
        raise Refused(400, "there is a query beside the update. Send each by itself")
    graphs = [
        graphs_of(value for name, value in pairs if name == parameter)
        for parameter in ("using-graph-uri", "using-named-graph-uri")
    ]
    return _Asked(updates[0], *graphs)
