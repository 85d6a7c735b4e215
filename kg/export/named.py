"""What one look at all quads tells of things: their names, classes and passages, and who states their relations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kg.store.answers import IRI, Text, Value

if TYPE_CHECKING:
    from kg.analysis.facts import Record

_LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"


class Named:
    """What one look at all quads tells of things.

    Args:
        edges: the relations that are drawn; the graphs that state them are kept.
    """

    def __init__(self, edges: Iterable[Record]) -> None:
        self._wanted: set[tuple[str, str, str]] = set()
        self._vias: set[str] = set()
        for edge in edges:
            source, property, target, _status, via = edge_of(edge)
            self._wanted |= {(source, property, target), (source, property, via)}
            self._vias.add(via)
        self.english: dict[str, str] = {}
        self.chinese: dict[str, str] = {}
        self.other: dict[str, str] = {}
        self.classes: dict[str, set[str]] = defaultdict(set)
        self.statements: dict[str, int] = defaultdict(int)
        self.passages: dict[str, set[str]] = defaultdict(set)
        self.graphs: dict[tuple[str, str, str], set[str]] = defaultdict(set)
        self.about: dict[str, set[str]] = defaultdict(set)

    def add(self, graph: str, subject: str, property: str, value: Value | None, derived: bool, said: bool) -> None:
        """Take in a quad."""
        self.statements[subject] += 1
        if said:
            self.passages[subject].add(graph)
        if property == _LABEL:
            language = value.language.partition("-")[0] if isinstance(value, Text) else ""
            names = {"en": self.english, "zh": self.chinese}.get(language, self.other)
            names[subject] = min(names.get(subject, str(value)), str(value))
        elif property == _TYPE and not derived and isinstance(value, IRI):
            self.classes[subject].add(str(value))
        if derived:  # it follows from what others say
            return
        if isinstance(value, IRI) and (key := (subject, property, str(value))) in self._wanted:
            self.graphs[key].add(graph)
        if subject in self._vias:
            self.about[subject].add(graph)

    def behind(self, source: str, property: str, target: str, via: str) -> set[str]:
        """The graphs that state a relation: as it is, by way of a statement between the two, or by that statement."""
        keys = [(source, property, target), (source, property, via)]
        stated: set[str] = next((self.graphs[key] for key in keys if key in self.graphs), set())
        return stated or self.about.get(via, set())


def edge_of(row: Record) -> tuple[str, str, str, str, str]:
    """Source, property, target, status, and the statement between the two or nothing, of a relation that is drawn."""
    source, property, target, status = (str(row[name]) for name in ("source", "property", "target", "status"))
    return source, property, target, status, str(row["via"] or "")
