"""A process that makes a changed copy of a generation of the graph, for who spawned it.

It is run as a file, and imports the engine and little of the standard library. It reads a tuple in the format of
`marshal` from standard input and writes one to standard output: a word of `Outcome`, a message, and numbers. The old
generation is only read; the copy shares with it the files that never change.
"""

from __future__ import annotations

import ctypes
import json
import marshal
import os
import re
import resource
import signal
import sys
from collections.abc import Iterator, Sequence
from typing import Any
from xml.parsers import expat

import pyoxigraph as ox

DEEPEST = 500
"""Levels of nesting of a document, beyond which the engine's parsers slow down and may end the process."""

MADE, MISSING, UNMET, BAD, FAILED = "made", "missing", "unmet", "bad", "failed"
"""What came of a change.

It was made; there is no such graph; the graph is there and must not be, or the other way round; what was sent does not
parse; the store cannot be written.
"""

_JSON_STRING = re.compile(rb'"(?:[^"\\]|\\.)*+"', re.DOTALL)
_JSON_BRACKET = re.compile(rb"[][{}]")


class BadDocument(Exception):
    """A document that cannot be loaded; its message says why."""


def quads_of(documents: Sequence[tuple[str, bytes, str | None]], graph: str | None) -> list[Any]:
    """The triples of documents as quads of a graph; the blank nodes of each document are named anew.

    Args:
        documents: of each its media type, its bytes, and against which its relative IRIs are resolved.
        graph: IRI; None for the default graph.

    Raises:
        BadDocument: one does not parse, is nested too deeply, or would fetch something from elsewhere.

    >>> [quad] = quads_of([("text/turtle", b"<#a> <#b> 1 .", "urn:x")], "urn:g")
    >>> str(quad.subject), str(quad.graph_name)
    ('<urn:x#a>', '<urn:g>')
    """
    target = ox.NamedNode(graph) if graph is not None else ox.DefaultGraph()
    quads = []
    for media_type, body, base in documents:
        form = ox.RdfFormat.from_media_type(media_type)
        assert form is not None, media_type
        if form == ox.RdfFormat.RDF_XML:
            _check_xml(body)
        elif form == ox.RdfFormat.JSON_LD:
            _check_json(body)
        try:
            parsed = ox.parse(body, form, base_iri=base, without_named_graphs=True, rename_blank_nodes=True)
            quads += [ox.Quad(each.subject, each.predicate, each.object, target) for each in parsed]
        except SyntaxError as error:
            if "LoadDocumentCallback" in str(error):
                named = ", ".join(sorted(set(_contexts(json.loads(body))))) or "a document"
                raise BadDocument(f"the context {named} lies elsewhere and is not fetched. Write it out") from None
            raise BadDocument(f"the document does not parse: {_brief(error)}. Correct it there") from None
    return quads


def _check_xml(body: bytes) -> None:
    """Refuse document types, whose entities may grow without end, and what is nested too deeply."""
    parser, depth = expat.ParserCreate(), 0

    def refuse(*_declared: object) -> None:
        raise BadDocument("the document has a DOCTYPE, whose entities are not read. Leave it out")

    def down(*_element: object) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise _too_deep()

    def up(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser.StartDoctypeDeclHandler, parser.StartElementHandler, parser.EndElementHandler = refuse, down, up
    try:
        parser.Parse(body, True)
    except (expat.ExpatError, ValueError) as error:
        raise BadDocument(f"the document is not XML: {error}. Correct it there") from None


def _check_json(body: bytes) -> None:
    depth = 0
    for bracket in _JSON_BRACKET.findall(_JSON_STRING.sub(b"", body)):
        depth += 1 if bracket in b"[{" else -1
        if depth > DEEPEST:
            raise _too_deep()


def _too_deep() -> BadDocument:
    return BadDocument(f"the document is nested more than {DEEPEST} deep. Make it flatter")


def _contexts(value: Any) -> Iterator[str]:
    """The addresses of contexts in JSON-LD."""
    if isinstance(value, list):
        for each in value:
            yield from _contexts(each)
    elif isinstance(value, dict):
        for name, each in value.items():
            if name in ("@context", "@import"):
                yield from (one for one in (each if isinstance(each, list) else [each]) if isinstance(one, str))
            yield from _contexts(each)


def _brief(error: Exception) -> str:
    """An error of the engine on one line; it may list every character that was possible."""
    return " ".join(str(error).split())[:200]


def made(path: str, aside: str, change: tuple[Any, ...]) -> tuple[str, str, int, bool]:
    """Copy a generation and change the copy.

    Args:
        path: folder of the generation, which is only read.
        aside: folder of the copy, which is not there yet.
        change: `("update", text, base, prefixes)`, `("put" or "post", graph, wanted, documents)`, the documents as
            `quads_of` takes them, or `("delete", graph, wanted)`. `wanted`: whether the graph may be there before, as
            a tuple of truths.

    Returns: what came of it, a message, the number of quads, and whether the graph was there before.
    """
    try:
        kind, *rest = change
        quads = quads_of(rest[2], rest[0]) if kind in ("put", "post") else []
        ox.Store.read_only(path).backup(aside)
        store = ox.Store(aside)
        there = True
        if kind == "update":
            text, base, prefixes = rest
            store.update(text, base_iri=base, prefixes=prefixes)
        else:
            graph = ox.NamedNode(rest[0]) if rest[0] is not None else ox.DefaultGraph()
            there = rest[0] is None or store.contains_named_graph(graph)
            if kind == "delete" and not there:
                return MISSING, "", 0, False
            if there not in rest[1]:
                return UNMET, "", 0, there
            if kind == "delete":
                store.remove_graph(graph)
            else:
                if kind == "put":
                    store.clear_graph(graph)
                if rest[0] is not None:
                    store.add_graph(graph)
                store.extend(quads)
        store.flush()
        return MADE, "", len(store), there
    except BadDocument as error:
        return BAD, str(error), 0, False
    except (SyntaxError, ValueError) as error:
        return BAD, f"the update does not parse: {_brief(error)}. Correct it there", 0, False
    except RuntimeError as error:
        return BAD, f"the update cannot be made: {_brief(error)}. Change it", 0, False
    except OSError as error:
        if isinstance(error, ConnectionError) or not str(error).startswith(("IO error", "Corruption", "No space")):
            return BAD, "what is to be fetched from elsewhere cannot be read. Try again, or leave it out", 0, False
        return FAILED, _brief(error), 0, False


_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Make the change that standard input tells of."""
    for number in (signal.SIGINT, signal.SIGTERM):  # terminals and supervisors send them to all: the server decides
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # nobody else ends it when the server is killed
    path, aside, memory, change = marshal.load(sys.stdin.buffer)
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    marshal.dump(made(path, aside, change), sys.stdout.buffer)
    sys.stdout.buffer.flush()
    os._exit(0)  # the engine's threads must not meet an interpreter that is being taken down


if __name__ == "__main__":
    main()
