"""Answers as CSV, JSON and JSON Lines."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from kg.store.answers import Solutions, Value

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def to_csv(solutions: Solutions) -> str:
    """CSV with a header. Text that a spreadsheet would run as a formula gets an apostrophe in front.

    >>> to_csv(Solutions(("a", "b"), [("=1+1", -2)]))
    "a,b\\n'=1+1,-2\\n"
    """
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(solutions.variables)
    writer.writerows([[_cell(value) for value in row] for row in solutions.rows])
    return buffer.getvalue()


def to_json(solutions: Solutions) -> str:
    """A JSON array of one object a row; unbound variables are null."""
    return json.dumps([_record(row) for row in solutions], ensure_ascii=False, indent=2) + "\n"


def to_jsonl(solutions: Solutions) -> str:
    """One JSON object a line and row; unbound variables are null."""
    return "".join(json.dumps(_record(row), ensure_ascii=False) + "\n" for row in solutions)


FORMATS: dict[str, Callable[[Solutions], str]] = {"csv": to_csv, "json": to_json, "jsonl": to_jsonl}


def _cell(value: Value | None) -> str:
    if value is None:
        return ""
    if isinstance(value, str) and value.startswith(_FORMULA):
        return f"'{value}"
    return str(value)


def _record(row: dict[str, Value | None]) -> dict[str, Any]:
    return {name: _number(value) for name, value in row.items()}


def _number(value: Value | None) -> Any:
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value
