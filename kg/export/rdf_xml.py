"""The union of all graphs as RDF/XML: the engine's own writer gives XML that does not parse for some properties."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from rdflib import RDF

from kg.errors import UseError
from kg.export.formats import Exported, Options, Outcome
from kg.export.terms import Literal, Node, Quad, read_line
from kg.store.answers import Blank
from kg.store.lines import Order, sorted_lines

FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 has no way to write."""
_LOCAL = re.compile(r"[A-Za-zÀ-ÖØ-öø-ÿ一-龥_][A-Za-zÀ-ÖØ-öø-ÿ一-龥0-9_.-]*$")
"""The end of an IRI that is a name in every edition of XML 1.0."""
_SYNTAX = ("RDF", "ID", "about", "parseType", "resource", "nodeID", "datatype", "Description", "li", "bagID")
_RESERVED = {str(RDF) + name for name in (*_SYNTAX, "aboutEach", "aboutEachPrefix")}
"""IRIs that are syntax of RDF/XML, so that no property may be called so."""


def rdf_xml(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the union of all graphs.

    Raises:
        UseError: a property has no name that XML allows, or a text has a character that XML forbids.
    """
    store = graph.embedded
    properties = sorted(str(row[0]) for row in store.select("SELECT DISTINCT ?p { ?s ?p ?o }").rows)
    names = _Names({**graph.prefixes.mapping, "rdf": str(RDF)}, properties)
    with (
        path.open("w", encoding="utf-8", newline="\n") as out,
        sorted_lines(store.quads(), Order.UNION, path.parent, options.tell) as lines,
    ):
        out.write(f'<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF{names.declarations}>\n')
        for subject, facts in itertools.groupby(map(read_line, lines), key=lambda quad: quad.subject):
            out.write(_described(subject, facts, names))
        out.write("</rdf:RDF>\n")
    return Outcome()


class _Names:
    """Names of elements for properties.

    Raises:
        UseError: a property has none.
    """

    def __init__(self, prefixes: dict[str, str], properties: Iterable[str]) -> None:
        by_namespace = {iri: prefix for prefix, iri in prefixes.items()}
        used = {"rdf": str(RDF)}
        self._elements: dict[str, tuple[str, str]] = {}
        for iri in properties:
            local = _LOCAL.search(iri)
            namespace = iri[: local.start()] if local else ""
            if not local or not namespace or iri in _RESERVED:
                raise UseError(f"RDF/XML has no way to write the property <{iri}>. Use turtle")
            prefix = by_namespace.get(namespace)
            if prefix is not None:
                used[prefix] = namespace
            name = f"{prefix or 'ns'}:{local.group()}"
            self._elements[iri] = name, name if prefix is not None else f"{name} xmlns:ns={quoteattr(namespace)}"
        self.declarations = "".join(f"\n  xmlns:{prefix}={quoteattr(iri)}" for prefix, iri in sorted(used.items()))

    def element(self, iri: str) -> tuple[str, str]:
        """Name of the element of a property, and the same with what must be declared for it."""
        return self._elements[iri]


def _described(subject: Node, facts: Iterable[Quad], names: _Names) -> str:
    lines = [f"<rdf:Description {_reference(subject, 'about')}>"]
    for fact in facts:
        name, start = names.element(fact.predicate)
        value = fact.object
        if not isinstance(value, Literal):
            lines.append(f"  <{start} {_reference(value, 'resource')}/>")
            continue
        if bad := FORBIDDEN.search(value.value):
            raise UseError(
                f"XML has no way to write the character U+{ord(bad.group()):04X}, which a text of <{subject}> has. "
                "Use turtle, or take it out of the tables"
            )
        kind = "" if value.plain else f" rdf:datatype={quoteattr(value.datatype or '')}"
        if value.language is not None:
            kind = f" xml:lang={quoteattr(value.language)}"
        # A reader makes a line feed of a bare carriage return.
        lines.append(f"  <{start}{kind}>{escape(value.value, {chr(13): '&#13;'})}</{name}>")
    lines.append("</rdf:Description>\n")
    return "\n".join(lines)


def _reference(node: Node, attribute: str) -> str:
    if isinstance(node, Blank):
        plain = re.sub(r"[^A-Za-z0-9]", lambda sign: f"_{ord(sign.group()):x}_", node)
        return f'rdf:nodeID="b{plain}"'
    return f"rdf:{attribute}={quoteattr(node)}"
