"""Workers that answer queries and are killed: what they answer, what they refuse, and whom that disturbs."""

from __future__ import annotations

import asyncio
import csv
import io
import json
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib

from kg.errors import BadQuery, Busy, KGError, NotAcceptable, OutOfMemory, TimedOut, TooLarge
from kg.serve.limits import Limits
from kg.serve.pool import Answered, Asked, Pool
from tests.serve.pools import LINES, ROWS, answer, in_pool, put
from tests.serve.queries import ENDLESS, KILLERS
from tests.serve.support import PATIENCE

Ask = Callable[[Asked], Answered | KGError]

ALL = Asked("SELECT ?s { ?s ?p ?o }")
JSON, XML, CSV, TSV = (
    "application/sparql-results+json",
    "application/sparql-results+xml",
    "text/csv",
    "text/tab-separated-values",
)
TRIPLES = {"application/n-triples": "nt", "text/turtle": "turtle", "application/ld+json": "json-ld"}


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 120 triples in two graphs."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    put(folder, LINES)
    return folder


def ask(folder: Path, *asked: Asked, **limits: Any) -> list[Answered | KGError]:
    """The answers or errors of queries, one after the other."""

    async def work(pool: Pool) -> list[Answered | KGError]:
        return [await answer(pool, each) for each in asked]

    return in_pool(folder, work, **limits)


@pytest.fixture(scope="module")
def warm(small: Path) -> Iterator[Ask]:
    """Asks one pool for all tests of answers."""
    pool = Pool(small, Limits(seconds=PATIENCE, workers=1), {"ex": "urn:"})
    with asyncio.Runner() as runner:
        runner.run(pool.__aenter__())
        yield lambda asked: runner.run(answer(pool, asked))
        runner.run(pool.__aexit__())


def rows(answered: Answered | KGError) -> int:
    """The rows of an answer, counted by a reader of its media type that is not the engine's."""
    assert isinstance(answered, Answered), answered
    if answered.media_type == JSON:
        return len(json.loads(answered.body)["results"]["bindings"])
    if answered.media_type == XML:
        return len(ElementTree.fromstring(answered.body).findall(".//{*}result"))
    text = answered.body.decode("utf-8")
    if answered.media_type == CSV:
        return len(list(csv.reader(io.StringIO(text, newline="")))) - 1
    if answered.media_type == TSV:
        return len(list(csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE))) - 1
    return len(rdflib.Graph().parse(data=text, format=TRIPLES[answered.media_type]))


# --- answers ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("media_type", [JSON, XML, CSV, TSV])
def test_rows_are_written_in_the_form_that_is_wanted(warm: Ask, media_type: str) -> None:
    assert rows(warm(Asked(ALL.text, results=media_type))) == ROWS


@pytest.mark.parametrize("media_type", TRIPLES)
def test_triples_are_written_in_the_form_that_is_wanted(warm: Ask, media_type: str) -> None:
    assert rows(warm(Asked("CONSTRUCT WHERE { ?s ?p ?o }", triples=media_type))) == ROWS


def test_prefixes_need_not_be_declared_and_relative_names_have_a_base(warm: Ask) -> None:
    answered = warm(Asked("SELECT (<c> AS ?x) { ex:s007 ?p ?o }", base="http://a.example/b"))
    assert isinstance(answered, Answered)
    assert json.loads(answered.body)["results"]["bindings"] == [{"x": {"type": "uri", "value": "http://a.example/c"}}]


DATASETS: dict[str, tuple[str, list[str] | None, list[str] | None, int, int]] = {
    "of neither, the default graph is the union and all graphs have names": ("", None, None, ROWS, ROWS),
    "of default graphs alone, no graph has a name": ("", ["urn:g0"], [], ROWS // 2, 0),
    "of several default graphs, they are merged": ("", ["urn:g0", "urn:g1"], [], ROWS, 0),
    "of named graphs alone, the default graph is empty": ("", [], ["urn:g0"], 0, ROWS // 2),
    "of both, each is what it says": ("", ["urn:g0"], ["urn:g1"], ROWS // 2, ROWS // 2),
    "of graphs that are not there, nothing is found": ("", ["urn:nowhere"], ["urn:nowhere"], 0, 0),
    "the query's own FROM is the default graph": ("FROM <urn:g0>", None, None, ROWS // 2, 0),
    "the query's own FROM NAMED leaves the default graph empty": ("FROM NAMED <urn:g0>", None, None, 0, ROWS // 2),
    "the request's dataset goes before that of the query": ("FROM <urn:g0>", ["urn:nowhere"], [], 0, 0),
}


@pytest.mark.parametrize("name", DATASETS)
def test_datasets_are_those_of_the_protocol(warm: Ask, name: str) -> None:
    """SPARQL 1.1 Protocol, section 2.1.4; SPARQL 1.1 Query, section 13.2."""
    said, default, named, in_default, in_named = DATASETS[name]
    dataset: dict[str, Any] = {
        "default_graphs": None if default is None else tuple(default),
        "named_graphs": None if named is None else tuple(named),
    }
    assert rows(warm(Asked(f"SELECT ?s {said} {{ ?s ?p ?o }}", **dataset))) == in_default
    assert rows(warm(Asked(f"SELECT ?s {said} {{ GRAPH ?g {{ ?s ?p ?o }} }}", **dataset))) == in_named


@pytest.mark.parametrize(
    "word", ["?from", "?a·from", "'FROM'", '"""FROM"""', "<urn:FROM>", "ex:from", "# FROM <urn:g0>\n 1"]
)
def test_only_the_keyword_names_a_dataset(warm: Ask, word: str) -> None:
    assert rows(warm(Asked(f"SELECT * {{ ?s ?p ?o BIND(1 AS ?x) FILTER(!BOUND(?n) || ?n = {word}) }}"))) == ROWS


def test_what_does_not_parse_is_told_with_its_place(warm: Ask) -> None:
    error = warm(Asked("SELECT * {\n ?s ?p }"))
    assert isinstance(error, BadQuery)
    assert "at 2:" in str(error)


def test_errors_are_short(warm: Ask) -> None:
    error = warm(Asked(f"SELECT * {{ ?s ?p '{'x' * 50_000}"))
    assert isinstance(error, BadQuery)
    assert len(str(error)) < 300


@pytest.mark.parametrize(
    "asked",
    [
        Asked("CONSTRUCT WHERE { ?s ?p ?o }", triples=None),
        Asked("SELECT * { ?s ?p ?o }", results=None),
        Asked("ASK {}", results=None),
        Asked("ASK {}", results="image/png"),
    ],
)
def test_an_answer_that_is_not_wanted_is_not_acceptable(warm: Ask, asked: Asked) -> None:
    assert isinstance(warm(asked), NotAcceptable)


# --- rows and bytes ---------------------------------------------------------------------------------------------------

AWKWARD = """VALUES ?x { "},{" "}},{" '},{"x' "</result>" "a\\nb" 'a"b' '"\\n"' "," "\\r\\n" 1 <urn:a> "},{}" }"""
"""Twelve values that look like the end of a row in one form or another."""


MANY = "SELECT ?s ?t ?u { ?s ?p ?o . ?t ?q '1' . ?u ?r ?v }"
"""14,400 rows: written in many parts."""


@pytest.mark.parametrize(("query", "count"), [(f"SELECT ?x {{ {AWKWARD} }}", 12), (MANY, ROWS * ROWS)])
def test_rows_are_counted_as_a_reader_counts_them(small: Path, query: str, count: int) -> None:
    asked = [Asked(query, results=media_type) for media_type in (JSON, XML, CSV, TSV)]
    assert [rows(answered) for answered in ask(small, *asked, rows=count)] == [count] * 4
    assert [type(answered) for answered in ask(small, *asked, rows=count - 1)] == [TooLarge] * 4


def test_triples_are_counted(small: Path) -> None:
    asked = [Asked("CONSTRUCT WHERE { ?s ?p ?o }", triples=media_type) for media_type in TRIPLES]
    assert [rows(answered) for answered in ask(small, *asked, rows=ROWS)] == [ROWS] * 3
    assert [type(answered) for answered in ask(small, *asked, rows=ROWS - 1)] == [TooLarge] * 3


def test_bytes_are_counted(small: Path) -> None:
    megabyte = "SELECT ?x { BIND('0123456789abcdef' AS ?a) " + " ".join(
        f"BIND(CONCAT(?{a}, ?{a}) AS ?{b})" for a, b in zip("abcdefghijklmnop", "bcdefghijklmnopx", strict=True)
    )
    less, more = ask(small, Asked(megabyte.replace("?x)", "?y)") + " }"), Asked(megabyte + " }"), size=1)
    assert isinstance(less, Answered)
    assert isinstance(more, TooLarge)
    assert "1 MiB" in str(more)


# --- what costs too much ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_costs_a_worker_and_nobody_else(small: Path, name: str) -> None:
    async def work(pool: Pool) -> None:
        killer = asyncio.create_task(answer(pool, Asked(KILLERS[name])))
        slowest = 0.0
        while not killer.done():
            start = time.monotonic()
            assert rows(await pool.ask(ALL)) == ROWS
            slowest = max(slowest, time.monotonic() - start)
            await asyncio.sleep(0.02)
        assert isinstance(killer.result(), TimedOut | OutOfMemory), killer.result()
        assert slowest < 2
        assert rows(await pool.ask(ALL)) == ROWS

    in_pool(small, work, seconds=1.5)


def test_all_killers_at_once_leave_workers_for_others(small: Path) -> None:
    async def work(pool: Pool) -> None:
        killers = [asyncio.create_task(answer(pool, Asked(text))) for text in (*KILLERS.values(), *KILLERS.values())]
        await asyncio.sleep(0.7)
        while not all(killer.done() for killer in killers):
            assert rows(await pool.ask(ALL)) == ROWS
            await asyncio.sleep(0.05)
        assert all(isinstance(killer.result(), TimedOut | OutOfMemory | Busy) for killer in killers)
        assert rows(await pool.ask(ALL)) == ROWS

    in_pool(small, work, seconds=1.5)


def test_a_query_that_runs_too_long_is_told_the_limit(small: Path) -> None:
    (error,) = ask(small, Asked(ENDLESS), seconds=0.3)
    assert isinstance(error, TimedOut)
    assert "0.3 s" in str(error)


def test_a_query_that_takes_too_much_memory_is_told_the_limit(small: Path) -> None:
    (error,) = ask(small, Asked(KILLERS["a string doubled 32 times"]), seconds=PATIENCE, memory=100)
    assert isinstance(error, OutOfMemory)
    assert "100 MiB" in str(error)


def test_those_beyond_the_queue_are_refused_with_a_time(small: Path) -> None:
    async def work(pool: Pool) -> None:
        others = [asyncio.create_task(answer(pool, Asked(ENDLESS))) for _ in range(4)]
        await asyncio.sleep(0.05)
        with pytest.raises(Busy) as refused:
            await pool.ask(ALL)
        assert refused.value.retry_after >= 1
        for other in others:
            other.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        assert rows(await pool.ask(ALL)) == ROWS

    in_pool(small, work, queue=2)


def test_a_long_query_that_had_to_wait_is_answered_in_the_end(small: Path) -> None:
    async def work(pool: Pool) -> None:
        endless = asyncio.create_task(answer(pool, Asked(ENDLESS)))
        await asyncio.sleep(0.7)  # it is a long one now, and holds the place of the long ones
        waiting = await pool.ask(Asked("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"))
        assert json.loads(waiting.body)["results"]["bindings"][0]["n"]["value"] == str(ROWS**3)
        endless.cancel()

    in_pool(small, work, seconds=4)


def test_many_at_once_are_each_given_their_ownanswer(small: Path) -> None:
    async def one(pool: Pool, number: int) -> bool:
        answered = await pool.ask(Asked(f"SELECT ?o {{ <urn:s{number:03}> ?p ?o }}"))
        bindings: list[Any] = json.loads(answered.body)["results"]["bindings"]
        return bindings == [{"o": {"type": "literal", "value": str(number)}}]

    async def work(pool: Pool) -> list[bool]:
        return await asyncio.gather(*(one(pool, number % ROWS) for number in range(500)))

    assert all(in_pool(small, work, queue=500))
