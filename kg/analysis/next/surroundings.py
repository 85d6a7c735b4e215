"""What lies in a place, around it, and beside it: where something may be found that the place can use."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.facts import Facts

COUNTRY = "country"


@dataclass(frozen=True)
class Surroundings:
    """Places by what lies in them and around them.

    Args:
        levels: level of each place, as `levels-of-places` gives it.
        parts: the counties, towns, parks and zones of a city.
        around: the places that a place lies in or takes part in, without countries and provinces.
        beside: other members of those that it takes part in, such as the other cities of its agglomeration, but not of
            one that is only proposed.
    """

    levels: Mapping[str, str]
    parts: Mapping[str, frozenset[str]]
    around: Mapping[str, frozenset[str]]
    beside: Mapping[str, frozenset[str]]

    @cached_property
    def countries(self) -> frozenset[str]:
        """The countries."""
        return frozenset(place for place, level in self.levels.items() if level == COUNTRY)

    def here(self, place: str) -> frozenset[str]:
        """The place and its parts."""
        return self.parts.get(place, frozenset()) | {place}

    def near(self, place: str) -> frozenset[str]:
        """What lies around the place and beside it."""
        return (self.around.get(place, frozenset()) | self.beside.get(place, frozenset())) - self.here(place)


def read_surroundings(facts: Facts) -> Surroundings:
    """The surroundings of all places of a graph."""
    levels = {str(row["place"]): str(row["level"]) for row in facts.ask("levels-of-places")}
    wide = {place for place, level in levels.items() if level in (COUNTRY, "province")}
    parts: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("parts-of-cities"):
        parts[str(row["city"])].add(str(row["part"]))
    around: dict[str, set[str]] = defaultdict(set)
    members: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("nesting"):
        part, whole = str(row["part"]), str(row["whole"])
        if whole in wide:
            continue
        around[part].add(whole)
        if row["relation"] != "within" and not row["status"]:
            members[whole].add(part)
    beside = {
        place: frozenset({other for whole in wholes for other in members[whole] if place in members[whole]} - {place})
        for place, wholes in around.items()
    }
    return Surroundings(levels, _frozen(parts), _frozen(around), beside)


def _frozen(found: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in found.items()}
