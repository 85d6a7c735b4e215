"""How sure a ranking is, when a tenth of what the sources say had not been said."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.centrality import DAMPING, katz
from kg.analysis.weak_points.engines import Engine, Tell, engine, paced
from kg.errors import BadParameter

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

SEED = 0
LEFT_OUT = 0.1
LOW, HIGH = 5.0, 95.0
TOP = 10
_DIGITS = 12
_SILENT: Tell = lambda _step: None  # noqa: E731

MEASURES: dict[str, Callable[[Arrays, Engine], Floats]] = {
    "betweenness": lambda network, used: used.paths(network, _SILENT)[0],
    "harmonic": lambda network, used: used.paths(network, _SILENT)[1],
    "degree": lambda network, _used: network.ties.matrix.sum(axis=1),
    "pagerank": lambda network, used: used.pagerank(network, DAMPING),
    "katz": lambda network, _used: katz(network),
}
"""The measures by which nodes can be ranked."""


@dataclass(frozen=True)
class RankInterval:
    """Where a node stands in a ranking, and how sure that is.

    Args:
        node: its IRI.
        rank: its rank in the network, 1 for the highest; nodes that tie share the mean of their ranks.
        low: 5th percentile of its ranks over the samples.
        high: 95th percentile.
        top: share of the samples in which it is among the first `TOP`, 0 to 1.
    """

    node: str
    rank: float
    low: float
    high: float
    top: float


def rank_intervals(
    network: nx.DiGraph[str], samples: int, measure: str = "betweenness", by: str = "auto", tell: Tell = _SILENT
) -> list[RankInterval]:
    """Rank nodes again and again, each time without a tenth of the edges: a jackknife that leaves out d of m edges.

    Edges are drawn without replacement from a generator with a fixed seed, so the same network gives the same
    intervals (Efron 1982, doi:10.1137/1.9781611970319, on the jackknife). Some rankings withstand the loss of edges and
    some do not: Borgatti, Carley and Krackhardt 2006, doi:10.1016/j.socnet.2005.05.001.

    Args:
        network: the network.
        samples: how many times, 1 or more.
        measure: name of one of `MEASURES`.
        by: the engine.
        tell: is told how far it is.

    Returns: a rank for each node, highest first.

    Raises:
        BadParameter: no such measure or engine.
    """
    import numpy as np

    if measure not in MEASURES:
        raise BadParameter(f"by={measure}: nodes cannot be ranked by it. Take {', '.join(MEASURES)}")
    arrays = Arrays.of(network)
    if not arrays.nodes:
        return []
    used = engine(by, arrays)
    whole = _ranks(MEASURES[measure](arrays, used))
    kept = len(arrays.edges) - max(1, round(LEFT_OUT * len(arrays.edges))) if arrays.edges else 0
    draw = np.random.default_rng(SEED)
    found = np.empty((samples, len(arrays.nodes)))
    far = paced(tell, "samples")
    for sample in range(samples):
        chosen = sorted(draw.permutation(len(arrays.edges))[:kept].tolist())
        edges = tuple(arrays.edges[edge] for edge in chosen)
        found[sample] = _ranks(MEASURES[measure](Arrays(arrays.nodes, edges, arrays.directed), used))
        far((sample + 1) / samples)
    low, high = np.percentile(found, [LOW, HIGH], axis=0)
    top = (found <= TOP).mean(axis=0)
    rows = [
        RankInterval(node, float(whole[i]), float(low[i]), float(high[i]), float(top[i]))
        for i, node in enumerate(arrays.nodes)
    ]
    return sorted(rows, key=lambda row: (row.rank, row.low, row.node))


def _ranks(values: Floats) -> Floats:
    """Ranks from the highest value, 1, to the lowest; ties share the mean of theirs."""
    import numpy as np

    _values, where, counts = np.unique(-np.round(values, _DIGITS), return_inverse=True, return_counts=True)
    ranks = np.cumsum(counts) - (counts - 1) / 2
    return np.asarray(ranks[where])
