"""An endpoint that misbehaves in one way of many, and notes what it was sent."""

from __future__ import annotations

import contextlib
import gzip
import socket
import struct
import threading
from collections.abc import Callable, Iterator

RIGHT = b'{"head": {"vars": ["s", "o"]}, "results": {"bindings": []}}'
_HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n"


class Faulty:
    """A listener on a port of this machine.

    Args:
        behave: what it does with a connection, after the request was read.
    """

    def __init__(self, behave: Callable[[socket.socket, bytes, Faulty], None]) -> None:
        self._behave, self.requests, self.ended = behave, list[bytes](), threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/sparql"
        self._threads = [threading.Thread(target=self._listen, daemon=True)]
        self._threads[0].start()

    def _listen(self) -> None:
        while not self.ended.is_set():
            try:
                connection, _address = self._listener.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._serve, args=(connection,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, connection: socket.socket) -> None:
        with connection, contextlib.suppress(OSError):
            request = b""
            while b"\r\n\r\n" not in request:
                if not (read := connection.recv(65_536)):
                    return
                request += read
            head, _blank, body = request.partition(b"\r\n\r\n")
            lengths = [line for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")]
            length = int(lengths[0].split(b":")[1]) if lengths else 0
            while len(body) < length and (read := connection.recv(65_536)):
                body += read
            self.requests.append(head + b"\r\n\r\n" + body)
            self._behave(connection, head, self)

    def close(self) -> None:
        """Stop listening and let go of all connections."""
        self.ended.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(10)


@contextlib.contextmanager
def faulty(behave: Callable[[socket.socket, bytes, Faulty], None]) -> Iterator[Faulty]:
    """A listener that behaves so."""
    server = Faulty(behave)
    try:
        yield server
    finally:
        server.close()


def answer(body: bytes, head: bytes = _HEAD) -> Callable[[socket.socket, bytes, Faulty], None]:
    """One that sends this, with its length."""

    def behave(connection: socket.socket, _head: bytes, _server: Faulty) -> None:
        connection.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)

    return behave


def status(line: str, *headers: str) -> Callable[[socket.socket, bytes, Faulty], None]:
    """One that sends a status and headers."""
    lines = "".join(f"{header}\r\n" for header in headers)
    return answer(b"", f"HTTP/1.1 {line}\r\nConnection: close\r\n{lines}".encode())


def hang(_connection: socket.socket, _head: bytes, server: Faulty) -> None:
    """It never answers."""
    server.ended.wait(30)


def drip(connection: socket.socket, _head: bytes, server: Faulty) -> None:
    """It sends a byte now and then."""
    connection.sendall(_HEAD + b"\r\n")
    while not server.ended.wait(0.2):
        connection.sendall(b" ")


def slow_headers(connection: socket.socket, _head: bytes, server: Faulty) -> None:
    """It sends its headers by the letter."""
    for letter in _HEAD * 20:
        if server.ended.wait(0.2):
            return
        connection.sendall(bytes([letter]))


def reset(connection: socket.socket, _head: bytes, _server: Faulty) -> None:
    """It resets the connection."""
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def truncated(connection: socket.socket, _head: bytes, _server: Faulty) -> None:
    """It ends before what it promised."""
    connection.sendall(_HEAD + b"Content-Length: 1000\r\n\r\n" + RIGHT[:20])


def endless(connection: socket.socket, _head: bytes, server: Faulty) -> None:
    """It does not end."""
    connection.sendall(_HEAD + b"\r\n" + RIGHT[:-3])
    while not server.ended.is_set():
        connection.sendall(b" " * 65_536)


bomb = answer(gzip.compress(b" " * 200_000_000, 1), _HEAD + b"Content-Encoding: gzip\r\n")
html = answer(
    b"<html><script>alert(1)</script></html>", _HEAD.replace(b"application/sparql-results+json", b"text/html")
)
wrong_columns = answer(b'{"head": {"vars": ["a"]}, "results": {"bindings": []}}')
not_utf8 = answer(
    b'{"head": {"vars": ["s", "o"]}, "results": {"bindings": [{"s": {"type": "literal", "value": "\xff"}}]}}'
)
cut_json = answer(RIGHT[:30])
error_500 = status("500 Internal Server Error")
