"""`kg gaps` as typed: each format, each table, scopes, the picture, and what is refused."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from kg.api import Graph
from tests.conftest import RunKg

TABLES = (
    "gaps",
    "unrecorded",
    "states",
    "counts",
    "in-reach",
    "recommendations",
    "outside-inputs",
    "statements",
)


@pytest.fixture(autouse=True)
def _built(graph: Graph) -> None:
    assert graph


@pytest.mark.parametrize("table", TABLES)
def test_every_table_as_csv(kg: RunKg, table: str) -> None:
    ran = kg("gaps", "--place", "xianyang", "--chain", "tcm", "--table", table, "--format", "csv")
    assert (ran.code, ran.err) == (0, "")
    header, *rows = csv.reader(io.StringIO(ran.out))
    assert header[:2] == ["chain", "chain_label"]
    assert all(len(row) == len(header) for row in rows)
    assert rows or table == "outside-inputs"


def test_json_has_tables_and_findings(kg: RunKg) -> None:
    found = json.loads(kg("gaps", "--place", "baoji", "--chain", "titanium", "--format", "json").out)
    assert set(found["tables"]) == set(TABLES)
    assert {finding["kind"] for finding in found["findings"]} == {"gap-finding", "unrecorded-finding"}


def test_markdown_and_workbook(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("gaps", "--place", "baoji", "--chain", "titanium", "--format", "md")
    assert "## Gaps that a source states" in ran.out
    path = tmp_path / "gaps.xlsx"
    assert kg("gaps", "--place", "baoji", "--chain", "titanium", "--format", "xlsx", "-o", path).code == 0
    assert openpyxl.load_workbook(path).sheetnames == [*TABLES, "findings"]


def test_table_with_explanations(kg: RunKg) -> None:
    ran = kg("gaps", "--place", "xianyang", "--chain", "tcm", "--table", "counts", "--explain")
    assert "said to be missing: Clinical trials" in ran.out
    assert "x 3 (said missing)" in ran.out
    assert "xianyang-tcm, IV.C" in ran.out


def test_clusters_and_several_places(kg: RunKg) -> None:
    arguments = ("--chain", "tcm", "--table", "counts", "--format", "csv")
    each = kg("gaps", "--place", "cluster:xianyang-tcm,taicun", *arguments).out
    assert len(each.splitlines()) == 3
    joined = kg("gaps", "--place", "xianyang", "--place", "baoji", "--together", *arguments).out
    assert len(joined.splitlines()) == 2


def test_picture_tells_six_states_apart(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "gaps.svg"
    assert kg("gaps", "--chain", "tcm", "--picture", path, "--format", "csv").code == 0
    root = ElementTree.parse(path).getroot()
    texts = {element.text for element in root.iter("{http://www.w3.org/2000/svg}text")}
    assert {"present", "present, one provider only", "present, but weak", "planned or recommended"} <= texts
    assert {"said to be missing", "not recorded: no source speaks of it"} <= texts


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--place", "nowhere"), "unknown place or cluster: nowhere"),
        (("--chain", "nothing"), "unknown chain: nothing"),
        (("--together",), "there are no places to take together"),
        (("--table", "none"), "unknown table: none"),
        (("--format", "pdf"), "unknown format: pdf"),
        (("--format", "xlsx"), "xlsx is a file"),
    ],
)
def test_refused_in_one_line(kg: RunKg, arguments: tuple[str, ...], message: str) -> None:
    ran = kg("gaps", *arguments)
    assert ran.code != 0
    assert message in ran.err
    assert len(ran.err.strip().splitlines()) == 1
