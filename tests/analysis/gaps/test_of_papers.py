"""Gaps of the five papers: each answer is worked out by hand from the section that it names."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analysis.chains import read_chains
from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import GapReport, analyse
from kg.analysis.gaps.areas import Areas
from kg.analysis.gaps.assess import Node
from kg.analysis.gaps.matrix import State
from kg.analysis.methods import again
from kg.analysis.result import Analysis, Scope
from kg.api import Graph
from kg.errors import UseError

PLATFORMS = (
    "analysis-and-testing",
    "new-drug-research",
    "incubation",
    "achievement-transfer",
    "clinical-trials",
    "information-service",
    "financing",
    "government-and-business-services",
)
"""Xianyang paper, IV.C: what the missing public service platforms were to do."""


PHOSPHORUS = ("Yichang", "Jingzhou", "Jingmen")
"""IIS paper, Results, The Industry Chain (2): the three cities of phosphorus chemicals."""


def node(graph: Graph, place: str, chain: str, stage: str, **options: Any) -> Node:
    report = graph.analyse("gaps", place, chain, **options).detail
    assert isinstance(report, GapReport)
    iri = graph.prefixes.mapping["stage"] + stage
    found = [n for n in report.nodes if n.node == iri]
    assert len(found) == 1, f"{stage} of {chain}"
    return found[0]


def rows(analysis: Analysis, table: str, **values: object) -> list[dict[str, Any]]:
    return [r for r in analysis.table(table).solutions if all(r[k] == v for k, v in values.items())]


def sections(graph: Graph, passages: tuple[str, ...]) -> set[str]:
    said = graph.citations(passages)
    return {said[passage].partition(", ")[2] for passage in passages}


def test_baoji_speaks_of_its_upstream_in_two_places_that_disagree(graph: Graph) -> None:
    """Baoji paper, 4.2: BaoTai's chain is complete from ore mining on; 6.1: extend to ore and sponge; 4.3: no control.

    Both are given. Ore mining follows as present with BaoTai alone; sponge as present, since 4.2 begins Baoji's own
    chain with it and names nobody.
    """
    ore = node(graph, "baoji", "titanium", "titanium-ore-mining")
    assert ore.cell.state is State.SINGLE_PROVIDER
    assert ore.cell.provider == graph.prefixes.mapping["actor"] + "baotai-group"
    assert ore.cell.recorded == {State.PRESENT, State.PLANNED}
    assert sections(graph, ore.cell.said[State.PRESENT]) == {"4.2"}
    assert sections(graph, ore.cell.said[State.PLANNED]) == {"6.1"}
    assert sections(graph, ore.passages) == {"4.2", "4.3", "6.1"}
    sponge = node(graph, "baoji", "titanium", "titanium-sponge")
    assert sponge.cell.state is State.PRESENT
    assert sponge.cell.recorded == {State.PRESENT, State.PLANNED}
    assert [p.iri for p in sponge.problems if p.iri.endswith("titanium-no-upstream-control")]


def test_severity_of_ore_mining_by_hand(graph: Graph) -> None:
    """One provider 0.2 x 3; all six other stages lie downstream, all six are there and wait; 4.3 names it: 3.6 of 6."""
    ore = node(graph, "baoji", "titanium", "titanium-ore-mining")
    assert [part.value for part in ore.parts] == [0.2, 1.0, 1.0, 1.0]
    assert ore.severity == pytest.approx(0.6)


def test_position_in_the_titanium_chain_by_hand(graph: Graph) -> None:
    """Baoji paper, 4.2: seven stages in one line; two of the six others lie below the materials."""
    values = {part.name: part.value for part in node(graph, "baoji", "titanium", "titanium-materials").parts}
    assert values["position in the chain"] == pytest.approx(2 / 6)


@pytest.mark.parametrize("function", PLATFORMS)
def test_missing_platforms_of_xianyang(graph: Graph, function: str) -> None:
    """IV.C says that they lack and a problem names them; the whole chain needs them and waits: all parts are 1."""
    found = node(graph, "xianyang", "tcm", function)
    assert found.cell.state is State.SAID_MISSING
    assert found.severity == 1.0
    assert "IV.C" in sections(graph, found.cell.grounds)


def test_what_xianyang_has_is_not_missing(graph: Graph) -> None:
    """IV.A: planting, medical devices; IV.C: research not strong, products low-end; V.A: logistics to be built."""
    for stage, expected in (
        ("herb-planting", State.PRESENT),
        ("medical-devices", State.PRESENT),
        ("tcm-research", State.WEAK),
        ("patent-medicine", State.WEAK),
        ("logistics-service", State.PLANNED),
        ("patent-agency", State.NOT_RECORDED),
    ):
        assert node(graph, "xianyang", "tcm", stage).cell.state is expected, stage


def test_deep_processing_of_phosphorus_in_yichang(graph: Graph) -> None:
    """IIS paper, Results, Industry Chain: insufficient; fertilisers low-end; a problem names it: (0.6 x 3 + 1) / 6."""
    deep = node(graph, "yichang", "phosphorus-chemicals", "phosphorus-deep-processing")
    assert deep.cell.state is State.WEAK
    assert deep.severity == pytest.approx(2.8 / 6)
    fertiliser = node(graph, "yichang", "phosphorus-chemicals", "phosphate-fertiliser-production")
    assert (fertiliser.cell.state, fertiliser.cell.statements[0].words) == (State.WEAK, "low-end only")


def test_imitation_is_weak(graph: Graph) -> None:
    """IIS paper, Results, Innovation Chain: research in Yichang relies on imitation."""
    assert node(graph, "yichang", "phosphorus-chemicals", "research-and-development").cell.state is State.WEAK


def test_agglomeration_counts_what_its_cities_do(graph: Graph) -> None:
    """IIS paper: pilot tests are said of Yichang's incubators alone; deep processing is weak in three cities."""
    pilot = node(graph, "yijing-jingen", "phosphorus-chemicals", "pilot-test")
    yichang = graph.prefixes.mapping["place"] + "yichang"
    assert (pilot.cell.state, pilot.cell.provider) == (State.SINGLE_PROVIDER, yichang)
    assert node(graph, "yichang", "phosphorus-chemicals", "pilot-test").cell.state is State.PRESENT
    deep = node(graph, "yijing-jingen", "phosphorus-chemicals", "phosphorus-deep-processing").cell
    assert deep.state is State.WEAK
    assert {graph.prefixes.shorten(s.place) for s in deep.statements} == {
        "place:yichang",
        "place:jingzhou",
        "place:jingmen",
    }


def test_agglomeration_is_not_passed_on_to_its_cities(graph: Graph) -> None:
    """Results, Service Chain (3): venture capital is short in the agglomeration; of Yichang itself nothing is said."""
    found = node(graph, "yichang", "phosphorus-chemicals", "venture-capital")
    assert found.cell.state is State.NOT_RECORDED
    assert found.around == {graph.prefixes.mapping["place"] + "yijing-jingen": State.WEAK}
    assert not found.found


def test_talent_by_degree_and_finance_by_kind(graph: Graph) -> None:
    """Results, Innovation Chain: master's and doctoral degrees scarce; Service Chain (3): banks and own funds give."""
    for stage, expected in (
        ("masters-education", State.WEAK),
        ("doctoral-education", State.WEAK),
        ("bachelors-education", State.NOT_RECORDED),
        ("banking", State.PRESENT),
        ("enterprise-own-funds", State.PRESENT),
        ("venture-capital", State.WEAK),
        ("insurance", State.NOT_RECORDED),
    ):
        assert node(graph, "yijing-jingen", "phosphorus-chemicals", stage).cell.state is expected, stage


def test_no_recommendation_aims_at_the_scarcity_of_venture_capital(graph: Graph) -> None:
    """IIS paper: no measure of Discussion (2) speaks of venture capital; what answers the problem speaks of finance."""
    analysis = graph.gaps("yijing-jingen", "phosphorus-chemicals")
    venture = graph.prefixes.mapping["stage"] + "venture-capital"
    assert rows(analysis, "recommendations", stage=venture, how="concerns it") == []
    assert str(rows(analysis, "gaps", stage=venture)[0]["recommendations"]).startswith("none | ")
    assert "qinba" not in str(rows(analysis, "recommendations", stage=venture))


def test_gap_without_any_recommendation_says_so(graph: Graph) -> None:
    """IIS paper: no measure speaks of degrees."""
    analysis = graph.gaps("yijing-jingen", "phosphorus-chemicals")
    found = rows(analysis, "recommendations", stage=graph.prefixes.mapping["stage"] + "masters-education")
    assert [(row["recommendation"], row["how"]) for row in found] == [(None, "no source recommends anything")]


def test_recommendations_for_analysis_and_testing_in_xianyang(graph: Graph) -> None:
    """Xianyang paper, V.A: build a public service platform; V.B.1: quality testing in Taicun."""
    found = rows(graph.gaps("xianyang", "tcm"), "recommendations", how="concerns it")
    testing = graph.prefixes.mapping["stage"] + "analysis-and-testing"
    made = {graph.prefixes.shorten(row["recommendation"]) for row in found if row["stage"] == testing}
    assert "recommendation:build-public-service-platform" in made


def test_places_in_reach_come_by_agglomeration_and_then_by_distance(graph: Graph) -> None:
    """Qinba paper, 5.2.3: research institutions sit in Chongqing, Chengdu, Wuhan, Zhengzhou, Xi'an, Lanzhou and Xining.

    Xunyi lies in Xianyang, which shares Guanzhong-Tianshui with Xi'an; the others stand by their points of GeoNames.
    """
    analysis = graph.gaps("xunyi-tcm-health-park", "tcm")
    research = graph.prefixes.mapping["stage"] + "research-and-development"
    found = rows(analysis, "in-reach", stage=research)
    names = [graph.prefixes.shorten(row["in_place"]) for row in found]
    assert names[0] == "place:xian"
    assert str(found[0]["relation"]).startswith("same agglomeration")
    elsewhere = [row["distance_km"] for row in found if row["relation"] == "elsewhere"]
    near = [float(km) for km in elsewhere if km is not None]
    assert near == sorted(near)
    assert elsewhere == [*elsewhere[: len(near)], *([None] * (len(elsewhere) - len(near)))]
    assert {"place:lanzhou", "place:zhengzhou", "place:chongqing"} <= set(names)


def test_places_without_a_point_are_told_not_dropped(graph: Graph) -> None:
    """IIS paper: banks are said of the agglomeration, which has no point."""
    found = rows(graph.gaps("xianyang", "tcm"), "in-reach", stage=graph.prefixes.mapping["stage"] + "banking")
    assert [(row["distance_km"], row["measured"]) for row in found] == [(None, "no point recorded")]


def test_inputs_from_outside(graph: Graph) -> None:
    """Baoji paper, 4.3 and 5.1: raw materials are bought, high-end products imported."""
    found = graph.gaps("baoji", "titanium").table("outside-inputs").solutions
    assert {graph.prefixes.shorten(str(row["input"])) for row in found} == {
        "product:high-end-titanium-products",
        "product:titanium-raw-materials",
    }


def test_cluster_is_a_scope_of_its_own_chain(graph: Graph) -> None:
    """Xianyang paper: the cluster of traditional Chinese medicine is of Xianyang."""
    analysis = graph.gaps("cluster:xianyang-tcm")
    chains = {graph.prefixes.shorten(str(row["chain"])) for row in analysis.table("counts").solutions}
    assert chains == {"chain:tcm"}
    missing = {graph.prefixes.shorten(r["stage"]) for r in rows(analysis, "gaps", state="said missing")}
    assert missing == {f"stage:{function}" for function in PLATFORMS}


def test_park_is_a_scope(graph: Graph) -> None:
    """Xianyang paper, Table I: research, incubation and high-end health food are planned for the park in Xunyi."""
    found = graph.gaps("xunyi-tcm-health-park").table("gaps").solutions
    assert {(graph.prefixes.shorten(str(r["stage"])), str(r["state"])) for r in found} == {
        ("stage:research-and-development", "planned"),
        ("stage:incubation", "planned"),
        ("stage:health-products", "planned"),
    }


def test_list_of_places_gives_each_or_all_as_one(graph: Graph) -> None:
    """IIS paper: Yichang and Jingmen do the same; pilot tests are said of Yichang alone, so it is the one provider."""
    each = graph.gaps("yichang,jingmen", "phosphorus-chemicals")
    assert [row["place_label"] for row in each.table("counts").solutions] == ["Yichang", "Jingmen"]
    one = graph.gaps("yichang,jingmen", "phosphorus-chemicals", together=True)
    assert [row["place_label"] for row in one.table("counts").solutions] == ["Jingmen, Yichang"]
    pilot = node(graph, "yichang,jingmen", "phosphorus-chemicals", "pilot-test", together=True).cell
    assert (pilot.state, pilot.provider) == (State.SINGLE_PROVIDER, graph.prefixes.mapping["place"] + "yichang")


def test_statement_of_a_chain_stands_for_the_chain(graph: Graph) -> None:
    analysis = graph.gaps("baoji", "titanium-as-baoji")
    assert {graph.prefixes.shorten(str(row["chain"])) for row in analysis.table("counts").solutions} == {
        "chain:titanium"
    }
    assert any("is a statement of" in note for note in analysis.notes)


def test_what_is_said_for_another_industry_does_not_count(graph: Graph) -> None:
    """Xianyang paper, IV.C speaks of medicine: of testing for titanium nothing is recorded there."""
    assert node(graph, "xianyang", "titanium", "analysis-and-testing").cell.state is State.NOT_RECORDED


def test_counts_keep_the_last_two_states_apart(graph: Graph) -> None:
    columns = graph.gaps("xianyang", "tcm").table("counts").columns
    assert list(columns)[-2:] == ["said_missing", "not_recorded"]
    row = next(iter(graph.gaps("xianyang", "tcm").table("counts").solutions))
    assert row["said_missing"] == len(PLATFORMS)


def test_what_is_said_of_a_part_is_its_own_finding_alone(graph: Graph) -> None:
    """Xianyang paper, V.B: Taicun is to have technical services; Baoji paper, 4.3: high-end research is insufficient in
    Baoji; IIS paper, Results: phosphorus products are said of three cities. Neither is a finding of what lies around.
    """
    labels = {f.label for f in analyse(graph.facts).findings if f.kind == "gap-finding"}
    for stage, places in (("Technical services", {"Taicun"}), ("Deep processing of phosphate", set(PHOSPHORUS))):
        assert {label.partition(",")[0] for label in labels if f": {stage}" in label} == places
    titanium = [label for label in labels if label.endswith("Research and development (Titanium)")]
    assert {label.partition(",")[0] for label in titanium} == {"Baoji"}
    assert not [
        label for label in labels if label.startswith("Secondary urban agglomerations (in general), Phosphorus")
    ]


def test_whole_with_one_part_in_a_chain_is_told(graph: Graph) -> None:
    """Baoji is the one city of the cluster with titanium; the policy support of Xianyang is none of that chain."""
    cluster = [f.label for f in graph.gaps("guanzhong-tianshui", "titanium").findings if "one provider" in f.label]
    assert any("Baoji: Titanium sponge making" in label for label in cluster)
    assert not any("Xianyang" in label for label in cluster)


def test_label_tells_what_is_said_of_the_area_itself(graph: Graph) -> None:
    """Clusters paper, 4.2: product research is weak in the clusters of China, of no one industry; titanium is Baoji."""
    labels = [f.label for f in graph.gaps("china", "innovation chain").findings]
    found = [label for label in labels if "Research and development" in label]
    assert found == ["China, Innovation chain: there, but said to be weak: Research and development"]


def test_findings_say_missing_only_where_a_source_does(graph: Graph) -> None:
    for finding in analyse(graph.facts).findings:
        if finding.kind == "unrecorded-finding":
            assert "missing" not in finding.label
        assert ("said to be missing" in finding.label) == (finding.parts[0].words == "said missing")
        assert finding.passages or finding.kind == "unrecorded-finding"
        assert all(0 <= part.value <= 1 for part in finding.parts)


def test_findings_are_found_again_alone(graph: Graph) -> None:
    """Every thirtieth, and one of places taken together."""
    found = [
        *analyse(graph.facts).findings[::30],
        analyse(graph.facts, _scope(graph, "yichang", "jingmen"), together="yes").findings[0],
    ]
    facts = Facts(graph.store, graph.project)
    for finding in found:
        words = " ".join(f"{k}={facts.prefixes.shorten(v)}" for k, v in finding.parameters)
        assert again(facts, "gaps", words, finding.key(facts.prefixes)) == finding


def _scope(graph: Graph, *places: str) -> Scope:
    chain = graph.prefixes.mapping["chain"] + "phosphorus-chemicals"
    return Scope(tuple(graph.prefixes.mapping["place"] + place for place in places), (chain,))


@pytest.mark.parametrize("together", ["perhaps", True])
def test_bad_together_is_told(graph: Graph, together: bool | str) -> None:
    with pytest.raises(UseError, match=r"Say yes or no|Name some with --place"):
        analyse(graph.facts, together=together)


def test_what_general_chains_list_is_not_reported_as_not_recorded(graph: Graph) -> None:
    """The innovation and the service chain list what any region may have; no place performs such a list as a chain."""
    general = {iri for iri, chain in read_chains(graph.facts).items() if not chain.industries}
    unrecorded = [f for f in graph.gaps().findings if f.kind == "unrecorded-finding"]
    assert unrecorded
    assert not [f for f in unrecorded if general & set(f.about)]


def test_clusters_together_leave_out_what_is_said_of_others(graph: Graph) -> None:
    """Taken together, two clusters speak of themselves alone, as each does by itself."""
    areas = Areas(graph.facts)
    pair = sorted(areas.clusters)[:2]
    together = areas.together(pair)
    assert together.cluster
    found = analyse(graph.facts, Scope(tuple(pair)), together=True)
    regarded = {thing for node in found.detail.nodes for s in node.cell.statements for thing in s.regarding}
    assert found.detail.nodes
    assert regarded & areas.clusters.keys() <= {*pair}


def test_a_chain_of_which_no_stage_is_recorded_is_told(graph: Graph) -> None:
    """The IIS paper names the three chains and what they are made of, not stages of the whole."""
    found = graph.gaps(chain="iis", place="baoji")
    (note,) = found.notes
    assert note.endswith(": no stage or function of it is recorded. Name another with --chain")
    assert not found.findings
    assert not found.table("states").rows
