"""`kg links`: universities and their fields against industries of places; docs/methods/links.md."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from kg.analysis.chains import read_chains
from kg.analysis.facts import Facts
from kg.analysis.links import tables
from kg.analysis.links.findings import METHOD, cooperation_findings, findings, suggestion_findings
from kg.analysis.links.prediction import Prediction
from kg.analysis.links.reading import Reach, Reading, read
from kg.analysis.links.states import Link, LinkState, Surplus, links, surplus
from kg.analysis.links.suggestions import (
    CrossSpace,
    Suggestion,
    cooperation_prediction,
    cross_space,
    crosswalk_prediction,
    programme_prediction,
    suggest,
)
from kg.analysis.result import EVERYTHING, Analysis, Scope


@dataclass(frozen=True)
class Links:
    """What `kg links` finds.

    Args:
        reading: what the graph says.
        links: the industries of the places asked about, with their states.
        surplus: fields taught there without an industry.
        suggestions: fields for industries, with the scores of each method.
        cross_space: relatedness of fields and industries.
        predictions: link prediction by what a link is.
    """

    reading: Reading
    links: tuple[Link, ...]
    surplus: tuple[Surplus, ...]
    suggestions: tuple[Suggestion, ...]
    cross_space: CrossSpace
    predictions: tuple[tuple[str, Prediction], ...]


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """The links of universities and industries for the places and chains of a scope.

    Args:
        facts: the graph.
        scope: places whose industries are looked at; of a chain, only the industries that it is the chain of, and
            what serves them.

    Returns: the tables `links`, `suggestions`, `scores`, `quality`, `surplus`, `programmes`, `cooperation` and
        `crosswalk`; `detail` is a `Links`.
    """
    reading = read(facts)
    every = links(reading)
    prediction, space = crosswalk_prediction(reading), cross_space(reading)
    proposed = suggest(reading, every, prediction, space)
    of_chains = _industries_of(facts, scope)

    def wanted(place: str, industry: str = "") -> bool:
        there = not scope.places or place in scope.places
        return there and (not scope.chains or not industry or industry in of_chains)

    own = tuple(k for k in every if wanted(k.industry.place, k.industry.industry))
    chosen = tuple(s for s in proposed if wanted(s.place, s.industry))
    served = {field for field, industry in reading.pairs if industry in of_chains}
    near = [
        p
        for p in reading.programmes
        if _near(reading, scope, p.place, Reach.AGGLOMERATION)
        and (not scope.chains or p.every_field or p.field in served)
    ]
    left = [
        s
        for s in surplus(reading)
        if _near(reading, scope, s.programme.place, Reach.PART) and (not scope.chains or of_chains & {*s.industries})
    ]
    concerned = {c for k in own for c in k.cooperation}
    said = [c for c in reading.cooperation if wanted(c.place, c.industry) or c in concerned]
    asked = of_chains if scope.chains else {k.industry.industry for k in own}
    pairs = [p for p in reading.pairs.values() if scope == EVERYTHING or p.industry in asked]
    predictions = (
        ("fields and industries; a link is a pair of the crosswalk", prediction),
        ("who teaches and industries; a link is a field taught that serves it", programme_prediction(reading)),
        ("universities or institutes and industries; a link is recorded cooperation", cooperation_prediction(reading)),
    )
    found = [
        *(f for f in findings(facts, reading, every) if wanted(f.about[0], f.about[1])),
        *(f for c, f in cooperation_findings(facts, reading) if wanted(c.place, c.industry)),
        *(f for f in suggestion_findings(facts, proposed, every, prediction) if wanted(f.about[0], f.about[1])),
    ]
    shown = (
        tables.links_table(facts, own, space),
        tables.suggestions_table(facts, chosen),
        tables.scores_table(facts, chosen),
        tables.quality_table(predictions, space),
        tables.surplus_table(facts, left),
        tables.programmes_table(facts, near),
        tables.cooperation_table(facts, said),
        tables.crosswalk_table(facts, pairs),
    )
    detail = Links(reading, own, tuple(left), chosen, space, predictions)
    notes = (*_bare(facts, scope, own, of_chains), *_notes(reading, own, space, predictions))
    return Analysis(METHOD, "Universities and industries", scope.parameters, shown, tuple(found), notes, detail)


def _industries_of(facts: Facts, scope: Scope) -> set[str]:
    """The industries of the chains asked about."""
    if not scope.chains:
        return set()
    chains = read_chains(facts)
    return {industry for iri in scope.chains if iri in chains for industry in chains[iri].industries}


def _bare(facts: Facts, scope: Scope, own: Sequence[Link], of_chains: Set[str]) -> Iterator[str]:
    """What was asked for and has no industry."""
    if scope.chains and not of_chains:
        those = ", ".join(map(facts.label, scope.chains))
        yield f"{those}: no industry is recorded of which it is the chain. Name the chain of one with --chain"
        return
    for place in scope.places:
        if not any(k.industry.place == place for k in own):
            yield f"{facts.label(place)}: no industry{' of these chains' if scope.chains else ''} is assessed there"


def _near(reading: Reading, scope: Scope, other: str, most: Reach) -> bool:
    return not scope.places or any(reading.nesting.reach(place, other) <= most for place in scope.places)


def _notes(
    reading: Reading, own: Sequence[Link], space: CrossSpace, predictions: Sequence[tuple[str, Prediction]]
) -> tuple[str, ...]:
    """What is not given, and why."""
    blank = sum(not reading.looked_at(place) for place in {k.industry.place for k in own})
    unserved = len({k.industry.industry for k in own if k.state == LinkState.NO_FIELD})
    plural = "" if blank == 1 else "s"
    notes = []
    if blank:
        notes.append(
            f"of {blank} place{plural} with industries no source speaks of any programme: nothing is suggested there, "
            "and that none is recorded is no finding"
        )
    if unserved:
        notes.append(f"{unserved} industries have no field in the crosswalk: they are not assessed")
    if space.refusal:
        notes.append(f"quality of the cross-space refused: {space.refusal}")
    notes += [f"quality of link prediction refused ({name}): {p.refusal}" for name, p in predictions if p.refusal]
    return tuple(notes)
