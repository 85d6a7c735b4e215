"""`kg next`: what a place could add next, with every component of the score shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.analysis.facts import Facts
from kg.analysis.next.candidates import candidates, default_places
from kg.analysis.next.components import suggest
from kg.analysis.next.evidence import Evidence
from kg.analysis.next.model import Suggestion
from kg.analysis.next.ranking import Move, in_order, sensitivity
from kg.analysis.next.report import findings_of, notes_of, tables_of
from kg.analysis.next.weights import Weights, read_weights, weights_text
from kg.analysis.numbers import whole_number
from kg.analysis.result import EVERYTHING, Analysis, Scope

METHOD = "next"
DEFAULT_TOP = 3


@dataclass(frozen=True)
class Suggestions:
    """The typed result of `kg next`.

    Args:
        by_place: suggestions, best first, by IRI of the place; all of them, however many are shown.
        moves: how the order of a place changes with each weight.
        weights: weight by component.
        top: how many of each place the tables and findings show; none means all.
    """

    by_place: Mapping[str, tuple[Suggestion, ...]]
    moves: Mapping[str, tuple[Move, ...]]
    weights: Weights
    top: int | None

    @property
    def shown(self) -> Mapping[str, tuple[Suggestion, ...]]:
        """Those that the tables show, by place."""
        return {place: those[: self.top] for place, those in self.by_place.items()}


def analyse(
    facts: Facts,
    scope: Scope = EVERYTHING,
    weights: str | Mapping[str, float] | None = None,
    top: str | int | None = None,
) -> Analysis:
    """What places could add next: stages, functions and industries, best first.

    Args:
        facts: the graph.
        scope: places and chains; without places, each place below a province of which two stages are recorded.
        weights: weight by component, as text `position=2,fields=0` or a mapping; what is not named keeps its default.
        top: how many of each place to show; without it all where places are named, and else three.

    Raises:
        BadParameter: a weight or the number is not one.
    """
    given, most = read_weights(weights), _top(top, bool(scope.places))
    evidence = Evidence(facts)
    wanted = {evidence.variants.get(chain, chain) for chain in scope.chains}
    by_place = {}
    for place in scope.places or default_places(evidence):
        found = [c for c in candidates(evidence, place) if not wanted or wanted.intersection(c.chains)]
        by_place[place] = tuple(in_order((suggest(evidence, c) for c in found), given, facts.label))
    by_place = {place: those for place, those in by_place.items() if those or place in scope.places}
    moves = {place: sensitivity(those, given, facts.label) for place, those in by_place.items() if those}
    detail = Suggestions(by_place, moves, given, most)
    differing = weights_text(given)
    options = ((("weights", differing),) if differing else ()) + ((("top", str(most)),) if top is not None else ())
    unrelated = evidence.density.note if not evidence.density.places else ""
    return Analysis(
        METHOD,
        "What a place could add next",
        (*scope.parameters, *options),
        tables_of(facts, detail.shown, moves, given),
        tuple(finding for those in detail.shown.values() for finding in findings_of(facts, those, given, differing)),
        notes_of(facts, by_place, moves, given, unrelated, bool(scope.chains)),
        detail,
    )


def _top(top: str | int | None, named: bool) -> int | None:
    if top is None:
        return None if named else DEFAULT_TOP
    return whole_number(top, f"top: {top} is not a number of suggestions. Write 1 or more", 1)
