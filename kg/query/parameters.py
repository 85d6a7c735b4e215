"""Parameters of a query file: one-line VALUES clauses whose terms are replaced.

A parameter is a line `VALUES ?city { place:yichang }` of its own. The file runs as it stands with that example. The
runner puts other terms in their place, each serialised as the grammar of SPARQL has it, so that no value can become
syntax. The line of a parameter that is not required and not given is taken out: the answer is for all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from rdflib import Literal
from rdflib.util import from_n3

from kg.errors import BadParameter, QueryFileError
from kg.names import is_iri
from kg.query.header import Parameter
from kg.store.answers import IRI, Value

_LINE = re.compile(
    r"^(?P<indent>[ \t]*)VALUES[ \t]+\?(?P<name>\w+)[ \t]*\{(?P<terms>[^{}\n]*)\}[ \t\r]*$", re.MULTILINE
)
_TERM = re.compile(r'<(?P<iri>[^<>]*)>|"(?P<text>(?:[^"\\]|\\.)*)"|(?P<other>[^\s<>"]+)')
_ESCAPES = str.maketrans({"\\": r"\\", '"': r"\"", "\n": r"\n", "\r": r"\r", "\t": r"\t", "\b": r"\b", "\f": r"\f"})


def serialise(value: Value) -> str:
    """A plain value as a SPARQL term (SPARQL 1.1 grammar, [139] IRIREF and [158] STRING_LITERAL2).

    Raises:
        BadParameter: an IRI that is none, or text that cannot be written in UTF-8.

    >>> serialise(IRI("https://example.org/a"))
    '<https://example.org/a>'
    >>> serialise('a "quoted" word')
    '"a \\\\"quoted\\\\" word"'
    """
    if isinstance(value, IRI):
        if not is_iri(value):
            raise BadParameter(f"{value!r} is no IRI. Write a key, a label, or an IRI without spaces and brackets")
        return f"<{value}>"
    if isinstance(value, bool | int | Decimal | float):
        return str(Literal(value).n3())
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise BadParameter(f"{value!r} is not text in UTF-8. Type it as UTF-8")
    return f'"{value.translate(_ESCAPES)}"'


def bind(text: str, parameters: Iterable[Parameter], values: Mapping[str, Iterable[Value] | None], name: str) -> str:
    """The query with the given terms in its VALUES lines; the line of a parameter that is None is taken out.

    A join with nothing but UNDEF changes no answer, but keeps engines from ordering the joins well.

    Raises:
        QueryFileError: the file has no such VALUES line, or more than one.
    """
    wanted = {parameter.name: 0 for parameter in parameters if parameter.name in values}

    def replaced(match: re.Match[str]) -> str:
        if match["name"] not in wanted:
            return match[0]
        wanted[match["name"]] += 1
        given = values[match["name"]]
        terms = None if given is None else " ".join(map(serialise, given))
        return match["indent"] + ("" if terms is None else f"VALUES ?{match['name']} {{ {terms} }}")

    bound = _LINE.sub(replaced, text)
    for parameter, count in wanted.items():
        if count != 1:
            raise QueryFileError(
                f"{name}: parameter {parameter} needs exactly one line of its own "
                f"`VALUES ?{parameter} {{ term }}`; {count} found"
            )
    return bound


def examples(text: str) -> dict[str, tuple[str, ...]]:
    """The terms of the VALUES lines of a query by variable, as a user would give them: compact IRIs, texts, numbers.

    >>> examples('VALUES ?place { place:baoji <urn:a> "tin" }')
    {'place': ('place:baoji', 'urn:a', 'tin')}
    """
    return {
        line["name"]: tuple(
            str(from_n3(f'"{term["text"]}"')) if term["text"] is not None else term["iri"] or term["other"]
            for term in _TERM.finditer(line["terms"])
            if term["other"] != "UNDEF"
        )
        for line in _LINE.finditer(text)
    }
