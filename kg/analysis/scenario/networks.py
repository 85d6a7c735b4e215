"""The networks before and after: nodes that come and go, and whose place among the others differs most."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import networkx as nx

from kg.analysis.facts import Facts
from kg.analysis.networks import NodeMeasures
from kg.analysis.scenario.questions import ENDED, NEW
from kg.analysis.weak_points.centrality import node_measures

MOST_NODES = 2_000
"""A larger network is not compared: its betweenness takes longer than a reader waits."""
SHOWN = 10
"""Nodes of a network that are told, beside those that come and go."""
MOVED = "moved"


@dataclass(frozen=True)
class NodeChange:
    """A node whose place in a network differs.

    Ranks count from 1, the most central; nodes of equal value share the better rank.

    Args:
        network: name of the network.
        node: the node.
        label: its name.
        change: new (in the scenario alone), ended (in the graph alone) or moved.
        degree: degree before and after; None where the node is not.
        betweenness_rank: rank by betweenness before and after.
        pagerank_rank: rank by PageRank before and after.
        cut_point: whether its loss would cut others off, before and after.
    """

    network: str
    node: str
    label: str
    change: str
    degree: tuple[int | None, int | None]
    betweenness_rank: tuple[int | None, int | None]
    pagerank_rank: tuple[int | None, int | None]
    cut_point: tuple[bool | None, bool | None]

    @property
    def shift(self) -> int:
        """By how many ranks of betweenness or PageRank it moved, whichever is more."""
        return max(_shift(self.betweenness_rank), _shift(self.pagerank_rank))


def compare_networks(base: Facts, other: Facts) -> tuple[list[NodeChange], list[str]]:
    """The nodes whose place differs, by network, and the names of the networks that are too large to compare.

    Of each network: all nodes that come or go, and the ten whose own ties or rank differ most.
    """
    found: list[NodeChange] = []
    large = []
    for name in base.networks:
        before, after = base.network(name), other.network(name)
        if set(before.edges) == set(after.edges) and set(before) == set(after):
            continue
        if max(len(before), len(after)) > MOST_NODES:
            large.append(name)
            continue
        found += compare_network(name, before, after)
    return found, large


def compare_network(name: str, before: nx.DiGraph[str], after: nx.DiGraph[str]) -> list[NodeChange]:
    """The nodes of a network whose place differs: those that go, those that come, those that move most."""
    changes = list(_changes(name, node_measures(before), node_measures(after)))
    moved = sorted(
        (c for c in changes if c.change == MOVED),
        key=lambda c: (-abs((c.degree[1] or 0) - (c.degree[0] or 0)), -c.shift, c.label, c.node),
    )
    rest = sorted((c for c in changes if c.change != MOVED), key=lambda c: (c.change, c.label, c.node))
    return [*rest, *moved[:SHOWN]]


def _changes(name: str, before: Sequence[NodeMeasures], after: Sequence[NodeMeasures]) -> Iterator[NodeChange]:
    was, now = {m.node: m for m in before}, {m.node: m for m in after}
    between = (_ranks({m.node: m.betweenness for m in before}), _ranks({m.node: m.betweenness for m in after}))
    pagerank = (_ranks({m.node: m.pagerank for m in before}), _ranks({m.node: m.pagerank for m in after}))
    for node in {**was, **now}:
        ours, theirs = was.get(node), now.get(node)
        change = NodeChange(
            name,
            node,
            (theirs or was[node]).label,
            ENDED if theirs is None else NEW if ours is None else MOVED,
            (ours.degree if ours else None, theirs.degree if theirs else None),
            (between[0].get(node), between[1].get(node)),
            (pagerank[0].get(node), pagerank[1].get(node)),
            (ours.is_cut_point if ours else None, theirs.is_cut_point if theirs else None),
        )
        if change.change != MOVED or change.shift or change.degree[0] != change.degree[1]:
            yield change


def _ranks(values: Mapping[str, float]) -> dict[str, int]:
    """Rank by value, the largest first; equal values, to nine decimals, share the better rank.

    >>> _ranks({"a": 0.5, "b": 0.1, "c": 0.5, "d": 0.0})
    {'a': 1, 'c': 1, 'b': 3, 'd': 4}
    """
    rounded = {node: round(value, 9) for node, value in values.items()}
    ranks: dict[str, int] = {}
    first: dict[float, int] = {}
    for place, (node, value) in enumerate(sorted(rounded.items(), key=lambda item: -item[1]), 1):
        ranks[node] = first.setdefault(value, place)
    return ranks


def _shift(ranks: Iterable[int | None]) -> int:
    before, after = ranks
    return abs(after - before) if before is not None and after is not None else 0
