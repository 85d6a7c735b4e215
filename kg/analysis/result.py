"""What every analysis gives: findings that say how bad and why, tables to take away, and its own types."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from kg.errors import UnknownName
from kg.names import Prefixes, slug
from kg.shown import answer_html, escaped, paragraph, plain, table_html
from kg.store.answers import Solutions, Value

if TYPE_CHECKING:
    import pandas as pd

MAX_KEY = 120
Parameters = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Scope:
    """What an analysis is asked about: IRIs of places and chains; none means all of the graph."""

    places: tuple[str, ...] = ()
    chains: tuple[str, ...] = ()

    @property
    def parameters(self) -> Parameters:
        """The same as parameters of a result or a finding."""
        return (*(("place", place) for place in self.places), *(("chain", chain) for chain in self.chains))


EVERYTHING = Scope()


@dataclass(frozen=True)
class Part:
    """A part of a severity or a score.

    Args:
        name: what it measures, in a few words.
        value: 0 (nothing) to 1 (as much as there can be).
        weight: how much it counts beside the others, 0 or more.
        words: how the value came about, such as "3 of 5 stages lie downstream".
    """

    name: str
    value: float
    weight: float = 1.0
    words: str = ""


def weighted(parts: Iterable[Part]) -> float:
    """The mean of parts by their weights, 0 to 1; 0 without parts or weight.

    >>> weighted([Part("position", 1.0, 1.0), Part("named", 0.0, 3.0)])
    0.25
    """
    found = list(parts)
    total = sum(part.weight for part in found)
    return sum(part.weight * part.value for part in found) / total if total else 0.0


@dataclass(frozen=True)
class Finding:
    """One finding.

    Args:
        kind: key of a kind of finding in `ontology/vocabularies/kinds.ttl`, such as `gap-finding`.
        label: the finding in one sentence.
        about: IRIs of the things that it is about, its subject first. With kind and `aspect` they are its identity.
        parts: what its severity is made of.
        method: name of the analysis that finds it.
        parameters: with which parameters the analysis finds it again, as pairs of name and IRI or text.
        passages: IRIs of the passages that it rests on.
        aspect: tells findings of one kind about the same things apart, in a word.
    """

    kind: str
    label: str
    about: tuple[str, ...]
    parts: tuple[Part, ...]
    method: str
    parameters: Parameters = ()
    passages: tuple[str, ...] = ()
    aspect: str = ""

    def __repr__(self) -> str:
        return f"<Finding {self.kind} {self.severity:.2f}: {self.label}>"

    def _repr_html_(self) -> str:
        rows = [(part.name, part.value, part.weight, part.words) for part in self.parts]
        why = table_html(("part", "value", "weight", "why"), rows, f"Severity {self.severity:.2f}")
        said = plain(" ".join(self.passages)) or "no passage speaks of it"
        return f"<div><h4>{escaped(self.label)}</h4>{why}{paragraph(f'Said in: {said}')}</div>"

    @property
    def severity(self) -> float:
        """How bad it is, 0 to 1: the weighted mean of its parts."""
        return weighted(self.parts)

    @property
    def explanation(self) -> str:
        """The severity as the sum that it is."""
        parts = "; ".join(
            f"{p.name} {p.value:.2f}{f' x {p.weight:g}' if p.weight != 1 else ''}{f' ({p.words})' if p.words else ''}"
            for p in self.parts
        )
        return f"severity {self.severity:.2f}: {parts}" if parts else f"severity {self.severity:.2f}"

    def key(self, prefixes: Prefixes) -> str:
        """A key made of kind, aspect and things; a long one is cut and told apart by a hash of the whole."""
        words = [self.kind, self.aspect, *(prefixes.shorten(iri).rpartition(":")[2] for iri in self.about)]
        key = "-".join(slug(word) for word in words if word)
        whole = " ".join([self.kind, self.aspect, *self.about])
        return key if len(key) <= MAX_KEY else f"{key[:MAX_KEY].rstrip('-')}-{_digest(whole)}"


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:8]


@dataclass(frozen=True)
class Table:
    """A table of a result.

    Args:
        name: name to ask for it by, such as `gaps`.
        title: heading.
        reading: one sentence on how to read it.
        columns: meaning by column, in their order. A column `x` of IRIs stands before a column `x_label` of names; a
            column `passages` holds IRIs separated by spaces.
        rows: the values, in the order of the columns.
        brief: the columns that a terminal has room for; all where none is named. Files hold all columns.
        each: a column, such as that of a network, each value of which gets the same share of the rows that a terminal
            shows.
    """

    name: str
    title: str
    reading: str
    columns: Mapping[str, str]
    rows: Sequence[tuple[Value | None, ...]]
    brief: tuple[str, ...] = ()
    each: str = ""

    @property
    def solutions(self) -> Solutions:
        """The table as an answer."""
        return Solutions(tuple(self.columns), list(self.rows))

    def in_brief(self, first: int | None = None) -> Solutions:
        """The columns that a terminal has room for, and so many rows at most, as an answer.

        >>> rows = [(1, 2), (1, 3), (4, 5)]
        >>> Table("t", "T", "Read.", {"a": "first", "b": "second"}, rows, ("b",), "a").in_brief(2).rows
        [(2,), (5,)]
        """
        names = list(self.columns)
        kept = [names.index(name) for name in self.brief] or list(range(len(names)))
        rows = list(self.rows)
        if first is not None and self.each:
            index = names.index(self.each)
            groups = {row[index]: [other for other in rows if other[index] == row[index]] for row in rows}
            rows = [row for group in groups.values() for row in group[: max(1, first // len(groups))]]
        return Solutions(tuple(names[i] for i in kept), [tuple(row[i] for i in kept) for row in rows[:first]])


@dataclass(frozen=True)
class Analysis:
    """The result of an analysis.

    Args:
        method: name of the analysis.
        title: heading.
        parameters: what it was asked, as pairs of name and IRI or text.
        tables: what it found, the main table first.
        findings: the same as findings, in no order.
        notes: what a reader must know, such as why a number is not given.
        detail: the typed result, of a class of the analysis.
    """

    method: str
    title: str
    parameters: Parameters
    tables: tuple[Table, ...]
    findings: tuple[Finding, ...] = ()
    notes: tuple[str, ...] = ()
    detail: Any = field(default=None, compare=False)

    def table(self, name: str | None = None) -> Table:
        """A table by name, or the main one.

        Raises:
            UnknownName: there is no such table.
        """
        if name is None:
            return self.tables[0]
        for table in self.tables:
            if table.name == name:
                return table
        names = [table.name for table in self.tables]
        raise UnknownName("table", name, names, f"{self.method} gives: {', '.join(names)}")

    def frame(self, name: str | None = None) -> pd.DataFrame:
        """A table as a pandas frame, one column for each of the table; the main one where no name is given.

        Raises:
            UnknownName: there is no such table.
        """
        return self.table(name).solutions.frame()

    def __repr__(self) -> str:
        tables = ", ".join(f"{table.name} ({len(table.rows):,})" for table in self.tables)
        return f"<Analysis {self.method}: {self.title}; tables {tables}; {len(self.findings):,} findings>"

    def _repr_html_(self) -> str:
        worst = sorted(self.findings, key=lambda finding: (-finding.severity, finding.kind, finding.label))
        shown = [(f.severity, f.label, f.explanation, " ".join(f.passages)) for f in worst]
        asked = "; ".join(f"{name}: {plain(given)}" for name, given in self.parameters)
        parts = [f"<h4>{escaped(self.title)}</h4>", paragraph(asked) if asked else "", *map(paragraph, self.notes)]
        if self.tables:
            main = self.tables[0]
            parts += [paragraph(main.reading), answer_html(tuple(main.columns), main.rows, main.title)]
        if len(self.tables) > 1:
            parts.append(paragraph(f"More tables: {', '.join(table.name for table in self.tables[1:])}"))
        if shown:
            parts.append(table_html(("severity", "finding", "why", "said in"), shown, "Findings"))
        return f"<div>{''.join(parts)}</div>"
