"""What breaks when nodes are gone: what is no longer reached, what loses its last provider, what fails in its wake."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import networkx as nx

from kg.analysis.networks import is_directed

Edge = tuple[str, str]


@dataclass(frozen=True)
class Loss:
    """A node that is reached from fewer others than before.

    Args:
        node: its IRI.
        before: number of remaining nodes from which a way led to it.
        after: number of those from which one still does.
    """

    node: str
    before: int
    after: int


@dataclass(frozen=True)
class Removal:
    """A network without some of its nodes.

    Args:
        removed: those of the nodes that the network has.
        pieces: number of pieces into which the undirected network falls, before and after.
        pairs: number of ordered pairs of remaining nodes of which the one is reached from the other, before and after.
        losses: nodes that are reached from fewer others, by the share lost.
        cut_off: nodes that were in one piece with a removed one, and are not in the largest that remains of it.
    """

    removed: tuple[str, ...]
    pieces: tuple[int, int]
    pairs: tuple[int, int]
    losses: tuple[Loss, ...]
    cut_off: tuple[str, ...]

    @property
    def lost(self) -> float:
        """Share of the pairs of remaining nodes that no way joins any more, 0 to 1."""
        return 1 - self.pairs[1] / self.pairs[0] if self.pairs[0] else 0.0


def remove(network: nx.DiGraph[str], nodes: Iterable[str]) -> Removal:
    """Remove nodes, all at once.

    A way follows the direction of the edges where the network is directed.

    >>> remove(nx.DiGraph([("ore", "sponge"), ("sponge", "ingot")]), ["sponge"]).losses
    (Loss(node='ingot', before=1, after=0),)
    """
    gone = set(nodes)
    removed = sorted(gone & set(network))
    rest = network.subgraph([node for node in network if node not in gone])
    keep = frozenset(rest)
    before, after = _reached(network, keep), _reached(rest, keep)
    losses = [Loss(node, before[node], after[node]) for node in sorted(keep) if after[node] < before[node]]
    losses.sort(key=lambda loss: (loss.after / loss.before, loss.node))
    cut_off: set[str] = set()
    for piece in nx.weakly_connected_components(network):
        if not gone.isdisjoint(piece):
            parts = sorted(
                (sorted(part) for part in nx.weakly_connected_components(rest.subgraph(piece - gone))),
                key=lambda part: (-len(part), part),
            )
            cut_off.update(node for part in parts[1:] for node in part)
    return Removal(
        tuple(removed),
        (nx.number_weakly_connected_components(network), nx.number_weakly_connected_components(rest)),
        (sum(before.values()), sum(after.values())),
        tuple(losses),
        tuple(sorted(cut_off)),
    )


def _reached(network: nx.DiGraph[str], counted: Collection[str]) -> dict[str, int]:
    """From how many of the counted nodes, itself left out, a way leads to each counted node."""
    found: dict[str, int] = {}
    if not is_directed(network):
        for piece in nx.weakly_connected_components(network):
            size = sum(node in counted for node in piece)
            found.update((node, size - 1) for node in piece if node in counted)
        return found
    bit = {node: 1 << index for index, node in enumerate(sorted(counted))}
    knots = nx.condensation(network)
    sources: dict[int, int] = {}
    for knot in nx.topological_sort(knots):
        of_knot = 0
        for node in knots.nodes[knot]["members"]:
            of_knot |= bit.get(node, 0)
        for upstream in knots.predecessors(knot):
            of_knot |= sources[upstream]
        sources[knot] = of_knot
        size = of_knot.bit_count()
        found.update((node, size - 1) for node in knots.nodes[knot]["members"] if node in counted)
    return found


def cut_off_by(network: nx.DiGraph[str]) -> dict[str, list[str]]:
    """For every cut point the nodes that its loss cuts off from the largest part that remains, in one walk for all.

    The walk goes through the tree of blocks and cut points (Harary 1969, Graph Theory, chapter 4): the parts that a cut
    point joins are the subtrees below it and the rest of its piece.

    >>> cut_off_by(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d"), ("d", "e")]))
    {'c': ['d', 'e'], 'd': ['e']}
    """
    plain = nx.Graph(network)
    plain.remove_edges_from(list(nx.selfloop_edges(plain)))
    blocks: list[list[str]] = [
        sorted(block)  # type: ignore[arg-type]  # the stubs speak of lists of sets
        for block in nx.biconnected_components(plain)
    ]
    times = Counter(node for block in blocks for node in block)
    tree: nx.Graph[int | str] = nx.Graph()
    tree.add_nodes_from(range(len(blocks)))
    for number, block in enumerate(blocks):
        tree.add_edges_from((number, node) for node in block if times[node] > 1)
    own = {number: [node for node in block if times[node] == 1] for number, block in enumerate(blocks)}
    found: dict[str, list[str]] = {}
    for piece in nx.connected_components(tree):
        found.update(_cut_off_in_piece(tree, min(t for t in piece if isinstance(t, int)), own))
    return dict(sorted(found.items()))


def _cut_off_in_piece(tree: nx.Graph[int | str], root: int, own: Mapping[int, list[str]]) -> dict[str, list[str]]:
    """The same for one piece. In the order of the walk, the nodes of a subtree are a stretch."""
    above: dict[int | str, int | str] = dict(nx.dfs_predecessors(tree, root))
    walk = list(nx.dfs_preorder_nodes(tree, root))
    order: list[str] = []
    start: dict[int | str, int] = {}
    for stop in walk:
        start[stop] = len(order)
        order += [stop] if isinstance(stop, str) else own[stop]
    end = {stop: start[stop] + (1 if isinstance(stop, str) else len(own[stop])) for stop in walk}
    for stop in reversed(walk[1:]):
        end[above[stop]] = max(end[above[stop]], end[stop])
    found = {}
    for cut in (stop for stop in walk if isinstance(stop, str)):
        parts = [order[start[below] : end[below]] for below in tree[cut] if above.get(below) == cut]
        parts.append(order[: start[cut]] + order[end[cut] :])
        parts.sort(key=lambda part: (-len(part), min(part)))
        found[cut] = sorted(node for part in parts[1:] for node in part)
    return found


def bridge_sides(
    network: nx.DiGraph[str], found: Collection[Edge], counted: Callable[[str], bool] = lambda _node: True
) -> dict[Edge, tuple[int, int]]:
    """For every bridge the nodes at its first end and at its second, without it, in one walk for all.

    Args:
        network: the network.
        found: all its bridges; they make a forest of the parts that they join.
        counted: which nodes count.

    >>> bridge_sides(nx.DiGraph([("a", "b"), ("b", "c")]), [("a", "b"), ("b", "c")])
    {('a', 'b'): (1, 2), ('b', 'c'): (2, 1)}
    """
    plain = nx.Graph(network)
    plain.remove_edges_from(found)
    part = {node: number for number, nodes in enumerate(nx.connected_components(plain)) for node in nodes}
    sizes = Counter(part[node] for node in part if counted(node))
    forest: nx.Graph[int] = nx.Graph((part[a], part[b]) for a, b in found)
    side: dict[tuple[int, int], int] = {}
    for piece in nx.connected_components(forest):
        whole = sum(sizes[number] for number in piece)
        under = {number: sizes[number] for number in piece}
        for above, below in reversed(list(nx.bfs_edges(forest, min(piece)))):
            under[above] += under[below]
            side[below, above] = under[below]
            side[above, below] = whole - under[below]
    return {(a, b): (side[part[a], part[b]], side[part[b], part[a]]) for a, b in found}


@dataclass(frozen=True)
class Capability:
    """A place, or an actor in it, that performs a stage at present.

    Args:
        stage: IRI of the stage or function.
        place: IRI of the place.
        actor: IRI of the actor, where one is named.
        passages: IRIs of the passages that say so.
    """

    stage: str
    place: str
    actor: str | None
    passages: tuple[str, ...] = ()


def last_providers(
    capabilities: Iterable[Capability], removed: Collection[str], within: Mapping[str, Collection[str]]
) -> dict[str, list[Capability]]:
    """The stages that nobody is recorded to perform any more, with what was recorded.

    Args:
        capabilities: who performs what.
        removed: IRIs of places and actors. A place goes with all that lies within it and with the actors there.
        within: the places around a place.
    """
    gone = set(removed)
    by_stage: dict[str, list[Capability]] = defaultdict(list)
    for capability in capabilities:
        by_stage[capability.stage].append(capability)

    def lost(capability: Capability) -> bool:
        around = within.get(capability.place, ())
        return capability.actor in gone or capability.place in gone or not gone.isdisjoint(around)

    return {stage: found for stage, found in sorted(by_stage.items()) if all(map(lost, found))}


@dataclass(frozen=True)
class Failure:
    """A node that fails in a cascade.

    Args:
        node: its IRI.
        round: 0 where the cascade starts, else 1 and more.
        failed: number of its suppliers that had failed by then.
        suppliers: number of its suppliers.
    """

    node: str
    round: int
    failed: int
    suppliers: int


def cascade(supplies: nx.DiGraph[str], start: Iterable[str], threshold: float) -> list[Failure]:
    """Which nodes fail in the wake of some (Watts 2002, doi:10.1073/pnas.082090499).

    Round by round, a node fails when at least the threshold's share of its suppliers has failed; a node without
    suppliers never does. Nothing recovers, so the order within a round does not matter.

    Args:
        supplies: edges lead from a supplier to what depends on it.
        start: nodes that fail at first.
        threshold: above 0, at most 1; 1 means that any supplier can stand in for the others.

    >>> chain = nx.DiGraph([("a", "c"), ("b", "c"), ("c", "d")])
    >>> [f.node for f in cascade(chain, ["a"], 0.5)], [f.node for f in cascade(chain, ["a"], 1.0)]
    (['a', 'c', 'd'], ['a'])
    """
    front = sorted({node for node in start if node in supplies})
    failed, number = set(front), 0
    found = [Failure(node, 0, 0, supplies.in_degree(node)) for node in front]
    while front:
        number += 1
        asked = {after for node in front for after in supplies.successors(node)} - failed
        counts = {node: sum(before in failed for before in supplies.predecessors(node)) for node in asked}
        front = sorted(node for node, count in counts.items() if count >= threshold * supplies.in_degree(node))
        found += [Failure(node, number, counts[node], supplies.in_degree(node)) for node in front]
        failed.update(front)
    return found
