"""The questions of the catalogue as HTTP resources."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from kg.api import Graph
from kg.errors import BadParameter, UnknownName
from kg.query.catalogue import Catalogue, Query
from kg.query.header import Parameter
from kg.query.limits import check_limits
from kg.query.results import heading, to_csv, to_json, to_jsonl
from kg.serve.operations import refusals
from kg.serve.pool import Asked
from kg.serve.problems import over_http, problem_of
from kg.serve.resource import HTML, form_of, language_of, links_of, parameters, written
from kg.serve.service import Service
from kg.store.answers import IRI, Solutions
from kg.store.results import read_answer, sorted_parts

_PLAIN = {"application/json": to_json, "text/csv": to_csv, "application/jsonl": to_jsonl}
_TEXT = "application/sparql-query"
_TYPES = {"string": "string", "integer": "integer", "number": "number"}
_VALUE = {"type": ["string", "number", "boolean", "null"]}
FORMS = {
    "application/json": "json",
    "text/csv": "csv",
    "application/jsonl": "jsonl",
    "application/sparql-results+json": "srj",
    "application/sparql-results+xml": "srx",
    "text/tab-separated-values": "tsv",
    HTML: "html",
    _TEXT: "rq",
}
"""Endings of the forms of an answer by media type."""
LISTED = {"application/json": "json", "text/csv": "csv", HTML: "html"}
"""The same of the list of questions."""


def routes(service: Service) -> list[BaseRoute]:
    """The list of questions, and each of them."""
    links = links_of(service)

    async def every(request: Request) -> Response:
        _name, form = form_of(request.url.path, request.headers.get("accept", ""), LISTED)
        catalogue = service.graph().queries
        if form == HTML:
            from kg.view.served.question import questions_page

            return written(questions_page(catalogue, links, language_of(request)), form)
        return written(_PLAIN[form](_listed(catalogue, links.at("/queries"))), form)

    async def one(request: Request) -> Response:
        name, form = form_of(request.path_params["name"], request.headers.get("accept", ""), FORMS)
        query = service.graph().queries[name]
        if form == HTML:
            return await _page(service, query, request)
        given = parameters(request)
        if form == _TEXT and not given:
            return written(query.text, form)
        asked, text = await _bound(service, name, given)
        if form == _TEXT:
            return written(text, form)
        if form in _PLAIN:
            return written(await run_in_threadpool(_PLAIN[form], await _answer(service, asked, text)), form)
        if not asked.separators:
            return written((await service.pool.ask(Asked(text, form))).body, form)
        body = (await service.pool.ask(Asked(text))).body
        return written(await run_in_threadpool(sorted_parts, body, asked.separators, form), form)

    lists = [Route(f"/queries{ending}", every) for ending in ("", *(f".{each}" for each in LISTED.values()))]
    return [*lists, Route("/queries/{name}", one)]


def describe(service: Service) -> dict[str, Any]:
    """The paths of this module for the OpenAPI description."""
    graph = service.graph()
    names = _names(graph)
    each = {f"/queries/{name}": {"get": _question(query, names)} for name, query in graph.queries.items()}
    return {"/queries": {"get": _list()}, **each}


async def _bound(service: Service, name: str, given: dict[str, str]) -> tuple[Query, str]:
    """A question, and its text with what its parameters are given.

    Raises:
        BadParameter: it has no such parameter, one is missing, or of the wrong type.
        UnknownName: there is no such thing.
    """
    try:
        query, text = await run_in_threadpool(service.graph().question, name, given)
    except UnknownName as error:
        if error.kind == f"parameter of {name}":  # the resource is there; what is asked of it is not
            raise BadParameter(str(error)) from None
        raise
    check_limits(text)
    return query, text


async def _answer(service: Service, query: Query, text: str) -> Solutions:
    answered = await service.pool.ask(Asked(text))
    answer = await run_in_threadpool(read_answer, answered.media_type, answered.body)
    assert isinstance(answer, Solutions)
    return query.in_order(answer)


async def _page(service: Service, query: Query, request: Request) -> Response:
    """The page of a question; what is wrong with its parameters is told in it."""
    from kg.view.served.question import MOST_ROWS, Asking, question_page

    links, graph, language = links_of(service), service.graph(), language_of(request)
    given: dict[str, str] = {}
    headings: dict[str, str] = {}
    answer, citations, message, status = None, {}, "", 200
    try:
        given = parameters(request)
        given.pop("lang", None)
        if given or not any(parameter.required for parameter in query.header.parameters):
            _query, text = await _bound(service, query.name, given)
            answer = await _answer(service, query, text)
            shown = replace(answer, rows=answer.rows[:MOST_ROWS])
            cited = {word for column in ("passage", "passages") for word in _words(shown, column)}
            citations = await run_in_threadpool(graph.citations, sorted(cited)) if cited else {}
            if language == "zh":
                answer, headings = await run_in_threadpool(_in_chinese, graph, answer)
    except (BadParameter, UnknownName) as error:
        message, status = over_http(error), problem_of(error).status_code
    address = links.at(f"/queries/{query.name}")
    tail = f"?{urlencode(given)}" if given else ""
    formats = {ending: f"{address}.{ending}{tail}" for media_type, ending in FORMS.items() if media_type != HTML}
    asking = Asking(query, given, answer, citations, headings, message, formats)
    page = await run_in_threadpool(question_page, asking, graph.prefixes, links, language)
    return written(page, HTML, status=status)


def _in_chinese(graph: Graph, answer: Solutions) -> tuple[Solutions, dict[str, str]]:
    """An answer with Chinese names, as far as there are, and what its columns are called."""
    from kg.view.gathered import Gathering
    from kg.view.served.question import MOST_ROWS

    gathering = Gathering(graph.store, graph.queries, graph.prefixes)
    first = gathering.in_chinese(replace(answer, rows=answer.rows[:MOST_ROWS]))
    headings = gathering.headings(heading(variable) for variable in answer.variables)
    return replace(first, rows=[*first.rows, *answer.rows[MOST_ROWS:]]), headings


def _words(answer: Solutions, column: str) -> set[str]:
    """The IRIs of a column that may hold several."""
    return {word for row in answer for word in str(row.get(column) or "").split() if "://" in word}


def _listed(catalogue: Catalogue, address: str) -> Solutions:
    """The questions as rows."""
    rows: list[tuple[Any, ...]] = [
        (
            query.name,
            query.group,
            query.header.summary,
            query.header.question,
            " ".join(p.name if p.required else f"[{p.name}]" for p in query.header.parameters),
            f"{address}/{query.name}",
        )
        for query in catalogue.values()
    ]
    return Solutions(("name", "group", "summary", "question", "parameters", "link"), rows)


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
    content: dict[str, Any] = {each: {"schema": {"type": "string"}} for each in FORMS}
    content["application/json"] = {"schema": {"type": "array", "items": row}}
    content["application/sparql-results+json"] = {"schema": {"type": "object"}}
    return {
        "operationId": query.name,
        "tags": [query.group],
        "summary": header.summary,
        "description": header.question,
        "parameters": [_parameter(each, query.example.get(each.name, ""), names) for each in header.parameters],
        "responses": {"200": {"description": "the rows of the answer", "content": content}, **refusals()},
    }


def _parameter(parameter: Parameter, example: str, names: Mapping[str, str]) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": _TYPES.get(parameter.type, "string")}
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
    content: dict[str, Any] = {each: {"schema": {"type": "string"}} for each in LISTED}
    content["application/json"] = {"schema": {"type": "array", "items": row}}
    return {
        "operationId": "list-queries",
        "tags": ["server"],
        "summary": "Questions",
        "description": "Which questions are there, and what does each take?",
        "responses": {"200": {"description": "the questions", "content": content}, **refusals(["406"])},
    }
