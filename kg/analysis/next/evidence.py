"""What the graph says that bears on what a place could add: each question is read once into tables by thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from kg.analysis.chains import Chain, main_chains, read_chains
from kg.analysis.facts import Facts, Record, passages_of
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import NOTHING, Cell, State, Statement, combine
from kg.analysis.next.relatedness import Density, read_density
from kg.analysis.next.surroundings import read_surroundings

ACTUAL = "actual"
NOT_HERE = (State.SAID_MISSING, State.PLANNED, State.NOT_RECORDED)
"""States of a stage that a place does not perform at present."""


@dataclass(frozen=True)
class Recommendation:
    """A recommendation: its IRI, name and passages, and the places that it is for.

    `by_problem` are those of the places of which it only answers a problem.
    """

    iri: str
    label: str
    passages: tuple[str, ...]
    places: frozenset[str]
    by_problem: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Rule:
    """What a unit or zone permits: the degree, whether the rule is only proposed, and what contradicts it."""

    unit: str
    thing: str
    degree: str
    status: str
    contradiction: str
    passages: tuple[str, ...]


@dataclass
class IndustryHere:
    """What is said of an industry in a place: passages by status."""

    said: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @property
    def present(self) -> bool:
        """Whether it is there now."""
        return ACTUAL in self.said


class Evidence:
    """What bears on what a place could add.

    Args:
        facts: the graph.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.surroundings = read_surroundings(facts)
        found = read_chains(facts)
        self.variants = {iri: chain.variant_of for iri, chain in found.items() if chain.variant_of}
        self.chains = dict(main_chains(facts))
        stated = {node for iri in self.variants for node in found[iri].nodes}
        self.nodes: dict[str, tuple[str, ...]] = defaultdict(tuple)
        self.functions: set[str] = set()
        for iri, chain in self.chains.items():
            for node in chain.nodes:
                if node not in stated:
                    self.nodes[node] = (*self.nodes[node], iri)
            self.functions.update(chain.functions)
        by_chain: dict[tuple[str, str], list[Cell]] = defaultdict(list)
        for _label, matrix in gap_matrices(facts):
            for key, cell in matrix.cells.items():
                by_chain[key].append(cell)
        self.cells = {key: one_cell(cells) for key, cells in by_chain.items()}
        self.of_place: dict[str, set[str]] = defaultdict(set)
        for node, place in self.cells:
            self.of_place[place].add(node)
        self._performed: dict[tuple[str, str], tuple[str, ...]] = {}
        self._chains_here: dict[str, tuple[Chain, ...]] = {}

    def cell(self, node: str, place: str) -> Cell:
        """What is recorded of a stage at a place."""
        return self.cells.get((node, place), NOTHING)

    def performs(self, place: str, node: str) -> bool:
        """Whether a stage is performed at a place at present, be it weakly."""
        return self.cell(node, place).state not in NOT_HERE

    def performed(self, place: str, chain: Chain) -> tuple[str, ...]:
        """The stages of a chain that a place performs at present."""
        if (place, chain.iri) not in self._performed:
            found = tuple(stage for stage in chain.stages if self.performs(place, stage))
            self._performed[place, chain.iri] = found
        return self._performed[place, chain.iri]

    def chains_here(self, place: str) -> tuple[Chain, ...]:
        """The chains of an industry of which the place performs a stage, or whose industry it has."""
        if place not in self._chains_here:
            self._chains_here[place] = tuple(
                chain
                for iri, chain in sorted(self.chains.items())
                if chain.industries
                and (
                    any(self.performs(place, node) for node in chain.nodes)
                    or any(self.has_industry(place, industry) for industry in chain.industries)
                )
            )
        return self._chains_here[place]

    @cached_property
    def industries(self) -> dict[str, dict[str, IndustryHere]]:
        """What is said of industries, by place; sectors are left out, and a city has what its parts have."""
        around: dict[str, set[str]] = defaultdict(set)
        for city, parts in self.surroundings.parts.items():
            for part in parts:
                around[part].add(city)
        found: dict[str, dict[str, IndustryHere]] = defaultdict(lambda: defaultdict(IndustryHere))
        for row in self.facts.ask("industries-of-places"):
            if row["sector"]:
                continue
            place = str(row["place"])
            for where in (place, *around[place]):
                said = found[where][str(row["industry"])].said
                said[str(row["status_label"])].update(passages_of(row))
        return found

    def has_industry(self, place: str, industry: str) -> bool:
        """Whether a place or a part of it has an industry at present."""
        return (
            place in self.industries and industry in self.industries[place] and self.industries[place][industry].present
        )

    @cached_property
    def _of_members(self) -> frozenset[tuple[str, str]]:
        """Whole and industry, where a place in it or a member of it, or of its members, has the industry now."""
        around = self.surroundings.around
        here = {(place, one) for place, those in self.industries.items() for one, said in those.items() if said.present}
        found: set[tuple[str, str]] = set()
        while here:
            here = {(whole, one) for place, one in here for whole in around.get(place, ())} - found
            found |= here
        return frozenset(found)

    def is_within(self, place: str, industry: str) -> bool:
        """Whether a place, a part of it or a member of it, such as a city of an agglomeration, has an industry."""
        return self.has_industry(place, industry) or (place, industry) in self._of_members

    @cached_property
    def wider(self) -> dict[str, frozenset[str]]:
        """The industries right above an industry."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("wider-industries"):
            found[str(row["industry"])].add(str(row["wider"]))
        return {industry: frozenset(above) for industry, above in found.items()}

    @cached_property
    def narrower(self) -> dict[str, frozenset[str]]:
        """The industries right below an industry."""
        found: dict[str, set[str]] = defaultdict(set)
        for industry, above in self.wider.items():
            for one in above:
                found[one].add(industry)
        return {industry: frozenset(below) for industry, below in found.items()}

    def all_wider(self, industry: str) -> frozenset[str]:
        """All industries above an industry."""
        found: set[str] = set()
        waiting = [industry]
        while waiting:
            for above in self.wider.get(waiting.pop(), ()):
                if above not in found:
                    found.add(above)
                    waiting.append(above)
        return frozenset(found)

    @cached_property
    def recommended(self) -> dict[str, tuple[Recommendation, ...]]:
        """Recommendations by the stage, function, chain or industry that they speak of."""
        places: dict[str, set[str]] = defaultdict(set)
        named: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("places-of-recommendations"):
            places[str(row["recommendation"])].add(str(row["place"]))
            if row["basis"] != "problem":
                named[str(row["recommendation"])].add(str(row["place"]))
        found: dict[str, list[Recommendation]] = defaultdict(list)
        for row in self.facts.ask("recommended-things"):
            iri = str(row["recommendation"])
            label, there = str(row["recommendation_label"]), frozenset(places[iri])
            found[str(row["thing"])].append(Recommendation(iri, label, passages_of(row), there, there - named[iri]))
        return {thing: tuple(those) for thing, those in found.items()}

    @cached_property
    def rules(self) -> dict[str, tuple[Rule, ...]]:
        """What units and zones permit, by unit."""
        found: dict[str, list[Rule]] = defaultdict(list)
        for row in self.facts.ask("ecological-permits"):
            rule = Rule(
                str(row["unit"]),
                str(row["permits"]),
                str(row["degree"]),
                str(row["status"] or ""),
                str(row["contradiction"] or ""),
                passages_of(row),
            )
            found[rule.unit].append(rule)
        return {unit: tuple(those) for unit, those in found.items()}

    @cached_property
    def programmes(self) -> dict[str, list[Record]]:
        """Fields taught, with the industries that they serve, by place."""
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.facts.ask("fields-and-industries"):
            found[str(row["place"])].append(row)
        return found

    @cached_property
    def served(self) -> frozenset[str]:
        """The industries that a field serves which is taught anywhere."""
        return frozenset(str(row["industry"]) for rows in self.programmes.values() for row in rows)

    @cached_property
    def outputs(self) -> dict[str, dict[str, dict[str, tuple[float, tuple[str, ...]]]]]:
        """Output of industries with its passages, by period and place."""
        found: dict[str, dict[str, dict[str, tuple[float, tuple[str, ...]]]]] = defaultdict(lambda: defaultdict(dict))
        for row in self.facts.ask("outputs-by-industry"):
            value = (float(str(row["value"])), passages_of(row))
            found[str(row["period"] or "")][str(row["place"])][str(row["industry"])] = value
        return found

    @cached_property
    def density(self) -> Density:
        """Relatedness density by place and industry, where it can be known."""
        return read_density(self.outputs, self.surroundings.around)

    def chain_of(self, industry: str) -> Chain | None:
        """The chain of an industry; the first by IRI where there are several."""
        return next((self.chains[iri] for iri in sorted(self.chains) if industry in self.chains[iri].industries), None)

    def names(self, things: Iterable[str]) -> str:
        """The names of things, at most three."""
        labels = sorted(self.facts.label(thing) for thing in things)
        return ", ".join(labels[:3]) + (f" and {len(labels) - 3} more" if len(labels) > 3 else "")


def one_cell(cells: Sequence[Cell]) -> Cell:
    """The cell of a stage over the chains that need it: that of a chain for which all counts that is said, if any.

    Else the states of all make one, as several statements do; different providers are not one.
    """
    statements = tuple(dict.fromkeys(statement for cell in cells for statement in cell.statements))
    for cell in cells:
        if _sayings(cell.statements) == _sayings(statements):
            return cell
    if len({(cell.state, cell.provider) for cell in cells}) == 1:
        return Cell(cells[0].state, statements, cells[0].provider)
    return Cell(combine(cell.ground for cell in cells), statements)


def _sayings(statements: Iterable[Statement]) -> set[tuple[str, tuple[str, ...], tuple[str, ...], str | None]]:
    """What is said, whatever state it comes to beside other statements."""
    return {(s.place, s.passages, s.regarding, s.actor) for s in statements}
