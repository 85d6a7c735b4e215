"""Which form of an answer a client wants (RFC 9110, section 12)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

RESULTS: Mapping[str, str] = {
    "application/sparql-results+json": "application/sparql-results+json",
    "application/sparql-results+xml": "application/sparql-results+xml",
    "text/csv": "text/csv",
    "text/tab-separated-values": "text/tab-separated-values",
    "application/json": "application/sparql-results+json",
    "application/xml": "application/sparql-results+xml",
    "text/xml": "application/sparql-results+xml",
}
"""Media types of the answers to SELECT, best first, by the names that clients ask for them with."""

TRUTHS: Mapping[str, str] = {asked: given for asked, given in RESULTS.items() if not given.startswith("text/")}
"""The same of the answers to ASK, which CSV and TSV do not define."""

TRIPLES: Mapping[str, str] = {
    "text/turtle": "text/turtle",
    "application/n-triples": "application/n-triples",
    "application/ld+json": "application/ld+json",
    "application/rdf+xml": "application/rdf+xml",
    "application/x-turtle": "text/turtle",
    "text/plain": "application/n-triples",
    "application/json": "application/ld+json",
    "application/xml": "application/rdf+xml",
    "text/xml": "application/rdf+xml",
}
"""The same of the answers to CONSTRUCT and DESCRIBE."""

_QUOTED = re.compile(r'"(?:[^"\\]|\\.)*+"?')
_RANGE = re.compile(r"[\w!#$%&'*+.^`|~-]+/[\w!#$%&'*+.^`|~-]+", re.ASCII)
_QUALITY = re.compile(r"0(?:\.[0-9]{0,3})?|1(?:\.0{0,3})?")


@lru_cache(maxsize=1024)
def _ranges(accept: str) -> dict[str, float]:
    """The quality of each media range of an Accept header; parts that are malformed are left out."""
    found: dict[str, float] = {}
    for part in _QUOTED.sub('""', accept).split(","):
        name, *parameters = [each.strip() for each in part.lower().split(";")]
        given = next((p[2:].strip() for p in parameters if p.startswith("q=")), "1")
        if _RANGE.fullmatch(name) and _QUALITY.fullmatch(given):
            found[name] = max(float(given), found.get(name, 0.0))
    return found


def choose(accept: str, offered: Sequence[str]) -> str | None:
    """The media type among those offered, best first, that an Accept header prefers; None where it takes none.

    The most specific range that a type falls under has its say. Parameters other than q are not compared, and a header
    without any well-formed part counts as none.

    >>> choose("text/turtle;q=0.5, text/html", ["text/turtle", "text/html"])
    'text/html'
    >>> choose("text/*, text/html;q=0", ["text/html"]) is None
    True
    """
    ranges = _ranges(accept)
    if not ranges:
        return offered[0]
    best, most = None, 0.0
    for media_type in offered:
        quality = ranges.get(media_type)
        if quality is None:
            quality = ranges.get(media_type.partition("/")[0] + "/*", ranges.get("*/*", 0.0))
        if quality > most:
            best, most = media_type, quality
    return best


def choose_among(accept: str, offered: Mapping[str, str]) -> str | None:
    """The same among names that clients use: the media type that the answer is then written in.

    >>> choose_among("application/json", RESULTS)
    'application/sparql-results+json'
    """
    found = choose(accept, tuple(offered))
    return None if found is None else offered[found]


def content_type(media_type: str) -> str:
    """The value of Content-Type; types of text say their charset.

    >>> content_type("text/turtle")
    'text/turtle; charset=utf-8'
    """
    return f"{media_type}; charset=utf-8" if media_type.startswith("text/") else media_type
