"""The query operation of the SPARQL 1.1 Protocol."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Message, Receive, Scope, Send

from kg.errors import KGError, NotAcceptable
from kg.query.limits import form_of
from kg.serve import update
from kg.serve.description import Description
from kg.serve.negotiation import RESULTS, TRIPLES, TRUTHS, choose_among, content_type
from kg.serve.operations import ASKED, TEXT, answers, in_query, operation, refusals
from kg.serve.pool import Answered, Asked
from kg.serve.problems import problem_of
from kg.serve.requests import Gone, Refused, body_of, graphs_of, header, media_type_of, own_address, pairs_of, text_of
from kg.serve.service import Service

PATH = "/sparql"
_FORM, _DIRECT, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"
_ALLOWED = {"Allow": "GET, HEAD, OPTIONS, POST"}
_FORMS = {"SELECT": RESULTS, "ASK": TRUTHS, "CONSTRUCT": TRIPLES, "DESCRIBE": TRIPLES}
_SMALL = 8 * 1024


@dataclass(frozen=True)
class Fields:
    """The parameters of the protocol in a query string or a form, each in the order given."""

    queries: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


def routes(service: Service) -> list[BaseRoute]:
    """The endpoint."""
    return [Route(PATH, Endpoint(service), name="sparql")]


def describe(service: Service) -> dict[str, Any]:
    """The paths of this module for the OpenAPI description."""
    found = answers("the answer", dict.fromkeys((*RESULTS.values(), *TRIPLES.values())), ASKED)
    said = "A query over the union of all graphs, by the SPARQL 1.1 Protocol; without one, the service description."
    iris = {"type": "array", "items": TEXT}
    names = ["default-graph-uri", "named-graph-uri"]
    fields: dict[str, Any] = {"query": TEXT, **dict.fromkeys(names, iris)}
    form = {"type": "object", "properties": fields}
    bodies: dict[str, Any] = {_DIRECT: {"schema": TEXT}, _FORM: {"schema": form}}
    parameters = [in_query(name, "a graph of the dataset", **iris) for name in names]
    posted: dict[str, Any] = {**found, **refusals(["415"])}
    secured: dict[str, Any] = {}
    if service.settings.token:
        named = ["using-graph-uri", "using-named-graph-uri"]
        fields |= {"update": TEXT, **dict.fromkeys(named, iris)}
        bodies[_UPDATE] = {"schema": TEXT}
        parameters += [in_query(name, "a graph that an update reads", **iris) for name in named]
        posted |= {"204": {"description": "the update is made"}, **refusals(["401", "403"])}
        secured = {"security": [{}, {"token": []}]}
    query = in_query("query", "SPARQL 1.1")
    return {
        PATH: {
            "get": operation("sparql", "sparql", "SPARQL", said, found, parameters=[query, *parameters[:2]]),
            "post": operation("post-sparql", "sparql", "SPARQL", said, posted, parameters=parameters, **secured)
            | {"requestBody": {"required": True, "content": bodies}},
        }
    }


class Endpoint:
    """The endpoint as an ASGI application: little more than the pool stands between a request and its answer."""

    def __init__(self, service: Service) -> None:
        self._service, self._description = service, Description(service)
        self._elsewhere = bool(service.settings.services)
        self._taken = (_DIRECT, _FORM, *((_UPDATE,) if service.settings.token else ()))

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        try:
            response = await self._respond(scope, receive)
        except Gone:
            return
        except Refused as refused:
            response = refused.response
        except KGError as error:
            response = problem_of(error)
        if isinstance(response, Answered):
            await _send(response, scope, send)
            return
        if scope["method"] == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _respond(self, scope: Scope, receive: Receive) -> Response | Answered:
        method, string = scope["method"], scope["query_string"]
        accept, address = header(scope, b"accept"), own_address(scope, self._service.settings.address)
        if method in ("GET", "HEAD"):
            if not string:
                return await self._description.respond(address, accept)
            asked = (
                _of_string(string, accept, address, self._elsewhere)
                if len(string) <= _SMALL
                else _asked(_fields(string), accept, address, self._elsewhere)
            )
            return await self._service.ask(asked)
        if method == "OPTIONS":
            return Response(status_code=204, headers={**_ALLOWED, "Accept-Post": ", ".join(self._taken)})
        if method != "POST":
            raise Refused(405, f"{method} is no method of this resource. Use GET or POST", **_ALLOWED)
        kind = media_type_of(scope, self._taken, besides=(_UPDATE,))
        body = await body_of(receive)
        fields = _posted(kind, body, string)
        if fields is None:
            return await update.respond(Request(scope, _again(body, receive)), self._service)
        return await self._service.ask(_asked(fields, accept, address, self._elsewhere))


async def _send(answered: Answered, scope: Scope, send: Send) -> None:
    body = answered.body
    headers = [*_headers(answered.media_type), (b"content-length", b"%d" % len(body))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"" if scope["method"] == "HEAD" else body})


@lru_cache(maxsize=32)
def _headers(media_type: str) -> tuple[tuple[bytes, bytes], ...]:
    return (
        (b"content-type", content_type(media_type).encode("ascii")),
        (b"vary", b"Accept"),
        (b"cache-control", b"no-cache"),
    )


def _posted(kind: str, body: bytes, string: bytes) -> Fields | None:
    """The parameters of what is posted; None where that is an update."""
    if kind == _UPDATE:
        return None
    in_address = _fields(string)
    if kind == _DIRECT:
        given = Fields((text_of(body),))
    else:
        given = _fields(body)
        if given.updates and not (given.queries or in_address.queries):
            return None
    return Fields(
        given.queries + in_address.queries,
        given.updates + in_address.updates,
        given.default_graphs + in_address.default_graphs,
        given.named_graphs + in_address.named_graphs,
    )


def _fields(form: bytes) -> Fields:
    """The parameters of a query string or form: decoded once, and no other but those of the protocol."""
    found: dict[str, list[str]] = {"query": [], "update": [], "default-graph-uri": [], "named-graph-uri": []}
    for name, value in pairs_of(form):
        if name in found:
            found[name].append(value)
    return Fields(*map(tuple, found.values()))


@lru_cache(maxsize=512)
def _of_string(string: bytes, accept: str, address: str, elsewhere: bool) -> Asked:
    return _asked(_fields(string), accept, address, elsewhere)


def _asked(fields: Fields, accept: str, address: str, elsewhere: bool) -> Asked:
    """The query of a request in the forms that the client accepts.

    Raises:
        Refused: there is not exactly one query, or a graph has no IRI.
        BadQuery: it is beyond the limits.
        NotAcceptable: its answer has no form that the client takes.
    """
    if fields.updates:
        raise Refused(400, "an update is sent with POST, by itself. Send it so")
    if len(fields.queries) != 1:
        raise Refused(400, f"there are {len(fields.queries)} queries in the request. Send exactly one")
    text = fields.queries[0]
    results, triples = _forms(form_of(text, elsewhere), accept)
    given = bool(fields.default_graphs or fields.named_graphs)
    return Asked(
        text,
        results=results,
        triples=triples,
        default_graphs=graphs_of(fields.default_graphs) if given else None,
        named_graphs=graphs_of(fields.named_graphs) if given else None,
        base=address,
    )


def _forms(form: str, accept: str) -> tuple[str | None, str | None]:
    """The media types of the answer, were it results or triples; where the query's form is not known, of either."""
    if form not in _FORMS:
        return choose_among(accept, RESULTS), choose_among(accept, TRIPLES)
    offered = _FORMS[form]
    chosen = choose_among(accept, offered)
    if chosen is None:
        names = ", ".join(dict.fromkeys(offered.values()))
        raise NotAcceptable(f"no form that the request accepts is one of an answer to {form}. Accept {names}")
    return (None, chosen) if offered is TRIPLES else (chosen, None)


def _again(body: bytes, receive: Receive) -> Receive:
    """A body that was read, to be read once more; after it comes what comes."""
    messages: list[Message] = [{"type": "http.request", "body": body, "more_body": False}]

    async def read() -> Message:
        return messages.pop() if messages else await receive()

    return read
