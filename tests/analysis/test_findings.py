"""The findings in the graph: each has its query, its things and its passages; kinds are kept apart."""

from __future__ import annotations

import pytest

from kg.api import Graph


@pytest.mark.parametrize(
    "kind", ["gap-finding", "unrecorded-finding", "overlap-finding", "link-finding", "weak-point-finding"]
)
def test_findings_of_every_kind_are_in_the_graph(graph: Graph, kind: str) -> None:
    assert [row for row in graph.findings() if str(row["kind"]).endswith(f"/{kind}")]


def test_findings_that_say_something_rest_on_passages(graph: Graph) -> None:
    """Only a place in a network rests on no passage of its own, and what is not recorded on none that is."""
    silent = {"unrecorded-finding", "weak-point-finding"}
    bare = [
        row["finding_label"]
        for row in graph.findings()
        if not row["passages"]
        and str(row["kind"]).rpartition("/")[2] not in silent
        and row["query"] != "actors"
        and "no source speaks" not in str(row["finding_label"])
    ]
    assert bare == []


def test_passages_of_findings_are_passages(graph: Graph) -> None:
    cited = {p for row in graph.findings() for p in str(row["passages"] or "").split()}
    assert cited
    assert cited <= set(graph.citations())


def test_query_of_a_finding_can_be_asked_with_its_parameters(graph: Graph) -> None:
    """`kg ask QUERY PARAMETERS` gives the finding again; a network is not asked."""
    asked = {(str(row["query"]), str(row["parameters"] or "")) for row in graph.findings()}
    for query, parameters in sorted(asked):
        if query in graph.queries:
            assert len(graph.ask(query, **dict(pair.split("=", 1) for pair in parameters.split()))) > 0
        else:
            assert graph.to_networkx(query).number_of_nodes() > 0


def test_said_to_be_missing_and_not_recorded_never_share_a_kind(graph: Graph) -> None:
    for row in graph.findings():
        kind = str(row["kind"]).rpartition("/")[2]
        if kind == "gap-finding":
            assert "no source speaks" not in str(row["finding_label"])
        if kind == "unrecorded-finding":
            assert "missing" not in str(row["finding_label"])


def test_order_within_a_kind_counts_from_one(graph: Graph) -> None:
    orders: dict[str, list[int]] = {}
    for row in graph.findings():
        orders.setdefault(str(row["kind"]), []).append(int(str(row["order"])))
    for found in orders.values():
        assert sorted(found) == list(range(1, len(found) + 1))


def test_missing_platforms_of_xianyang_are_findings(graph: Graph) -> None:
    """Xianyang paper, IV.C: platforms from analysis and testing to comprehensive government services are lacking."""
    labels = [str(row["finding_label"]) for row in graph.findings() if "/gap-finding" in str(row["kind"])]
    assert any("Xianyang" in label and "Analysis and testing" in label and "missing" in label for label in labels)
