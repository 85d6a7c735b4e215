"""Exact betweenness and harmonic closeness on arrays: many sources at once, level by level.

Brandes (2001, doi:10.1080/0022250X.2001.9990249) goes from one source after the other, and so does this; a step of
numpy takes a whole level of a batch of sources, so that no Python is run for an edge. Work n·m, memory for a batch.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from kg.analysis.weak_points.arrays import Arrays

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Integers = NDArray[np.int64]

Tell = Callable[[float], None]
"""Is told the share of the work done, 0 to 1."""

BATCH = 600_000


def path_sums(network: Arrays, tell: Tell = lambda _done: None) -> tuple[Floats, Floats]:
    """Sums over the shortest paths of a network, which the measures divide by the number of pairs.

    Args:
        network: n nodes.
        tell: is told how far it is, batch by batch.

    Returns: for every node the dependency of all ordered pairs of others on it, and the sum of 1/d over the nodes from
        which it is reached in d steps; both of shape (n,). A path counts in both directions where the network is
        undirected.
    """
    import numpy as np

    size = len(network.nodes)
    between, near = np.zeros(size), np.zeros(size)
    batch = max(1, min(size, BATCH // max(1, size + len(network.neighbours[1]))))
    for first in range(0, size, batch):
        last = min(size, first + batch)
        of_batch = _batch(network, np.arange(first, last))
        between += of_batch[0]
        near += of_batch[1]
        tell(last / size)
    return between, near


def _batch(network: Arrays, sources: Integers) -> tuple[Floats, Floats]:
    """The sums for some sources. Node v of the search from the i-th source has number i·n + v."""
    import numpy as np

    size, count = len(network.nodes), len(sources)
    starts, targets = network.neighbours
    seen = np.zeros(count * size, dtype=bool)
    paths, near = np.zeros(count * size), np.zeros(size)
    mark = np.empty(count * size, dtype=np.int64)
    roots = np.arange(count) * size + sources
    seen[roots], paths[roots] = True, 1.0
    levels: list[tuple[Integers, Integers]] = []
    frontier = roots
    while len(frontier):
        nodes = frontier % size
        degrees = starts[nodes + 1] - starts[nodes]
        ends = np.cumsum(degrees)
        begin = np.repeat(starts[nodes] - (ends - degrees), degrees)
        reached = np.repeat(frontier - nodes, degrees) + targets[begin + np.arange(len(begin))]
        fresh = ~seen[reached]
        reached, leaving = reached[fresh], np.repeat(frontier, degrees)[fresh]
        if not len(reached):
            break
        seen[reached] = True
        np.add.at(paths, reached, paths[leaving])
        levels.append((leaving, reached))
        numbers = np.arange(len(reached))
        mark[reached] = numbers
        frontier = reached[mark[reached] == numbers]
        near += np.bincount(frontier % size, minlength=size) / len(levels)
    dependency = np.zeros(count * size)
    for leaving, reached in reversed(levels):
        np.add.at(dependency, leaving, paths[leaving] / paths[reached] * (1.0 + dependency[reached]))
    dependency[roots] = 0.0
    return dependency.reshape(count, size).sum(axis=0), near
