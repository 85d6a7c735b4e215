"""`kg links` on the papers, worked out by hand, and on small projects."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.analysis.facts import Facts
from kg.analysis.links.analysis import Links, analyse
from kg.analysis.links.reading import Nesting, Reach
from kg.analysis.result import EVERYTHING, Analysis, Scope
from kg.api import Graph
from kg.load.build import build
from kg.project import Project
from kg.store.folder import open_current
from tests.conftest import MakeProject, RunKg

EXPECTED = {
    # Yijing paper, Results, Innovation Chain: advantage industries and the programmes for them.
    "electric-power-and-heat": "in the place",
    "chemicals": "in the agglomeration",
    "tourism": "in the agglomeration",
    # The same: to become the focus of Yichang, with few institutions that provide programmes.
    "integrated-circuits": "few",
    "intelligent-manufacturing": "few",
    "biomedicine": "few",
    "new-energy": "few",
    "new-materials": "few",
    # The same: gets high-level talent from elsewhere; institutions that may award such degrees are lacking.
    "phosphorus-chemicals": "too low a level",
    # Results, Industry Chain: advantages; the paper names no programmes for them.
    "non-metallic-mineral-products": "not recorded",
    "agricultural-by-product-processing": "not recorded",
    "wine-beverages-tea": "not recorded",
}


@pytest.fixture(scope="module")
def whole(graph: Graph) -> Analysis:
    """The links of the whole graph."""
    return analyse(graph.facts)


def states(graph: Graph, place: str) -> dict[str, str]:
    """State by key of the industry."""
    rows = graph.links(place=place).table("links").solutions
    return {str(row["industry"]).rpartition("/")[2]: str(row["state"]) for row in rows}


def test_industries_of_yichang(graph: Graph) -> None:
    assert states(graph, "yichang") == EXPECTED


def test_what_jingzhou_teaches_ahead_is_matched_there(graph: Graph) -> None:
    """Yijing paper, Results, Innovation Chain: new energy vehicles and big health, for the future of the region."""
    found = states(graph, "jingzhou")
    assert found["new-energy-vehicles"] == found["big-health"] == "in the place"
    assert found["chemicals"] == "in the agglomeration"


def test_few_in_yichang_are_five_findings(graph: Graph) -> None:
    few = [f.label for f in graph.links(place="yichang").findings if "taught by few" in f.label]
    assert len(few) == 5


def test_what_is_said_and_what_is_not_recorded_are_kept_apart(whole: Analysis) -> None:
    unrecorded = [f for f in whole.findings if f.kind == "unrecorded-finding"]
    assert unrecorded
    assert not any("missing" in f.label for f in unrecorded)
    # The Baoji paper names no programme at all: that none is recorded there is no finding.
    assert not any("Baoji" in f.label for f in unrecorded)
    said = [f for f in whole.findings if f.kind == "link-finding"]
    assert all(f.passages for f in said)
    assert {f.about for f in said}.isdisjoint({f.about for f in unrecorded})


def test_cooperation_of_xianyang(graph: Graph) -> None:
    """Xianyang paper, IV.C: cooperation of university and research is not formed; links are lacking."""
    labels = [f.label for f in graph.links(place="xianyang").findings]
    assert any(label.startswith("Xianyang: said to be missing: Cooperation of industry, univ") for label in labels)
    assert any(label.startswith("Xianyang: said to be insufficient: Links of enterprises") for label in labels)
    row = next(r for r in graph.links(place="xianyang").table().solutions if str(r["industry"]).endswith("/tcm"))
    assert str(row["cooperation"]) == "insufficient; missing; recorded"
    assert str(row["state"]) == "not recorded"


def test_surplus_is_what_has_no_industry_yet(graph: Graph) -> None:
    """Yijing paper, Results, Innovation Chain: all of them aim at industries that are still to come."""
    rows = list(graph.links().table("surplus").solutions)
    found = {(str(r["place"]).rpartition("/")[2], str(r["field"]).rpartition("/")[2]): str(r["state"]) for r in rows}
    coming = ("integrated-circuits", "intelligent-manufacturing", "biopharmacy", "new-energy", "new-materials")
    assert found == {
        ("jingzhou", "new-energy-vehicles"): "planned",
        ("jingzhou", "big-health"): "planned",
        **{("yichang", field): "planned" for field in coming},
    }


def test_states_agree_with_the_question(graph: Graph, whole: Analysis) -> None:
    """What the question finds to be few or said missing, the analysis does, and the other way round."""
    asked = {
        (str(row["place"]), str(row["industry"]))
        for row in graph.ask("industries-without-programme")
        if row["state"] != "not recorded"
    }
    detail: Links = whole.detail
    found = {(k.industry.place, k.industry.industry) for k in detail.links if k.state in ("few", "said missing")}
    assert found == asked


def test_suggestions_explain_themselves(whole: Analysis) -> None:
    rows = list(whole.table("suggestions").solutions)
    assert rows
    assert all(row["why"] and row["action"] and row["passages"] for row in rows)
    assert all(row["action"] == "consider" or row["coverage_rank"] for row in rows)


def test_what_is_not_recorded_as_taught_is_to_be_found_out(whole: Analysis) -> None:
    """Not recorded is unknown: nobody is told to have taught what may be taught already."""
    teach = [f.label for f in whole.findings if f.aspect == "teach"]
    assert teach and all("find out whether" in label and "nothing is recorded" in label for label in teach)


def test_quality_is_given_or_refused_in_words(whole: Analysis) -> None:
    """Of recorded cooperation there is one link (Xianyang, IV.C); the crosswalk has enough."""
    rows = list(whole.table("quality").solutions)
    for row in rows:
        assert (row["auc"] is None) == bool(row["refused"])
    given = {str(row["method"]): float(str(row["auc"])) for row in rows if row["auc"] is not None}
    assert set(given) == {"resource allocation", "Adamic-Adar", "preferential attachment"}
    assert given["resource allocation"] > 0.5
    assert any("1 link, fewer than" in str(row["refused"]) for row in rows)
    assert any("recorded cooperation" in note for note in whole.notes)


def test_findings_of_a_place_are_those_of_the_whole(graph: Graph, whole: Analysis) -> None:
    for finding in whole.findings[::5]:
        scope = Scope(tuple(value for name, value in finding.parameters if name == "place"))
        assert finding in analyse(graph.facts, scope).findings


def test_a_chain_keeps_only_its_industries(graph: Graph) -> None:
    rows = graph.links(chain="titanium").table("links").solutions.rows
    assert {str(row[2]).rpartition("/")[2] for row in rows} == {"titanium"}


def test_a_chain_keeps_only_what_serves_it(graph: Graph) -> None:
    found = graph.links(chain="phosphorus-chemicals")
    serving = {row["field"] for row in found.table("crosswalk").solutions}
    assert serving
    assert {str(row["industry"]).rpartition("/")[2] for row in found.table("crosswalk").solutions} == {
        "phosphorus-chemicals"
    }
    taught = {row["field_label"] for row in found.table("programmes").solutions if row["field"] not in serving}
    assert taught <= {"All fields of study"}


def test_a_place_keeps_only_the_crosswalk_of_its_industries(graph: Graph) -> None:
    found = graph.links(place="jingmen")
    own = {row["industry"] for row in found.table("links").solutions}
    assert {row["industry"] for row in found.table("crosswalk").solutions} <= own


def test_cooperation_around_a_place_is_in_its_table(graph: Graph) -> None:
    """Yijing paper, Results, Innovation Chain: of the agglomeration as a whole; the links of its cities tell of it."""
    states = {row["state"] for row in graph.links(place="yichang").table("cooperation").solutions}
    assert {"recorded", "insufficient"} <= states


def test_a_chain_of_no_industry_is_told(graph: Graph) -> None:
    found = graph.links(chain="innovation")
    assert not found.table("links").rows
    assert found.notes[0].startswith("Innovation chain: no industry is recorded of which it is the chain.")


def test_what_few_teach_in_a_part_is_neither_few_nor_unrecorded_in_the_whole(graph: Graph) -> None:
    """Yijing paper, Results, Innovation Chain: few in Yichang teach bio pharmacy, so a source speaks of it there."""
    found = graph.links(place="Urban agglomeration in the middle reaches of the Yangtze River").table("links").solutions
    assert [row["state"] for row in found if row["industry_label"] == "Biomedicine"] == ["few, in a part"]


def test_reach() -> None:
    """Two cities of an agglomeration, a district of one, and a city that has nothing to do with them."""
    around = {"a": frozenset({"agg"}), "b": frozenset({"agg"}), "district": frozenset({"a", "agg"})}
    nesting = Nesting(around, {place: frozenset({"agg"}) for place in around})
    assert nesting.reach("a", "a") == Reach.PLACE
    assert nesting.reach("a", "district") == Reach.PART
    assert nesting.reach("district", "a") == nesting.reach("a", "agg") == Reach.AROUND
    assert nesting.reach("a", "b") == Reach.AGGLOMERATION
    assert nesting.reach("a", "elsewhere") == Reach.ELSEWHERE


ROWS = {
    "place": "key,class,label\nchina,Country,China\ntown,City,Town\nother,City,Other\n",
    "industry": "key,label\nglass,Glass\nsilk,Silk\nrope,Rope\n",
    "field": "key,label\nceramics,Ceramics\nweaving,Weaving\n",
    "crosswalk": "field,industry,judged_by,needs_level\nceramics,glass,paper,master\nweaving,silk,paper,\n",
    "programme": "place,field,level,provision\ntown,ceramics,bachelor,present\nother,weaving,,present\n",
    "regional-industry": "place,industry,status\ntown,glass,actual\ntown,silk,actual\ntown,rope,actual\n",
}
"""Made up: glass in Town needs a master's degree and is taught to bachelors; silk is taught in Other only."""


def said(tables: dict[str, str]) -> dict[str, str | bytes]:
    """The same rows as a document says them, each with a section and an anchor of its own."""
    anchored: dict[str, str | bytes] = {}
    for kind, text in tables.items():
        head, *rows = text.splitlines()
        lines = [f"{row},1,{kind} {number}" for number, row in enumerate(rows)]
        anchored[kind] = "\n".join([f"{head},section,anchor", *lines]) + "\n"
    return anchored


def facts_of(project: Project, store: Path) -> Facts:
    """A project built and opened."""
    build(project, store)
    return Facts(open_current(store), project)


def test_lower_levels_elsewhere_only_and_not_assessed(small_project: MakeProject, tmp_path: Path) -> None:
    found = analyse(facts_of(small_project(said(ROWS), reference=False), tmp_path / "store"))
    detail: Links = found.detail
    states = {k.industry.industry.rpartition("/")[2]: (str(k.state), str(k.level)) for k in detail.links}
    assert states == {
        "glass": ("too low a level", "lower levels only"),
        "silk": ("elsewhere only", ""),
        "rope": ("no field in the crosswalk", ""),
    }
    labels = {f.kind: f.label for f in found.findings if f.kind != "suggestion-finding"}
    assert labels == {
        "link-finding": "Town: Glass needs master or higher, and only lower levels are recorded",
        "unrecorded-finding": "Town: nothing is recorded of a programme for Silk; the nearest is in Other",
    }


def test_a_level_that_is_taught_is_enough(small_project: MakeProject, tmp_path: Path) -> None:
    rows = ROWS | {"programme": ROWS["programme"].replace("bachelor", "doctor")}
    detail: Links = analyse(facts_of(small_project(said(rows), reference=False), tmp_path / "store")).detail
    glass = next(k for k in detail.links if k.industry.industry.endswith("/glass"))
    assert (str(glass.state), str(glass.level)) == ("in the place", "enough")


def test_a_level_that_is_not_said_is_not_called_too_low(small_project: MakeProject, tmp_path: Path) -> None:
    rows = ROWS | {"programme": ROWS["programme"].replace("bachelor", "")}
    detail: Links = analyse(facts_of(small_project(said(rows), reference=False), tmp_path / "store")).detail
    glass = next(k for k in detail.links if k.industry.industry.endswith("/glass"))
    assert (str(glass.state), str(glass.level)) == ("in the place", "level not recorded")


def test_a_project_without_a_crosswalk(small_project: MakeProject, tmp_path: Path) -> None:
    rows = {kind: text for kind, text in ROWS.items() if kind != "crosswalk"}
    found = analyse(facts_of(small_project(said(rows), reference=False), tmp_path / "store"))
    assert {str(row["state"]) for row in found.table("links").solutions} == {"no field in the crosswalk"}
    assert {f.kind for f in found.findings} == set()


def test_an_empty_graph(small_project: MakeProject, tmp_path: Path) -> None:
    found = analyse(facts_of(small_project(), tmp_path / "store"), EVERYTHING)
    assert found.findings == ()
    assert found.table().rows == []
    assert len(found.table("quality").rows) == 11


@pytest.mark.parametrize("format", ["table", "csv", "md", "json"])
def test_the_command(kg: RunKg, store_folder: Path, format: str) -> None:
    ran = kg("links", "--place", "yichang", "--format", format, "--store", store_folder)
    assert ran.code == 0
    assert "Phosphorus" in ran.out
    if format == "json":
        assert {"links", "suggestions", "quality"} <= set(json.loads(ran.out)["tables"])


def test_the_picture(kg: RunKg, store_folder: Path, tmp_path: Path) -> None:
    ran = kg("links", "--place", "yichang", "--picture", tmp_path / "links.svg", "--store", store_folder)
    assert ran.code == 0
    drawn = (tmp_path / "links.svg").read_text(encoding="utf-8")
    assert "Integrated circuits for Integrated circuits: taught by few" in drawn


def test_an_unknown_place_is_one_line(kg: RunKg, store_folder: Path) -> None:
    ran = kg("links", "--place", "yichagn", "--store", store_folder)
    assert ran.code != 0
    assert "yichagn" in ran.err
    assert "Traceback" not in ran.err
