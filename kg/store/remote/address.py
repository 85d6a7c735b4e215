"""Where an endpoint is, what it may cost, and the credentials for it: from the environment, never from an address."""

from __future__ import annotations

import base64
import ipaddress
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlsplit, urlunsplit

from kg.errors import UseError, short

USER, PASSWORD, TOKEN = "IIS_KG_REMOTE_USER", "IIS_KG_REMOTE_PASSWORD", "IIS_KG_REMOTE_TOKEN"
PLAIN, SECONDS, MEGABYTES = "IIS_KG_REMOTE_PLAIN", "IIS_KG_REMOTE_SECONDS", "IIS_KG_REMOTE_MEGABYTES"
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_PORTS = {"http": 80, "https": 443}

Origin = tuple[str, str, int]
"""Scheme, host and port."""


def is_address(text: object) -> bool:
    """Whether it names an endpoint rather than a folder.

    >>> is_address("https://example.org/sparql"), is_address("build/graph")
    (True, False)
    """
    return bool(_ADDRESS.match(str(text)))


def origin(url: str) -> Origin:
    """Scheme, host and port of an address.

    >>> origin("https://Example.org/sparql")
    ('https', 'example.org', 443)

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(url)
    scheme = parts.scheme.lower()
    if scheme not in _PORTS or not parts.hostname:
        raise ValueError(url)
    return scheme, parts.hostname.lower(), _PORTS[scheme] if parts.port is None else parts.port


def is_loopback(host: str) -> bool:
    """Whether a host is this machine by its name."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost" or host.endswith(".localhost")


@dataclass(frozen=True)
class Limits:
    """What one exchange with an endpoint may cost.

    Args:
        seconds: from its first step to the last byte of the answer, repeats included.
        bytes: of an answer, after decompression.
    """

    seconds: float = 60.0
    bytes: int = 256 * 1024 * 1024

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Limits:
        """$IIS_KG_REMOTE_SECONDS and $IIS_KG_REMOTE_MEGABYTES where they are set.

        Raises:
            UseError: one of them is no number above zero.
        """
        seconds = _number(environment, SECONDS, cls.seconds)
        return cls(seconds, int(_number(environment, MEGABYTES, cls.bytes / 2**20) * 2**20))


def _number(environment: Mapping[str, str], name: str, default: float) -> float:
    text = environment.get(name) or str(default)
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < 1e6:
        raise UseError(f"${name} is {short(text)}. Give a number above 0")
    return number


@dataclass(frozen=True)
class Credentials:
    """How to prove who asks: a user with a password, or a token. They do not show in `repr`."""

    user: str = field(default="", repr=False)
    password: str = field(default="", repr=False)
    token: str = field(default="", repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] = os.environ) -> Credentials:
        """$IIS_KG_REMOTE_TOKEN, or $IIS_KG_REMOTE_USER and $IIS_KG_REMOTE_PASSWORD.

        Raises:
            UseError: only one half of the pair is set, or one holds what no header can.
        """
        user, password, token = (environment.get(name, "") for name in (USER, PASSWORD, TOKEN))
        if bool(user) != bool(password):
            raise UseError(f"only one of ${USER} and ${PASSWORD} is set. Set both, or neither")
        if any(not text.isprintable() for text in (user, password, token)) or not token.isascii():
            raise UseError(f"${USER}, ${PASSWORD} or ${TOKEN} holds a sign that no header can. Set it anew")
        if ":" in user:
            raise UseError(f"${USER} holds a colon, which no user may have here. Set it anew")
        return cls(user, password, token)

    def __bool__(self) -> bool:
        return bool(self.token or self.user)

    @property
    def header(self) -> str:
        """The value of the header Authorization: Bearer (RFC 6750) or Basic (RFC 7617)."""
        if self.token:
            return f"Bearer {self.token}"
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode("ascii")


@dataclass(frozen=True)
class Address:
    """The address of an endpoint, taken apart.

    Args:
        url: without what follows `?`.
        parameters: what follows it: they are sent with every request, and shown nowhere, for they may be secret.
    """

    url: str
    parameters: tuple[tuple[str, str], ...] = field(default=(), repr=False)

    @classmethod
    def read(cls, url: str, credentials: Credentials, environment: Mapping[str, str] = os.environ) -> Address:
        """Take an address apart.

        Raises:
            UseError: it is no address of HTTP, holds a user or password, or would send credentials in the clear.
        """
        try:
            parts = urlsplit(url)
            scheme, host, _port = origin(url)
        except ValueError:
            raise UseError("the address of the endpoint is none of http or https. Write https://host/path") from None
        if "@" in parts.netloc:
            raise UseError(
                "the address of the endpoint holds a user or password, which others see on the command line. "
                f"Leave it out, and set ${USER} and ${PASSWORD}"
            )
        if any(character.isspace() or not character.isprintable() for character in url):
            raise UseError("the address of the endpoint holds a space. Write %20 for it")
        if credentials and scheme == "http" and not is_loopback(host) and environment.get(PLAIN) != "1":
            raise UseError(
                f"http://{host} would get the credentials unencrypted. Use https, or set ${PLAIN}=1 to send them so"
            )
        bare = urlunsplit((scheme, parts.netloc, parts.path or "/", "", ""))
        return cls(bare, tuple(parse_qsl(parts.query, keep_blank_values=True)))
