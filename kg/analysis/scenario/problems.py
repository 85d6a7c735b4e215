"""Which problems a scenario answers.

A problem counts as answered where one of these holds, and each is told by itself:

- the stages that it names are all there now at the places that have it, and were not all before;
- the scenario realises a recommendation or policy that answers it, as the source states or by our reading;
- it is no longer stated, since the scenario takes out the row that states it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from kg.analysis.facts import Facts, passages_of
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import State
from kg.analysis.result import Scope

THERE, PARTLY, REALISED, UNSAID = "stages there", "some stages there", "recommendation realised", "no longer stated"


@dataclass(frozen=True)
class Answer:
    """An answer of a scenario to a problem.

    Args:
        problem: the problem.
        label: its name.
        answer: stages there, some stages there (not all that it names), recommendation realised, or no longer stated.
        by: the stages that are there now, or the recommendation.
        basis: what that rests on: states of stages, stated (the source says that the recommendation answers the
            problem), our reading, or the scenario.
        passages: passages that state the problem, or that the recommendation answers it.
    """

    problem: str
    label: str
    answer: str
    by: str
    basis: str
    passages: tuple[str, ...]


def answers(base: Facts, other: Facts, scope: Scope, realised: Collection[str]) -> list[Answer]:
    """The problems that a scenario answers.

    Args:
        base: the graph.
        other: the graph as it would be.
        scope: whose problems; a place or chain has those of what lies within it.
        realised: the recommendations and policies that the scenario realises.
    """
    wanted = _problems(base, scope)
    found = [*_by_stages(base, other), *_by_recommendations(base, realised), *_unsaid(base, other)]
    kept = [answer for answer in found if answer.problem in wanted]
    order = (THERE, REALISED, UNSAID, PARTLY)
    return sorted(kept, key=lambda a: (order.index(a.answer), a.label, a.problem, a.basis != "stated", a.by))


def _problems(facts: Facts, scope: Scope) -> set[str]:
    """The problems of a scope: of its places and of its chains; all where it names none."""
    every = {str(row["problem"]) for row in facts.ask("problems-of")}
    for things in (scope.places, scope.chains):
        if things:
            every &= {str(row["problem"]) for row in facts.ask("problems-of", of=things)}
    return every


def _by_stages(base: Facts, other: Facts) -> Iterator[Answer]:
    """Problems whose stages are there now; a chain's matrix tells the state of a stage at a place."""
    before, after = _present(base), _present(other)
    named: dict[str, dict[tuple[str, str], str]] = defaultdict(dict)
    labels: dict[str, str] = {}
    said: dict[str, set[str]] = defaultdict(set)
    for row in base.ask("problems-and-stages"):
        problem = str(row["problem"])
        labels[problem] = str(row["problem_label"])
        named[problem][str(row["stage"]), str(row["place"])] = f"{row['stage_label']} in {row['place_label']}"
        said[problem].update(passages_of(row))
    for problem, cells in named.items():
        new = sorted(label for cell, label in cells.items() if cell in after and cell not in before)
        if new:
            answer = THERE if all(cell in after for cell in cells) else PARTLY
            yield Answer(
                problem, labels[problem], answer, "; ".join(new), "states of stages", tuple(sorted(said[problem]))
            )


def _present(facts: Facts) -> set[tuple[str, str]]:
    matrices = (matrix for _label, matrix in gap_matrices(facts))
    return {key for matrix in matrices for key, cell in matrix.cells.items() if cell.state == State.PRESENT}


def _by_recommendations(base: Facts, realised: Iterable[str]) -> Iterator[Answer]:
    wanted = set(realised)
    for row in base.ask("recommendations-for-problem"):
        if str(row["recommendation"]) in wanted:
            yield Answer(
                str(row["problem"]),
                str(row["problem_label"]),
                REALISED,
                str(row["recommendation_label"]),
                str(row["basis"]),
                passages_of(row),
            )


def _unsaid(base: Facts, other: Facts) -> Iterator[Answer]:
    still = {str(row["problem"]) for row in other.ask("problems-of")}
    told: set[str] = set()
    for row in base.ask("problems-of"):
        problem = str(row["problem"])
        if problem not in still and problem not in told:
            told.add(problem)
            yield Answer(problem, str(row["problem_label"]), UNSAID, "", "the scenario", passages_of(row))
