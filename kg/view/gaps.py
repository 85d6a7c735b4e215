"""The picture of an analysis of gaps: each chain's stages and functions by the places asked about."""

from __future__ import annotations

from dataclasses import replace

from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import GapReport
from kg.analysis.gaps.matrices import matrix_of
from kg.analysis.result import Analysis
from kg.view.plots import Picture, gap_picture


def gaps_picture(analysis: Analysis, facts: Facts) -> Picture:
    """The six states of all nodes of a result, under the name of their chain.

    Args:
        analysis: a result of the analysis of gaps.
        facts: the graph that it is of.
    """
    report = analysis.detail
    assert isinstance(report, GapReport)
    rows = {(node.chain, node.node): f"{node.chain} {node.node}" for node in report.nodes}
    matrix = matrix_of(facts, (replace(node, node=rows[node.chain, node.node]) for node in report.nodes))
    labels = {**matrix.labels, **{row: facts.label(node) for (_chain, node), row in rows.items()}}
    groups = {row: facts.label(chain) for (chain, _node), row in rows.items()}
    title = "; ".join(dict.fromkeys(groups.values())) if len(set(groups.values())) == 1 else analysis.title
    return gap_picture(replace(matrix, labels=labels), title, groups, alone=True)
