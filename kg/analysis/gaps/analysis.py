"""`kg gaps`: stages and functions that are said to be missing, weak, only planned, or not recorded."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.analysis.facts import Facts, nested_pairs
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix, State
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope, Table

METHOD = "gaps"
MIN_SHARE = 0.3


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """The gaps of the chains and places of a scope."""
    matrices = [matrix for _label, matrix in gap_matrices(facts)]
    findings = [*_gaps(matrices), *_unrecorded(matrices, nested_pairs(facts))]
    wanted = [f for f in findings if not scope.places or f.about[0] in scope.places]
    columns = {"place": "the place", "place_label": "its name", "stage": "the stage", "stage_label": "its name"}
    rows = [(f.about[0], facts.label(f.about[0]), f.about[1], facts.label(f.about[1])) for f in wanted]
    table = Table("gaps", "Gaps", "Each row is a stage of which a place lacks something.", columns, rows)
    return Analysis(METHOD, "Gaps of chains", scope.parameters, (table,), tuple(wanted))


_SENTENCES = {
    State.SAID_MISSING: ("{place}: said to be missing: {stage}", 1.0),
    State.WEAK: ("{place}: there, but said to be weak or insufficient: {stage}", 0.6),
    State.PLANNED: ("{place}: planned or recommended, not said to be there: {stage}", 0.3),
}


def _gaps(matrices: Iterable[GapMatrix]) -> Iterator[Finding]:
    for matrix in matrices:
        present = _present(matrix)
        for (stage, place), cell in matrix.cells.items():
            if cell.state not in _SENTENCES:
                continue
            sentence, weight = _SENTENCES[cell.state]
            about = ", ".join(cell.regarding.get(cell.state, ()))
            label = sentence.format(stage=matrix.labels[stage], place=matrix.labels[place])
            waiting = present[place] / (1 + len(matrix.stages))
            yield Finding(
                "gap-finding",
                f"{label} ({about})" if about else label,
                (place, stage),
                (Part("state", weight, 3.0), Part("waiting", waiting)),
                METHOD,
                (("place", place),),
                cell.grounds,
            )


def _unrecorded(matrices: Iterable[GapMatrix], nested: set[tuple[str, str]]) -> Iterator[Finding]:
    """Stages of which nothing is recorded at a place that performs at least three in ten of the chain, and two.

    Where something is recorded of a part or a whole of the place, or of a member, the place is not said to be blank.
    """
    for matrix in matrices:
        present = _present(matrix)
        for place in matrix.places:
            if present[place] < max(2, MIN_SHARE * len(matrix.stages)):
                continue
            near = {place, *(a for a, b in nested if b == place), *(b for a, b in nested if a == place)}
            for stage in matrix.stages:
                if all((stage, other) not in matrix.cells for other in near):
                    yield Finding(
                        "unrecorded-finding",
                        f"{matrix.labels[place]}: nothing is recorded of {matrix.labels[stage]}",
                        (place, stage),
                        (Part("present stages", present[place] / len(matrix.stages)),),
                        METHOD,
                        (("place", place),),
                    )


def _present(matrix: GapMatrix) -> dict[str, int]:
    return {
        place: sum(matrix.cell(stage, place).state in (State.PRESENT, State.WEAK) for stage in matrix.stages)
        for place in matrix.places
    }
