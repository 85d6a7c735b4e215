"""What one request may cost, over HTTP: sizes, time, rows, and what the refusals tell."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from kg.serve.limits import Limits
from kg.serve.service import Settings
from tests.serve.pools import LINES, ROWS, put
from tests.serve.queries import KILLERS
from tests.serve.support import InProcess, Served, serving
from tests.support import ROOT

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
MOST = 16 * 1024


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 120 triples."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    put(folder, LINES)
    return folder


@pytest.fixture(scope="module")
def strict(folder: Path) -> Iterator[Served]:
    """A server with narrow limits."""
    with serving(folder, "--seconds", "1.5", "--rows", "200", "--request", "16", "--workers", "2") as served:
        yield served


@pytest.fixture
def within(folder: Path) -> Iterator[InProcess]:
    """The application in this process."""
    with InProcess(folder) as client:
        yield client


def told(answer: httpx.Response, status: int) -> str:
    """The detail of a problem document with that status."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    document = answer.json()
    assert document["status"] == status
    return str(document["detail"])


def of_raw(data: bytes) -> tuple[int, dict[str, Any]]:
    """Status and problem document of an answer as it came over the wire."""
    head, _, body = data.partition(b"\r\n\r\n")
    return int(head.split()[1]), json.loads(body)


# --- sizes ------------------------------------------------------------------------------------------------------------


def test_a_body_up_to_the_limit_is_read_and_one_beyond_it_is_refused(strict: Served) -> None:
    for size, status in ((MOST, 200), (MOST + 1, 413)):
        query = COUNT.encode().ljust(size)
        headers = {"Content-Type": "application/sparql-query"}
        answer = httpx.post(f"{strict.url}/sparql", content=query, headers=headers, verify=False)
        assert answer.status_code == status
    assert "16 KiB" in told(answer, 413)


def test_a_body_in_chunks_is_refused_as_soon_as_it_is_too_large(strict: Served) -> None:
    chunk = b"1000\r\n" + b" " * 4096 + b"\r\n"
    start = (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n"
    )
    status, document = of_raw(strict.send(start + chunk * 5))  # no end follows
    assert (status, document["status"]) == (413, 413)


def test_a_body_that_says_that_it_is_huge_is_not_waited_for(strict: Served) -> None:
    start = b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
    status, _ = of_raw(strict.send(start + b"Content-Length: 99999999999999999999\r\n\r\n"))
    assert status in (400, 413)
    status, _ = of_raw(strict.send(start + b"Content-Length: 1000000000\r\n\r\n"))
    assert status == 413


def test_a_long_address_and_long_headers_are_refused(strict: Served) -> None:
    line = b"GET /sparql?query=" + b"x" * 17_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n"
    assert of_raw(strict.send(line))[0] == 414
    headers = b"".join(b"X-%d: %s\r\n" % (n, b"y" * 1_000) for n in range(40))
    assert of_raw(strict.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + headers + b"\r\n"))[0] == 431
    assert of_raw(strict.send(b"GET / HTTP/1.1\r\nHost: localhost\r\n" + headers))[0] == 431  # their end never comes
    assert strict.select(COUNT).status_code == 200


def test_an_answer_with_too_many_rows_is_refused(strict: Served) -> None:
    assert strict.select("SELECT * { ?s ?p ?o }").status_code == 200
    assert "200 rows" in told(strict.select("SELECT * { ?a ?b ?c . ?d ?e ?f }"), 413)


# --- time and memory --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", KILLERS)
def test_a_killer_is_refused_or_ended_and_another_client_is_answered_meanwhile(strict: Served, name: str) -> None:
    answers: list[httpx.Response] = []
    content: dict[str, Any] = {"content": KILLERS[name], "headers": {"Content-Type": "application/sparql-query"}}
    killer = threading.Thread(
        target=lambda: answers.append(httpx.post(f"{strict.url}/sparql", verify=False, **content))
    )
    killer.start()
    while killer.is_alive():
        start = time.monotonic()
        assert strict.select(COUNT).text.split() == ["n", str(ROWS)]
        assert time.monotonic() - start < 2
        time.sleep(0.02)
    (answer,) = answers
    if answer.status_code == 503:
        assert int(answer.headers["retry-after"]) > 0
    else:  # the check of size and nesting keeps it from the workers
        assert answer.status_code in (400, 413)
    assert strict.select(COUNT).status_code == 200
    assert strict.process.poll() is None


def test_json_ld_that_is_nested_without_end_does_no_harm(strict: Served) -> None:
    headers = {"Content-Type": "application/ld+json"}
    for path in ("/sparql", "/store"):
        answer = httpx.post(f"{strict.url}{path}", content=b"[" * 15_000, headers=headers, verify=False)
        assert 400 <= answer.status_code < 500
    assert strict.select(COUNT).status_code == 200


def test_too_many_at_once_are_told_when_to_come_again(folder: Path) -> None:
    with InProcess(folder, limits=Limits(seconds=1, workers=1, queue=1)) as client:
        query = {"query": KILLERS["a product"]}

        def ask() -> None:
            answers.append(client.get("/sparql", params=query))

        answers: list[httpx.Response] = []
        clients = [threading.Thread(target=ask) for _ in range(5)]
        for each in clients:
            each.start()
        for each in clients:
            each.join()
        assert {answer.status_code for answer in answers} == {503}
        assert all(int(answer.headers["retry-after"]) > 0 for answer in answers)
        assert any("too many" in answer.json()["detail"] for answer in answers)


# --- what is told -----------------------------------------------------------------------------------------------------

WRONG = {
    "no resource": ("GET", "/nothing/../../etc/passwd", {}),
    "no method": ("DELETE", "/sparql", {}),
    "no query": ("GET", "/sparql?query=", {}),
    "no SPARQL": ("GET", "/sparql?query=DROP+TABLE", {}),
    "a wrong prefix": ("GET", "/sparql?query=SELECT+*+%7B+a:b+?p+?o+%7D", {}),
    "a function that there is not": ("GET", "/sparql?query=SELECT+(%3Curn:f%3E(1)+AS+?x)+%7B%7D", {}),
    "a file": ("GET", "/sparql?query=SELECT+*+FROM+%3Cfile:///etc/passwd%3E+%7B+?s+?p+?o+%7D", {}),
    "a broken escape": ("GET", "/sparql?query=%ff%fe", {}),
    "no such form": ("GET", "/sparql?query=ASK+%7B%7D", {"Accept": "image/png"}),
}
LEAKS = ("Traceback", 'File "', "site-packages", "/tmp/", "/home/", "/root/", str(ROOT), "pyoxigraph", "uvicorn", ".py")


@pytest.mark.parametrize("name", WRONG)
def test_errors_tell_nothing_of_the_machine(strict: Served, name: str) -> None:
    method, path, headers = WRONG[name]
    answer = httpx.request(method, f"{strict.url}{path}", headers=headers, verify=False)
    assert answer.status_code < 500
    shown = answer.text + str(answer.headers)
    assert not [leak for leak in LEAKS if leak in shown]
    assert "server" not in answer.headers


def test_an_error_that_nobody_expected_tells_nothing(within: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(_asked: object) -> object:
        raise RuntimeError("the password is in the secret drawer")

    monkeypatch.setattr(within.service.pool, "ask", fail)
    answer = within.get("/sparql", params={"query": COUNT})
    assert "secret" not in told(answer, 500)


@pytest.mark.parametrize(
    ("path", "status"), [("/sparql?query=ASK+%7B%7D", 200), ("/nothing", 404), ("/sparql?query=x", 400)]
)
def test_every_answer_says_that_its_type_is_not_to_be_guessed(strict: Served, path: str, status: int) -> None:
    answer = strict.get(path)
    assert answer.status_code == status
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["referrer-policy"]


def test_a_resource_that_is_not_there_has_no_methods(within: InProcess) -> None:
    assert "no such resource" in told(within.get("/nothing"), 404)


@pytest.mark.parametrize(
    ("path", "target"),
    [
        ("/queries/", "../queries"),
        ("/sparql/?query=ASK+%7B%7D", "../sparql?query=ASK+%7B%7D"),
        ("/queries/gaps%0D%0A/", "../gaps%0D%0A"),
    ],
)
def test_a_slash_too_much_leads_to_the_resource_behind_any_proxy(within: InProcess, path: str, target: str) -> None:
    answer = within.get(path)
    assert (answer.status_code, answer.headers["location"]) == (307, target)
    assert within.get("/nothing/").status_code == 404
    assert within.get("//").status_code in (200, 404)


def test_a_method_that_a_resource_has_not_is_told_those_that_it_has(within: InProcess) -> None:
    answer = within.request("BREW", "/sparql")
    told(answer, 405)
    allowed = {method.strip() for method in answer.headers["allow"].split(",")}
    assert {"GET", "HEAD", "OPTIONS", "POST"} <= allowed


@pytest.mark.parametrize("host", ["evil.example", "evil.example:7878", "127.0.0.1.evil.example", ""])
def test_a_name_that_was_made_to_point_here_is_not_answered(strict: Served, host: str) -> None:
    status, _ = of_raw(strict.send(b"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n"))
    assert status == 421


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:1", "127.0.0.1:7878", "[::1]:7878"])
def test_the_names_of_this_machine_are_answered(strict: Served, host: str) -> None:
    got = strict.send(b"GET /sparql?query=ASK+%7B%7D HTTP/1.1\r\nHost: " + host.encode() + b"\r\n\r\n")
    assert got.startswith(b"HTTP/1.1 200")


def test_pages_elsewhere_may_read_only_where_that_is_said(folder: Path, within: InProcess) -> None:
    asked: dict[str, Any] = {"params": {"query": COUNT}, "headers": {"Origin": "https://a.example"}}
    assert "access-control-allow-origin" not in within.get("/sparql", **asked).headers
    with InProcess(folder, settings=Settings(origins=("https://a.example",))) as client:
        assert client.get("/sparql", **asked).headers["access-control-allow-origin"] == "https://a.example"
