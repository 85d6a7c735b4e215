"""Threats to the endpoint: T6, T7, T15 and T22, each with a case that fails where it is open."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.errors import KGError, StoreError
from kg.serve.limits import Limits
from tests.query.test_limits import DISGUISES, KILLERS
from tests.serve.protocol.support import ALL_NUMBERS, DIRECT, FORM, application, ask, direct, is_true, problem, values
from tests.serve.support import InProcess, Served, serving

PRODUCT = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{i} ?b{i} ?c{i} ." for i in range(9)) + " }"
DOUBLING = "SELECT ?x31 { " + "".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1}) " for i in range(31)) + "}"
DOUBLING = DOUBLING.replace("{ BIND", "{ BIND('aa' AS ?x0) BIND", 1)
LEAKS = re.compile(
    r"Traceback|kg[/.]\w|\.py|oxigraph|rust|panick|site-packages|/\w+/\w|File \"|line \d+, in|g-[0-9a-f]{8}", re.I
)
"""Of paths, programs and stacks. Media types have one slash only, between words without a leading one."""


@pytest.fixture(scope="module")
def tight(small_folder: Path) -> Iterator[InProcess]:
    """The application with hardly any limits left."""
    with application(
        small_folder, Limits(seconds=0.6, memory=640, rows=5, size=1, workers=1, queue=1, request=64)
    ) as client:
        yield client


@pytest.fixture(scope="module")
def server(small_folder: Path) -> Iterator[Served]:
    with serving(small_folder) as served:
        yield served


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("(a+)+$", "a" * 40 + "!"),
        ("^(a|a)*$", "a" * 40 + "!"),
        ("(.*a){20}$", "a" * 60 + "!"),
        ("^(([a-z])+.)+[A-Z]$", "a" * 60 + "!"),
    ],
)
@pytest.mark.parametrize("function", ["REGEX(?t, ?p)", "REPLACE(?t, ?p, 'x') != ?t", "REGEX(?t, ?p, 'i')"])
def test_t6_a_pattern_that_blows_up_elsewhere_does_not_hang(
    endpoint: InProcess, pattern: str, text: str, function: str
) -> None:
    """The patterns of a query are matched by an engine whose time is linear, never by Python's."""
    query = f'ASK {{ VALUES (?t ?p) {{ ("{text}" "{pattern}") }} FILTER({function}) }}'
    response = ask(endpoint, query)
    assert response.elapsed.total_seconds() < 5
    assert is_true(response) is False


@pytest.mark.parametrize("pattern", ["(", "a{1000000}", "[", "(?<a>", "\\\\", "a{1000}{1000}{1000}"])
def test_t6_a_pattern_that_is_none_or_too_large_is_no_error(endpoint: InProcess, pattern: str) -> None:
    """SPARQL 1.1 Query, 17.3: an error in a filter makes it false."""
    assert is_true(ask(endpoint, f'ASK {{ FILTER(REGEX("a", "{pattern}")) }}')) is False


def test_t7_nesting_is_refused_and_the_same_server_goes_on(server: Served) -> None:
    with httpx.Client(base_url=server.url, timeout=20) as client:
        for text in (*KILLERS.values(), *DISGUISES.values()):
            direct_body = client.post("/sparql", content=text, headers={"Content-Type": DIRECT})
            assert (direct_body.status_code, text[:40]) == (400, text[:40])
            assert client.post("/sparql", data={"query": text}).status_code == 400, text[:40]
    assert server.process.poll() is None
    assert server.get("/sparql?query=ASK%7B%7D").json() == {"head": {}, "boolean": True}


@pytest.mark.parametrize("length", ["told", "chunked"])
def test_t15_a_huge_body_is_refused_and_the_server_goes_on(server: Served, length: str) -> None:
    """RFC 9110, 15.5.14. The rest of the body is not waited for."""

    def parts() -> Iterator[bytes]:
        for _ in range(64):
            yield b" " * (1 << 18)

    content: Any = b" " * (16 << 20) if length == "told" else parts()
    try:
        response = httpx.post(f"{server.url}/sparql", content=content, headers={"Content-Type": FORM}, timeout=20)
    except httpx.TransportError:  # the server closed before all was sent
        pass
    else:
        problem(response, 413)
    assert server.get("/sparql?query=ASK%7B%7D").status_code == 200


def test_t15_a_body_just_above_the_limit_is_refused(tight: InProcess) -> None:
    """The limit of bodies, in KiB."""
    fits = "ASK {}".ljust(64 * 1024)
    assert is_true(direct(tight, fits))
    assert "64 KiB" in problem(direct(tight, fits + " "), 413)


def test_t15_a_huge_literal_is_refused(endpoint: InProcess) -> None:
    text = f'ASK {{ ?s ?p "{"x" * 200_000}" }}'
    problem(direct(endpoint, text), 400)
    problem(endpoint.post("/sparql", data={"query": text}), 400)


def bodies_of_faults(client: InProcess) -> Iterator[tuple[int, httpx.Response]]:
    """Requests that fail in every way, with the status that is expected."""
    for text in ("ASK {", "SELECT * { ?s nowhere:p ?o }", "", "\0", "CLEAR ALL", "ASK { <a", 'ASK { ?s ?p "x }'):
        yield 400, ask(client, text)
    yield 400, ask(client, "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }")
    yield 400, ask(client, "ASK { FILTER(" + "!" * 5000 + "1) }")
    yield 400, client.get("/sparql?query=%FF")
    yield 400, client.get("/sparql?query=a&query=b")
    yield 400, client.get("/sparql?x=1")
    yield 400, client.get("/sparql?" + "&".join(["default-graph-uri=urn:x"] * 1001))
    yield 400, client.get("/sparql?query=ASK%7B%7D&default-graph-uri=../../etc/passwd")
    yield 403, client.post("/sparql", data={"update": "CLEAR ALL"})
    yield 404, client.get("/nothing/of/this/name")
    yield 405, client.request("PUT", "/sparql")
    yield 405, client.request("BREW", "/sparql")
    yield 406, ask(client, "ASK {}", headers={"Accept": "image/png"})
    yield 413, ask(client, "SELECT ?p { ?s ?p ?o }")
    yield 413, direct(client, " " * 70_000)
    yield 415, client.post("/sparql", content="ASK {}", headers={"Content-Type": "text/plain"})
    yield 503, ask(client, PRODUCT)
    yield 503, ask(client, DOUBLING)


def test_t22_no_error_tells_of_the_machine(tight: InProcess, small_folder: Path) -> None:
    """Every error is a problem document, and none names a path, a program, a version or a place in the code."""
    seen = set()
    for expected, response in bodies_of_faults(tight):
        detail = problem(response, expected)
        seen.add(expected)
        whole = response.text + str(response.headers.multi_items())
        assert not LEAKS.search(whole), whole
        assert str(small_folder) not in whole
        assert small_folder.name not in detail
        assert "server" not in response.headers
        assert len(detail) < 700
    assert seen == {400, 403, 404, 405, 406, 413, 415, 503}


@pytest.mark.parametrize(
    "fault",
    [
        StoreError("IO error: /srv/graph/g-0123abcd/000012.sst: No such file"),
        KGError("/srv/x.py"),
        RuntimeError("rust panicked at /srv/x.rs:12"),
        OSError(28, "No space left", "/srv/graph"),
        UnicodeDecodeError("utf-8", b"\xff", 0, 1, "/srv/x"),
        RecursionError("maximum"),
    ],
    ids=lambda fault: type(fault).__name__,
)
def test_t22_a_fault_of_the_server_itself_tells_nothing(
    endpoint: InProcess, monkeypatch: pytest.MonkeyPatch, fault: Exception
) -> None:
    async def fails(_asked: object) -> None:
        raise fault

    monkeypatch.setattr(endpoint.service.pool, "ask", fails)
    response = ask(endpoint, "ASK {}")
    problem(response, 500)
    assert not LEAKS.search(response.text)
    assert "srv" not in response.text


def test_over_a_limit_says_when_to_come_again_and_the_next_is_answered(tight: InProcess) -> None:
    """RFC 9110, 10.2.3."""
    for query in (PRODUCT, DOUBLING):
        assert int(ask(tight, query).headers["Retry-After"]) > 0
        assert values(ask(tight, ALL_NUMBERS)) == ["0", "1", "2", "3"]


def test_an_error_of_a_query_repeats_nothing_that_could_be_run(endpoint: InProcess) -> None:
    """A problem is JSON and says so; what was sent is not taken for HTML."""
    response = ask(endpoint, "SELECT * { <script>alert(1)</script> }")
    problem(response, 400)
    assert response.headers["X-Content-Type-Options"] == "nosniff"
