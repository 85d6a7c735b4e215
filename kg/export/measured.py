"""What a measure gave, as a result like that of an analysis: a table with the meaning and unit of each column."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import TYPE_CHECKING

from kg.analysis.result import Analysis, Table
from kg.measures.measure import Measure, unit_in_words
from kg.query.results import records

if TYPE_CHECKING:
    import pandas as pd

    from kg.store.answers import Value


def as_analysis(
    frame: pd.DataFrame, measure: Measure, options: Sequence[tuple[str, str]] = (), notes: Sequence[str] = ()
) -> Analysis:
    """The answer of a measure as a result that every format can show.

    Args:
        frame: the answer.
        measure: what was measured.
        options: what the measure was told, as pairs of name and text.
        notes: what a reader must know, such as for which rows there is no value.
    """
    described = {column.name: column for column in measure.columns}
    columns = {}
    for name in map(str, frame.columns):
        column = described.get(name)
        unit = f" [{unit_in_words(column.unit)}]" if column and column.unit else ""
        columns[name] = f"{column.meaning}{unit}" if column else name.replace("_", " ")
    table = Table(measure.name, measure.summary.rstrip("."), _reading(frame, measure), columns, _rows(frame))
    return Analysis(measure.name, measure.title, tuple(options), (table,), (), tuple(notes), frame)


def measured_to_json(
    frame: pd.DataFrame, measure: Measure, options: Sequence[tuple[str, str]] = (), notes: Sequence[str] = ()
) -> str:
    """The answer of a measure as one JSON object, with what it was computed by.

    Args:
        frame, measure, options, notes: as for `as_analysis`.
    """
    result = as_analysis(frame, measure, options, notes)
    value = {
        "measure": measure.name,
        "summary": measure.summary,
        "formula": measure.plain,
        "convention": measure.convention,
        "references": list(measure.references),
        "options": dict(options),
        "units": {name: unit for name, unit in measure.units.items() if name in frame},
        "notes": list(notes),
        "rows": records(result.table().solutions),
    }
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _reading(frame: pd.DataFrame, measure: Measure) -> str:
    """How to read the table: what a row is, the units other than 1, the formula, and which conventions were chosen."""
    units: dict[str, list[str]] = {}
    for name, unit in measure.units.items():
        if name in frame and unit != "1":
            units.setdefault(unit, []).append(name.replace("_", " "))
    told = "; ".join(f"{', '.join(names)} in {unit_in_words(unit)}" for unit, names in units.items())
    shape = f"{measure.shape[:1].upper()}{measure.shape[1:]}" if measure.shape else "Each row is one thing"
    options = frame.attrs.get("options", {})
    chosen = ", ".join(f"{name.replace('_', ' ')} {options[name]}" for name in measure.choices if name in options)
    reading = f"{shape}{f': {told}' if told else ''}. Formula: {measure.plain}."
    return f"{reading} Options: {chosen}." if chosen else reading


def _rows(frame: pd.DataFrame) -> list[tuple[Value | None, ...]]:
    plain = frame.astype(object).where(frame.notna(), None)
    return [
        tuple(cell.item() if hasattr(cell, "item") else cell for cell in row)
        for row in plain.itertuples(index=False, name=None)
    ]
