"""Networks as `queries/networks/*.rq` define them, as networkx graphs."""

from __future__ import annotations

from dataclasses import dataclass

import networkx as nx

from kg.query.catalogue import Query
from kg.store.answers import Store


def read_network(store: Store, query: Query) -> nx.DiGraph[str]:
    """The directed network that a query gives.

    Args:
        store: the graph.
        query: gives source, source_label, source_class, target, target_label, target_class, relation.

    Returns: nodes are IRIs with `label` and `class`, edges have `relation`; several relations between the same two
        nodes are joined by commas.
    """
    network: nx.DiGraph[str] = nx.DiGraph(name=query.name)
    for row in store.select(query.text):
        source, target = str(row["source"]), str(row["target"])
        network.add_node(source, **{"label": str(row["source_label"]), "class": str(row["source_class"])})
        network.add_node(target, **{"label": str(row["target_label"]), "class": str(row["target_class"])})
        relations = {str(row["relation"])}
        if network.has_edge(source, target):
            relations |= set(network[source][target]["relation"].split(", "))
        network.add_edge(source, target, relation=", ".join(sorted(relations)))
    return network


@dataclass(frozen=True)
class NodeMeasures:
    """How central a node of a network is; see `kg.analysis.centrality`."""

    node: str
    label: str
    kind: str
    degree: int
    betweenness: float
    pagerank: float
    is_cut_point: bool
    community: int
