"""How far spillover reaches: from core cities along recorded steps, weaker with each.

The steps are derived by `queries/rules/spillover-steps.ru`. The strength at a place is the product of the attenuations
of the steps of the strongest way to it, after the distance-decay idea of growth-pole theory.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

import networkx as nx

from kg.analysis.facts import Facts, Record, nested_pairs, passages_of

BASES = ("said", "reference", "proposed")
"""Who says so, the firmest first."""

CORE = 1
_PREFERENCE = 1e-6


@dataclass(frozen=True)
class Step:
    """A step of spillover.

    Args:
        source: IRI of the place from which it leads.
        target: IRI of the place to which it leads.
        relation: how the two are related, in words.
        basis: `said` by a passage, `reference` (only the reference data say so) or `proposed`.
        attenuation: share of the spillover that it passes on, more than 0 and at most 1.
        passages: IRIs of the passages that say so.
        levels: level of source and target, 1 for a core city to 4 for a town; None for other places.
    """

    source: str
    target: str
    relation: str
    basis: str
    attenuation: float
    passages: tuple[str, ...] = ()
    levels: tuple[int | None, int | None] = (None, None)

    @property
    def skips(self) -> bool:
        """Whether a step that a document says or proposes leaves out a level between core city and town."""
        above, below = self.levels
        return bool(self.relation in _RADIATION and above and below and below - above > 1)


_RADIATION = ("radiates to", "is to radiate to")


@dataclass(frozen=True)
class Way:
    """The strongest way by which a core city reaches a place.

    Args:
        core: IRI of the core city.
        target: IRI of the place.
        steps: its steps, in their order.
        without_proposed: strength of the strongest way over steps of which none is only proposed; None without one.
    """

    core: str
    target: str
    steps: tuple[Step, ...]
    without_proposed: float | None

    @property
    def strength(self) -> float:
        """Product of the attenuations, more than 0 and at most 1."""
        return math.prod(step.attenuation for step in self.steps)

    @property
    def weakest(self) -> str:
        """The weakest basis among its steps."""
        return max((step.basis for step in self.steps), key=BASES.index)


@dataclass(frozen=True)
class Spillover:
    """Steps, ways to counties, and claims without a way.

    Args:
        steps: the steps, one for each pair of places, of the firmest basis.
        ways: for each county, the ways from core cities, the strongest first; empty where none is recorded.
        claims: rows of `spillover-claims` for which no way is recorded.
    """

    steps: tuple[Step, ...]
    ways: Mapping[str, tuple[Way, ...]]
    claims: tuple[Record, ...]


def spillover(facts: Facts, attenuation: float | None = None) -> Spillover:
    """How far spillover reaches in a graph.

    Args:
        facts: the graph.
        attenuation: share that a step passes on, for all steps; by default what the ontology says of them.
    """
    steps = firmest(_steps(facts, attenuation))
    cores = sorted({step.source for step in steps if step.levels[0] == CORE})
    counties = tuple(dict.fromkeys(str(row["county"]) for row in facts.ask("counties")))
    ways = reach(steps, cores, counties)
    graph = _graph(steps)
    parts = nested_pairs(facts)
    claims = [row for row in facts.ask("spillover-claims") if not _led(graph, row, parts)]
    return Spillover(steps, ways, tuple(claims))


def _steps(facts: Facts, attenuation: float | None) -> list[Step]:
    return [
        Step(
            str(row["source"]),
            str(row["target"]),
            str(row["relation"]),
            str(row["basis"]),
            float(str(row["attenuation"])) if attenuation is None else attenuation,
            passages_of(row),
            (_level(row["source_level"]), _level(row["target_level"])),
        )
        for row in facts.ask("spillover-steps")
    ]


def _level(value: object) -> int | None:
    return int(str(value)) if value is not None else None


def firmest(steps: Iterable[Step]) -> tuple[Step, ...]:
    """One step for each pair of places: of several, that of the firmest basis, then the first by relation."""
    best: dict[tuple[str, str], Step] = {}
    for step in sorted(steps, key=lambda s: (s.source, s.target, BASES.index(s.basis), s.relation)):
        best.setdefault((step.source, step.target), step)
    return tuple(best.values())


def reach(steps: Iterable[Step], cores: Iterable[str], targets: Iterable[str]) -> dict[str, tuple[Way, ...]]:
    """The strongest way from each core city to each target, the strongest core first.

    Of equally strong ways the one with fewer steps, then with fewer proposed ones, is taken.

    >>> a = Step("core", "group", "core city of", "said", 0.5)
    >>> b = Step("group", "county", "member", "said", 0.5)
    >>> reach([a, b], ["core"], ["county"])["county"][0].strength
    0.25
    """
    given = tuple(steps)
    whole, firm = _graph(given), _graph(step for step in given if step.basis != "proposed")
    wanted = tuple(targets)
    found: dict[str, list[Way]] = {target: [] for target in wanted}
    for core in cores:
        if core not in whole:
            continue
        paths = nx.single_source_dijkstra_path(whole, core)
        firm_paths = nx.single_source_dijkstra_path(firm, core) if core in firm else {}
        for target in wanted:
            if target in paths and target != core:
                plain = (
                    math.prod(s.attenuation for s in _along(firm, firm_paths[target])) if target in firm_paths else None
                )
                found[target].append(Way(core, target, _along(whole, paths[target]), plain))
    return {
        target: tuple(sorted(ways, key=lambda w: (-w.strength, BASES.index(w.weakest), w.core)))
        for target, ways in found.items()
    }


def _graph(steps: Iterable[Step]) -> nx.DiGraph[str]:
    graph: nx.DiGraph[str] = nx.DiGraph()
    for step in steps:
        preference = 1 + BASES.index(step.basis) / 100
        graph.add_edge(
            step.source, step.target, step=step, weight=-math.log(step.attenuation) + _PREFERENCE * preference
        )
    return graph


def _along(graph: nx.DiGraph[str], path: list[str]) -> tuple[Step, ...]:
    return tuple(graph[a][b]["step"] for a, b in itertools.pairwise(path))


def _led(graph: nx.DiGraph[str], claim: Record, parts: Set[tuple[str, str]]) -> bool:
    """Whether some way leads from the source of a claim, or a part of it, to the target or a part of it."""
    starts, ends = (
        {place, *(part for part, whole in parts if whole == place)}
        for place in (str(claim["source"]), str(claim["target"]))
    )
    reached = {node for start in starts if start in graph for node in nx.descendants(graph, start)}
    return bool(ends & reached)
