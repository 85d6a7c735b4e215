"""The weak points of the networks as findings. No severity depends on what else was asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import networkx as nx

from kg.analysis.facts import Facts, joined, passages_of
from kg.analysis.result import Finding, Parameters, Part
from kg.analysis.weak_points.centrality import NetworkMeasures, shares_below
from kg.analysis.weak_points.reading import Provider, Reading
from kg.analysis.weak_points.resilience import bridge_sides, cut_off_by, last_providers, remove

METHOD = "weak-points"
KIND = "weak-point-finding"
CHAINS, ACTORS = "stages", "actors"
"""The networks that findings are made of."""

BRIDGE = "bridge"
"""The aspect of a tie that is a weak point."""

HIGH = 0.9
"""From this share of the others on that are less between, a stage is a finding."""
MOST = 20
"""And of a large network only the first so many."""
SMALLEST_SIDE = 2
"""A bridge is a finding where at least so many organisations lie on either side."""
ACTOR = "actor"
"""The kind of a provider that is an organisation. The place of it is then no finding of its own."""
_OF_KIND = {"place": 0.5, ACTOR: 1.0}


def findings(reading: Reading, measured: dict[str, NetworkMeasures]) -> Iterator[Finding]:
    """The findings of the networks that were measured."""
    if CHAINS in measured:
        by_actor = {p.stage for p in reading.providers if p.kind == ACTOR}
        yield from (
            provider_finding(reading.facts, p)
            for p in reading.providers
            if not p.elsewhere and (p.kind == ACTOR or p.stage not in by_actor)
        )
        yield from _between(reading, measured[CHAINS])
    if ACTORS in measured:
        yield from _cut_points(reading, measured[ACTORS])
        yield from _bridges(reading, measured[ACTORS])


def subjects(finding: Finding) -> tuple[str, ...]:
    """What must be in reach for a finding to be shown: its subject, or either end of a bridge."""
    return finding.about if finding.aspect == BRIDGE else finding.about[:1]


def provider_finding(facts: Facts, found: Provider) -> Finding:
    """A stage that one place or actor alone is recorded to perform, where no other place has the chain's industry."""
    who, stage = facts.label(found.provider), facts.label(found.stage)
    return Finding(
        KIND,
        f"{who} is the only recorded provider of {stage}",
        (found.stage, found.provider),
        (
            Part("downstream", found.downstream, 2.0, f"{found.downstream:.0%} of the chain's other stages need it"),
            Part("narrow", _OF_KIND.get(found.kind, 0.0), 1.0, f"one {found.kind}"),
            Part("alone", found.alone, 1.0, f"the only provider of {found.alone:.0%} of the chain's nodes"),
        ),
        METHOD,
        _where(CHAINS, found.chains),
        found.passages,
    )


def _between(reading: Reading, measures: NetworkMeasures) -> Iterator[Finding]:
    """Stages over which more shortest paths of the chains lead than over nine in ten of the others."""
    facts = reading.facts
    network = facts.network(CHAINS)
    plain = nx.Graph(network)
    size = len(measures.nodes)
    shares = shares_below([m.betweenness for m in measures.nodes])
    for node, share in list(zip(measures.nodes, shares, strict=True))[:MOST]:
        chains = tuple(c.iri for c in reading.chains.values() if node.node in c.nodes)
        if share < HIGH or not node.betweenness or not chains:
            continue
        pairs = round(node.betweenness * (size - 1) * (size - 2), 2)
        piece = network.subgraph(nx.node_connected_component(plain, node.node))
        lost = remove(piece, [node.node])
        yield Finding(
            KIND,
            f"{node.label} links {pairs:g} pairs of others in the network of chains",
            (node.node,),
            (
                Part("betweenness", share, 1.0, f"above that of {share:.0%} of the others"),
                Part(
                    "cut off",
                    lost.lost,
                    1.0,
                    f"{lost.pairs[0] - lost.pairs[1]} of {lost.pairs[0]} pairs are parted",
                ),
            ),
            METHOD,
            _where(CHAINS, chains),
            _said_of_links(facts, node.node),
            "betweenness",
        )


def _cut_points(reading: Reading, measures: NetworkMeasures) -> Iterator[Finding]:
    """Organisations whose loss would cut other organisations off in the network of actors.

    One in several places stands for many, such as the institutions of several cities, which are not lost at once.
    """
    facts = reading.facts
    network = facts.network(ACTORS)
    cut = cut_off_by(network)
    tied: dict[str, int] = {}
    for piece in nx.weakly_connected_components(network):
        tied.update(dict.fromkeys(piece, len(_actors(facts, piece)) - 1))
    for node, share in zip(measures.nodes, shares_below([m.betweenness for m in measures.nodes]), strict=True):
        if not node.is_cut_point or facts.prefixes.kind(node.node) != "actor":
            continue
        places = [
            other for other in network.to_undirected().neighbors(node.node) if facts.prefixes.kind(other) == "place"
        ]
        if len(places) > 1:
            continue
        cut_off = _actors(facts, cut[node.node])
        if not cut_off:
            continue
        without = last_providers(reading.capabilities, [node.node], reading.within)
        stages = len(without)
        yield Finding(
            KIND,
            f"{node.label} holds the network of actors together: "
            f"without it {_count(len(cut_off), 'organisation')} would be cut off",
            (node.node,),
            (
                Part(
                    "cut off",
                    len(cut_off) / tied[node.node],
                    2.0,
                    f"{len(cut_off)} of {tied[node.node]} others",
                ),
                Part("betweenness", share, 1.0, f"above that of {share:.0%} of the others"),
                Part("last provider", stages / (1 + stages), 1.0, f"{_count(stages, 'stage')} would have no provider"),
            ),
            METHOD,
            (("network", ACTORS),),
            _said_of(facts, node.node),
        )


def _bridges(reading: Reading, measures: NetworkMeasures) -> Iterator[Finding]:
    """Ties between two organisations that alone join several organisations with several others."""
    facts = reading.facts
    sides_of = bridge_sides(facts.network(ACTORS), measures.bridges, lambda node: facts.prefixes.kind(node) == "actor")
    for (one, other), sides in sides_of.items():
        if {facts.prefixes.kind(one), facts.prefixes.kind(other)} != {"actor"}:
            continue
        if min(sides) < SMALLEST_SIDE:
            continue
        yield Finding(
            KIND,
            f"The tie between {facts.label(one)} and {facts.label(other)} alone joins "
            f"{min(sides)} organisations with {max(sides)} others",
            (one, other),
            (Part("cut off", 2 * min(sides) / sum(sides), 1.0, f"{min(sides)} of {sum(sides)} organisations"),),
            METHOD,
            (("network", ACTORS),),
            _said_of(facts, one, other),
            BRIDGE,
        )


def _where(network: str, chains: tuple[str, ...]) -> Parameters:
    """The network, and the first of the chains: narrow enough to find it again."""
    return (("network", network), *(("chain", chain) for chain in chains[:1]))


def _actors(facts: Facts, nodes: Iterable[str]) -> set[str]:
    return {node for node in nodes if facts.prefixes.kind(node) == "actor"}


def _said_of(facts: Facts, thing: str, other: str | None = None) -> tuple[str, ...]:
    """The passages that state something of a thing; only of it and another, where one is given."""
    rows = facts.ask("said-about", thing=[thing])
    return tuple(sorted({str(row["passage"]) for row in rows if other is None or row["other"] == other}))


def _said_of_links(facts: Facts, node: str) -> tuple[str, ...]:
    """The passages that join a stage with others."""
    rows = [row for row in facts.ask("stage-links") if node in (row["node"], row["other"])]
    return joined(map(passages_of, rows))


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
