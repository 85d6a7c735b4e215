"""The network that the page draws: its nodes with where they stand and how central they are, and its edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.paths import path_sums
from kg.errors import BadQuery, QueryFileError, short
from kg.query.catalogue import Catalogue, Query
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer.communities import communities
from kg.view.explorer.placing import positions
from kg.view.explorer.quads import Quads

Ints = npt.NDArray[np.int64]

STATES = ("actual", "proposed", "missing")
BELONGS = ("", "place", "chain")
_GRID = 65_535
_MOST_WORK = 60_000_000
"""Betweenness is left out where all shortest paths take more steps than this: some three seconds."""

_DAMPING, _TURNS = 0.85, 100


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
        ties = self.ties()
        found = communities(ties)
        nodes = {**self.nodes, **_positions(self, ties, found), **_measures(ties), "community": found}
        return {"nodes": nodes, "edges": self.edges}

    def ties(self) -> Any:
        """Which nodes are joined, whatever the direction: a symmetric matrix of ones, shape (n, n), without loops."""
        source, target = self.edges["source"], self.edges["target"]
        apart = source != target
        ends = np.r_[source[apart], target[apart]], np.r_[target[apart], source[apart]]
        ties = csr_array((np.ones(len(ends[0])), ends), shape=(len(self), len(self)))
        ties.sum_duplicates()
        ties.data[:] = 1.0
        return ties


def read_network(store: OxigraphStore, catalogue: Catalogue, quads: Quads) -> Network:
    """Read what the questions `drawn-things` and `drawn-relations` give.

    Raises:
        QueryFileError: one of them does not parse, or gives other columns or other words than they say.
    """
    with _reading(catalogue["drawn-things"]) as query:
        things = store.terms(query.bound({}))
        nodes = {name: [quads.numbers[row[name]] for row in things] for name in ("kind", "class")}
        nodes["term"] = [quads.numbers[row["thing"]] for row in things]
        nodes["status"] = [_word(STATES, row["status"]) for row in things]
        place = {row["thing"]: i for i, row in enumerate(things)}
    with _reading(catalogue["drawn-relations"]) as query:
        rows = store.terms(query.bound({}))
        relations = [row for row in rows if row["source"] in place and row["target"] in place]
        edges = {name: [place[row[name]] for row in relations] for name in ("source", "target")}
        edges["property"] = [quads.numbers[row["property"]] for row in relations]
        edges["status"] = [_word(STATES, row["status"]) for row in relations]
        edges["via"] = [quads.numbers[row["via"]] + 1 if row["via"] else 0 for row in relations]
        edges["belongs"] = [_word(BELONGS, row["belongs"]) for row in relations]
    return Network(_columns(nodes), _columns(edges))


@contextmanager
def _reading(query: Query) -> Iterator[Query]:
    """Tells which file of questions it is that cannot be drawn."""
    name = f"queries/{query.group}/{query.path.name}"
    try:
        yield query
    except BadQuery as error:
        raise QueryFileError(f"{name}: {error}") from None
    except KeyError as error:
        told = f"{name}: it gives {short(str(error))}, which cannot be drawn. Keep to the bundled file"
        raise QueryFileError(told) from None


def _word(words: tuple[str, ...], literal: str) -> int:
    """The number of a word that is given as a literal, or as nothing where it is unbound."""
    return {word: number for number, word in enumerate(words)}[literal[1:-1]]


def _columns(lists: Mapping[str, list[int]]) -> dict[str, Ints]:
    return {name: np.array(values, dtype=np.int64) for name, values in lists.items()}


def _positions(network: Network, ties: Any, groups: Ints) -> dict[str, Ints]:
    """Positions on a square grid of 65,536 steps a side, the longer side of the picture filling it."""
    _, kinds = np.unique(network.nodes["kind"], return_inverse=True)
    place = positions(ties, kinds.astype(np.int64), groups)
    if not len(place):
        return {"x": np.zeros(0, np.int64), "y": np.zeros(0, np.int64)}
    low, high = place.min(axis=0), place.max(axis=0)
    scaled = (place - (low + high) / 2) / max(float((high - low).max()), 1e-9) + 0.5
    x, y = np.rint(np.clip(scaled, 0, 1) * _GRID).astype(np.int64).T
    return {"x": x, "y": y}


def _measures(ties: Any) -> dict[str, npt.NDArray[Any]]:
    """Degree, PageRank, and betweenness where the network is small enough."""
    n = ties.shape[0]
    found: dict[str, npt.NDArray[Any]] = {"degree": np.diff(ties.indptr).astype(np.int64), "pagerank": pagerank(ties)}
    if 0 < n * (ties.nnz + n) <= _MOST_WORK:
        rows = np.repeat(np.arange(n), np.diff(ties.indptr))
        once = rows < ties.indices
        edges = tuple(zip(rows[once].tolist(), ties.indices[once].tolist(), strict=True))
        between, _near = path_sums(Arrays(tuple(map(str, range(n))), edges, directed=False))
        found["betweenness"] = between / max(1, (n - 1) * (n - 2))
    return found


def pagerank(ties: Any) -> npt.NDArray[np.float64]:
    """PageRank of an undirected network, of sum 1; a node without ties leads to all alike.

    >>> pagerank(csr_array(np.array([[0.0, 1, 1], [1, 0, 0], [1, 0, 0]]))).round(3).tolist()
    [0.486, 0.257, 0.257]
    """
    n = ties.shape[0]
    degree = ties.sum(axis=1)
    rank = np.full(n, 1.0 / max(n, 1))
    for _ in range(_TURNS if n else 0):
        given = np.where(degree > 0, rank / np.maximum(degree, 1.0), 0.0)
        after = _DAMPING * (ties.T @ given + rank[degree == 0].sum() / n) + (1 - _DAMPING) / n
        still = np.abs(after - rank).sum() < 1e-9
        rank = after
        if still:
            break
    return rank
