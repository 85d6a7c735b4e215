"""Where things are placed and how they are measured: properties, and second programs for the numbers."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import networkx as nx
import numpy as np
import pytest
from scipy.sparse import csr_array
from scipy.spatial import cKDTree

from kg.api import Graph
from kg.errors import QueryFileError
from kg.query.catalogue import Catalogue
from kg.view.explorer import beside
from kg.view.explorer.communities import communities, modularity
from kg.view.explorer.network import Network, _measures, pagerank, read_network
from kg.view.explorer.placing import positions
from kg.view.explorer.quads import Quads


def ties(graph: nx.Graph[Any]) -> Any:
    return csr_array(nx.to_scipy_sparse_array(graph, nodelist=sorted(graph)), dtype=float)


@pytest.fixture(scope="module")
def papers(graph: Graph) -> Network:
    """The network of the papers."""
    quads = Quads.read(graph.embedded.dump().decode("utf-8").split("\n")[:-1])
    return read_network(graph.embedded, graph.queries, quads)


@pytest.fixture(scope="module")
def drawn(papers: Network) -> Any:
    """Its blocks, made in a process of their own."""
    with beside.process_beside(beside.WORTH_IT) as begin:
        return begin(papers)()


@pytest.mark.parametrize(
    ("before", "after", "told"),
    [
        ("WHERE {", "WHERE {{{", r"queries/drawing/drawn-relations\.rq: the query does not parse"),
        (
            "SELECT DISTINCT ?source",
            "SELECT DISTINCT",
            r"drawn-relations\.rq: it gives 'source', which cannot be drawn",
        ),
        ('"actual" AS ?status', '"real" AS ?status', r"drawn-relations\.rq: it gives .*real.*, which cannot be drawn"),
    ],
)
def test_question_of_ones_own_that_cannot_be_drawn_is_told(graph: Graph, before: str, after: str, told: str) -> None:
    query = graph.queries["drawn-relations"]
    assert before in query.text
    changed = replace(query, text=query.text.replace(before, after, 1))
    catalogue = Catalogue({**graph.queries, query.name: changed})
    with pytest.raises(QueryFileError, match=told):
        read_network(graph.embedded, catalogue, Quads.read(graph.embedded.dump().decode("utf-8").split("\n")[:-1]))


def test_network_that_falls_apart_is_packed_without_overlap() -> None:
    """Two communities that hang together, two pairs, a star and thirty alone: the large part is above all others."""
    main = nx.planted_partition_graph(2, 40, 0.4, 0.02, seed=3)
    graph = nx.disjoint_union_all([main, nx.path_graph(2), nx.path_graph(2), nx.star_graph(5), nx.empty_graph(30)])
    matrix = ties(graph)
    kinds = np.arange(len(graph)) % 3
    place = positions(matrix, kinds, communities(matrix))
    nearest = cKDTree(place).query(place, k=2)[0][:, 1]
    assert nearest.min() > 0.7
    connected = place[:80]
    assert connected[:, 1].max() < place[80:, 1].min()
    assert np.ptp(place, axis=0).max() < 1.5 * np.ptp(connected, axis=0).max()
    alone = place[-30:]
    # In rows, by kind.
    order = np.lexsort((alone[:, 0], alone[:, 1]))
    assert (np.diff(kinds[-30:][order]) >= 0).all()
    halves = connected[:40].mean(axis=0), connected[40:].mean(axis=0)
    own = [np.linalg.norm(connected[i] - halves[i // 40]) < np.linalg.norm(connected[i] - halves[1 - i // 40])
           for i in range(80)]  # fmt: skip
    assert np.mean(own) > 0.9


def test_same_network_is_placed_alike() -> None:
    matrix = ties(nx.karate_club_graph())
    kinds = np.zeros(34, dtype=np.int64)
    assert (positions(matrix, kinds, kinds) == positions(matrix, kinds, kinds)).all()


@pytest.mark.parametrize("nodes", [0, 1, 2, 13])
def test_few_nodes_are_placed(nodes: int) -> None:
    matrix = ties(nx.empty_graph(nodes)) if nodes else csr_array((0, 0))
    zeros = np.zeros(nodes, dtype=np.int64)
    place = positions(matrix, zeros, zeros)
    assert place.shape == (nodes, 2)
    assert len(np.unique(place, axis=0)) == nodes


def test_network_of_the_papers_fills_the_picture(drawn: Any) -> None:
    """Most of it hangs together and takes most of the picture, and nothing lies on anything else."""
    x, y = drawn["nodes"]["x"], drawn["nodes"]["y"]
    place = np.stack([x, y], axis=1).astype(float)
    assert min(x.min(), y.min()) >= 0
    assert max(x.max(), y.max()) == 65_535
    distance = cKDTree(place).query(place, k=2)[0][:, 1]
    assert distance.min() > 65_535 / np.sqrt(len(place)) * 0.2
    joined = drawn["nodes"]["degree"] > 2
    for axis in (0, 1):
        assert np.ptp(np.quantile(place[joined, axis], [0.02, 0.98])) > 0.5 * 65_535


def test_neighbours_in_the_picture_are_of_one_community(drawn: Any) -> None:
    """By chance about one in ten of the ten nearest would be."""
    nodes = drawn["nodes"]
    place = np.stack([nodes["x"], nodes["y"]], axis=1).astype(float)
    near = cKDTree(place).query(place, k=11)[1][:, 1:]
    same = nodes["community"][near] == nodes["community"][:, None]
    assert same[nodes["degree"] > 0].mean() > 0.55


def test_measures_are_those_of_networkx() -> None:
    graph = nx.karate_club_graph()
    for _, _, data in graph.edges(data=True):
        data.pop("weight", None)
    found = _measures(ties(graph))
    between, rank = nx.betweenness_centrality(graph), nx.pagerank(graph, tol=1e-9, max_iter=1_000)
    assert found["betweenness"] == pytest.approx([between[n] for n in range(34)])
    assert found["pagerank"] == pytest.approx([rank[n] for n in range(34)], abs=1e-6)
    assert found["degree"].tolist() == [graph.degree[n] for n in range(34)]


def test_pagerank_of_nodes_without_ties_is_that_of_networkx() -> None:
    graph = nx.disjoint_union(nx.star_graph(3), nx.empty_graph(2))
    rank = nx.pagerank(graph, tol=1e-9, max_iter=1_000)
    assert pagerank(ties(graph)) == pytest.approx([rank[n] for n in range(6)], abs=1e-6)


def test_communities_are_as_good_as_those_of_networkx(papers: Network) -> None:
    for matrix in (ties(nx.karate_club_graph()), papers.ties()):
        matrix.data[:] = 1.0
        graph = nx.from_scipy_sparse_array(matrix)
        theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
        ours = communities(matrix)
        groups = [set(np.flatnonzero(ours == number).tolist()) for number in range(ours.max() + 1)]
        assert nx.community.modularity(graph, groups) == pytest.approx(modularity(matrix, ours))
        assert modularity(matrix, ours) > theirs - 0.03


def test_process_beside_gives_what_this_one_gives(papers: Network, drawn: Any) -> None:
    here = papers.blocks()
    for part in ("nodes", "edges"):
        assert set(here[part]) == set(drawn[part])
        for name, values in here[part].items():
            assert (values == drawn[part][name]).all(), name
