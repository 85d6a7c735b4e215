"""The whole graph as JSON-LD 1.1, a graph for each passage, and the context that shortens its IRIs.

The context is made of the prefixes and properties of the ontology. It is written into the file, so that nothing is
fetched when the file is read; with `Options.context` the file names its address instead.
"""

from __future__ import annotations

import itertools
import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import IO, Any

from rdflib import OWL, RDF, RDFS, XSD, URIRef

from kg.errors import UseError
from kg.export.formats import Exported, Options, Outcome
from kg.export.terms import Literal, Node, Quad, read_line
from kg.names import Prefixes
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.store.answers import Blank
from kg.store.lines import Order, sorted_lines

_TYPE, _INTEGER, _BOOLEAN = str(RDF.type), str(XSD.integer), str(XSD.boolean)
_NATIVE = {_INTEGER, _BOOLEAN, str(XSD.string)}
"""Types of values that need no word: JSON has them."""
_EXACT = 2**53
"""Integers up to this are the same in every reader of JSON."""
_ADDRESS = re.compile(r"https?://[^\s<>\"]+")

Context = dict[str, Any]


def context(project: Project) -> Context:
    """The JSON-LD context of a project: its prefixes, and of which type the values of its properties are.

    >>> context(Project.find())["rdfs"]
    'http://www.w3.org/2000/01/rdf-schema#'
    """
    ontology = Ontology(project)
    prefixes, graph = ontology.prefixes, ontology.graph
    terms: Context = {}
    for property_ in set(graph.subjects(RDF.type, OWL.ObjectProperty)):
        terms[prefixes.shorten(str(property_))] = {"@type": "@id"}
    for property_ in set(graph.subjects(RDF.type, OWL.DatatypeProperty)):
        ranges = [str(each) for each in graph.objects(property_, RDFS.range) if isinstance(each, URIRef)]
        if len(ranges) == 1 and ranges[0] not in _NATIVE:
            terms[prefixes.shorten(str(property_))] = {"@type": prefixes.shorten(ranges[0])}
    compact = {name: value for name, value in terms.items() if "://" not in name}
    return {"@version": 1.1, **dict(sorted(prefixes.mapping.items())), **dict(sorted(compact.items()))}


def write_context(graph: Exported, path: Path, _options: Options) -> Outcome:
    """Write the context as a file to publish."""
    text = json.dumps({"@context": context(graph.project)}, ensure_ascii=False, indent=2)
    path.write_text(text + "\n", encoding="utf-8")
    return Outcome()


def json_ld(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write all graphs as JSON-LD.

    Raises:
        UseError: the context is no web address, or cannot tell an IRI of the graph from a shortened one.
    """
    if options.context is not None and not _ADDRESS.fullmatch(options.context):
        raise UseError(f"{options.context}: no web address. Give the http or https address of a context")
    whole = context(graph.project)
    with (
        path.open("w", encoding="utf-8", newline="\n") as out,
        tempfile.TemporaryFile("w+", encoding="utf-8", newline="\n", dir=path.parent) as kept,
        sorted_lines(graph.embedded.quads(), Order.GRAPHS, path.parent, options.tell) as lines,
    ):
        taken = _schemes(lines, kept, [name for name, value in whole.items() if isinstance(value, str)])
        if taken and options.context is not None:
            raise UseError(
                f"IRIs that begin with {', '.join(f'{each}:' for each in sorted(taken))} would be taken for shortened "
                "ones. Leave out the address of the context: then it is made to fit"
            )
        own = {name: value for name, value in whole.items() if name.partition(":")[0] not in taken}
        named = json.dumps(options.context or own, ensure_ascii=False)
        kept.seek(0)
        out.write(f'{{"@context": {named},\n"@graph": [')
        _write_graphs(map(read_line, kept), out, _Compactor(own))
        out.write("\n]}\n")
    return Outcome()


def _schemes(lines: Iterator[str], kept: IO[str], prefixes: Iterable[str]) -> set[str]:
    """Keep the lines, and say which prefixes are the schemes of IRIs in them: those would be taken for one another."""
    scheme = re.compile(f"<({'|'.join(map(re.escape, prefixes))}):(?!//)")
    taken: set[str] = set()
    while part := "".join(itertools.islice(lines, 10_000)):
        kept.write(part)
        taken.update(scheme.findall(part))
    return taken


def _write_graphs(quads: Iterator[Quad], out: IO[str], compact: _Compactor) -> None:
    first = True
    for name, of_graph in itertools.groupby(quads, key=lambda quad: quad.graph):
        nodes = (
            compact.node(subject, facts) for subject, facts in itertools.groupby(of_graph, key=lambda q: q.subject)
        )
        texts = (json.dumps(node, ensure_ascii=False) for node in nodes)
        if name is not None:
            out.write(("\n" if first else ",\n") + f'{{"@id": {json.dumps(compact.id(name), ensure_ascii=False)}, ')
            out.write('"@graph": [')
        for number, text in enumerate(texts):
            start = number == 0 and (name is not None or first)
            out.write(("\n" if start else ",\n") + text)
        if name is not None:
            out.write("\n]}")
        first = False


class _Compactor:
    """Shortens by a context."""

    def __init__(self, given: Mapping[str, Any]) -> None:
        self._prefixes = Prefixes({name: value for name, value in given.items() if isinstance(value, str)})
        self._types = {name: value["@type"] for name, value in given.items() if isinstance(value, dict)}
        self._short: dict[str, str] = {}

    def id(self, node: Node) -> str:
        """A node as the value of `@id`."""
        return f"_:{node}" if isinstance(node, Blank) else self._iri(node)

    def node(self, subject: Node, facts: Iterable[Quad]) -> dict[str, Any]:
        """A subject with its facts."""
        made: dict[str, Any] = {"@id": self.id(subject)}
        for fact in facts:
            if fact.predicate == _TYPE and not isinstance(fact.object, Literal):
                name, value = "@type", self.id(fact.object)
            else:
                name = self._iri(fact.predicate)
                value = self._value(fact.object, self._types.get(name))
            known = made.setdefault(name, value)
            if isinstance(known, list):
                known.append(value)
            elif known is not value:
                made[name] = [known, value]
        return made

    def _value(self, value: Node | Literal, expected: str | None) -> Any:
        """A value; `expected` is the type that the context gives to values of the property."""
        if not isinstance(value, Literal):
            return self.id(value) if expected == "@id" else {"@id": self.id(value)}
        if value.language is not None:
            return {"@value": value.value, "@language": value.language}
        assert value.datatype is not None
        if expected is None:
            if value.plain:
                return value.value
            if value.datatype == _BOOLEAN and value.value in ("true", "false"):
                return value.value == "true"
            if value.datatype == _INTEGER and _is_exact(value.value):
                return int(value.value)
        elif expected == self._iri(value.datatype):
            return value.value
        return {"@value": value.value} if value.plain else {"@value": value.value, "@type": self._iri(value.datatype)}

    def _iri(self, iri: str) -> str:
        short = self._short.get(iri)
        if short is None:
            short = self._prefixes.shorten(iri)
            local = short.partition(":")[2]
            # What begins with two slashes after the colon is never taken for a shortened IRI.
            short = iri if not local or local.startswith("//") else short
            if len(self._short) < 10_000:
                self._short[iri] = short
        return short


def _is_exact(text: str) -> bool:
    """Whether a number in JSON gives back just this text.

    >>> _is_exact("12"), _is_exact("012"), _is_exact("12345678901234567890")
    (True, False, False)
    """
    return len(text) < 17 and text.lstrip("-").isdecimal() and str(int(text)) == text and abs(int(text)) < _EXACT
