"""Publishing: to both servers, in both ways, stopped and gone on with."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from kg.errors import RemoteError, UseError
from kg.store.folder import exclusive
from kg.store.folder import publish as put_in_force
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.address import Credentials
from kg.store.remote.client import Client, Refused
from kg.store.remote.publish import Target, publish
from kg.store.remote.store import RemoteStore
from tests.store.remote import servers
from tests.store.remote.faulty import RIGHT, Faulty, answer, faulty, status
from tests.support import ROOT

_LINES = [
    '<urn:a> <urn:b> "1"^^<http://www.w3.org/2001/XMLSchema#decimal> <urn:g1> .',
    '<urn:a> <urn:b> "quoted \\"x\\", {braces}, \\\\ and\\nlines"@en <urn:g1> .',
    '<urn:a> <urn:b> "宝鸡"@zh <urn:g2> .',
    "<urn:a> <urn:c> _:n <urn:g2> .",
    "_:n <urn:d> _:m <urn:g2> .",
    '_:m <urn:e> "end" <urn:g2> .',
    "<urn:a> <urn:b> <urn:c> <urn:g3> .",
]


def _small() -> OxigraphStore:
    return OxigraphStore.of_lines(_LINES)


def _there(url: str) -> RemoteStore:
    return RemoteStore(url, needs_union=False)


def _holds_what_was_sent(url: str) -> None:
    copy = _there(url).in_memory()
    assert len(copy) == len(_LINES)
    assert [line for line in copy.nquads() if "_:" not in line] == sorted(line for line in _LINES if "_:" not in line)
    assert copy.select("SELECT ?x { ?a <urn:c> ?n . ?n <urn:d> ?m . ?m <urn:e> ?x FILTER(isBlank(?n)) }").rows == [
        ("end",)
    ]


@pytest.mark.parametrize("how", ["update", "graph-store"])
def test_the_quads_are_there_and_nothing_is_sent_twice(scratch: str, how: str) -> None:
    target = Target(f"{scratch}/query", how, graph_store_url=f"{scratch}/store")
    first = publish(_small(), target)
    assert (first.sent_graphs, first.sent_quads, first.kept_graphs, first.quads) == (3, 7, 0, 7)
    _holds_what_was_sent(target.url)
    second = publish(_small(), target)
    assert (second.sent_graphs, second.sent_quads, second.kept_graphs) == (0, 0, 3)
    _holds_what_was_sent(target.url)


@pytest.mark.parametrize("how", ["update", "graph-store"])
def test_what_differs_there_is_made_as_it_is_here_and_the_rest_is_left_alone(scratch: str, how: str) -> None:
    target = Target(f"{scratch}/query", how, graph_store_url=f"{scratch}/store")
    Client(f"{scratch}/update").update(
        'INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:b> "old", "older" } GRAPH <urn:g3> { <urn:a> <urn:b> <urn:d> } '
        'GRAPH <urn:own> { <urn:x> <urn:y> "theirs" } <urn:x> <urn:y> "in the default graph" }'
    )
    assert publish(_small(), target).sent_graphs == 3
    there = _there(target.url)
    assert there.graph_counts() == {"urn:g1": 2, "urn:g2": 4, "urn:g3": 1, "urn:own": 1}
    replacing = publish(_small(), Target(target.url, how, graph_store_url=target.graph_store_url, replace=True))
    assert (replacing.sent_graphs, replacing.dropped_graphs) == (0, 1)
    _holds_what_was_sent(target.url)


def test_virtuoso_holds_what_was_sent(tmp_path: Path) -> None:
    with servers.virtuoso(tmp_path) as url:
        assert publish(_small(), url).sent_quads == 7
        _holds_what_was_sent(url)
        assert publish(_small(), url).sent_quads == 0
        replaced = publish(OxigraphStore.of_lines(_LINES[:1]), Target(url, replace=True))
        assert (replaced.dropped_graphs, replaced.quads) == (2, 1)
        assert _there(url).graph_counts() == {"urn:g1": 1}


def test_the_graph_store_of_virtuoso_takes_named_graphs_of_who_proves_by_digest_who_it_is(tmp_path: Path) -> None:
    with servers.virtuoso(tmp_path, writable=False) as url:
        target = Target(url, "graph-store", graph_store_url=url.replace("/sparql", "/sparql-graph-crud-auth"))
        user = Credentials("dba", "dba")
        assert publish(_small(), target, user).sent_quads == 7
        _holds_what_was_sent(url)
        assert publish(_small(), target, user).sent_quads == 0
        replacing = replace(target, replace=True)
        assert publish(OxigraphStore.of_lines(_LINES[:1]), replacing, user).dropped_graphs == 2
        assert _there(url).graph_counts() == {"urn:g1": 1}
        with pytest.raises(RemoteError, match="answers 401"):
            publish(_small(), target, Credentials())


def test_an_endpoint_that_cannot_be_written_says_so(virtuoso_to_read: str) -> None:
    with pytest.raises(RemoteError, match="it cannot be written there"):
        publish(_small(), virtuoso_to_read)
    assert _there(virtuoso_to_read).graph_counts() == {}


def test_a_batch_that_is_too_large_is_sent_in_halves(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    sizes = []
    update = Client.update

    def limited(self: Client, text: str) -> object:
        sizes.append(text.count(" .\n") + 1)
        if "INSERT DATA" in text and sizes[-1] > 30:
            raise Refused("too large", 413)
        return update(self, text)

    monkeypatch.setattr(Client, "update", limited)
    lines = [f'<urn:s{number}> <urn:p> "x" <urn:g{number % 7}> .' for number in range(200)]
    assert publish(OxigraphStore.of_lines(lines), f"{scratch}/query").quads == 200
    assert len(_there(f"{scratch}/query")) == 200


def test_a_server_that_fails_in_the_middle_keeps_what_it_took(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    taken, update = list[str](), Client.update

    def failing(self: Client, text: str) -> object:
        if "INSERT" in text and len(taken) == 2:
            raise Refused("the endpoint answers 500. Try again later", 500)
        if "INSERT" in text:
            taken.append(text)
        return update(self, text)

    monkeypatch.setattr("kg.store.remote.publish._MOST_TRIPLES", 5)
    monkeypatch.setattr(Client, "update", failing)
    source = OxigraphStore.of_lines([f'<urn:s{number}> <urn:p> "x" <urn:g{number % 4}> .' for number in range(20)])
    with pytest.raises(RemoteError, match=r"answers 500.* 10 of 20 facts were sent: `kg publish` goes on from there"):
        publish(source, f"{scratch}/query")
    monkeypatch.setattr(Client, "update", update)
    done = publish(source, f"{scratch}/query")
    assert (done.kept_graphs, done.sent_quads) == (2, 10)
    assert len(_there(f"{scratch}/query")) == 20


def test_a_wrong_password_is_told_though_another_address_is_tried_first() -> None:
    """Updates may go to `update` beside the endpoint; that it is not there says nothing."""

    def behave(connection: socket.socket, head: bytes, server: Faulty) -> None:
        path = head.split()[1]
        if path.startswith(b"/update"):
            status("404 Not Found")(connection, head, server)
        elif head.startswith(b"POST"):
            status("401 Unauthorized", 'WWW-Authenticate: Basic realm="x"')(connection, head, server)
        else:
            answer(RIGHT if b"COUNT" not in path else RIGHT.replace(b'"s", "o"', b'"g", "n"'))(connection, head, server)

    with faulty(behave) as server, pytest.raises(RemoteError, match=r"answers 401.*IIS_KG_REMOTE_PASSWORD") as raised:
        publish(_small(), server.url, Credentials("anna", "wrong"))
    assert "wrong" not in str(raised.value)
    assert [request.split()[1] for request in server.requests[-2:]] == [b"/update", b"/sparql"]


def test_a_terminal_is_told_how_far_it_is(tmp_path: Path, scratch: str) -> None:
    with exclusive(tmp_path / "graph"):
        put_in_force(tmp_path / "graph", sorted(_LINES), {"quads": len(_LINES)})
    command = [sys.executable, "-c", "from kg.cli import main; main()", "publish", f"{scratch}/query"]
    ours, theirs = os.openpty()
    with os.fdopen(ours, "rb", buffering=0) as terminal:
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        process = subprocess.Popen(
            [*command, "--store", str(tmp_path / "graph")], env=environment, stdout=subprocess.DEVNULL, stderr=theirs
        )
        os.close(theirs)
        told = b""
        with contextlib.suppress(OSError):  # so ends a terminal that nobody writes to any more
            while read := terminal.read(4_096):
                told += read
    assert process.wait(60) == 0
    assert b"7 of 7 facts were sent" in told


def test_counts_that_differ_at_the_end_are_named(scratch: str, monkeypatch: pytest.MonkeyPatch) -> None:
    update = Client.update
    monkeypatch.setattr(
        Client, "update", lambda self, text: update(self, text.replace("GRAPH <urn:g3>", "GRAPH <urn:lost>"))
    )
    with pytest.raises(RemoteError, match="1 named graph does not hold what was sent: <urn:g3> 0 of 1"):
        publish(_small(), f"{scratch}/query")


def test_a_publishing_that_was_killed_goes_on(tmp_path: Path, scratch: str) -> None:
    url, total = f"{scratch}/query", 20_000
    lines = sorted(f'<urn:s{number}> <urn:p> "{number}" <urn:g{number % 300}> .' for number in range(total))
    with exclusive(tmp_path / "graph"):
        put_in_force(tmp_path / "graph", lines, {"quads": total})
    small_batches = "import kg.store.remote.publish as p; p._MOST_TRIPLES = 100; from kg.cli import main; main()"
    command = [sys.executable, "-c", small_batches, "publish", url, "--store", str(tmp_path / "graph")]
    process = subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=subprocess.DEVNULL)
    there, end = _there(url), time.monotonic() + 60
    while len(there) < 2_000 and process.poll() is None and time.monotonic() < end:
        time.sleep(0.01)
    process.send_signal(signal.SIGKILL)
    assert process.wait(10) == -signal.SIGKILL, "it was to be killed in the middle"
    before = len(there)
    assert 0 < before < total
    source = OxigraphStore.of_lines(lines)
    done = publish(source, url)
    assert done.kept_graphs and done.sent_quads < total
    assert len(there) == total
    assert publish(source, url).sent_quads == 0


def test_facts_outside_named_graphs_are_refused() -> None:
    with faulty(answer(RIGHT)) as server, pytest.raises(UseError, match="outside named graphs"):
        publish(OxigraphStore.of_lines(['<urn:a> <urn:b> "c" .']), server.url)


def test_a_way_without_its_address_is_refused() -> None:
    with pytest.raises(UseError, match="--graph-store"):
        publish(_small(), Target("http://127.0.0.1:1/query", "graph-store"))
    with pytest.raises(UseError, match="--how is ftp"):
        publish(_small(), Target("http://127.0.0.1:1/query", "ftp"))
