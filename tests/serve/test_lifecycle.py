"""A server from its start to its end, and what it survives in between."""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
import pytest

from tests.conftest import RunKg
from tests.serve.pools import LINES, ROWS, put
from tests.serve.queries import ENDLESS
from tests.serve.support import PATIENCE, InProcess, Served, serving, wait_until

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i VALUES ?x { 1 2 3 } FILTER(STRLEN(STR(?i)) < 9) }"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with 120 triples."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    put(folder, LINES)
    return folder


@pytest.fixture(scope="module")
def small(folder: Path) -> Iterator[Served]:
    """A server on it, whose queries may run a long time."""
    with serving(folder, "--seconds", "600") as served:
        yield served


def number(answer: httpx.Response) -> int:
    """The one number of an answer in CSV."""
    assert answer.status_code == 200, answer.text
    return int(answer.text.split()[1])


def running(served: Served) -> list[int]:
    """The workers that have used the processor within the last moment."""

    def used(pid: int) -> int:
        try:
            fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        except (FileNotFoundError, ProcessLookupError):
            return 0
        return int(fields[11]) + int(fields[12])

    before = {pid: used(pid) for pid in served.workers()}
    time.sleep(0.3)
    return [pid for pid, ticks in before.items() if used(pid) > ticks + 3]


# --- start ------------------------------------------------------------------------------------------------------------


def test_the_application_answers_in_this_process(folder: Path) -> None:
    with InProcess(folder) as client:
        answer = client.get("/sparql", params={"query": COUNT}, headers={"Accept": "text/csv"})
        assert number(answer) == ROWS


def test_it_says_where_it_listens_and_answers_there(small: Served) -> None:
    assert small.url.startswith("http://127.0.0.1:")
    assert number(small.select(COUNT)) == ROWS


def test_a_port_that_is_taken_is_an_error(kg: RunKg, folder: Path, small: Served) -> None:
    ran = kg("serve", "--store", folder, "--port", str(small.port))
    assert ran.code == 2
    assert f"127.0.0.1:{small.port}: cannot listen there" in ran.err


def test_an_address_of_another_machine_is_an_error(kg: RunKg, folder: Path) -> None:
    ran = kg("serve", "--store", folder, "--host", "192.0.2.1", "--port", "0")
    assert (ran.code, "--host" in ran.err) == (2, True)


@pytest.mark.parametrize("token", ["", "short", "with spaces in it, and long", "täglich-ein-neues-wort"])
def test_writing_needs_a_token_that_is_hard_to_guess(
    kg: RunKg, folder: Path, monkeypatch: pytest.MonkeyPatch, token: str
) -> None:
    monkeypatch.setenv("IIS_KG_TOKEN", token)
    ran = kg("serve", "--write", "--port", "0", "--store", folder)
    assert (ran.code, "IIS_KG_TOKEN" in ran.err) == (2, True)
    assert not token or token not in ran.err


@pytest.mark.parametrize(("host", "warned"), [("0.0.0.0", True), ("127.0.0.1", False)])
def test_who_writes_over_a_network_is_told_that_the_token_is_seen_there(
    kg: RunKg, folder: Path, monkeypatch: pytest.MonkeyPatch, host: str, warned: bool
) -> None:
    monkeypatch.setattr("kg.serve.run.run", lambda *_: None)
    monkeypatch.setenv("IIS_KG_TOKEN", "correct-horse-battery-staple")
    ran = kg("serve", "--write", "--host", host, "--port", "0", "--store", folder)
    assert (ran.code, "TLS" in ran.err) == (0, warned)


@pytest.mark.parametrize(("command", "missing"), [("serve", "uvicorn"), ("mcp", "mcp")])
def test_without_its_extra_a_command_says_what_to_install(
    kg: RunKg, folder: Path, monkeypatch: pytest.MonkeyPatch, command: str, missing: str
) -> None:
    for name in [name for name in sys.modules if name.startswith(("kg.serve.run", "kg.serve.mcp", missing))]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, missing, None)
    ran = kg(command, "--store", folder)
    assert (ran.code, f"pip install 'iis-kg[{command}]'" in ran.err) == (2, True)


@pytest.mark.parametrize("option", ["--seconds", "--rows", "--workers", "--queue"])
def test_a_limit_of_nothing_is_an_error(kg: RunKg, folder: Path, option: str) -> None:
    ran = kg("serve", "--store", folder, option, "0")
    assert (ran.code, option in ran.err) == (2, True)


def test_too_little_memory_for_a_worker_is_an_error(kg: RunKg, folder: Path) -> None:
    assert kg("serve", "--store", folder, "--memory", "10").code == 2


@pytest.mark.parametrize("command", ["serve", "mcp"])
def test_an_endpoint_cannot_be_served(kg: RunKg, command: str) -> None:
    ran = kg(command, "--store", "https://example.org/sparql")
    assert (ran.code, "needs a folder of the graph" in ran.err) == (2, True)


@pytest.mark.parametrize(
    "option",
    [("--address", "example.org"), ("--allow-service", "http://example.org/sparql"), ("--allow-service", "a b")],
)
def test_an_option_that_would_never_do_anything_is_an_error(kg: RunKg, folder: Path, option: tuple[str, str]) -> None:
    ran = kg("serve", "--store", folder, "--port", "0", *option)
    assert (ran.code, option[1] in ran.err) == (2, True)


def test_without_a_graph_it_does_not_start(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("serve", "--store", tmp_path, "--port", "0")
    assert (ran.code, "kg build" in ran.err) == (2, True)


# --- what it survives -------------------------------------------------------------------------------------------------


def test_the_query_of_a_client_that_leaves_is_ended(small: Served) -> None:
    with small.connect() as connection:
        body = ENDLESS.encode()
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )
        assert wait_until(lambda: bool(running(small)))
    assert wait_until(lambda: not running(small))
    assert number(small.select(COUNT)) == ROWS


@pytest.mark.parametrize("sent", [b"GET /sparql?query=SELECT", b"GET /sparql HTTP/1.1\r\nHost: loc", b"", b"\x00" * 3])
def test_clients_that_leave_in_the_middle_of_a_request_do_no_harm(small: Served, sent: bytes) -> None:
    for _ in range(20):
        with small.connect() as connection:
            connection.sendall(sent)
    assert number(small.select(COUNT)) == ROWS


def test_a_client_that_takes_half_of_an_answer_does_no_harm(small: Served) -> None:
    query = b"SELECT+*+%7B%3Fa+%3Fb+%3Fc+.+%3Fd+%3Fe+%3Ff%7D"  # 14,400 rows
    for _ in range(5):
        with small.connect() as connection:
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")  # leaves with a reset
            connection.sendall(b"GET /sparql?query=%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % query)
            assert connection.recv(1_000).startswith(b"HTTP/1.1 200")
    assert number(small.select(COUNT)) == ROWS


MALFORMED = {
    "no HTTP": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03garbage\r\n\r\n",
    "half a first line": b"GET\r\n\r\n",
    "a version that there is not": b"GET / HTTP/9.9\r\nHost: localhost\r\n\r\n",
    "NUL in the address": b"GET /\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "NUL in a header": b"GET / HTTP/1.1\r\nHost: local\x00host\r\n\r\n",
    "a header without a colon": b"GET / HTTP/1.1\r\nHost localhost\r\n\r\n",
    "a length that is no number": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: ten\r\n\r\n",
    "a negative length": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
    "two lengths": b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",
    "a length and chunks": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"
    ),
    "a chunk whose size is no number": (
        b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK {}\r\n0\r\n\r\n"
    ),
    "an address that is none": b"GET http://[::1/ HTTP/1.1\r\nHost: localhost\r\n\r\n",
    "a tunnel": b"CONNECT example.org:443 HTTP/1.1\r\nHost: localhost\r\n\r\n",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_malformed_requests_are_refused(small: Served, name: str) -> None:
    got = small.send(MALFORMED[name])
    assert got.startswith(b"HTTP/1.1 4"), got[:200]
    assert b"Traceback" not in got
    assert number(small.select(COUNT)) == ROWS


def test_two_hundred_clients_at_once_get_each_their_own_answer(small: Served) -> None:
    limits = httpx.Limits(max_connections=200)
    with httpx.Client(limits=limits, timeout=PATIENCE, headers={"Accept": "text/csv"}) as client:

        def one(subject: int) -> list[str]:
            query = f"SELECT ?o {{ <urn:s{subject % ROWS:03}> ?p ?o }}"
            return client.get(f"{small.url}/sparql", params={"query": query}).text.split()

        with ThreadPoolExecutor(200) as clients:
            answers = list(clients.map(one, range(400)))
    assert answers == [["o", str(subject % ROWS)] for subject in range(400)]


def test_a_worker_killed_in_the_middle_costs_that_request_alone(small: Served) -> None:
    answers: list[httpx.Response] = []
    client = threading.Thread(target=lambda: answers.append(small.select(ENDLESS)))
    client.start()
    end = time.monotonic() + PATIENCE
    while not (found := running(small)):
        assert time.monotonic() < end
    for pid in found:
        os.kill(pid, signal.SIGKILL)
    client.join(PATIENCE)
    assert answers[0].status_code == 503
    assert answers[0].headers["content-type"] == "application/problem+json"
    assert int(answers[0].headers["retry-after"]) > 0
    assert number(small.select(COUNT)) == ROWS
    assert small.process.poll() is None


def test_a_graph_that_is_replaced_is_answered_from_at_once_and_what_runs_ends_on_the_old(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    put(folder, LINES)
    with serving(folder) as served:
        answers: list[httpx.Response] = []
        client = threading.Thread(target=lambda: answers.append(served.select(SLOW)))
        client.start()
        assert wait_until(lambda: bool(running(served)))
        put(folder, LINES[:50])
        assert number(served.select(COUNT)) == 50
        client.join(PATIENCE)
        assert number(answers[0]) == 3 * ROWS**3


SOONER = "import kg.serve.connection as c; c.IN_TIME = 1.5; c.TAKING = 0.5"
"""Patience that a test can wait for."""


def test_slow_clients_are_let_go_and_others_are_answered_meanwhile(folder: Path) -> None:
    with serving(folder, first=SOONER) as served:
        slow = [served.connect() for _ in range(200)]
        try:
            for number_, connection in enumerate(slow):
                connection.sendall(b"P" if number_ % 2 else b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Le")
            start = time.monotonic()
            assert number(served.select(COUNT)) == ROWS
            assert time.monotonic() - start < 2
            assert wait_until(lambda: len(list(Path(f"/proc/{served.process.pid}/fd").iterdir())) < 100)
            for connection in slow:
                connection.settimeout(PATIENCE)
                assert connection.recv(100)[:12] in (b"", b"HTTP/1.1 408")
        finally:
            for connection in slow:
                connection.close()
        assert number(served.select(COUNT)) == ROWS


def test_a_body_that_comes_too_slowly_is_refused(folder: Path) -> None:
    with serving(folder, first=SOONER) as served, served.connect() as connection:
        connection.sendall(
            b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\n"
            b"Content-Length: 100\r\n\r\nASK"
        )
        assert connection.recv(1_000).startswith(b"HTTP/1.1 408")


def test_a_client_that_does_not_take_its_answer_is_let_go(folder: Path) -> None:
    with serving(folder, first=SOONER) as served, served.connect() as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4_096)
        many = b"SELECT+*+%7B%3Fa+%3Fb+%3Fc+.+%3Fd+%3Fe+%3Ff.+%3Fg+%3Fh+%3Fi%7D+LIMIT+50000"  # 30 MB
        connection.sendall(b"GET /sparql?query=%s HTTP/1.1\r\nHost: localhost\r\n\r\n" % many)
        assert wait_until(lambda: _connections(served) == 1)
        assert wait_until(lambda: _connections(served) == 0)


def _connections(served: Served) -> int:
    """Connections to the server's port that are established on its side."""
    port = f":{served.port:04X}"
    lines = Path("/proc/net/tcp").read_text(encoding="ascii").splitlines()[1:]
    return sum(fields[1].endswith(port) and fields[3] == "01" for fields in map(str.split, lines))


# --- end --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number_", [signal.SIGTERM, signal.SIGINT])
def test_it_finishes_what_runs_and_ends_with_its_workers(folder: Path, number_: signal.Signals) -> None:
    with serving(folder) as served, served.connect() as idle:
        idle.sendall(b"GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n")
        assert idle.recv(1_000)
        answers: list[httpx.Response] = []
        client = threading.Thread(target=lambda: answers.append(served.select(SLOW)))
        client.start()
        assert wait_until(lambda: bool(running(served)))
        workers = served.workers()
        for pid in (*workers, served.process.pid):  # as terminals and supervisors do
            os.kill(pid, number_)
        client.join(PATIENCE)
        assert number(answers[0]) == 3 * ROWS**3
        assert served.process.wait(PATIENCE) == 0
        assert not [pid for pid in workers if Path(f"/proc/{pid}").exists()]


def test_its_workers_end_where_it_is_killed(folder: Path) -> None:
    with serving(folder) as served:
        workers = served.workers()
        assert workers
        served.process.kill()
        served.process.wait()
        assert wait_until(lambda: not [pid for pid in workers if Path(f"/proc/{pid}/exe").exists()])
