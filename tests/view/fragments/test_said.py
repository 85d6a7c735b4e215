"""What is said of a thing, of the papers and of a graph of a few quads."""

from __future__ import annotations

import pytest

from kg.api import Graph
from kg.view.fragments.said import Said, Statement, said


@pytest.fixture(scope="module")
def baotai(graph: Graph) -> Said:
    """BaoTai Group, of which sections 4.1 and 4.2 of the Baoji paper speak."""
    return said(graph.facts, graph.lookup.thing("actor:baotai-group"))


def statement(relations: Said, relation: str, label: str) -> Statement:
    found = [r for r in (*relations.facts, *relations.pointing) if r.label == relation]
    return next(s for r in found for s in r.statements if s.label == label)


def test_a_thing_has_its_names_and_its_kind(baotai: Said) -> None:
    assert (baotai.name, baotai.label, list(baotai.kinds)) == ("actor:baotai-group", "BaoTai Group", ["enterprise"])
    assert {"BaoTai", "宝钛集团"} <= set(baotai.names)
    assert "BaoTai Group" not in baotai.names


def test_a_fact_says_where_it_is_said(baotai: Said) -> None:
    (passage,) = statement(baotai, "represents", "Industry in Baoji").passages
    assert (passage.source, passage.section) == ("baoji-titanium", "4.1")
    assert passage.anchor == "represented by companies such as BaoTai Group"
    assert passage in baotai.passages


def test_names_and_kinds_are_not_facts_again(baotai: Said) -> None:
    assert not {"label", "altLabel", "type", "notation"} & {relation.label for relation in baotai.facts}


def test_what_points_at_a_thing_stands_apart(graph: Graph) -> None:
    city = said(graph.facts, graph.lookup.thing("place:baoji"))
    assert statement(city, "leads", "BaoTai Group").other == graph.prefixes.expand("actor:baotai-group")
    assert "BaoTai Group" not in {s.label for r in city.facts for s in r.statements}


def test_what_no_passage_states_names_the_rule_or_the_reference(graph: Graph) -> None:
    city = said(graph.facts, graph.lookup.thing("place:baoji"))
    assert statement(city, "within", "China").given_by == ("derived:transitive-properties",)
    assert "source:reference" in statement(city, "within", "Shaanxi").given_by


def test_findings_about_a_thing_come_worst_first(graph: Graph) -> None:
    city = said(graph.facts, graph.lookup.thing("place:baoji"))
    rows = [row for row in graph.findings() if graph.lookup.thing("place:baoji") in str(row["about"]).split()]
    assert {finding.name for finding in city.findings} == {graph.prefixes.shorten(str(r["finding"])) for r in rows}
    severities = [finding.severity or 0 for finding in city.findings]
    assert severities == sorted(severities, reverse=True)


def test_faults_of_the_data_about_a_thing_are_told(graph: Graph) -> None:
    row = next(iter(graph.ask("data-issues")))
    flagged = said(graph.facts, str(row["about"]))
    assert row["explanation"] in {issue.label for issue in flagged.issues}


def test_labels_of_another_language_take_the_place_of_the_english_ones(graph: Graph) -> None:
    city = said(graph.facts, graph.lookup.thing("place:baoji"), "zh")
    assert city.label == "宝鸡市"
    assert "Baoji" in city.names
    assert any(s.label == "陕西省" for r in city.facts for s in r.statements)
