"""Results of analyses as JSON, CSV, Markdown and workbooks: nothing lost, nothing run by who opens them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.result import Analysis, Finding, Part, Table, weighted
from kg.errors import UnknownName, UseError
from kg.export.tables import analysis_to_csv, analysis_to_json, analysis_to_markdown, in_order, write_workbook
from kg.names import Prefixes

PREFIXES = Prefixes({"place": "https://e.org/place/"})
PLACE = "https://e.org/place/a"
CITED = {"https://e.org/s#1": "qinba, 3.1"}
COLUMNS = {"place": "the place", "place_label": "its name", "value": "a number", "passages": "who says so"}


def result(name: str = "Baoji") -> Analysis:
    worse = Finding(
        "gap-finding",
        f"{name} lacks a stage",
        (PLACE,),
        (Part("state", 1.0, 3.0), Part("position", 0.5, 1.0, "3 of 6 downstream")),
        "gaps",
        (("place", PLACE),),
        ("https://e.org/s#1",),
    )
    better = Finding("gap-finding", f"{name} has little", (PLACE,), (Part("state", 0.25),), "gaps", aspect="weak")
    rows = [(PLACE, name, 0.5, "https://e.org/s#1"), (PLACE, name, None, "")]
    tables = (
        Table("gaps", "Gaps", "Each row is a gap.", COLUMNS, rows),
        Table("other", "Other", "Read.", {"n": "n"}, [(1,)]),
    )
    return Analysis("gaps", "Gaps of chains", (("place", PLACE),), tables, (better, worse), ("a note",))


def test_severity_is_the_weighted_mean_of_its_parts() -> None:
    """By hand: (3 x 1 + 1 x 0.5) / 4 = 0.875."""
    assert in_order(result())[0].severity == 0.875
    assert in_order(result())[0].explanation == ("severity 0.88: state 1.00 x 3; position 0.50 (3 of 6 downstream)")


@given(st.lists(st.tuples(st.floats(0, 1), st.floats(0, 100)), max_size=6))
def test_severity_stays_between_nothing_and_all(parts: list[tuple[float, float]]) -> None:
    assert -1e-9 <= weighted(Part("p", value, weight) for value, weight in parts) <= 1 + 1e-9


def test_keys_tell_findings_about_the_same_thing_apart() -> None:
    first, second = result().findings
    assert first.key(PREFIXES) == "gap-finding-weak-a"
    assert second.key(PREFIXES) == "gap-finding-a"


def test_long_keys_are_cut_and_stay_apart() -> None:
    def key(last: str) -> str:
        return Finding("k", "", tuple(f"https://e.org/place/{'x' * 40}-{n}" for n in ("1", "2", last)), (), "m").key(
            PREFIXES
        )

    assert key("3") != key("4")
    assert len(key("3")) < 140


def test_json_holds_everything() -> None:
    value = json.loads(analysis_to_json(result(), PREFIXES))
    assert value["parameters"] == [["place", "place:a"]]
    assert value["notes"] == ["a note"]
    assert [row["value"] for row in value["tables"]["gaps"]] == [0.5, None]
    assert [f["severity"] for f in value["findings"]] == [0.875, 0.25]
    assert value["findings"][0]["parts"][1]["words"] == "3 of 6 downstream"


def test_csv_gives_the_main_table_or_the_one_named() -> None:
    rows = list(csv.DictReader(io.StringIO(analysis_to_csv(result()))))
    assert [row["place_label"] for row in rows] == ["Baoji", "Baoji"]
    assert analysis_to_csv(result(), "other") == "n\n1\n"
    with pytest.raises(UnknownName, match="gaps gives: gaps, other"):
        analysis_to_csv(result(), "others")


def test_markdown_cites_and_escapes() -> None:
    text = analysis_to_markdown(result("a|b <script>"), PREFIXES, CITED)
    assert "<script>" not in text
    assert "a\\|b &lt;script&gt;" in text
    assert "Said in: qinba, 3.1." in text
    assert "No passage speaks of it." in text
    assert "> a note" in text


def test_workbook_has_a_sheet_for_each_table_and_runs_nothing(tmp_path: Path) -> None:
    from openpyxl import load_workbook

    path = tmp_path / "new" / "r.xlsx"
    write_workbook(result("=1+1"), path, PREFIXES, CITED)
    book = load_workbook(path)
    assert book.sheetnames == ["gaps", "other", "findings"]
    sheet = book["gaps"]
    assert [cell.value for cell in sheet[2]] == list(COLUMNS)
    assert [cell.value for cell in sheet[3]] == ["place:a", "'=1+1", 0.5, "qinba, 3.1"]
    assert "f" not in {cell.data_type for row in sheet.iter_rows() for cell in row}


def test_workbook_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(UseError, match="cannot be written"):
        write_workbook(result(), tmp_path, PREFIXES, CITED)


def test_frame_has_the_columns_of_the_table() -> None:
    frame = result().frame()
    assert list(frame.columns) == list(COLUMNS)
    assert frame["value"].iloc[0] == 0.5
    assert result().frame("other").shape == (1, 1)
