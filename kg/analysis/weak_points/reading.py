"""What the weak points are read from besides the networks: who performs what, what depends on what, who is in reach."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import networkx as nx

from kg.analysis.chains import Chain, main_chains
from kg.analysis.facts import Facts, parts_of, passages_of
from kg.analysis.result import Scope
from kg.analysis.weak_points.resilience import Capability


@dataclass(frozen=True)
class Provider:
    """The only recorded provider of a stage.

    Args:
        stage: IRI of the stage or function.
        provider: IRI of the place or actor.
        kind: place, or actor.
        chains: IRIs of the chains that the stage belongs to.
        elsewhere: names of other places that have the industry of the chain, where the stage may well be there too.
        downstream: share of the other stages of its chain that lie downstream, 0 to 1; the largest over its chains.
        alone: share of the stages and functions of its chain of which it is the only provider, 0 to 1; the largest.
        passages: IRIs of the passages that name the provider.
    """

    stage: str
    provider: str
    kind: str
    chains: tuple[str, ...]
    elsewhere: tuple[str, ...]
    downstream: float
    alone: float
    passages: tuple[str, ...]


class Reading:
    """Facts about providers and dependencies.

    Args:
        facts: the graph.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts

    @cached_property
    def chains(self) -> dict[str, Chain]:
        """The chains by IRI, without those that are one document's statement of another."""
        return dict(sorted(main_chains(self.facts).items()))

    @cached_property
    def supplies(self) -> nx.DiGraph[str]:
        """What depends on what: from a stage to those that it feeds, from a function to who needs it."""
        graph: nx.DiGraph[str] = nx.DiGraph()
        for chain in self.chains.values():
            graph.add_nodes_from(chain.nodes)
            graph.add_edges_from(chain.feeds.edges)
            graph.add_edges_from((other, node) for node, others in chain.needs.items() for other in others)
        return graph

    @cached_property
    def capabilities(self) -> tuple[Capability, ...]:
        """Who performs the stages of the chains at present."""
        stages = {node for chain in self.chains.values() for node in chain.nodes}
        return tuple(
            Capability(
                str(row["stage"]), str(row["place"]), str(row["actor"]) if row["actor"] else None, passages_of(row)
            )
            for row in self.facts.ask("who-performs")
            if row["status_label"] == "actual" and row["stage"] in stages
        )

    @cached_property
    def within(self) -> Mapping[str, frozenset[str]]:
        """The places around a place; taking part in an agglomeration is not lying within it."""
        around: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("nesting"):
            if row["relation"] == "within":
                around[str(row["part"])].add(str(row["whole"]))
        return {part: frozenset(wholes) for part, wholes in around.items()}

    @cached_property
    def providers(self) -> tuple[Provider, ...]:
        """Stages with a single provider."""
        rows = self.facts.ask("single-provider-stages")
        stages: dict[str, set[str]] = defaultdict(set)
        for row in rows:
            stages[str(row["provider"])].add(str(row["stage"]))
        found = []
        for row in rows:
            stage, provider = str(row["stage"]), str(row["provider"])
            chains = [chain for chain in self.chains.values() if stage in chain.nodes]
            found.append(
                Provider(
                    stage,
                    provider,
                    str(row["kind"]),
                    tuple(chain.iri for chain in chains),
                    parts_of(row, "elsewhere"),
                    max((chain.position(stage) for chain in chains), default=0.0),
                    max((len(stages[provider] & set(c.nodes)) / len(c.nodes) for c in chains), default=0.0),
                    self._naming(stage, provider) or passages_of(row),
                )
            )
        return tuple(found)

    def _naming(self, stage: str, provider: str) -> tuple[str, ...]:
        """The passages in which the provider, or what lies within it, performs the stage."""
        return tuple(
            sorted(
                {
                    passage
                    for c in self.capabilities
                    if c.stage == stage and provider in (c.place, c.actor, *self.within.get(c.place, ()))
                    for passage in c.passages
                }
            )
        )

    def reach(self, scope: Scope) -> frozenset[str] | None:
        """The nodes that a scope speaks of; none where it has no bounds.

        A place reaches what lies within it, the actors there, and the stages performed there. A chain reaches its
        stages and functions, and who performs them. Of a place and a chain, what both reach counts.
        """
        found: list[frozenset[str]] = []
        if scope.places:
            places = {*scope.places, *(part for part, around in self.within.items() if around & set(scope.places))}
            ties = self.facts.network("actors").edges
            actors = {a for a, b in ties if b in places and self.facts.prefixes.kind(a) == "actor"}
            stages = {c.stage for c in self.capabilities if c.place in places or c.actor in actors}
            found.append(frozenset(places | actors | stages))
        if scope.chains:
            nodes = {node for iri in scope.chains if iri in self.chains for node in self.chains[iri].nodes}
            who = {x for c in self.capabilities if c.stage in nodes for x in (c.place, c.actor) if x}
            found.append(frozenset({*scope.chains, *nodes, *who}))
        return frozenset.intersection(*found) if found else None
