"""Exact betweenness and harmonic closeness: our arrays and igraph against networkx, in one run.

`python -m benchmarks.networks` takes a size that networkx can do; `python -m benchmarks.networks full` also runs 20,000
nodes and 100,000 edges, directed and undirected, by both engines, which takes a quarter of an hour and more.
"""

from __future__ import annotations

import sys

import networkx as nx

from benchmarks.timing import timed
from kg.analysis.weak_points.arrays import Arrays
from kg.analysis.weak_points.engines import engine


def random_network(nodes: int, edges: int, directed: bool) -> Arrays:
    """A random network with a fixed seed."""
    drawn = nx.gnm_random_graph(nodes, edges, seed=1, directed=True)
    named: nx.DiGraph[str] = nx.relabel_nodes(drawn, {node: f"n{node:06}" for node in drawn})
    arrays = Arrays.of(named, directed)
    assert arrays.matrix.shape == (nodes, nodes)
    return arrays


def seconds(name: str, network: Arrays) -> float:
    """How long an engine takes for all shortest paths of a network; on a terminal it says how far it is."""

    def tell(step: str) -> None:
        if sys.stderr.isatty():
            print(f"  {step}", file=sys.stderr)

    return timed(lambda: engine(name).paths(network, tell))


def against_networkx(nodes: int = 800, edges: int = 4000) -> None:
    """Both engines and networkx alone on the same networks."""
    for directed in (True, False):
        network = random_network(nodes, edges, directed)
        graph = network.graph
        peer = timed(lambda g=graph: (nx.betweenness_centrality(g), nx.harmonic_centrality(g)))  # type: ignore[misc]
        for name in ("networkx", "igraph"):
            ours = seconds(name, network)
            label = f"paths by {name}, {'directed' if directed else 'undirected'}"
            print(
                f"{label:<44} {ours:8.3f} s   {ours / peer:5.3f} times networkx alone  "
                f"({nodes:,} nodes, {edges:,} edges: {peer:.1f} s)"
            )


def full(nodes: int = 20_000, edges: int = 100_000) -> None:
    """The size up to which betweenness is exact by promise."""
    for directed in (True, False):
        network = random_network(nodes, edges, directed)
        for name in ("networkx", "igraph"):
            took = seconds(name, network)
            print(f"paths by {name}, {'directed' if directed else 'undirected'}, {nodes:,}/{edges:,}: {took:.0f} s")


if __name__ == "__main__":
    against_networkx()
    if "full" in sys.argv[1:]:
        full()
