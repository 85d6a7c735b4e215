"""The measures by networkx; those over all shortest paths, for which it takes hours, by numpy (`paths.py`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.engines import Tell, normalised, paced
from kg.analysis.weak_points.paths import path_sums

if TYPE_CHECKING:
    from kg.analysis.weak_points.engines import Floats


class NetworkxEngine:
    """networkx, and numpy."""

    name = "networkx"

    def paths(self, network: Arrays, tell: Tell) -> tuple[Floats, Floats]:
        """Betweenness and harmonic closeness by `path_sums`."""
        return normalised(network, *path_sums(network, paced(tell, "shortest paths")))

    def pagerank(self, network: Arrays, damping: float) -> Floats:
        """Power iteration until all ranks together change by less than 1e-13."""
        import numpy as np

        size = len(network.nodes)
        ranks = nx.pagerank(network.graph, alpha=damping, tol=1e-13 / size, max_iter=10_000)
        return np.array([ranks[node] for node in range(size)])

    def constraint(self, ties: Arrays) -> Floats:
        """Burt's constraint as a product of sparse matrices, which networkx sums pair by pair in Python."""
        import numpy as np
        from scipy.sparse import diags_array

        degrees = np.asarray(ties.matrix.sum(axis=1)).ravel()
        shares = diags_array(1.0 / np.maximum(degrees, 1.0)) @ ties.matrix
        invested = shares + (shares @ shares).multiply(ties.matrix)
        found = np.asarray(invested.multiply(invested).sum(axis=1)).ravel()
        return np.where(degrees > 0, found, np.nan)

    def core(self, ties: Arrays) -> list[int]:
        """By networkx."""
        cores = nx.core_number(ties.graph)
        return [int(cores[node]) for node in range(len(ties.nodes))]

    def cut_points(self, ties: Arrays) -> set[int]:
        """By networkx."""
        return set(nx.articulation_points(ties.graph))

    def bridges(self, ties: Arrays) -> set[tuple[int, int]]:
        """By networkx."""
        return {(min(edge), max(edge)) for edge in nx.bridges(ties.graph)}


ENGINE = NetworkxEngine()
