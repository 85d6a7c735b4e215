"""`kg overlap`: what places, parks or clusters have in common, head-on or complementing one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from kg.analysis.facts import Facts
from kg.analysis.numbers import whole_number
from kg.analysis.overlap.compare import Comparison, Shared, compare
from kg.analysis.overlap.places import label_of
from kg.analysis.overlap.profiles import ASPECTS, OF_STAGES, Profiles, read_profiles
from kg.analysis.overlap.stages import SameStage
from kg.analysis.overlap.tables import tables_of
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope
from kg.errors import BadParameter, UnknownName
from kg.measures.similarity import jaccard

METHOD = "overlap"
MIN_SHARED = 2
"""Items that two have in common at least for a finding, where no source says that they compete."""
SMALLEST_GROUP = 3


def analyse(
    facts: Facts, scope: Scope = EVERYTHING, *, aspect: str = "", smallest_group: int | str | None = None
) -> Analysis:
    """What the places and clusters of a scope have in common.

    Args:
        facts: the graph.
        scope: several places or clusters: the pairs and groups among them, whatever their level. One: it against all
            of its level. None: all pairs of one level. Chains: only stages are compared, and only theirs. A part and
            its whole are never compared.
        aspect: only this aspect, a key of `kg.analysis.overlap.profiles.ASPECTS`; without it, all.
        smallest_group: things that a group has at least, 2 or more; by default 3, and 2 where several are named.

    Raises:
        UnknownName: no such aspect.
        BadParameter: the smallest group is no whole number of 2 or more, or the aspect is none of those of a chain.
    """
    if aspect and aspect not in ASPECTS:
        raise UnknownName("aspect", aspect, ASPECTS, f"There are: {', '.join(ASPECTS)}")
    given = [] if not aspect else [("aspect", aspect)]
    given += [] if smallest_group is None else [("smallest_group", str(smallest_group))]
    smallest = _smallest(smallest_group, SMALLEST_GROUP if len(scope.places) < 2 else 2)
    if aspect and scope.chains and aspect not in OF_STAGES:
        raise BadParameter(f"aspect: {aspect} belongs to no chain. With a chain there are: {', '.join(OF_STAGES)}")
    profiles = read_profiles(facts)
    found = compare(facts, profiles, scope, [aspect] if aspect else list(ASPECTS), smallest)
    findings = (*_same(facts, found), *_head_on(facts, found))
    title = "Overlap and complementarity"
    notes = tuple(_notes(facts, scope, found))
    return Analysis(METHOD, title, (*scope.parameters, *given), tables_of(facts, found), findings, notes, detail=found)


def _smallest(given: int | str | None, default: int) -> int:
    if given is None:
        return default
    return whole_number(given, f"smallest group: {given} is not a whole number of 2 or more. Give one, such as 3", 2)


def _notes(facts: Facts, scope: Scope, found: Comparison) -> Iterator[str]:
    profiles = found.profiles
    known = set(profiles.things)
    for place in scope.places:
        if place not in known:
            yield f"Nothing is recorded of what {facts.label(place)} has, does or is meant to develop"
    for number, one in enumerate(scope.places):
        for two in scope.places[number + 1 :]:
            if profiles.are_nested(one, two):
                yield (
                    f"{facts.label(one)} and {facts.label(two)} are not compared: one is a part of the other, and a "
                    "whole shares with its parts by nature"
                )
    if found.named and not frozenset.intersection(*(profiles.levels.get(p, frozenset()) for p in scope.places)):
        yield "Those named are of different levels; they are compared because they are named together"
    for chain in scope.chains:
        if not profiles.stages.of_chain.get(chain):
            yield f"{facts.label(chain)}: no stage or function of it is recorded. Name another with --chain"
    if scope.chains:
        yield "With a chain only stages are compared: industries, orientations and products belong to no chain"
    if not found.outputs and "industry" in found.aspects:
        yield (
            "Output by industry is not recorded for two of them in one unit and period, so that neither Krugman's "
            "index nor the sum of minimum shares is given; neither is zero"
        )


def _competing(profiles: Profiles, first: str, second: str) -> tuple[Part, tuple[str, ...]]:
    said = profiles.competing.get((first, second), ())
    words = "a source says that the two compete" if said else "no source says that the two compete"
    return Part("said to compete", 1.0 if said else 0.0, 1.0, words), said


def _two(first: str, second: str) -> tuple[tuple[str, str], ...]:
    return (("place", first), ("place", second))


def _same(facts: Facts, found: Comparison) -> Iterator[Finding]:
    """Pairs with two industries in common, or two that both are meant to develop; with one, if said to compete."""
    profiles = found.profiles
    for s in found.shared:
        o = s.overlap
        competing, said = _competing(profiles, o.first, o.second)
        if s.aspect not in ("industry", "orientation") or len(o.shared) < (1 if said else MIN_SHARED):
            continue
        there: tuple[str, ...] = ()
        # One item more, not shared, as if unseen: one of one is less sure to be alike than five of seven.
        alike = len(o.shared) / (s.either + 1)
        parts = [Part("alike", alike, 2.0, f"{len(o.shared)} of {s.either} that either has and one more"), competing]
        if s.aspect == "industry":
            label, more = "share {n} {industries}", _weight_in_common(found, s)
        else:
            label, (more, there) = "are both meant to develop {n} of the same", _already_there(profiles, s)
        noun = "industry" if len(o.shared) == 1 else "industries"
        names = "; ".join(sorted(label_of(facts, item) for item in o.shared))
        yield Finding(
            "overlap-finding",
            f"{facts.label(o.first)} and {facts.label(o.second)} {label.format(n=len(o.shared), industries=noun)} "
            f"(Jaccard {o.jaccard:.2f}): {names}",
            (o.first, o.second, *o.shared),
            (*parts, *more),
            METHOD,
            _two(o.first, o.second),
            tuple(sorted({*s.passages, *said, *there})),
            "" if s.aspect == "industry" else s.aspect,
        )


def _weight_in_common(found: Comparison, shared: Shared) -> Sequence[Part]:
    """How much of the outputs is in the same industries, where both are known."""
    for o in found.outputs:
        if {o.first, o.second} == {shared.overlap.first, shared.overlap.second} and o.minimum_shares is not None:
            return [Part("output in common", o.minimum_shares, 1.0, f"sum of minimum shares; Krugman {o.krugman:.2f}")]
    return []


def _already_there(profiles: Profiles, shared: Shared) -> tuple[Sequence[Part], tuple[str, ...]]:
    """How much of what both are meant to develop one of them has already, and who says so."""
    o = shared.overlap
    pair = (o.first, o.second)
    there = [(item,) for item in o.shared if any((item,) in profiles.items("industry", thing) for thing in pair)]
    share = len(there) / len(o.shared)
    part = Part("one has it already", share, 1.0, f"{len(there)} of {len(o.shared)} shared")
    return [part], profiles.passages("industry", pair, there)


def _head_on(facts: Facts, found: Comparison) -> Iterator[Finding]:
    """Pairs that perform the same stage now at the same segment."""
    profiles = found.profiles
    for pair in found.same_stage:
        for segment in pair.contested:
            competing, said = _competing(profiles, pair.first, pair.second)
            stages = [profiles.items("stage", thing) for thing in (pair.first, pair.second)]
            alike, both, either = jaccard(*stages), len(stages[0] & stages[1]), len(stages[0] | stages[1])
            rivals = _rivals(profiles, pair, segment)
            parts = (
                Part("same stage, same segment", 1.0, 2.0),
                Part("stages in common", alike, 1.0, f"{both} of {either} that either performs"),
                Part("crowded", 1.0 - 1.0 / rivals, 1.0, f"{rivals} do the same there"),
                competing,
            )
            said_of = pair.industry if pair.stage not in profiles.stages.own_industry else None
            of = f" in {facts.label(said_of)}" if said_of else ""
            yield Finding(
                "overlap-finding",
                f"{facts.label(pair.first)} and {facts.label(pair.second)} both do {facts.label(pair.stage)}{of} "
                f"at the {facts.label(segment)}",
                (pair.first, pair.second, pair.stage, segment, *([pair.industry] if pair.industry else [])),
                parts,
                METHOD,
                _two(pair.first, pair.second),
                tuple(sorted({*pair.passages, *said})),
                "head-on",
            )


def _rivals(profiles: Profiles, pair: SameStage, segment: str) -> int:
    """How many of their level perform the stage at the segment, not for another industry."""
    there = {
        c.thing
        for c in profiles.capabilities
        if c.stage == pair.stage and c.segment == segment and (not c.industry or c.industry == pair.industry)
    }
    return len({t for t in there if profiles.of_one_level(t, pair.first)} | {pair.first, pair.second})
