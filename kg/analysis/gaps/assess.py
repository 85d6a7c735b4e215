"""The state of every node of a chain in an area, how severe a gap is, and what speaks of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from kg.analysis.gaps.areas import Area, Areas
from kg.analysis.gaps.knowledge import IRIs, Knowledge, Need, Problem
from kg.analysis.gaps.matrix import NOTHING, THERE, Cell, State, Statement, cell_of
from kg.analysis.result import Part, weighted

SEVERITY = {State.SAID_MISSING: 1.0, State.WEAK: 0.6, State.PLANNED: 0.3, State.SINGLE_PROVIDER: 0.2}
"""The part of a severity that the state makes, by state; docs/methods/gaps.md gives the reasons."""
STATE_WEIGHT = 3.0
MIN_PRESENT, MIN_SHARE = 2, 0.3
"""How much of a chain an area must perform before a node of which nothing is recorded is a finding."""


@dataclass(frozen=True)
class Node:
    """A stage or function of a chain in an area.

    Args:
        chain: the chain.
        area: the area.
        node: the stage or function.
        cell: its state and the statements behind it.
        parts: what the severity of a gap there is made of.
        problems: the problems of the area that name it.
        around: what is said of it of places around the area, by place.
        found: it is a gap: a stated one, or not recorded in an area that performs enough of the chain.
        of_parts: the gap is said of places in the area alone, and is their finding, not one of the area.
    """

    chain: str
    area: Area
    node: str
    cell: Cell
    parts: tuple[Part, ...]
    problems: tuple[Problem, ...]
    around: Mapping[str, State]
    found: bool
    of_parts: bool = False

    @property
    def severity(self) -> float:
        """How severe a gap there is, 0 to 1."""
        return weighted(self.parts)

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages behind all statements and the problems."""
        named = {passage for problem in self.problems for passage in problem.passages}
        return tuple(sorted({*self.cell.passages, *named}))


class Assessment:
    """A chain in the areas of a graph.

    Args:
        knowledge: what the graph holds.
        areas: the areas of the graph.
        chain: the chain.
    """

    def __init__(self, knowledge: Knowledge, areas: Areas, chain: str) -> None:
        self.knowledge, self.areas, self.iri = knowledge, areas, chain
        self.chain = knowledge.chains[chain]
        self.nodes = knowledge.nodes(chain)
        self.needs: Mapping[str, Need] = knowledge.needs.get(chain, {})
        self.own = self.chain.stages or self.chain.nodes
        self.said = knowledge.of_chain(chain)
        self._downstream: dict[str, frozenset[str]] = {}
        self.left = {statement for statement, industries in self.said if knowledge.left(chain, industries)}

    @cached_property
    def _by_place(self) -> Mapping[str, list[Statement]]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement, _industries in self.said:
            found[statement.place].append(statement)
        return found

    @cached_property
    def of_node(self) -> Mapping[str, list[Statement]]:
        """The statements that count for the chain, by the stage or function of which they are."""
        found: dict[str, list[Statement]] = defaultdict(list)
        for statement, _industries in self.said:
            found[statement.stage].append(statement)
        return found

    @cached_property
    def _flow(self) -> nx.DiGraph[str]:
        """The nodes by what feeds what."""
        graph: nx.DiGraph[str] = nx.DiGraph(self.chain.feeds.edges)
        graph.add_nodes_from(self.nodes)
        return graph

    @cached_property
    def _ordered(self) -> bool:
        return bool(self.chain.feeds.edges)

    @cached_property
    def places(self) -> tuple[str, ...]:
        """The places of which something is recorded for this chain, sorted.

        A place counts of which a stage of the chain is recorded, or a function for the industry of the chain; so does
        an urban agglomeration of which a function is recorded and whose members perform a stage.
        """
        near = self.knowledge.near(self.iri)
        said = [(s, industries) for s, industries in self.said if s not in self.left]
        special = {s.place for s, industries in said if s.stage in self.own or industries & near}
        general = {s.place for s, _industries in said} & self.areas.with_members & self.knowledge.agglomerations
        performing = {s.place for s, _ in said if s.stage in self.own and s.state in THERE}
        with_performing = {p for p in general if performing & self.areas.inside.get(p, frozenset())}
        return tuple(sorted(special | with_performing))

    def assess(self, area: Area, recorded: bool = False) -> list[Node]:
        """Every node of the chain in an area, or only those of which something is recorded."""
        cells = self.cells(area)
        there = frozenset(node for node in self.own if cells.get(node, NOTHING).state in THERE)
        looked_at = bool(self.chain.industries) and not self._wide(area)
        enough = looked_at and len(there) >= max(MIN_PRESENT, MIN_SHARE * len(self.own))
        found = []
        for node in self.nodes:
            cell = cells.get(node, NOTHING)
            blank = cell.state is State.NOT_RECORDED
            if recorded and blank:
                continue
            around = self._around(area, node)
            problems = self._problems(area, node)
            found.append(
                Node(
                    self.iri,
                    area,
                    node,
                    cell,
                    self._parts(node, cell, there, problems),
                    problems,
                    around,
                    enough and not around and not self._inside(area, node) if blank else self._is_gap(area, cell),
                    not blank and self._of_parts(area, cell),
                )
            )
        return found

    def _is_gap(self, area: Area, cell: Cell) -> bool:
        """Whether a cell is a gap; of a country or a region at large only where it is said of it, not of a part.

        What is said for the industry of a narrower chain alone is a gap of that chain.
        """
        if cell.state not in SEVERITY or self.left.issuperset(cell.statements):
            return False
        return not self._wide(area) or any(
            s.place in area.own and s.state is not State.PRESENT for s in cell.statements
        )

    def _of_parts(self, area: Area, cell: Cell) -> bool:
        """Whether nothing but what is there is said of the area itself, and what makes the gap of places in it.

        That one of its own parts alone has a stage is said of the area, where the part has something of this chain.
        """
        own = [s for s in cell.statements if s.place in area.own]
        if cell.state is not State.SINGLE_PROVIDER:
            return not any(s.state is not State.PRESENT or s.low_end for s in own)
        part = cell.provider in area.inside
        groups = area.inside & self.knowledge.agglomerations
        direct = not groups & self.areas.around.get(cell.provider or "", frozenset())
        return not own and not (part and direct and cell.provider in self.places)

    def _wide(self, area: Area) -> bool:
        return area.own <= self.knowledge.groups - self.knowledge.agglomerations

    def cells(self, area: Area) -> dict[str, Cell]:
        """The cells of the nodes of which something is recorded in an area."""
        own: dict[str, list[Statement]] = defaultdict(list)
        inside: dict[str, list[Statement]] = defaultdict(list)
        for places, statements in ((area.own, own), (area.inside, inside)):
            for place in sorted(places & self._by_place.keys()):
                for statement in self._by_place[place]:
                    if self._of_area(area, statement):
                        statements[statement.stage].append(statement)
        joined = len(area.iris) > 1
        return {node: self._cell(own.get(node, ()), inside.get(node, ()), joined) for node in {*own, *inside}}

    def _cell(self, own: Sequence[Statement], inside: Sequence[Statement], joined: bool) -> Cell:
        """The cell of statements; several chains ask for that of the same ones."""
        key = (tuple(map(id, own)), tuple(map(id, inside)), joined)
        if key not in self.knowledge.cells:
            self.knowledge.cells[key] = cell_of(own, inside, self.areas.around, self.knowledge.groups, joined)
        return self.knowledge.cells[key]

    def _of_area(self, area: Area, statement: Statement) -> bool:
        """Whether a statement is about the area: one about a cluster is about no other cluster."""
        clusters = set(statement.regarding) & self.areas.clusters.keys()
        return not area.cluster or not clusters or not clusters.isdisjoint(area.iris)

    def _around(self, area: Area, node: str) -> dict[str, State]:
        found: dict[str, list[Statement]] = defaultdict(list)
        for place in area.around & self._by_place.keys():
            for statement in self._by_place[place]:
                if statement.stage == node:
                    found[place].append(statement)
        return {place: cell_of(statements).state for place, statements in sorted(found.items())}

    def _inside(self, area: Area, node: str) -> bool:
        return any(s.stage == node for place in area.places & self._by_place.keys() for s in self._by_place[place])

    def _problems(self, area: Area, node: str) -> tuple[Problem, ...]:
        return tuple(
            problem
            for problem in self.knowledge.problems.get(node, ())
            if problem.places & area.places and self.knowledge.counts_for(self.iri, problem.industries)
        )

    def downstream(self, node: str) -> frozenset[str]:
        """The stages of the chain that take what the node gives, directly or through others; those that need it."""
        if node not in self._downstream:
            self._downstream[node] = self._reached(node)
        return self._downstream[node]

    def _reached(self, node: str) -> frozenset[str]:
        need = self.needs.get(node)
        if node in self.chain.stages or need is None:
            reached = nx.descendants(self._flow, node)
        elif need.whole:
            reached = set(self.own)
        else:
            stages = {s for by in need.by for s in (by, *self.knowledge.corresponds.get(by, ()))}
            reached = stages.union(*(nx.descendants(self._flow, stage) for stage in stages if stage in self._flow))
        return frozenset(reached) & frozenset(self.own) - {node}

    def _parts(self, node: str, cell: Cell, there: IRIs, problems: Collection[Problem]) -> tuple[Part, ...]:
        need = self.needs.get(node)
        down = self.downstream(node)
        others = len(self.own) - (node in self.own)
        position = len(down) / others if others else 0.0
        if node not in self.chain.stages and need is not None and need.whole:
            position, where = 1.0, "the whole chain needs it"
        elif node not in self.chain.stages and need is not None:
            where = f"{len(down)} of {others} stages need it"
        elif not self._ordered:
            where = "the order of the chain is not recorded"
        else:
            where = f"{len(down)} of {others} other stages lie downstream"
        waiting = there & down
        served = len(there - {node})
        named = len(problems)
        unknown = ": whether it is there is unknown" if cell.state is State.NOT_RECORDED else ""
        return (
            Part("state", SEVERITY.get(cell.state, 0.0), STATE_WEIGHT, f"{cell.state}{unknown}"),
            Part("position in the chain", position, 1.0, where),
            Part(
                "present stages that wait for it",
                len(waiting) / served if served else 0.0,
                1.0,
                f"{len(waiting)} of {served} other present stages",
            ),
            Part(
                "named by problems",
                1.0 if named else 0.0,
                1.0,
                f"{named} problem{'' if named == 1 else 's'} of the place name{'s' if named == 1 else ''} it",
            ),
        )


def counts(nodes: Collection[Node]) -> Counter[State]:
    """How many nodes are in each state."""
    return Counter(node.cell.state for node in nodes)
