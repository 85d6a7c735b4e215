"""The whole graph as RDF: N-Quads, TriG, N-Triples or Turtle, sorted, so that the same facts give the same bytes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import UseError
from kg.export.files import replacing
from kg.export.formats import Exported, Options, Outcome
from kg.store.lines import write_rdf as write_lines
from kg.store.oxigraph import OxigraphStore

FORMATS = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".ttl": "text/turtle",
}


def turtle(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the union of all graphs as Turtle."""
    return _write(graph.embedded, path, "text/turtle", graph.prefixes.mapping, options)


def trig(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write all graphs as TriG."""
    return _write(graph.embedded, path, "application/trig", graph.prefixes.mapping, options)


def ntriples(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the union of all graphs as N-Triples."""
    return _write(graph.embedded, path, "application/n-triples", {}, options)


def nquads(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write all graphs as N-Quads."""
    return _write(graph.embedded, path, "application/n-quads", {}, options)


def write_rdf(store: OxigraphStore, path: Path, prefixes: Mapping[str, str] | None = None) -> int:
    """Write all facts, sorted, and say how many bytes; N-Triples and Turtle hold the union of all graphs.

    Raises:
        UseError: the file's ending names no format, or it cannot be written.
    """
    media_type = FORMATS.get(path.suffix)
    if media_type is None:
        raise UseError(f"{path}: no format for {path.suffix or 'no ending'}. Use one of {', '.join(FORMATS)}")
    with replacing(path) as aside:
        _write(store, aside, media_type, prefixes or {}, Options())
        return aside.stat().st_size


def _write(store: OxigraphStore, path: Path, media_type: str, prefixes: Mapping[str, str], options: Options) -> Outcome:
    with path.open("wb") as file:
        write_lines(store.quads(), file, media_type, prefixes, path.parent, options.tell)
    return Outcome()
