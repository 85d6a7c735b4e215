"""The graph as the analyses read it: catalogue, questions and readings that several ask for, each once."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from typing import Any, TypeVar, cast

import networkx as nx

from kg.analysis.networks import read_network
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.schema.ontology import Ontology
from kg.store.answers import IRI, Solutions, Store, Value

Record = dict[str, Value | None]
Made = TypeVar("Made")


class Facts:
    """What the analyses know of a graph.

    Args:
        store: the engine that holds the graph; it must not change while this is in use.
        project: whose questions are asked.
    """

    def __init__(self, store: Store, project: Project) -> None:
        self.store, self.project = store, project
        self._answers: dict[tuple[str, tuple[tuple[str, tuple[str, ...]], ...]], list[Record]] = {}
        self._networks: dict[str, nx.DiGraph[str]] = {}
        self.made: dict[Callable[[Facts], Any], Any] = {}
        """What functions marked `once` made of the graph."""

    @cached_property
    def catalogue(self) -> Catalogue:
        """All questions by name."""
        return Catalogue.read(self.project)

    @cached_property
    def networks(self) -> Catalogue:
        """The networks of `queries/networks/` by name."""
        return Catalogue.read(self.project, "networks")

    @cached_property
    def prefixes(self) -> Prefixes:
        """The prefixes of compact IRIs."""
        return Ontology(self.project).prefixes

    @cached_property
    def labels(self) -> dict[str, str]:
        """The English label of everything that has one."""
        return {str(row["thing"]): str(row["name"]) for row in self.ask("labels")}

    def label(self, iri: str) -> str:
        """The English label of a thing, or its compact IRI where it has none."""
        return self.labels.get(iri) or self.prefixes.shorten(iri)

    def ask(self, name: str, **things: Iterable[str]) -> list[Record]:
        """The rows of the answer to a question, for the things given for its parameters; for all where none is given.

        Args:
            name: name of the question.
            things: IRIs by parameter.
        """
        given = {key: tuple(values) for key, values in things.items()}
        key = (name, tuple(sorted(given.items())))
        if key not in self._answers:
            bound = {key: [IRI(value) for value in values] for key, values in given.items() if values}
            query = self.catalogue[name]
            self._answers[key] = list(query.in_order(self.select(query.bound(bound))))
        return self._answers[key]

    def select(self, text: str) -> Solutions:
        """The answer to a SELECT query."""
        return self.store.select(text)

    def network(self, name: str) -> nx.DiGraph[str]:
        """The network that a file of `queries/networks/` defines. It is shared: copy it before you change it."""
        if name not in self._networks:
            self._networks[name] = read_network(self.store, self.networks[name])
        return self._networks[name]


def once(make: Callable[[Facts], Made]) -> Callable[[Facts], Made]:
    """Mark a function of a graph as one whose result is kept: several analyses of a graph ask for it.

    The result is shared: nobody may change it.
    """

    @wraps(make)
    def kept(facts: Facts) -> Made:
        if make not in facts.made:
            facts.made[make] = make(facts)
        return cast(Made, facts.made[make])

    return kept


def passages_of(row: Record, column: str = "passages") -> tuple[str, ...]:
    """The passages of a row of an answer, from its column of space-separated IRIs."""
    return tuple(str(row.get(column) or "").split())


def joined(groups: Iterable[Iterable[str]]) -> tuple[str, ...]:
    """The passages of several, sorted and each once.

    >>> joined([("b", "a"), ("a",)])
    ('a', 'b')
    """
    return tuple(sorted({passage for group in groups for passage in group}))


def parts_of(row: Record, column: str, separator: str = "; ") -> tuple[str, ...]:
    """The parts of a concatenated cell; none where it is empty.

    >>> parts_of({"chains": "Titanium; "}, "chains")
    ('Titanium',)
    """
    return tuple(part for part in str(row.get(column) or "").split(separator) if part)


@once
def nested_pairs(facts: Facts) -> frozenset[tuple[str, str]]:
    """Pairs of a place and one that it lies in or takes part in."""
    return frozenset((str(row["part"]), str(row["whole"])) for row in facts.ask("nesting"))
