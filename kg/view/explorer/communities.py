"""Communities of a network by Louvain's method, a whole round of moves at once, so that a large network takes seconds.

Blondel, Guillaume, Lambiotte and Lefebvre 2008 (doi:10.1088/1742-5468/2008/10/P10008) move one node after the other to
the community by which modularity rises most. Here all nodes choose at once and a half of those that would gain move,
drawn by a fixed seed, since neighbours that swap places gain nothing.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import coo_array, csr_array

Ints = npt.NDArray[np.int64]

_ROUNDS, _LEVELS, _LEAST = 25, 12, 1e-4


def communities(ties: Any) -> Ints:
    """The number of the community of each node, 0 for the largest; the same for the same network.

    Args:
        ties: weights of ties as a symmetric sparse matrix, shape (n, n).

    >>> ends = [(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)]
    >>> a, b = np.array(ends + [(b, a) for a, b in ends]).T
    >>> communities(csr_array((np.ones(len(a)), (a, b)), shape=(6, 6))).tolist()
    [0, 0, 0, 1, 1, 1]
    """
    n = ties.shape[0]
    random = np.random.default_rng(1)
    found = np.arange(n)
    level = csr_array(ties, dtype=np.float64)
    for _ in range(_LEVELS):
        moved = _numbered(_moved(level, random))
        if moved.max(initial=-1) + 1 == level.shape[0]:
            break
        found = moved[found]
        level = _together(level, moved)
    return _largest_first(found)


def modularity(ties: Any, groups: Ints) -> float:
    """Newman's modularity of a division, at resolution 1.

    >>> pair = csr_array(np.array([[0.0, 1], [1, 0]]))
    >>> modularity(pair, np.array([0, 0]))
    0.0
    """
    whole = ties.sum()
    if not whole:
        return 0.0
    between = _together(csr_array(ties), _numbered(groups))
    return float(between.diagonal().sum() / whole - ((between.sum(axis=1) / whole) ** 2).sum())


def _moved(ties: Any, random: np.random.Generator) -> Ints:
    """Where each node is after rounds of moves."""
    n = ties.shape[0]
    mine = np.arange(n)
    degree, whole = ties.sum(axis=1), max(float(ties.sum()), 1.0)
    own = ties.diagonal()
    everyone = np.arange(n)
    rows = np.repeat(everyone, np.diff(ties.indptr))
    best, best_score = mine.copy(), -np.inf
    for _ in range(_ROUNDS):
        weight = coo_array((ties.data, (rows, mine[ties.indices])), shape=(n, n)).tocsr()
        total = np.bincount(mine, degree, n)
        score = float((weight[everyone, mine]).sum() / whole - ((total / whole) ** 2).sum())
        if score <= best_score + _LEAST and best_score > -np.inf:
            if score > best_score:
                best = mine.copy()
            break
        best, best_score = mine.copy(), score
        row = np.repeat(everyone, np.diff(weight.indptr))
        here = weight.indices == mine[row]
        # What a node has to itself moves along with it.
        gain = weight.data - here * own[row] - degree[row] * (total[weight.indices] - here * degree[row]) / whole
        stay = np.bincount(row[here], gain[here], n) + np.where(
            np.bincount(row[here], minlength=n) > 0, 0.0, -degree * (total[mine] - degree) / whole
        )
        order = np.lexsort((weight.indices, -gain, row))
        first = order[np.r_[True, row[order][1:] != row[order][:-1]]] if len(order) else order
        better = first[gain[first] > stay[row[first]] + 1e-12]
        go = better[random.random(len(better)) < 0.5] if len(better) > 1 else better
        if not len(better):
            break
        mine = mine.copy()
        mine[row[go]] = weight.indices[go]
    return best


def _together(ties: Any, groups: Ints) -> Any:
    """The network of groups, its diagonal the ties within each."""
    size = int(groups.max(initial=-1)) + 1
    whole = ties.tocoo()
    return coo_array((whole.data, (groups[whole.row], groups[whole.col])), shape=(size, size)).tocsr()


def _numbered(groups: Ints) -> Ints:
    found: Ints = np.unique(groups, return_inverse=True)[1].astype(np.int64).ravel()
    return found


def _largest_first(groups: Ints) -> Ints:
    groups = _numbered(groups)
    counts = np.bincount(groups)
    order = np.argsort(-counts, kind="stable")
    place = np.empty(len(counts), dtype=np.int64)
    place[order] = np.arange(len(counts))
    return place[groups]
