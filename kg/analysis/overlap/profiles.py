"""What places and clusters are compared by: what each has, does and is meant to develop, with who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field

from kg.analysis.chains import read_chains
from kg.analysis.facts import Facts, nested_pairs, once, passages_of

Item = tuple[str, ...]
"""What can be held in common, as IRIs: an industry; a stage and what it is for; a stage, its segment and what for."""

ASPECTS: Mapping[str, str] = {
    "industry": "industries that both have now",
    "stage": "stages and functions that both perform now",
    "segment": "stages that both perform now, with the segment",
    "orientation": "industries and functions that both are meant to develop",
    "orientation-industry": "industries that the first is meant to develop and the second has now",
    "industry-orientation": "industries that the first has now and the second is meant to develop",
    "planned-stage": "stages and functions that both are meant to perform",
    "product": "products that both make",
    "place": "places that both clusters are in",
    "condition": "formation conditions that both clusters meet",
}
"""Meaning by aspect. What is actual and what is meant are never one aspect."""

SIDES: Mapping[str, tuple[str, str]] = {
    **{aspect: (aspect, aspect) for aspect in ASPECTS},
    "orientation-industry": ("orientation", "industry"),
    "industry-orientation": ("industry", "orientation"),
}
"""For each aspect, what is taken of the first of a pair, and what of the second."""

ONE_SIDED = tuple(aspect for aspect, (first, second) in SIDES.items() if first == second)
"""The aspects in which both give the same, so that more than two can hold it in common."""

OF_STAGES = ("stage", "segment", "planned-stage")
"""The aspects that a chain has."""


@dataclass(frozen=True)
class Capability:
    """A stage that a place or cluster performs, or is meant to.

    Args:
        thing: the place or cluster.
        stage: the stage or function; where one document states it for a chain of others, that of the main chain.
        industry: for which it is performed, where it is said.
        segment: low, middle or high end, where it is said.
        passages: who says so.
    """

    thing: str
    stage: str
    industry: str | None
    segment: str | None
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Stages:
    """The stages of all chains, those of a document's own statement taken for the stages that they stand for."""

    main: Mapping[str, str]
    of_chain: Mapping[str, frozenset[str]]
    feeds: frozenset[tuple[str, str]]
    own_industry: frozenset[str]

    def same(self, stage: str) -> str:
        """The stage of the main chain that a stage stands for; itself where it stands for none or several."""
        return self.main.get(stage, stage)

    def chains_of(self, stage: str) -> tuple[str, ...]:
        """The chains that a stage belongs to."""
        return tuple(sorted(chain for chain, stages in self.of_chain.items() if stage in stages))


@dataclass(frozen=True)
class Profiles:
    """What is known of all places and clusters.

    Args:
        levels: the levels of each, such as park; two are compared where they have one in common.
        has: what each has, by aspect.
        said: who says so, by aspect, thing and item.
        capabilities: the stages performed now.
        stages: the stages of all chains.
        nested: pairs of which the first lies in the second or takes part in it.
        competing: passages by pair, both ways round, where a source says that the two compete.
        outputs: output by industry, for those of which it is known.
    """

    levels: Mapping[str, frozenset[str]]
    has: Mapping[str, Mapping[str, frozenset[Item]]]
    said: Mapping[tuple[str, str, Item], tuple[str, ...]]
    capabilities: Sequence[Capability]
    stages: Stages
    nested: frozenset[tuple[str, str]]
    competing: Mapping[tuple[str, str], tuple[str, ...]]
    outputs: Mapping[str, Mapping[str, float]] = field(default_factory=dict)

    def items(self, aspect: str, thing: str) -> frozenset[Item]:
        """What a thing has in an aspect."""
        return self.has.get(aspect, {}).get(thing, frozenset())

    def passages(self, aspect: str, things: Iterable[str], items: Iterable[Item]) -> tuple[str, ...]:
        """Who says that the things have the items; for an aspect of two sides, the first thing is the first side."""
        wanted = list(items)
        found: set[str] = set()
        for number, thing in enumerate(things):
            side = SIDES[aspect][min(number, 1)]
            found.update(p for item in wanted for p in self.said.get((side, thing, item), ()))
        return tuple(sorted(found))

    def are_nested(self, one: str, two: str) -> bool:
        """Whether one of the two is a part of the other."""
        return (one, two) in self.nested or (two, one) in self.nested

    def of_one_level(self, one: str, two: str) -> bool:
        """Whether the two are of one level, such as both parks."""
        return bool(self.levels.get(one, frozenset()) & self.levels.get(two, frozenset()))

    @property
    def things(self) -> tuple[str, ...]:
        """All of which anything is recorded, in order."""
        return tuple(sorted({thing for holders in self.has.values() for thing in holders}))


@once
def read_profiles(facts: Facts) -> Profiles:
    """What the graph says of places and clusters. Sectors of the economy are left aside: every place has them."""
    levels: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("comparable-things"):
        levels[str(row["thing"])].add(str(row["level"]))
    has: dict[str, dict[str, set[Item]]] = defaultdict(lambda: defaultdict(set))
    said: dict[tuple[str, str, Item], set[str]] = defaultdict(set)

    def note(aspect: str, thing: str, item: Item, passages: Iterable[str]) -> None:
        has[aspect][thing].add(item)
        said[aspect, thing, item].update(passages)

    for row in facts.ask("industries-of-places"):
        if row["status_label"] == "actual" and not row["sector"]:
            note("industry", str(row["place"]), (str(row["industry"]),), passages_of(row))
    for row in facts.ask("orientations-of-places"):
        note("orientation", str(row["place"]), (str(row["orientation"]),), passages_of(row))
    for row in facts.ask("products-of-places"):
        note("product", str(row["place"]), (str(row["product"]),), passages_of(row))
    places: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("traits-of-clusters"):
        note(str(row["trait"]), str(row["cluster"]), (str(row["value"]),), passages_of(row))
        if row["trait"] == "place":
            places[str(row["cluster"])].add(str(row["value"]))
    stages = read_stages(facts)
    capabilities, planned = _capabilities(facts, stages, levels)
    for c in planned:
        note("planned-stage", c.thing, stage_item(stages, c.stage, c.industry), c.passages)
    for c in capabilities:
        item = stage_item(stages, c.stage, c.industry)
        note("stage", c.thing, item, c.passages)
        if c.segment:
            note("segment", c.thing, (item[0], c.segment, *item[1:]), c.passages)
    return Profiles(
        {thing: frozenset(found) for thing, found in levels.items()},
        {aspect: {thing: frozenset(items) for thing, items in found.items()} for aspect, found in has.items()},
        {key: tuple(sorted(found)) for key, found in said.items()},
        capabilities,
        stages,
        frozenset(_nested(nested_pairs(facts), places)),
        {(str(row["thing"]), str(row["other"])): passages_of(row) for row in facts.ask("said-to-compete")},
        outputs_of_places(facts),
    )


def stage_item(stages: Stages, stage: str, industry: str | None) -> Item:
    """What performing a stage is compared by.

    What a function is performed for is a part of it: research for one industry and research for another are not the
    same. A stage of a chain that is the chain of an industry needs none: it can be performed for no other.
    """
    return (stage,) if industry is None or stage in stages.own_industry else (stage, industry)


def read_stages(facts: Facts) -> Stages:
    """The stages of all chains."""
    chains = read_chains(facts)
    variants = {iri for iri, chain in chains.items() if chain.variant_of}
    own = {stage for iri, chain in chains.items() if iri not in variants for stage in chain.nodes}
    stands_for: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("stage-links"):
        if row["relation"] == "corresponds to":
            stands_for[str(row["node"])].add(str(row["other"]))
    main = {s: next(iter(found)) for s, found in stands_for.items() if len(found) == 1 and s not in own}
    edges = {(main.get(a, a), main.get(b, b)) for chain in chains.values() for a, b in chain.feeds.edges}
    return Stages(
        main,
        {iri: frozenset(main.get(s, s) for s in chain.nodes) for iri, chain in chains.items()},
        frozenset((a, b) for a, b in edges if a != b),
        frozenset(main.get(s, s) for chain in chains.values() if chain.industries for s in chain.stages),
    )


def outputs_of_places(facts: Facts) -> dict[str, dict[str, float]]:
    """Output by industry of the places of which it is known for two industries or more, in one unit and period.

    Values that a data issue flags are left out. Where several periods are known, the latest counts; what is of
    no period counts where none is known.
    """
    by_period: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in facts.ask("outputs-by-industry"):
        by_period[str(row["place"]), str(row["period"] or "")][str(row["industry"])] = float(str(row["value"]))
    in_order = sorted(by_period.items())
    return {place: outputs for (place, _period), outputs in in_order if len(outputs) >= 2}


def _capabilities(
    facts: Facts, stages: Stages, levels: Mapping[str, object]
) -> tuple[list[Capability], list[Capability]]:
    """What is performed now, and what is meant to be: planned, recommended or forecast."""
    actual: list[Capability] = []
    meant: list[Capability] = []
    for row in facts.ask("who-performs"):
        stage, industry, segment = stages.same(str(row["stage"])), row["industry"], row["segment"]
        performers = {str(row["place"]), *([str(row["actor"])] if str(row["actor"]) in levels else [])}
        for thing in sorted(performers):
            of, at = str(industry) if industry else None, str(segment) if segment else None
            found = actual if row["status_label"] == "actual" else meant
            found.append(Capability(thing, stage, of, at, passages_of(row)))
    return actual, meant


def _nested(places: Set[tuple[str, str]], clusters: Mapping[str, set[str]]) -> set[tuple[str, str]]:
    """Parts and wholes, clusters among them: a cluster is a part of its places, and of a cluster around its own."""
    found = set(places)
    for cluster, own in clusters.items():
        around = own | {whole for part, whole in places if part in own}
        found |= {(cluster, place) for place in around}
        for other, theirs in clusters.items():
            if own and theirs and own != theirs and all(p in theirs or _lies_in(p, theirs, places) for p in own):
                found.add((cluster, other))
    return found


def _lies_in(place: str, wholes: set[str], nested: Set[tuple[str, str]]) -> bool:
    return any((place, whole) in nested for whole in wholes)
