"""The check of every row against the document that it was taken from.

For each source that is no reference: the hash of its text; each anchor found exactly once; each number of a row within
400 characters of its anchor; a name of each thing that the row declares there, and of each thing that it refers to
anywhere in the text; the ledger of paragraphs. What a row computes or writes otherwise must say so in its columns
`computed` or `normalised`, with the number or name.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from kg.errors import Fault, TableFaults, UseError
from kg.load import ledger
from kg.load.document import Document, digits, folded, numbers_said, spaced
from kg.load.package import Package, Row, iter_rows
from kg.load.quantity import Quantity
from kg.load.resolve import Names, resolve
from kg.load.tables import Field
from kg.store.answers import IRI

REACH = 400
"""How far from its anchor a number may stand, in characters after white space was made one space."""

_HOW = ("computed", "normalised")


@dataclass(frozen=True)
class Verified:
    """What a check of a source against its document found."""

    source: str
    rows: int
    passages: int
    paragraphs: int
    in_ledger: int
    with_facts: int
    document: str | None


@dataclass(frozen=True)
class _Text:
    name: str
    document: Document


def verify(
    packages: Iterable[Package],
    documents: Path,
    names: Names,
    only: Container[str] | None = None,
    progress: Callable[[str], None] = lambda _step: None,
) -> tuple[list[Verified], list[Fault]]:
    """Check each package but references against the text with its SHA-256 in a folder of documents.

    Args:
        packages: the sources; also those whose names others use.
        documents: folder of the texts, as `.txt`.
        names: names of the vocabularies; those of the packages are added.
        only: names of the sources to check; None for all.
        progress: told the name of each step.

    Raises:
        UseError: there is no such folder, or no file in it.
    """
    every = list(packages)
    texts = _texts(documents)
    spelled = _Spelled(every, names)
    done: list[Verified] = []
    faults: list[Fault] = []
    for package in every:
        digest = package.descriptor.get("sha256")
        if package.reference or (only is not None and package.name not in only):
            continue
        text = texts.get(str(digest))
        if text is None:
            file = f"loaders/{package.name}/datapackage.json"
            what = f"no text with {digest} in {documents}" if digest else "the source does not say which text was read"
            remedy = "Give the text that was read" if digest else "Give the SHA-256 of the text"
            faults.append(Fault(file, 1, "sha256", what, remedy))
            done.append(Verified(package.name, 0, 0, 0, 0, 0, None))
            continue
        progress(f"checking {package.name}")
        placed, found = place(package, text.document, text.name)
        for row, position in placed:
            found += _check_row(row, position, text.document, spelled)
        paragraphs = [(row, text.document.paragraph(position).number) for row, position in placed]
        found += ledger.check(package, text.document, paragraphs)
        faults += found
        done.append(
            Verified(
                package.name,
                len(package.rows),
                len({row.cells["anchor"] for row, _position in placed}),
                len(text.document.paragraphs),
                len(package.ledger),
                len({number for _row, number in paragraphs}),
                text.name,
            )
        )
    return done, faults


def place(package: Package, document: Document, name: str) -> tuple[list[tuple[Row, int]], list[Fault]]:
    """Where the anchor of each row stands, and a fault for each that does not stand there exactly once."""
    placed: list[tuple[Row, int]] = []
    faults: list[Fault] = []
    found: dict[str, tuple[int, int]] = {}
    for row in package.rows:
        anchor = row.cells.get("anchor")
        if not isinstance(anchor, str):
            continue
        if anchor not in found:
            text = spaced(anchor)
            found[anchor] = document.count(text), document.text.find(text)
        times, position = found[anchor]
        if times == 1:
            placed.append((row, position))
        else:
            what = f"found {times} times in {name}: {anchor}"
            faults.append(row.fault("anchor", what, "Use words that stand there exactly once"))
    return placed, faults


def write_ledgers(
    packages: Iterable[Package], documents: Path, only: Container[str] | None = None, faults: Iterable[Fault] = ()
) -> Iterator[Path]:
    """Write the ledger of each source whose text is there: counts taken anew, sections and reasons kept.

    Args:
        packages: the sources.
        documents: folder of the texts, as `.txt`.
        only: names of the sources whose ledgers to write; None for all.
        faults: those found when the packages were read; a ledger that has any is not written over.

    Yields:
        The files that were written; a source whose datapackage.json does not list its ledger yet gets one all the same.

    Raises:
        UseError: there is no such folder or no file in it; a ledger cannot be written, or what is there is none.
        TableFaults: a ledger that is there could not be read.
    """
    texts = _texts(documents)
    found = list(faults)
    for package in packages:
        text = texts.get(str(package.descriptor.get("sha256")))
        if text is None or package.reference or (only is not None and package.name not in only):
            continue
        files = package.ledger_files or {f"loaders/{package.name}/{ledger.FILE}"}
        path = package.folder / Path(min(files)).name
        broken = [fault for fault in found if fault.file in files]
        if broken and path.exists():
            raise TableFaults(broken)
        placed, _faults = place(package, text.document, text.name)
        numbered = [(row, text.document.paragraph(position).number) for row, position in placed]
        if len(files) > 1 or (path.exists() and not package.ledger):
            raise UseError(
                f"{path}: is there and was not read as the one ledger. Correct it first; nothing was written"
            )
        try:
            path.write_text(ledger.rewritten(package, text.document, numbered), encoding="utf-8")
        except OSError as error:
            raise UseError(f"{path}: cannot be written ({error.strerror}). Make it writable") from None
        yield path


def _texts(documents: Path) -> Mapping[str, _Text]:
    if not documents.is_dir():
        raise UseError(f"{documents}: no such folder. Give the folder that holds the documents as text")
    found = {}
    for path in sorted(path for path in documents.glob("*.txt") if path.is_file()):
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise UseError(f"{path}: cannot be read ({error.strerror}). Make it readable, or take it away") from None
        document = Document(raw.decode("utf-8", errors="replace"))
        found[hashlib.sha256(raw).hexdigest()] = _Text(path.name, document)
    if not found:
        raise UseError(f"{documents}: no .txt file there. Give the folder that holds the documents as text")
    return found


class _Spelled:
    """How each thing is spelled by all packages together, for the kinds whose names are the documents' own."""

    def __init__(self, packages: list[Package], names: Names) -> None:
        self.prefixes = names.prefixes
        minted, _faults = resolve(iter_rows(packages), names)
        self.minted = {(item.row.file, item.row.number): item for item in minted}
        self._names: dict[IRI, set[str]] = defaultdict(set)
        for item in minted:
            if item.iri and item.row.type.said:
                self._names[item.iri].update(item.row.texts(item.row.type.names))

    def of(self, iri: object) -> set[str]:
        return self._names.get(iri, set()) if isinstance(iri, IRI) else set()


def _check_row(row: Row, position: int, document: Document, spelled: _Spelled) -> Iterator[Fault]:
    near = document.around(position, len(spaced(str(row.cells["anchor"]))), REACH)
    how = " ".join(str(row.cells[column]) for column in _HOW if row.cells.get(column))
    said = numbers_said(near) | numbers_said(how)
    for column, cell in row.cells.items():
        for number in _numbers(row.type.fields[column], cell):
            if number not in said:
                what = f"{number} does not stand within {REACH} characters of the anchor"
                remedy = "Correct it, or say in computed or normalised how it came about, with the number"
                yield row.fault(column, what, remedy)
    item = spelled.minted.get((row.file, row.number))
    if item is None:
        return  # kg build says what does not resolve
    if row.type.said and not any(_named(name, near, how) for name in row.texts(row.type.names)):
        what = f"none of its names stands within {REACH} characters of the anchor"
        yield row.fault(row.type.names[0], what, "Use another anchor or an alias, or quote the name in normalised")
    for column, resolved in item.cells.items():
        for iri in resolved if isinstance(resolved, list) else [resolved]:
            known = spelled.of(iri)
            if known and not any(document.names(name) or _named(name, how) for name in known):
                what = f"no name of {spelled.prefixes.shorten(str(iri))} stands in the document"
                yield row.fault(column, what, "Correct it, add an alias, or quote the name in normalised")


def _named(name: str, *texts: str) -> bool:
    """Whether a name stands in one of some texts as whole words; a name of marks alone stands nowhere."""
    own = folded(name)
    return bool(own) and any(f" {own} " in f" {folded(text)} " for text in texts)


def _numbers(field: Field, cell: object) -> Iterator[Decimal]:
    """The numbers of a cell that a document says; not those of keys, references, and what is ours."""
    if cell is None or field.own or field.refers_to or field.name in ("section", "anchor", *_HOW):
        return
    if isinstance(cell, Quantity):
        yield cell.value.copy_abs()
    elif isinstance(cell, int):
        yield Decimal(cell)
    else:
        for text in cell if isinstance(cell, list) else [str(cell)]:
            yield from map(Decimal, digits(text))
