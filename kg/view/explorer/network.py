"""The network that the page draws: its nodes with where they stand and how central they are, and its edges."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import networkx as nx
import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kg.analysis.facts import Facts
from kg.view.explorer.layout import force_layout
from kg.view.explorer.quads import Quads

Ints = npt.NDArray[np.int64]

STATES = ("actual", "proposed", "missing")
BELONGS = ("", "place", "chain")
_GRID = 65_535
_MOST_FOR_BETWEENNESS = 3_000


@dataclass(frozen=True)
class Network:
    """Nodes and edges by number.

    Args:
        nodes: columns of shape (n,): `term`, the number of its IRI among the terms; `kind` and `class`, those of its
            classes; `status`, a place in `STATES`.
        edges: columns of shape (m,): `source` and `target`, numbers of nodes; `property`, a term; `status`; `via`, the
            term of the statement between the two, plus one, or 0; `belongs`, a place in `BELONGS`.
    """

    nodes: Mapping[str, Ints]
    edges: Mapping[str, Ints]

    def __len__(self) -> int:
        return len(self.nodes["term"])

    def blocks(self) -> dict[str, Mapping[str, npt.NDArray[Any]]]:
        """The columns that the page holds: `nodes`, with positions and centralities, and `edges`."""
        return {"nodes": {**self.nodes, **_positions(self), **_measures(self)}, "edges": self.edges}


def read_network(facts: Facts, quads: Quads) -> Network:
    """Read what the questions `drawn-things` and `drawn-relations` give."""
    number = quads.number
    things = facts.ask("drawn-things")
    nodes = {
        "term": [number(str(row["thing"])) for row in things],
        "kind": [number(str(row["kind"])) for row in things],
        "class": [number(str(row["class"])) for row in things],
        "status": [STATES.index(str(row["status"])) for row in things],
    }
    place = {row["thing"]: i for i, row in enumerate(things)}
    relations = [r for r in facts.ask("drawn-relations") if r["source"] in place and r["target"] in place]
    edges = {
        "source": [place[row["source"]] for row in relations],
        "target": [place[row["target"]] for row in relations],
        "property": [number(str(row["property"])) for row in relations],
        "status": [STATES.index(str(row["status"])) for row in relations],
        "via": [number(str(row["via"])) + 1 if row["via"] else 0 for row in relations],
        "belongs": [BELONGS.index(str(row["belongs"] or "")) for row in relations],
    }
    return Network(_columns(nodes), _columns(edges))


def _columns(lists: Mapping[str, list[int]]) -> dict[str, Ints]:
    return {name: np.array(values, dtype=np.int64) for name, values in lists.items()}


def _positions(network: Network) -> dict[str, Ints]:
    """Positions on a square grid of 65,536 steps a side, the longer side of the picture filling it."""
    _, groups = np.unique(network.nodes["kind"], return_inverse=True)
    place = force_layout(len(network), network.edges["source"], network.edges["target"], groups.astype(np.int64))
    if not len(place):
        return {"x": np.zeros(0, np.int64), "y": np.zeros(0, np.int64)}
    low, high = place.min(axis=0), place.max(axis=0)
    scaled = (place - (low + high) / 2) / max(float((high - low).max()), 1e-9) + 0.5
    x, y = np.rint(np.clip(scaled, 0, 1) * _GRID).astype(np.int64).T
    return {"x": x, "y": y}


def _measures(network: Network) -> dict[str, npt.NDArray[Any]]:
    """Degree, PageRank, betweenness where the network is small enough, and community, as `kg.analysis` has them."""
    n = len(network)
    source, target = network.edges["source"], network.edges["target"]
    both = csr_array((np.ones(2 * len(source)), (np.r_[source, target], np.r_[target, source])), shape=(n, n))
    both.data[:] = 1.0
    graph = nx.from_scipy_sparse_array(both)
    found: dict[str, npt.NDArray[Any]] = {"degree": np.diff(both.indptr).astype(np.int64)}
    if n:
        rank = nx.pagerank(graph)
        found["pagerank"] = np.array([rank[i] for i in range(n)])
        parts = sorted(nx.community.louvain_communities(graph, seed=1), key=lambda part: (-len(part), min(part)))
        community = np.zeros(n, dtype=np.int64)
        for order, part in enumerate(parts):
            community[list(part)] = order
        found["community"] = community
    if 0 < n <= _MOST_FOR_BETWEENNESS:
        between = nx.betweenness_centrality(graph, k=min(n, 300), seed=1)
        found["betweenness"] = np.array([between[i] for i in range(n)])
    return found
