"""A cell's text to a value: lists, quantities, periods, choices."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from kg.load.quantity import Quantity, check_period, parse_number, parse_quantity
from kg.load.tables import Field

Cell = str | int | Quantity | list[str] | None

_EXPORTED = re.compile(r"'+[=+\-@\t\r]")
_INT64 = range(-(2**63), 2**63)


def convert(field: Field, value: Any) -> tuple[Cell, str, str]:
    """The value of a cell, and if it cannot be had, what is wrong and what to do.

    Args:
        field: the column.
        value: what frictionless read: text, an integer or None.
    """
    if isinstance(value, int) and value not in _INT64:
        return None, f"beyond what can be stored: {str(value)[:40]}", "Write a smaller number"
    if value is None or isinstance(value, int):
        return value, "", ""
    text = plain_text(str(value))
    if field.separator:
        items = [item.strip() for item in text.split(field.separator) if item.strip()]
        bad = [item for item in items if field.choices and item not in field.choices]
        if bad:
            return None, f"not allowed: {', '.join(bad)}", f"Allowed are: {', '.join(field.choices)}"
        return items or None, "", ""
    try:
        if field.parse == "quantity":
            return parse_quantity(text), "", ""
        if field.parse == "number":
            return parse_number(text), "", ""
        if field.parse == "period":
            return check_period(text), "", ""
    except ValueError as error:
        return None, str(error), "Write a plain value of that kind, or take the row out"
    return text, "", ""


def plain_text(text: str) -> str:
    """Text in NFC without the apostrophe that exports put before what a spreadsheet would run as a formula.

    >>> plain_text("'=SUM(A1)")
    '=SUM(A1)'
    """
    text = unicodedata.normalize("NFC", text)
    if _EXPORTED.match(text):
        return text[1:]
    return text.strip()
