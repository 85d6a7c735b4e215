"""`kg scenario` as typed, on a small region: a mine, a smelter, and what would be."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.project import Project
from tests.conftest import MakeProject, RunKg
from tests.load.test_scenario import write
from tests.support import Ran

BASE: dict[str, str | bytes] = {
    "place": "key,class,label,section,anchor\nwest,City,West,1,the city of West\neast,City,East,1,the city of East\n",
    "industry": "key,label,section,anchor\nsteel,Steel,1,makes steel\ntea,Tea,1,grows tea\n",
    "recommendation": "key,class,label,section,anchor\nopen-mine,Recommendation,Open a mine,2,open a mine\n",
    "problem": "key,label,afflicts,names_node,section,anchor\n"
    "no-ore,No ore,place:west,mining,1,no ore\nno-tools,No tools,place:west,,1,no tools\n",
    "addresses": "recommendation,problem,basis,section,anchor\nopen-mine,no-tools,stated,2,so that there are tools\n",
    "chain": "key,class,label,industry,section,anchor\nsteel,IndustryChain,Steel chain,steel,1,makes steel\n",
    "stage": "key,class,chain,label,feeds,section,anchor\n"
    "mining,Stage,steel,Mining,smelting,1,makes steel\nsmelting,Stage,steel,Smelting,,1,makes steel\n",
    "capability": "stage,place,segment,status,section,anchor\n"
    "smelting,west,low-end,actual,1,smelts in West\nsmelting,east,low-end,actual,1,smelts in East\n",
    "lack": "what,place,degree,section,anchor\nstage:mining,west,missing,1,no mine\n",
    "dependence": "place,industry,on,section,anchor\nwest,steel,stage:mining,1,buys its ore\n",
    "regional-industry": "place,industry,status,section,anchor\n"
    "west,steel,actual,1,steel of West\neast,steel,actual,1,steel of East\n"
    "west,tea,actual,1,tea of West\neast,tea,actual,1,tea of East\n",
}
CHANGE: dict[str, str | bytes] = {
    "capability": "stage,place,status,reason\nmining,west,actual,It is opened\n",
    "-lack": "what,place\nstage:mining,west\n",
    "-dependence": "place,on\nwest,stage:mining\n",
    "-capability": "stage,place\nsmelting,east\n",
    "-regional-industry": "place,industry\neast,tea\n",
}
TABLES = ["changes", "states", "overlap", "head-on", "links", "providers", "inputs", "lacks", "centrality"]
TABLES += ["problems", "applied"]


@pytest.fixture
def project(small_project: MakeProject) -> Project:
    return small_project(BASE, reference=False)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return write(tmp_path / "open-a-mine", CHANGE, realises=["open-mine"], assumes=["There is ore."])


@pytest.fixture
def run(kg: RunKg, project: Project, tmp_path: Path) -> RunKg:
    """The command on the small region, which is built when it is first needed."""
    store = tmp_path / "graph"
    assert kg("build", "--store", store, bundled=project).code == 0

    def scenario(*arguments: str | Path, bundled: Project | None = None) -> Ran:
        assert bundled is None
        return kg("scenario", *arguments, "--store", store, bundled=project)

    return scenario


def test_as_json_it_is_all_that_differs(run: RunKg, folder: Path) -> None:
    done = run(folder, "--format", "json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    assert list(found["tables"]) == TABLES
    assert found["title"] == "What if: What if"
    assert "assumed: There is ore." in found["notes"]
    states = {
        (row["place_label"], row["stage_label"], row["before"], row["after"]) for row in found["tables"]["states"]
    }
    # East smelts at the low end only, which is weak.
    assert states == {("West", "Mining", "said missing", "present"), ("East", "Smelting", "weak", "not recorded")}
    (pair,) = found["tables"]["head-on"]
    assert (pair["change"], pair["place_label"], pair["other_label"]) == ("ended", "East", "West")
    (lack,) = found["tables"]["lacks"]
    assert (lack["change"], lack["what_label"], lack["passages"].rpartition("#")[2]) == ("ended", "Mining", "no-mine")
    assert [(row["change"], row["input_label"]) for row in found["tables"]["inputs"]] == [("ended", "Mining")]
    new = {
        (row["stage_label"], row["provider_label"]) for row in found["tables"]["providers"] if row["change"] == "new"
    }
    assert new == {("Mining", "West"), ("Smelting", "West")}
    answered = {(row["problem_label"], row["answer"], row["basis"]) for row in found["tables"]["problems"]}
    assert answered == {
        ("No ore", "stages there", "states of stages"),
        ("No tools", "recommendation realised", "stated"),
    }
    assert len(found["tables"]["applied"]) == 5


def test_overlap_before_and_after(run: RunKg, folder: Path) -> None:
    """Both had steel and tea: 2 of 2. East is left with one industry and is not compared any more."""
    (row,) = json.loads(run(folder, "--format", "json").out)["tables"]["overlap"]
    assert (row["shared_before"], row["shared_after"]) == (2, 0)
    assert (row["jaccard_before"], row["jaccard_after"]) == (1.0, None)
    assert row["industries"] == "Steel (-); Tea (-)"


def test_as_a_table_with_explanations(run: RunKg, folder: Path) -> None:
    done = run(folder, "--explain")
    assert done.code == 0
    assert "note: rows added: 1, taken out: 4" in done.out
    assert "States of stages that differ" in done.out
    assert "Why, and who says so" in done.out
    assert "mine, 1: no mine" in done.out


def test_a_table_alone_as_csv(run: RunKg, folder: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(run(folder, "--format", "csv", "--table", "states").out)))
    assert [line["stage_label"] for line in lines] == ["Smelting", "Mining"]
    default = run(folder, "--format", "csv").out.splitlines()[0]
    assert default == "change,kind,finding,severity_before,severity_after,why,passages"


def test_as_markdown_and_as_a_workbook(run: RunKg, folder: Path, tmp_path: Path) -> None:
    assert "# What if: What if" in run(folder, "--format", "md").out
    assert run(folder, "--format", "xlsx", "-o", tmp_path / "a.xlsx").code == 0
    from openpyxl import load_workbook

    assert load_workbook(tmp_path / "a.xlsx").sheetnames == [*TABLES, "findings"]


def test_only_some_places_or_chains(run: RunKg, folder: Path) -> None:
    west = json.loads(run(folder, "--place", "West", "--format", "json").out)["tables"]
    assert {row["place_label"] for row in west["states"]} == {"West"}
    east = json.loads(run(folder, "--place", "east", "--format", "json").out)["tables"]
    assert (len(east["states"]), len(east["head-on"]), east["problems"], east["inputs"]) == (1, 1, [], [])
    chain = json.loads(run(folder, "--chain", "Steel chain", "--format", "json").out)["tables"]
    assert (len(chain["states"]), len(chain["lacks"]), len(chain["inputs"])) == (2, 1, 1)


def test_without_a_folder_the_names_are_listed(run: RunKg, project: Project) -> None:
    assert run().out == ""
    write(project.roots[0] / "scenarios" / "own", CHANGE)
    assert run().out == "own: What if\n"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["nowhere"], "unknown scenario: nowhere"),
        (["FOLDER", "--place", "Wst"], "unknown place or cluster: Wst. Did you mean west"),
        (["FOLDER", "--format", "pdf"], "unknown format: pdf"),
        (["FOLDER", "--format", "xlsx"], "Name it with --output"),
    ],
)
def test_what_is_wrong_with_a_call_is_one_line(run: RunKg, folder: Path, arguments: list[str], expected: str) -> None:
    done = run(*(folder if argument == "FOLDER" else argument for argument in arguments))
    assert (done.code, done.out) == (2, "")
    assert expected in done.err
    assert len(done.err.splitlines()) == 1


def test_a_scenario_that_empties_a_chain_is_refused(run: RunKg, tmp_path: Path) -> None:
    empty = write(tmp_path / "nothing-left", {"-lack": "what\nstage:mining\n", "-capability": "stage\nsmelting\n"})
    done = run(empty)
    assert (done.code, done.out) == (1, "")
    assert "leaves less than two recorded stages of the chain Steel chain" in done.err


def test_a_graph_that_was_built_from_other_tables(run: RunKg, folder: Path, project: Project) -> None:
    path = project.roots[0] / "loaders/mine/place.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("East", "Far East"), encoding="utf-8")
    done = run(folder)
    assert (done.code, done.out) == (1, "")
    assert done.err == "kg: the graph was built from other tables than there are now. Run `kg build` first\n"


def test_a_scenario_that_changes_nothing(run: RunKg, tmp_path: Path) -> None:
    found = json.loads(run(write(tmp_path / "idle", {}), "--format", "json").out)
    assert found["notes"] == [
        "rows added: 0, taken out: 0; findings: 0 closed, 0 better, 0 opened, 0 worse. The graph itself is unchanged"
    ]
    assert all(rows == [] for rows in found["tables"].values())
