"""The graph as tables: which there are, what their columns mean, and their rows. CSV, Parquet and SQLite hold these."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from typing import TYPE_CHECKING

from kg.export.named import Named, edge_of
from kg.query.parameters import serialise
from kg.store.answers import IRI, Blank, Value

if TYPE_CHECKING:
    from kg.analysis.facts import Facts
    from kg.export.formats import Exported
    from kg.names import Prefixes

Cell = str | int | float | bool | None
Row = tuple[Cell, ...]

_DERIVED = "derived"
"""The prefix of the graphs that rules and analyses write."""


@dataclass(frozen=True)
class Column:
    """A column.

    Args:
        name: its name.
        meaning: what it holds.
        type: string, integer, number or boolean, as Table Schema has them.
        refers: the table whose `id` it holds.
        needed: it is never empty.
    """

    name: str
    meaning: str
    type: str = "string"
    refers: str = ""
    needed: bool = False


@dataclass(frozen=True)
class GraphTable:
    """A table of the graph.

    Args:
        name: its name.
        title: what a row is.
        columns: its columns; the first is its key.
        rows: gives its rows in order, each time anew.
    """

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[], Iterable[Row]]

    @property
    def names(self) -> tuple[str, ...]:
        """The names of its columns."""
        return tuple(column.name for column in self.columns)


@dataclass(frozen=True)
class Said:
    """Where a passage stands: id of its source, section, and the words by which it is found."""

    source: str
    section: str
    anchor: str


class GraphTables:
    """Reads the tables of a graph; of the facts only one graph at a time is in memory.

    Args:
        graph: the graph.
        everything: take what has no name into the nodes too, such as passages and blank nodes.
    """

    def __init__(self, graph: Exported, everything: bool = False) -> None:
        self._graph, self._everything = graph, everything
        self.facts: Facts = graph.facts
        self.prefixes: Prefixes = graph.prefixes
        self.short = cache(self.prefixes.shorten)

    @cached_property
    def passages(self) -> dict[str, Said]:
        """Where each passage stands, by its IRI."""
        return {
            str(row["passage"]): Said(self.short(str(row["source"])), _text(row["section"]), _text(row["anchor"]))
            for row in self.facts.ask("passages")
        }

    @cached_property
    def sources(self) -> frozenset[str]:
        """The IRIs of the sources."""
        return frozenset(str(row["source"]) for row in self.facts.ask("sources"))

    @cached_property
    def named(self) -> Named:
        """What the facts say of names, classes and passages of things."""
        found = Named(self.facts.ask("drawn-relations"))
        for graph in self._graphs():
            derived, said = self.prefixes.kind(graph) == _DERIVED, graph in self.passages
            text = f"SELECT ?s ?p ?o {{ GRAPH {serialise(IRI(graph))} {{ ?s ?p ?o }} }}"
            for subject, property, value in self._graph.embedded.select(text).rows:
                found.add(graph, _node(subject), str(property), value, derived, said)
        return found

    def id(self, iri: str) -> str:
        """The id of a thing: its compact IRI; blank nodes have theirs already."""
        return self.short(iri)

    def label(self, iri: str) -> str | None:
        """The English name of a thing, or the one it has; the end of its IRI for terms of other vocabularies."""
        return self.named.english.get(iri) or self.named.other.get(iri) or self.named.chinese.get(iri)

    def ids(self, cell: object) -> str | None:
        """A list of IRIs with spaces between them as ids."""
        return " ".join(map(self.short, str(cell).split())) if cell else None

    def cite(self, cell: object) -> str | None:
        """Passages, given as IRIs with spaces between them, as source and section."""
        known = (self.passages.get(iri) for iri in str(cell or "").split())
        return "; ".join(sorted({f"{s.source.partition(':')[2]}, {s.section}" for s in known if s})) or None

    def _graphs(self) -> list[str]:
        """The graphs: passages first, then what sources say without passages, then what was derived."""
        rows = self._graph.embedded.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
        found = (str(graph) for (graph,) in rows)
        return sorted(found, key=lambda graph: (graph not in self.passages, graph not in self.sources, graph))

    def nodes(self) -> Iterator[Row]:
        """The things, by kind and id."""
        drawn = {str(row["thing"]): row for row in self.facts.ask("drawn-things")}
        names: dict[str, set[str]] = defaultdict(set)
        for name in self.facts.ask("names-of-things"):
            names[str(name["thing"])].add(_text(name["name"]))
        places: dict[str, set[str]] = defaultdict(set)
        for edge in self.facts.ask("drawn-relations"):
            if edge["belongs"] == "place":
                places[str(edge["source"])].add(self.short(str(edge["target"])))
        named = self.named
        for iri in sorted(self._nodes(), key=self.id):
            row = drawn.get(iri, {})
            class_ = str(row["class"]) if row else min(named.classes.get(iri, ()), default="")
            kind = str(row["kind"]) if row else ""
            yield (
                self.id(iri),
                None if iri.startswith("_:") else iri,
                named.english.get(iri) or named.other.get(iri),
                named.chinese.get(iri),
                "; ".join(sorted(names.get(iri, ()))) or None,
                self.label(kind) if kind else self.prefixes.kind(iri),
                self.id(class_) if class_ else None,
                self.label(class_) or _end(class_) if class_ else None,
                _text(row.get("status")) or None,
                " ".join(sorted(places.get(iri, ()))) or None,
                named.statements.get(iri, 0),
                len(named.passages.get(iri, ())),
                bool(row),
            )

    def _nodes(self) -> set[str]:
        """The IRIs of what is a node: what has a name, and what other tables refer to."""
        named, ask = self.named, self.facts.ask
        found = {*named.english, *named.other, *named.chinese}
        found |= {str(row[end]) for row in ask("drawn-relations") for end in ("source", "target")}
        found |= {str(row["about"]) for row in ask("data-issues")} | {
            str(row["place"]) for row in ask("points-of-places")
        }
        if self._everything:
            found |= {*named.statements, *self.passages, *self.sources}
            found |= {str(row["via"]) for row in ask("drawn-relations") if row["via"]}
            found |= {iri for row in ask("findings") for iri in (str(row["finding"]), *str(row["about"] or "").split())}
        return found

    def edges(self) -> Iterator[Row]:
        """The relations between things, each once, with who says so."""
        found: dict[tuple[str, str, str, str, str], None] = {}
        for row in self.facts.ask("drawn-relations"):
            found[edge_of(row)] = None
        for number, (source, property, target, status, via) in enumerate(sorted(found), 1):
            graphs = self.named.behind(source, property, target, via)
            passages = [graph for graph in sorted(graphs) if graph in self.passages]
            sources = {self.passages[p].source for p in passages} | {self.short(g) for g in graphs if g in self.sources}
            yield (
                number,
                self.id(source),
                self.label(source),
                self.id(property),
                self.label(property) or _end(property),
                self.id(target),
                self.label(target),
                status,
                self.id(via) if via else None,
                " ".join(sorted(sources)) or None,
                " ".join(map(self.short, passages)) or None,
            )

    def statements(self) -> Iterator[Row]:
        """Every quad, by graph, what passages say first: what is said, and who says so."""
        number = 0
        for graph in self._graphs():
            said = self.passages.get(graph)
            where = (
                (said.source, said.section, said.anchor)
                if said
                else ((self.short(graph), None, None) if graph in self.sources else (None, None, None))
            )
            for subject, property, value, text, datatype, language in self._quads(graph):
                number += 1
                yield (
                    number,
                    self.id(subject),
                    self.label(subject),
                    self.id(property),
                    self.label(property) or _end(property),
                    text,
                    self.label(value) if datatype is None else None,
                    self.short(datatype) if datatype else None,
                    language,
                    self.short(graph),
                    *where,
                )

    def _quads(self, graph: str) -> list[tuple[str, str, str, str, str | None, str | None]]:
        """Subject, property, value, value as text or id, datatype and language of the quads of a graph, sorted."""
        text = (
            "SELECT ?s ?p ?o (STR(?o) AS ?text) (DATATYPE(?o) AS ?datatype) (LANG(?o) AS ?language) "
            f"{{ GRAPH {serialise(IRI(graph))} {{ ?s ?p ?o }} }}"
        )
        found = []
        for subject, property, value, written, datatype, language in self._graph.embedded.select(text).rows:
            node = _node(value) if datatype is None else str(written)
            shown = self.id(node) if datatype is None else node
            told = None if datatype is None else str(datatype)
            found.append((_node(subject), str(property), node, shown, told, str(language) if language else None))
        return sorted(found, key=lambda row: (*row[:3], row[4] or "", row[5] or ""))

    def passage_rows(self) -> Iterator[Row]:
        """The passages, in the order of sources, sections and words."""
        for iri, said in sorted(self.passages.items(), key=lambda item: self.short(item[0])):
            yield self.short(iri), iri, said.source, said.section, said.anchor

    def source_rows(self) -> Iterator[Row]:
        """The sources."""
        for row in sorted(self.facts.ask("sources"), key=lambda row: str(row["source"])):
            texts = (
                _text(row[name]) or None for name in ("source_label", "authors", "year", "venue", "doi", "licence")
            )
            yield (
                self.short(str(row["source"])),
                str(row["source"]),
                *texts,
                _whole(row["passages"]),
                _whole(row["facts"]),
            )

    def finding_rows(self) -> Iterator[Row]:
        """The findings by kind, worst first."""
        for row in self.facts.ask("findings"):
            iri = str(row["finding"])
            yield (
                self.short(iri),
                iri,
                _text(row["kind_label"]),
                _whole(row["order"]),
                _text(row["finding_label"]),
                self.named.chinese.get(iri),
                float(str(row["severity"])),
                _text(row["explanation"]),
                _text(row["method"]),
                _text(row["parameters"]) or None,
                self.ids(row["about"]),
                self.ids(row["passages"]),
            )

    def issue_rows(self) -> Iterator[Row]:
        """What is wrong with the sources, by kind of fault."""
        for number, row in enumerate(self.facts.ask("data-issues"), 1):
            texts = (_text(row[name]) or None for name in ("kind_label", "explanation", "known_from", "said", "unit"))
            right = (_text(row[name]) or None for name in ("corrected_value", "corrected_unit"))
            about = self.short(str(row["about"]))
            yield number, about, _text(row["about_label"]), *texts, *right, self.ids(row["passages"])

    def place_rows(self) -> Iterator[Row]:
        """The places, with the point of those that have one."""
        for row in sorted(self.facts.ask("points-of-places"), key=lambda row: str(row["place"])):
            iri = str(row["place"])
            point = tuple(None if row[name] is None else float(str(row[name])) for name in ("longitude", "latitude"))
            kind = (_text(row["class"]), row["group"] == 1, row["agglomeration"] == 1)
            yield self.short(iri), _text(row["place_label"]), self.named.chinese.get(iri), *kind, *point

    def tables(self) -> tuple[GraphTable, ...]:
        """All tables, those that others refer to first."""
        from kg.export.columns import table_columns

        rows: dict[str, Callable[[], Iterable[Row]]] = {
            "nodes": self.nodes,
            "edges": self.edges,
            "sources": self.source_rows,
            "passages": self.passage_rows,
            "facts": self.statements,
            "findings": self.finding_rows,
            "issues": self.issue_rows,
            "places": self.place_rows,
        }
        return tuple(GraphTable(name, *table_columns(name), make) for name, make in rows.items())


def _node(value: Value | None) -> str:
    return f"_:{value}" if isinstance(value, Blank) else str(value)


def _text(value: Value | None) -> str:
    return "" if value is None else str(value)


def _whole(value: Value | None) -> int | None:
    return None if value is None else int(str(value))


def _end(iri: str) -> str:
    """The last part of an IRI, which stands for the name of a term of another vocabulary.

    >>> _end("http://www.w3.org/2000/01/rdf-schema#label")
    'label'
    """
    return iri.rpartition("#")[2].rpartition("/")[2]
