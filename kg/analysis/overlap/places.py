"""Which places and clusters are compared, by what, and the matrix of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import combinations

from kg.analysis.facts import Facts
from kg.analysis.overlap.pairs import Overlap, OverlapMatrix, overlap_matrix, overlap_of
from kg.analysis.overlap.profiles import SIDES, Item, Profiles, read_profiles
from kg.analysis.result import Scope

MIN_ITEMS = 2


def overlap_of_places(facts: Facts) -> OverlapMatrix:
    """The overlap of places that have at least two industries and share one with another such place.

    A place that others in the matrix lie in or are members of is left out: a whole shares with its parts by nature.
    """
    profiles = read_profiles(facts)
    return similarity_matrix(facts, profiles, "industry", profiles.things)


def compared_in(profiles: Profiles, scope: Scope) -> Callable[[str, str], bool]:
    """Whether two things are to be compared: among those named; one named against all of its level; all of one level.

    A part and its whole never are.
    """
    named = frozenset(scope.places)

    def compared(one: str, two: str) -> bool:
        if profiles.are_nested(one, two):
            return False
        if len(named) > 1:
            return one in named and two in named
        return profiles.of_one_level(one, two) and (not named or one in named or two in named)

    return compared


def similarity_matrix(
    facts: Facts, profiles: Profiles, aspect: str, things: Iterable[str], least: int = MIN_ITEMS, named: bool = False
) -> OverlapMatrix:
    """Things by things in one aspect, similar ones next to each other.

    Args:
        facts: the graph.
        profiles: what is known of them.
        aspect: one of those in which both sides of a pair give the same.
        things: IRIs of those to be compared.
        least: those with fewer items are left out.
        named: whether all of them are asked for by name: then they are compared across levels, and none is left out
            because it has nothing in common with another, or has parts among them. A part and its whole have no value.
    """
    has = {thing: texts(items) for thing in things if len(items := profiles.items(aspect, thing)) >= least}
    wholes = set() if named else {whole for part, whole in profiles.nested if part in has}
    kept = sorted(set(has) - wholes)
    outputs = profiles.outputs if aspect == "industry" else {}
    pairs = [
        overlap_of(a, b, has, outputs)
        for a, b in combinations(kept, 2)
        if not profiles.are_nested(a, b) and (named or profiles.of_one_level(a, b))
    ]
    sharing = {thing for pair in pairs if named or pair.shared for thing in (pair.first, pair.second)}
    left = [pair for pair in pairs if pair.first in sharing and pair.second in sharing]
    labels = {text: label_of(facts, text) for thing in kept for text in has[thing]}
    return overlap_matrix(left, {**{thing: facts.label(thing) for thing in kept}, **labels})


def overlap_in(profiles: Profiles, aspect: str, first: str, second: str) -> tuple[Overlap, int]:
    """The overlap of two in an aspect, and how many items either has."""
    one, two = SIDES[aspect]
    has = {first: texts(profiles.items(one, first)), second: texts(profiles.items(two, second))}
    return overlap_of(first, second, has), len(has[first] | has[second])


def texts(items: Iterable[Item]) -> frozenset[str]:
    """Items as text: IRIs separated by spaces."""
    return frozenset(" ".join(item) for item in items)


def label_of(facts: Facts, text: str) -> str:
    """An item in words: its name, and in brackets at which segment and for what."""
    first, *rest = (facts.label(iri) for iri in text.split())
    return f"{first} ({', '.join(rest)})" if rest else first
