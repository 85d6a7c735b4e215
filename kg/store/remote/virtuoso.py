"""What Virtuoso 7 does otherwise than SPARQL 1.1 has it, and what is done about it: docs/how-to/virtuoso.md."""

from __future__ import annotations

import math
import re
import struct
from email.message import Message

MOST_ROWS = "X-SPARQL-MaxRows"
SYSTEM_GRAPHS = (
    "http://www.openlinksw.com/",
    "http://localhost:8890/",
    "http://www.w3.org/2002/07/owl#",
    "http://www.w3.org/ns/ldp#",
    "urn:activitystreams-owl:map",
    "urn:core:services:sparql",
    "urn:rules.skos",
)
"""Beginnings of the names of graphs that Virtuoso makes for itself."""

_NODE = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_GEOMETRY = re.compile(
    rb'"http://www\.openlinksw\.com/schemas/virtrdf#Geometry"(?P<between>\s*,\s*"value"\s*:\s*)"(?P<shape>[^"]*)"'
)
_WKT = b'"http://www.opengis.net/ont/geosparql#wktLiteral"'
_COORDINATE = re.compile(rb"-?\d+\.\d{6,}")
_MOST_DIGITS = 9


def is_virtuoso(headers: Message) -> bool:
    """Whether a server says that it is one."""
    return str(headers.get("Server") or "").startswith("Virtuoso")


def standard(body: bytes) -> bytes:
    """An answer in SPARQL JSON with blank nodes and geometries as the standards have them."""
    return _GEOMETRY.sub(_shape, _NODE.sub(rb"\1", body))


def _shape(match: re.Match[bytes]) -> bytes:
    return _WKT + match["between"] + b'"' + _COORDINATE.sub(_coordinate, match["shape"]) + b'"'


def _coordinate(match: re.Match[bytes]) -> bytes:
    """A coordinate in the fewest digits: some are kept in 32 bits, and come back with digits that nobody wrote."""
    exact = float(match[0])
    kept = struct.unpack("f", struct.pack("f", exact))[0]
    if not math.isclose(kept, exact, rel_tol=1e-12):
        return match[0]
    texts = (f"{exact:.{digits}g}" for digits in range(1, _MOST_DIGITS + 1))
    return next(text for text in texts if struct.pack("f", float(text)) == struct.pack("f", kept)).encode("ascii")
