"""What a scope is made of: a place with what is nested in it, a cluster, or several places together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.facts import Facts, once

IRIs = frozenset[str]


@dataclass(frozen=True)
class Area:
    """An area of which gaps are asked.

    Args:
        key: IRI of the place or cluster; of several places together, their IRIs separated by spaces.
        label: its name.
        own: the places that it is; for a cluster, those that it lies in.
        inside: the places nested in them, and members.
        around: the places that they lie in or take part in.
        industries: the industries of a cluster, or of several; none for places.
        cluster: whether it is a cluster, or several together.
    """

    key: str
    label: str
    own: IRIs
    inside: IRIs
    around: IRIs
    industries: IRIs = frozenset()
    cluster: bool = False

    @property
    def iris(self) -> tuple[str, ...]:
        """The IRIs of the key."""
        return tuple(self.key.split())

    @property
    def places(self) -> IRIs:
        """The places that it is, and those nested in them."""
        return self.own | self.inside


class Areas:
    """The areas of a graph.

    Args:
        facts: the graph.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def around(self) -> Mapping[str, IRIs]:
        """For a place, all places that it lies in or takes part in, through others too."""
        direct: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("nesting"):
            direct[str(row["part"])].add(str(row["whole"]))
        return {place: frozenset(_reached(place, direct)) for place in direct}

    @cached_property
    def inside(self) -> Mapping[str, IRIs]:
        """For a place, all places nested in it or members of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for part, wholes in self.around.items():
            for whole in wholes:
                found[whole].add(part)
        return {place: frozenset(parts) for place, parts in found.items()}

    @cached_property
    def with_members(self) -> IRIs:
        """The places that others are members of: agglomerations, regions."""
        return frozenset(str(row["whole"]) for row in self.facts.ask("nesting") if row["relation"] != "within")

    @cached_property
    def clusters(self) -> Mapping[str, tuple[IRIs, IRIs]]:
        """The places and industries of each cluster."""
        places: dict[str, set[str]] = defaultdict(set)
        industries: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("places-of-clusters"):
            places[str(row["cluster"])].add(str(row["place"]))
            if row["industry"]:
                industries[str(row["cluster"])].add(str(row["industry"]))
        return {cluster: (frozenset(found), frozenset(industries[cluster])) for cluster, found in places.items()}

    def of(self, iri: str) -> Area:
        """The area of a place or a cluster."""
        if iri in self.clusters:
            own, industries = self.clusters[iri]
            return self._area(iri, self.facts.label(iri), own, industries, cluster=True)
        return self._area(iri, self.facts.label(iri), frozenset({iri}))

    def together(self, iris: Iterable[str]) -> Area:
        """Several places and clusters as one area."""
        single = [self.of(iri) for iri in sorted(set(iris))]
        clusters = all(area.cluster for area in single)
        own = frozenset(place for area in single for place in area.own)
        industries = frozenset(industry for area in single for industry in area.industries)
        key, label = " ".join(area.key for area in single), ", ".join(area.label for area in single)
        return self._area(key, label, own, industries if clusters else frozenset(), cluster=clusters)

    def _area(self, key: str, label: str, own: IRIs, industries: IRIs = frozenset(), *, cluster: bool = False) -> Area:
        inside = frozenset(part for place in own for part in self.inside.get(place, ())) - own
        around = frozenset(whole for place in own for whole in self.around.get(place, ())) - own - inside
        return Area(key, label, own, inside, around, industries, cluster)


@once
def read_areas(facts: Facts) -> Areas:
    """The areas of a graph."""
    return Areas(facts)


def _reached(start: str, direct: Mapping[str, set[str]]) -> set[str]:
    found: set[str] = set()
    queue = [start]
    while queue:
        for whole in direct.get(queue.pop(), ()):
            if whole not in found and whole != start:
                found.add(whole)
                queue.append(whole)
    return found
