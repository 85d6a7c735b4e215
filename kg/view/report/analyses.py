"""The sections of the report that analyses give: their notes, their picture and their tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.analysis.facts import Facts
from kg.analysis.methods import METHODS, analyse
from kg.analysis.result import Analysis
from kg.view.pictures import PICTURES
from kg.view.plots import Picture
from kg.view.report.tables import Passages, Table, answer_table

MOST_ROWS = 40
"""Rows of a table that the report shows; the command gives all."""
DRAWN_APART = ("gaps", "overlap")
"""Analyses of which the report has the pictures in sections of their own."""


@dataclass(frozen=True)
class Excerpt:
    """The first rows of a table, and how many there are in all."""

    table: Table
    rows: int

    @property
    def left_out(self) -> int:
        """How many rows are not shown."""
        return self.rows - len(self.table.rows)


@dataclass(frozen=True)
class Section:
    """What an analysis of the whole graph found."""

    method: str
    title: str
    question: str
    notes: tuple[str, ...]
    picture: Picture | None
    tables: tuple[Excerpt, ...]


def sections(facts: Facts, passages: Passages) -> tuple[Section, ...]:
    """A section for each analysis that finds something."""
    analyses = (analyse(facts, method) for method in METHODS)
    return tuple(section(found, facts, passages) for found in analyses if any(table.rows for table in found.tables))


def section(found: Analysis, facts: Facts, passages: Passages) -> Section:
    """The section of a result."""
    draw = None if found.method in DRAWN_APART else PICTURES.get(found.method)
    return Section(
        found.method,
        found.title,
        METHODS.get(found.method, ""),
        found.notes,
        draw(found, facts) if draw and found.detail is not None else None,
        tuple(_excerpts(found, facts, passages)),
    )


def _excerpts(found: Analysis, facts: Facts, passages: Passages) -> Iterable[Excerpt]:
    for table in found.tables:
        if table.rows:
            short = table.solutions
            short.rows[MOST_ROWS:] = []
            name = f"{found.method}-{table.name}"
            shown = answer_table(name, table.title, table.reading, table.columns, short, passages, facts.prefixes)
            yield Excerpt(shown, len(table.rows))
