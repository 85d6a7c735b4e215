"""An endpoint elsewhere behind the protocol of `kg.store.answers.Store`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property

import pyoxigraph as ox

from kg.errors import BadQuery, RemoteError, TimedOut, UseError, short
from kg.store.answers import Answer, Solutions, Triples, Value
from kg.store.oxigraph import OxigraphStore
from kg.store.remote import virtuoso
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.client import Client, Reply
from kg.store.remote.text import QueryText
from kg.store.results import read_answer

COPY = "IIS_KG_REMOTE_COPY"
_JSON, _NTRIPLES = "application/sparql-results+json", "application/n-triples"
_TRIPLES = f"{_NTRIPLES}, text/turtle;q=0.9, application/rdf+xml;q=0.5"
_READ_AS = {
    "application/json": _JSON,
    "text/json": _JSON,
    "text/plain": _NTRIPLES,
    "application/x-turtle": "text/turtle",
}
_PAGE = 9_000
_UNION = (("union-default-graph", "true"),)


class RemoteStore:
    """Any SPARQL 1.1 endpoint.

    Args:
        url: of the endpoint.
        credentials: from the environment, where none are given.
        limits: of each exchange; from the environment, where none are given.
        tell: told how far a copy is.
        needs_union: whether its default graph has to be the union of its named graphs, as questions need it.

    Raises:
        UseError: the address is none.
        RemoteError: nothing there answers, or its default graph is not the union of its named graphs.
    """

    def __init__(
        self,
        url: str,
        credentials: Credentials | None = None,
        limits: Limits | None = None,
        tell: Callable[[str], None] = lambda _step: None,
        needs_union: bool = True,
    ) -> None:
        self.client, self._tell = Client(url, credentials, limits), tell
        self._copy_wanted = os.environ.get(COPY) or "auto"
        if self._copy_wanted not in ("auto", "always", "never"):
            raise UseError(f"${COPY} is {short(self._copy_wanted)}. Give auto, always or never")
        self.is_virtuoso = False
        self._look_at_the_default_graph(needs_union)

    def __repr__(self) -> str:
        return f"RemoteStore({self.client.address.url!r})"

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        full = QueryText(QueryText(text).with_prefixes(prefixes or {}))
        if self._is_for_the_copy(full):
            return self._copy.query(full.text)
        if full.form != "SELECT":
            return self._ask(full)
        return self._selected(full)

    def select(self, text: str) -> Solutions:
        answer = self.query(text)
        if not isinstance(answer, Solutions):
            raise BadQuery("a SELECT query is needed here. Write one that begins with SELECT")
        return answer

    def in_memory(self) -> OxigraphStore:
        """A copy of all named graphs; those that Virtuoso makes for itself are left out."""
        store = OxigraphStore.memory()
        counts = self.graph_counts()
        total, done = sum(counts.values()), 0
        for graphs in batches(counts):
            quads = self.quads(graphs, sum(counts[graph] for graph in graphs))
            store.engine.extend(quads)
            done += len(quads)
            self._tell(f"{done:,} of {total:,} facts copied from the endpoint")
        if len(store) != total:
            raise RemoteError(
                f"{self.client.address.url}: {len(store)} of {total} quads came. "
                "Somebody may be writing there: try again"
            )
        return store

    def __len__(self) -> int:
        return sum(self.graph_counts().values())

    def graph_counts(self) -> dict[str, int]:
        """How many quads each named graph has."""
        found = self._selected(QueryText("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"))
        return {
            str(graph): count
            for graph, count in found.rows
            if isinstance(count, int) and not (self.is_virtuoso and str(graph).startswith(virtuoso.SYSTEM_GRAPHS))
        }

    @cached_property
    def _copy(self) -> OxigraphStore:
        return self.in_memory()

    def _is_for_the_copy(self, query: QueryText) -> bool:
        if self._copy_wanted == "auto":
            return self.is_virtuoso and ("_copy" in self.__dict__ or not virtuoso.is_answered_right(query))
        return self._copy_wanted == "always"

    def _look_at_the_default_graph(self, needs_union: bool) -> None:
        """Find out how the endpoint is asked over the union of all graphs, as the questions need it."""
        query = QueryText("SELECT ?s ?o { GRAPH ?g { ?s a ?o FILTER(isIRI(?s) && isIRI(?o)) } } LIMIT 1")
        reply = self._reply(query)
        self.is_virtuoso = virtuoso.is_virtuoso(reply.headers)
        found = self._rows(query, reply)
        if not needs_union or not found.rows:
            return
        subject, kind = found.rows[0]
        both = QueryText(f"ASK {{ <{subject}> a <{kind}> GRAPH ?g {{ <{subject}> a <{kind}> }} }}")
        for more in ((), _UNION):
            self.client.more = more
            try:
                if self._ask(both) is True:
                    return
            except (BadQuery, RemoteError):
                if not more:
                    raise
        raise RemoteError(
            f"{self.client.address.url}: the default graph there is not the union of the named graphs, "
            "so that questions would find nothing. Set it so: `oxigraph serve --union-default-graph`, "
            "`tdb2:unionDefaultGraph true` for Fuseki"
        )

    def _reply(self, query: QueryText) -> Reply:
        accept = _JSON if query.form in ("SELECT", "ASK") else _TRIPLES
        reply = self.client.query(query.text, query.form, accept)
        if reply.headers.get("X-SQL-State"):
            raise TimedOut(
                f"{self.client.address.url}: the endpoint gave up and sent a part of the answer. Ask for less"
            )
        return reply

    def _ask(self, query: QueryText) -> Answer:
        reply = self._reply(query)
        answer = self._answer(reply, query.form)
        most = _most_rows(reply)
        if isinstance(answer, Triples) and most and len(answer.lines) >= most:
            raise RemoteError(
                f"{self.client.address.url}: the endpoint gives at most {most} rows. Ask for a part, or by SELECT"
            )
        return answer

    def _answer(self, reply: Reply, form: str) -> Answer:
        """The answer that a reply holds.

        Raises:
            RemoteError: it holds none, or one of another form.
        """
        url, media_type = self.client.address.url, _READ_AS.get(reply.media_type, reply.media_type)
        body = virtuoso.standard(reply.body) if self.is_virtuoso and media_type == _JSON else reply.body
        is_results = form in ("SELECT", "ASK")
        if is_results != (media_type == _JSON):
            raise RemoteError(
                f"{url}: the endpoint answers with {short(reply.media_type)}, where an answer to a query was expected. "
                "Look whether its address is right"
            )
        try:
            answer = read_answer(media_type, body)
        except (SyntaxError, ValueError, OSError) as error:
            raise RemoteError(
                f"{url}: the endpoint's answer is not {media_type} ({short(str(error))}). Try again, or ask its keeper"
            ) from None
        if {"SELECT": Solutions, "ASK": bool}.get(form, Triples) is not type(answer):
            raise RemoteError(f"{url}: the endpoint answers something else than was asked. Ask its keeper")
        return answer

    def _selected(self, query: QueryText) -> Solutions:
        reply = self._reply(query)
        answer, most = self._rows(query, reply), _most_rows(reply)
        return self._paged(query, answer, most) if most and len(answer) >= most else answer

    def _rows(self, query: QueryText, reply: Reply) -> Solutions:
        """The rows of a reply, in the columns that were asked for."""
        answer = self._answer(reply, query.form)
        assert isinstance(answer, Solutions)
        asked = tuple(name[1:] for name in query.columns)
        if asked and answer.variables != asked:
            raise RemoteError(
                f"{self.client.address.url}: the endpoint answers with columns {short(' '.join(answer.variables))} "
                f"instead of {short(' '.join(asked))}. Ask its keeper"
            )
        return answer

    def _paged(self, query: QueryText, first: Solutions, size: int) -> Solutions:
        """All rows of a query of which the endpoint gave as many as it gives at once."""
        url = self.client.address.url
        counted = self._ask(QueryText(query.counted()))
        total = counted.rows[0][0] if isinstance(counted, Solutions) and counted.rows else None
        if total == len(first):
            return first
        whole = query if query.columns else _named(query, first)
        rows: list[tuple[Value | None, ...]] = []
        while whole.page(size, len(rows)):
            answer = self._ask(QueryText(str(whole.page(size, len(rows)))))
            assert isinstance(answer, Solutions)
            rows += answer.rows
            self._tell(f"{len(rows):,} rows of the answer")
            if len(answer) < size:
                break
        if len(rows) != total:
            raise RemoteError(
                f"{url}: the endpoint gives at most {size} rows at once, and the answer could not be put together. "
                "Ask for less: a LIMIT below that, or a part"
            )
        return Solutions(first.variables, rows)

    def quads(self, graphs: list[str], count: int) -> list[ox.Quad]:
        """The quads of some graphs, so many together."""
        named = " ".join(f"<{graph}>" for graph in graphs)
        query = QueryText(f"SELECT ?g ?s ?p ?o {{ VALUES ?g {{ {named} }} GRAPH ?g {{ ?s ?p ?o }} }}")
        quads: list[ox.Quad] = []
        for offset in range(0, max(count, 1), _PAGE):
            page = query if count <= _PAGE else QueryText(str(query.page(_PAGE, offset)))
            reply = self._reply(page)
            body = virtuoso.standard(reply.body) if self.is_virtuoso else reply.body
            try:
                rows = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
                assert isinstance(rows, ox.QuerySolutions)
                quads += [ox.Quad(s, p, o, g) for g, s, p, o in rows]
            except (SyntaxError, ValueError, TypeError, AssertionError) as error:
                raise RemoteError(
                    f"{self.client.address.url}: the endpoint's answer cannot be read ({short(str(error))}). Try again"
                ) from None
        return quads


def _named(query: QueryText, answer: Solutions) -> QueryText:
    """A query for `*` with the columns of its answer in place of it."""
    star = next(token.start for token in query.tokens if token.text == "*")
    names = " ".join(f"?{name}" for name in answer.variables)
    return QueryText(f"{query.text[:star]}{names}{query.text[star + 1 :]}")


def _most_rows(reply: Reply) -> int | None:
    text = reply.headers.get(virtuoso.MOST_ROWS) or ""
    return int(text) if text.isdecimal() and int(text) else None


def batches(counts: Mapping[str, int]) -> Iterator[list[str]]:
    """Graphs by groups that fit into one page, as far as each does."""
    batch: list[str] = []
    size = 0
    for graph, count in sorted(counts.items()):
        if batch and (size + count > _PAGE or len(batch) >= 500):
            yield batch
            batch, size = [], 0
        batch.append(graph)
        size += count
    if batch:
        yield batch
