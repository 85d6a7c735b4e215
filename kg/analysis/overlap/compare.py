"""The comparison itself: pairs by aspect, groups, who holds what, stages head-on and complementing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations

from kg.analysis.facts import Facts
from kg.analysis.overlap.division import Step, division, read_ground
from kg.analysis.overlap.groups import Group, Holders, closed_groups, holders
from kg.analysis.overlap.pairs import Overlap, overlap_of
from kg.analysis.overlap.places import compared_in, overlap_in, texts
from kg.analysis.overlap.profiles import OF_STAGES, ONE_SIDED, SIDES, Item, Profiles
from kg.analysis.overlap.stages import Complement, SameStage, complements, same_stages
from kg.analysis.result import Scope

AMONG_NAMED = "of several levels"
"""The level of things that are compared because they are named together, and have none in common."""


@dataclass(frozen=True)
class Shared:
    """What two have in common in an aspect.

    Args:
        level: what the two are.
        aspect: a key of `ASPECTS`.
        overlap: the two, what both have and Jaccard's index.
        either: how many items either has.
        passages: who says that they have what they share.
    """

    level: str
    aspect: str
    overlap: Overlap
    either: int
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Comparison:
    """The typed result of `kg overlap`.

    Args:
        profiles: what is known of all that can be compared.
        asked: the same of what was asked for: the stages of the chains, where some are named.
        things: IRIs of those that were compared.
        shared: pairs by aspect that have something in common; where several are named, also those that have nothing.
        same_stage: pairs that perform the same stage, head-on or not.
        complements: pairs that complement one another.
        division: steps towards a division of labour for the head-on pairs.
        holders: who holds an item, by aspect.
        groups: groups that all do the same, by aspect.
        outputs: pairs with Krugman's index and the sum of minimum shares.
        aspects: those that were asked for.
        named: whether several were named.
    """

    profiles: Profiles = field(repr=False)
    asked: Profiles = field(repr=False)
    things: tuple[str, ...]
    shared: tuple[Shared, ...]
    same_stage: tuple[SameStage, ...]
    complements: tuple[Complement, ...]
    division: tuple[Step, ...]
    holders: tuple[Holders, ...]
    groups: tuple[Group, ...]
    outputs: tuple[Overlap, ...]
    aspects: tuple[str, ...]
    named: bool


def compare(facts: Facts, profiles: Profiles, scope: Scope, aspects: Sequence[str], smallest: int) -> Comparison:
    """Compare the places and clusters of a scope.

    Args:
        facts: the graph.
        profiles: what is known of them.
        scope: the things, as of `compared_in`, and the chains; with chains, only stages are compared, and only theirs.
        aspects: keys of `ASPECTS`.
        smallest: number of things that a group has at least.
    """
    compared, named = compared_in(profiles, scope), len(scope.places) > 1
    wanted = tuple(a for a in aspects if a in OF_STAGES or not scope.chains)
    own = _of_chains(profiles, scope.chains)
    levels = {_common_level(profiles, scope.places): scope.places} if named else _levels(own, scope)
    shared = [s for level, things in levels.items() for s in _shared(own, level, things, wanted, scope)]
    about_stages = any(a in OF_STAGES for a in wanted)
    same = same_stages(own.capabilities, compared) if about_stages else []
    head_on = [pair for pair in same if pair.head_on]
    ground = read_ground(facts, profiles.stages, (pair.stage for pair in head_on)) if head_on else None
    steps = [step for pair in head_on if ground for step in division(pair, ground, profiles.stages, facts)]
    known = sorted(profiles.outputs) if "industry" in wanted else []
    return Comparison(
        profiles,
        own,
        tuple(dict.fromkeys(thing for things in levels.values() for thing in things)),
        tuple(shared),
        tuple(same),
        tuple(complements(own.capabilities, own.stages, compared)) if about_stages else (),
        tuple(steps),
        tuple(h for level, things in levels.items() for h in _holders(own, level, things, wanted, scope)),
        tuple(g for level, things in levels.items() for g in _groups(own, level, things, wanted, scope, smallest)),
        tuple(overlap_of(a, b, {}, profiles.outputs) for a, b in combinations(known, 2) if compared(a, b)),
        wanted,
        named,
    )


def _of_chains(profiles: Profiles, chains: Sequence[str]) -> Profiles:
    """The same of the stages of some chains alone; of all, where none is given."""
    if not chains:
        return profiles
    nodes = frozenset(node for chain in chains for node in profiles.stages.of_chain.get(chain, ()))

    def within(items: frozenset[Item]) -> frozenset[Item]:
        return frozenset(item for item in items if item[0] in nodes)

    has = {a: {t: left for t, items in profiles.has.get(a, {}).items() if (left := within(items))} for a in OF_STAGES}
    edges = frozenset((a, b) for a, b in profiles.stages.feeds if a in nodes and b in nodes)
    return replace(
        profiles,
        has=has,
        capabilities=[c for c in profiles.capabilities if c.stage in nodes],
        stages=replace(profiles.stages, feeds=edges),
    )


def _common_level(profiles: Profiles, things: Sequence[str]) -> str:
    common = frozenset.intersection(*(profiles.levels.get(thing, frozenset()) for thing in things))
    return min(common, default=AMONG_NAMED)


def _levels(profiles: Profiles, scope: Scope) -> dict[str, tuple[str, ...]]:
    """The things by level: those of all levels, or of the levels of the one that is named."""
    wanted = {level for place in scope.places for level in profiles.levels.get(place, ())}
    things = sorted({*profiles.things, *scope.places})
    every = sorted({level for found in profiles.levels.values() for level in found})
    return {
        level: tuple(thing for thing in things if level in profiles.levels.get(thing, ()))
        for level in every
        if level in wanted or not scope.places
    }


def _shared(
    profiles: Profiles, level: str, things: Sequence[str], aspects: Sequence[str], scope: Scope
) -> Iterator[Shared]:
    """The pairs of a level that have something in common; of those named, also those that have nothing."""
    compared, named = compared_in(profiles, scope), len(scope.places) > 1
    for aspect in aspects:
        every = named and aspect in ONE_SIDED
        pairs = combinations(sorted(things), 2) if every else sorted(_sharing(profiles, aspect, things))
        for first, second in pairs:
            if not compared(first, second):
                continue
            overlap, either = overlap_in(profiles, aspect, first, second)
            if either:
                items = [tuple(text.split()) for text in overlap.shared]
                yield Shared(level, aspect, overlap, either, profiles.passages(aspect, (first, second), items))


def _sharing(profiles: Profiles, aspect: str, things: Sequence[str]) -> set[tuple[str, str]]:
    """The pairs, in order, that share an item: found from who holds it, not by trying all."""
    one, two = (holders(_has(profiles, side, things)) for side in SIDES[aspect])
    return {(a, b) for item, have in one.items() for a in have for b in two.get(item, ()) if a < b}


def _has(profiles: Profiles, aspect: str, things: Sequence[str]) -> dict[str, frozenset[str]]:
    return {thing: texts(profiles.items(aspect, thing)) for thing in things}


def _holders(
    profiles: Profiles, level: str, things: Sequence[str], aspects: Sequence[str], scope: Scope
) -> Iterator[Holders]:
    """Who holds each item: of those named, all items; else those that two hold, the one that is named among them."""
    named = len(scope.places) > 1
    for aspect in (a for a in aspects if a in ONE_SIDED):
        has = _has(profiles, aspect, things)
        asked = [thing for thing in things if named or has[thing]]
        found = holders(has)
        for item, have in sorted(found.items(), key=lambda h: (-len(h[1]), h[0])):
            if named or (len(have) > 1 and (not scope.places or scope.places[0] in have)):
                rest = tuple(thing for thing in asked if thing not in have)
                yield Holders(level, aspect, tuple(item.split()), tuple(sorted(have)), rest)


def _groups(
    profiles: Profiles, level: str, things: Sequence[str], aspects: Sequence[str], scope: Scope, smallest: int
) -> Iterator[Group]:
    """The groups of a level; of one that is named, those that it is in. Wholes of others do not count for the size."""
    for aspect in (a for a in aspects if a in ONE_SIDED):
        for group, items in closed_groups(_has(profiles, aspect, things), smallest):
            wholes = tuple(sorted(t for t in group if any((part, t) in profiles.nested for part in group)))
            if len(group) - len(wholes) < smallest or (len(scope.places) == 1 and scope.places[0] not in group):
                continue
            held = tuple(tuple(item.split()) for item in sorted(items))
            yield Group(level, aspect, tuple(sorted(group)), held, wholes)
