"""Answers as CSV, JSON and JSON Lines, and their cells as a reader sees them."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from decimal import Decimal
from typing import Any

from kg.names import Prefixes
from kg.shown import heading as heading
from kg.shown import readable
from kg.store.answers import IRI, Solutions, Value

_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_QUOTED = re.compile(r'[,"\r\n]')


def to_csv(solutions: Solutions) -> str:
    """CSV with a header. Text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> to_csv(Solutions(("a", "b"), [("=1+1", -2)]))
    "a,b\\n'=1+1,-2\\n"
    """
    return "".join(csv_lines([solutions.variables, *solutions.rows]))


def csv_lines(rows: Iterable[Sequence[Value | None]]) -> Iterator[str]:
    """The lines of CSV for rows, each with its end; to be written without changing ends of lines.

    >>> list(csv_lines([("a", "b"), ("=1+1", None)]))
    ['a,b\\n', "'=1+1,\\n"]
    """
    for row in rows:
        line = [_cell(value) for value in row]
        yield ",".join(map(_quoted, line) if len(line) != 1 or line[0] else ['""']) + "\n"


def to_json(solutions: Solutions) -> str:
    """A JSON array of one object a row; unbound variables, and numbers that are none (NaN, infinite), are null."""
    return json.dumps(records(solutions), ensure_ascii=False, indent=2) + "\n"


def to_jsonl(solutions: Solutions) -> str:
    """One JSON object a line and row; unbound variables are null."""
    return "".join(json.dumps(_record(row), ensure_ascii=False) + "\n" for row in solutions)


FORMATS: dict[str, Callable[[Solutions], str]] = {"csv": to_csv, "json": to_json, "jsonl": to_jsonl}


def _cell(value: Value | None) -> str:
    """The text of a cell; apostrophes before a sign get one more, so that taking one off gives the text back."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str) and _FORMULA.match(value):
        return f"'{value}"
    return str(value)


def _quoted(cell: str) -> str:
    """RFC 4180, section 2; Python's writer leaves a lone carriage return unquoted."""
    return '"' + cell.replace('"', '""') + '"' if _QUOTED.search(cell) else cell


def records(solutions: Solutions) -> list[dict[str, Any]]:
    """One dict a row, of values that JSON can hold: None for what is unbound and for numbers that are none."""
    return [_record(row) for row in solutions]


def _record(row: dict[str, Value | None]) -> dict[str, Any]:
    return {name: _number(value) for name, value in row.items()}


def _number(value: Value | None) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value


def readable_columns(solutions: Solutions) -> list[int]:
    """The positions of all columns but those of IRIs that have a column of labels beside them."""
    return readable(solutions.variables)


def text(value: Value | None, prefixes: Prefixes) -> str:
    """A value as a reader sees it; IRIs are compact.

    >>> text(True, Prefixes({}))
    'yes'
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.4g}"
    if isinstance(value, IRI):
        return prefixes.shorten(value)
    plain = str(value)
    return " ".join(map(prefixes.shorten, plain.split())) if "://" in plain else plain
