"""A process that answers queries on a generation of the graph, one at a time, for who spawned it.

It is run as a file, and imports the engine and little of the standard library, so that it is ready soon. It speaks
over the socket that is its standard input: frames of a length in four bytes, and

- from outside a tuple in the format of `marshal`, as `Worker.answer` takes it;
- from here a byte that says what it is (`Reply`), and the answer or a message; when it is ready, its process id.

A worker reads the graph from disk, and is ready at once. A nursery copies it into memory, where queries are answered
several times as fast, and then forks a worker for each socket that it is sent: they share the copy.

A query cannot be stopped from within: whoever spawned this kills it.
"""

from __future__ import annotations

import contextlib
import functools
import gc
import marshal
import os
import re
import resource
import signal
import socket
import struct
import sys
from collections.abc import Sequence
from enum import IntEnum
from typing import Any

import pyoxigraph as ox

HEAD = struct.Struct("<IB")
LENGTH = struct.Struct("<I")
TIRED = 0x80
"""Added to a reply after which the worker should be asked no more: it holds much of the memory that it may have."""


DEFAULT_GRAPH = "urn:x-arq:DefaultGraph"
"""By which the dataset of a query names the default graph itself, as in Jena; without any it is the union of all."""


class Reply(IntEnum):
    """What a frame from a worker is."""

    READY = 0
    RESULTS = 1
    TRIPLES = 2
    BAD_QUERY = 3
    NOT_ACCEPTABLE = 4
    TOO_LARGE = 5
    OUT_OF_MEMORY = 6
    FAILED = 7


class Refused(Exception):
    """An answer that is not given; the reply and its message."""


class Counting:
    """A file that keeps what is written to it, as long as it has neither too many bytes nor too many rows.

    Args:
        size: bytes that it takes.
        rows: rows that it takes.
        form: extension of the format, by which rows are told in what is written; another, and they are not counted.
    """

    def __init__(self, size: int, rows: int, form: str = "") -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self._most, self._rows = size, rows
        found: tuple[re.Pattern[bytes] | None, int, bool] = _SIGNS.get(form, (None, 0, False))
        self._sign, besides, self._quoted = found
        self._left, self._tail, self._within = rows + besides, b"", False

    def write(self, part: bytes) -> int:
        """Keep a part, or refuse the answer."""
        self.parts.append(part)
        self.size += len(part)
        if self.size > self._most:
            raise Refused(Reply.TOO_LARGE, f"the answer has more than {self._most >> 20} MiB. Ask for less, with LIMIT")
        if self._sign:
            self._left -= self._count(self._sign, part)
            if self._left < 0:
                raise self.too_many()
        return len(part)

    def flush(self) -> None:
        """Nothing waits here."""

    def counted(self, triples: Any) -> Any:
        """The triples, for formats in which they cannot be told from what is written."""
        for number, triple in enumerate(triples):
            if number >= self._rows:
                raise self.too_many()
            yield triple

    def too_many(self) -> Refused:
        """That there are more rows."""
        return Refused(Reply.TOO_LARGE, f"the answer has more than {self._rows:,} rows. Ask for less, with LIMIT")

    def _count(self, sign: re.Pattern[bytes], part: bytes) -> int:
        if self._quoted:
            count = 0
            for number, piece in enumerate(part.split(b'"')):
                if number:
                    self._within = not self._within
                if not self._within:
                    count += piece.count(b"\n")
            return count
        part = self._tail + part  # a sign may lie across two parts, and none is shorter than what is kept of the first
        self._tail = part[-_WIDTH[sign] :] if _WIDTH[sign] else b""
        return len(sign.findall(part))


_LINE, _OBJECT, _ELEMENT = re.compile(rb"\n"), re.compile(rb'\},\{"[^,}]'), re.compile(rb"</result>")
_WIDTH = {_LINE: 0, _OBJECT: 4, _ELEMENT: 8}
_SIGNS = {
    "srj": (_OBJECT, -1, False),
    "srx": (_ELEMENT, 0, False),
    "csv": (_LINE, 1, True),
    "tsv": (_LINE, 1, False),
    "nt": (_LINE, 0, False),
}
"""By the extension of a format: what each row has once, how many more or fewer of it there are, whether quotes hide it.

In JSON, `},{` and a quotation mark may also end a string; then a comma or a bracket follows. Rows without any value are
not counted there.
"""

_HIDDEN = re.compile(
    r"#[^\r\n]*"
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r'|"""(?:"{0,2}(?:[^"\\]|\\.))*+"""'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*+'''"
    r'|"(?:[^"\\\r\n]|\\.)*+"'
    r"|'(?:[^'\\\r\n]|\\.)*+'",
    re.DOTALL,
)
_FROM = re.compile(r"(?<![\w?$:@.\\\x80-\U0010ffff-])FROM(?![\w:.-])", re.IGNORECASE)


def has_dataset(text: str) -> bool:
    """Whether a query says by FROM which graphs it asks: then its default graph is not the union of all.

    >>> has_dataset("SELECT * FROM <urn:g> { ?s ?p ?o }"), has_dataset("SELECT ?from { ?s a 'FROM' } # FROM")
    (True, False)
    """
    return bool(_FROM.search(text)) and bool(_FROM.search(_HIDDEN.sub(" ", text)))


_NOT_XML = bytes([*range(9), 11, 12, *range(14, 32)])
_NOT_NAMED = b"<oxprefix: "
"""What the engine writes for a property whose IRI does not end in a name, and no other program reads."""


def in_xml(body: bytes) -> bytes | None:
    r"""XML of the engine, which writes characters as they are, such that a parser reads what was meant.

    None where there is a character that XML 1.0 has no way to write (section 2.2), or a property that RDF/XML has none
    for.

    >>> in_xml(b"<a>1\r\n2</a>"), in_xml(b"<a>\x01</a>")
    (b'<a>1&#13;\n2</a>', None)
    """
    if len(body.translate(None, _NOT_XML)) < len(body) or any(
        each in body for each in (b"\xef\xbf\xbe", b"\xef\xbf\xbf", _NOT_NAMED)
    ):
        return None
    return body.replace(b"\r", b"&#13;")


def _whole(parts: list[bytes], form: str) -> list[bytes]:
    if form not in ("rdf", "srx"):
        return parts
    body = in_xml(b"".join(parts))
    if body is None:
        raise Refused(Reply.NOT_ACCEPTABLE, NO_XML)
    return [body]


NO_XML = "the answer holds a character or a property that XML has no way to write. Take another format"


@functools.cache
def _results_format(media_type: str) -> Any:
    return ox.QueryResultsFormat.from_media_type(media_type)


@functools.cache
def _triples_format(media_type: str) -> Any:
    return ox.RdfFormat.from_media_type(media_type)


class Worker:
    """Answers queries on a store.

    Args:
        store: the engine.
        prefixes: that queries need not declare.
        size: bytes that an answer may have.
        rows: rows or triples, likewise.
    """

    def __init__(self, store: Any, prefixes: dict[str, str], size: int, rows: int) -> None:
        self.store, self.prefixes, self.size, self.rows = store, prefixes, size, rows

    def answer(
        self,
        text: str,
        results: str | None,
        triples: str | None,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        base: str | None = None,
    ) -> tuple[Reply, list[bytes]]:
        """What kind of reply, and its body in parts; every error is a reply.

        Args:
            text: SPARQL.
            results: media type of the answer to SELECT and ASK, None where it is not wanted.
            triples: media type of the answer to CONSTRUCT and DESCRIBE, likewise.
            default, named: IRIs of graphs; where both are None, all graphs are asked, or those that the query says.
            base: against which relative IRIs are resolved.
        """
        try:
            return self._answer(text, results, triples, default, named, base)
        except Refused as refused:
            kind, message = refused.args
        except (SyntaxError, ValueError) as error:
            kind, message = Reply.BAD_QUERY, f"the query does not parse: {_brief(error)}. Correct it there"
        except MemoryError:
            kind, message = Reply.OUT_OF_MEMORY, ""
        except RuntimeError as error:
            kind, message = _failed(error, f"the query cannot be run: {_brief(error)}. Ask for less, or in another way")
        except OSError as error:
            kind, message = _failed(error, "an endpoint that the query asks does not answer. Ask without it")
            if str(error).startswith("RDF/XML"):
                kind, message = Reply.NOT_ACCEPTABLE, NO_XML
        return kind, [message.encode("utf-8", "replace")]

    def _answer(
        self,
        text: str,
        results: str | None,
        triples: str | None,
        default: Sequence[str] | None,
        named: Sequence[str] | None,
        base: str | None,
    ) -> tuple[Reply, list[bytes]]:
        prefixes = {name: iri for name, iri in self.prefixes.items() if f"{name}:" in text}  # reading one takes time
        if default is None and named is None:
            union = not has_dataset(text)
            answer = self.store.query(text, base_iri=base, prefixes=prefixes, use_default_graph_as_union=union)
        else:
            answer = self.store.query(
                text,
                base_iri=base,
                prefixes=prefixes,
                default_graph=[ox.DefaultGraph() if g == DEFAULT_GRAPH else ox.NamedNode(g) for g in default or ()],
                named_graphs=[ox.NamedNode(iri) for iri in named or ()],
            )
        if isinstance(answer, ox.QueryTriples):
            form = triples and _triples_format(triples)
            if not form:
                raise Refused(Reply.NOT_ACCEPTABLE, _UNWANTED)
            writer: Any = Counting(self.size, self.rows, form.file_extension)
            if form.file_extension in _SIGNS:
                answer.serialize(writer, format=form)
            else:
                ox.serialize(writer.counted(answer), writer, format=form)
            return Reply.TRIPLES, _whole(writer.parts, form.file_extension)
        form = results and _results_format(results)
        if not form:
            raise Refused(Reply.NOT_ACCEPTABLE, _UNWANTED)
        writer = Counting(self.size, self.rows, form.file_extension if isinstance(answer, ox.QuerySolutions) else "")
        answer.serialize(writer, format=form)
        return Reply.RESULTS, _whole(writer.parts, form.file_extension)


_UNWANTED = "the answer cannot be written in any form that the request accepts. Accept another"


def _brief(error: Exception) -> str:
    """An error of the engine on one line; it may list every character that was possible."""
    text = " ".join(str(error).split())
    return text if len(text) <= 200 else f"{text[:200]} ..."


def _failed(error: Exception, otherwise: str) -> tuple[Reply, str]:
    """The store's own errors tell paths of the machine: those are not passed on."""
    if str(error).startswith(("IO error", "Corruption")):
        return Reply.FAILED, "the store cannot be read. Run `kg build` to make it anew"
    return Reply.BAD_QUERY, otherwise


def _receive(connection: socket.socket) -> bytes | None:
    """A frame; None where the other end was closed."""
    data = connection.recv(1 << 16)
    while data and (len(data) < LENGTH.size or len(data) < LENGTH.size + LENGTH.unpack_from(data)[0]):
        more = connection.recv(1 << 20)
        if not more:
            return None
        data += more
    return data[LENGTH.size :] if data else None


def _send(connection: socket.socket, kind: int, parts: list[bytes]) -> None:
    connection.sendall(b"".join([HEAD.pack(sum(map(len, parts)), kind), *parts]))


def die_with_parent(parent: int | None = None) -> None:
    """End this process when its parent does: what it runs then would run on, for nobody; if that has gone, at once."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if parent not in (None, os.getppid()):
            os._exit(1)


def limit_memory(more: int) -> None:
    """Let this process take so many bytes more than it has taken."""
    with open("/proc/self/statm", "rb") as status:  # noqa: PTH123 (pathlib takes its time to import)
        taken = int(status.read().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (taken + more, taken + more))


_PR_SET_PDEATHSIG = 1


def main() -> None:
    """Open the generation, say so, and answer until the other end is closed."""
    for number in (signal.SIGINT, signal.SIGTERM):  # terminals and supervisors send them to all: the server decides
        signal.signal(number, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    die_with_parent()
    connection = socket.socket(fileno=os.dup(0))
    os.dup2(1, 0)  # what is forked must not hold the socket of what forked it: its end would not be seen
    path, memory, size, rows, prefixes, nursery = marshal.loads(_receive(connection) or b"")
    try:
        store = ox.Store.read_only(path)
        if nursery:
            disk, store = store, ox.Store()
            store.bulk_extend(disk)
            del disk
    except (OSError, RuntimeError):
        _send(connection, Reply.FAILED, [b"the store cannot be opened. Run `kg build` to make it anew"])
        return
    worker = Worker(store, prefixes, size, rows)
    if nursery:
        _fork(connection, worker, memory)
    else:
        _serve(connection, worker, memory)


def _fork(connection: socket.socket, worker: Worker, memory: int) -> None:
    """Fork a worker for each socket that comes, until the other end is closed."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for them
    gc.freeze()
    nursery = os.getpid()
    _send(connection, Reply.READY, [])
    while True:
        message, sockets, _, _ = socket.recv_fds(connection, 1, 1)
        if not message:
            return
        with contextlib.suppress(OSError):  # no process more: who waits for it sees its socket closed
            if sockets and os.fork() == 0:
                _serve_forked(nursery, connection, sockets[0], worker, memory)
        for each in sockets:
            os.close(each)


def _serve_forked(nursery: int, connection: socket.socket, descriptor: int, worker: Worker, memory: int) -> None:
    """Be a worker until the end; what the nursery would do at its own end is not done."""
    try:
        connection.close()
        die_with_parent(nursery)
        _serve(socket.socket(fileno=descriptor), worker, memory)
    finally:
        os._exit(0)


def _serve(connection: socket.socket, worker: Worker, memory: int) -> None:
    """Answer until the other end is closed, in so many bytes more than are taken now."""
    limit_memory(memory)
    least = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    _send(connection, Reply.READY, [b"%d" % os.getpid()])
    while (asked := _receive(connection)) is not None:
        kind, parts = worker.answer(*marshal.loads(asked))
        grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - least) << 10  # what is freed may stay taken
        tired = kind == Reply.OUT_OF_MEMORY or grown > memory // 3
        _send(connection, kind | (TIRED if tired else 0), parts)


if __name__ == "__main__":
    main()
