"""A query on its way to a worker and back."""

from __future__ import annotations

import asyncio
import marshal
from dataclasses import dataclass

from kg.errors import KGError


@dataclass(frozen=True)
class Asked:
    """A query that passed `kg.query.limits.check_limits`, and in which form its answer is wanted.

    Args:
        text: SPARQL.
        results: media type of the answer to SELECT and ASK; None where no such answer is wanted.
        triples: media type of the answer to CONSTRUCT and DESCRIBE, likewise.
        default_graphs, named_graphs: the dataset of the protocol; None where the request gives none of either, and
            then the default graph is the union of all graphs, unless the query says FROM.
        base: against which relative IRIs are resolved.
    """

    text: str
    results: str | None = "application/sparql-results+json"
    triples: str | None = "application/n-triples"
    default_graphs: tuple[str, ...] | None = None
    named_graphs: tuple[str, ...] | None = None
    base: str | None = None

    def frame(self) -> bytes:
        """As a worker takes it."""
        return marshal.dumps((self.text, self.results, self.triples, self.default_graphs, self.named_graphs, self.base))


@dataclass(frozen=True)
class Answered:
    """The whole answer, written in a media type."""

    media_type: str
    body: bytes


class Task:
    """A query on its way.

    Args:
        asked: the query.
        done: told the kind of the reply and its body, or an error.
        since: when it began to wait.
    """

    __slots__ = ("asked", "done", "long", "since")

    def __init__(self, asked: Asked, done: asyncio.Future[tuple[int, bytes]], since: float, long: bool) -> None:
        self.asked, self.done, self.since, self.long = asked, done, since, long

    def answer(self, kind: int, body: bytes = b"") -> None:
        """Give the reply to who waits for it, if anyone does."""
        if not self.done.done():
            self.done.set_result((kind, body))

    def fail(self, error: KGError) -> None:
        """Give an error to who waits for a reply, if anyone does."""
        if not self.done.done():
            self.done.set_exception(error)
