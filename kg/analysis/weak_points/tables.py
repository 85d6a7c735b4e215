"""The tables and notes of weak points."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.facts import Facts
from kg.analysis.networks import NodeMeasures
from kg.analysis.result import Scope, Table
from kg.analysis.weak_points.communities import LEAST_GROUPS, LEAST_THINGS
from kg.analysis.weak_points.findings import provider_finding
from kg.analysis.weak_points.resilience import bridge_sides, cut_off_by
from kg.analysis.weak_points.uncertainty import TOP
from kg.store.answers import IRI, Value

if TYPE_CHECKING:
    from kg.analysis.weak_points.analysis import WeakPoints

Reach = frozenset[str] | None
Row = tuple[Value | None, ...]

NETWORK = {"network": "name of the network"}
NODE = {**NETWORK, "node": "the node", "node_label": "its name", "kind": "its class"}
_ORDERS: dict[str, Callable[[NodeMeasures], float]] = {
    "betweenness": lambda m: m.betweenness,
    "harmonic": lambda m: m.harmonic,
    "degree": lambda m: m.degree,
    "pagerank": lambda m: m.pagerank,
    "katz": lambda m: m.katz,
}


def of_networks(facts: Facts, detail: WeakPoints, reach: Reach, by: str) -> tuple[Table, ...]:
    """The tables of networks as they are."""
    found = [
        _nodes(detail, reach, by),
        _summaries(facts, detail),
        _providers(facts, detail, reach),
        _cut_points(facts, detail, reach),
        _bridges(facts, detail, reach),
        _communities(facts, detail, reach),
        _comparisons(detail),
        _elsewhere(facts, detail, reach),
    ]
    if detail.rankings:
        found.append(_ranking(detail, reach, by))
    return tuple(found)


def notes_of_networks(facts: Facts, detail: WeakPoints, scope: Scope) -> tuple[str, ...]:
    """What a reader of the tables must know."""
    notes = [f"the network {name} is empty" for name, measures in detail.networks.items() if not measures.nodes]
    if scope.parameters:
        asked = ", ".join(facts.label(value) for _name, value in scope.parameters)
        notes.append(f"measures are those of the whole networks; shown are the nodes in reach of {asked}")
    for (name, drawn), found in detail.comparisons.items():
        words = f"the communities of {name}, agglomerations {'in it' if drawn else 'left out'}"
        if found.rand is None:
            notes.append(
                f"{words}, are not compared with what is drawn: that takes {LEAST_THINGS} places and {LEAST_GROUPS} "
                f"agglomerations of two and more, and there are {len(found.things)} places in {len(found.groups)}"
            )
        if found.split:
            split = ", ".join(map(facts.label, found.split))
            notes.append(f"{words}: {split} is split evenly, so no place of it is said to fall elsewhere")
    return tuple(notes)


def _nodes(detail: WeakPoints, reach: Reach, by: str) -> Table:
    rows: list[Row] = []
    for name, measures in detail.networks.items():
        ordered = sorted(measures.nodes, key=lambda m: -_ORDERS[by](m)) if by != "betweenness" else measures.nodes
        rows += [
            (
                name,
                IRI(m.node),
                m.label,
                m.kind,
                m.degree,
                short(m.betweenness),
                short(m.harmonic),
                short(m.pagerank),
                short(m.katz),
                short(m.constraint),
                m.core,
                yes(m.is_cut_point),
                m.community + 1,
            )
            for m in [m for m in ordered if reach is None or m.node in reach]
        ]
    columns = {
        **NODE,
        "degree": "number of other nodes that it is tied to",
        "betweenness": "share of the pairs of others whose shortest ways lead over it, 0 to 1",
        "harmonic": "harmonic closeness: mean of 1 over the steps from the others to it, 0 to 1",
        "pagerank": "share of a random walk's time, of sum 1 over the network",
        "katz": "Katz centrality, of length 1 over the network",
        "constraint": "Burt's constraint: how much its ties lead back to one another; empty without ties",
        "core": "core number",
        "cut_point": "yes where its loss cuts others off",
        "community": "number of its community in the network, 1 for the largest",
    }
    reading = f"Each row is a node; the further up in its network, the higher its {by}."
    return Table("nodes", "Nodes and how central they are", reading, columns, rows, each="network")


def _summaries(facts: Facts, detail: WeakPoints) -> Table:
    rows: list[Row] = [
        (
            name,
            len(measures.nodes),
            measures.edges,
            "directed" if measures.directed else "undirected",
            nx.number_weakly_connected_components(facts.network(name)),
            sum(m.is_cut_point for m in measures.nodes),
            len(measures.bridges),
            len(measures.communities),
            measures.engine,
        )
        for name, measures in detail.networks.items()
    ]
    columns = {
        **NETWORK,
        "nodes": "number of nodes",
        "edges": "number of edges between different nodes",
        "ways": "directed where the measures over ways follow the direction of the edges",
        "pieces": "number of pieces that no edge joins",
        "cut_points": "number of nodes whose loss cuts others off",
        "bridges": "number of edges whose loss cuts others off",
        "communities": "number of communities",
        "engine": "what computed the measures",
    }
    return Table("networks", "Networks", "Each row is a network.", columns, rows)


def _providers(facts: Facts, detail: WeakPoints, reach: Reach) -> Table:
    shown = [p for p in detail.providers if reach is None or p.stage in reach]
    scored = sorted(
        ((None if p.elsewhere else provider_finding(facts, p).severity, p) for p in shown),
        key=lambda pair: (pair[0] is None, -(pair[0] or 0.0), facts.label(pair[1].stage), pair[1].provider),
    )
    rows: list[Row] = [
        (
            IRI(p.stage),
            facts.label(p.stage),
            IRI(p.provider),
            facts.label(p.provider),
            p.kind,
            short(severity),
            short(p.downstream),
            short(p.alone),
            "; ".join(map(facts.label, p.chains)),
            "; ".join(p.elsewhere),
            " ".join(p.passages),
        )
        for severity, p in scored
    ]
    columns = {
        "stage": "the stage or function",
        "stage_label": "its name",
        "provider": "the place or actor",
        "provider_label": "its name",
        "kind": "place or actor",
        "severity": "severity of the finding, 0 to 1; empty where it is none",
        "downstream": "share of the chain's other stages that lie downstream, 0 to 1",
        "alone": "share of the chain's stages and functions of which it is the only provider, 0 to 1",
        "chains": "names of the chains that the stage belongs to",
        "elsewhere": "other places with the chain's industry, where the stage may well be without a word of it",
        "passages": "passages that name the provider",
    }
    reading = "Each row is a stage that one place or actor alone is recorded to perform; others may do so too."
    return Table("providers", "Stages with a single provider", reading, columns, rows)


def _cut_points(facts: Facts, detail: WeakPoints, reach: Reach) -> Table:
    rows: list[Row] = []
    for name, measures in detail.networks.items():
        cut = cut_off_by(facts.network(name))
        lost = [(cut[m.node], m) for m in measures.nodes if m.is_cut_point and (reach is None or m.node in reach)]
        for cut_off, m in sorted(lost, key=lambda pair: (-len(pair[0]), -pair[1].degree, pair[1].label)):
            rows.append((name, IRI(m.node), m.label, m.kind, m.degree, len(cut_off), some(facts, cut_off)))
    columns = {
        **NODE,
        "degree": "number of other nodes that it is tied to",
        "cut_off": "number of nodes that would no longer be tied to the largest part that remains",
        "such_as": "names of some of them",
    }
    return Table(
        "cut-points", "Cut points", "Without the node of a row, others are cut off.", columns, rows, each="network"
    )


def _bridges(facts: Facts, detail: WeakPoints, reach: Reach) -> Table:
    rows: list[Row] = []
    for name, measures in detail.networks.items():
        network = facts.network(name)
        sides = bridge_sides(network, measures.bridges)
        found = [
            (min(sides[edge]), edge)
            for edge in measures.bridges
            if reach is None or edge[0] in reach or edge[1] in reach
        ]
        for size, (one, other) in sorted(found, key=lambda pair: (-pair[0], pair[1])):
            relation = ", ".join(
                network.edges[edge]["relation"] for edge in ((one, other), (other, one)) if network.has_edge(*edge)
            )
            rows.append((name, IRI(one), facts.label(one), IRI(other), facts.label(other), relation, size))
    columns = {
        **NETWORK,
        "source": "the node at the one end",
        "source_label": "its name",
        "target": "the node at the other end",
        "target_label": "its name",
        "relation": "what joins them",
        "cut_off": "number of nodes on the smaller side",
    }
    return Table(
        "bridges",
        "Bridges",
        "Without the edge of a row, its two ends are no longer joined.",
        columns,
        rows,
        each="network",
    )


def _communities(facts: Facts, detail: WeakPoints, reach: Reach) -> Table:
    rows: list[Row] = []
    for name, measures in detail.networks.items():
        by_node = measures.by_node
        groups = [g for g in enumerate(measures.communities, 1) if reach is None or not reach.isdisjoint(g[1])]
        for number, group in groups:
            best = sorted(group, key=lambda node: (-by_node[node].degree, by_node[node].label))
            rows.append((name, number, len(group), some(facts, best, most=6)))
    columns = {
        **NETWORK,
        "community": "its number in the network, 1 for the largest",
        "members": "number of nodes",
        "best_tied": "names of the members with most ties",
    }
    reading = "Each row is a group of nodes with more ties among them than to others (Louvain)."
    return Table("communities", "Communities", reading, columns, rows, each="network")


def _comparisons(detail: WeakPoints) -> Table:
    rows: list[Row] = [
        (
            name,
            "in the network" if drawn else "left out",
            len(found.things),
            len(found.groups),
            len(found.several),
            short(found.rand),
            short(found.information),
            short(found.omega),
            len(found.elsewhere),
        )
        for (name, drawn), found in detail.comparisons.items()
    ]
    columns = {
        **NETWORK,
        "agglomerations": "in the network: their own edges help to find the communities; left out: they do not",
        "places": "number of places compared: members of an agglomeration that are in the network",
        "drawn": "number of agglomerations that have some",
        "in_several": "number of places that are drawn into several",
        "adjusted_rand": "adjusted Rand index: 1 equal, about 0 as by chance; of each place its smallest agglomeration",
        "mutual_information": "normalised mutual information, 0 to 1; of each place its smallest agglomeration",
        "omega": "omega index: the adjusted Rand index with all agglomerations of a place",
        "elsewhere": "number of times that a place falls outside the community that holds most of its agglomeration",
    }
    reading = "Each row says how far the communities of a network agree with the agglomerations as drawn."
    return Table("agglomerations", "Communities and agglomerations as drawn", reading, columns, rows)


def _elsewhere(facts: Facts, detail: WeakPoints, reach: Reach) -> Table:
    rows: list[Row] = [
        (
            name,
            "in the network" if drawn else "left out",
            IRI(e.thing),
            facts.label(e.thing),
            IRI(e.group),
            facts.label(e.group),
            e.community + 1,
            e.usual + 1,
            short(e.share),
        )
        for (name, drawn), found in detail.comparisons.items()
        for e in found.elsewhere
        if reach is None or e.thing in reach or e.group in reach
    ]
    columns = {
        **NETWORK,
        "agglomerations": "whether they are in the network",
        "place": "the place",
        "place_label": "its name",
        "agglomeration": "the agglomeration that it is drawn into",
        "agglomeration_label": "its name",
        "community": "number of the community of the place",
        "usual": "number of the community that holds more of the members than any other",
        "share": "share of the members that are in it, 0 to 1",
    }
    reading = "Each row is a place outside the community that holds more of its agglomeration than any other."
    return Table("elsewhere", "Places that fall elsewhere than drawn", reading, columns, rows)


def _ranking(detail: WeakPoints, reach: Reach, by: str) -> Table:
    rows: list[Row] = []
    for name, ranks in detail.rankings.items():
        by_node = detail.networks[name].by_node
        for r in [r for r in ranks if reach is None or r.node in reach]:
            m = by_node[r.node]
            rows.append((name, IRI(r.node), m.label, m.kind, r.rank, round(r.low, 1), round(r.high, 1), short(r.top)))
    columns = {
        **NODE,
        "rank": f"its rank by {by}, 1 for the highest; nodes that tie share the mean of theirs",
        "low": "5th percentile of its ranks over the samples",
        "high": "95th percentile",
        "top": f"share of the samples in which it is among the first {TOP}, 0 to 1",
    }
    reading = "Each sample leaves out a tenth of the edges: the further low and high are apart, the less a rank means."
    return Table("ranking", "How sure the ranks are", reading, columns, rows, each="network")


def some(facts: Facts, nodes: Iterable[str], most: int = 4) -> str:
    """The names of the first of some nodes."""
    named = [facts.label(node) for node in nodes]
    return "; ".join(named[:most]) + ("; …" if len(named) > most else "")


def short(value: float | None) -> float | None:
    """A number to show, with six decimals."""
    return None if value is None else round(value, 6)


def yes(value: bool) -> str:
    """Yes or no."""
    return "yes" if value else "no"
