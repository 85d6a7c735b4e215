"""Parameters of a query file: one-line VALUES clauses whose terms are replaced.

A parameter is a line `VALUES ?city { place:yichang }` of its own. The file runs as it stands with that example. The
runner puts other terms in their place, each serialised by the RDF library, so that no value can become syntax. The
line of a parameter that is not required and not given is taken out: the answer is for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rdflib import Literal, URIRef

from kg.errors import QueryFileError
from kg.query.header import Parameter
from kg.store.answers import IRI, Value

_LINE = r"^(?P<indent>[ \t]*)VALUES[ \t]+\?{name}[ \t]*\{{[^{{}}\n]*\}}[ \t]*$"


def serialise(value: Value) -> str:
    """A plain value as a SPARQL term.

    >>> serialise(IRI("https://example.org/a"))
    '<https://example.org/a>'
    >>> serialise('a "quoted" word')
    '"a \\\\"quoted\\\\" word"'
    """
    if isinstance(value, IRI):
        return str(URIRef(str(value)).n3())
    if isinstance(value, bool | int | Decimal | float):
        return str(Literal(value).n3())
    return str(Literal(str(value)).n3())


def bind(text: str, parameters: Iterable[Parameter], values: Mapping[str, Iterable[Value] | None], name: str) -> str:
    """The query with the given terms in its VALUES lines; the line of a parameter that is None is taken out.

    A join with nothing but UNDEF changes no answer, but keeps engines from ordering the joins well.

    Raises:
        QueryFileError: the file has no such VALUES line, or more than one.
    """
    for parameter in parameters:
        if parameter.name not in values:
            continue
        given = values[parameter.name]
        line = "" if given is None else f"VALUES ?{parameter.name} {{ {' '.join(map(serialise, given))} }}"
        pattern = re.compile(_LINE.format(name=re.escape(parameter.name)), re.MULTILINE)
        text, count = pattern.subn(lambda match, line=line: match["indent"] + line, text)  # type: ignore[misc]
        if count != 1:
            raise QueryFileError(
                f"{name}: parameter {parameter.name} needs exactly one line of its own "
                f"`VALUES ?{parameter.name} {{ term }}`; {count} found"
            )
    return text
