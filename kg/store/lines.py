"""Quads as sorted lines of text, and as RDF in that order, of a graph of any size: the lines are sorted on disk."""

from __future__ import annotations

import contextlib
import heapq
import itertools
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import IO, Any

import pyoxigraph as ox

from kg.errors import NotAcceptable
from kg.store.worker import NO_XML, in_xml

RUN = 100_000
"""Lines that are sorted in memory at once."""

Tell = Callable[[str], None]


class Order(Enum):
    """What lines are sorted by."""

    QUADS = "quads: subject, predicate, object, graph"
    GRAPHS = "quads of one graph after the other"
    UNION = "triples of all graphs, each once"


def _quiet(_step: str) -> None:
    """Tells nothing."""


@contextlib.contextmanager
def sorted_lines(
    quads: Iterable[Any], order: Order, folder: Path | None = None, tell: Tell = _quiet
) -> Iterator[Iterator[str]]:
    """Lines of N-Quads, or of N-Triples for the union, sorted by code point; each ends in a line feed.

    Args:
        quads: of the engine.
        order: what they are sorted by.
        folder: where runs of lines are kept meanwhile, by default the system's folder of temporary files.
        tell: told how many quads were read.

    >>> quad = ox.Quad(ox.NamedNode("urn:a"), ox.NamedNode("urn:b"), ox.Literal("c"), ox.NamedNode("urn:g"))
    >>> with sorted_lines([quad], Order.UNION) as lines:
    ...     list(lines)
    ['<urn:a> <urn:b> "c" .\\n']
    """
    make = {Order.QUADS: _quad, Order.GRAPHS: _graph_first, Order.UNION: _triple}[order]
    texts = map(make, quads)
    with contextlib.ExitStack() as stack:
        runs: list[Iterable[str]] = []
        while run := sorted(itertools.islice(texts, RUN)):
            if len(run) == RUN:  # there may be more
                where = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="run-", dir=folder))) / "lines"
                with where.open("w", encoding="utf-8", newline="\n") as file:
                    file.writelines(run)
                run.clear()
                runs.append(stack.enter_context(where.open(encoding="utf-8", newline="\n")))
                tell(f"{len(runs) * RUN:,} facts read")
            else:
                runs.append(run)
        merged: Iterator[str] = heapq.merge(*runs)
        if order is Order.UNION:
            merged = (line for line, _same in itertools.groupby(merged))
        elif order is Order.GRAPHS:
            merged = map(_graph_last, merged)
        yield merged


def _triple(quad: Any) -> str:
    return f"{quad.triple} .\n"


def _graph(quad: Any) -> str:
    return "" if isinstance(quad.graph_name, ox.DefaultGraph) else str(quad.graph_name)


def _quad(quad: Any) -> str:
    graph = _graph(quad)
    return f"{quad.triple} {graph} .\n" if graph else _triple(quad)


def _graph_first(quad: Any) -> str:
    # No term in N-Triples has a tab, which sorts before everything that a name of a graph may hold.
    return f"{_graph(quad)}\t{quad.triple} .\n"


def _graph_last(line: str) -> str:
    graph, _, triple = line.partition("\t")
    return f"{triple[:-2]}{graph} .\n" if graph else triple


def write_rdf(
    quads: Iterable[Any],
    out: IO[bytes],
    media_type: str,
    prefixes: Mapping[str, str],
    folder: Path | None = None,
    tell: Tell = _quiet,
) -> None:
    """Write quads in a format; one that has no graphs holds the union of all.

    Args:
        quads: of the engine.
        out: where they are written.
        media_type: of the format.
        prefixes: by which formats that have prefixes shorten IRIs; those that no IRI needs are left out.
        folder: where sorted lines are kept meanwhile.
        tell: told how far it is.

    Raises:
        NotAcceptable: there is a character that XML cannot hold, and the format is XML.
    """
    wanted = ox.RdfFormat.from_media_type(media_type)
    assert wanted is not None, media_type
    order = Order.UNION if not wanted.supports_datasets else Order.QUADS
    if wanted == ox.RdfFormat.TRIG:
        order = Order.GRAPHS
    with sorted_lines(quads, order, folder, tell) as lines:
        if wanted in (ox.RdfFormat.N_QUADS, ox.RdfFormat.N_TRIPLES):
            for line in lines:
                out.write(line.encode("utf-8"))
            return
        with tempfile.TemporaryFile(dir=folder) as kept:
            used = _keep(lines, kept, prefixes)
            kept.seek(0)
            flat = ox.RdfFormat.N_QUADS if wanted.supports_datasets else ox.RdfFormat.N_TRIPLES
            parsed = ox.parse(kept, flat)
            terms = parsed if wanted.supports_datasets else (quad.triple for quad in parsed)
            lined = wanted in (ox.RdfFormat.TURTLE, ox.RdfFormat.TRIG)  # a prefix a line
            head = _SortedHead(out, len(used)) if lined else _Xml(out) if wanted == ox.RdfFormat.RDF_XML else out
            ox.serialize(terms, head, wanted, prefixes=used)  # type: ignore[arg-type]


def _keep(lines: Iterator[str], file: IO[bytes], prefixes: Mapping[str, str]) -> dict[str, str]:
    """Write lines to a file, and say which prefixes they need."""
    sought = {prefix: f"<{iri}" for prefix, iri in prefixes.items()}
    while part := "".join(itertools.islice(lines, 10_000)):
        file.write(part.encode("utf-8"))
        sought = {prefix: iri for prefix, iri in sought.items() if iri not in part}
    return {prefix: iri for prefix, iri in prefixes.items() if prefix not in sought}


class _Xml:
    """A file whose XML the engine writes."""

    def __init__(self, out: IO[bytes]) -> None:
        self._out = out

    def write(self, data: bytes) -> int:
        """Write what a parser reads as it was meant."""
        found = in_xml(data)
        if found is None:
            raise NotAcceptable(NO_XML)
        self._out.write(found)
        return len(data)

    def flush(self) -> None:
        """Write through."""
        self._out.flush()


class _SortedHead:
    """A file whose first lines are sorted: the engine writes prefixes in no order of their own.

    Args:
        out: where everything goes.
        count: of lines that are sorted.
    """

    def __init__(self, out: IO[bytes], count: int) -> None:
        self._out, self._count, self._head = out, count, b""

    def write(self, data: bytes) -> int:
        """Write, or hold back until the first lines are complete."""
        if not self._count:
            self._out.write(data)
            return len(data)
        self._head += data
        lines = self._head.split(b"\n", self._count)
        if len(lines) > self._count:
            self._out.write(b"".join(line + b"\n" for line in sorted(lines[:-1])) + lines[-1])
            self._count, self._head = 0, b""
        return len(data)

    def flush(self) -> None:
        """Write through."""
        self._out.flush()
