"""The measures by igraph (extra `fast`)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.engines import Tell, normalised, paced

if TYPE_CHECKING:
    from kg.analysis.weak_points.engines import Floats

CHUNK_WORK = 200_000_000
"""Sources are taken together up to so many steps: a second or two, after which it is told how far it is."""


class IgraphEngine:
    """igraph."""

    name = "igraph"

    def paths(self, network: Arrays, tell: Tell) -> tuple[Floats, Floats]:
        """Betweenness and harmonic closeness, some sources after the others."""
        import numpy as np

        graph, size = _graph(network), len(network.nodes)
        between, near = np.zeros(size), np.zeros(size)
        chunk = max(1, min(size, CHUNK_WORK * size // max(1, network.work)))
        far = paced(tell, "shortest paths")
        both = 1 if network.directed else 2  # igraph counts a pair of an undirected network once
        for first in range(0, size, chunk):
            sources = list(range(first, min(size, first + chunk)))
            between += both * np.array(graph.betweenness(directed=network.directed, sources=sources))
            near[sources] = graph.harmonic_centrality(sources, mode="in", normalized=False)
            far((sources[-1] + 1) / size)
        return normalised(network, between, near)

    def pagerank(self, network: Arrays, damping: float) -> Floats:
        """By PRPACK, which solves it exactly."""
        import numpy as np

        return np.array(_graph(network).pagerank(directed=network.directed, damping=damping))

    def constraint(self, ties: Arrays) -> Floats:
        """Burt's constraint."""
        import numpy as np

        return np.array(_graph(ties).constraint())

    def core(self, ties: Arrays) -> list[int]:
        """Core numbers."""
        return [int(core) for core in _graph(ties).coreness()]

    def cut_points(self, ties: Arrays) -> set[int]:
        """Articulation points."""
        return set(_graph(ties).articulation_points())

    def bridges(self, ties: Arrays) -> set[tuple[int, int]]:
        """Bridges; igraph numbers them by edge."""
        return {ties.edges[edge] for edge in _graph(ties).bridges()}


def _graph(network: Arrays) -> Any:
    import igraph

    return igraph.Graph(n=len(network.nodes), edges=network.edges, directed=network.directed)


ENGINE = IgraphEngine()
