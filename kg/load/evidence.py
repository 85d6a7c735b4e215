"""Passages: the place in a document that states a row, and the check that it is there.

A passage's IRI is `source/<id>#<anchor as a slug>`; it names the graph of the facts that the passage states. An anchor
is a W3C Web Annotation text-quote selector (https://www.w3.org/TR/annotation-model/#text-quote-selector) of at most
eight words that occurs exactly once.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from kg.errors import Fault, UseError
from kg.load.package import Package, Row
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


@dataclass(frozen=True)
class Verified:
    """What a check of a source against its document found."""

    source: str
    rows: int
    passages: int
    document: str | None


def verify(packages: Iterable[Package], documents: Path) -> tuple[list[Verified], list[Fault]]:
    """Check each package that has a SHA-256 against the text with that hash in a folder of documents.

    Each anchor must be found exactly once in the text after runs of white space were made one space.

    Raises:
        UseError: there is no such folder, or no file in it.
    """
    texts = _texts(documents)
    done: list[Verified] = []
    faults: list[Fault] = []
    for package in packages:
        digest = package.descriptor.get("sha256")
        if package.reference or not digest:
            continue
        file = f"loaders/{package.name}/datapackage.json"
        if digest not in texts:
            faults.append(
                Fault(file, 1, "sha256", f"no text with {digest} in {documents}", "Give the text that was read")
            )
            done.append(Verified(package.name, len(package.rows), 0, None))
            continue
        name, text = texts[digest]
        anchors: dict[str, int] = {}
        for row in package.rows:
            anchor = row.cells.get("anchor")
            if not isinstance(anchor, str):
                continue
            if anchor not in anchors:
                anchors[anchor] = text.count(_spaced(anchor))
            if anchors[anchor] != 1:
                what = f"found {anchors[anchor]} times in {name}: {anchor}"
                faults.append(row.fault("anchor", what, "Use words that stand there exactly once"))
        done.append(Verified(package.name, len(package.rows), len(anchors), name))
    return done, faults


def _texts(documents: Path) -> dict[str, tuple[str, str]]:
    if not documents.is_dir():
        raise UseError(f"{documents}: no such folder. Give the folder that holds the documents as text")
    found = {}
    for path in sorted(documents.glob("*.txt")):
        raw = path.read_bytes()
        found[hashlib.sha256(raw).hexdigest()] = (path.name, _spaced(raw.decode("utf-8", errors="replace")))
    if not found:
        raise UseError(f"{documents}: no .txt file there. Give the folder that holds the documents as text")
    return found


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", text)
