"""A cell's text to a value."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from kg.load.cells import convert, plain_text
from kg.load.quantity import Quantity
from kg.load.tables import Field


def field(**descriptor: Any) -> Field:
    return Field("column", {"name": "column", "type": "string", **descriptor})


def test_an_empty_cell_says_nothing() -> None:
    assert convert(field(), None) == (None, "", "")


def test_text_is_trimmed_and_composed() -> None:
    assert convert(field(), "  Xi\u0301an ") == ("Xían", "", "")


def test_a_code_stays_as_it_is_written() -> None:
    assert convert(field(), "0010") == ("0010", "", "")


def test_a_list_has_no_empty_items() -> None:
    assert convert(field(separator=";"), "a; b ;;c;") == (["a", "b", "c"], "", "")


def test_a_list_of_separators_alone_is_empty() -> None:
    assert convert(field(separator=";"), " ; ;") == (None, "", "")


def test_a_bad_choice_in_a_list_is_named() -> None:
    cell, what, remedy = convert(field(separator=";", choices=["north", "south"]), "north;nroth")
    assert (cell, what, remedy) == (None, "not allowed: nroth", "Allowed are: north, south")


def test_a_quantity_has_its_unit() -> None:
    assert convert(field(parse="quantity"), "12亿元")[0] == Quantity(Decimal(12), "亿元")


@pytest.mark.parametrize("text", ["N/A", "-", "1,5", "NaN", "1e400"])
def test_a_refused_quantity_says_what_to_do(text: str) -> None:
    cell, what, remedy = convert(field(parse="quantity"), text)
    assert cell is None
    assert what
    assert remedy == "Write a plain value of that kind, or take the row out"


def test_a_refused_period_says_which() -> None:
    assert convert(field(parse="period"), "2024-02-30")[1] == "no such date: 2024-02-30"


@pytest.mark.parametrize("number", [10**19, -(10**19), 2**63])
def test_an_integer_that_the_store_cannot_hold_is_refused(number: int) -> None:
    """The store keeps 64 bits; a SUM over more is silently unbound."""
    cell, what, remedy = convert(field(type="integer"), number)
    assert cell is None
    assert "beyond what can be stored" in what
    assert remedy


@pytest.mark.parametrize("number", [0, 1, -1, 2**63 - 1, -(2**63)])
def test_an_integer_of_64_bits_is_kept(number: int) -> None:
    assert convert(field(type="integer"), number) == (number, "", "")


@pytest.mark.parametrize(
    ("cell", "meant"),
    [
        ("'=SUM(A1)", "=SUM(A1)"),
        ("'+86 29", "+86 29"),
        ("'-1", "-1"),
        ("'@home", "@home"),
        ("'\tx", "\tx"),
        ("'\rx", "\rx"),
        ("''=x", "'=x"),
        ("'''@x", "''@x"),
        ("'quoted'", "'quoted'"),
        ("''", "''"),
        ("'", "'"),
        ("=x", "=x"),
    ],
)
def test_the_apostrophe_of_an_export_is_taken_off(cell: str, meant: str) -> None:
    """Threat T10: exports put one before what a spreadsheet would run."""
    assert plain_text(cell) == meant
