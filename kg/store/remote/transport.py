"""HTTP whose whole exchange ends in time: each step, from the look-up of the host to the last byte, is measured.

A timeout of a socket starts anew with each byte, so a server that sends one byte now and then is never timed out. Here
each read and write gets what is left of the time until one point.
"""

from __future__ import annotations

import http.client
import io
import ipaddress
import queue
import socket
import ssl
import threading
import time
import urllib.request
import zlib
from collections.abc import Callable
from email.message import Message
from typing import IO, Any
from urllib.error import HTTPError

from kg.errors import RemoteError
from kg.store.remote.address import Credentials, Limits, Origin, origin

_CHUNK = 64 * 1024
_MOST_REDIRECTS = 3
_EXCERPT = 2_000
_SAFE = ("GET", "HEAD")


class Deadline:
    """A point in time, after so many seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds, self._end = seconds, time.monotonic() + seconds

    def left(self) -> float:
        """Seconds until then.

        Raises:
            TimeoutError: it has passed.
        """
        left = self._end - time.monotonic()
        if left <= 0:
            raise TimeoutError
        return left


class _Raw(io.RawIOBase):
    """What comes from a socket, until the deadline.

    Args:
        stream: of the socket, unbuffered; it keeps the socket open when the connection lets go of it.
        sock: the socket itself.
    """

    def __init__(self, stream: io.RawIOBase, sock: socket.socket, deadline: Deadline) -> None:
        self._stream, self._sock, self._deadline = stream, sock, deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        self._sock.settimeout(self._deadline.left())
        return self._stream.readinto(buffer)

    def close(self) -> None:
        self._stream.close()
        super().close()


def _resolve(host: str, port: int, deadline: Deadline) -> list[Any]:
    """The addresses of a host; the look-up has no timeout of its own, so it gets a thread that may be left behind."""
    answers: queue.Queue[Any] = queue.Queue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(error)

    threading.Thread(target=look_up, daemon=True).start()
    try:
        found = answers.get(timeout=deadline.left())
    except queue.Empty:
        raise TimeoutError from None
    if isinstance(found, Exception):
        raise OSError(f"the host {host} is not known") from None
    return list(found)


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open network: not of this machine, a private network or a link.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address) and found.ipv4_mapped:
        found = found.ipv4_mapped
    return found.is_global and not found.is_multicast


class _Opening:
    """How connections of one exchange are opened."""

    def __init__(self, deadline: Deadline, home: Origin) -> None:
        self.deadline, self.home = deadline, home

    def connect(self, scheme: str, host: str, port: int) -> socket.socket:
        found = _resolve(host, port, self.deadline)
        if (scheme, host.lower(), port) != self.home and not all(is_public(address[0]) for *_other, address in found):
            raise RemoteError(
                f"the endpoint sends the request on to {host}, which is not on the open network. "
                "Give that address itself if it is the right one"
            )
        last: OSError = OSError(f"the host {host} has no address")
        for family, kind, protocol, _name, address in found:
            sock = socket.socket(family, kind, protocol)
            try:
                sock.settimeout(self.deadline.left())
                sock.connect(address)
                sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                if scheme == "http":
                    return sock
                sock.settimeout(self.deadline.left())
                return ssl.create_default_context().wrap_socket(sock, server_hostname=host)
            except OSError as error:
                sock.close()
                last = error
        raise last


def _connection(opening: _Opening, scheme: str) -> Callable[..., http.client.HTTPConnection]:
    class Response(http.client.HTTPResponse):
        def __init__(self, sock: socket.socket, *arguments: Any, **named: Any) -> None:
            super().__init__(sock, *arguments, **named)
            self.fp = io.BufferedReader(_Raw(self.fp.detach(), sock, opening.deadline), _CHUNK)

    class Connection(http.client.HTTPConnection):
        default_port = 443 if scheme == "https" else 80
        response_class = Response

        def connect(self) -> None:
            self.sock = opening.connect(scheme, self.host, self.port)

        def send(self, data: Any) -> None:
            if self.sock is None:
                self.connect()
            view = memoryview(data)
            for start in range(0, len(view), _CHUNK):
                self.sock.settimeout(opening.deadline.left())
                self.sock.sendall(view[start : start + _CHUNK])

    return Connection


class _Http(urllib.request.AbstractHTTPHandler):
    """Opens both schemes within the deadline."""

    http_request = https_request = urllib.request.AbstractHTTPHandler.do_request_

    def __init__(self, opening: _Opening) -> None:
        super().__init__()
        self._opening = opening

    def http_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self._sent("http", req)

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self._sent("https", req)

    def _sent(self, scheme: str, req: urllib.request.Request) -> http.client.HTTPResponse:
        return self.do_open(_connection(self._opening, scheme), req)


class _Authorise(urllib.request.BaseHandler):
    """Adds the credentials, where a request goes to the endpoint's own origin and nowhere else."""

    def __init__(self, credentials: Credentials, home: Origin) -> None:
        self._credentials, self._home = credentials, home

    def http_request(self, req: urllib.request.Request) -> urllib.request.Request:
        if self._credentials and origin(req.full_url) == self._home and not req.has_header("Authorization"):
            req.add_unredirected_header("Authorization", self._credentials.header)
        return req

    https_request = http_request


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows at most three, and what changes something, or was sent as a body, only within the endpoint's origin."""

    max_redirections = _MOST_REDIRECTS
    max_repeats = _MOST_REDIRECTS

    def __init__(self, home: Origin) -> None:
        self._home = home

    def redirect_request(
        self,
        req: urllib.request.Request,
        fp: IO[bytes],
        code: int,
        msg: str,  # noqa: ARG002
        headers: Message,  # noqa: ARG002
        newurl: str,
    ) -> urllib.request.Request:
        fp.close()  # what a redirect says besides is not read
        try:
            target = origin(newurl)
        except ValueError:
            raise RemoteError(
                "the endpoint sends the request on to an address that is not of HTTP. Ask its keeper"
            ) from None
        where = f"{target[0]}://{target[1]}:{target[2]}"
        keeps_body = code in (307, 308) and target == self._home
        if req.get_method() not in _SAFE and not keeps_body:
            raise RemoteError(
                f"the endpoint sends the request on to {where}. Give the address there if it is the right one"
            )
        if req.full_url.startswith("https:") and target[0] == "http":
            raise RemoteError(f"the endpoint sends the request on to {where}, unencrypted. Ask its keeper")
        kept = {name: value for name, value in req.headers.items() if name.lower() not in ("authorization", "cookie")}
        return urllib.request.Request(newurl, req.data, kept, method=req.get_method())


class _Digest(urllib.request.HTTPDigestAuthHandler):
    """Answers a challenge for Digest; what came with the challenge is let go of."""

    def http_error_401(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage
    ) -> Any:
        scheme = str(headers.get("WWW-Authenticate") or "").split(" ")[0].lower()
        answered = str(req.get_header("Authorization") or "").startswith("Digest")
        if scheme != "digest" or answered:  # the same answer again would be as wrong
            return None
        try:
            return super().http_error_401(req, fp, code, msg, headers)
        finally:
            fp.close()


def opener(
    deadline: Deadline, home: Origin, credentials: Credentials, first: bool = True
) -> urllib.request.OpenerDirector:
    """What sends requests of one exchange with the endpoint at `home`; no proxy, no cookies.

    Args:
        deadline: of the exchange.
        home: the origin that gets the credentials.
        credentials: for it.
        first: whether they go with the first request, or only after the endpoint has asked for them (Digest).
    """
    made = urllib.request.OpenerDirector()
    passwords = urllib.request.HTTPPasswordMgrWithDefaultRealm()
    if credentials.user:
        scheme, host, port = home
        passwords.add_password(None, f"{scheme}://{host}:{port}/", credentials.user, credentials.password)
    for handler in (
        _Http(_Opening(deadline, home)),
        _Authorise(credentials if first else Credentials(), home),
        _Redirects(home),
        _Digest(passwords),
        urllib.request.HTTPErrorProcessor(),
        urllib.request.HTTPDefaultErrorHandler(),
    ):
        made.add_handler(handler)
    return made


def read_body(response: http.client.HTTPResponse, limits: Limits) -> bytes:
    """The body of a response, decompressed though that was not asked for, of no more bytes than the limit.

    Raises:
        RemoteError: it is longer, or compressed in another way.
    """
    coding = (response.headers.get("Content-Encoding") or "identity").strip().lower()
    if coding not in ("identity", "gzip", "x-gzip", "deflate"):
        raise RemoteError(
            f"the endpoint answers compressed as {coding[:20]}, though that was not asked for. Ask its keeper"
        )
    expand = None if coding == "identity" else zlib.decompressobj(zlib.MAX_WBITS | 32)
    body = bytearray()
    while chunk := response.read1(_CHUNK):
        room = limits.bytes + 1 - len(body)
        body += chunk if expand is None else expand.decompress(chunk, room)
        if len(body) > limits.bytes:
            raise RemoteError(
                f"the endpoint's answer is larger than {limits.bytes:,} bytes. "
                "Ask for less, or set $IIS_KG_REMOTE_MEGABYTES"
            )
    if response.length or (expand is not None and not expand.eof):
        raise http.client.IncompleteRead(bytes(body))
    return bytes(body)


def excerpt(error: HTTPError) -> str:
    """The first line of what a server says of an error, if it is text."""
    if "html" in str(error.headers.get("Content-Type") or ""):
        return ""
    try:
        text = error.read(_EXCERPT).decode("utf-8", errors="replace")
    except (OSError, http.client.HTTPException, ValueError):
        return ""
    line = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return "".join(character if character.isprintable() else " " for character in line)[:200]
