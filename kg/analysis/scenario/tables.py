"""The tables of what a scenario changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.analysis.result import Table
from kg.analysis.scenario.findings import BETTER, CLOSED, OPENED, WORSE, FindingChange
from kg.analysis.scenario.networks import MOVED, SHOWN, NodeChange
from kg.analysis.scenario.problems import Answer
from kg.analysis.scenario.questions import ENDED, NEW, OverlapChange
from kg.analysis.scenario.states import StateChange

if TYPE_CHECKING:
    from kg.analysis.scenario.compare import Change

ORDER = (CLOSED, BETTER, OPENED, WORSE)


def of_findings(changes: Iterable[FindingChange]) -> Table:
    """Findings that open, close, get worse or better."""
    return Table(
        "changes",
        "Findings that differ",
        "Each row is a finding of gaps, overlap, links, weak points or rules: closed and better ones first, then what "
        "opens or gets worse; severities run from 0 to 1.",
        {
            "change": "closed (in the graph alone), better, opened (in the scenario alone) or worse",
            "kind": "kind of finding",
            "finding": "the finding in one sentence",
            "severity_before": "severity in the graph",
            "severity_after": "severity in the scenario",
            "why": "the states of the stages that it is about, or the parts of its severity, before -> after",
            "passages": "passages that it rests on",
        },
        [
            (
                change.change,
                change.finding.kind.removesuffix("-finding"),
                change.finding.label,
                _rounded(change.before.severity) if change.before else None,
                _rounded(change.after.severity) if change.after else None,
                change.why or None,
                " ".join(change.finding.passages) or None,
            )
            for change in changes
        ],
    )


def of_states(changes: Iterable[StateChange]) -> Table:
    """Stages at places whose state differs."""
    return Table(
        "states",
        "States of stages that differ",
        "Each row is a stage or function at a place; not recorded is no statement that it is missing.",
        {
            "place": "the place",
            "place_label": "its name",
            "stage": "the stage or function",
            "stage_label": "its name",
            "before": "its state in the graph",
            "after": "its state in the scenario",
            "chains": "names of the chains that it stands in",
            "passages": "passages behind either state",
        },
        [
            (
                change.place,
                change.place_label,
                change.stage,
                change.stage_label,
                str(change.before),
                str(change.after),
                "; ".join(change.chains),
                " ".join(change.passages) or None,
            )
            for change in changes
        ],
    )


def of_overlaps(changes: Iterable[OverlapChange], labels: Mapping[str, str]) -> Table:
    """Pairs of places whose industries in common differ."""
    return Table(
        "overlap",
        "Overlap of places that differs",
        "Each row is a pair of places; the Jaccard index is the share of the industries of either that both have.",
        {
            "place": "one place",
            "place_label": "its name",
            "other": "the other place",
            "other_label": "its name",
            "shared_before": "number of industries in common in the graph",
            "shared_after": "number in the scenario",
            "jaccard_before": "Jaccard index in the graph; empty where one of the two is not compared",
            "jaccard_after": "Jaccard index in the scenario",
            "industries": "industries no longer in common (-) and newly in common (+)",
        },
        [
            (
                change.first,
                labels.get(change.first, change.first),
                change.second,
                labels.get(change.second, change.second),
                len(change.shared_before),
                len(change.shared_after),
                _rounded(change.jaccard_before),
                _rounded(change.jaccard_after),
                _differing(change, labels) or None,
            )
            for change in changes
        ],
    )


def of_nodes(changes: Iterable[NodeChange]) -> Table:
    """Nodes of networks whose place differs."""
    return Table(
        "centrality",
        "Nodes whose place in a network differs",
        f"Each row is a node: of each network all that come or go, and the {SHOWN} whose ties or ranks differ most; "
        "rank 1 is the most central. The network counts as a whole, whatever places and chains are asked for.",
        {
            "network": "the network, as `kg ask` and `queries/networks/` name it",
            "node": "the node",
            "node_label": "its name",
            "change": f"{NEW}, {ENDED} or {MOVED}",
            "degree_before": "ties to other nodes in the graph",
            "degree_after": "ties in the scenario",
            "betweenness_rank_before": "rank by betweenness in the graph",
            "betweenness_rank_after": "rank in the scenario",
            "pagerank_rank_before": "rank by PageRank in the graph",
            "pagerank_rank_after": "rank in the scenario",
            "cut_point": "before -> after, where it differs: whether its loss would cut others off",
        },
        [
            (
                change.network,
                change.node,
                change.label,
                change.change,
                *change.degree,
                *change.betweenness_rank,
                *change.pagerank_rank,
                _cut(change.cut_point),
            )
            for change in changes
        ],
    )


def of_answers(found: Iterable[Answer]) -> Table:
    """Problems that are answered now."""
    return Table(
        "problems",
        "Problems that are answered",
        "Each row is a reason for which a problem counts as answered; a problem may have several.",
        {
            "problem": "the problem",
            "problem_label": "its name",
            "answer": "stages there (all that it names, where it is), some stages there, recommendation realised, or "
            "no longer stated",
            "by": "the stages that are there now, or the recommendation",
            "basis": "states of stages; stated (the source says that the recommendation answers the problem); our "
            "reading; the scenario",
            "passages": "passages that say so",
        },
        [(a.problem, a.label, a.answer, a.by or None, a.basis, " ".join(a.passages) or None) for a in found],
    )


def of_changes(changes: Sequence[Change], labels: Mapping[str, str]) -> Table:
    """The rows that a scenario adds and takes out."""
    return Table(
        "applied",
        "Rows added and taken out",
        "Each row is a row of a table: added by the scenario, or of the graph and left out.",
        {
            "action": "added or removed",
            "table": "the type of its table",
            "says": "what it says",
            "row": "where it stands",
            "picked_by": "the row of the scenario that takes it out",
            "realises": "recommendations and policies that are realised by it",
            "reason": "why, in the words of the scenario",
            "passages": "the passage that states a row taken out",
        },
        [
            (
                change.action,
                change.table,
                change.label,
                change.where,
                change.picked_by or None,
                "; ".join(labels.get(iri, iri) for iri in change.realises) or None,
                change.reason or None,
                change.passage if change.picked_by else None,
            )
            for change in changes
        ],
    )


def _differing(change: OverlapChange, labels: Mapping[str, str]) -> str:
    before, after = set(change.shared_before), set(change.shared_after)
    signed = [("-", iri) for iri in before - after] + [("+", iri) for iri in after - before]
    return "; ".join(sorted(f"{labels.get(iri, iri)} ({sign})" for sign, iri in signed))


def _cut(points: tuple[bool | None, bool | None]) -> str | None:
    before, after = ("yes" if point else "no" for point in points)
    return f"{before} -> {after}" if before != after else None


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
