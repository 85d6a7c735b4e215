"""Chains as the page draws them: their stages and functions, the links between them, and the state of each at a place.

What is said is stored once, as statements; a place of which nothing is recorded has no cell, so that the page tells
"not recorded" from the absence of one. How far a place lies is left to the page, which has the points that stand for
each.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from kg.analysis.facts import Facts, Record, passages_of
from kg.analysis.gaps.areas import Area, Areas, read_areas
from kg.analysis.gaps.assess import SEVERITY, Assessment, Node
from kg.analysis.gaps.knowledge import Knowledge, read_knowledge
from kg.analysis.gaps.matrix import State, Statement
from kg.analysis.gaps.reach import CONCERNS, READING, STATED, Remedies
from kg.view.explorer.quads import Quads

STATES = tuple(State)
HOW = (CONCERNS, STATED, READING)

Key = tuple[str, str, str, tuple[str, ...], tuple[str, ...]]


def chains(facts: Facts, quads: Quads) -> dict[str, Any]:
    """What the view of chains needs beside the graph; numbers of terms throughout, -1 for none.

    Returns:
        `chains`: the chains that are no statement of another, see `_Chains.chain`.
        `variants`: chain, the chain that it states, place, nodes (term, order or 0, passages, what it stands for),
        feeds, passages. `kinds`: chain, label of its class, whether it is one of an industry.
        `couplings`: from, kind, to, status by name, passages.
        `member`: for each function and stage the chains that it belongs to.
        `said`: the statements; stage, place, state, qualifier, segment, actor, of what, passages, the statement.
        `places`: place, places around it, points that stand for it as a start, the same as an end.
        `points`: place, latitude, longitude. `agglomerations`: places. `inputs`: place, input, from, passages.
        `problems`: problem, places, passages, answers. `advice`: recommendation, places, passages.
    """
    return _Chains(facts, quads).all()


class _Chains:
    def __init__(self, facts: Facts, quads: Quads) -> None:
        self.facts, self.number = facts, quads.number
        self.knowledge: Knowledge = read_knowledge(facts)
        self.areas: Areas = read_areas(facts)
        self.remedies = Remedies(self.knowledge, self.areas)
        self.rows: dict[Key, list[int]] = defaultdict(list)
        self.orders: dict[str, dict[str, int]] = defaultdict(dict)
        self.stating: dict[tuple[str, str], tuple[str, ...]] = {}
        for row in facts.ask("stages-in-order"):
            if row["order"] is not None:
                self.orders[str(row["chain"])][str(row["stage"])] = int(str(row["order"]))
            self.stating[str(row["chain"]), str(row["stage"])] = passages_of(row)
        self.links: dict[tuple[str, str, str], tuple[str, ...]] = {
            (str(row["relation"]), str(row["node"]), str(row["other"])): passages_of(row)
            for row in facts.ask("stage-links")
        }
        self.seen: dict[str, Area] = {}
        self.problems: dict[str, list[Any]] = {}
        self.advice: dict[str, list[Any]] = {}

    def all(self) -> dict[str, Any]:
        said = self.said()
        member: dict[str, list[str]] = defaultdict(list)
        for chain in self.knowledge.chains.values():
            for node in chain.nodes:
                member[node].append(chain.iri)
        found = {
            "states": STATES,
            "how": HOW,
            "chains": [self.chain(iri) for iri in self.knowledge.main_chains],
            "variants": self.variants(),
            "kinds": [[self.number(c.iri), c.kind, bool(c.industries)] for c in self.knowledge.chains.values()],
            "couplings": [
                [*(self.number(str(row[end])) for end in ("from", "kind", "to")), row["status"], self._passages(row)]
                for row in self.facts.ask("couplings")
            ],
            "member": [[self.number(node), self._all(of)] for node, of in member.items()],
            "said": said,
            "places": self.places(),
            "points": [[self.number(place), *point] for place, point in self.knowledge.points.items()],
            "agglomerations": self._all(sorted(self.knowledge.agglomerations)),
            "inputs": [
                [self._one(row[name]) for name in ("place", "input", "supplied_from")] + [self._passages(row)]
                for row in self.facts.ask("outside-inputs")
            ],
        }
        return found | {"problems": [*self.problems.values()], "advice": [*self.advice.values()]}

    def said(self) -> list[list[Any]]:
        """The statements about stages at places; fills `rows`, their numbers by what tells them apart."""
        segments = {
            (row["stage"], row["place"], row["actor"], passage): row["segment"]
            for row in self.facts.ask("who-performs")
            for passage in passages_of(row)
        }
        found: list[list[Any]] = []
        for row in self.facts.ask("stage-statements"):
            passages = passages_of(row)
            regarding = tuple(sorted({*_words(row["industries"]), *_words(row["of"])}))
            at = [segments.get((row["stage"], row["place"], row["actor"], passage)) for passage in passages]
            stage, place, state = str(row["stage"]), str(row["place"]), str(row["state"])
            for node in (stage, *self.knowledge.corresponds.get(stage, ())):
                self.rows[node, place, state, passages, regarding].append(len(found))
            found.append(
                [
                    self.number(stage),
                    self.number(place),
                    STATES.index(State(state)),
                    self._one(row["qualifier"]),
                    self._one(next((each for each in at if each), None)),
                    self._one(row["actor"]),
                    self._all(regarding),
                    self._all(passages),
                    self._one(row["statement"]),
                ]
            )
        return found

    def chain(self, iri: str) -> dict[str, Any]:
        """A chain.

        Returns:
            `stages` and `functions`: node, order or 0, passages. `feeds`: from, to, passages. `needs`: function, by
            whom, whether the whole chain, passages. `stands`: stage, function that it stands for, passages. `places`:
            those of which something of this chain is recorded. `said`: node, numbers of statements. `having`: node,
            places that have it, not weakly.
            `cells`: place, and of each node there: node, state, provider; of a gap also the four parts of its
            severity in hundredths, whether it is one of parts of the place alone, and recommendations with how they
            come to be about it. `problems` and `advice`: node, numbers in the lists of all. `inputs`: numbers.
        """
        chain, assessment = self.knowledge.chains[iri], Assessment(self.knowledge, self.areas, iri)
        nodes = assessment.nodes
        said: dict[str, set[int]] = defaultdict(set)
        for statement, _industries in assessment.said:
            said[statement.stage].update(self.rows[_key(statement)])
        cells = [(place, self.cells(assessment, place)) for place in self._spoken_of(assessment)]
        having = {node: self.remedies.places_that_have(assessment, node) for node in nodes if node in said}
        return {
            "chain": self.number(iri),
            "kind": chain.kind,
            "industries": self._all(chain.industries),
            "stages": self._nodes(iri, chain.stages),
            "functions": self._nodes(iri, chain.functions),
            "feeds": self._links("feeds", chain.feeds.edges),
            "needs": [
                [self.number(need.function), self._all(sorted(need.by)), int(need.whole), self._all(need.passages)]
                for need in assessment.needs.values()
            ],
            "stands": self._links(
                "corresponds to", [(n, o) for n in chain.nodes for o in sorted(self.knowledge.corresponds.get(n, ()))]
            ),
            "places": self._all(assessment.places),
            "said": [[self.number(node), sorted(rows)] for node, rows in said.items()],
            "having": [[self.number(node), self._all(places)] for node, places in having.items() if places],
            "cells": [[self.number(place), found] for place, found in cells if found],
            "problems": [[self.number(n), found] for n in nodes if (found := self._problems(iri, n))],
            "advice": [[self.number(n), found] for n in nodes if (found := self._advice(iri, n))],
            "inputs": [
                order
                for order, row in enumerate(self.facts.ask("outside-inputs"))
                if self.knowledge.counts_for(iri, frozenset([str(row["industry"])] if row["industry"] else []))
            ],
        }

    def cells(self, assessment: Assessment, place: str) -> list[list[Any]]:
        """The nodes of a chain of which something is recorded at a place or in it; gaps where the chain is recorded."""
        area = self._area(place)
        if place not in assessment.places:
            return [
                [self.number(node), STATES.index(cell.state), self._one(cell.provider)]
                for node, cell in assessment.cells(area).items()
                if cell.state is not State.NOT_RECORDED
            ]
        nodes = assessment.assess(area, recorded=True)
        sources = frozenset(passage.partition("#")[0] for node in nodes for passage in node.cell.passages)
        return [self._cell(node, sources) for node in nodes]

    def variants(self) -> list[dict[str, Any]]:
        """The chains as single documents state them."""
        rows = {str(row["chain"]): row for row in self.facts.ask("chains")}
        return [
            {
                "chain": self.number(chain.iri),
                "of": self.number(chain.variant_of),
                "place": self._one(rows[chain.iri]["place"]),
                "nodes": [
                    [*node, self._all(sorted(self.knowledge.corresponds.get(iri, ())))]
                    for iri, node in zip(chain.nodes, self._nodes(chain.iri, chain.nodes), strict=True)
                ],
                "feeds": self._links("feeds", chain.feeds.edges),
                "passages": self._passages(rows[chain.iri]),
            }
            for chain in self.knowledge.chains.values()
            if chain.variant_of
        ]

    def places(self) -> list[list[Any]]:
        """Each place with what lies around it and the points that stand for it."""
        found = []
        for row in self.facts.ask("points-of-places"):
            place = str(row["place"])
            area = self._area(place) if place not in self.areas.clusters else None
            inside = area.inside if area else frozenset()
            ends = self.remedies.points({place}, frozenset())
            starts = self.remedies.points({place}, inside)
            around = sorted(self.areas.around.get(place, ()))
            own = [place]
            found.append(
                [
                    self.number(place),
                    self._all(around),
                    0 if starts == own else self._all(starts),
                    0 if ends == starts else self._all(ends),
                ]
            )
        return found

    def _area(self, place: str) -> Area:
        if place not in self.seen:
            self.seen[place] = self.areas.of(place)
        return self.seen[place]

    def _spoken_of(self, assessment: Assessment) -> list[str]:
        """The places of which something is said that counts for a chain, and those around them."""
        spoken = {statement.place for statement, _industries in assessment.said}
        return sorted(spoken.union(*(self.areas.around.get(place, ()) for place in spoken)))

    def _cell(self, node: Node, sources: frozenset[str]) -> list[Any]:
        provider = self.number(node.cell.provider) if node.cell.provider else -1
        found: list[Any] = [self.number(node.node), STATES.index(node.cell.state), provider]
        if node.cell.state in SEVERITY and node.found:
            answers = self.remedies.answers(node, sources)
            found += [
                [round(100 * part.value) for part in node.parts],
                int(node.of_parts),
                [[self._recommended(a.recommendation, a.passages), HOW.index(a.how)] for a in answers],
            ]
        return found

    def _recommended(self, iri: str, passages: Iterable[str], places: Iterable[str] = ()) -> int:
        """The number of a recommendation in the list of all."""
        if iri not in self.advice:
            self.advice[iri] = [self.number(iri), [], self._all(passages), len(self.advice)]
        if places:
            self.advice[iri][1] = self._all(places)
        return int(self.advice[iri][3])

    def _advice(self, chain: str, node: str) -> list[int]:
        return [
            self._recommended(made.iri, made.passages, sorted(made.places))
            for made in self.knowledge.recommendations.get(node, ())
            if self.knowledge.counts_for(chain, made.industries)
        ]

    def _problems(self, chain: str, node: str) -> list[int]:
        found = []
        for problem in self.knowledge.problems.get(node, ()):
            if not self.knowledge.counts_for(chain, problem.industries):
                continue
            if problem.iri not in self.problems:
                answers = [
                    [self._recommended(iri, passages), HOW.index(STATED if basis == "stated" else READING)]
                    for iri, basis, passages in problem.answers
                ]
                number = len(self.problems)
                self.problems[problem.iri] = [
                    self.number(problem.iri),
                    self._all(sorted(problem.places)),
                    self._all(problem.passages),
                    answers,
                    number,
                ]
            found.append(int(self.problems[problem.iri][4]))
        return found

    def _nodes(self, chain: str, nodes: Iterable[str]) -> list[list[Any]]:
        orders = self.orders.get(chain, {})
        return [
            [self.number(node), orders.get(node, 0), self._all(self.stating.get((chain, node), ()))] for node in nodes
        ]

    def _links(self, relation: str, edges: Iterable[tuple[str, str]]) -> list[list[Any]]:
        return [
            [self.number(source), self.number(target), self._all(self.links.get((relation, source, target), ()))]
            for source, target in sorted(edges)
        ]

    def _passages(self, row: Record) -> list[int]:
        return self._all(passages_of(row))

    def _one(self, iri: object) -> int:
        return self.number(str(iri)) if iri else -1

    def _all(self, iris: Iterable[str]) -> list[int]:
        return [self.number(iri) for iri in iris]


def _key(statement: Statement) -> Key:
    return (statement.stage, statement.place, statement.state.value, statement.passages, statement.regarding)


def _words(cell: object) -> Mapping[str, None]:
    return dict.fromkeys(str(cell or "").split())
