"""Suggestions as tables, findings and notes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from kg.analysis.facts import Facts
from kg.analysis.gaps.matrix import State
from kg.analysis.next.model import FORBIDDEN, Suggestion
from kg.analysis.next.ranking import Move
from kg.analysis.next.weights import COMPONENTS, Weights
from kg.analysis.result import Finding, Table
from kg.store.answers import Value

METHOD = "next"

_STATES = {
    State.SAID_MISSING: ("add", "said to be missing"),
    State.PLANNED: ("add", "planned or recommended, not said to be there"),
    State.WEAK: ("strengthen", "there, but said to be weak or insufficient"),
    State.NOT_RECORDED: ("add", "nothing is recorded of it here"),
}
_LOW_END = ("move beyond the low end of", "there, at the low end only")
_EXTENDED = ("extend", "there, and planned or recommended further")

Row = tuple[Value | None, ...]


def _verb_and_state(suggestion: Suggestion) -> tuple[str, str]:
    candidate = suggestion.candidate
    if candidate.low_end:
        return _LOW_END
    return _EXTENDED if candidate.extended else _STATES[State(candidate.state)]


def sentence(facts: Facts, suggestion: Suggestion) -> str:
    """A suggestion in one sentence: what, in which state it is, and what speaks for and against it most."""
    candidate, label = suggestion.candidate, facts.label
    verb, state = _verb_and_state(suggestion)
    known = {c.name: c for c in suggestion.components if c.value is not None}
    reasons = []
    if "position" in known and known["position"].value:
        reasons.append(known["position"].words.partition(";")[0])
    if "recommendations" in known:
        reasons.append(known["recommendations"].words)
    if "permission" in known:
        reasons.append(known["permission"].words)
    text = f"{label(candidate.place)} could {verb} {label(candidate.thing)} ({state})"
    return f"{text}: {'; '.join(reasons)}" if reasons else text


def findings_of(facts: Facts, suggestions: Iterable[Suggestion], weights: Weights, differing: str) -> Iterator[Finding]:
    """Suggestions as findings; what is not permitted, or has nothing that speaks for it, is none."""
    for suggestion in suggestions:
        candidate = suggestion.candidate
        if not suggestion.permitted or not suggestion.score(weights):
            continue
        parameters = [("place", candidate.place)]
        if candidate.chain:
            parameters.append(("chain", candidate.chain))
        if differing:
            parameters.append(("weights", differing))
        yield Finding(
            "suggestion-finding",
            sentence(facts, suggestion),
            (candidate.place, candidate.thing),
            suggestion.parts(weights),
            METHOD,
            tuple(parameters),
            suggestion.passages,
            candidate.kind,
        )


def tables_of(
    facts: Facts,
    shown: Mapping[str, Sequence[Suggestion]],
    moves: Mapping[str, Sequence[Move]],
    weights: Weights,
) -> tuple[Table, ...]:
    """The suggestions, their components, and how the order changes with the weights."""
    return (
        Table(
            "next",
            "What a place could add next",
            "Each row is a stage, function or industry that a place could add, strengthen or extend, best first by "
            "place, what rests on one component alone after the rest; the score is the weighted mean of the components "
            "that are known, 0 to 1; an empty component is not known, which is not 0.",
            {
                "place": "the place",
                "place_label": "its name",
                "rank": "position in the order of the place, from 1",
                "candidate": "the stage, function or industry",
                "candidate_label": "its name",
                "kind": "stage, function or industry",
                "chain": "the chain in which it is judged; empty for an industry without one",
                "chain_label": "its name",
                "state": "said missing, weak, planned (or recommended) or not recorded; present, to be extended: "
                "planned or recommended further",
                "score": "weighted mean of the known components, 0 to 1; 0 where it is not permitted",
                **{name: f"{meaning}, 0 to 1; empty where it is not known" for name, meaning in COMPONENTS.items()},
                "known": "share of the weight that the known components have, 0 to 1",
                "permitted": "permitted, conditional, restricted, not permitted (then it is ranked last), or not said",
                "passages": "passages that it rests on",
            },
            [row for place in shown for row in _rows(facts, shown[place], weights)],
            ("place_label", "rank", "candidate_label", "state", "score", *COMPONENTS, "known", "permitted"),
        ),
        Table(
            "components",
            "Components of each score",
            "Each row is one component of one suggestion, with its weight and how its value came about; without a "
            "value it is not known and left out of the score.",
            {
                "place": "the place",
                "place_label": "its name",
                "candidate": "the stage, function or industry",
                "candidate_label": "its name",
                "component": "name of the component, as in --weights",
                "value": "0 to 1; empty where it is not known",
                "weight": "its weight",
                "words": "how the value came about, or why it is not known",
                "passages": "passages that it rests on",
            },
            [
                (*_names(facts, s), c.name, _number(c.value), weights[c.name], c.words, " ".join(c.passages))
                for those in shown.values()
                for s in those
                for c in s.components
            ],
            ("place_label", "candidate_label", "component", "value", "weight", "words"),
        ),
        Table(
            "sensitivity",
            "How the order changes with the weights",
            "Each row is one weight raised or lowered by a half, all else unchanged: tau is 1 where the order of all "
            "suggestions of the place stays as it is, and the fewer move the less the order rests on that weight.",
            {
                "place": "the place",
                "place_label": "its name",
                "component": "whose weight is changed",
                "factor": "by how much it is multiplied",
                "tau": "Kendall's tau-b of the scores against those before, -1 to 1; empty where all score alike",
                "moved": "number of suggestions whose rank changes",
                "moved_things": "their names, in the new order",
                "first_stays": "yes if the first stays first",
                "first": "what is then first",
                "first_label": "its name",
            },
            [
                (
                    place,
                    facts.label(place),
                    move.component,
                    move.factor,
                    _number(move.tau),
                    len(move.moved),
                    "; ".join(facts.label(thing) for thing in move.moved),
                    "yes" if move.first_stays else "no",
                    move.first,
                    facts.label(move.first) if move.first else None,
                )
                for place, those in moves.items()
                for move in those
            ],
        ),
    )


def _rows(facts: Facts, suggestions: Sequence[Suggestion], weights: Weights) -> Iterator[Row]:
    for rank, suggestion in enumerate(suggestions, 1):
        chain = suggestion.candidate.chain
        place, place_label, thing, thing_label = _names(facts, suggestion)
        yield (
            place,
            place_label,
            rank,
            thing,
            thing_label,
            suggestion.candidate.kind,
            chain,
            facts.label(chain) if chain else None,
            f"{suggestion.candidate.state}, to be extended"
            if suggestion.candidate.extended
            else suggestion.candidate.state,
            _number(suggestion.score(weights)),
            *(_number(component.value) for component in suggestion.components),
            _number(suggestion.known(weights)),
            suggestion.permission,
            " ".join(suggestion.passages),
        )


def _names(facts: Facts, suggestion: Suggestion) -> tuple[str, str, str, str]:
    place, thing = suggestion.candidate.place, suggestion.candidate.thing
    return place, facts.label(place), thing, facts.label(thing)


def _number(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def notes_of(
    facts: Facts,
    by_place: Mapping[str, Sequence[Suggestion]],
    moves: Mapping[str, Sequence[Move]],
    weights: Weights,
    unrelated: str,
    of_chains: bool = False,
) -> tuple[str, ...]:
    """What a reader must know: what is not known, what is not permitted, and how firm the order is."""
    notes = [
        "The score is the weighted mean of the components that are known; `known` says how much of the weight that is. "
        "What only one component is known of comes after the rest."
    ]
    if unrelated and weights["relatedness"]:
        notes.append(f"Relatedness density is not known: {unrelated}.")
    for place, those in by_place.items():
        if not those:
            what = "in the chains asked for, nothing" if of_chains else "no stage, chain or industry"
            notes.append(f"{facts.label(place)}: {what} is recorded from which to go on.")
        for suggestion in those:
            if suggestion.permission == FORBIDDEN:
                why = next(c.words for c in suggestion.components if c.name == "permission")
                notes.append(
                    f"{facts.label(place)}: {facts.label(suggestion.candidate.thing)} is not permitted: {why}."
                )
    notes += [_firmness(facts.label(place), those) for place, those in moves.items() if len(by_place[place]) > 1]
    return tuple(notes)


def _firmness(place: str, moves: Sequence[Move]) -> str:
    stays = sum(move.first_stays for move in moves)
    most = min(moves, key=lambda move: (1.0 if move.tau is None else move.tau, -len(move.moved)))
    first = "in every case" if stays == len(moves) else f"in {stays} of {len(moves)} cases"
    text = f"{place}: when one weight is raised or lowered by a half, the first stays first {first}"
    if not any(move.moved for move in moves):
        return f"{text} and nothing changes its rank."
    tau = "" if most.tau is None else f", tau {most.tau:.2f}"
    return f"{text}; the order rests most on {most.component} (times {most.factor:g}: {len(most.moved)} move{tau})."
