"""The update operation of the SPARQL 1.1 Protocol, for who holds the token."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import parse_qsl

from starlette.requests import Request
from starlette.responses import Response

from kg.names import is_iri
from kg.query.updates import check_update, with_dataset
from kg.serve.requests import Refused, body_of, own_address
from kg.serve.service import Service
from kg.serve.token import check_may_write

_FORM, _DIRECT = "application/x-www-form-urlencoded", "application/sparql-update"
_MOST_FIELDS = 1_000


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
    return with_dataset(asked.text, asked.default_graphs, asked.named_graphs)


async def _read(request: Request) -> _Asked:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in (_FORM, _DIRECT):
        accepted = {"Accept-Post": f"{_DIRECT}, {_FORM}"}
        raise Refused(415, f"a body of this type is not read here. Send {_DIRECT} or {_FORM}", **accepted)
    body = await body_of(request.receive)
    string = request.scope["query_string"]
    pairs = _pairs(string)
    if kind == _FORM:
        pairs += _pairs(body)
    updates = [value for name, value in pairs if name == "update"]
    if kind == _DIRECT:
        updates.append(_text(body))
    if len(updates) != 1:
        raise Refused(400, f"there are {len(updates)} updates in the request. Send exactly one")
    if any(name == "query" for name, _ in pairs):
        raise Refused(400, "there is a query beside the update. Send each by itself")
    return _Asked(updates[0], _graphs(pairs, "using-graph-uri"), _graphs(pairs, "using-named-graph-uri"))


def _graphs(pairs: list[tuple[str, str]], name: str) -> tuple[str, ...]:
    graphs = tuple(value for each, value in pairs if each == name)
    if not all(map(is_iri, graphs)):
        raise Refused(400, f"{name} is not an absolute IRI. Name the graph by one")
    return graphs


def _pairs(form: bytes) -> list[tuple[str, str]]:
    try:
        return parse_qsl(form.decode("ascii"), keep_blank_values=True, errors="strict", max_num_fields=_MOST_FIELDS)
    except UnicodeDecodeError:
        raise Refused(400, "a parameter is not percent-encoded UTF-8. Encode it so") from None
    except ValueError:
        raise Refused(400, f"there are more than {_MOST_FIELDS} parameters. Send fewer") from None


def _text(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Refused(400, "the body is not in UTF-8. Send it as UTF-8") from None
