"""Patterns of quads, what narrows them, and the query for the quads of a pattern."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from rdflib.term import Identifier, URIRef, Variable

MOST_WAYS = 24
_MOST_CONDITIONS = 10
_NO_IRI = re.compile(r'[<>"{}|^`\\\x00-\x20]')


class NoPart(Exception):
    """No part of the graph is known to be enough for the query."""


class Pattern(NamedTuple):
    """A quad with variables; the graph is None where any will do."""

    subject: Identifier
    predicate: Identifier
    object: Identifier
    graph: Identifier | None


class Among(NamedTuple):
    """A variable that has one of some values."""

    variable: Variable
    values: tuple[URIRef, ...]


Condition = Pattern | Among
Way = tuple[Condition, ...]
"""Conditions that hold together."""
Context = list[Way]
"""Ways of which each solution takes one."""
ANY: Context = [()]


@dataclass(frozen=True)
class Fetch:
    """A query for quads.

    Args:
        text: of the query.
        quad: subject, predicate, object and graph: an IRI, or the number of the column that holds it.
    """

    text: str
    quad: tuple[str | int, ...]


def both(first: Context, second: Context) -> Context:
    """What holds where both hold; only one of them where all ways together were too many."""
    if len(first) * len(second) > MOST_WAYS:
        return min(first, second, key=len)
    return [tuple(dict.fromkeys((*a, *b))) for a in first for b in second]


def variables(conditions: Iterable[Condition]) -> Iterator[Variable]:
    """The variables of some conditions."""
    for condition in conditions:
        terms = (condition.variable,) if isinstance(condition, Among) else condition
        yield from (term for term in terms if isinstance(term, Variable))


def _changed(pattern: Pattern, change: Callable[[Variable], Identifier]) -> Pattern:
    terms: list[Any] = [change(term) if isinstance(term, Variable) else term for term in pattern]
    return Pattern(*terms)


def renamed(condition: Condition, apart: set[Variable], mark: str) -> Condition:
    """A condition in which some variables are others, whose names end in a mark."""

    def other(variable: Variable) -> Variable:
        return Variable(f"{variable}{mark}") if variable in apart else variable

    if isinstance(condition, Among):
        return Among(other(condition.variable), condition.values)
    return _changed(condition, other)


def fetch_of(pattern: Pattern, way: Way) -> Fetch:
    """The query for the quads of a pattern that fulfil the conditions which hang together with it."""
    same = {one.variable: one.values[0] for one in way if isinstance(one, Among) and len(one.values) == 1}

    def fixed(one: Pattern) -> Pattern:
        return _changed(one, lambda term: same.get(term, term))

    wanted = fixed(pattern)
    rest = [fixed(one) if isinstance(one, Pattern) else one for one in way]
    chosen = _narrowing(wanted, rest)
    names: dict[Variable, str] = {}

    def written(term: Identifier) -> str:
        if isinstance(term, Variable):
            return names.setdefault(term, f"?v{len(names)}")
        if _NO_IRI.search(term):
            raise NoPart("an IRI that cannot be written")
        return f"<{term}>"

    triples = [_written(one, written) for one in (wanted, *chosen)]
    columns = {names[one]: None for one in wanted if isinstance(one, Variable)}
    numbers = {name: number for number, name in enumerate(columns)}
    distinct = "DISTINCT " if chosen else ""
    text = f"SELECT {distinct}{' '.join(columns)} {{ {' '.join(triples)} }}"
    quad = tuple(numbers[names[one]] if isinstance(one, Variable) else str(one) for one in wanted)
    return Fetch(text, quad)


def _narrowing(wanted: Pattern, rest: Sequence[Condition]) -> list[Condition]:
    """The conditions that are worth asking for: on the ways from the pattern to what is named; or else the next."""
    near = _joined(wanted, rest)
    kept = _held(wanted, _held(wanted, near)[:_MOST_CONDITIONS])
    if kept:
        return kept
    useful: list[Condition] = [
        one
        for one in near
        if isinstance(one, Pattern)
        and isinstance(one.predicate, URIRef)
        and one.predicate != wanted.predicate
        and set(variables([one])) & set(variables([wanted]))
    ]
    return sorted(useful, key=lambda one: one[2:3] != wanted[:1])[:1]


def _held(wanted: Pattern, conditions: Sequence[Condition]) -> list[Condition]:
    """The conditions without those that end in a variable which nothing else says anything of."""
    kept = list(conditions)
    while True:
        often = Counter(variable for one in (wanted, *kept) for variable in set(variables([one])))
        tight = [one for one in kept if _names(one) or all(often[each] > 1 for each in variables([one]))]
        if (joined := _joined(wanted, tight)) == kept:
            return kept
        kept = joined


def _joined(wanted: Pattern, rest: Sequence[Condition]) -> list[Condition]:
    """The conditions that share variables with the pattern, directly or by way of others; the next first."""
    joined, reached = list[Condition](), set(variables([wanted]))
    while found := [one for one in rest if one not in joined and reached & set(variables([one]))]:
        joined += found
        reached |= set(variables(found))
    return joined


def _names(condition: Condition) -> bool:
    """Whether it holds a thing by its name."""
    if isinstance(condition, Among):
        return True
    return any(isinstance(term, URIRef) for term in (condition.subject, condition.object, condition.graph))


def _written(condition: Condition, written: Any) -> str:
    if isinstance(condition, Among):
        return f"VALUES {written(condition.variable)} {{ {' '.join(map(written, condition.values))} }}"
    triple = " ".join(map(written, condition[:3]))
    return f"GRAPH {written(condition.graph)} {{ {triple} }}" if condition.graph is not None else f"{triple} ."
