"""Weak points of the five papers, of tiny graphs, and the command as typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.analysis.facts import Facts
from kg.analysis.methods import analyse, finding_rows
from kg.analysis.result import Scope
from kg.analysis.weak_points.findings import ACTORS, CHAINS
from kg.api import Graph
from kg.errors import BadParameter, UnknownName
from kg.load.build import build
from kg.store.folder import open_current
from tests.conftest import MakeProject, RunKg

PLACES = "key,class,label\nchina,Country,China\nalone,City,Alone\n"


@pytest.fixture(scope="module")
def networks(graph: Graph) -> dict[str, set[str]]:
    """The labels of the findings by network."""
    found: dict[str, set[str]] = {}
    for finding in graph.weak_points().findings:
        found.setdefault(dict(finding.parameters)["network"], set()).add(finding.label)
    return found


def test_single_providers(networks: dict[str, set[str]]) -> None:
    """Clusters paper, 3.2: pickling in Wenzhou; 3.3 and 3.4: home appliances in Chuzhou, and in Qingdao too."""
    assert "Wenzhou is the only recorded provider of Pickling" in networks[CHAINS]
    assert not [label for label in networks[CHAINS] if label.startswith("Chuzhou is the only")]


def test_what_is_only_recommended_holds_nothing_together(networks: dict[str, set[str]]) -> None:
    """Qinba paper, 5.2.3: the branches of R&D institutions are proposed; the institutions are those of seven cities."""
    assert not [label for label in networks[ACTORS] if "R&D institutions" in label]


def test_place_of_the_one_organisation_is_not_told_again(networks: dict[str, set[str]]) -> None:
    """Baoji paper, 4.2: equipment design is BaoTai's alone."""
    design = [label for label in networks[CHAINS] if label.endswith("provider of Design")]
    assert design == ["BaoTai Group is the only recorded provider of Design"]


def test_severity_of_a_single_provider_by_hand(graph: Graph) -> None:
    """Clusters paper, 3.1: chemical fibre, weaving, printing, dyeing, clothing follow in Shaoxing. All four others need
    chemical fibre, one place performs it, and Shaoxing is alone in all of the chain: (2·1 + 0.5 + 1) / 4."""
    found = {f.label: f for f in graph.weak_points(chain="textile").findings}
    fibre = found["Shaoxing is the only recorded provider of Chemical fibre"]
    assert [part.value for part in fibre.parts] == [1.0, 0.5, 1.0]
    assert fibre.severity == pytest.approx(3.5 / 4)


def test_baotai_group_holds_organisations_together(graph: Graph) -> None:
    """Baoji paper, 4.2: the group reaches from mining to equipment, and nobody else is said to mine."""
    group = graph.prefixes.mapping["actor"] + "baotai-group"
    found = next(f for f in graph.weak_points(network="actors").findings if f.about == (group,))
    assert found.passages
    stages = graph.weak_points(remove="actor:baotai-group").detail.broken.stages
    assert graph.prefixes.mapping["stage"] + "titanium-ore-mining" in stages


def test_titanium_without_baoji(graph: Graph) -> None:
    """Baoji paper, 4.2: from sponge to equipment in Baoji, whose park and whose companies go with it."""
    broken = graph.weak_points(remove="baoji").detail.broken
    stage = graph.prefixes.mapping["stage"]
    assert {stage + "titanium-sponge", stage + "titanium-rolling", stage + "titanium-equipment"} <= set(broken.stages)
    assert graph.prefixes.mapping["actor"] + "baoqiao-group" in broken.networks["actors"].cut_off


def test_titanium_without_sponge(graph: Graph) -> None:
    """Baoji paper, 4.2: sponge is melted into ingots, these are rolled: with one supplier each, all after it fail."""
    failures = {f.node: f.round for f in graph.weak_points(remove="titanium-sponge").detail.broken.cascade}
    stage = graph.prefixes.mapping["stage"]
    assert failures[stage + "titanium-sponge"] == 0
    assert failures[stage + "titanium-ingot-forging"] == 1
    assert failures[stage + "titanium-rolling"] == 2


def test_findings_are_the_same_in_a_narrow_scope(graph: Graph) -> None:
    whole = {f.key(graph.prefixes): f for f in graph.weak_points().findings}
    for found in (*graph.weak_points(place="baoji").findings, *graph.weak_points(chain="titanium").findings):
        assert whole[found.key(graph.prefixes)] == found
    assert len(whole) == len(graph.weak_points().findings)


def test_a_chain_shows_its_own_stages_only(graph: Graph) -> None:
    """Baoji paper, 4.2: BaoTai designs too, which is no stage of titanium."""
    labels = [f.label for f in graph.weak_points(chain="titanium").findings]
    assert labels and not [label for label in labels if label.endswith("of Design")]


def test_every_finding_rests_on_passages_and_has_parts_between_0_and_1(graph: Graph) -> None:
    for found in graph.weak_points().findings:
        assert found.passages, found.label
        assert all(0 <= part.value <= 1 for part in found.parts), found.label


def test_a_scope_shows_what_is_in_reach(graph: Graph) -> None:
    """Baoji paper, 4.2: BaoTai is in Baoji, Haier (clusters paper, 3.3) is not."""
    shown = set(graph.weak_points(place="baoji").frame("nodes")["node"])
    actor = graph.prefixes.mapping["actor"]
    assert actor + "baotai-group" in shown and actor + "haier" not in shown
    both = set(graph.weak_points(place="baoji", chain="textile").frame("nodes")["node"])
    assert not both


def test_ranking_table(graph: Graph) -> None:
    frame = graph.weak_points(network="actors", resample=5, by="degree").frame("ranking")
    assert frame["rank"].is_monotonic_increasing
    assert (frame["low"] <= frame["high"]).all()


def test_other_networks_can_be_asked_for(graph: Graph) -> None:
    assert set(graph.weak_points(network="factors").frame("networks")["network"]) == {"factors"}
    two = graph.weak_points(network=["actors,places"])
    assert list(two.frame("networks")["network"]) == ["actors", "places"]


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"threshold": "0"}, "threshold=0: not a share"),
        ({"threshold": "nan"}, "threshold=nan"),
        ({"threshold": "half"}, "threshold=half"),
        ({"resample": "-1"}, "resample=-1"),
        ({"resample": "many"}, "Give 0 to 10,000"),
        ({"by": "fame"}, "Take betweenness"),
        ({"engine": "abacus"}, "Take auto"),
    ],
)
def test_options_that_make_no_sense(graph: Graph, options: dict[str, str], says: str) -> None:
    with pytest.raises(BadParameter, match=says):
        graph.weak_points(**options)


@pytest.mark.parametrize("nothing", [[""], ",", " , "])
def test_a_removal_of_nothing_is_refused(graph: Graph, nothing: str | list[str]) -> None:
    with pytest.raises(BadParameter, match="it names nothing"):
        graph.weak_points(remove=nothing)


def test_options_that_a_removal_does_not_use_are_told(graph: Graph) -> None:
    notes = graph.weak_points(remove="titanium-sponge", resample=5, by="degree").notes
    assert sum("is not used" in note for note in notes) == 2
    assert not any("is not used" in note for note in graph.weak_points(remove="titanium-sponge").notes)


def test_unknown_networks_and_things(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="unknown network: streets"):
        graph.weak_points(network="streets")
    with pytest.raises(UnknownName, match="atlantis"):
        graph.weak_points(remove="atlantis")


@pytest.mark.parametrize("options", [{}, {"resample": 3}, {"remove": "alone"}, {"network": "factors,everything"}])
def test_a_graph_of_one_place(small_project: MakeProject, tmp_path: Path, options: dict[str, str]) -> None:
    project = small_project({"place": PLACES})
    build(project, tmp_path / "store")
    facts = Facts(open_current(tmp_path / "store"), project)
    found = analyse(facts, "weak-points", Scope(), **options)
    assert found.findings == ()
    assert found.notes
    assert list(finding_rows(facts, found.findings)) == []


@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
@pytest.mark.usefixtures("graph")
def test_command_in_each_format(kg: RunKg, format: str) -> None:
    ran = kg("weak-points", "--network", "actors", "--place", "baoji", "--format", format)
    assert ran.code == 0
    assert "BaoTai Group" in ran.out
    if format == "json":
        assert list(json.loads(ran.out)["tables"])[:2] == ["nodes", "networks"]


@pytest.mark.usefixtures("graph")
def test_command_writes_a_workbook_and_a_picture(kg: RunKg, tmp_path: Path) -> None:
    book, picture = tmp_path / "weak.xlsx", tmp_path / "weak.svg"
    ran = kg("weak-points", "--remove", "baoji", "-f", "xlsx", "-o", book, "--picture", picture)
    assert ran.code == 0 and book.stat().st_size > 1000
    svg = picture.read_text(encoding="utf-8")
    assert "Titanium rolling and drawing" in svg and "How to read this" in svg


@pytest.mark.usefixtures("graph")
def test_picture_of_networks(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("weak-points", "--resample", "2", "--table", "networks", "--picture", tmp_path / "weak.svg")
    assert ran.code == 0
    svg = (tmp_path / "weak.svg").read_text(encoding="utf-8")
    assert "BaoTai Group" in svg and "rank by betweenness" in svg


@pytest.mark.usefixtures("graph")
def test_command_says_what_is_wrong_in_one_line(kg: RunKg) -> None:
    ran = kg("weak-points", "--threshold", "2")
    assert ran.code != 0 and ran.out == ""
    assert ran.err.count("\n") == 1 and "above 0 and at most 1" in ran.err


def test_command_prints_the_first_nodes_and_writes_all(graph: Graph, kg: RunKg) -> None:
    printed = kg("weak-points", "--network", "places")
    nodes = len(graph.facts.network("places"))
    assert f"{nodes} rows, {nodes - 40} not shown" in printed.out
    written = kg("weak-points", "--network", "places", "-f", "csv")
    assert written.out.count("\n") == 1 + len(graph.facts.network("places"))
    assert ACTORS not in written.out.splitlines()[1]
