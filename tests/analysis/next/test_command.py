"""`kg next` as typed."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

if TYPE_CHECKING:
    from tests.conftest import RunKg

pytestmark = pytest.mark.usefixtures("graph")


def test_table(kg: RunKg) -> None:
    ran = kg("next", "--place", "baoji", "--top", "2")
    assert ran.code == 0
    assert "Titanium ore" in ran.out.replace("\n", " ")
    assert "the first stays first" in ran.out


def test_csv_holds_every_component(kg: RunKg) -> None:
    ran = kg("next", "--place", "baoji", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    assert [int(row["rank"]) for row in rows] == list(range(1, len(rows) + 1))
    assert rows[0]["candidate_label"] == "Titanium ore mining"
    assert rows[0]["relatedness"] == ""


@pytest.mark.parametrize("table", ["next", "components", "sensitivity"])
def test_tables_by_name(kg: RunKg, table: str) -> None:
    ran = kg("next", "--place", "xianyang", "--chain", "tcm", "--format", "csv", "--table", table)
    assert ran.code == 0
    assert len(ran.out.splitlines()) > 3


def test_json_and_markdown(kg: RunKg) -> None:
    found = json.loads(kg("next", "--place", "baoji", "--weights", "position=2", "--format", "json").out)
    assert found
    assert "Titanium ore mining" in kg("next", "--place", "baoji", "--format", "md").out


def test_workbook(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "next.xlsx"
    assert kg("next", "--place", "baoji", "--format", "xlsx", "-o", path).code == 0
    assert path.stat().st_size > 1000


def test_picture(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "next.svg"
    assert kg("next", "--place", "baoji,xianyang", "--top", "3", "--format", "csv", "--picture", path).code == 0
    texts = [e.text for e in ElementTree.parse(path).iter() if e.tag.endswith("}text")]
    assert {"Baoji", "Xianyang", "1.00, 50% known", "relatedness density"} <= set(texts)


def test_explained(kg: RunKg) -> None:
    out = kg("next", "--place", "baoji", "--explain").out
    assert "position 0.92 x 3 (of 6 other stages here 5 lie downstream and 1 upstream" in out
    assert "baoji-titanium, 6.1" in out


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--weights", "positon=2", "names are position, relatedness"),
        ("--weights", "position=-1", "from 0 to 1000"),
        ("--weights", "position=nan", "from 0 to 1000"),
        ("--top", "0", "Write 1 or more"),
        ("--top", "many", "Write 1 or more"),
    ],
)
def test_bad_options_are_refused_in_a_line(kg: RunKg, option: str, value: str, said: str) -> None:
    ran = kg("next", "--place", "baoji", option, value)
    assert ran.code == 2
    assert said in ran.err
    assert len(ran.err.strip().splitlines()) == 1
