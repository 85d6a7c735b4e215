"""Networks as `queries/networks/*.rq` define them, as networkx graphs."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.query.catalogue import Query
from kg.store.answers import Store

UNDIRECTED = "undirected"


def read_network(store: Store, query: Query) -> nx.DiGraph[str]:
    """The directed network that a query gives.

    Args:
        store: the graph.
        query: gives source, source_label, source_class, target, target_label, target_class, relation.

    Returns: nodes are IRIs with `label` and `class`, edges have `relation`; several relations between the same two
        nodes are joined by commas. Its attribute `undirected` says that the direction of an edge means nothing: the
        query has that tag.
    """
    network: nx.DiGraph[str] = nx.DiGraph(name=query.name)
    network.graph[UNDIRECTED] = UNDIRECTED in query.header.tags
    for row in store.select(query.text):
        source, target = str(row["source"]), str(row["target"])
        network.add_node(source, **{"label": str(row["source_label"]), "class": str(row["source_class"])})
        network.add_node(target, **{"label": str(row["target_label"]), "class": str(row["target_class"])})
        relations = {str(row["relation"])}
        if network.has_edge(source, target):
            relations |= set(network[source][target]["relation"].split(", "))
        network.add_edge(source, target, relation=", ".join(sorted(relations)))
    return network


def is_directed(network: nx.DiGraph[str]) -> bool:
    """Whether the edges of a network have a direction that its measures follow; its query says so."""
    return not network.graph.get(UNDIRECTED, False)


@dataclass(frozen=True)
class NodeMeasures:
    """How central a node of a network is; `kg.analysis.weak_points.centrality` has the conventions.

    Args:
        node: its IRI.
        label: its name.
        kind: its class.
        degree: number of other nodes that it is tied to.
        betweenness: share of the pairs of others whose shortest paths lead over it, 0 to 1.
        pagerank: share of a random walk's time, 0 to 1; of sum 1 over the network.
        is_cut_point: whether its loss cuts others off.
        community: number of its community, 0 for the largest.
        harmonic: mean over the others of 1/d, where it is reached from them in d steps, 0 to 1.
        katz: Katz centrality, of Euclidean length 1 over the network.
        constraint: Burt's constraint, above 0; none without a tie.
        core: the largest k such that it is tied to k nodes of core number k or more.
    """

    node: str
    label: str
    kind: str
    degree: int
    betweenness: float
    pagerank: float
    is_cut_point: bool
    community: int
    harmonic: float = 0.0
    katz: float = 0.0
    constraint: float | None = None
    core: int = 0
