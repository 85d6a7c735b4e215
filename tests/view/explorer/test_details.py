"""What the panel of details is told beside the graph: faults, findings, and what each graph is."""

from __future__ import annotations

from typing import Any

import pytest

from kg.analysis.facts import Facts
from kg.api import Graph
from kg.view.explorer.details import details
from kg.view.explorer.quads import Quads


@pytest.fixture(scope="module")
def quads(graph: Graph) -> Quads:
    return Quads.read(graph.embedded.nquads())


@pytest.fixture(scope="module")
def found(graph: Graph, quads: Quads) -> Any:
    return details(Facts(graph.store, graph.project), quads)


def test_an_issue_has_its_thing_kind_words_and_passage(graph: Graph, quads: Quads, found: Any) -> None:
    """Qinba paper, 1.1: 30.86 million square kilometres."""
    number = quads.number(str(graph.prefixes.expand("observation:qinba-area-as-printed")))
    ((issue, about, kind, explanation, passages),) = [row for row in found["issues"] if row[1] == number]
    assert "qinba-area-as-printed" in quads.terms[issue]
    assert about == number
    assert quads.terms[kind].endswith("/impossible-unit>")
    assert "308,600" in quads.terms[explanation]
    assert [quads.terms[passage].split("#")[0] for passage in passages] == [
        "<" + str(graph.prefixes.expand("source:qinba"))
    ]


def test_every_issue_and_finding_of_the_questions_is_there(graph: Graph, found: Any) -> None:
    assert len(found["issues"]) == len(list(graph.ask("data-issues")))
    assert len(found["findings"]) == len(list(graph.ask("findings")))
    numbers = [number for row in found["issues"] for number in (*row[:4], *row[4])]
    assert min(numbers) >= 0
    severities = [row[2] for row in found["findings"]]
    assert severities == sorted(severities, reverse=True)
    assert 0 <= severities[-1] <= severities[0] <= 1


def test_graphs_are_told_apart(graph: Graph, quads: Quads, found: Any) -> None:
    """By the files of queries/rules and the packages of loaders/."""
    rules = {name: (quads.terms[graph_], comment) for graph_, name, comment in found["rules"]}
    assert {"has-industry", "permissions", "transitive-properties"} <= set(rules)
    assert rules["has-industry"][1].startswith("A place has an industry at present if")
    assert [quads.terms[each].rpartition("/")[2] for each in found["analyses"]] == ["findings>"]
    assert len(found["sources"]) == 6
    shorten = graph.prefixes.shorten
    assert {shorten(quads.terms[term][1:-1]) for term in found["states"]} == {
        "iis:status",
        "iis:degree",
        "iis:provision",
    }
    pairs = {tuple(shorten(quads.terms[term][1:-1]) for term in pair) for pair in found["units"]}
    assert ("iis:value", "iis:unit") in pairs


def test_a_graph_without_findings_and_faults(graph: Graph) -> None:
    """A part of a graph holds what it holds."""
    found = details(Facts(type(graph.embedded).memory(), graph.project), Quads.read([]))
    assert (found["issues"], found["findings"], found["rules"], found["analyses"]) == ([], [], [], [])
