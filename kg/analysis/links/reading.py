"""What the graph says of fields, industries, programmes and cooperation, as the questions give it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import IntEnum

from kg.analysis.facts import Facts, Record, joined, passages_of


class Reach(IntEnum):
    """How near to a place a field is taught, the nearest first."""

    PLACE = 0
    PART = 1
    AROUND = 2
    AGGLOMERATION = 3
    ELSEWHERE = 4
    NOWHERE = 5

    @property
    def words(self) -> str:
        """As the tables call it."""
        return _REACH[self]


THERE = (Reach.PLACE, Reach.PART, Reach.AROUND)
"""What is taught so near counts as taught for the place."""

_REACH = {
    Reach.PLACE: "in the place",
    Reach.PART: "in a part of the place",
    Reach.AROUND: "in the agglomeration or region around it",
    Reach.AGGLOMERATION: "in another place of its agglomeration",
    Reach.ELSEWHERE: "elsewhere only",
    Reach.NOWHERE: "not recorded anywhere",
}


@dataclass(frozen=True)
class Programme:
    """A field taught in a place.

    Args:
        place: where.
        actor: the institution; empty for those of the place together.
        field: the field of study.
        iscedf: its codes in ISCED-F 2013, separated by spaces.
        every_field: whether it speaks of all fields together.
        level: label of the degree level; empty where it is not said.
        order: level of ISCED 2011, 5 to 8; 0 where it is not said.
        few: whether only few institutions are said to teach it.
        passages: who says so.
    """

    place: str
    actor: str
    field: str
    iscedf: str
    every_field: bool
    level: str
    order: int
    few: bool
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Pair:
    """That a field serves an industry: who says so, and the classes that speak for it."""

    field: str
    industry: str
    origins: tuple[str, ...]
    grounds: tuple[str, ...]
    passages: tuple[str, ...]

    @property
    def words(self) -> str:
        """Origins and grounds in one text."""
        grounds = f" ({', '.join(self.grounds)})" if self.grounds else ""
        return f"{', '.join(self.origins)}{grounds}"


@dataclass(frozen=True)
class Need:
    """The lowest degree level that an industry is said to need, of one place or in general."""

    industry: str
    place: str
    level: str
    order: int
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Lack:
    """Training that a place is said to lack: of a field, or for an industry, or both."""

    place: str
    field: str
    industry: str
    missing: bool
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Cooperation:
    """What is said of cooperation of universities or institutes with an industry, or of a place as a whole."""

    place: str
    industry: str
    partner: str
    state: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Regional:
    """An industry that a place has, or ought to have, with its roles."""

    place: str
    industry: str
    status: str
    roles: tuple[str, ...]
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Nesting:
    """Which places lie around which.

    Args:
        around: by place, the places that it lies in or takes part in; no country.
        agglomerations: by place, those of them that are agglomerations.
    """

    around: Mapping[str, frozenset[str]]
    agglomerations: Mapping[str, frozenset[str]]

    def reach(self, place: str, other: str) -> Reach:
        """How near another place is."""
        if place == other:
            return Reach.PLACE
        if place in self.around.get(other, ()):
            return Reach.PART
        if other in self.around.get(place, ()):
            return Reach.AROUND
        if self.agglomerations.get(place, frozenset()) & self.agglomerations.get(other, frozenset()):
            return Reach.AGGLOMERATION
        return Reach.ELSEWHERE


@dataclass(frozen=True)
class Reading:
    """All that the analysis reads."""

    pairs: Mapping[tuple[str, str], Pair]
    needs: tuple[Need, ...]
    programmes: tuple[Programme, ...]
    lacks: tuple[Lack, ...]
    cooperation: tuple[Cooperation, ...]
    industries: tuple[Regional, ...]
    nesting: Nesting
    fields_of: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """The fields that serve an industry."""

    def nearest(self, place: str, fields: Iterable[str], few: bool | None = None) -> tuple[Reach, list[Programme]]:
        """How near to a place one of the fields is taught, and by what; only by few, or not, where that is given."""
        wanted = set(fields)
        found = [p for p in self.programmes if p.field in wanted and few in (None, p.few)]
        nearest = min((self.nesting.reach(place, p.place) for p in found), default=Reach.NOWHERE)
        return nearest, [p for p in found if self.nesting.reach(place, p.place) == nearest]

    def looked_at(self, place: str) -> bool:
        """Whether a source speaks of programmes of the place, or of the agglomeration or region around it."""
        return any(self.nesting.reach(place, p.place) in (Reach.PLACE, Reach.AROUND) for p in self.programmes)


def read(facts: Facts) -> Reading:
    """Ask the graph."""
    pairs, needs = _crosswalk(facts)
    fields: dict[str, list[str]] = defaultdict(list)
    for one, industry in pairs:
        fields[industry].append(one)
    nesting, wide = _nesting(facts)
    return Reading(
        pairs,
        needs,
        tuple(_programme(row) for row in facts.ask("programmes")),
        tuple(
            Lack(_text(r, "place"), _text(r, "field"), _text(r, "industry"), bool(r["missing"]), passages_of(r))
            for r in facts.ask("training-lacks")
        ),
        tuple(
            Cooperation(_text(r, "place"), _text(r, "industry"), _text(r, "partner"), str(r["state"]), passages_of(r))
            for r in facts.ask("cooperation")
        ),
        tuple(r for r in _industries(facts) if r.place not in wide),
        nesting,
        {industry: tuple(found) for industry, found in fields.items()},
    )


def _text(row: Record, column: str) -> str:
    return str(row.get(column) or "")


def _programme(row: Record) -> Programme:
    return Programme(
        _text(row, "place"),
        _text(row, "actor"),
        _text(row, "field"),
        _text(row, "iscedf"),
        bool(row["every_field"]),
        _text(row, "level_label"),
        int(str(row["level_order"])),
        _text(row, "provision_label") == "few",
        passages_of(row),
    )


def _crosswalk(facts: Facts) -> tuple[dict[tuple[str, str], Pair], tuple[Need, ...]]:
    rows: dict[tuple[str, str], list[Record]] = defaultdict(list)
    needs = []
    for row in facts.ask("crosswalk"):
        if row["field"]:
            rows[_text(row, "field"), _text(row, "industry")].append(row)
        if row["needs_level"]:
            order = int(str(row["level_order"]))
            level = _text(row, "needs_level_label")
            needs.append(Need(_text(row, "industry"), _text(row, "place"), level, order, passages_of(row)))
    pairs = {
        key: Pair(
            *key,
            tuple(dict.fromkeys(_text(row, "judged_by_label") for row in group)),
            tuple(dict.fromkeys(g for row in group for g in _text(row, "grounds").split("; ") if g)),
            joined(map(passages_of, group)),
        )
        for key, group in rows.items()
    }
    return pairs, tuple(needs)


def _industries(facts: Facts) -> list[Regional]:
    """Industries of places, one for each status; the three sectors, which every place has, are left out."""
    grouped: dict[tuple[str, str, str], list[Record]] = defaultdict(list)
    for row in facts.ask("industries-of-places"):
        if not row["sector"]:
            grouped[_text(row, "place"), _text(row, "industry"), _text(row, "status_label")].append(row)
    return [
        Regional(
            *key,
            tuple(sorted({_text(row, "role_label") for row in rows} - {""})),
            joined(map(passages_of, rows)),
        )
        for key, rows in grouped.items()
    ]


def _nesting(facts: Facts) -> tuple[Nesting, frozenset[str]]:
    extent: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("extent"):
        extent[str(row["extent"])].add(str(row["place"]))
    within: dict[str, set[str]] = defaultdict(set)
    member: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("nesting"):
        if not row["status"]:
            (within if row["relation"] == "within" else member)[str(row["part"])].add(str(row["whole"]))
    around = {}
    for place in within.keys() | member.keys():
        joined = member.get(place, set())
        found = within.get(place, set()) | joined | {w for m in joined for w in within.get(m, ())}
        around[place] = frozenset(found - extent["wide"] - {place})
    agglomerations = {place: frozenset(wholes & extent["agglomeration"]) for place, wholes in around.items()}
    return Nesting(around, agglomerations), frozenset(extent["wide"])
