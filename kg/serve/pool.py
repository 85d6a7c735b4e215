"""Workers that answer queries, one at a time each."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.errors import BadQuery, NotAcceptable
from kg.serve.limits import Limits


@dataclass(frozen=True)
class Asked:
    """A query that passed `kg.query.limits.check_limits`, and in which form its answer is wanted.

    Args:
        text: SPARQL.
        results: media type of the answer to SELECT and ASK; None where no such answer is wanted.
        triples: media type of the answer to CONSTRUCT and DESCRIBE, likewise.
        default_graphs, named_graphs: the dataset of the protocol; None where the request gives none of either, and
            then the default graph is the union of all graphs.
        base: against which relative IRIs are resolved.
    """

    text: str
    results: str | None = "application/sparql-results+json"
    triples: str | None = "application/n-triples"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None


@dataclass(frozen=True)
class Answered:
    """The whole answer, written in a media type."""

    media_type: str
    body: bytes


class Pool:
    """A warm pool of spawned workers on a folder of the graph.

    Args:
        folder: of the graph, as `kg build` writes it.
        limits: what a query may cost.
        prefixes: that queries need not declare.
    """

    def __init__(self, folder: Path, limits: Limits, prefixes: Mapping[str, str]) -> None:
        self.folder, self.limits, self.prefixes = folder, limits, dict(prefixes)

    async def __aenter__(self) -> Pool:
        from kg.store.folder import open_current

        self._engine = open_current(self.folder).engine
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Let what runs end, then end the workers."""

    @property
    def generation(self) -> str:
        """The name of the generation that new queries are answered from."""
        return (self.folder / "CURRENT").read_text(encoding="utf-8").strip()

    async def ask(self, asked: Asked) -> Answered:
        """Answer a query.

        Raises:
            BadQuery: it does not parse.
            NotAcceptable: its answer is of a form for which no media type was given.
            TimedOut: it ran longer than it may.
            OutOfMemory: it took more memory than it may, or ended its worker otherwise.
            TooLarge: its answer has more rows or bytes than it may.
            Busy: too many others wait.
        """
        return await asyncio.to_thread(self._ask, asked)

    def _ask(self, asked: Asked) -> Answered:
        try:
            answer = self._engine.query(
                asked.text,
                base_iri=asked.base,
                prefixes=self.prefixes,
                use_default_graph_as_union=asked.default_graphs is None and "FROM" not in asked.text.partition("#")[0],
                default_graph=None if asked.default_graphs is None else [*map(ox.NamedNode, asked.default_graphs)],
                named_graphs=None if asked.named_graphs is None else [*map(ox.NamedNode, asked.named_graphs)],
            )
        except (SyntaxError, ValueError) as error:
            raise BadQuery(f"the query does not parse: {error}. Correct it there") from None
        wanted = asked.triples if isinstance(answer, ox.QueryTriples) else asked.results
        if wanted is None:
            raise NotAcceptable("its answer cannot be written in any form that the request accepts. Accept another")
        if isinstance(answer, ox.QueryTriples):
            form = ox.RdfFormat.from_media_type(wanted)
            return Answered(wanted, answer.serialize(format=form) or b"")
        results = ox.QueryResultsFormat.from_media_type(wanted)
        return Answered(wanted, answer.serialize(format=results) or b"")
