"""Requests as they come over a connection: what is typed as it is, and what stands around a body."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.serve.pools import LINES, put
from tests.serve.support import Served, serving, wait_until

HOST = b"Host: localhost\r\nConnection: close\r\n"
CHUNKED = (
    b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n"
)
LETTERS = b"GET /sparql?query=ASK{<urn:s000>?p%22" + "宝鸡".encode() + b"%22} HTTP/1.1\r\n"


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server on a small graph that holds one text in Chinese."""
    folder = tmp_path_factory.mktemp("small") / "graph"
    put(folder, [*LINES, '<urn:s000> <urn:q> "宝鸡" <urn:g> .'])
    with serving(folder) as served:
        yield served


def sent(served: Served, *parts: bytes) -> bytes:
    """What comes back for a request that comes in parts."""
    with served.connect() as connection:
        for part in parts:
            connection.sendall(part)
            wait_until(lambda: _taken(served))
        got = b""
        while more := connection.recv(1 << 16):
            got += more
    return got


def _taken(served: Served) -> bool:
    """Whether the server has read what was sent: then it answers another."""
    return served.get("/nothing").status_code == 404


@pytest.mark.parametrize("cut", [0, 3, LETTERS.index("宝".encode()) + 1, LETTERS.index("鸡".encode()) + 2])
def test_letters_of_an_address_need_not_be_percent_encoded(small: Served, cut: int) -> None:
    got = sent(small, *filter(None, (LETTERS[:cut], LETTERS[cut:] + HOST + b"\r\n")))
    assert got.startswith(b"HTTP/1.1 200")
    assert got.endswith(b'"boolean":true}')


def test_nor_in_the_next_request_of_a_connection(small: Served) -> None:
    got = sent(small, LETTERS + b"Host: localhost\r\n\r\n", LETTERS + HOST + b"\r\n")
    assert got.count(b'"boolean":true}') == 2


def test_a_text_that_is_sent_stays_as_it_is(small: Served) -> None:
    query = 'ASK { ?s ?p "宝鸡" }'.encode()
    head = CHUNKED.replace(b"Transfer-Encoding: chunked", b"Content-Length: %d" % len(query))
    assert sent(small, head + b"\r\n", query).endswith(b'"boolean":true}')


def test_what_comes_behind_a_body_in_chunks_is_not_read(small: Served) -> None:
    behind = b"Accept: image/png\r\nHost: evil.example\r\n\r\n"
    assert sent(small, CHUNKED + b"\r\n6\r\nASK {}\r\n0\r\n", behind).startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("start", [b"6\r\nASK {}\r\n0\r\n", b"6\r\nASK {}\r\n0\r\nX: ", b"6;"])
def test_what_stands_around_a_body_in_chunks_has_an_end(small: Served, start: bytes) -> None:
    with small.connect() as connection:
        connection.sendall(CHUNKED + b"\r\n" + start)
        endless = b"X: x\r\n" * 10_000 if start.endswith(b"\n") else b"x" * 60_000
        with pytest.raises(ConnectionError):
            for _ in range(2_000):
                connection.sendall(endless)
    assert small.get("/sparql?query=ASK+%7B%7D").status_code == 200


def test_a_length_with_many_zeros_is_the_number_behind_them(small: Served) -> None:
    head = b"POST /sparql HTTP/1.1\r\n" + HOST + b"Content-Type: application/sparql-query\r\nContent-Length: %s\r\n\r\n"
    assert small.send(head % b"0000000000000000000020000000").startswith(b"HTTP/1.1 413")
    assert small.send(head % b"000000000000000000000006" + b"ASK {}").startswith(b"HTTP/1.1 200")


@pytest.mark.parametrize("hosts", [b"", b"Host: localhost\r\nHost: localhost\r\n"])
def test_a_request_says_once_for_which_host_it_is(small: Served, hosts: bytes) -> None:
    """RFC 9112, section 3.2."""
    assert small.send(b"GET /health HTTP/1.1\r\n" + hosts + b"\r\n").startswith(b"HTTP/1.1 400")
