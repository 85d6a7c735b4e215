"""Tables that are read, and every way in which one can be wrong: file, row, column, what is wrong, what to do."""

from __future__ import annotations

import pytest

from kg.errors import Fault
from kg.load.package import Row, read_packages
from kg.project import Project
from tests.conftest import MakeProject

PLACES = "loaders/mine/place.csv"


def faults_of(project: Project) -> list[Fault]:
    return read_packages(project)[1]


def rows_of(project: Project) -> list[Row]:
    packages, faults = read_packages(project)
    assert faults == []
    return packages[0].rows


def only(faults: list[Fault]) -> Fault:
    assert len(faults) == 1, faults
    return faults[0]


BAD: list[tuple[str, str | bytes, Fault]] = [
    (
        "an escape",
        "key,class,label\nx,City,\x1b[2J\n",
        Fault(PLACES, 2, "", "a control character (0x1b)", "Take it out"),
    ),
    (
        "a column is missing",
        "key,label\nbaoji,Baoji\n",
        Fault(PLACES, 1, "class", "the column is missing", "Add it to the header and fill it"),
    ),
    (
        "a column stands twice",
        "key,class,label,label\nbaoji,City,Baoji,Baoji\n",
        Fault(PLACES, 1, "label", "the column stands twice", "Take one out"),
    ),
    (
        "the header has a typo",
        "key,class,label,wihtin\nbaoji,City,Baoji,shaanxi\n",
        Fault(PLACES, 1, "wihtin", "no such column in a table of type place", "Did you mean within?"),
    ),
    (
        "the file is not UTF-8",
        "key,class,label\nbaoji,City,宝鸡\n".encode("gb18030"),
        Fault(PLACES, 2, "", "not UTF-8", ""),
    ),
    ("the file is empty", "", Fault(PLACES, 1, "", "the file is empty", "Give it a header and rows")),
    ("the file is blank", " \n\n", Fault(PLACES, 1, "", "the file is empty", "Give it a header and rows")),
    ("a NUL", "key,class,label\nbaoji,City,Ba\0oji\n", Fault(PLACES, 2, "", "a NUL character", "Take it out")),
    (
        "a cell too many",
        "key,class,label\nbaoji,City,Baoji,x\n",
        Fault(PLACES, 2, "", "more cells than columns", "Quote"),
    ),
    (
        "a cell too few",
        "key,class,label\nbaoji,City\n",
        Fault(PLACES, 2, "label", "fewer cells than columns", "Add commas"),
    ),
    ("a blank row", "key,class,label\n\nbaoji,City,Baoji\n", Fault(PLACES, 2, "", "the row is blank", "Take it out")),
    ("an empty cell", "key,class,label\nbaoji,City,\n", Fault(PLACES, 2, "label", "the cell is empty", "Fill it")),
    ("a wrong class", "key,class,label\nbaoji,Cty,Baoji\n", Fault(PLACES, 2, "class", "'Cty'", "Correct the cell")),
    (
        "a wrong type",
        "key,class,label,tier\nx,Region,X,one\n",
        Fault(PLACES, 2, "tier", "'one' is of the wrong type", ""),
    ),
    (
        "an integer too large",
        f"key,class,label,tier\nx,Region,X,{10**19}\n",
        Fault(PLACES, 2, "tier", "beyond what", ""),
    ),
    (
        "half an integer",
        "key,class,label,tier\nx,Region,X,1.5\n",
        Fault(PLACES, 2, "tier", "'1.5' is of the wrong type", ""),
    ),
    (
        "a duplicate key",
        "key,class,label\nx,City,X\nx,City,Y\n",
        Fault(PLACES, 3, "key", "duplicate key", "Rename or join"),
    ),
    ("a key that climbs", "key,class,label\n../x,City,X\n", Fault(PLACES, 2, "key", "'../x'", "Correct the cell")),
    (
        "a key that Windows reserves",
        "key,class,label\nCON,City,X\n",
        Fault(PLACES, 2, "key", "'CON'", "Correct the cell"),
    ),
    (
        "a key of 300 letters",
        f"key,class,label\n{'x' * 300},City,X\n",
        Fault(PLACES, 2, "key", "'xxx", "Correct the cell"),
    ),
    ("a key with a space", "key,class,label\na b,City,X\n", Fault(PLACES, 2, "key", "'a b'", "Correct the cell")),
    ("an unclosed quote", 'key,class,label\nx,City,"X\n', Fault(PLACES, 2, "", "not CSV", "")),
    ("a quote in a quote", 'key,class,label\nx,City,"X"y\n', Fault(PLACES, 2, "", "not CSV", "")),
    ("a cell of a megabyte", f"key,class,label\nx,City,{'X' * 2**20}\n", Fault(PLACES, 2, "", "not CSV", "")),
]


@pytest.mark.parametrize(("content", "expected"), [case[1:] for case in BAD], ids=[case[0] for case in BAD])
def test_a_faulty_table_says_where_what_and_what_to_do(
    small_project: MakeProject, content: str | bytes, expected: Fault
) -> None:
    found = only(faults_of(small_project({"place": content})))
    assert (found.file, found.row, found.column) == (expected.file, expected.row, expected.column)
    assert expected.what in found.what
    assert found.remedy.startswith(expected.remedy)
    assert found.remedy


@pytest.mark.parametrize("value", ["N/A", "-", "NaN", "inf", "1,5", "3-5", "约12", "1e400", "1e19", "10²"])
def test_a_figure_that_is_none_is_refused_with_its_row(small_project: MakeProject, value: str) -> None:
    """Threat T20."""
    table = f'subject,measure,value,unit,comparator\nplace:china,area,"{value}",square-kilometre,exact\n'
    found = only(faults_of(small_project({"observation": table})))
    assert (found.file, found.row, found.column) == ("loaders/mine/observation.csv", 2, "value")
    assert found.remedy


@pytest.mark.parametrize("period", ["2024-02-30", "2021/2019", "44197", "2019-13"])
def test_a_date_that_is_none_is_refused_with_its_row(small_project: MakeProject, period: str) -> None:
    """Threat T20."""
    table = f"subject,measure,value,unit,comparator,period\nplace:china,area,1,square-kilometre,exact,{period}\n"
    found = only(faults_of(small_project({"observation": table})))
    assert (found.row, found.column) == (2, "period")
    assert period in found.what


def test_a_bad_choice_in_a_list_is_named(small_project: MakeProject) -> None:
    table = "place,industry,role,status\nchina,titanium,pillar;nonsense,actual\n"
    found = only(faults_of(small_project({"regional-industry": table})))
    assert (found.row, found.column, found.what) == (2, "role", "not allowed: nonsense")
    assert found.remedy.startswith("Allowed are: ")
    assert "pillar" in found.remedy


def test_all_faults_of_all_tables_come_at_once(small_project: MakeProject) -> None:
    tables: dict[str, str | bytes] = {
        "place": "key,class,label\n,City,\nb,Cty,B\n",
        "industry": "key,label\nA,a\n",
        "product": "",
    }
    found = {(fault.file.rpartition("/")[2], fault.row, fault.column) for fault in faults_of(small_project(tables))}
    assert found == {
        ("place.csv", 2, "key"),
        ("place.csv", 2, "label"),
        ("place.csv", 3, "class"),
        ("industry.csv", 2, "key"),
        ("product.csv", 1, ""),
    }


def test_a_file_that_is_missing_is_a_fault(small_project: MakeProject) -> None:
    project = small_project()
    (project.roots[0] / "loaders/mine/place.csv").unlink()
    assert str(only(faults_of(project))) == f"{PLACES}:0:: no such file. Add it, or take it out of datapackage.json"


def test_a_document_needs_section_and_anchor(small_project: MakeProject) -> None:
    found = faults_of(small_project(reference=False))
    assert [(fault.row, fault.column) for fault in found] == [(1, "section"), (1, "anchor")]


def test_codes_stay_text(small_project: MakeProject) -> None:
    (row,) = rows_of(small_project({"place": "key,class,label,code\nx,City,X,0010\n"}))
    assert row.cells["code"] == "0010"


def test_rows_know_their_line(small_project: MakeProject) -> None:
    rows = rows_of(small_project({"place": "key,class,label\na,City,A\nb,City,B\n"}))
    assert [(row.file, row.number, row.cells["key"]) for row in rows] == [(PLACES, 2, "a"), (PLACES, 3, "b")]


def test_columns_left_out_are_not_there_and_empty_ones_say_nothing(small_project: MakeProject) -> None:
    (row,) = rows_of(small_project({"place": "key,class,label,remark\na,City,A,\n"}))
    assert row.cells == {"key": "a", "class": "City", "label": "A", "remark": None}


SAME = [
    ("a mark of byte order", "\ufeffkey,class,label\na,City,A\n"),
    ("Windows line ends", "key,class,label\r\na,City,A\r\n"),
    ("old Mac line ends", "key,class,label\ra,City,A\r"),
    ("no last line end", "key,class,label\na,City,A"),
    ("all quoted", '"key","class","label"\n"a","City","A"\n'),
    ("another order", "label,key,class\nA,a,City\n"),
    ("white space around", "key,class,label\na,City, A \n"),
]


@pytest.mark.parametrize("content", [case[1] for case in SAME], ids=[case[0] for case in SAME])
def test_the_same_table_written_otherwise(small_project: MakeProject, content: str) -> None:
    (row,) = rows_of(small_project({"place": content}))
    assert row.cells == {"key": "a", "class": "City", "label": "A"}


def test_the_comma_separates_cells_whatever_else_there_is_more_of(small_project: MakeProject) -> None:
    """Lists are full of semicolons; the reading library guesses the separator unless told."""
    rows = "".join(f'p{i},City,P{i},"a{i};b{i};c{i};d{i};e{i};f{i}"\n' for i in range(50))
    found = rows_of(small_project({"place": "key,class,label,aliases\n" + rows}))
    assert len(found) == 50
    assert found[0].cells["aliases"] == ["a0", "b0", "c0", "d0", "e0", "f0"]


def test_quotes_commas_and_line_ends_in_cells(small_project: MakeProject) -> None:
    table = 'key,class,label,remark\na,City,"A ""the"" city, old","one\ntwo"\nb,City,B,it\'s\n'
    first, second = rows_of(small_project({"place": table}))
    assert (first.cells["label"], first.cells["remark"]) == ('A "the" city, old', "one\ntwo")
    assert second.cells["remark"] == "it's"


def test_the_apostrophe_before_a_formula_is_not_part_of_the_label(small_project: MakeProject) -> None:
    """Threat T10."""
    (row,) = rows_of(small_project({"place": "key,class,label\na,City,'=1+1\n"}))
    assert row.cells["label"] == "=1+1"


def test_a_table_of_a_header_alone_has_no_rows(small_project: MakeProject) -> None:
    assert rows_of(small_project({"place": "key,class,label\n"})) == []


def test_two_tables_of_one_type(small_project: MakeProject) -> None:
    tables: dict[str, str | bytes] = {
        "cities/place": "key,class,label\na,City,A\n",
        "towns/place": "key,class,label\nb,Town,B\n",
    }
    rows = rows_of(small_project(tables))
    assert [row.file for row in rows] == ["loaders/mine/cities.csv", "loaders/mine/towns.csv"]


def test_tables_known_to_be_valid_give_the_same_rows() -> None:
    """All tables of the papers: reading them without frictionless makes no difference."""
    project = Project.find()
    assert read_packages(project, known_valid=True) == read_packages(project)
