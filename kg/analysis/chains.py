"""Chains as graphs of stages: what feeds what, what lies up and down the stream, and what a chain needs besides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import networkx as nx

from kg.analysis.facts import Facts, once


@dataclass(frozen=True)
class Chain:
    """A chain.

    Args:
        iri: the chain.
        kind: label of its class, such as "industry chain".
        variant_of: the chain of which it is one document's statement, if it is one.
        industries: IRIs of the industries that it is the chain of.
        stages: its stages, in their order, then those without.
        functions: its functions, in the same way.
        feeds: the stages by which products flow, over its own stages and those that they feed.
        needs: functions that the chain or one of its stages is said to need, by who needs them.
    """

    iri: str
    kind: str
    variant_of: str | None
    industries: tuple[str, ...]
    stages: tuple[str, ...]
    functions: tuple[str, ...]
    feeds: nx.DiGraph[str]
    needs: Mapping[str, tuple[str, ...]]

    @property
    def nodes(self) -> tuple[str, ...]:
        """Stages, then functions."""
        return (*self.stages, *self.functions)

    def downstream(self, stage: str) -> frozenset[str]:
        """The stages that the stage feeds, directly or through others."""
        return frozenset(nx.descendants(self.feeds, stage)) if stage in self.feeds else frozenset()

    def upstream(self, stage: str) -> frozenset[str]:
        """The stages that feed the stage, directly or through others."""
        return frozenset(nx.ancestors(self.feeds, stage)) if stage in self.feeds else frozenset()

    def position(self, stage: str) -> float:
        """Share of the other stages that lie downstream of the stage, 0 (the end of the chain) to 1 (its source)."""
        others = len(self.stages) - 1
        return len(self.downstream(stage).intersection(self.stages)) / others if others > 0 else 0.0


@once
def read_chains(facts: Facts) -> Mapping[str, Chain]:
    """The chains of a graph by IRI, statements of other chains among them."""
    described: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for row in facts.ask("chains"):
        described[str(row["chain"])].append(row)
    stages: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in facts.ask("stages-in-order"):
        stages[str(row["chain"])].append((str(row["stage"]), str(row["kind"])))
    feeds: dict[str, nx.DiGraph[str]] = defaultdict(nx.DiGraph)
    needs: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for row in facts.ask("stage-links"):
        chain, node, other = str(row["chain"]), str(row["node"]), str(row["other"])
        if row["relation"] == "feeds":
            feeds[chain].add_edge(node, other)
        elif row["relation"] == "needs":
            needs[chain][node].append(other)
    found = {}
    for iri, rows in described.items():
        ordered = list(dict.fromkeys(stages[iri]))
        graph: nx.DiGraph[str] = nx.DiGraph(feeds[iri].edges)
        graph.add_nodes_from(stage for stage, kind in ordered if kind == "stage")
        found[iri] = Chain(
            iri,
            str(rows[0]["kind"]),
            next((str(row["variant_of"]) for row in rows if row["variant_of"]), None),
            tuple(dict.fromkeys(str(row["industry"]) for row in rows if row["industry"])),
            tuple(stage for stage, kind in ordered if kind == "stage"),
            tuple(stage for stage, kind in ordered if kind != "stage"),
            graph,
            {node: tuple(others) for node, others in needs[iri].items()},
        )
    return found


@once
def main_chains(facts: Facts) -> Mapping[str, Chain]:
    """The chains of a graph by IRI, without those that are one document's statement of another."""
    return {iri: chain for iri, chain in read_chains(facts).items() if chain.variant_of is None}
