"""The gap matrices of a graph: each chain by the places of which something is recorded for it."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analysis.facts import Facts, once
from kg.analysis.gaps.areas import read_areas
from kg.analysis.gaps.assess import Assessment, Node
from kg.analysis.gaps.knowledge import read_knowledge
from kg.analysis.gaps.matrix import GapMatrix, gap_matrix

MIN_STAGES = 2


@once
def gap_matrices(facts: Facts) -> tuple[tuple[str, GapMatrix], ...]:
    """For each chain of which at least two nodes are recorded somewhere: its label and its gap matrix.

    Statements of a chain that are variants of another are left to that one. Chains with most recorded first.
    """
    return tuple((facts.label(nodes[0].chain), matrix) for nodes, matrix in assessed_chains(facts))


@once
def assessed_chains(facts: Facts) -> tuple[tuple[tuple[Node, ...], GapMatrix], ...]:
    """The same with every node of the chain in every such place."""
    knowledge, areas = read_knowledge(facts), read_areas(facts)
    found = []
    for chain in knowledge.main_chains:
        assessment = Assessment(knowledge, areas, chain)
        nodes = tuple(node for place in assessment.places for node in assessment.assess(areas.of(place)))
        matrix = matrix_of(facts, nodes)
        if len({stage for stage, _place in matrix.cells}) >= MIN_STAGES:
            found.append((nodes, matrix))
    return tuple(sorted(found, key=lambda pair: (-len(pair[1].cells), facts.label(pair[0][0].chain))))


def matrix_of(facts: Facts, nodes: Iterable[Node]) -> GapMatrix:
    """The matrix of the nodes of one chain by areas, those with most recorded first."""
    found = list(nodes)
    labels = {n.area.key: n.area.label for n in found} | {n.node: facts.label(n.node) for n in found}
    cells = {(n.node, n.area.key): n.cell for n in found}
    return gap_matrix(cells, (n.node for n in found), (n.area.key for n in found), labels)
