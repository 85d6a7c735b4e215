"""Loops and paths of influence, with their polarity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import networkx as nx

from kg.analysis.facts import Facts, joined
from kg.analysis.mechanism.network import Link, Network
from kg.analysis.result import Finding, Part

LONGEST = 8
MOST = 10_000

REINFORCING, BALANCING, OPEN = "reinforcing", "balancing", "open"


def polarity(links: Iterable[Link]) -> int:
    """The product of signs: 1, -1, or 0 where one is not said."""
    product = 1
    for link in links:
        product *= link.sign
    return product


@dataclass(frozen=True)
class Loop:
    """A circle of factors of which each acts on the next and the last on the first.

    Args:
        links: in their order, from the factor whose IRI comes first.
        reached: number of factors on it or led to from it.
        connected: number of factors connected with it at all, itself among them.
    """

    links: tuple[Link, ...]
    reached: int
    connected: int

    @property
    def factors(self) -> tuple[str, ...]:
        """IRIs in their order."""
        return tuple(link.source for link in self.links)

    @property
    def kind(self) -> str:
        """Reinforcing (a rise comes back as a rise), balancing (as a fall), or open where a sign is not said."""
        return {1: REINFORCING, -1: BALANCING, 0: OPEN}[polarity(self.links)]

    @property
    def actual(self) -> int:
        """Number of its links that are said to be so."""
        return sum(link.is_actual for link in self.links)

    @property
    def status(self) -> str:
        """Whether all of it is said to be so."""
        return "actual" if self.actual == len(self.links) else "partly proposed"

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages of its links, sorted."""
        return joined(link.passages for link in self.links)


def find_loops(network: Network, longest: int = LONGEST) -> tuple[list[Loop], list[str]]:
    """The elementary circuits of a network (Johnson 1975), shortest first, and what was left out.

    Args:
        network: links; a factor that acts on itself is a loop of one.
        longest: most factors in a loop.

    References:
        Johnson, D. B. (1975). Finding all the elementary circuits of a directed graph. SIAM Journal on Computing 4(1),
        77-84. doi:10.1137/0204007.
    """
    graph = network.graph
    component = {f: group for group in nx.weakly_connected_components(graph) for f in group}
    notes = []
    if any(len(group) > longest for group in nx.strongly_connected_components(graph)):
        notes.append(f"Loops of more than {longest} factors are not looked for.")
    cycles = list(islice(nx.simple_cycles(graph, length_bound=longest), MOST + 1))
    if len(cycles) > MOST:
        notes.append(f"There are more than {MOST:,} loops; the rest is not looked for.")
    loops = []
    for cycle in cycles[:MOST]:
        first = cycle.index(min(cycle))
        turned = [*cycle[first:], *cycle[:first]]
        links = tuple(network.links[pair] for pair in pairwise([*turned, turned[0]]))
        reached = {*cycle, *nx.descendants(graph, cycle[0])}
        loops.append(Loop(links, len(reached), len(component[cycle[0]])))
    return sorted(loops, key=lambda loop: (len(loop.links), loop.factors)), notes


def loop_finding(facts: Facts, loop: Loop, method: str) -> Finding:
    """A loop as a finding: how firmly it is said, whether its signs are, and how far it acts."""
    names = [facts.label(factor) for factor in (*loop.factors, loop.factors[0])]
    count = len(loop.links)
    firm = sum(1.0 if link.is_actual else 0.5 for link in loop.links) / count
    signed = sum(link.sign != 0 for link in loop.links)
    return Finding(
        "mechanism-finding",
        f"{loop.kind.capitalize()} loop of {count}: {' → '.join(names)}",
        loop.factors,
        (
            Part("firmly said", firm, 1.0, f"{loop.actual} of {count} influences said to be so, the others count half"),
            Part("signs", signed / count, 1.0, f"{signed} of {count} signs said"),
            Part("reach", loop.reached / loop.connected, 1.0, f"reaches {loop.reached} of {loop.connected} factors"),
        ),
        method,
        (("source", loop.factors[0]),),
        loop.passages,
        f"loop-{count}",
    )


@dataclass(frozen=True)
class Path:
    """One of the shortest ways on which one factor acts on another.

    Args:
        links: in their order.
        ways: number of shortest ways between the two.
    """

    links: tuple[Link, ...]
    ways: int

    @property
    def factors(self) -> tuple[str, ...]:
        """IRIs in their order."""
        return (*(link.source for link in self.links), self.links[-1].target)

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages of its links, sorted."""
        return joined(link.passages for link in self.links)


def shortest_paths(network: Network, source: str | None, target: str | None) -> Iterator[Path]:
    """Shortest ways of influence, each link counting one.

    Both ends given: all the shortest ways between them. One given: one way to, or from, each factor joined to it.
    None: for each factor, one way to the factor that is farthest from it.
    """
    graph = network.graph
    if source is not None and target is not None:
        if source in graph and target in graph and source != target and nx.has_path(graph, source, target):
            yield from _ways(network, graph, source, target, every=True)
        return
    if source is not None:
        ends = [(source, other) for other in _reached(graph, source)]
    elif target is not None:
        ends = [(other, target) for other in _reached(graph.reverse(copy=False), target)]
    else:
        ends = [(factor, reached[-1]) for factor in sorted(graph) if (reached := _reached(graph, factor))]
    for start, end in ends:
        yield from _ways(network, graph, start, end)


def _reached(graph: nx.DiGraph[str], factor: str) -> list[str]:
    """What is reached from a factor, nearest first, then by IRI."""
    if factor not in graph:
        return []
    steps = nx.single_source_shortest_path_length(graph, factor)
    return sorted((other for other in steps if other != factor), key=lambda other: (steps[other], other))


def _ways(network: Network, graph: nx.DiGraph[str], source: str, target: str, every: bool = False) -> Iterator[Path]:
    ways = sorted(map(tuple, islice(nx.all_shortest_paths(graph, source, target), MOST)))
    for way in ways if every else ways[:1]:
        yield Path(tuple(network.links[pair] for pair in pairwise(way)), len(ways))
