"""Where the nodes of a network stand in the picture: its largest part fills it, the small ones are in rows below.

`kg.view.explorer.layout` places a connected part by forces. Here the parts are found, the far ends of a large one are
drawn in, nodes that lie on one another are pushed apart, and parts of a few nodes become rings in rows, by their kind.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse.csgraph import breadth_first_order, connected_components
from scipy.spatial import cKDTree

from kg.view.explorer.layout import Floats, Ints, force_layout

LEAST_DISTANCE = 0.35
"""No two nodes are nearer than this share of the mean distance of neighbours in a square of as many nodes."""

_BY_FORCES = 12
_SPREAD = 0.35
_PUSHES = 60
_GAP = 2.5


def positions(ties: Any, kinds: Ints, groups: Ints) -> Floats:
    """Positions of the nodes of a network; the same for the same arguments on the same machine.

    Args:
        ties: the network without directions, as a symmetric sparse matrix of shape (n, n).
        kinds: shape (n,), numbers of kinds, by which the small parts are ordered.
        groups: shape (n,), numbers of communities from 0, whose nodes start near one another.

    Returns: shape (n, 2), in units of the least distance; x to the right, y downwards.
    """
    n = ties.shape[0]
    if n == 0:
        return np.zeros((0, 2))
    count, part = connected_components(ties, directed=False)
    sizes = np.bincount(part, minlength=count)
    order = np.argsort(part, kind="stable")
    members = np.split(order, np.cumsum(sizes)[:-1])
    place = np.zeros((n, 2))
    large = [number for number in range(count) if sizes[number] >= _BY_FORCES]
    large.sort(key=lambda number: (-sizes[number], number))
    for number in large:
        place[members[number]] = _by_forces(ties, members[number], groups)
    small = [number for number in range(count) if sizes[number] < _BY_FORCES]
    for number in small:
        place[members[number]] = _ring(ties, members[number])
    small.sort(key=lambda number: (-sizes[number], int(kinds[members[number]].min()), number))
    _packed(place, [members[number] for number in large], [members[number] for number in small])
    return place


def _by_forces(ties: Any, nodes: Ints, groups: Ints) -> Floats:
    """A connected part, of mean least distance 1 between neighbours in the crowd."""
    local = ties[nodes][:, nodes].tocoo()
    upper = local.row < local.col
    _, mine = np.unique(groups[nodes], return_inverse=True)
    place = force_layout(
        len(nodes), local.row[upper].astype(np.int64), local.col[upper].astype(np.int64), mine.astype(np.int64)
    )
    place = _drawn_in(place)
    # A square of as many nodes in rows and columns has a distance of 1 / LEAST_DISTANCE between neighbours.
    place *= np.sqrt(len(nodes)) / LEAST_DISTANCE / max(float(np.ptp(place, axis=0).max()), 1e-9)
    return _apart(place)


def _drawn_in(place: Floats) -> Floats:
    """Nodes keep their direction from the middle, and move towards where they would fill a disc evenly."""
    middle = np.median(place, axis=0)
    away = place - middle
    length = np.hypot(*away.T)
    rank = np.empty(len(place))
    rank[np.argsort(length, kind="stable")] = np.arange(len(place))
    even = np.sqrt((rank + 0.5) / len(place))
    usual = max(float(np.quantile(length, 0.9)), 1e-9)
    wanted = _SPREAD * length / usual + (1 - _SPREAD) * even
    drawn: Floats = away * (wanted / np.maximum(length, 1e-9))[:, None]
    return drawn


def _apart(place: Floats) -> Floats:
    """Push apart nodes that are nearer than 1 to one another."""
    place = place.copy()
    for _ in range(_PUSHES):
        pairs = cKDTree(place).query_pairs(1.0, output_type="ndarray")
        if not len(pairs):
            break
        a, b = pairs.T
        away = place[b] - place[a]
        length = np.hypot(*away.T)
        same = length < 1e-9
        # Two in one spot part in a direction of their own, by their numbers.
        away[same] = np.stack([np.cos(a[same] * 2.4), np.sin(a[same] * 2.4)], axis=1)
        length[same] = 1.0
        push = away * ((1.05 - np.where(same, 0.0, length)) / 2 / length)[:, None]
        crowd = np.maximum(np.bincount(np.r_[a, b], minlength=len(place)), 1)[:, None] ** 0.5
        for axis in (0, 1):
            moved = np.bincount(b, push[:, axis], len(place)) - np.bincount(a, push[:, axis], len(place))
            place[:, axis] += moved / crowd[:, 0]
    return place


def _ring(ties: Any, nodes: Ints) -> Floats:
    """A few nodes: the one with most ties in the middle, the others around it as they are reached from there."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    local = ties[nodes][:, nodes].tocsr()
    first = int(np.argmax(np.diff(local.indptr)))
    order = breadth_first_order(local, first, directed=False, return_predecessors=False)
    place = np.zeros((len(nodes), 2))
    if len(nodes) == 2:
        place[order[1]] = (2.0, 0.0)
        return place
    others = order[1:]
    radius = max(2.0, 1.6 * len(others) / (2 * np.pi))
    angle = 2 * np.pi * np.arange(len(others)) / len(others) - np.pi / 2
    place[others] = radius * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    return place


def _packed(place: Floats, large: list[Ints], small: list[Ints]) -> None:
    """Move the parts: large ones side by side, small ones in rows below them, as wide as what is above."""
    area = sum(_size(place[nodes]).prod() for nodes in (*large, *small))
    width = max((_size(place[nodes])[0] for nodes in large), default=0.0) or float(np.sqrt(2.2 * area))
    right = top = height = 0.0
    for number, nodes in enumerate((*large, *small)):
        size = _size(place[nodes])
        if number and (right + size[0] > width + 1e-6 or number == len(large)):
            right, top, height = 0.0, top + height, 0.0
        place[nodes] += np.array([right, top]) - place[nodes].min(axis=0)
        right += size[0]
        height = max(height, size[1])


def _size(place: Floats) -> npt.NDArray[np.float64]:
    """Width and height of a part with the room around it."""
    span: Floats = np.ptp(place, axis=0) + _GAP
    return span
