"""The gap matrices of a graph: which queries feed them."""

from __future__ import annotations

from collections import defaultdict

from kg.analysis.facts import Facts, parts_of, passages_of
from kg.analysis.gaps.matrix import GapMatrix, State, Statement, gap_matrix

MIN_STAGES = 2


def gap_matrices(facts: Facts) -> list[tuple[str, GapMatrix]]:
    """For each chain of which at least two stages are recorded somewhere: its label and its gap matrix.

    Statements of a chain that are variants of another are left to that one. Chains with most recorded first.
    """
    labels: dict[str, str] = {}
    statements = []
    for row in facts.ask("stage-states"):
        stage, place = str(row["stage"]), str(row["place"])
        labels[stage], labels[place] = str(row["stage_label"]), str(row["place_label"])
        about = parts_of(row, "regarding")
        statements.append(Statement(stage, place, State(str(row["state"])), passages_of(row), about))
    variants = {str(row["chain"]) for row in facts.ask("chains") if row["variant_of"]}
    stages: dict[str, list[str]] = defaultdict(list)
    for row in facts.ask("stages-in-order"):
        chain, stage = str(row["chain"]), str(row["stage"])
        if chain not in variants:
            stages[chain].append(stage)
            labels[chain] = str(row["chain_label"])
            labels.setdefault(stage, str(row["stage_label"]))
    within: dict[str, list[str]] = defaultdict(list)
    for row in facts.ask("parts-of-cities"):
        within[str(row["part"])].append(str(row["city"]))
    found = []
    for chain, nodes in stages.items():
        matrix = gap_matrix(statements, nodes, labels, within)
        if len({stage for stage, _place in matrix.cells}) >= MIN_STAGES:
            found.append((labels[chain], matrix))
    return sorted(found, key=lambda pair: (-len(pair[1].cells), pair[0]))
