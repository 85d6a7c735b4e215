"""What acts on what, with which sign, and of which chain and place the factors are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.facts import Facts, joined, nested_pairs, passages_of
from kg.analysis.result import Scope

if TYPE_CHECKING:
    from kg.measures.cognitive_map import Numbers

ACTUAL = "actual"
SIGNS = {"positive": 1, "negative": -1}


@dataclass(frozen=True)
class Link:
    """That one factor acts on another.

    Args:
        source: IRI of what acts.
        target: IRI of what is acted on.
        sign: 1 where a rise makes the other rise, -1 where it makes it fall, 0 where no source says, or sources differ.
        statuses: as which it is said: actual, possible, planned, recommended, forecast; sorted.
        passages: IRIs of the passages that say so, sorted.
    """

    source: str
    target: str
    sign: int
    statuses: tuple[str, ...]
    passages: tuple[str, ...]

    @property
    def is_actual(self) -> bool:
        """Whether some source says that it is so."""
        return ACTUAL in self.statuses


@dataclass(frozen=True)
class Network:
    """Factors and what acts on what.

    Args:
        links: by source and target.
        chains: the chains that a factor is said to be of, by factor.
        industries: the chains of whose industry a factor is, by factor.
        places: the places that a factor is of, by factor; a factor without one is said in general.
        parts: the industry, innovation or service chain that a factor is of, if of one alone; stages count where
            it names no chain.
        systems: the chains that each system of chains consists of, by system.
        contradicted: pairs of which sources give opposite signs.
    """

    links: Mapping[tuple[str, str], Link]
    chains: Mapping[str, frozenset[str]]
    industries: Mapping[str, frozenset[str]]
    places: Mapping[str, frozenset[str]]
    parts: Mapping[str, str]
    systems: Mapping[str, frozenset[str]]
    contradicted: tuple[tuple[str, str], ...] = ()

    @property
    def factors(self) -> tuple[str, ...]:
        """IRIs of all that acts or is acted on, sorted."""
        return tuple(sorted({end for pair in self.links for end in pair}))

    @property
    def graph(self) -> nx.DiGraph[str]:
        """The links as a directed graph; edges have `link`."""
        found: nx.DiGraph[str] = nx.DiGraph()
        found.add_nodes_from(self.factors)
        found.add_edges_from((a, b, {"link": link}) for (a, b), link in sorted(self.links.items()))
        return found

    def among(self, kept: Iterable[str]) -> Network:
        """The same with the links alone whose both ends are kept."""
        wanted = set(kept)
        return self._with({pair: link for pair, link in self.links.items() if wanted.issuperset(pair)})

    def touching(self, inside: Iterable[str]) -> Network:
        """The same with the links alone of which one end or both are inside."""
        wanted = set(inside)
        return self._with({pair: link for pair, link in self.links.items() if not wanted.isdisjoint(pair)})

    def _with(self, links: Mapping[tuple[str, str], Link]) -> Network:
        return Network(links, self.chains, self.industries, self.places, self.parts, self.systems, self.contradicted)

    def signs(self, factors: tuple[str, ...]) -> Numbers:
        """The signs of the links among factors: n x n, row i has what acts on factor i."""
        import numpy as np

        number = {factor: index for index, factor in enumerate(factors)}
        found = np.zeros((len(factors), len(factors)))
        for (source, target), link in self.links.items():
            if source in number and target in number:
                found[number[target], number[source]] = link.sign
        return found


def read_network(facts: Facts) -> Network:
    """The influences of factors and the couplings of chains as one network."""
    said: dict[tuple[str, str], list[tuple[int, str, tuple[str, ...]]]] = defaultdict(list)
    for question in ("influences", "couplings"):
        for row in facts.ask(question):
            sign = SIGNS.get(facts.prefixes.shorten(str(row["sign"])).rpartition(":")[2], 0)
            said[str(row["from"]), str(row["to"])].append((sign, str(row["status"]), passages_of(row)))
    links, contradicted = {}, []
    for (source, target), statements in said.items():
        signs = {sign for sign, _status, _passages in statements if sign}
        if len(signs) > 1:
            contradicted.append((source, target))
        links[source, target] = Link(
            source,
            target,
            signs.pop() if len(signs) == 1 else 0,
            tuple(sorted({status for _sign, status, _passages in statements})),
            joined(passages for _sign, _status, passages in statements),
        )
    named, staged, industries, places = (defaultdict[str, set[str]](set) for _ in range(4))
    by_what = {"industry": industries, "stage": staged}
    systems, subsystems = defaultdict[str, set[str]](set), set()
    for row in facts.ask("factor-scopes"):
        factor, scope = str(row["factor"]), str(row["scope"])
        if row["kind"] == "place":
            places[factor].add(scope)
        else:
            by_what.get(str(row["by"]), named)[factor].add(scope)
        if row["part_of"]:
            systems[str(row["part_of"])].add(scope)
        if row["subsystem"]:
            subsystems.add(scope)
    chains = {factor: named[factor] | staged[factor] for factor in sorted({*named, *staged})}
    # A stage may belong to several chains: it says where a factor belongs only where no chain is named.
    nearest = {factor: named[factor] or staged[factor] for factor in chains}
    parts = {factor: next(iter(of)) for factor, of in nearest.items() if len(of) == 1 and of <= subsystems}
    return Network(
        links,
        _frozen(chains),
        _frozen(industries),
        _frozen(places),
        parts,
        _frozen(systems),
        tuple(sorted(contradicted)),
    )


def _frozen(sets: Mapping[str, set[str]]) -> dict[str, frozenset[str]]:
    return {key: frozenset(values) for key, values in sets.items()}


@dataclass(frozen=True)
class View:
    """The part of a network that a question is about.

    Args:
        network: its links.
        inside: the factors of the place or chain asked for; of the systems of chains where none is.
        about: the place or chain, or the systems.
    """

    network: Network
    inside: frozenset[str]
    about: tuple[str, ...]


def view(facts: Facts, network: Network, scope: Scope) -> View:
    """What a scope has of a network.

    For a place: what is said of it, of its parts and of those that it lies in, and what is said in general. For a
    chain: the links that touch a factor of it, of its parts or of its industry. Without either: all links.
    """
    kept = network
    inside: set[str] = set()
    if scope.places:
        near = {*scope.places, *_around(facts, scope.places)}
        of_place = {factor for factor, places in network.places.items() if not near.isdisjoint(places)}
        kept = network.among(f for f in network.factors if f in of_place or not network.places.get(f))
        inside = of_place
    if scope.chains:
        wanted = {*scope.chains, *(part for chain in scope.chains for part in network.systems.get(chain, ()))}
        of_chain = {
            f
            for f in network.factors
            if not wanted.isdisjoint({*network.chains.get(f, ()), *network.industries.get(f, ())})
        }
        inside = inside & of_chain if scope.places else of_chain
        kept = kept.touching(inside)
    if not scope.places and not scope.chains:
        wanted = {*network.systems, *(part for parts in network.systems.values() for part in parts)}
        inside = {f for f in network.factors if not wanted.isdisjoint(network.chains.get(f, ()))}
    about = (*scope.places, *scope.chains) or tuple(sorted(network.systems))
    return View(kept, frozenset(inside) & frozenset(kept.factors), about)


def _around(facts: Facts, places: tuple[str, ...]) -> Iterator[str]:
    for part, whole in nested_pairs(facts):
        if part in places:
            yield whole
        if whole in places:
            yield part
