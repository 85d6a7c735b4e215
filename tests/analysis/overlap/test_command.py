"""`kg overlap` as typed, and what it says of an empty graph and of bad input."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.api import Graph
from kg.load.build import build
from kg.store.folder import open_current
from tests.conftest import MakeProject, RunKg

CITIES = "yichang,jingzhou,jingmen,enshi"


@pytest.mark.usefixtures("graph")
def test_table_tells_who_shares_what(kg: RunKg) -> None:
    ran = kg("overlap", "--place", CITIES, "--aspect", "industry")
    assert ran.code == 0
    assert "Items: who shares what" in ran.out + ran.err
    assert "Enshi; Jingmen" in ran.out


@pytest.mark.usefixtures("graph")
def test_csv_is_the_table_of_pairs(kg: RunKg) -> None:
    ran = kg("overlap", "--place", CITIES, "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(ran.out)))
    found = next(r for r in rows if r["aspect"] == "industry" and r["first_label"] == "Jingzhou")
    assert (found["second_label"], found["shared"], found["either"]) == ("Yichang", "5", "7")


@pytest.mark.usefixtures("graph")
def test_json_has_tables_findings_and_notes(kg: RunKg) -> None:
    said = json.loads(kg("overlap", "--place", CITIES, "--format", "json").out)
    names = ["pairs", "items", "groups", "head-on", "division", "complementary", "same-stage", "outputs"]
    assert list(said["tables"]) == names
    assert {f["kind"] for f in said["findings"]} == {"overlap-finding"}
    assert said["notes"]


@pytest.mark.usefixtures("graph")
def test_markdown_and_workbook(kg: RunKg, tmp_path: Path) -> None:
    from openpyxl import load_workbook

    assert "## Head-on: same stage, same segment" in kg("overlap", "--place", CITIES, "--format", "md").out
    path = tmp_path / "overlap.xlsx"
    assert kg("overlap", "--place", CITIES, "--format", "xlsx", "-o", path).code == 0
    assert load_workbook(path, read_only=True).sheetnames[0] == "pairs"


@pytest.mark.usefixtures("graph")
def test_explain_says_what_the_severity_is_made_of(kg: RunKg) -> None:
    ran = kg("overlap", "--place", CITIES, "--explain", "--table", "head-on")
    assert "stages in common" in ran.out + ran.err
    assert "yijing-jingen, Results: Industry Chain" in ran.out + ran.err


@pytest.mark.parametrize(
    ("arguments", "title"),
    [
        (["--place", CITIES], "Industries that both have now"),
        (["--place", "luoyang", "--aspect", "orientation"], "Industries and functions that both are meant to develop"),
        (["--chain", "phosphorus-chemicals"], "Stages and functions that both perform now"),
    ],
)
@pytest.mark.usefixtures("graph")
def test_picture_is_of_the_aspect_that_tells_most(kg: RunKg, tmp_path: Path, arguments: list[str], title: str) -> None:
    path = tmp_path / "overlap.svg"
    assert kg("overlap", *arguments, "--picture", path).code == 0
    svg = path.read_text(encoding="utf-8")
    assert title in svg
    assert "How to read this" in svg


@pytest.mark.usefixtures("graph")
def test_parks_are_drawn_by_what_they_are_meant_to_develop(kg: RunKg, tmp_path: Path) -> None:
    """Two of three have pharmaceuticals now; all three pairs share an orientation (Xianyang paper, Table I)."""
    parks = "xunyi-tcm-health-park,xianyang-pharmaceutical-park,fengxi-biomedical-park"
    path = tmp_path / "parks.svg"
    assert kg("overlap", "--place", parks, "--picture", path).code == 0
    svg = path.read_text(encoding="utf-8")
    assert "meant to develop" in svg
    assert svg.count(">0.50<") == 2, "4 of 8 orientations of Xunyi and of the park in the high-tech zone"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--place", "atlantis"], "atlantis"),
        (["--aspect", "colour"], "unknown aspect: colour"),
        (["--smallest-group", "1"], "smallest group: 1 is not a whole number of 2 or more"),
        (["--smallest-group", "x"], "smallest group: x is not a whole number of 2 or more"),
        (["--chain", "titanium", "--aspect", "industry"], "aspect: industry belongs to no chain"),
        (["--table", "nothing"], "unknown table: nothing"),
        (["--chain", "atlantis"], "atlantis"),
    ],
)
@pytest.mark.usefixtures("graph")
def test_bad_input_is_told_in_a_line(kg: RunKg, arguments: list[str], says: str) -> None:
    ran = kg("overlap", *arguments)
    assert ran.code != 0
    assert says in ran.err
    assert "Traceback" not in ran.err


def test_smallest_group(graph: Graph) -> None:
    four = graph.overlap(place=CITIES, aspect="industry", smallest_group=4).table("groups").rows
    assert len(four) == 1


def test_graph_with_one_place_has_no_overlap(small_project: MakeProject, tmp_path: Path) -> None:
    project = small_project()
    build(project, tmp_path / "store")
    found = Graph(open_current(tmp_path / "store"), project).overlap()
    assert all(table.rows == [] for table in found.tables)
    assert found.findings == ()


def test_place_of_which_nothing_is_recorded_is_named_in_a_note(small_project: MakeProject, tmp_path: Path) -> None:
    project = small_project()
    build(project, tmp_path / "store")
    found = Graph(open_current(tmp_path / "store"), project).overlap(place="china")
    assert any(note.startswith("Nothing is recorded of what China has") for note in found.notes)


OWN: dict[str, str | bytes] = {
    "place": "key,class,label,section,anchor\neast,City,East,1,east\nwest,City,West,1,west\n",
    "industry": "key,label,section,anchor\nsteel,Steel,1,steel\ncloth,Cloth,1,cloth\n",
    "measure": "key,label,section,anchor\noutput-value,Output value,1,output\n",
    "regional-industry": "place,industry,status,section,anchor\n"
    "east,steel,actual,2,steel of the east\neast,cloth,actual,2,cloth of the east\n"
    "west,steel,actual,2,steel of the west\nwest,cloth,actual,2,cloth of the west\n",
    "observation": "subject,measure,value,unit,comparator,period,section,anchor\n"
    "regional-industry:east--steel,output-value,3,billion-yuan,exact,2020,3,three\n"
    "regional-industry:east--cloth,output-value,1,billion-yuan,exact,2020,3,one\n"
    "regional-industry:west--steel,output-value,1,billion-yuan,exact,2020,3,one too\n"
    "regional-industry:west--cloth,output-value,1,billion-yuan,exact,2020,3,and one\n",
}


def test_krugman_and_minimum_shares_of_a_made_up_region(small_project: MakeProject, tmp_path: Path) -> None:
    """East 3 and 1, West 1 and 1: shares 0.75, 0.25 against 0.5, 0.5; K = 0.5, S = 0.75, and Jaccard 1."""
    project = small_project(OWN, reference=False)
    build(project, tmp_path / "store")
    found = Graph(open_current(tmp_path / "store"), project).overlap()
    (row,) = found.table("outputs").rows
    assert row[-3:] == pytest.approx((2, 0.5, 0.75))
    (finding,) = found.findings
    assert finding.severity == pytest.approx((2 * 2 / 3 + 0 + 0.75) / 4), "2 of 2 and one more"
    assert not any("neither is zero" in note for note in found.notes)


def test_a_chain_without_stages_is_told(graph: Graph) -> None:
    note = graph.overlap(chain="iis").notes[0]
    assert note.endswith("no stage or function of it is recorded. Name another with --chain")


def test_those_of_one_level_are_not_called_of_several(graph: Graph) -> None:
    assert not any("different levels" in note for note in graph.overlap(place=CITIES).notes)
    assert any("different levels" in note for note in graph.overlap(place="yichang,yijing-jingen").notes)


def test_outputs_of_no_period_do_not_displace_the_latest(small_project: MakeProject, tmp_path: Path) -> None:
    """The same as above: what is said of no period, 9 and 1 of the east, counts only where no period is known."""
    more = str(OWN["observation"]) + (
        "regional-industry:east--steel,output-value,9,billion-yuan,exact,,4,nine\n"
        "regional-industry:east--cloth,output-value,1,billion-yuan,exact,,4,one again\n"
    )
    project = small_project({**OWN, "observation": more}, reference=False)
    build(project, tmp_path / "store")
    (row,) = Graph(open_current(tmp_path / "store"), project).overlap().table("outputs").rows
    assert row[-2:] == pytest.approx((0.5, 0.75))
