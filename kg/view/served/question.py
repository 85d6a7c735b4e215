"""The page of a question: its form, and its answer as a table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.names import Prefixes
from kg.query.catalogue import Catalogue, Query
from kg.query.results import heading, readable_columns, text
from kg.store.answers import IRI, Solutions, Value
from kg.view.served import Links, page
from kg.view.served.texts import texts

MOST_ROWS = 1_000
"""Rows that the page shows."""


@dataclass(frozen=True)
class Part:
    """Words of a cell, and the IRI of what they name; empty where they name nothing."""

    words: str
    iri: str = ""


@dataclass(frozen=True)
class Asking:
    """A question as it was asked.

    Args:
        query: the question.
        given: its parameters as they were typed.
        answer: what the graph answers; None where it was not asked.
        citations: source and section of the passages in the answer, by IRI.
        headings: of columns in the language of the page, by their English ones, where they differ.
        error: why there is no answer, for the reader.
        formats: addresses of the same answer by name.
    """

    query: Query
    given: Mapping[str, str]
    answer: Solutions | None
    citations: Mapping[str, str]
    headings: Mapping[str, str]
    error: str
    formats: Mapping[str, str]


def question_page(asking: Asking, prefixes: Prefixes, links: Links, language: str) -> str:
    """The page of one question."""
    header, answer = asking.query.header, asking.answer
    columns = [heading(variable) for variable in answer.variables] if answer else []
    chinese = language == "zh"
    fields = [
        {
            "name": parameter.name,
            "words": (chinese and parameter.description_zh) or parameter.description,
            "required": parameter.required,
            "value": asking.given.get(parameter.name, ""),
            "example": asking.query.example.get(parameter.name, ""),
        }
        for parameter in header.parameters
    ]
    shown = readable_columns(answer) if answer else []
    rows = [
        [_cell(answer, row, index, prefixes, asking.citations) for index in shown]
        for row in (answer.rows[:MOST_ROWS] if answer else ())
    ]
    return page(
        "question.html",
        links,
        language,
        texts(language),
        name=asking.query.name,
        summary=(chinese and header.summary_zh) or header.summary,
        question=(chinese and header.question_zh) or header.question,
        fields=fields,
        headings=[asking.headings.get(columns[index], columns[index]) for index in shown],
        meanings=[header.returns.get(answer.variables[index], "") for index in shown] if answer else [],
        rows=rows,
        count=len(answer) if answer is not None else None,
        error=asking.error,
        formats=asking.formats,
        asked=asking.given,
    )


def questions_page(catalogue: Catalogue, links: Links, language: str) -> str:
    """The page that lists all questions by group."""
    groups: dict[str, list[Query]] = {}
    for query in catalogue.values():
        groups.setdefault(query.group, []).append(query)
    return page("questions.html", links, language, texts(language), groups=groups)


def _cell(
    answer: Solutions | None,
    row: tuple[Value | None, ...],
    index: int,
    prefixes: Prefixes,
    citations: Mapping[str, str],
) -> list[Part]:
    """The parts of a cell: a label with its thing, passages as source and section, IRIs by their short names."""
    assert answer is not None
    value, name = row[index], answer.variables[index]
    if value in (None, ""):
        return []
    plain = str(value)
    named = name.removesuffix("_label")
    if named != name and named in answer.variables:
        thing = row[answer.variables.index(named)]
        return [Part(plain, str(thing) if isinstance(thing, IRI) else "")]
    if "://" in plain:
        return [
            Part(citations.get(word) or prefixes.shorten(word), word if "://" in word else "") for word in plain.split()
        ]
    return [Part(text(value, prefixes))]
