"""How central the nodes of a network are, and what holds it together.

Degree, articulation points, bridges and communities are those of the undirected network; betweenness and PageRank
follow the direction of the edges. Betweenness is normalised by (n-1)(n-2) (Brandes 2001,
doi:10.1080/0022250X.2001.9990249), PageRank has damping 0.85 (Page and others 1999).
"""

from __future__ import annotations

import networkx as nx

from kg.analysis.networks import NodeMeasures

SEED = 0


def node_measures(network: nx.DiGraph[str]) -> list[NodeMeasures]:
    """The measures of every node, most between first; ties by degree, then label.

    An empty network gives an empty list; a node without edges has degree 0 and betweenness 0.

    >>> star = nx.DiGraph([("hub", "a"), ("hub", "b"), ("c", "hub")])
    >>> node_measures(star)[0].node
    'hub'
    """
    if not len(network):
        return []
    plain = nx.Graph(network)
    plain.remove_edges_from(nx.selfloop_edges(plain))
    betweenness = nx.betweenness_centrality(network, normalized=True)
    pagerank = nx.pagerank(network, alpha=0.85)
    cut_points = set(nx.articulation_points(plain))
    community = {node: index for index, group in enumerate(communities(network)) for node in group}
    rows = [
        NodeMeasures(
            node=node,
            label=str(data.get("label", node)),
            kind=str(data.get("class", "")),
            degree=int(plain.degree[node]),
            betweenness=float(betweenness[node]),
            pagerank=float(pagerank[node]),
            is_cut_point=node in cut_points,
            community=community[node],
        )
        for node, data in network.nodes(data=True)
    ]
    return sorted(rows, key=lambda m: (-m.betweenness, -m.degree, m.label))


def communities(network: nx.DiGraph[str]) -> list[list[str]]:
    """Groups of nodes more tied to one another than to others, largest first: Louvain with a fixed seed.

    Blondel and others 2008, doi:10.1088/1742-5468/2008/10/P10008. Nodes are put in order first, so that the same
    network gives the same groups.
    """
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted((min(edge), max(edge)) for edge in network.edges if edge[0] != edge[1]))
    groups = nx.community.louvain_communities(plain, seed=SEED)
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def bridges(network: nx.DiGraph[str]) -> list[tuple[str, str]]:
    """The edges whose loss would leave a part of the network cut off, sorted.

    >>> bridges(nx.DiGraph([("a", "b"), ("b", "c"), ("c", "a"), ("c", "d")]))
    [('c', 'd')]
    """
    plain = nx.Graph(network)
    plain.remove_edges_from(nx.selfloop_edges(plain))
    return sorted((min(edge), max(edge)) for edge in nx.bridges(plain))
