"""Calls of tools: each is asked of the graph in force, in a thread, and an error of ours is an answer too."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Collection, Mapping, Set
from typing import Any

from mcp import types

from kg.errors import BadParameter, DataError, KGError, QueryFileError, StoreMissing, UnknownName
from kg.load.scenario import scenarios
from kg.query.limits import check_limits
from kg.query.lookup import EVERY_NAME
from kg.serve.analyst import Wanted
from kg.serve.mcp.answers import Page, Shown, analysis_shown, rows_shown, said_shown, table_shown, triples_shown
from kg.serve.mcp.describing import (
    FINDINGS,
    MOST_ROWS,
    OWN,
    ROWS,
    SCENARIO,
    chosen,
    options_of_methods,
    paging,
    tool_name,
    tools,
)
from kg.serve.pool import Asked
from kg.serve.problems import in_words_of
from kg.serve.service import Service
from kg.store.answers import Solutions, Triples
from kg.store.results import read_answer
from kg.view.fragments.said import said
from kg.writing import Names

Arguments = Mapping[str, Any]

_LOG = logging.getLogger(__name__)
_PAGING = ("limit", "offset")
_FAILED = "the graph cannot be read just now. The log of the server says why"


class Tools:
    """The tools of a service that has been entered.

    Args:
        service: the graph, its questions and its limits.
        only: the questions, or groups of questions, that are tools; all, where there are none.
    """

    def __init__(self, service: Service, only: Collection[str] = ()) -> None:
        self.service, self._only = service, only

    def listed(self) -> list[types.Tool]:
        """The descriptions of all tools."""
        graph = self.service.graph()
        return tools(chosen(graph.queries, self._only), graph.prefixes, scenarios(graph.project))

    async def call(self, name: str, arguments: Arguments) -> types.CallToolResult:
        """Call a tool; what is wrong with the call is told in the result, for the model to correct."""
        given = {key: value for key, value in arguments.items() if value is not None}
        try:
            shown = await self._called(name, given)
        except KGError as error:
            return types.CallToolResult(content=[types.TextContent(text=message(error))], is_error=True)
        return types.CallToolResult(content=[types.TextContent(text=shown.text)], structured_content=shown.structured)

    async def _called(self, name: str, given: dict[str, Any]) -> Shown:
        if name == "sparql":
            return await self._sparql(given)
        if name == "analyse":
            return await self._analyse(given)
        if name == "entity":
            return await asyncio.to_thread(self._entity, given)
        return await asyncio.to_thread(self._question, name, given)

    def _question(self, name: str, given: dict[str, Any]) -> Shown:
        graph = self.service.graph()
        names = {tool_name(query): query for query in chosen(graph.queries, self._only).values()}
        if name not in names:
            raise UnknownName("tool", name, [*OWN, *names], "The list of tools has all")
        query = names[name]
        parameters = {parameter.name for parameter in query.header.parameters}
        page = _page(given, parameters)
        answer = graph.ask(query.name, **{key: _plain(key, value) for key, value in given.items()})
        return rows_shown(graph, answer, page, query.header.summary)

    def _entity(self, given: dict[str, Any]) -> Shown:
        graph, page = self.service.graph(), _page(given)
        name = _taken(given, "thing", "Give what the thing is called")
        _nothing_left(given, "entity", ["thing", *_PAGING])
        return said_shown(said(graph.facts, graph.lookup.thing(name)), page, graph.prefixes)

    async def _sparql(self, given: dict[str, Any]) -> Shown:
        page = _page(given)
        query = _taken(given, "query", "Give a SPARQL query")
        _nothing_left(given, "sparql", ["query", *_PAGING])
        check_limits(query)
        answered = await self.service.pool.ask(Asked(query))
        return await asyncio.to_thread(self._read, answered.media_type, answered.body, page)

    def _read(self, media_type: str, body: bytes, page: Page) -> Shown:
        graph, answer = self.service.graph(), read_answer(media_type, body)
        if isinstance(answer, Solutions):
            return rows_shown(graph, answer, page)
        if isinstance(answer, Triples):
            return triples_shown(answer, page)
        return Shown({"boolean": answer}, str(answer).lower())

    async def _analyse(self, given: dict[str, Any]) -> Shown:
        page = _page(given, rows=FINDINGS)
        table = _taken(given, "table", "Give the name of a table") if "table" in given else ""
        wanted = await asyncio.to_thread(self._wanted, given)
        analysis = await self.service.analyst.analysis(self.service.pool.generation, wanted)
        graph = self.service.graph()
        if table:
            return await asyncio.to_thread(table_shown, graph, analysis, table, page)
        return await asyncio.to_thread(analysis_shown, graph, analysis, page)

    def _wanted(self, given: dict[str, Any]) -> Wanted:
        method = _taken(given, "method", "Give the name of an analysis")
        place, chain = (_names(given.pop(key, ())) for key in ("place", "chain"))
        options, named = given.pop("options", {}), given.pop(SCENARIO, None)
        _nothing_left(given, "analyse", ["method", "place", "chain", "options", SCENARIO, "table", *_PAGING])
        if not isinstance(options, Mapping):
            raise BadParameter("options is not an object. Give names with values")
        if method != SCENARIO:
            return Wanted(method, place, chain, _options(method, options, named))
        # The project's own alone: a folder that a client names is none of its business.
        name, known = str(named or ""), scenarios(self.service.project)
        if name not in known:
            raise UnknownName("scenario", name, known, f"There are: {', '.join(known) or 'none'}")
        return Wanted(method, place, chain, scenario=name)


def message(error: KGError) -> str:
    """What a client is told: what is wrong with the files of the server stays in its log."""
    if isinstance(error, StoreMissing) or (isinstance(error, DataError) and not isinstance(error, QueryFileError)):
        _LOG.error("%s", error)
        return _FAILED
    told = str(error).replace(EVERY_NAME, "The tool things-by-name finds things by part of a name")
    return in_words_of(lambda question: f"The tool {question}" if question else "The list of tools", told)


def _options(method: str, options: Mapping[str, Any], scenario: Any) -> dict[str, str]:
    """What an analysis takes besides, as a user would type it."""
    if scenario is not None:
        raise BadParameter(f"scenario is of the method {SCENARIO} alone. Leave it out, or give method {SCENARIO}")
    known = options_of_methods().get(method)
    for name in options if known is not None else ():
        if name not in (known or ()):
            raise UnknownName(f"option of {method}", name, known or (), f"It takes: {', '.join(known or ('none',))}")
    return {name: _plain(name, value) for name, value in options.items()}


def _page(given: dict[str, Any], taken: Set[str] = frozenset(), rows: int = ROWS) -> Page:
    """Take `limit` and `offset` out of the arguments, unless they are parameters of the question."""
    offered = paging(dict.fromkeys(taken))
    values = {}
    for name, lowest, default in (("limit", 1, rows), ("offset", 0, 0)):
        value = given.pop(name, default) if name in offered else default
        if isinstance(value, bool) or not isinstance(value, int | float) or value != int(value) or value < lowest:
            raise BadParameter(f"{name} is not a whole number from {lowest} on. Give one")
        values[name] = int(value)
    if values["limit"] > MOST_ROWS:
        raise BadParameter(f"limit is more than {MOST_ROWS}. Ask for less at once, and for the rest with offset")
    return Page(**values)


def _taken(given: dict[str, Any], name: str, remedy: str) -> str:
    value = given.pop(name, "")
    if not isinstance(value, str) or not value.strip():
        raise BadParameter(f"{name} is missing, or no text. {remedy}")
    return value


def _nothing_left(given: Mapping[str, Any], tool: str, known: list[str]) -> None:
    for name in given:
        raise UnknownName(f"argument of {tool}", name, known, f"It takes: {', '.join(known)}")


def _plain(name: str, value: Any) -> str:
    """An argument as a user would type it; a list as names with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ",".join(value)
    if isinstance(value, str | int | float):
        return str(value)
    raise BadParameter(f"{name} is neither a text nor a number. Give one")


def _names(value: Any) -> Names:
    """The names of places or chains; none where the text is empty."""
    return _plain("a name", value) if value else ()
