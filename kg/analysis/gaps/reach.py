"""What would close a gap: places in reach that have the stage, recommendations about it, inputs from outside."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.facts import Record, joined, passages_of
from kg.analysis.gaps.areas import Area, Areas
from kg.analysis.gaps.assess import Assessment, Node
from kg.analysis.gaps.knowledge import Knowledge
from kg.analysis.gaps.matrix import State, Statement, cell_of
from kg.measures.distance import great_circle_km

CONCERNS, STATED, READING = "concerns it", "answers a problem that names it", "answers such a problem in our reading"
NO_POINT = "no point recorded"


@dataclass(frozen=True)
class InReach:
    """A place that has what another lacks.

    Args:
        place: the place.
        actors: the actors named there.
        shared: the agglomerations that both belong to.
        distance: kilometres along the great circle; none where a point is not recorded.
        measured: between which points.
        passages: passages that say that it has it.
    """

    place: str
    actors: tuple[str, ...]
    shared: tuple[str, ...]
    distance: float | None
    measured: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """A recommendation about a gap, and how it comes to be about it."""

    recommendation: str
    how: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Input:
    """What a place gets from outside, for an industry of the chain."""

    place: str
    what: str
    source: str | None
    passages: tuple[str, ...]


class Remedies:
    """What would close the gaps of a chain.

    Args:
        knowledge: what the graph holds.
        areas: the areas of the graph.
    """

    def __init__(self, knowledge: Knowledge, areas: Areas) -> None:
        self.knowledge, self.areas = knowledge, areas
        self._having: dict[tuple[str, str], dict[str, list[Statement]]] = {}

    def in_reach(self, assessment: Assessment, node: Node) -> list[InReach]:
        """The places outside an area that have a stage: those of its agglomerations first, then by distance.

        A place that only has it weakly and a part or a whole of the area are left out. A group of places has no point.
        """
        key = (assessment.iri, node.node)
        if key not in self._having:
            self._having[key] = self.places_that_have(assessment, node.node)
        area = node.area
        own = self._agglomerations((*area.own,))
        found = []
        for place, statements in self._having[key].items():
            if place in area.places or place in area.around:
                continue
            distance, measured = self._distance(area, place)
            actors = sorted({s.actor for s in statements if s.actor})
            said = joined(s.passages for s in statements)
            shared = sorted(own & self._agglomerations([place]))
            found.append(InReach(place, tuple(actors), tuple(shared), distance, measured, said))
        return sorted(found, key=lambda r: (not r.shared, r.distance is None, r.distance or 0.0, r.place))

    def places_that_have(self, assessment: Assessment, node: str) -> dict[str, list[Statement]]:
        """The places that have a stage, not weakly, and what is said of it there."""
        by_place: dict[str, list[Statement]] = defaultdict(list)
        for statement in assessment.of_node.get(node, ()):
            by_place[statement.place].append(statement)
        return {
            place: said
            for place, said in sorted(by_place.items())
            if cell_of(said).state in (State.PRESENT, State.SINGLE_PROVIDER)
        }

    def _agglomerations(self, places: Iterable[str]) -> frozenset[str]:
        found = frozenset(whole for place in places for whole in (place, *self.areas.around.get(place, ())))
        return found & self.knowledge.agglomerations

    def _distance(self, area: Area, place: str) -> tuple[float | None, str]:
        starts, ends = self.points(area.own, area.inside), self.points({place}, frozenset())
        if not starts or not ends:
            return None, NO_POINT
        label = self.knowledge.facts.label
        length, start, end = min(
            (great_circle_km(self.knowledge.points[a], self.knowledge.points[b]), a, b) for a in starts for b in ends
        )
        return length, f"{label(start)} to {label(end)}"

    def points(self, own: Iterable[str], inside: Iterable[str]) -> list[str]:
        """The places whose points stand for an area: its own; else those nested in it; else the narrowest around it."""
        points = self.knowledge.points
        for places in (own, inside):
            found = sorted(place for place in places if place in points)
            if found:
                return found
        wider = {
            whole for place in own for whole in self.areas.around.get(place, ()) if whole in points
        } - self.knowledge.groups
        return sorted(wider, key=lambda whole: (-len(self.areas.around.get(whole, ())), whole))[:1]

    def answers(self, node: Node, sources: frozenset[str]) -> list[Answer]:
        """The recommendations about a gap: those that concern the stage first, then those that answer its problems.

        One that is made for other places alone is left out; so is one for no place in particular by a source that says
        nothing of the area and the chain.
        """
        area, found = node.area, {}
        for made in self.knowledge.recommendations.get(node.node, ()):
            here = made.places & (area.places | area.around) if made.places else made.source in sources
            if here and self.knowledge.counts_for(node.chain, made.industries):
                found[made.iri] = Answer(made.iri, CONCERNS, made.passages)
        for how in (STATED, READING):
            for problem in node.problems:
                for iri, basis, passages in problem.answers:
                    if (basis == "stated") is (how == STATED):
                        found.setdefault(iri, Answer(iri, how, passages))
        return list(found.values())

    @cached_property
    def _dependences(self) -> Mapping[str, list[Record]]:
        found: dict[str, list[Record]] = defaultdict(list)
        for row in self.knowledge.facts.ask("outside-inputs"):
            found[str(row["place"])].append(row)
        return found

    def inputs(self, chain: str, area: Area) -> list[Input]:
        """What an area gets from outside for a chain."""
        return [
            Input(
                place, str(row["input"]), str(row["supplied_from"]) if row["supplied_from"] else None, passages_of(row)
            )
            for place in sorted(area.places & self._dependences.keys())
            for row in self._dependences[place]
            if self.knowledge.counts_for(chain, frozenset([str(row["industry"])] if row["industry"] else []))
        ]
