"""How central the nodes of a network are, and what holds it together.

Loops are left out, and edges between the same two nodes in the same direction are one. Betweenness, harmonic closeness,
PageRank and Katz centrality follow the direction of the edges where the network is directed; degree, constraint, core
number, articulation points, bridges and communities are always those of the undirected network. No edge has a weight.

- betweenness: over the (n-1)(n-2) ordered pairs of others (Freeman 1977, doi:10.2307/3033543; Brandes 2001,
  doi:10.1080/0022250X.2001.9990249);
- harmonic closeness: mean of 1/d from the n-1 others to the node, 0 for those that do not reach it (Boldi and Vigna
  2014, doi:10.1080/15427951.2013.865686);
- PageRank: damping 0.85; a node without a way out leads to all alike (Brin and Page 1998,
  doi:10.1016/S0169-7552(98)00110-X);
- Katz: x = 1 + a·Aᵀx with a = 1/(1 + largest in-degree), which is below 1/λ of the largest eigenvalue λ, scaled to
  Euclidean length 1 (Katz 1953, doi:10.1007/BF02289026);
- constraint: over the neighbours of a node, each tie counting alike (Burt 1992, Structural Holes);
- core number (Seidman 1983, doi:10.1016/0378-8733(83)90028-X); articulation points and bridges (Tarjan 1972,
  doi:10.1137/0201010).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.networks import NodeMeasures
from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.communities import communities
from kg.analysis.weak_points.engines import WORTH_IT, Tell, engine

if TYPE_CHECKING:
    from kg.analysis.weak_points.engines import Floats

DAMPING = 0.85
_DIGITS = 12
"""Measures are rounded to it, so that ties are ties with either engine."""


@dataclass(frozen=True)
class NetworkMeasures:
    """What is measured of a network.

    Args:
        name: of the network.
        directed: whether its edges have a direction.
        edges: number of its edges, loops left out.
        engine: what computed it.
        nodes: the measures of every node, most between first.
        bridges: edges whose loss cuts a part off, the smaller IRI first.
        communities: nodes by community, largest first.
    """

    name: str
    directed: bool
    edges: int
    engine: str
    nodes: tuple[NodeMeasures, ...]
    bridges: tuple[tuple[str, str], ...]
    communities: tuple[tuple[str, ...], ...]

    @property
    def by_node(self) -> dict[str, NodeMeasures]:
        """The measures by node."""
        return {m.node: m for m in self.nodes}


def node_measures(network: nx.DiGraph[str]) -> list[NodeMeasures]:
    """The measures of every node, most between first; ties by degree, then label.

    An empty network gives an empty list; a node without edges has degree 0 and betweenness 0.

    >>> star = nx.DiGraph([("hub", "a"), ("hub", "b"), ("c", "hub")])
    >>> node_measures(star)[0].node
    'hub'
    """
    return list(network_measures(network).nodes)


def network_measures(
    network: nx.DiGraph[str], name: str = "", by: str = "auto", tell: Tell = lambda _step: None
) -> NetworkMeasures:
    """Measure a network.

    Args:
        network: nodes with `label` and `class`; its attribute `undirected` says that directions mean nothing.
        name: of the network.
        by: the engine: auto, networkx or igraph.
        tell: is told what is being done.

    Raises:
        BadParameter: no such engine.
        MissingExtra: the engine is not installed.
    """
    arrays = Arrays.of(network)
    used = engine(by, arrays)
    if not arrays.nodes:
        return NetworkMeasures(name, arrays.directed, 0, used.name, (), (), ())
    if arrays.work > WORTH_IT:
        tell(f"{name}: {len(arrays.nodes):,} nodes, {len(arrays.edges):,} edges, by {used.name}")
    between, near = used.paths(arrays, lambda step: tell(f"{name}: {step}"))
    pagerank, central = used.pagerank(arrays, DAMPING), katz(arrays)
    constraint, core, cut = used.constraint(arrays.ties), used.core(arrays.ties), used.cut_points(arrays.ties)
    if arrays.work > WORTH_IT:
        tell(f"{name}: communities")
    groups = communities(network)
    community = {node: index for index, group in enumerate(groups) for node in group}
    degrees = arrays.ties.matrix.sum(axis=1)
    rows = [
        NodeMeasures(
            node=node,
            label=str(network.nodes[node].get("label", node)),
            kind=str(network.nodes[node].get("class", "")),
            degree=int(degrees[i]),
            betweenness=_rounded(between[i]),
            pagerank=_rounded(pagerank[i]),
            is_cut_point=i in cut,
            community=community[node],
            harmonic=_rounded(near[i]),
            katz=_rounded(central[i]),
            constraint=_rounded(constraint[i]) if degrees[i] else None,
            core=core[i],
        )
        for i, node in enumerate(arrays.nodes)
    ]
    return NetworkMeasures(
        name,
        arrays.directed,
        len(arrays.edges),
        used.name,
        tuple(sorted(rows, key=lambda m: (-m.betweenness, -m.degree, m.label))),
        tuple(sorted((arrays.nodes[a], arrays.nodes[b]) for a, b in used.bridges(arrays.ties))),
        tuple(map(tuple, groups)),
    )


def katz(network: Arrays) -> Floats:
    """Katz centrality of every node, of shape (n,) and Euclidean length 1; both engines use it, igraph has none.

    It is iterated until no entry changes by more than 1e-14 of the largest, which it does since a·λ < 1.

    >>> katz(Arrays(("a", "b"), ((0, 1),), True)).round(4).tolist()
    [0.5547, 0.8321]
    """
    import numpy as np

    into = network.matrix.T.tocsr()
    damping = 1.0 / (1.0 + float(into.sum(axis=1).max(initial=0.0)))
    found = np.ones(len(network.nodes))
    while True:
        after = 1.0 + damping * (into @ found)
        if np.abs(after - found).max() <= 1e-14 * after.max():
            return np.asarray(after / np.linalg.norm(after))
        found = after


def bridges(network: nx.DiGraph[str]) -> list[tuple[str, str]]:
    """The edges whose loss would leave a part of the network cut off, sorted.

    >>> bridges(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    [('c', 'd')]
    """
    ties = Arrays.of(network, directed=False)
    return sorted((ties.nodes[a], ties.nodes[b]) for a, b in engine("networkx").bridges(ties))


def shares_below(values: Sequence[float]) -> list[float]:
    """For each value the share of the others that are smaller, 0 to 1.

    >>> shares_below([0.0, 0.0, 5.0])
    [0.0, 0.0, 1.0]
    """
    ordered = sorted(values)
    others = max(1, len(values) - 1)
    return [bisect_left(ordered, value) / others for value in values]


def _rounded(value: float) -> float:
    return round(float(value), _DIGITS)
