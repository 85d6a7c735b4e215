"""Answers as CSV, JSON and JSON Lines (threat T10)."""

from __future__ import annotations

import csv
import io
import json
import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.load.cells import plain_text
from kg.query.results import to_csv, to_json, to_jsonl
from kg.store.answers import IRI, Solutions, Text, Value

LABELS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")).map(lambda t: plain_text(t).strip())


def table(*rows: tuple[Value | None, ...]) -> Solutions:
    return Solutions(tuple("abc"[: len(rows[0])]), list(rows))


def read(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text, newline=""), strict=True))


@pytest.mark.parametrize(
    "label", ["=1+1", "+1", "-1", "@SUM(A1)", "\tx", "\rx", "'=1", "''+1", '=HYPERLINK("http://x")']
)
def test_a_label_that_would_run_gets_an_apostrophe_and_our_reader_takes_it_off(label: str) -> None:
    cell = read(to_csv(table((label,))))[1][0]
    assert cell == f"'{label}"
    assert plain_text(cell) == label


@pytest.mark.parametrize("number", [-2, -2.5, Decimal("-0.1"), 3])
def test_a_number_gets_none(number: Value) -> None:
    assert read(to_csv(table((number,))))[1] == [str(number)]


@pytest.mark.parametrize("text", ["'quoted'", "''", "a=b", "5-3", "a@b", "宝鸡"])
def test_other_text_is_left_alone(text: str) -> None:
    assert read(to_csv(table((text,))))[1] == [text]


@given(st.lists(st.tuples(LABELS, LABELS), max_size=5))
def test_what_is_exported_reads_back(rows: list[tuple[str, str]]) -> None:
    back = read(to_csv(Solutions(("a", "b"), list(rows))))
    assert back[0] == ["a", "b"]
    assert [tuple(plain_text(cell) for cell in row) for row in back[1:]] == rows


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1))
def test_no_cell_starts_as_a_formula_does(label: str) -> None:
    cell = read(to_csv(table((label, "x"))))[1][0]
    assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_an_unbound_variable_is_an_empty_cell() -> None:
    assert to_csv(table((None, "x"), ("y", None))) == "a,b\n,x\ny,\n"


def test_a_single_unbound_variable_is_a_row_all_the_same() -> None:
    assert len(read(to_csv(table((None,), ("x",))))) == 3


def test_no_rows_give_a_header() -> None:
    assert to_csv(Solutions(("a", "b"), [])) == "a,b\n"
    assert json.loads(to_json(Solutions(("a",), []))) == []
    assert to_jsonl(Solutions(("a",), [])) == ""


def test_json_has_numbers_as_numbers_and_labels_as_they_are() -> None:
    row: tuple[Value | None, ...] = (Decimal("12.50"), IRI("https://example.org/a"), None)
    assert json.loads(to_json(table(row))) == [{"a": 12.5, "b": "https://example.org/a", "c": None}]
    assert "宝鸡" in to_json(table((Text("宝鸡", "zh"),)))


def test_a_whole_decimal_is_an_integer_in_json() -> None:
    assert to_jsonl(table((Decimal("3.0"),))) == '{"a": 3}\n'


@pytest.mark.parametrize("number", [math.inf, -math.inf, math.nan])
def test_json_is_json_also_where_a_number_is_none(number: float) -> None:
    """RFC 8259, section 6: numeric values such as Infinity and NaN are not permitted."""

    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    for text in (to_json(table((number,))), to_jsonl(table((number,)))):
        assert json.loads(text.strip().strip("[]"), parse_constant=refuse) == {"a": None}


def test_json_lines_are_one_line_a_row() -> None:
    assert len(to_jsonl(table(("a\nb",), ("c\u2028d",))).split("\n")) == 3
