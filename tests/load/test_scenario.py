"""A scenario applied to a copy: what is added, what is taken out, and what is refused."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from kg.errors import PackageError, ShapeFaults, TableFaults, UnknownName
from kg.load.build import assemble
from kg.load.removal import MOST
from kg.load.scenario import Applied, apply, find_scenario, scenarios
from kg.project import Project
from kg.store.oxigraph import OxigraphStore
from tests.conftest import MakeProject
from tests.support import CHINA, PREFIXES, ROOT

PLACES = "key,class,label,within\nchina,Country,China,\n" + "".join(
    f"city-{n},City,City {n},china\n" for n in range(1, MOST + 3)
)
BASE: dict[str, str | bytes] = {
    "place": PLACES,
    "industry": "key,label\nsteel,Steel\ntea,Tea\n",
    "recommendation": "key,class,label\nbuild-mines,Recommendation,Build mines\n",
    "chain": "key,class,label,industry\nsteel,IndustryChain,Steel chain,steel\n",
    "stage": "key,class,chain,label,feeds\nmining,Stage,steel,Mining,smelting\nsmelting,Stage,steel,Smelting,\n",
    "capability": "stage,place,segment,strength,status\n"
    "smelting,city-1,low-end,weak,actual\nsmelting,city-2,,,actual\nmining,city-1,,,planned\n",
    "lack": "what,place,degree\nstage:mining,city-1,missing\n",
    "regional-industry": "place,industry,status\n" + "".join(f"city-{n},tea,actual\n" for n in range(1, MOST + 3)),
    "event": "key,label,subject\nfair,Fair,place:city-1;place:city-2\n",
}


def write(folder: Path, tables: Mapping[str, str | bytes], **descriptor: Any) -> Path:
    """A scenario of tables by type; `-lack` is a table of removals."""
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for key, content in tables.items():
        kind, removes = key.removeprefix("-"), key.startswith("-")
        file = f"{kind}{'-ended' if removes else ''}.csv"
        (folder / file).write_bytes(content.encode() if isinstance(content, str) else content)
        resource = {"name": file[:-4], "path": file, "schema": f"../tables/{kind}.schema.json"}
        resources.append({**resource, "removes": True} if removes else resource)
    data = {"name": folder.name, "title": "What if", "resources": resources, **descriptor}
    (folder / "datapackage.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


@pytest.fixture
def project(small_project: MakeProject) -> Project:
    return small_project(BASE, shapes=True)


def applied(project: Project, tmp_path: Path, tables: Mapping[str, str | bytes], **descriptor: Any) -> Applied:
    return apply(project, write(tmp_path / "would-be", tables, **descriptor))


def ask(store: OxigraphStore, pattern: str) -> bool:
    return store.query(f"ASK {{ {pattern} }}", PREFIXES.mapping) is True


def faults(project: Project, tmp_path: Path, tables: Mapping[str, str | bytes], **descriptor: Any) -> list[str]:
    with pytest.raises(TableFaults) as error:
        applied(project, tmp_path, tables, **descriptor)
    return [str(fault).partition("would-be/")[2] for fault in error.value.faults]


def test_a_row_is_added_and_rules_are_run(project: Project, tmp_path: Path) -> None:
    """`hasIndustry` is derived by a rule."""
    after = applied(project, tmp_path, {"regional-industry": "place,industry,status\nCity 1,Steel,actual\n"})
    assert ask(after.store, "place:city-1 iis:hasIndustry industry:steel")
    assert not ask(assemble(project)[0], "place:city-1 iis:hasIndustry industry:steel")
    (change,) = after.changes
    assert (change.action, change.table, change.label) == ("added", "regional-industry", "Steel in City 1")
    assert change.where.endswith("would-be/regional-industry.csv:2")


def test_the_row_itself_is_the_passage_of_what_it_adds(project: Project, tmp_path: Path) -> None:
    tables = {"capability": "stage,place,status,realises\nmining,city-2,actual,build-mines\n"}
    after = applied(project, tmp_path, tables)
    assert ask(
        after.store,
        "GRAPH ?p { ?c iis:performs stage:mining ; iis:inPlace place:city-2 } ?p a iis:Passage ; iis:section ?s . "
        'FILTER(?s = "capability.csv row 2 (build-mines)")',
    ), list(after.store.nquads())
    assert after.changes[0].realises == (PREFIXES.mapping["recommendation"] + "build-mines",)


def test_what_the_package_realises_holds_for_each_row(project: Project, tmp_path: Path) -> None:
    tables = {"capability": "stage,place,status\nmining,city-2,actual\n", "-lack": "what\nstage:mining\n"}
    after = applied(project, tmp_path, tables, realises=["Build mines"], assumes=["Ore is found."])
    assert {change.realises for change in after.changes} == {(PREFIXES.mapping["recommendation"] + "build-mines",)}
    assert after.assumes == ("Ore is found.",)


def test_a_row_is_picked_by_some_of_its_cells_and_taken_out(project: Project, tmp_path: Path) -> None:
    """The passage stays in its source; what it states is gone."""
    after = applied(project, tmp_path, {"-capability": "stage,place,reason\nSmelting,City 1,It closes\n"})
    assert not ask(after.store, "?c iis:performs stage:smelting ; iis:inPlace place:city-1")
    assert ask(after.store, "?c iis:performs stage:smelting ; iis:inPlace place:city-2")
    (change,) = after.changes
    assert (change.action, change.label, change.reason) == ("removed", "Smelting by City 1", "It closes")
    assert change.where == "loaders/mine/capability.csv:2"
    assert change.picked_by.endswith("would-be/capability-ended.csv:2")


def test_a_weak_stage_is_made_present_by_a_removal_and_an_addition(project: Project, tmp_path: Path) -> None:
    tables = {
        "capability": "stage,place,status\nsmelting,city-1,actual\n",
        "-capability": "stage,place,strength\nsmelting,city-1,weak\n",
    }
    after = applied(project, tmp_path, tables)
    assert not ask(after.store, "?c iis:strength concept:weak")
    assert ask(after.store, "?c iis:performs stage:smelting ; iis:inPlace place:city-1 ; iis:status concept:actual")


def test_of_a_list_the_items_given_must_be_there(project: Project, tmp_path: Path) -> None:
    assert len(applied(project, tmp_path, {"-event": "subject\nplace:city-2\n"}).changes) == 1
    (fault,) = faults(project, tmp_path, {"-event": "subject\nplace:city-2;place:city-3\n"})
    assert "no row of type event is like this" in fault


def test_a_removal_that_matches_nothing_tells_the_nearest(project: Project, tmp_path: Path) -> None:
    (fault,) = faults(project, tmp_path, {"-capability": "stage,place\nmining,city-2\n"})
    assert fault == (
        "capability-ended.csv:2:: no row of type capability is like this. "
        "Nearest is loaders/mine/capability.csv:3, which differs in stage"
    )


def test_a_removal_of_many_rows_must_say_how_many(project: Project, tmp_path: Path) -> None:
    (fault,) = faults(project, tmp_path, {"-regional-industry": "industry\ntea\n"})
    assert fault == (
        f"regional-industry-ended.csv:2:: {MOST + 2} rows are like this, more than {MOST}. "
        f"Fill more columns, or write {MOST + 2} into the column rows"
    )
    after = applied(project, tmp_path, {"-regional-industry": f"industry,rows\ntea,{MOST + 2}\n"})
    assert len(after.changes) == MOST + 2
    (fault,) = faults(project, tmp_path, {"-regional-industry": "industry,rows\ntea,3\n"})
    assert f"{MOST + 2} rows are like this, not 3" in fault


def test_a_removal_that_picks_nothing_in_particular_is_refused(project: Project, tmp_path: Path) -> None:
    (fault,) = faults(project, tmp_path, {"-lack": "what,reason\n,All is well\n"})
    assert "it names no row" in fault


def test_a_removal_can_be_held_to_a_source(project: Project, tmp_path: Path) -> None:
    assert len(applied(project, tmp_path, {"-lack": "what,said_in\nstage:mining,mine\n"}).changes) == 1
    (fault,) = faults(project, tmp_path, {"-lack": "what,said_in\nstage:mining,nobody\n"})
    assert fault.startswith("lack-ended.csv:2:said_in: unknown source: nobody")


def test_what_others_still_name_cannot_be_taken_out(project: Project, tmp_path: Path) -> None:
    (fault,) = faults(project, tmp_path, {"-stage": "key\nsmelting\n"})
    assert "stage:smelting is no longer declared, and loaders/mine/stage.csv:2 names it" in fault


@pytest.mark.parametrize(
    ("tables", "expected"),
    [
        (
            {"capability": "stage,place,status\nmining,Citty 1,actual\n"},
            "capability.csv:2:place: unknown place: Citty 1",
        ),
        ({"-capability": "stage,place\nminning,city-1\n"}, "capability-ended.csv:2:stage: unknown stage: minning"),
        ({"capability": "stage,place,status,realises\nmining,city-1,actual,nothing\n"}, "unknown recommendation or"),
        ({"capability": "stage,place\nmining,city-1\n"}, "status"),
        ({"capability": "stage,where\nmining,city-1\n"}, "capability.csv:1:where: no such column"),
        ({"-capability": "stage,where\nmining,city-1\n"}, "capability-ended.csv:1:where: no such column"),
        ({"-lack": ""}, "the file is empty"),
        ({"lack": b"\xff"}, "not UTF-8"),
    ],
)
def test_faults_name_file_row_and_column(
    project: Project, tmp_path: Path, tables: dict[str, str | bytes], expected: str
) -> None:
    assert expected in " ".join(faults(project, tmp_path, tables))


def test_an_unknown_recommendation_of_the_package_is_a_fault(project: Project, tmp_path: Path) -> None:
    (fault,) = faults(project, tmp_path, {"-lack": "what\nstage:mining\n"}, realises=["build-mine"])
    assert fault.startswith("datapackage.json:0:realises: unknown recommendation or policy: build-mine. Did you mean")


@pytest.mark.parametrize(
    ("descriptor", "expected"),
    [
        ({"title": ""}, "no title"),
        ({"name": "other"}, "Name it as its folder"),
        ({"realises": "build-mines"}, "realises is not a list of texts"),
        ({"resources": [{"path": "a.csv", "schema": "../tables/nothing.schema.json"}]}, "no table type nothing"),
        ({"resources": [{"path": "a.csv", "schema": "../tables/finding.schema.json"}]}, "Use ../tables/<type>"),
        ({"resources": [{"path": "a.csv", "schema": "../tables/coverage.schema.json"}]}, "Use ../tables/<type>"),
        ({"resources": [{"path": "../a.csv", "schema": "../tables/lack.schema.json"}]}, "leads out of its folder"),
        ({"resources": [{"path": "a.csv", "schema": "../tables/lack.schema.json", "removes": 1}]}, "true or false"),
    ],
)
def test_a_bad_descriptor_is_refused(
    project: Project, tmp_path: Path, descriptor: dict[str, Any], expected: str
) -> None:
    with pytest.raises(PackageError, match=expected):
        applied(project, tmp_path, {}, **descriptor)


def test_a_descriptor_that_is_a_link_out_of_its_folder_is_refused(project: Project, tmp_path: Path) -> None:
    folder = write(tmp_path / "would-be", {})
    (folder / "datapackage.json").rename(tmp_path / "elsewhere.json")
    (folder / "datapackage.json").symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(PackageError, match="leads out of its folder"):
        apply(project, folder)


def test_a_table_is_named_once(project: Project, tmp_path: Path) -> None:
    table = {"path": "lack.csv", "schema": "../tables/lack.schema.json"}
    with pytest.raises(PackageError, match=r"lack\.csv is named more than once"):
        applied(project, tmp_path, {"lack": "what,place,degree\n"}, resources=[table, table])


def test_a_table_that_is_not_there_is_a_fault(project: Project, tmp_path: Path) -> None:
    resources = [{"path": "a.csv", "schema": "../tables/lack.schema.json"}]
    assert faults(project, tmp_path, {}, resources=resources)[0].startswith("a.csv:0:: no such file")


def test_a_folder_without_a_package_and_an_unknown_name(project: Project, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(PackageError, match=r"no datapackage\.json there"):
        apply(project, tmp_path / "empty")
    with pytest.raises(UnknownName, match="unknown scenario: nothing"):
        apply(project, "nothing")


def test_a_scenario_cannot_take_the_name_of_a_source(project: Project, tmp_path: Path) -> None:
    with pytest.raises(PackageError, match="a source is named mine too"):
        apply(project, write(tmp_path / "mine", {"-lack": "what\nstage:mining\n"}))


def test_what_is_added_must_be_well_formed(project: Project, tmp_path: Path) -> None:
    with pytest.raises(ShapeFaults, match="A capability is had by nobody"):
        applied(project, tmp_path, {"capability": "stage,status\nmining,actual\n"})


def test_what_is_there_already_is_noted(project: Project, tmp_path: Path) -> None:
    after = applied(project, tmp_path, {"capability": "stage,place,status\nsmelting,city-2,actual\n"})
    (note,) = after.notes
    assert note.endswith("capability.csv:2: Smelting by City 2 is there already (loaders/mine/capability.csv:3)")


def test_without_rows_it_is_the_graph_itself(project: Project, tmp_path: Path) -> None:
    """Equal but for the name of the scenario, which is a source like others."""
    after = applied(project, tmp_path, {})
    assert after.changes == ()
    ours = {line for line in after.store.nquads() if "/source/would-be>" not in line}
    assert ours == set(assemble(project)[0].nquads())


def test_the_project_names_its_scenarios(project: Project) -> None:
    write(project.roots[0] / "scenarios" / "own", {"-lack": "what\nstage:mining\n"}, title="Mines after all")
    assert scenarios(project) == {"own": "Mines after all"}
    assert find_scenario(project, "own")[1] == "scenarios/own"
    assert len(apply(project, "own").changes) == 1


def test_the_worked_scenarios_come_with_the_package() -> None:
    assert set(scenarios(Project((ROOT,)))) == {
        "extend-titanium-upstream",
        "divide-phosphorus-chemicals",
        "xianyang-platforms",
    }


def test_a_project_without_scenarios_has_none(small_project: MakeProject) -> None:
    assert scenarios(small_project({"place": CHINA})) == {}


def test_what_a_graph_is_built_from_has_a_digest(small_project: MakeProject) -> None:
    project = small_project({"place": CHINA})
    before = project.digest()
    assert len(before) == 64
    assert project.digest() == before
    (project.roots[0] / "loaders/mine/place.csv").write_text(CHINA.replace("China", "Cathay"), encoding="utf-8")
    assert project.digest() != before
