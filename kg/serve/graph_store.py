"""The SPARQL 1.1 Graph Store HTTP Protocol: whole graphs, read by anyone and written by who holds the token."""

from __future__ import annotations

import asyncio
import hashlib
import re
import uuid
from codecs import BOM_UTF8
from collections.abc import Collection
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import HTTP
from pathlib import PurePosixPath
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route
from starlette.types import Receive, Scope, Send

from kg.errors import BadQuery, KGError
from kg.names import is_iri
from kg.serve.negotiation import TRIPLES, choose_among, content_type
from kg.serve.operations import TEXT, answers, in_header, in_path, in_query, operation, refusals
from kg.serve.pool import Asked
from kg.serve.problems import problem_of
from kg.serve.requests import Gone, Refused, body_of, check_plain, header, in_utf8, own_address, pairs_of
from kg.serve.service import Service
from kg.serve.token import check_may_write
from kg.serve.writer import Condition, Document, Unmet
from kg.store.results import read_answer
from kg.store.worker import DEFAULT_GRAPH

PATH = "/graphs"
_READING, _WRITING = ("GET", "HEAD", "OPTIONS"), ("DELETE", "POST", "PUT")
_BY_ENDING = {
    ".ttl": "text/turtle",
    ".nt": "application/n-triples",
    ".rdf": "application/rdf+xml",
    ".jsonld": "application/ld+json",
}
_READ = {name: name for name in _BY_ENDING.values()} | {"application/x-turtle": "text/turtle"}
"""Media types of documents that can be stored, by the names that clients give them."""

_NESTED = re.compile(rb"^content-type:\s*(?:multipart|message)/", re.IGNORECASE | re.MULTILINE)
"""What the reading of a form would take a long time over, where there is one in another."""

_ACCEPTED = {"Accept-Post": ", ".join(_BY_ENDING.values())}
_TAG = re.compile(r'(W/)?("[!#-~\x80-\xff]*")')


@dataclass(frozen=True)
class Target:
    """What a request is about: a graph, the default graph where `graph` is None, or the store as a whole."""

    graph: str | None
    whole: bool = False


def routes(service: Service) -> list[BaseRoute]:
    """The store, where a graph is named by the parameter `graph` or `default`, and graphs whose IRIs lie below it."""
    store = GraphStore(service)
    return [Route(PATH, store, name="graphs"), Route(PATH + "/{name:path}", store)]


def describe(service: Service) -> dict[str, Any]:
    """The paths of this module for the OpenAPI description."""
    target = [
        in_query("graph", "IRI of the graph"),
        {**in_query("default", "the default graph, where it is there", type="string"), "allowEmptyValue": True},
    ]
    forms = dict.fromkeys(TRIPLES.values())
    read = answers("its triples", forms, ["400", "404", "406", "413", "503"], {"304": "it is as the client knows it"})
    refused = refusals(["400", "401", "403", "404", "412", "413", "415", "503"])
    schema = {"schema": TEXT}
    body = {"required": True, "content": {**dict.fromkeys(_BY_ENDING.values(), schema), "multipart/form-data": {}}}
    changed = {"204": {"description": "it is done"}, **refused}
    stored = {"201": {"description": "the graph is new"}, **changed}
    conditions = [
        in_header("If-Match", "entity tags, one of which the graph must still have; * where it must be there"),
        in_header("If-None-Match", "entity tags, none of which the graph may have; * where it must not be there"),
    ]

    def graph(ending: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
        found = {"get": operation(f"graph{ending}", "sparql", "A graph", "What stands in a graph?", read)}
        if service.settings.token:
            for method, summary, responses in (
                ("put", "Store a graph in place of the one that is there", stored),
                ("post", "Add to a graph; where none is named, a new one is made", stored),
                ("delete", "Delete a graph", changed),
            ):
                said = f"{summary}, by the SPARQL 1.1 Graph Store HTTP Protocol."
                found[method] = operation(f"{method}-graph{ending}", "sparql", summary, said, responses)
                found[method] |= {"security": [{"token": []}]} | ({} if method == "delete" else {"requestBody": body})
        known = {"get": conditions[1:]}
        return {
            method: {**each, "parameters": [*parameters, *known.get(method, conditions)]}
            for method, each in found.items()
        }

    named = [in_path("name", "end of the IRI of a graph that begins with the address of the server")]
    return {PATH: graph("", target), f"{PATH}/{{name}}": graph("-by-address", named)}


class GraphStore:
    """The graphs as an ASGI application."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._methods = (*_READING, *(_WRITING if service.settings.token else ()))
        self._allowed = {"Allow": ", ".join(sorted(self._methods))}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        try:
            response = await self._respond(request)
        except Gone:
            return
        except Refused as refused:
            response = refused.response
        except KGError as error:
            response = problem_of(error)
        if request.method == "HEAD":
            response.body = b""
        await response(scope, receive, send)

    async def _respond(self, request: Request) -> Response:
        method = request.method
        if method not in self._methods:
            allowed = self._allowed["Allow"]
            raise Refused(405, f"graphs have no {method[:20]} here. Use {allowed}", **self._allowed)
        if method == "OPTIONS":
            also = _ACCEPTED if "POST" in self._methods else {}
            return Response(status_code=204, headers={**self._allowed, **also})
        if method in _WRITING:
            check_may_write(request, self._service.settings)
        target = self._target(request)
        if target.whole and method != "POST":
            raise Refused(400, "the request does not say which graph it means. Add ?graph=IRI or ?default")
        if method in ("GET", "HEAD"):
            return await self._read(target.graph, request)
        condition = self._condition(target, request)
        try:
            if method == "DELETE":
                return await self._delete(target.graph, condition)
            return await self._write(method, target, request, condition)
        except Unmet:
            raise _other_than_known() from None

    def _address(self, request: Request) -> str:
        return own_address({**request.scope, "path": PATH}, self._service.settings.address)

    def _target(self, request: Request) -> Target:
        address = self._address(request)
        pairs = pairs_of(request.scope["query_string"])
        graphs = [value for name, value in pairs if name == "graph"]
        default = any(name == "default" for name, _ in pairs)
        name = request.path_params.get("name")
        if len(graphs) + default + (name is not None) > 1:
            raise Refused(400, "the request names more than one graph. Name one")
        if name is not None:
            path = request.scope.get("raw_path", request.scope["path"].encode("utf-8")).decode("latin-1")
            graphs = [address + path[path.index(PATH) + len(PATH) :]]
        if graphs and not is_iri(graphs[0]):
            raise _no_iri()
        if graphs == [DEFAULT_GRAPH]:
            return Target(None)
        return Target(graphs[0] if graphs else None, whole=not graphs and not default)

    async def _read(self, graph: str | None, request: Request) -> Response:
        accept = ", ".join(request.headers.getlist("accept"))
        media_type = choose_among(accept, TRIPLES)
        if media_type is None:
            offered = ", ".join(dict.fromkeys(TRIPLES.values()))
            raise Refused(406, f"a graph is not written in any form that the request accepts. Accept {offered}")
        tag = _tag(self._service.pool.generation, media_type, graph)
        headers = {"ETag": tag, "Vary": "Accept", "Cache-Control": "no-cache"}
        asked = Asked(
            "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }",
            results=None,
            triples=media_type,
            default_graphs=(DEFAULT_GRAPH if graph is None else graph,),
            named_graphs=(),
        )
        if graph is not None and not await self._exists(graph):
            raise _no_graph()
        known = header(request.scope, b"if-none-match")
        if known == "*" or _names(known, {tag}, weak=True):
            return Response(status_code=304, headers=headers)
        answered = await self._service.pool.ask(asked)
        return Response(answered.body, headers={**headers, "Content-Type": content_type(media_type)})

    async def _exists(self, graph: str) -> bool:
        try:
            answered = await self._service.pool.ask(Asked(f"ASK {{ GRAPH <{graph}> {{}} }}"))
        except BadQuery:  # the engine knows more of IRIs than we
            raise _no_iri() from None
        return read_answer(answered.media_type, answered.body) is True

    def _condition(self, target: Target, request: Request) -> Condition:
        """What the client knows of the graph that it changes (RFC 9110, section 13.1)."""
        match, none_match = (header(request.scope, name) for name in (b"if-match", b"if-none-match"))
        if target.whole:
            if match:  # what is made has no state that could be known
                raise _other_than_known()
            return Condition()

        def holds(generation: str) -> bool:
            tags = {_tag(generation, media_type, target.graph) for media_type in TRIPLES.values()}
            kept = match in ("", "*") or _names(match, tags)
            return kept and not _names(none_match, tags, weak=True)

        return Condition((*([] if none_match == "*" else [True]), *([] if match else [False])), holds)

    async def _delete(self, graph: str | None, condition: Condition) -> Response:
        # Whether it is there is asked first: a graph that is not there is missing, whatever the client knows of it.
        if graph is not None and not await self._exists(graph):
            raise _no_graph()
        if not await self._service.writer.delete(graph, condition):
            raise _no_graph()
        return Response(status_code=204)

    async def _write(self, method: str, target: Target, request: Request, condition: Condition) -> Response:
        check_plain(request.scope, _ACCEPTED)
        if method == "PUT" and header(request.scope, b"content-range"):
            raise Refused(400, "a part of a graph is not stored. Send the whole of it, without Content-Range")
        graph, headers = target.graph, {}
        if target.whole:
            graph = f"{self._address(request)}/{uuid.uuid4()}"
            headers = {"Location": graph}
        body = await body_of(request.receive)
        documents = await asyncio.to_thread(_documents, body, request, graph or f"{self._address(request)}?default")
        if method == "POST" and not any(document.body for document in documents):
            return Response(status_code=204)
        write = self._service.writer.put if method == "PUT" else self._service.writer.post
        there = await write(graph, documents, condition)
        return Response(status_code=204 if there else 201, headers=headers)


def _no_iri() -> Refused:
    return Refused(400, "the graph is not named by an absolute IRI. Name it by one, percent-encoded")


def _no_graph() -> Refused:
    return Refused(404, "there is no such graph. A query SELECT DISTINCT ?g { GRAPH ?g {} } lists those that there are")


def _other_than_known() -> Refused:
    return Refused(412, "the graph is not as the request has it. Read it again, and send what it should be then")


def _tag(generation: str, media_type: str, graph: str | None) -> str:
    """The entity tag of a graph, which changes with every change of the store."""
    return f'"{hashlib.sha256(f"{generation} {media_type} {graph}".encode()).hexdigest()[:32]}"'


def _names(given: str, tags: Collection[str], weak: bool = False) -> bool:
    """Whether one of these is among the entity tags of a header; weak ones count for those that compare so.

    >>> _names('W/"a", "b"', {'"a"'}), _names('W/"a", "b"', {'"a"'}, weak=True)
    (False, True)
    """
    return any(tag in tags and (weak or not prefix) for prefix, tag in _TAG.findall(given))


def _documents(body: bytes, request: Request, base: str) -> list[Document]:
    given = request.headers.get("content-type", "application/rdf+xml")  # section 5 of the recommendation
    kind = given.partition(";")[0].strip().lower()
    if kind != "multipart/form-data":
        if kind not in _READ:
            raise Refused(415, f"documents of this type are not read. Send {_ACCEPTED['Accept-Post']}", **_ACCEPTED)
        return [_document(kind, body, base, given)]
    if _NESTED.search(body):
        raise Refused(400, "a part of the form has parts itself. Send each document as a part of the form")
    form = message_from_bytes(b"Content-Type: " + given.encode("latin-1") + b"\r\n\r\n" + body, policy=HTTP)
    assert isinstance(form, EmailMessage)
    if not form.is_multipart():
        raise Refused(400, "the form has no parts. Send each document as a part of it")
    return [_part(part, base) for part in form.iter_parts()]


def _part(part: object, base: str) -> Document:
    assert isinstance(part, EmailMessage)
    ending = PurePosixPath(part.get_filename() or "").suffix.lower()
    kind = part.get_content_type() if "content-type" in part else _BY_ENDING.get(ending, "")
    if kind == "application/octet-stream":  # what clients say that do not know it
        kind = _BY_ENDING.get(ending, kind)
    if not kind:
        raise Refused(400, "a part of the form does not say of which type it is. Add a Content-Type to it")
    if kind not in _READ:
        raise Refused(415, f"a part of the form is of a type that is not read. Send {_ACCEPTED['Accept-Post']}")
    content = part.get_payload(decode=True)
    body = content if isinstance(content, bytes) else b""
    return _document(kind, body, base, str(part.get("content-type", "")))


def _document(kind: str, body: bytes, base: str, content_type: str) -> Document:
    if not in_utf8(content_type):
        raise Refused(415, "a document is not in UTF-8. Send it as UTF-8", **_ACCEPTED)
    return Document(_READ[kind], body.removeprefix(BOM_UTF8), base)
