"""The findings in the graph: each has its query, its things and its passages; kinds are kept apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pytest

from kg.analysis.methods import METHODS
from kg.api import Graph
from kg.errors import UnknownName
from kg.store.answers import Value


@pytest.mark.parametrize(
    "kind",
    [
        *("gap-finding", "unrecorded-finding", "overlap-finding", "link-finding", "weak-point-finding"),
        *("suggestion-finding", "mechanism-finding", "breach-finding"),
    ],
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


def test_findings_are_found_again_from_their_description(graph: Graph) -> None:
    """Ten and more, some of every method: method and parameters give each again, equal in all that the graph holds."""
    rows = list(graph.findings())
    chosen = {str(row["finding"]): row for method in METHODS for row in _some(rows, method)}
    assert len(chosen) >= 10
    for iri, row in chosen.items():
        found = graph.finding(iri)
        assert found.parts
        assert f"finding:{found.key(graph.prefixes)}" == graph.prefixes.shorten(iri)
        assert found.label == row["finding_label"]
        assert graph.prefixes.mapping["concept"] + found.kind == row["kind"]
        assert abs(found.severity - float(str(row["severity"]))) < 1e-6
        assert found.explanation == row["explanation"]
        assert set(found.about) == set(str(row["about"]).split())
        assert set(found.passages) == set(str(row["passages"] or "").split())


def test_finding_is_asked_for_by_its_key(graph: Graph) -> None:
    row = next(row for row in graph.findings() if row["method"] == "gaps")
    key = graph.prefixes.shorten(str(row["finding"])).removeprefix("finding:")
    assert graph.finding(key) == graph.finding(f"finding:{key}")
    assert graph.finding(key).label == row["finding_label"]


def test_finding_that_is_none_is_told(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="finding"):
        graph.finding("gap-finding-nowhere-nothing")
    with pytest.raises(UnknownName, match="finding"):
        graph.finding("place:baoji")


def _some(rows: Sequence[Mapping[str, Value | None]], method: str) -> Sequence[Mapping[str, Value | None]]:
    own = [row for row in rows if row["method"] == method]
    return own[:: max(1, len(own) // 3)][:3]


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
