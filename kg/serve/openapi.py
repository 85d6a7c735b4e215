"""The OpenAPI description of all resources, made from the headers of the questions and what each module says."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

import kg
from kg.api import Graph
from kg.query.catalogue import Query
from kg.query.header import Parameter
from kg.serve import questions, things
from kg.serve.negotiation import RESULTS, TRIPLES
from kg.serve.service import Service
from kg.store.answers import IRI

_PLAIN = {"string": "string", "integer": "integer", "number": "number"}
_REFUSED = {
    "400": "a parameter is missing, given twice, or of the wrong type",
    "404": "there is no such question or thing; the nearest names are told",
    "406": "there is no form that the request accepts",
    "413": "the answer is larger than it may be",
    "503": "it takes too long or too much memory, or too many wait; Retry-After says when to ask again",
}
_PROBLEM = {
    "type": "object",
    "description": "a problem document (RFC 9457)",
    "required": ["status", "detail"],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "what is wrong, and what to do"},
    },
}
_VALUE = {"type": ["string", "number", "boolean", "null"]}


def routes(service: Service) -> list[BaseRoute]:
    """The description."""
    made: dict[str, dict[str, Any]] = {}

    async def described(_request: Request) -> Response:
        generation = service.pool.generation
        if generation not in made:
            found = await run_in_threadpool(description, service)
            made.clear()
            made[generation] = found
        return JSONResponse(made[generation], headers={"Cache-Control": "no-cache"})

    return [Route("/openapi.json", described)]


def description(service: Service) -> dict[str, Any]:
    """The OpenAPI 3.1 description of a service, as JSON has it; to be called in a thread.

    Modules of resources that have a function `describe(service)` give their own paths by it.
    """
    from kg.serve import app

    graph = service.graph()
    names = _names(graph)
    catalogue = graph.queries
    paths: dict[str, Any] = {"/queries": {"get": _list()}}
    paths |= {f"/queries/{name}": {"get": _question(query, names)} for name, query in catalogue.items()}
    paths |= {"/sparql": _sparql(), "/id/{kind}/{name}": {"get": _thing(graph)}}
    for module in app.MODULES:
        if hasattr(module, "describe"):
            paths |= module.describe(service)
    tags = dict.fromkeys(query.group for query in catalogue.values())
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "iis-kg",
            "summary": "A knowledge graph of regional industry, and the questions that it answers",
            "description": "Each question of the catalogue is a resource. Things may be given by key, label, alias, "
            "code or IRI, several with commas. A path may end in .json, .csv and the like instead of an Accept header.",
            "version": kg.__version__,
            "license": {"name": "Apache-2.0", "identifier": "Apache-2.0"},
        },
        "servers": [{"url": service.settings.address.rstrip("/") or "/"}],
        "tags": [{"name": tag} for tag in (*tags, "things", "sparql", "pages", "server")],
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}, "responses": {key: _problem(key) for key in _REFUSED}},
    }


def _names(graph: Graph) -> dict[str, str]:
    """English labels of the things in the examples of parameters, by compact IRI."""
    short = {part for query in graph.queries.values() for given in query.example.values() for part in given.split(",")}
    things = {IRI(iri): key for key in short if (iri := graph.prefixes.expand(key))}
    query = graph.queries["labels"]
    rows = graph.store.select(query.bound({"thing": sorted(things)})) if things else ()
    return {things[thing]: str(row["name"]) for row in rows if isinstance(thing := row["thing"], IRI)}


def _question(query: Query, names: Mapping[str, str]) -> dict[str, Any]:
    header = query.header
    row = {
        "type": "object",
        "required": list(header.returns),
        "additionalProperties": False,
        "properties": {column: {**_VALUE, "description": meaning} for column, meaning in header.returns.items()},
    }
    content: dict[str, Any] = {each: {"schema": {"type": "string"}} for each in questions.FORMS}
    content["application/json"] = {"schema": {"type": "array", "items": row}}
    content["application/sparql-results+json"] = {"schema": {"type": "object"}}
    return {
        "operationId": query.name,
        "tags": [query.group],
        "summary": header.summary,
        "description": header.question,
        "parameters": [_parameter(each, query.example.get(each.name, ""), names) for each in header.parameters],
        "responses": {"200": {"description": "the rows of the answer", "content": content}, **_refusals()},
    }


def _parameter(parameter: Parameter, example: str, names: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _PLAIN.get(parameter.type, "string")}
    found: dict[str, Any] = {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.description} ({' or '.join(parameter.kinds) or parameter.type})",
        "schema": schema,
    }
    if not example:
        return found
    value: Any = int(example) if parameter.type == "integer" else example
    examples = {"key": {"value": float(example) if parameter.type == "number" else value}}
    labels = [names.get(part, "") for part in example.split(",")]
    if parameter.kinds and all(labels) and not any("," in label for label in labels):
        examples["name"] = {"value": ",".join(labels)}
    return found | {"examples": examples}


def _list() -> dict[str, Any]:
    columns = ("name", "group", "summary", "question", "parameters", "link")
    row = {"type": "object", "required": list(columns), "properties": {name: {"type": "string"} for name in columns}}
    content: dict[str, Any] = {each: {"schema": {"type": "string"}} for each in questions.LISTED}
    content["application/json"] = {"schema": {"type": "array", "items": row}}
    return {
        "operationId": "list-queries",
        "tags": ["server"],
        "summary": "Questions",
        "description": "Which questions are there, and what does each take?",
        "responses": {"200": {"description": "the questions", "content": content}, "406": _refused("406")},
    }


def _thing(graph: Graph) -> dict[str, Any]:
    kinds = sorted(kind for query in graph.queries.values() for p in query.header.parameters for kind in p.kinds)
    content: dict[str, Any] = {each: {"schema": {}} for each in things.FORMS}
    return {
        "operationId": "thing",
        "tags": ["things"],
        "summary": "A thing",
        "description": "What is said of a thing, and where? In formats with graphs, the graph of a fact is the passage "
        "that states it; in the others, each statement is described besides, with what it is derived from.",
        "parameters": [
            _in_path("kind", f"such as {', '.join(list(dict.fromkeys(kinds))[:6])}"),
            _in_path("name", "key of the thing; a label leads to it"),
        ],
        "responses": {
            "200": {"description": "its description", "content": content},
            "303": {"description": "the thing of that label is there"},
            "404": _refused("404"),
            "406": _refused("406"),
        },
    }


def _sparql() -> dict[str, Any]:
    forms: dict[str, Any] = {each: {"schema": {}} for each in (*RESULTS.values(), *TRIPLES.values())}
    answers = {"200": {"description": "the answer", "content": forms}, **_refusals()}
    said = "A query over the union of all graphs, by the SPARQL 1.1 Protocol; without one, the service description."
    dataset: list[dict[str, Any]] = [
        {"name": name, "in": "query", "schema": {"type": "array", "items": {"type": "string"}}, "explode": True}
        for name in ("default-graph-uri", "named-graph-uri")
    ]
    query: dict[str, Any] = {"name": "query", "in": "query", "schema": {"type": "string"}, "description": "SPARQL 1.1"}
    form = {"type": "object", "required": ["query"], "properties": {"query": {"type": "string"}}}
    bodies: dict[str, Any] = {
        "application/sparql-query": {"schema": {"type": "string"}},
        "application/x-www-form-urlencoded": {"schema": form},
    }
    common = {"tags": ["sparql"], "summary": "SPARQL", "description": said, "responses": answers}
    return {
        "get": {"operationId": "sparql", **common, "parameters": [query, *dataset]},
        "post": {"operationId": "post-sparql", **common, "requestBody": {"required": True, "content": bodies}},
    }


def _in_path(name: str, said: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "description": said, "schema": {"type": "string"}}


def _problem(status: str) -> dict[str, Any]:
    schema = {"$ref": "#/components/schemas/Problem"}
    return {"description": _REFUSED[status], "content": {"application/problem+json": {"schema": schema}}}


def _refused(status: str) -> dict[str, str]:
    return {"$ref": f"#/components/responses/{status}"}


def _refusals() -> dict[str, dict[str, str]]:
    return {status: _refused(status) for status in _REFUSED}
