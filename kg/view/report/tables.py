"""Answers as tables for readers: names in place of IRIs, and passages in place of theirs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from kg.names import Prefixes
from kg.query.catalogue import Query
from kg.query.results import heading, readable_columns, text
from kg.store.answers import IRI, Solutions, Store, Value


@dataclass(frozen=True)
class Passage:
    """Where something is said: name and title of the source, section, words by which it is found, and its IRI."""

    source: str
    title: str
    section: str
    anchor: str
    iri: str = ""


@dataclass(frozen=True)
class Passages:
    """All passages of a graph by IRI."""

    by_iri: Mapping[str, Passage]

    @classmethod
    def read(cls, store: Store, query: Query, prefixes: Prefixes, wanted: Iterable[str] | None = None) -> Passages:
        """Those that the query `passages` gives; only those of the IRIs wanted, where some are named."""
        only = None if wanted is None else [IRI(iri) for iri in wanted]
        if only == []:
            return cls({})
        return cls(
            {
                str(row["passage"]): Passage(
                    prefixes.shorten(str(row["source"])).removeprefix("source:"),
                    str(row["source_label"]),
                    str(row["section"]),
                    str(row["anchor"]),
                    str(row["passage"]),
                )
                for row in store.select(query.bound({"passage": only} if only else {}))
            }
        )

    def of(self, iris: Iterable[str]) -> tuple[Passage, ...]:
        """The passages of some IRIs, by source and section; what is no passage is left out."""
        found = {self.by_iri[iri] for iri in iris if iri in self.by_iri}
        return tuple(sorted(found, key=lambda p: (p.source, p.section, p.anchor)))

    def within(self, value: Value | None) -> tuple[Passage, ...]:
        """The passages that a value of space-separated IRIs names."""
        return self.of(str(value or "").split())


@dataclass(frozen=True)
class Row:
    """A row of a table, and the passages that state it."""

    cells: tuple[str, ...]
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Table:
    """A table: name of the query, heading, the question it answers, columns with their meaning, and rows."""

    name: str
    title: str
    question: str
    columns: tuple[tuple[str, str], ...]
    rows: tuple[Row, ...]

    @property
    def has_passages(self) -> bool:
        """Whether any row has one."""
        return any(row.passages for row in self.rows)


def table(query: Query, solutions: Solutions, passages: Passages, prefixes: Prefixes) -> Table:
    """The answer to a question as a table.

    Columns of IRIs give way to their labels, those of passages to the passages themselves, and empty ones are left out.
    """
    header = query.header
    return answer_table(query.name, header.summary, header.question, header.returns, solutions, passages, prefixes)


def answer_table(
    name: str,
    title: str,
    question: str,
    meanings: Mapping[str, str],
    solutions: Solutions,
    passages: Passages,
    prefixes: Prefixes,
) -> Table:
    """An answer as a table, under a name, a heading and a question, with the meanings of its columns."""
    names = solutions.variables
    readable = readable_columns(solutions)
    cited = {i for i, name in enumerate(names) if name in ("passage", "passages") and _cites(solutions, i, passages)}
    shown = [
        index
        for index, name in enumerate(names)
        if index not in cited and index in readable and any(row[index] not in (None, "") for row in solutions.rows)
    ]
    rows = tuple(
        Row(
            tuple(text(row[index], prefixes) for index in shown),
            passages.of(iri for index in sorted(cited) for iri in str(row[index] or "").split()),
        )
        for row in solutions.rows
    )
    columns = tuple((heading(names[i]), meanings.get(names[i], "")) for i in shown)
    return Table(name, title, question, columns, rows)


def _cites(solutions: Solutions, index: int, passages: Passages) -> bool:
    return any(passages.within(row[index]) for row in solutions.rows)


def plain_table(name: str, columns: Sequence[str], rows: Iterable[Row]) -> Table:
    """A table that no query gives."""
    return Table(name, "", "", tuple((column, "") for column in columns), tuple(rows))
