"""Send the graph to an endpoint: what is there already is compared and kept, the rest is sent in batches, then counted.

So a publishing that was stopped goes on when it is called again, and one that is complete sends nothing.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit, urlunsplit

import pyoxigraph as ox

from kg.errors import RemoteError, UseError
from kg.store.oxigraph import OxigraphStore, plain
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.client import Client, Refused
from kg.store.remote.store import RemoteStore, batches

WAYS = ("auto", "update", "graph-store")
_MOST_BYTES = 1_000_000
_MOST_TRIPLES, _MOST_ON_VIRTUOSO = 5_000, 400
_WHOLE_DECIMAL = re.compile(r'"([+-]?\d+)"(?=\^\^<http://www\.w3\.org/2001/XMLSchema#decimal> \.$)')
_NAMED = 5
_TOO_MUCH = (400, 413, 414, 500)

Triples = list[str]
Tell = Callable[[str], None]


@dataclass(frozen=True)
class Published:
    """What was done: named graphs and quads sent, graphs that were there already, graphs that were taken away."""

    sent_graphs: int
    sent_quads: int
    kept_graphs: int
    dropped_graphs: int
    quads: int


@dataclass(frozen=True)
class Target:
    """Where to write.

    Args:
        url: of the endpoint for queries; for updates too, unless another is given.
        how: update, graph-store, or auto: updates if the endpoint takes them.
        update_url: of the endpoint for updates.
        graph_store_url: of the Graph Store Protocol.
        replace: whether named graphs that are not ours are taken away.
    """

    url: str
    how: str = "auto"
    update_url: str = ""
    graph_store_url: str = ""
    replace: bool = False


def publish(
    source: OxigraphStore,
    target: Target | str,
    credentials: Credentials | None = None,
    limits: Limits | None = None,
    tell: Tell = lambda _step: None,
) -> Published:
    """Send a graph to an endpoint.

    Args:
        source: the graph.
        target: where to; an address alone is one that takes updates.
        credentials: from the environment, where none are given.
        limits: of each exchange; from the environment, where none are given.
        tell: told how far it is.

    Raises:
        UseError: the way is none, or lacks its address.
        RemoteError: it cannot be written there, does not answer, or does not hold at the end what was sent.
    """
    wanted = Target(target) if isinstance(target, str) else target
    if wanted.how not in WAYS:
        raise UseError(f"--how is {wanted.how}. Give {', '.join(WAYS)}")
    if wanted.how == "graph-store" and not wanted.graph_store_url:
        raise UseError("the address of the graph store is missing. Give it with --graph-store")
    there = RemoteStore(wanted.url, credentials, limits, tell, needs_union=False)
    graphs = _graphs(source)
    tell("looking at what is there")
    counts = there.graph_counts()
    todo = _different(there, graphs, counts, tell)
    surplus = sorted(set(counts) - set(graphs)) if wanted.replace else []
    if todo or surplus:
        writer = _writer(wanted, there, credentials, limits)
        for graph in [*surplus, *(graph for graph in todo if counts.get(graph))]:
            writer.drop(graph)
        writer.write({graph: graphs[graph] for graph in todo}, tell)
    _check(there, graphs)
    sent = sum(len(graphs[graph]) for graph in todo)
    return Published(len(todo), sent, len(graphs) - len(todo), len(surplus), sum(map(len, graphs.values())))


def _graphs(source: OxigraphStore) -> dict[str, list[Any]]:
    graphs: dict[str, list[Any]] = {}
    for quad in source.engine:
        if not isinstance(quad.graph_name, ox.NamedNode):
            raise UseError("the graph holds facts outside named graphs, which cannot be published. Build it anew")
        graphs.setdefault(quad.graph_name.value, []).append(quad)
    return dict(sorted(graphs.items()))


def _different(there: RemoteStore, graphs: Mapping[str, list[Any]], counts: Mapping[str, int], tell: Tell) -> list[str]:
    """The graphs that are not there as they are here; those of the same size are read and compared."""
    alike = {graph: len(quads) for graph, quads in graphs.items() if counts.get(graph) == len(quads)}
    same: set[str] = set()
    for batch in batches(alike):
        found: dict[str, Counter[object]] = {graph: Counter() for graph in batch}
        for quad in there.quads(batch, sum(alike[graph] for graph in batch)):
            found[str(quad.graph_name)[1:-1]][_content(quad)] += 1
        same |= {graph for graph in batch if found[graph] == Counter(map(_content, graphs[graph]))}
        tell(f"{len(same):,} of {len(graphs):,} named graphs are there")
    return [graph for graph in graphs if graph not in same]


def _content(quad: Any) -> tuple[object, ...]:
    """What a quad says: numbers by their value, which servers write in their own ways; blank nodes are all alike."""

    def of(term: Any) -> object:
        if isinstance(term, ox.BlankNode):
            return None
        value = plain(term)
        if isinstance(value, int | float | Decimal) and math.isfinite(value):
            return f"{float(value):.12g}"
        return str(term)

    return of(quad.subject), quad.predicate.value, of(quad.object)


def _check(there: RemoteStore, graphs: Mapping[str, list[Any]]) -> None:
    counts = there.graph_counts()
    wrong = [graph for graph, quads in graphs.items() if counts.get(graph, 0) != len(quads)]
    if wrong:
        some = "; ".join(f"<{graph}> {counts.get(graph, 0)} of {len(graphs[graph])}" for graph in wrong[:_NAMED])
        raise RemoteError(
            f"{there.client.address.url}: {len(wrong)} named graphs do not hold what was sent: {some}. "
            "Run `kg publish` again"
        )


class _ByUpdate:
    """Writes by SPARQL Update: several graphs in one request, as large as the endpoint takes them."""

    def __init__(self, client: Client, most: int) -> None:
        self._client, self._most = client, most

    def drop(self, graph: str) -> None:
        self._client.update(f"DROP SILENT GRAPH <{graph}>")

    def write(self, graphs: Mapping[str, list[Any]], tell: Tell) -> None:
        total, done = sum(map(len, graphs.values())), 0
        ground = [(g, quad) for g, quads in graphs.items() for quad in quads if not _is_blank(quad)]
        while ground:
            batch = _first(ground, self._most)
            if self._sent(f"INSERT DATA {{\n{_block(batch)}\n}}", len(batch)):
                ground, done = ground[len(batch) :], done + len(batch)
                tell(f"{done:,} of {total:,} facts sent")
        # Blank nodes are the same only within one request, and not allowed in DATA everywhere.
        for graph, quads in graphs.items():
            blank = [(graph, quad) for quad in quads if _is_blank(quad)]
            if blank:
                self._client.update(f"INSERT {{\n{_block(blank)}\n}} WHERE {{}}")
                tell(f"{(done := done + len(blank)):,} of {total:,} facts sent")

    def _sent(self, text: str, size: int) -> bool:
        """Whether it was taken; if it was too much, less is tried from then on."""
        try:
            self._client.update(text)
        except Refused as refused:
            if refused.status not in _TOO_MUCH or size == 1:
                raise
            self._most = max(1, size // 2)
            return False
        return True


class _ByGraphStore:
    """Writes by the Graph Store Protocol: one request for each graph."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def drop(self, graph: str) -> None:
        try:
            self._client.graph_store("DELETE", graph)
        except Refused as refused:
            if refused.status != 404:
                raise

    def write(self, graphs: Mapping[str, list[Any]], tell: Tell) -> None:
        total, done = sum(map(len, graphs.values())), 0
        for graph, quads in graphs.items():
            self._client.graph_store("PUT", graph, "".join(f"{_line(quad)}\n" for quad in quads).encode("utf-8"))
            tell(f"{(done := done + len(quads)):,} of {total:,} facts sent")


def _writer(
    target: Target, there: RemoteStore, credentials: Credentials | None, limits: Limits | None
) -> _ByUpdate | _ByGraphStore:
    """What writes there.

    Raises:
        RemoteError: nothing does.
    """
    if target.how == "graph-store":
        return _ByGraphStore(Client(target.graph_store_url, credentials, limits))
    refusals: list[Refused] = []
    for url in [target.update_url] if target.update_url else _update_urls(target.url):
        client = Client(url, credentials, limits)
        try:
            client.update("DROP SILENT GRAPH <urn:iis-kg:none>")
        except Refused as refused:
            refusals.append(refused)
            continue
        return _ByUpdate(client, _MOST_ON_VIRTUOSO if there.is_virtuoso else _MOST_TRIPLES)
    if target.how == "auto" and target.graph_store_url:
        return _ByGraphStore(Client(target.graph_store_url, credentials, limits))
    told = next((each for each in refusals if each.status in (401, 403)), refusals[0])  # where updates are, at least
    raise RemoteError(
        f"it cannot be written there: {told}. If updates go to another address, give it with --update, "
        "or that of a graph store with --graph-store"
    )


def _update_urls(url: str) -> Iterator[str]:
    """Where updates may go, if that is not said: beside an address that ends in `query`, and the address itself."""
    parts = urlsplit(url)
    head, slash, last = parts.path.rpartition("/")
    if last in ("query", "sparql"):
        yield urlunsplit(parts._replace(path=f"{head}{slash}update"))
    yield url


def _is_blank(quad: Any) -> bool:
    return isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode)


def _line(quad: Any) -> str:
    """A triple in N-Triples; whole decimals with a point, for some servers take them for integers."""
    return _WHOLE_DECIMAL.sub(r'"\1.0"', f"{quad.triple} .")


def _first(pairs: list[tuple[str, Any]], most: int) -> list[tuple[str, Any]]:
    """As many of the first as fit into a request, one at least."""
    size = 0
    for index, (_graph, quad) in enumerate(pairs[:most]):
        size += len(str(quad))
        if size > _MOST_BYTES and index:
            return pairs[:index]
    return pairs[:most]


def _block(pairs: Iterable[tuple[str, Any]]) -> str:
    """Triples by graph, as they stand between the braces of an update."""
    graphs: dict[str, Triples] = {}
    for graph, quad in pairs:
        graphs.setdefault(graph, []).append(_line(quad))
    return "\n".join(f"GRAPH <{graph}> {{\n{chr(10).join(lines)}\n}}" for graph, lines in graphs.items())
