"""`kg rules` on the papers, and on small made-up regions where one fact more or less changes the verdict."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.analysis.facts import Facts
from kg.analysis.methods import again, find_all
from kg.analysis.result import Analysis, Scope
from kg.analysis.rules.analysis import analyse
from kg.api import Graph
from kg.errors import BadParameter
from kg.load.build import assemble
from tests.conftest import MakeProject, RunKg

PLACES = (
    "key,class,label,within\n"
    "china,Country,China,\n"
    "hill,County,Hill County,china\n"
    "vale,County,Vale County,china\n"
    "deep,EcologicalUnit,Deep unit,china\n"
    "light,EcologicalUnit,Light unit,china\n"
)
STAGES = "key,class,chain,label\ngrowing,Stage,herbs,Growing\nmaking,Stage,herbs,Making\ntesting,Stage,herbs,Testing\n"
RULES = (
    "place,permits,degree,status\n"
    "deep,stage:growing,permitted,\n"
    "deep,industry:mining,forbidden,\n"
    "light,stage:making,permitted,recommended\n"
)
REGION: dict[str, str | bytes] = {
    "place": PLACES,
    "industry": "key,label,broader\nmining,Mining,\ncoal,Coal mining,mining\n",
    "chain": "key,class,label\nherbs,IndustryChain,Herb chain\n",
    "stage": STAGES,
    "permission": RULES,
    "membership": "place,region,role\nhill,deep,memberOf\n",
    "capability": "stage,place,status\ngrowing,hill,actual\nmaking,light,planned\n",
}


def facts_of(make: MakeProject, tables: dict[str, str | bytes]) -> Facts:
    project = make(tables)
    return Facts(assemble(project)[0], project)


def verdicts(result: Analysis, table: str) -> dict[tuple[str, str, str], str]:
    return {
        (str(row["place_label"]), str(row["what_label"]), str(row["status"])): str(row["verdict"])
        for row in result.table(table).solutions
    }


def broken(result: Analysis) -> list[tuple[str, str, str]]:
    return [(str(r["rule"]), str(r["subject_label"]), str(r["verdict"])) for r in result.table("breaches").solutions]


def changed(**tables: str) -> dict[str, str | bytes]:
    return {**REGION, **{name: str(REGION.get(name, "")) + rows for name, rows in tables.items()}}


# Permission


def test_a_place_in_a_unit_has_the_verdict_of_the_unit(small_project: MakeProject) -> None:
    result = analyse(facts_of(small_project, REGION))
    assert verdicts(result, "permissions")["Hill County", "Growing", "actual"] == "permitted"
    assert broken(result) == []


def test_a_fact_more_is_a_breach_and_without_it_there_is_none(small_project: MakeProject) -> None:
    """Coal mining is mining, which the deep unit forbids; Hill County takes part in it, Vale County does not."""
    mines = "place,industry,status\nhill,coal,actual\nvale,coal,actual\n"
    result = analyse(facts_of(small_project, changed(**{"regional-industry": mines})))
    assert broken(result) == [("permission", "Hill County", "forbidden")]
    outside = changed(**{"regional-industry": mines})
    del outside["membership"]
    assert broken(analyse(facts_of(small_project, outside))) == []


def test_a_permission_more_changes_the_verdict(small_project: MakeProject) -> None:
    before = analyse(facts_of(small_project, changed(capability="testing,hill,actual\n")))
    assert verdicts(before, "permissions")["Hill County", "Testing", "actual"] == "not said"
    rules = changed(capability="testing,hill,actual\n", permission="deep,stage:testing,conditional,\n")
    after = analyse(facts_of(small_project, rules))
    assert verdicts(after, "permissions")["Hill County", "Testing", "actual"] == "conditional"
    assert broken(after) == [("permission", "Hill County", "conditional")]


def test_the_strictest_of_overlapping_units_counts_and_the_other_stays_visible(small_project: MakeProject) -> None:
    both = changed(membership="hill,light,memberOf\n", permission="light,stage:growing,forbidden,\n")
    row = next(
        r for r in analyse(facts_of(small_project, both)).table("permissions").solutions if r["verdict"] == "forbidden"
    )
    assert (row["place_label"], row["units"], row["others"]) == ("Hill County", "Light unit", "permitted in Deep unit")


def test_units_may_nest(small_project: MakeProject) -> None:
    """A town of a county of a unit is under its rules; the rule of a part does not govern the whole."""
    nested = changed(place="town,Town,Hilltown,hill\n", capability="growing,town,actual\ngrowing,vale,actual\n")
    found = verdicts(analyse(facts_of(small_project, nested)), "permissions")
    assert found["Hilltown", "Growing", "actual"] == "permitted"
    assert ("Vale County", "Growing", "actual") not in found


def test_what_is_so_is_worse_than_what_is_proposed_and_forbidden_than_conditional(small_project: MakeProject) -> None:
    """By hand, with the weights 3, 2, 1 and 1: verdict, state, rule in force, directness."""
    tables = changed(
        place="deeper,Zone,Deeper zone,deep\n",
        **{"regional-industry": "place,industry,status\ndeep,mining,actual\ndeeper,coal,recommended\n"},
        permission="deep,stage:testing,conditional,\n",
        capability="testing,deep,actual\n",
    )
    result = analyse(facts_of(small_project, tables))
    severity = {(f.about[0].rpartition("/")[2], f.about[1].rpartition("/")[2]): f.severity for f in result.findings}
    assert severity["deep", "mining"] == pytest.approx((3 * 1 + 2 * 1 + 1 + 1) / 7)
    assert severity["deeper", "coal"] == pytest.approx((3 * 1 + 2 * 0.5 + 1 + 0.5) / 7)
    assert severity["deep", "testing"] == pytest.approx((3 * 0.4 + 2 * 1 + 1 + 1) / 7)


def test_a_rule_for_one_industry_leaves_others_alone(small_project: MakeProject) -> None:
    tables = changed(capability="testing,deep,actual\n")
    tables["permission"] = "place,permits,industry,degree\ndeep,stage:testing,mining,forbidden\n"
    tables["capability"] = "stage,place,industry,status\ntesting,deep,,actual\ntesting,deep,coal,planned\n"
    found = verdicts(analyse(facts_of(small_project, tables)), "permissions")
    assert found["Deep unit", "Testing", "actual"] == "not said"
    assert found["Deep unit", "Testing", "planned"] == "forbidden"


# Placement


def test_a_link_in_another_place_of_the_kind_that_is_named_is_elsewhere(small_project: MakeProject) -> None:
    """Making belongs in light units; the deep unit is one of that kind, with other uses."""
    result = analyse(facts_of(small_project, changed(capability="making,hill,actual\nmaking,vale,actual\n")))
    found = verdicts(result, "placement")
    assert found["Light unit", "Making", "planned"] == "as said"
    assert found["Hill County", "Making", "actual"] == "elsewhere"
    assert found["Vale County", "Making", "actual"] == "not said"
    assert broken(result) == [("placement", "Hill County", "elsewhere")]
    assert result.findings[0].severity == pytest.approx((3 * 0.5 + 2 * 1) / 5)


def test_naming_the_place_for_the_link_ends_the_breach(small_project: MakeProject) -> None:
    named = changed(capability="making,hill,actual\n", permission="deep,stage:making,permitted,\n")
    result = analyse(facts_of(small_project, named))
    assert verdicts(result, "placement")["Hill County", "Making", "actual"] == "as said"
    assert broken(result) == []


def test_forbidding_the_link_there_makes_it_ruled_out(small_project: MakeProject) -> None:
    ruled = changed(capability="making,hill,actual\n", permission="deep,stage:making,forbidden,\n")
    result = analyse(facts_of(small_project, ruled))
    assert verdicts(result, "placement")["Hill County", "Making", "actual"] == "ruled out"
    assert broken(result) == [("permission", "Hill County", "forbidden")]


def test_what_is_recorded_of_a_larger_place_is_too_coarse_to_tell(small_project: MakeProject) -> None:
    result = analyse(facts_of(small_project, changed(capability="making,china,actual\n")))
    assert verdicts(result, "placement")["China", "Making", "actual"] == "around"
    assert broken(result) == []


# Formation

CONDITIONS = (
    "key,class,label,order\n"
    "location-agglomeration,FormationCondition,Agglomeration,\ncomplete-main-chain,FormationCondition,Main chain,\n"
    "industrial-network,FormationCondition,Network,\nlonger-chain,UpgradingDirection,Longer chain,\n"
    "specialised-services,FormationCondition,Services,\n"
    "massive-economy-stage,FormationStage,Block stage,1\n"
    "primary-cluster-stage,FormationStage,Primary stage,2\n"
    "intermediate-cluster-stage,FormationStage,Intermediate stage,3\n"
    "modern-cluster-stage,FormationStage,Modern stage,4\n"
)


def cluster(conditions: str, relation: str = "", lack: str = "") -> dict[str, str | bytes]:
    tables: dict[str, str | bytes] = {
        "place": "key,class,label\nchina,Country,China\n",
        "concept": CONDITIONS,
        "cluster": f"key,label,place,conditions\nironworks,Ironworks,china,{conditions}\n",
    }
    if relation:
        tables["relation"] = f"subject,relation,object\ncluster:ironworks,hasStage,{relation}\n"
    if lack:
        tables["lack"] = f"what,of,degree\nconcept:{lack},cluster:ironworks,missing\n"
    return tables


def test_the_next_stage_names_what_is_denied_and_what_is_not_recorded(small_project: MakeProject) -> None:
    """Xianyang paper, II.C: agglomeration, then main chain and network, then one of three directions, then services."""
    facts = facts_of(small_project, cluster("location-agglomeration", lack="complete-main-chain"))
    (row,) = analyse(facts).table("formation").solutions
    assert (row["reached"], row["next"]) == ("massive (block) economy", "primary cluster")
    assert (row["met"], row["denied"], row["not_recorded"]) == ("Agglomeration", "Main chain (missing)", "Network")


def test_a_stage_that_is_said_and_does_not_follow_is_a_breach(small_project: MakeProject) -> None:
    held = "location-agglomeration;complete-main-chain;industrial-network"
    result = analyse(facts_of(small_project, cluster(held, "concept:modern-cluster-stage")))
    assert broken(result) == [("formation", "Ironworks", "does not follow")]
    (finding,) = result.findings
    assert "suffice for primary cluster" in finding.label
    assert "not recorded: " in finding.label
    assert "missing" not in finding.label
    full = cluster(f"{held};longer-chain;specialised-services", "concept:modern-cluster-stage")
    assert broken(analyse(facts_of(small_project, full))) == []


def test_a_condition_said_to_hold_and_not_to_is_a_breach(small_project: MakeProject) -> None:
    facts = facts_of(small_project, cluster("location-agglomeration", lack="location-agglomeration"))
    assert broken(analyse(facts)) == [("formation", "Ironworks", "contradicted")]


# Spillover

WAY = {
    "place": (
        "key,class,label,within\nchina,Country,China,\ncore,City,Core,china\ngroup,UrbanAgglomeration,Group,china\n"
        "city,City,City,china\ncounty,County,County,city\nlonely,County,Lonely,china\n"
    ),
    "membership": "place,region,role\ncore,group,coreCityOf\ncity,group,nodeCityOf\n",
}


def reached(result: Analysis) -> dict[str, dict[str, Any]]:
    return {str(row["county_label"]): row for row in result.table("spillover").solutions}


def test_spillover_halves_with_each_step(small_project: MakeProject) -> None:
    """Core to group, group to city, city to county: 0.5 x 0.5 x 0.5."""
    rows = reached(analyse(facts_of(small_project, {**WAY})))
    assert (rows["County"]["steps"], rows["County"]["strength"], rows["County"]["verdict"]) == (3, 0.125, "reached")
    assert rows["County"]["strength_of_facts"] == 0.125
    assert rows["Lonely"]["verdict"] == "no way recorded"
    assert "missing" not in str(rows["Lonely"])


def test_attenuation_and_threshold_are_parameters(small_project: MakeProject) -> None:
    facts = facts_of(small_project, {**WAY})
    assert reached(analyse(facts, attenuation="0.4"))["County"]["strength"] == pytest.approx(0.064)
    assert reached(analyse(facts, attenuation=0.4))["County"]["verdict"] == "hardly reached"
    assert reached(analyse(facts, attenuation=0.4, threshold="0.05"))["County"]["verdict"] == "reached"


def test_a_step_more_reaches_and_a_step_less_does_not(small_project: MakeProject) -> None:
    more = {**WAY, "relation": "subject,relation,object,status\nplace:city,radiatesTo,place:lonely,planned\n"}
    row = reached(analyse(facts_of(small_project, {**more})))["Lonely"]
    assert (row["strength"], row["weakest_step"], row["strength_of_facts"]) == (0.125, "proposed", None)
    less = {**WAY, "membership": "place,region,role\ncore,group,coreCityOf\n"}
    assert reached(analyse(facts_of(small_project, {**less})))["County"]["verdict"] == "no way recorded"


def test_the_way_is_the_strongest_one(small_project: MakeProject) -> None:
    """A direct step from the core city beats three; and, from a core city to a county, it skips the agglomeration."""
    direct = {**WAY, "relation": "subject,relation,object\nplace:core,radiatesTo,place:county\n"}
    result = analyse(facts_of(small_project, {**direct}))
    assert (reached(result)["County"]["steps"], reached(result)["County"]["strength"]) == (1, 0.5)
    assert broken(result) == [("spillover", "County", "skips a level")]


def test_a_claim_without_a_way_is_a_breach_and_a_way_ends_it(small_project: MakeProject) -> None:
    claim = "subject,relation,object\nplace:core,drivesGrowthOf,place:lonely\n"
    assert broken(analyse(facts_of(small_project, {**WAY, "relation": claim}))) == [
        ("spillover", "Lonely", "no way recorded")
    ]
    way = claim + "place:city,radiatesTo,place:lonely\n"
    assert broken(analyse(facts_of(small_project, {**WAY, "relation": way}))) == []


@pytest.mark.parametrize("share", ["0", "1.5", "-1", "half", "nan"])
def test_a_share_out_of_range_is_refused_in_one_line(graph: Graph, share: str) -> None:
    with pytest.raises(BadParameter, match=r"attenuation is .* Give a number above 0 and at most 1"):
        analyse(graph.facts, attenuation=share)


# The papers


def test_the_papers_plan_herbs_where_they_want_strict_protection(graph: Graph) -> None:
    """Qinba paper, 5.2 against 5.2.3: the one breach that the papers hold."""
    result = graph.rules()
    assert broken(result) == [("permission", "All-green unit", "contradicted")]
    assert all(f.passages for f in result.findings)


def test_links_of_the_biomedical_chain_are_where_the_paper_wants_them_or_not_told_apart(graph: Graph) -> None:
    """Qinba paper, 5.2.3: manufacturing in medium and light green, research in the agglomerations."""
    found = verdicts(graph.rules(), "placement")
    assert found["Medium green unit", "Chinese patent medicine production", "recommended"] == "as said"
    assert found["Wuhan", "Research and development", "actual"] == "as said"
    assert found["Qinba Mountain Area", "Medicinal herb planting", "actual"] == "around"
    assert found["Binzhou", "Medicinal herb planting", "actual"] == "not said"


def test_xianyang_lacks_what_makes_a_primary_cluster(graph: Graph) -> None:
    """Xianyang paper, II.C with IV.C: the chain has not yet formed, links among enterprises are wanting."""
    rows = {str(row["cluster"]).rpartition("/")[2]: row for row in graph.rules().table("formation").solutions}
    row = rows["xianyang-tcm"]
    assert row["reached"] == "massive (block) economy"
    assert row["next"] == "primary cluster"
    assert str(row["denied"]).endswith("(insufficient)")
    assert "(missing)" in str(row["denied"])
    assert row["not_recorded"] is None
    assert rows["shaoxing-textile"]["next"] is None


def test_yunyang_is_reached_by_seven_core_cities_and_only_as_proposed(graph: Graph) -> None:
    """Qinba paper, 3.2 and 5.2.2: seven core cities, five agglomerations that could radiate to the mountain area."""
    rows = list(graph.rules(place="yunyang").table("spillover").solutions)
    assert len(rows) == 7
    assert {row["weakest_step"] for row in rows} == {"proposed"}
    assert {row["strength"] for row in rows} == {0.125}
    assert {row["strength_of_facts"] for row in rows} == {None}


def test_findings_are_found_again_in_their_own_scope(graph: Graph) -> None:
    for finding in graph.rules().findings:
        given = " ".join(f"{name}={graph.prefixes.shorten(value)}" for name, value in finding.parameters)
        assert again(graph.facts, "rules", given, finding.key(graph.prefixes)) == finding


def test_a_scope_narrows_every_table(graph: Graph) -> None:
    facts = graph.facts
    place = graph.prefixes.expand("place:xianyang")
    chain = graph.prefixes.expand("chain:titanium")
    assert place and chain
    near = analyse(facts, Scope((place,)))
    assert {row["place_label"] for row in near.table("placement").solutions} >= {"Taicun", "Xianyang"}
    assert "Qinba Mountain Area" not in {row["place_label"] for row in near.table("placement").solutions}
    titanium = analyse(facts, Scope((), (chain,)))
    assert [row["cluster_label"] for row in titanium.table("formation").solutions] == [
        "Baoji titanium industry cluster"
    ]
    assert len(titanium.table("spillover").rows) == 0


def test_an_empty_graph_breaks_no_rule(small_project: MakeProject) -> None:
    facts = facts_of(small_project, {"place": "key,class,label\nchina,Country,China\n"})
    result = analyse(facts)
    assert all(not table.rows for table in result.tables)
    assert result.findings == ()
    assert find_all(facts) is not None


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("format", ["table", "json", "csv", "md"])
def test_the_command_in_each_format(kg: RunKg, format: str) -> None:
    ran = kg("rules", "--place", "all-green-unit", "--format", format, "--explain")
    assert ran.code == 0, ran.err
    assert "green" in ran.out
    if format == "json":
        assert json.loads(ran.out)["method"] == "rules"


@pytest.mark.usefixtures("graph")
def test_the_command_writes_a_workbook(kg: RunKg, tmp_path: Path) -> None:
    assert kg("rules", "--format", "xlsx", "--output", tmp_path / "rules.xlsx").code == 0
    assert (tmp_path / "rules.xlsx").stat().st_size > 1000


@pytest.mark.usefixtures("graph")
def test_the_command_refuses_a_share_out_of_range(kg: RunKg) -> None:
    ran = kg("rules", "--attenuation", "2")
    assert ran.code == 2
    assert ran.err.strip() == "kg: attenuation is 2.0. Give a number above 0 and at most 1, such as 0.5"
