"""The part of a graph that a query can touch, as queries of plain patterns for its quads.

The part holds each quad that stands in a match of a basic graph pattern of the query, as far as the match can count
for the answer, and no quad that is not in the graph. So each basic graph pattern has the same matches on the part as on
the graph, and whatever the query makes of them (OPTIONAL, EXISTS, MINUS, aggregates, order) comes out the same.

What surrounds a pattern narrows what is fetched for it. A condition may only be left out, never added: where a variable
may stay unbound, or means something else within a sub-query, it gets another name, and constrains nothing.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from rdflib.paths import AlternativePath, InvPath, MulPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import BNode, Identifier, Literal, URIRef, Variable

from kg.store.remote.patterns import (
    ANY,
    MOST_WAYS,
    Among,
    Context,
    Fetch,
    NoPart,
    Pattern,
    Way,
    both,
    fetch_of,
    renamed,
    variables,
)

_EXISTS = ("Builtin_EXISTS", "Builtin_NOTEXISTS")


def fetches(text: str) -> list[Fetch]:
    """The queries for the quads that a query can touch.

    Raises:
        NoPart: the query is of a kind for which that is not known.

    >>> [fetch.text for fetch in fetches("SELECT ?o { VALUES ?s { <urn:a> } ?s <urn:b> ?o }")]
    ['SELECT ?v0 ?v1 { GRAPH ?v1 { <urn:a> <urn:b> ?v0 } }']
    """
    try:
        read = translateQuery(parseQuery(text))
    except Exception as error:  # noqa: BLE001 - rdflib raises bare ones for what it cannot read
        raise NoPart(str(error)) from None
    query = read.algebra
    if read.prologue.base:  # rdflib resolves addresses in its own way
        raise NoPart("BASE")
    if query.name not in ("SelectQuery", "AskQuery", "ConstructQuery") or query.datasetClause or query.p is None:
        raise NoPart(query.name)
    reader = _Reader()
    reader.walk(query.p, ANY, None, _Scope())
    return list(reader.found)


class _Scope:
    """Which variable a name means: within a sub-query, those that it does not project are others.

    Names that are made here hold a space, so that no query has them.
    """

    def __init__(self, parent: _Scope | None = None, visible: Iterable[Variable] = (), number: int = 0) -> None:
        self._parent, self._visible, self._number = parent, frozenset(visible), number

    def name(self, variable: Variable) -> Variable:
        if self._parent is None:
            return variable
        return self._parent.name(variable) if variable in self._visible else Variable(f"{variable} in {self._number}")


class _Reader:
    """Walks the algebra of a query and notes what is to be fetched."""

    def __init__(self) -> None:
        self.found: dict[Fetch, None] = {}
        self._numbers = itertools.count()
        self._scopes: dict[tuple[int, int], _Scope] = {}

    def walk(self, node: Any, context: Context, graph: Identifier | None, scope: _Scope) -> None:
        """Note what a part of the query needs.

        Args:
            node: of the algebra.
            context: of which a solution of the node has to fulfil one way, to count for the answer.
            graph: in which it is matched; None for the union.
            scope: what its variables mean.
        """
        name = getattr(node, "name", None)
        if name == "BGP":
            self._leaf(node.triples, context, graph, scope)
        elif name == "Join":
            self.walk(node.p1, both(context, self.certain(node.p2, graph, scope)), graph, scope)
            self.walk(node.p2, both(context, self.certain(node.p1, graph, scope)), graph, scope)
        elif name in ("LeftJoin", "Minus"):
            self.walk(node.p1, context, graph, scope)
            first = self.certain(node.p1, graph, scope)
            self.walk(node.p2, self._beside(node.p2, context, first, scope), graph, scope)
            self._expression(node.expr, context, both(first, self.certain(node.p2, graph, scope)), graph, scope)
        elif name == "Union":
            self.walk(node.p1, context, graph, scope)
            self.walk(node.p2, context, graph, scope)
        elif name in ("Filter", "Extend", "OrderBy"):
            self.walk(node.p, context, graph, scope)
            self._expression(node.expr, context, self.certain(node.p, graph, scope), graph, scope)
        elif name == "Graph":
            if not _anchored(node.p):
                raise NoPart("a graph of which nothing has to hold")
            self.walk(node.p, context, self._term(node.term, scope), scope)
        elif name == "ToMultiSet":
            if node.p and node.p.name != "values":
                self.walk(node.p, context, graph, scope)
        elif name in ("Distinct", "Reduced"):
            self.walk(node.p, context, graph, scope)
        elif name == "Slice":
            self.walk(node.p, ANY, graph, scope)
        elif name in ("Project", "AggregateJoin"):
            self._expression(node.A, ANY, ANY, graph, scope)
            inner = node.p.p if name == "AggregateJoin" else node.p
            self.walk(inner, context, graph, self._within(node, scope))
        else:
            raise NoPart(str(name))

    def certain(self, node: Any, graph: Identifier | None, scope: _Scope) -> Context:
        """What holds of each solution of a node, with the variables that it says bound."""
        name = getattr(node, "name", None)
        if name == "BGP":
            return self._ways(node.triples, graph, scope)
        if name == "Join":
            return both(self.certain(node.p1, graph, scope), self.certain(node.p2, graph, scope))
        if name in ("LeftJoin", "Minus"):
            return self.certain(node.p1, graph, scope)
        if name == "Union":
            ways = self.certain(node.p1, graph, scope) + self.certain(node.p2, graph, scope)
            return ways if len(ways) <= MOST_WAYS else ANY
        if name in ("Filter", "Extend", "OrderBy", "Distinct", "Reduced", "Slice"):
            return self.certain(node.p, graph, scope)
        if name == "Graph":
            return self.certain(node.p, self._term(node.term, scope), scope)
        if name == "ToMultiSet" and node.p:
            return _values(node.p.res, scope) if node.p.name == "values" else self.certain(node.p, graph, scope)
        if name == "Project":
            return self.certain(node.p, graph, self._within(node, scope))
        if name == "AggregateJoin" and node.p.expr:  # without GROUP BY there is a row even where nothing matches
            return self.certain(node.p.p, graph, self._within(node, scope))
        return ANY

    def _within(self, node: Any, scope: _Scope) -> _Scope:
        visible = node.PV if node.name == "Project" else [one for one in node.p.expr or () if isinstance(one, Variable)]
        key = (id(node), id(scope))
        if key not in self._scopes:
            self._scopes[key] = _Scope(scope, visible, next(self._numbers))
        return self._scopes[key]

    def _beside(self, node: Any, context: Context, first: Context, scope: _Scope) -> Context:
        """The context of what is only looked for beside solutions of another part, of which `first` holds.

        What it alone binds may differ from what is bound further out, and counts there all the same.
        """
        sure = set.intersection(*(set(variables(way)) for way in first)) if first else set()
        apart = {scope.name(one) for one in _bound(node)} - sure
        mark = f" out {next(self._numbers)}"
        return both([tuple(renamed(one, apart, mark) for one in way) for way in context], first)

    def _expression(
        self, expression: Any, context: Context, certain: Context, graph: Identifier | None, scope: _Scope
    ) -> None:
        for pattern in _exists_in(expression):
            self.walk(pattern, self._beside(pattern, context, certain, scope), graph, scope)

    def _leaf(self, triples: Any, context: Context, graph: Identifier | None, scope: _Scope) -> None:
        ways = self._ways(triples, graph, scope, note=context)
        for pattern in dict.fromkeys(one for way in ways for one in way if isinstance(one, Pattern)):
            own: Context = [tuple(one for one in way if one != pattern) for way in ways if pattern in way]
            self._fetch(pattern, both(own, context) if len(own) * len(context) <= MOST_WAYS else own)

    def _ways(self, triples: Any, graph: Identifier | None, scope: _Scope, note: Context | None = None) -> Context:
        """The plain patterns of which a basic graph pattern with paths consists, one way or the other.

        Args:
            note: where given, what paths of any length need is noted to be fetched; the context of the pattern.
        """
        ways: Context = [()]
        endless: list[tuple[Identifier, MulPath, Identifier]] = []
        for subject, predicate, object_ in triples:
            steps = list(self._steps(self._term(subject, scope), predicate, self._term(object_, scope), scope))
            ways = [(*way, *(Pattern(s, p, o, graph) for s, p, o in plain)) for way in ways for plain, _ends in steps]
            endless += [end for _plain, ends in steps for end in ends]
            if len(ways) > MOST_WAYS:
                if note is None:
                    return ANY
                raise NoPart("too many ways")
        if note is not None:
            for subject, path, object_ in endless:
                for predicate in _predicates(path):
                    self._fetch(Pattern(self._fresh(), predicate, self._fresh(), graph), ANY)
                if path.zero:
                    _look_at_ends((subject, object_), [(*way, *other) for way in ways for other in note], graph)
        return ways

    def _steps(
        self, subject: Identifier, predicate: Any, object_: Identifier, scope: _Scope
    ) -> Iterator[tuple[list[tuple[Identifier, Identifier, Identifier]], list[tuple[Identifier, MulPath, Identifier]]]]:
        """The ways to take a path: their plain triples, and their parts of any length."""
        if not isinstance(predicate, Path):
            yield [(subject, self._term(predicate, scope), object_)], []
        elif isinstance(predicate, InvPath):
            yield from self._steps(object_, predicate.arg, subject, scope)
        elif isinstance(predicate, AlternativePath):
            for one in predicate.args:
                yield from self._steps(subject, one, object_, scope)
        elif isinstance(predicate, SequencePath):
            ends = [subject, *(self._fresh() for _one in predicate.args[1:]), object_]
            parts = [
                list(self._steps(a, one, b, scope)) for a, one, b in zip(ends, predicate.args, ends[1:], strict=False)
            ]
            for chosen in itertools.product(*parts):
                yield [one for plain, _ends in chosen for one in plain], [one for _plain, end in chosen for one in end]
        elif isinstance(predicate, MulPath):
            yield [], [(subject, predicate, object_)]
        else:
            raise NoPart("a negated path")

    def _term(self, term: Any, scope: _Scope) -> Identifier:
        """A term of a pattern; a literal becomes a variable, since servers differ on which literals are the same."""
        if isinstance(term, BNode):
            return scope.name(Variable(f"node {term}"))
        if isinstance(term, Variable):
            return scope.name(term)
        if isinstance(term, URIRef):
            return term
        if isinstance(term, Literal):
            return self._fresh()
        raise NoPart(repr(term))

    def _fresh(self) -> Variable:
        return Variable(f"any {next(self._numbers)}")

    def _fetch(self, pattern: Pattern, context: Context) -> None:
        open_graph = pattern.graph is None or not list(variables([pattern]))
        whole = pattern._replace(graph=self._fresh()) if open_graph else pattern
        found = dict.fromkeys(fetch_of(whole, way) for way in context)
        every = fetch_of(whole, ())
        if every in found and all(isinstance(term, Variable) for term in whole):
            raise NoPart("all quads")
        self.found.update({every: None} if every in found else found)


def _values(rows: Iterable[Mapping[Any, Any]], scope: _Scope) -> Context:
    rows = list(rows or ())
    columns = dict.fromkeys(variable for row in rows for variable in row)
    return [
        tuple(
            Among(scope.name(one), tuple(dict.fromkeys(row[one] for row in rows)))
            for one in columns
            if all(isinstance(row.get(one), URIRef) for row in rows)
        )
    ]


def _bound(node: Any) -> Iterator[Any]:
    """The variables that a node may bind."""
    name = getattr(node, "name", None)
    if name == "BGP":
        for triple in node.triples:
            for term in triple:
                if isinstance(term, BNode):
                    yield Variable(f"node {term}")
                elif isinstance(term, Variable):
                    yield term
    elif name == "values":
        yield from (one for row in node.res for one in row)
    elif name == "Project":
        yield from node.PV
    elif isinstance(node, CompValue):
        yield from (one for one in (node.term, node.var) if isinstance(one, Variable))
        for part in (node.p, node.p1, node.p2):
            yield from _bound(part)


def _exists_in(expression: Any) -> Iterator[Any]:
    if isinstance(expression, CompValue):
        if expression.name in _EXISTS:
            yield expression.graph
        else:
            for part in expression.values():
                yield from _exists_in(part)
    elif isinstance(expression, list | tuple):
        for part in expression:
            yield from _exists_in(part)


def _anchored(node: Any) -> bool:
    """Whether each solution of a node rests on a quad of its graph."""
    name = getattr(node, "name", None)
    if name == "BGP":
        return any(not isinstance(predicate, MulPath) for _s, predicate, _o in node.triples)
    if name == "Join":
        return _anchored(node.p1) or _anchored(node.p2)
    if name == "Union":
        return _anchored(node.p1) and _anchored(node.p2)
    if name in ("LeftJoin", "Minus"):
        return _anchored(node.p1)
    return name in ("Filter", "Extend") and _anchored(node.p)


def _predicates(path: Any) -> Iterator[URIRef]:
    if isinstance(path, URIRef):
        yield path
    elif isinstance(path, InvPath):
        yield from _predicates(path.arg)
    elif isinstance(path, AlternativePath | SequencePath):
        for one in path.args:
            yield from _predicates(one)
    elif isinstance(path, MulPath):
        yield from _predicates(path.path)
    else:
        raise NoPart("a negated path")


def _look_at_ends(ends: Sequence[Identifier], ways: Sequence[Way], graph: Identifier | None) -> None:
    """A path of no length goes from each node to itself: one of its ends has to be a node of the part anyway.

    Raises:
        NoPart: none is.
    """
    for end in ends:
        if all(
            any(
                isinstance(one, Pattern) and end in (one.subject, one.object) and graph in (None, one.graph)
                for one in way
            )
            for way in ways
        ):
            return
    raise NoPart("a path of no length")
