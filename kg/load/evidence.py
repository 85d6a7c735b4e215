"""Passages: the place in a document that states a row.

A passage's IRI is `source/<id>#<anchor as a slug>`; it names the graph of the facts that the passage states. An anchor
is a W3C Web Annotation text-quote selector (https://www.w3.org/TR/annotation-model/#text-quote-selector) of at most
eight words that occurs exactly once.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.errors import Fault
from kg.load.package import Row
from kg.names import Prefixes, slug
from kg.store.answers import IRI

MAX_WORDS = 8


def source_iri(package: str, prefixes: Prefixes) -> IRI:
    """The IRI of a source, which names the graph of what is known of it."""
    return IRI(prefixes.mapping["source"] + package)


def passage_iri(row: Row, prefixes: Prefixes) -> IRI:
    """The IRI of the passage that states a row; the source itself for a row of a reference."""
    anchor = row.cells.get("anchor")
    source = source_iri(row.source, prefixes)
    return IRI(f"{source}#{slug(anchor)}") if isinstance(anchor, str) else source


def check_anchors(rows: Iterable[Row], prefixes: Prefixes) -> list[Fault]:
    """Anchors that are too long, or that differ but would share an IRI."""
    faults: list[Fault] = []
    known: dict[IRI, str] = {}
    for row in rows:
        anchor = row.cells.get("anchor")
        if not isinstance(anchor, str):
            continue
        words = len(anchor.split())
        if words > MAX_WORDS:
            faults.append(row.fault("anchor", f"{words} words", f"Use at most {MAX_WORDS}"))
        iri = passage_iri(row, prefixes)
        if known.setdefault(iri, anchor) != anchor:
            faults.append(row.fault("anchor", f"reads as {known[iri]!r} in an IRI", "Use the same anchor for both"))
    return faults
