"""Lines of N-Quads as their terms, for formats that the engine does not write."""

from __future__ import annotations

import json
import re
from typing import NamedTuple

from kg.store.answers import IRI, Blank

_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_LINE = re.compile(
    r"(?P<subject><[^>]*>|_:\S+) <(?P<predicate>[^>]*)> "
    r'(?:(?P<node><[^>]*>|_:\S+)|(?P<text>"[^"\\]*(?:\\.[^"\\]*)*")(?:@(?P<language>[^\s]+)|\^\^<(?P<datatype>[^>]*)>)?)'
    r"(?: (?P<graph><[^>]*>|_:\S+))? \.\n?"
)


class Literal(NamedTuple):
    """A literal: its lexical form, language or None, and the IRI of its datatype; None with a language."""

    value: str
    language: str | None = None
    datatype: str | None = _XSD_STRING

    @property
    def plain(self) -> bool:
        """Whether it is a string without a language."""
        return self.datatype == _XSD_STRING


Node = IRI | Blank


class Quad(NamedTuple):
    """A quad; its graph is None in the default graph."""

    subject: Node
    predicate: IRI
    object: Node | Literal
    graph: Node | None


def read_line(line: str) -> Quad:
    r"""The terms of a line of N-Quads or N-Triples as the engine writes them.

    >>> read_line('<urn:a> <urn:b> "c\\n"@en <urn:g> .').object
    Literal(value='c\n', language='en', datatype=None)
    """
    found = _LINE.fullmatch(line)
    assert found is not None, line
    subject, predicate, node, text, language, datatype, graph = found.groups()
    if node is not None:
        value: Node | Literal = _node(node)
    else:
        # Its escapes are those of JSON strings too.
        value = Literal(json.loads(text), language, None if language else datatype or _XSD_STRING)
    return Quad(_node(subject), IRI(predicate), value, _node(graph) if graph else None)


def _node(text: str) -> Node:
    return IRI(text[1:-1]) if text[0] == "<" else Blank(text[2:])
