"""The workbook of the graph, opened with openpyxl and pandas and compared with the graph."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import State
from kg.api import Graph
from kg.errors import MissingExtra
from kg.export import sheets as sheets_module
from kg.export.formats import Options, export
from kg.export.sheets import MAX_CELL, Book, Changed, link_of, sheet_text, sheet_title, sheet_value
from kg.export.workbook import write_graph_workbook
from kg.load.cells import plain_text
from tests.export.hostile import FORMULAS, hostile_graph

FIRST = 12_000


@pytest.fixture(scope="module")
def path(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("workbook") / "graph.xlsx"
    export(graph, path)
    return path


@pytest.fixture(scope="module")
def sheets(path: Path) -> dict[Any, pd.DataFrame]:
    """All sheets, of the long one its beginning."""
    book = openpyxl.load_workbook(path, read_only=True)
    names = list(book.sheetnames)
    book.close()
    short = pd.read_excel(path, sheet_name=[name for name in names if name != "facts"], keep_default_na=False)
    long = pd.read_excel(path, sheet_name="facts", keep_default_na=False, nrows=FIRST)
    return {name: long if name == "facts" else short[name] for name in names}


def test_it_has_these_sheets(graph: Graph, sheets: dict[Any, pd.DataFrame]) -> None:
    names = list(sheets)
    gaps = [name for name in names if name.startswith("gaps ")]
    rest = ["states", "overlap", "links", "training", "facts", "sources", "data issues"]
    assert names == ["read me", "findings", *gaps, *rest]
    assert len(gaps) == len(gap_matrices(graph.facts))


def test_findings_are_those_of_the_graph_with_their_citations(graph: Graph, sheets: dict[Any, pd.DataFrame]) -> None:
    frame, rows = sheets["findings"], list(graph.findings())
    assert frame["finding"].tolist() == [plain(row["finding_label"]) for row in rows]
    assert frame["severity"].tolist() == [float(str(row["severity"])) for row in rows]
    assert frame["explanation"].tolist() == [row["explanation"] for row in rows]
    citations = graph.citations()
    for said, row in zip(frame["said in"], rows, strict=True):
        assert said == "; ".join(sorted({citations[passage] for passage in str(row["passages"] or "").split()}))


def plain(value: object) -> str:
    return sheet_text(str(value))


def test_matrices_say_the_state_in_words(graph: Graph, sheets: dict[Any, pd.DataFrame]) -> None:
    names = [name for name in sheets if str(name).startswith("gaps ")]
    for name, (_chain, matrix) in zip(names, gap_matrices(graph.facts), strict=True):
        frame = sheets[name]
        assert frame.shape == (len(matrix.stages), len(matrix.places) + 1)
        assert frame.iloc[:, 1:].values.tolist() == [
            [matrix.cell(stage, place).state.value for place in matrix.places] for stage in matrix.stages
        ]


def test_every_state_of_a_matrix_has_the_passages_that_say_so(graph: Graph, sheets: dict[Any, pd.DataFrame]) -> None:
    citations, found = graph.citations(), []
    for chain, matrix in gap_matrices(graph.facts):
        for (stage, place), cell in matrix.cells.items():
            said = "; ".join(sorted({citations[passage] for passage in cell.grounds}))
            found.append((chain, matrix.labels[stage], matrix.labels[place], cell.state.value, said))
    rows = sheets["states"][["chain", "stage or function", "place", "state", "said in"]]
    assert sorted(rows.itertuples(index=False, name=None)) == sorted(found)
    assert all(row[-1] for row in found)


def test_what_is_planned_only_does_not_look_as_if_it_were_there(graph: Graph, sheets: dict[Any, pd.DataFrame]) -> None:
    """A cell of an industry that no source says to be in the place says that it is planned, and so on."""
    said: dict[tuple[str, str], set[str]] = {}
    for row in graph.ask("industries-of-places"):
        key = graph.facts.label(str(row["industry"])), graph.facts.label(str(row["place"]))
        said.setdefault(key, set()).add(str(row["status_label"]))
    frame = sheets["links"].set_index("industry")
    cells = {(i, p): str(frame.at[i, p]) for i in frame.index for p in frame.columns if frame.at[i, p]}
    assert len(cells) > 100
    for key, text in cells.items():
        own = text.partition("; industry ")[2]
        assert own == ("" if "actual" in said[key] else " and ".join(sorted(said[key]))), key
    rows = sheets["training"]
    assert {*zip(rows["industry"], rows["place"], strict=True)} == {*cells}
    assert all(rows["said in"])


def test_colours_follow_the_words(path: Path) -> None:
    book = openpyxl.load_workbook(path, read_only=True)
    name = next(name for name in book.sheetnames if name.startswith("gaps "))
    fills: dict[str, set[str]] = {}
    for row in book[name].iter_rows(min_row=2, min_col=2):
        for cell in row:
            fills.setdefault(str(cell.value), set()).add(cell.fill.fgColor.rgb if cell.fill.fill_type else "")
    assert len(fills) > 3
    assert all(len(colours) == 1 for colours in fills.values())
    assert fills[State.NOT_RECORDED.value] == {""}
    assert len(set.union(*fills.values())) == len(fills)
    book.close()


def test_every_statement_is_a_row(graph: Graph, path: Path, sheets: dict[Any, pd.DataFrame]) -> None:
    with zipfile.ZipFile(path) as packed:
        rows = [packed.read(name).count(b"<row ") for name in packed.namelist() if "worksheets/sheet" in name]
    assert len(graph.store) + 1 in rows
    frame = sheets["facts"]
    assert len(frame) == FIRST
    of = frame[(frame["subject id"] == "place:liushi") & (frame["section"] != "")]
    answer = [row for row in graph.ask("said-about", thing="place:liushi") if row["role"] == "subject"]
    assert {*zip(of["property"], of["source"], of["section"].astype(str), of["words of the passage"], strict=True)} == {
        (row["property_label"], row["source_label"], row["section"], plain(row["anchor"])) for row in answer
    }
    assert {"", "actual"} <= set(frame["status"]) <= {"", "actual", "proposed", "missing"}


def test_headings_stay_in_view_and_filter(tmp_path: Path) -> None:
    export(hostile_graph(tmp_path), tmp_path / "a.xlsx")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    for sheet in book.worksheets:
        assert sheet.freeze_panes in ("A2", "B2", "C2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert all(cell.font.bold for cell in sheet[1])
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "b"}


def test_digital_object_identifiers_are_links(path: Path) -> None:
    """One of the papers has one."""
    with zipfile.ZipFile(path) as packed:
        relations = [packed.read(name).decode() for name in packed.namelist() if "worksheets/_rels" in name]
    assert sum("https://doi.org/10.15302/JSSCAE2020.01.014" in text for text in relations) == 1


def test_texts_that_run_or_do_not_fit_are_mended_and_told(tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path)
    written = export(graph, tmp_path / "a.xlsx")
    export(Graph(graph.store, graph.project), tmp_path / "b.xlsx")
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert any("1 texts were longer" in note for note in written.notes)
    assert any("cells had characters" in note for note in written.notes)
    with zipfile.ZipFile(tmp_path / "a.xlsx") as packed:
        assert not any(b"<f>" in packed.read(name) for name in packed.namelist() if "worksheets/" in name)
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    values = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert [value for value in values if value[0] in "=+@\t\r"] == []
    assert {plain_text(value) for value in values} >= {
        text.replace("\r", "\n") for text in FORMULAS if "\r" not in text
    }
    assert "abc" in values
    notes = [row[1].value for row in book["read me"].iter_rows() if row[0].value == "note"]
    assert len(notes) == 2


def test_a_full_sheet_is_followed_by_another(tmp_path: Path) -> None:
    small = hostile_graph(tmp_path)
    outcome = write_graph_workbook(small, tmp_path / "small.xlsx", Options(), most=101)
    parts = {name: rows for name, rows in outcome.counts.items() if name.startswith("facts")}
    assert sum(parts.values()) == len(small.store)
    assert set(list(parts.values())[:-1]) == {100}
    book = openpyxl.load_workbook(tmp_path / "small.xlsx", read_only=True)
    assert [name for name in book.sheetnames if name.startswith("facts")] == list(parts)
    book.close()


@given(st.text())
def test_no_text_is_a_formula_or_illegal(text: str) -> None:
    held = sheet_text(text)
    assert not ILLEGAL_CHARACTERS_RE.search(held)
    assert held[:1] not in ("=", "+", "-", "@", "\t", "\r")
    assert len(held.encode("utf-16-le")) // 2 <= MAX_CELL


@pytest.mark.parametrize(("text", "cut"), [("x" * MAX_CELL, 0), ("x" * (MAX_CELL + 1), 1), ("\U0001f600" * 16_384, 1)])
def test_cells_hold_so_many_units_of_utf_16(text: str, cut: int) -> None:
    """Excel counts 32,767 units; a sign beyond the Basic Multilingual Plane takes two."""
    changed = Changed()
    held = sheet_text(text, changed)
    assert changed.cut == cut
    assert len(held.encode("utf-16-le")) // 2 <= MAX_CELL
    assert held.endswith("(cut)") == bool(cut)


def test_only_web_addresses_are_links() -> None:
    for text in ("javascript:alert(1)", "file:///etc/passwd", "http://a b", 'http://a"b', "ftp://a", "", None):
        assert link_of(text) is None, text
    assert link_of("http://example.org/a?b=c") == "http://example.org/a?b=c"


def test_a_sheet_has_no_more_links_than_spreadsheets_take(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Excel's specifications and limits: 65,530 hyperlinks in a worksheet."""
    assert sheets_module.MAX_LINKS == 65_530
    monkeypatch.setattr(sheets_module, "MAX_LINKS", 2)
    book = Book()
    sheet = book.sheet("x", {"a": 10.0})
    for number in range(3):
        sheet.add([number], links={0: f"https://example.org/{number}"})
    sheet.end()
    book.save(tmp_path / "x.xlsx")
    cells = [cell for (cell,) in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows(min_row=2)]
    assert [(cell.value, cell.hyperlink is not None) for cell in cells] == [(0, True), (1, True), (2, False)]


def test_titles_of_sheets_fit() -> None:
    taken: list[str] = []
    for name in ("a" * 40, "A" * 40, "x:/\\?*[]y", "'quoted'", "", "a" * 31):
        title = sheet_title(name, taken)
        assert 1 <= len(title) <= 31
        assert not set("[]:*?/\\") & set(title)
        assert title.casefold() not in {each.casefold() for each in taken}
        taken.append(title)


def test_error_codes_are_text(tmp_path: Path) -> None:
    book = Book()
    sheet = book.sheet("x", {"#N/A": 10.0})
    sheet.add(["#DIV/0!"])
    sheet.add(["=1"], ["FFFFFF"])
    sheet.end()
    book.save(tmp_path / "x.xlsx")
    cells = [cell for (cell,) in openpyxl.load_workbook(tmp_path / "x.xlsx").worksheets[0].iter_rows()]
    assert [(cell.value, cell.data_type) for cell in cells] == [("#N/A", "s"), ("#DIV/0!", "s"), ("'=1", "s")]


def test_numbers_that_are_none_are_text() -> None:
    assert [sheet_value(value) for value in (float("nan"), float("inf"), 1.5, 3, True, None)] == [
        "nan", "inf", 1.5, 3, True, None,
    ]  # fmt: skip


def test_without_its_extra_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "openpyxl", None)
    with pytest.raises(MissingExtra, match=r"iis-kg\[xlsx\]"):
        export(hostile_graph(tmp_path), tmp_path / "a.xlsx")
