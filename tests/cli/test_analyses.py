"""Every analysis as typed: each format, one table, a file, and what is wrong said in a line."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.analysis.methods import METHODS
from kg.api import Graph
from kg.cli.analyses import FORMATS
from kg.view.report.model import options_of
from tests.conftest import RunKg

pytestmark = pytest.mark.usefixtures("graph")


@pytest.mark.parametrize("method", METHODS)
def test_each_analysis_gives_each_format(kg: RunKg, graph: Graph, tmp_path: Path, method: str) -> None:
    tables = graph.analyse(method, place="yichang").tables
    printed = kg(method, "--place", "yichang")
    assert printed.code == 0
    assert all(table.title in printed.out and table.reading in printed.out for table in tables)
    value = json.loads(kg(method, "--place", "yichang", "--format", "json").out)
    assert list(value["tables"]) == [table.name for table in tables]
    rows = list(csv.reader(io.StringIO(kg(method, "--place", "yichang", "--format", "csv").out)))
    assert rows[0] == list(tables[0].columns)
    assert len(rows) == 1 + len(tables[0].rows)
    assert kg(method, "--place", "yichang", "--format", "md").out.startswith("# ")
    book = tmp_path / "r.xlsx"
    assert kg(method, "--place", "yichang", "--format", "xlsx", "--output", book).code == 0
    assert book.read_bytes()[:2] == b"PK"


@pytest.mark.parametrize("method", METHODS)
def test_columns_of_tables_have_a_meaning_and_rows_fit_them(graph: Graph, method: str) -> None:
    for table in graph.analyse(method).tables:
        assert table.reading.endswith(".")
        assert all(table.columns.values()), table.name
        assert {len(row) for row in table.rows} <= {len(table.columns)}, table.name
        assert table.name.isascii() and len(table.name) <= 31


@pytest.mark.parametrize("method", METHODS)
def test_explained_findings_say_what_they_are_made_of_and_who_says_so(kg: RunKg, graph: Graph, method: str) -> None:
    out = kg(method, "--place", "yichang", "--explain").out
    for finding in graph.analyse(method, place="yichang").findings:
        assert finding.label in out
        assert finding.explanation in out


@pytest.mark.parametrize("method", METHODS)
def test_unknown_place_and_chain_are_told(kg: RunKg, method: str) -> None:
    ran = kg(method, "--place", "nowhere-at-all")
    assert ran.code == 2
    assert "nowhere-at-all" in ran.err
    ran = kg(method, "--chain", "titanum")
    assert ran.code == 2
    assert "Did you mean" in ran.err


def test_one_table_is_shown_where_it_is_named(kg: RunKg, graph: Graph) -> None:
    first, second, *_ = graph.gaps().tables
    out = kg("gaps", "--place", "xianyang", "--table", second.name).out
    assert second.title in out
    assert first.reading not in out


def test_every_format_gives_the_one_table_that_is_named(kg: RunKg, graph: Graph, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    second = graph.gaps(place="xianyang").tables[1]
    asked = ("gaps", "--place", "xianyang", "--table", second.name)
    assert list(json.loads(kg(*asked, "--format", "json").out)["tables"]) == [second.name]
    headings = [line for line in kg(*asked, "--format", "md").out.splitlines() if line.startswith("## ")]
    assert headings[0] == f"## {second.title}"
    assert headings[1:] in ([], ["## Findings"])
    book = tmp_path / "one.xlsx"
    assert kg(*asked, "--format", "xlsx", "--output", book).code == 0
    assert load_workbook(book).sheetnames == [second.name, "findings"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--format", "pdf"), f"unknown format: pdf. Use {', '.join(FORMATS)}"),
        (("--format", "xlsx"), "Name it with --output"),
        (("--table", "no-such"), "no-such"),
        (("--format", "md", "--output", "{folder}"), "cannot be written"),
        (("--picture", "{folder}"), "cannot be written"),
        (("--picture", "{folder}/gaps.png"), "ends in .svg"),
    ],
)
def test_what_cannot_be_done_is_told_in_a_line(
    kg: RunKg, tmp_path: Path, arguments: tuple[str, ...], said: str
) -> None:
    ran = kg("gaps", "--place", "xianyang", *(a.format(folder=tmp_path) for a in arguments))
    assert ran.code == 2
    assert said in ran.err
    assert ran.out == ""
    assert len(ran.err.splitlines()) == 1


def test_an_analysis_without_a_picture_says_so_before_anything_else(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("rules", "--picture", tmp_path / "rules.svg")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("kg: rules has no picture")


def test_picture_is_written_as_svg(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "new" / "gaps.svg"
    assert kg("gaps", "--place", "xianyang", "--picture", path).code == 0
    assert path.read_text(encoding="utf-8").startswith("<svg")


def test_two_places_may_be_given_either_way(kg: RunKg) -> None:
    both = kg("overlap", "--place", "yichang,jingmen", "--format", "json").out
    assert json.loads(both) == json.loads(
        kg("overlap", "--place", "yichang", "--place", "jingmen", "--format", "json").out
    )


def test_the_command_shown_beside_a_finding_runs_and_gives_it(kg: RunKg, graph: Graph) -> None:
    """One finding for each analysis and each set of parameters that its findings have."""
    kinds: dict[tuple[str, tuple[str, ...]], tuple[str, str]] = {}
    for row in graph.findings():
        given = str(row["parameters"] or "")
        names = tuple(sorted({pair.partition("=")[0] for pair in given.split()}))
        kinds[str(row["method"]), names] = given, str(row["finding_label"])
    assert len(kinds) > len(METHODS)
    for (method, _), (given, label) in kinds.items():
        ran = kg(method, *options_of(given).split(), "--format", "json")
        assert ran.code == 0, (method, given, ran.err)
        assert label in {finding["label"] for finding in json.loads(ran.out)["findings"]}
