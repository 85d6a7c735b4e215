"""An endpoint elsewhere behind the protocol of `kg.store.answers.Store`."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

import pyoxigraph as ox

from kg.errors import BadQuery, RemoteError, TimedOut, UseError, short
from kg.store.answers import Answer, Solutions, Triples, Value
from kg.store.oxigraph import OxigraphStore
from kg.store.remote import virtuoso
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.client import Client, Reply
from kg.store.remote.text import QueryText
from kg.store.results import read_answer

if TYPE_CHECKING:
    from kg.store.remote.patterns import Fetch

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
_MOST_PARTS, _MOST_FETCHES, _SMALL = 40, 100, 1_000_000
"""Questions, and requests for one of them, beyond which a graph of no more facts is copied whole: it costs less."""
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
        self._part, self._parts, self._fetched = OxigraphStore.memory(), 0, set[object]()
        self._look_at_the_default_graph(needs_union)

    def __repr__(self) -> str:
        return f"RemoteStore({self.client.address.url!r})"

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        full = QueryText(QueryText(text).with_prefixes(prefixes or {}))
        if self._copy_wanted == "always" or (self._copy_wanted == "auto" and self.is_virtuoso):
            return self._for(full).query(full.text)
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

    def _for(self, query: QueryText) -> OxigraphStore:
        """What a query is answered from here: the part of the graph that it can touch, or a copy of all of it."""
        if self._copy_wanted == "always" or "_copy" in self.__dict__:
            return self._copy
        if self._parts >= _MOST_PARTS and self._is_small:
            return self._copy
        from kg.store.remote.part import fetches
        from kg.store.remote.patterns import NoPart

        OxigraphStore.memory().query(query.text)  # what does not parse is not worth a copy
        try:
            wanted = [fetch for fetch in fetches(query.text) if fetch not in self._fetched]
            if len(wanted) > _MOST_FETCHES and self._is_small:
                return self._copy
            for fetch in wanted:
                self._part.engine.extend(self._fetch(fetch))
                self._fetched.add(fetch)
        except (NoPart, BadQuery, RemoteError):
            return self._copy  # it is made of simpler queries
        self._parts += 1
        return self._part

    @cached_property
    def _is_small(self) -> bool:
        return len(self) <= _SMALL

    def _fetch(self, fetch: Fetch) -> Iterator[ox.Quad]:
        """The quads of a part, without those of the graphs that Virtuoso makes for itself."""
        named = [ox.NamedNode(term) if isinstance(term, str) else term for term in fetch.quad]
        for row in self._terms(QueryText(fetch.text)):
            quad = ox.Quad(*(row[term] if isinstance(term, int) else term for term in named))
            if not str(quad.graph_name).lstrip("<").startswith(virtuoso.SYSTEM_GRAPHS):
                yield quad

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
        pages = (
            [query]
            if count <= _PAGE
            else [QueryText(str(query.page(_PAGE, offset))) for offset in range(0, count, _PAGE)]
        )
        return [ox.Quad(s, p, o, g) for page in pages for g, s, p, o in self._parsed(self._reply(page))]

    def _terms(self, query: QueryText) -> list[ox.QuerySolution]:
        """All rows of a query, as terms."""
        reply = self._reply(query)
        rows, most = self._parsed(reply), _most_rows(reply)
        if not most or len(rows) < most:
            return rows
        counted = self._ask(QueryText(query.counted()))
        total = counted.rows[0][0] if isinstance(counted, Solutions) and counted.rows else None
        rows = []
        while len(rows) < (total if isinstance(total, int) else 0):
            found = self._parsed(self._reply(QueryText(str(query.page(_PAGE, len(rows))))))
            rows += found
            self._tell(f"{len(rows):,} of {total:,} facts fetched from the endpoint")
            if len(found) < _PAGE:
                break
        if len(rows) != total:
            raise RemoteError(f"{self.client.address.url}: {len(rows)} of {total} rows came. Try again")
        return rows

    def _parsed(self, reply: Reply) -> list[ox.QuerySolution]:
        body = virtuoso.standard(reply.body) if self.is_virtuoso else reply.body
        try:
            rows = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
            if isinstance(rows, ox.QuerySolutions):
                return list(rows)
            problem = "no rows"
        except (SyntaxError, ValueError) as error:
            problem = short(str(error))
        raise RemoteError(f"{self.client.address.url}: the endpoint's answer cannot be read ({problem}). Try again")


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
