"""Threat T16: an endpoint that misbehaves gives an error of ours in time, and no credential leaves its origin."""

from __future__ import annotations

import base64
import contextlib
import socket
import threading
import time
from collections.abc import Callable

import pytest

from kg.errors import KGError, RemoteError
from kg.store.oxigraph import OxigraphStore
from kg.store.remote import transport
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.client import Client
from kg.store.remote.publish import publish
from kg.store.remote.store import RemoteStore
from tests.store.remote import faulty
from tests.store.remote.faulty import RIGHT, Faulty

_SECONDS = 1.0
_LIMITS = Limits(_SECONDS, 1_000_000)
_SECRET = Credentials(user="anna", password="geheim-wort")
_BASIC = base64.b64encode(b"anna:geheim-wort")

Behave = Callable[[socket.socket, bytes, Faulty], None]

_FAULTS: dict[str, tuple[Behave, str]] = {
    "hang": (faulty.hang, "did not answer within 1 s"),
    "drip": (faulty.drip, "did not answer within 1 s"),
    "slow headers": (faulty.slow_headers, "did not answer within 1 s"),
    "reset": (faulty.reset, "broke off the connection"),
    "truncated": (faulty.truncated, "broke off its answer"),
    "cut JSON": (faulty.cut_json, "is not application/sparql-results+json"),
    "500": (faulty.error_500, "answers 500"),
    "HTML with 200": (faulty.html, "answers with text/html"),
    "gzip bomb": (faulty.bomb, "larger than 1,000,000 bytes"),
    "endless body": (faulty.endless, "larger than 1,000,000 bytes"),
    "wrong columns": (faulty.wrong_columns, "columns a instead of s o"),
    "bad UTF-8": (faulty.not_utf8, "is not application/sparql-results+json"),
    "unavailable": (faulty.status("503 Service Unavailable"), "answers 503"),
    "wait for an hour": (faulty.status("429 Too Many Requests", "Retry-After: 3600"), "answers 429"),
    "redirect in a circle": (faulty.status("302 Found", "Location: /sparql"), "again and again"),
    "redirect to a file": (faulty.status("302 Found", "Location: file:///etc/passwd"), "endpoint"),
}


def _ask(url: str) -> None:
    RemoteStore(url, _SECRET, _LIMITS)


def _publish(url: str) -> None:
    publish(OxigraphStore.of_lines(['<urn:a> <urn:b> "c" <urn:g> .']), url, _SECRET, _LIMITS)


@pytest.mark.parametrize("act", [_ask, _publish])
@pytest.mark.parametrize("fault", _FAULTS)
def test_a_fault_is_an_error_of_ours_before_the_deadline(fault: str, act: Callable[[str], None]) -> None:
    behave, words = _FAULTS[fault]
    with faulty.faulty(behave) as server:
        start = time.monotonic()
        with pytest.raises(RemoteError) as raised:
            act(server.url)
        assert time.monotonic() - start < _SECONDS + 1
    assert words in str(raised.value)
    assert "geheim" not in repr(raised.value) and "anna" not in repr(raised.value)
    assert "script" not in str(raised.value)


def _readable_then(behave: Behave) -> Behave:
    """Answers queries as an empty endpoint does, and misbehaves at updates."""

    def first(connection: socket.socket, head: bytes, server: Faulty) -> None:
        is_query = b"query=" in server.requests[-1].replace(b"application/x-www-form-urlencoded", b"")
        (faulty.answer(RIGHT) if is_query else behave)(connection, head, server)

    return first


@pytest.mark.parametrize(
    "fault", ["hang", "drip", "slow headers", "reset", "truncated", "500", "gzip bomb", "endless body"]
)
def test_a_fault_while_writing_is_an_error_of_ours_before_the_deadline(
    fault: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(RemoteStore, "graph_counts", lambda _self: {})
    behave, words = _FAULTS[fault]
    with faulty.faulty(_readable_then(behave)) as server:
        start = time.monotonic()
        with pytest.raises(RemoteError) as raised:
            _publish(server.url.replace("/sparql", "/data"))
        assert time.monotonic() - start < _SECONDS + 1
        assert sum(b"update=" in request for request in server.requests) == 1, "an update is not sent again"
    assert words in str(raised.value)


@pytest.mark.parametrize("act", [_ask, _publish])
@pytest.mark.parametrize("code", ["301 Moved", "302 Found", "303 See Other", "307 Temporary", "308 Permanent"])
def test_another_origin_on_this_machine_gets_no_request_at_all(code: str, act: Callable[[str], None]) -> None:
    with faulty.faulty(faulty.answer(RIGHT)) as other:
        with faulty.faulty(faulty.status(code, f"Location: {other.url}")) as server:
            with pytest.raises(RemoteError, match="not on the open network"):
                act(server.url)
            assert any(_BASIC in request for request in server.requests), "the endpoint itself gets the credentials"
        assert other.requests == []


def test_another_host_gets_a_query_without_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "is_public", lambda _address: True)
    with faulty.faulty(faulty.answer(RIGHT)) as other:
        location = f"Location: http://localhost:{other.port}/sparql"
        with faulty.faulty(faulty.status("307 Temporary Redirect", location)) as server:
            RemoteStore(server.url, _SECRET, _LIMITS)
        assert len(other.requests) == 1
        assert b"authorization" not in other.requests[0].lower()


def test_an_update_is_not_sent_on_to_another_host(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "is_public", lambda _address: True)
    monkeypatch.setattr(RemoteStore, "graph_counts", lambda _self: {})
    with faulty.faulty(faulty.answer(RIGHT)) as other:
        behave = _readable_then(faulty.status("307 Temporary Redirect", f"Location: {other.url}"))
        with faulty.faulty(behave) as server, pytest.raises(RemoteError, match="Give the address there"):
            _publish(server.url.replace("/sparql", "/data"))
        assert other.requests == []


def test_a_redirect_within_the_origin_keeps_the_credentials() -> None:
    def behave(connection: socket.socket, head: bytes, server: Faulty) -> None:
        moved = faulty.status("307 Temporary Redirect", "Location: /new")
        (faulty.answer(RIGHT) if b" /new" in head else moved)(connection, head, server)

    with faulty.faulty(behave) as server:
        RemoteStore(server.url, _SECRET, _LIMITS)
        assert [_BASIC in request for request in server.requests] == [True, True]


@pytest.mark.parametrize(
    "first", [faulty.status("503 Busy", "Retry-After: 0"), faulty.status("429 Busy"), faulty.reset]
)
def test_what_passes_is_tried_again(first: Behave) -> None:
    def behave(connection: socket.socket, head: bytes, server: Faulty) -> None:
        (first if len(server.requests) == 1 else faulty.answer(RIGHT))(connection, head, server)

    with faulty.faulty(behave) as server:
        RemoteStore(server.url, Credentials(), Limits(10))
        assert len(server.requests) == 2


@pytest.mark.parametrize(
    "code", ["400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "418 Teapot"]
)
def test_a_refusal_is_not_tried_again(code: str) -> None:
    with faulty.faulty(faulty.status(code)) as server:
        with pytest.raises(KGError, match=f"answers {code[:3]}"):
            RemoteStore(server.url, Credentials(), _LIMITS)
        assert len(server.requests) == 1


def test_a_token_is_sent_as_bearer_and_no_compression_is_asked_for() -> None:
    with faulty.faulty(faulty.answer(RIGHT)) as server:
        RemoteStore(server.url, Credentials(token="abc.def"), _LIMITS)
        assert b"Authorization: Bearer abc.def" in server.requests[0]
        assert b"Accept-Encoding: identity" in server.requests[0]


def test_nobody_there_is_an_error_of_ours() -> None:
    with faulty.faulty(faulty.hang) as server:
        url = server.url
    with pytest.raises(RemoteError, match="connection is refused"):
        RemoteStore(url, Credentials(), _LIMITS)


def _write_by_update(url: str, size: int) -> None:
    Client(url, Credentials(), _LIMITS).update("a" * size)


def _write_by_graph_store(url: str, size: int) -> None:
    Client(url, Credentials(), _LIMITS).graph_store("PUT", "urn:g", b"a" * size)


@pytest.mark.parametrize("write", [_write_by_update, _write_by_graph_store])
@pytest.mark.parametrize("reads", [0, 1_000])
def test_a_body_that_is_read_slowly_or_not_at_all_ends_in_time(write: Callable[[str, int], None], reads: int) -> None:
    ended = threading.Event()

    def take(listener: socket.socket) -> None:
        with contextlib.suppress(OSError), listener.accept()[0] as connection:
            while not ended.wait(0.1) and (reads == 0 or connection.recv(reads)):
                pass

    with socket.create_server(("127.0.0.1", 0)) as listener:
        thread = threading.Thread(target=take, args=(listener,), daemon=True)
        thread.start()
        start = time.monotonic()
        try:
            with pytest.raises(RemoteError, match="did not answer within 1 s"):
                write(f"http://127.0.0.1:{listener.getsockname()[1]}/sparql", 20_000_000)
            assert time.monotonic() - start < _SECONDS + 2
        finally:
            ended.set()
            thread.join(10)


def test_a_look_up_that_hangs_ends_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("socket.getaddrinfo", lambda *_arguments, **_named: time.sleep(4))
    start = time.monotonic()
    with pytest.raises(RemoteError, match="did not answer within"):
        RemoteStore("http://example.org/sparql", Credentials(), Limits(0.5))
    assert time.monotonic() - start < 1.5
