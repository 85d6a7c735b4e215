"""The whole graph as N-Quads, TriG, N-Triples or Turtle."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from kg.errors import UseError
from kg.store.oxigraph import OxigraphStore

FORMATS = {
    ".nq": "application/n-quads",
    ".trig": "application/trig",
    ".nt": "application/n-triples",
    ".ttl": "text/turtle",
}


def write_rdf(store: OxigraphStore, path: Path, prefixes: Mapping[str, str] | None = None) -> int:
    """Write all facts, sorted, and say how many bytes; N-Triples and Turtle hold the union of all graphs.

    Raises:
        UseError: the file's ending names no format, or its folder does not exist.
    """
    media_type = FORMATS.get(path.suffix)
    if media_type is None:
        raise UseError(f"{path}: no format for {path.suffix or 'no ending'}. Use one of {', '.join(FORMATS)}")
    if media_type == "application/n-quads":
        data = "".join(line + "\n" for line in store.nquads()).encode("utf-8")
    else:
        data = store.serialise(media_type, prefixes)
    try:
        path.write_bytes(data)
    except OSError as error:
        raise UseError(f"{path}: cannot be written ({error.strerror}). Give a file in a folder that exists") from None
    return len(data)
