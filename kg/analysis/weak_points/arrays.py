"""A network as arrays: what the heavy measures and the engines start from."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import networkx as nx

from kg.analysis.networks import is_directed

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Arrays:
    """A simple network: loops are left out, edges between the same two in the same direction are one.

    Args:
        nodes: the nodes in order of their names, n of them; they are numbered from 0 in that order.
        edges: pairs of numbers in order, m of them; of an undirected network the smaller number first.
        directed: whether an edge leads from its first node to its second only.
    """

    nodes: tuple[str, ...]
    edges: tuple[tuple[int, int], ...]
    directed: bool

    @classmethod
    def of(cls, network: nx.DiGraph[str], directed: bool | None = None) -> Arrays:
        """The arrays of a network; directed as it says itself, where nothing else is given."""
        nodes = tuple(sorted(network))
        number = {node: index for index, node in enumerate(nodes)}
        ways = is_directed(network) if directed is None else directed
        pairs = {(number[a], number[b]) for a, b in network.edges if a != b}
        if not ways:
            pairs = {(min(pair), max(pair)) for pair in pairs}
        return cls(nodes, tuple(sorted(pairs)), ways)

    @property
    def work(self) -> int:
        """About how many steps all shortest paths take: n times the edges, each counted in the ways it can be gone."""
        return len(self.nodes) * (len(self.edges) * (1 if self.directed else 2) + len(self.nodes))

    @cached_property
    def ties(self) -> Arrays:
        """The undirected network."""
        pairs = {(min(edge), max(edge)) for edge in self.edges}
        return Arrays(self.nodes, tuple(sorted(pairs)), False) if self.directed else self

    @cached_property
    def graph(self) -> Any:
        """The same for networkx, nodes being numbers: a DiGraph, or a Graph where it is undirected."""
        graph: Any = nx.DiGraph() if self.directed else nx.Graph()
        graph.add_nodes_from(range(len(self.nodes)))
        graph.add_edges_from(self.edges)
        return graph

    @cached_property
    def matrix(self) -> Any:
        """Adjacency as a sparse matrix of shape (n, n) in CSR form, 1.0 where an edge leads from row to column."""
        import numpy as np
        from scipy.sparse import csr_array

        ends = np.array(self.edges, dtype=np.int64).reshape(-1, 2)
        if not self.directed:
            ends = np.concatenate([ends, ends[:, ::-1]])
        size = len(self.nodes)
        return csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(size, size))

    @cached_property
    def neighbours(self) -> tuple[Integers, Integers]:
        """Where an edge leads: the nodes reached from node i are `targets[starts[i]:starts[i + 1]]`."""
        import numpy as np

        return self.matrix.indptr.astype(np.int64), self.matrix.indices.astype(np.int64)
