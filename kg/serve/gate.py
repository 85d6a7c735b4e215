"""The one way out: hosts that SERVICE and LOAD may ask, fetched here and never by the processes that run queries.

A worker is given an address of this machine in place of each that a query asks, good for that query alone. What it
asks for there is fetched from the host that the query names, if the owner of the server allows it, from an address
that was looked at.
"""

from __future__ import annotations

import contextlib
import http.client
import ipaddress
import secrets
import socket
import ssl
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import SplitResult, urljoin, urlsplit

from kg.errors import BadQuery, KGError
from kg.query.elsewhere import redirected
from kg.serve.limits import MIB, Limits

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 3
_PART = 64 * 1024
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_PASSED_ON = ("Accept", "Content-Type")


class Unreachable(Exception):
    """Nothing comes from there; the message stays with the server."""


def is_public(address: str) -> bool:
    """Whether an address belongs to the public internet: none of this machine, of a private network, or of none.

    >>> is_public("93.184.216.34"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("100.64.0.1")
    (True, False, False, False)
    """
    found = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        if found.ipv4_mapped is not None:
            return False
        within = found.sixtofour or (found.teredo or (None, None))[1]
        if within is None and found in _NAT64:
            within = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if within is not None and not is_public(str(within)):
            return False
    return found.is_global and not found.is_multicast and not found.is_reserved


@dataclass(frozen=True)
class Place:
    """Where a request goes: an address that was looked at, and the name by which it is known there."""

    address: str
    port: int
    split: SplitResult


def place_of(url: str, services: Sequence[str]) -> Place:
    """Where a URL leads, if that is allowed.

    Args:
        url: absolute.
        services: hosts that are allowed: `host` at the ports of HTTP and HTTPS, or `host:port`. A host must lead to
            public addresses alone, unless it is written as an address: who does that means that address.

    Raises:
        BadQuery: the host is not allowed, or leads to an address that is not public.
        Unreachable: the host has no address.
    """
    try:
        split = urlsplit(url)
        port = split.port or _PORTS[split.scheme.lower()]
    except (ValueError, KeyError):
        raise BadQuery("SERVICE and LOAD ask addresses of http and https alone. Write such a one") from None
    host = (split.hostname or "").rstrip(".")
    shown = f"[{host}]" if ":" in host else host
    allowed = {service.lower().rstrip("/") for service in services}
    usual = port in _PORTS.values() and shown in allowed
    if not host or split.username is not None or not (usual or f"{shown}:{port}" in allowed):
        raise BadQuery("SERVICE and LOAD may not ask this host here. Those who run the server can allow it")
    if _is_address(host):
        return Place(host, port, split)
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreachable(f"{host} has no address") from None
    addresses = [str(each[4][0]) for each in found]
    if not all(map(is_public, addresses)):
        raise BadQuery("SERVICE and LOAD may not ask a network that is not public. Ask its endpoint itself")
    return Place(addresses[0], port, split)


def _is_address(host: str) -> bool:
    with contextlib.suppress(ValueError):
        return bool(ipaddress.ip_address(host))
    return False


class _Connection(http.client.HTTPConnection):
    """A connection to the address of a place, and to no other."""

    def __init__(self, place: Place, seconds: float) -> None:
        default = _PORTS[place.split.scheme.lower()]
        super().__init__(place.split.hostname or "", place.port, timeout=seconds)
        self.default_port = default
        self._place, self._secure = place, place.split.scheme.lower() == "https"

    def connect(self) -> None:
        self.sock = socket.create_connection((self._place.address, self._place.port), self.timeout)
        if self._secure:
            context = ssl.create_default_context()
            self.sock = context.wrap_socket(self.sock, server_hostname=self._place.split.hostname)


@dataclass(frozen=True)
class Fetched:
    """An answer from elsewhere."""

    media_type: str
    body: bytes


def fetch(
    url: str,
    services: Sequence[str],
    limits: Limits,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
) -> Fetched:
    """What an allowed host answers, within the limits of time and size; with no credentials.

    Raises:
        BadQuery: it, or where it sends on, may not be asked.
        Unreachable: it does not answer, not in time, with too much, or with no success.
    """
    secure = False
    for _ in range(_MOST_REDIRECTS + 1):
        place = place_of(url, services)
        if secure and place.split.scheme.lower() != "https":
            raise Unreachable("it sends on from https to http")
        secure = place.split.scheme.lower() == "https"
        answer = _exchange(place, limits, body, headers or {})
        if isinstance(answer, Fetched):
            return answer
        status, location = answer
        url = urljoin(url, location)
        if status == 303:
            body = None
    raise Unreachable("it sends on too often")


def _exchange(
    place: Place, limits: Limits, body: bytes | None, headers: Mapping[str, str]
) -> Fetched | tuple[int, str]:
    connection = _Connection(place, limits.seconds)
    # A time-out of the socket starts anew with each byte: this one does not.
    timer = threading.Timer(limits.seconds, lambda: _cut(connection))
    timer.daemon = True
    timer.start()
    try:
        target = (place.split.path or "/") + (f"?{place.split.query}" if place.split.query else "")
        connection.request(
            "GET" if body is None else "POST",
            target,
            body,
            {**headers, "Accept-Encoding": "identity", "User-Agent": "iis-kg", "Connection": "close"},
        )
        answer = connection.getresponse()
        if answer.status in (301, 302, 303, 307, 308) and answer.headers["Location"]:
            return answer.status, answer.headers["Location"]
        if answer.status != 200 or answer.headers.get("Content-Encoding", "identity") != "identity":
            raise Unreachable(f"status {answer.status}")
        parts, size = [], 0
        while part := answer.read(_PART):
            parts.append(part)
            size += len(part)
            if size > limits.size * MIB:
                raise Unreachable("the answer is too large")
        if answer.length:
            raise Unreachable("the answer broke off")
        return Fetched(answer.headers.get("Content-Type", ""), b"".join(parts))
    except (OSError, http.client.HTTPException, ValueError, UnicodeError) as error:
        raise Unreachable(type(error).__name__) from None
    finally:
        timer.cancel()
        connection.close()


def _cut(connection: _Connection) -> None:
    with contextlib.suppress(OSError):
        if connection.sock is not None:
            connection.sock.shutdown(socket.SHUT_RDWR)


class Gate:
    """The way out of a server.

    Args:
        services: hosts that are allowed, as `place_of` takes them; without any it is shut.
        limits: how long a host may take, and how much it may answer.
    """

    def __init__(self, services: Sequence[str], limits: Limits) -> None:
        self.services, self._limits = tuple(services), limits
        self._tickets: dict[str, str] = {}
        self._server: ThreadingHTTPServer | None = None

    def open(self) -> None:
        """Listen to workers, on this machine alone; not where no host is allowed."""
        if not self.services:
            return
        self._server = server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self._thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Listen no more."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._thread.join()
            self._server = None

    @contextlib.contextmanager
    def passing(self, text: str, prefixes: Mapping[str, str], update: bool = False) -> Iterator[str]:
        """A query or update whose calls go through here, for as long as the block lasts.

        Raises:
            BadQuery: it asks a host that is not allowed.
        """
        if self._server is None:
            yield text
            return
        port, given = self._server.server_address[1], []

        def ticket(iri: str) -> str:
            place_of_name(iri, self.services)
            given.append(secrets.token_urlsafe(32))
            self._tickets[given[-1]] = iri
            return f"http://127.0.0.1:{port}/{given[-1]}"

        try:
            yield redirected(text, prefixes, ticket, update)
        except KGError as error:
            if any(each in str(error) for each in given):
                raise BadQuery("an endpoint that it asks does not answer. Ask without it") from None
            raise
        finally:
            for each in given:
                self._tickets.pop(each, None)

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            timeout = gate._limits.seconds

            def do_GET(self) -> None:
                self._pass(None)

            def do_POST(self) -> None:
                length = self.headers.get("Content-Length", "")
                if not length.isdecimal() or int(length) > gate._limits.request * 1024:
                    self.send_error(413)
                    return
                self._pass(self.rfile.read(int(length)))

            def _pass(self, body: bytes | None) -> None:
                url = gate._tickets.get(self.path[1:])
                headers = {name: self.headers[name] for name in _PASSED_ON if name in self.headers}
                try:
                    if url is None:
                        raise Unreachable("no ticket")
                    fetched = fetch(url, gate.services, gate._limits, body, headers)
                except (Unreachable, BadQuery):
                    self.send_error(502)
                    return
                self.send_response(200)
                self.send_header("Content-Type", fetched.media_type)
                self.send_header("Content-Length", str(len(fetched.body)))
                self.end_headers()
                self.wfile.write(fetched.body)

            def log_message(self, *_arguments: object) -> None:
                """Nothing: the address is a secret."""

        return Handler


def place_of_name(url: str, services: Sequence[str]) -> None:
    """Refuse at once a URL whose host is not allowed; whether its address is, is seen when it is asked."""
    with contextlib.suppress(Unreachable):
        place_of(url, services)
