"""`kg rules`: what rules of permission, placement, formation and spillover say, and which facts break them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.analysis.chains import read_chains
from kg.analysis.facts import Facts, nested_pairs
from kg.analysis.numbers import number
from kg.analysis.result import EVERYTHING, Analysis, Scope
from kg.analysis.rules import breaches as broken
from kg.analysis.rules import tables
from kg.analysis.rules.breaches import METHOD, Breach
from kg.analysis.rules.formation import Formation, formations
from kg.analysis.rules.spillover import Spillover, Way, spillover
from kg.analysis.rules.verdicts import NOT_SAID, Verdict, permissions, placements

THRESHOLD = 0.1
"""Strength below which a place counts as hardly reached: three steps of a half reach, four do not. A convention."""


@dataclass(frozen=True)
class Rules:
    """What the rules say of a scope.

    Args:
        breaches: the breaches, worst first.
        permissions: verdicts on stages and industries of places that are subject to rules.
        placements: verdicts on links of which a source says where they belong.
        formations: how far clusters have come.
        spillover: steps, ways to counties of the scope, and claims without a way.
        threshold: strength below which a place counts as hardly reached.
    """

    breaches: tuple[Breach, ...]
    permissions: tuple[Verdict, ...]
    placements: tuple[Verdict, ...]
    formations: tuple[Formation, ...]
    spillover: Spillover
    threshold: float


def analyse(
    facts: Facts,
    scope: Scope = EVERYTHING,
    attenuation: float | str | None = None,
    threshold: float | str = THRESHOLD,
) -> Analysis:
    """What the rules say of the places and chains of a scope, and which facts break them.

    Args:
        facts: the graph.
        scope: places, with those that lie in them, and chains; none means all.
        attenuation: share of the spillover that each step passes on, more than 0 and at most 1; by default what the
            ontology says of steps.
        threshold: strength below which a place counts as hardly reached, more than 0 and at most 1.

    Raises:
        BadParameter: a share is no number, or out of its range.
    """
    factor = None if attenuation is None else _share("attenuation", attenuation)
    least = _share("threshold", threshold)
    permitted, placed, formed = permissions(facts), placements(facts), formations(facts)
    spilled = spillover(facts, factor)
    near = _Near(facts, scope)
    found = [
        *broken.of_permission(facts, permitted),
        *broken.of_placement(facts, placed),
        *broken.of_formation(facts, formed),
        *broken.of_spillover(facts, spilled),
    ]
    found = [b for b in found if near.place(b.places) and near.thing(b.things)]
    found.sort(key=lambda b: (-b.finding.severity, b.sentence))
    rules = Rules(
        tuple(found),
        tuple(v for v in permitted if near.place((v.place,)) and near.thing((v.thing,))),
        tuple(v for v in placed if near.place((v.place,)) and near.thing((v.thing,))),
        tuple(f for f in formed if near.place(f.places) and near.thing(f.industries)),
        spilled,
        least,
    )
    ways = [] if scope.chains else list(_ways(spilled, near))
    given = (
        *scope.parameters,
        *((("attenuation", f"{factor:g}"),) if factor is not None else ()),
        *((("threshold", f"{least:g}"),) if least != THRESHOLD else ()),
    )
    return Analysis(
        METHOD,
        "Rules and breaches",
        given,
        (
            tables.breaches(facts, rules.breaches),
            tables.permissions(facts, rules.permissions),
            tables.placement(facts, rules.placements),
            tables.formation(facts, rules.formations),
            tables.spillover(facts, ways, least),
        ),
        tuple(b.finding for b in rules.breaches),
        _notes(rules, bool(scope.chains)),
        rules,
    )


def _share(name: str, value: float | str) -> float:
    return number(value, f"{name} is {value}. Give a number above 0 and at most 1, such as 0.5", 0, 1)


class _Near:
    """Which places and things belong to a scope."""

    def __init__(self, facts: Facts, scope: Scope) -> None:
        self.places, self.things = set(scope.places), set[str]()
        if scope.places:
            self.places |= {part for part, whole in nested_pairs(facts) if whole in scope.places}
        self.by_place, self.by_chain = bool(scope.places), bool(scope.chains)
        if scope.chains:
            chains = read_chains(facts)
            for chain in (chains[iri] for iri in scope.chains if iri in chains):
                self.things |= {*chain.nodes, *chain.industries}

    def place(self, places: Iterable[str]) -> bool:
        """Whether one of the places belongs to the scope."""
        return not self.by_place or bool(self.places & set(places))

    def thing(self, things: Iterable[str]) -> bool:
        """Whether one of the stages or industries belongs to the scope."""
        return not self.by_chain or bool(self.things & set(things))


def _ways(found: Spillover, near: _Near) -> Iterable[tuple[str, Way | None]]:
    for county, ways in found.ways.items():
        wanted = [way for way in ways if near.place((county, way.core))]
        if wanted:
            yield from ((county, way) for way in wanted)
        elif not ways and near.place((county,)):
            yield county, None


def _notes(rules: Rules, by_chain: bool) -> tuple[str, ...]:
    """How much was judged, and of which rule no breach is recorded."""
    judged, placed = (sum(v.verdict != NOT_SAID for v in found) for found in (rules.permissions, rules.placements))
    reached, said = sum(f.reached > 0 for f in rules.formations), sum(f.said is not None for f in rules.formations)
    counts = {
        "permission": f"{judged} of {len(rules.permissions)} stages and industries where rules hold have a verdict",
        "placement": f"{placed} of {len(rules.placements)} links have a verdict, of those that sources give a place to",
        "formation": f"{reached} of {len(rules.formations)} clusters reach a stage; of {said} a source states one",
        "spillover": "the share that a step passes on, and the strength that counts as reached, are conventions: "
        "no source gives a figure",
    }
    notes = []
    for rule, words in counts.items():
        if rule == "spillover" and by_chain:
            notes.append("spillover: it has no chain, so that it is left out; ask without a chain")
            continue
        broken_ = sum(b.rule == rule for b in rules.breaches)
        what = f"{broken_} breach{'' if broken_ == 1 else 'es'}" if broken_ else "no breach is recorded"
        notes.append(f"{rule}: {what}; {words}")
    return tuple(notes)
