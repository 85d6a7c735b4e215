"""Matrices of a few statements and sets, for what is done with matrices."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from itertools import combinations

from kg.analysis.gaps.matrix import GapMatrix, Statement, cell_of, gap_matrix
from kg.analysis.overlap.pairs import Overlap, overlap_of


def stated(statements: Iterable[Statement], stages: Iterable[str], labels: Mapping[str, str]) -> GapMatrix:
    """The gap matrix of statements about places that do not lie in one another."""
    said: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        said[statement.stage, statement.place].append(statement)
    cells = {key: cell_of(found) for key, found in said.items()}
    return gap_matrix(cells, stages, (place for _stage, place in cells), labels)


def pairwise_overlap(
    industries: Mapping[str, Set[str]], outputs: Mapping[str, Mapping[str, float]] | None = None
) -> list[Overlap]:
    """The overlap of every pair of places; arguments as of `overlap_of`."""
    return [overlap_of(first, second, industries, outputs) for first, second in combinations(sorted(industries), 2)]
