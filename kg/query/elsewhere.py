"""Which addresses a query or update asks, by SERVICE and LOAD, and others in their places."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from kg.errors import BadQuery
from kg.query.limits import bare_of, without_names
from kg.query.updates import outermost

_SPACE = r"(?:\s|#[^\r\n]*)"
_IRI = r"<(?P<iri>[^<>\"{}|^`\\\x00-\x20]*)>"
_NAME = r"(?P<prefix>[A-Za-z][\w.-]*)?:(?P<local>[\w%:.-]*[\w%:-])?"
_SERVICE, _LOAD = re.compile("SERVICE", re.IGNORECASE), re.compile("LOAD", re.IGNORECASE)
_CALL = re.compile(rf"(?:SERVICE|LOAD)(?:{_SPACE}+SILENT)?(?P<asked>{_SPACE}*{_IRI}|{_SPACE}+{_NAME})", re.IGNORECASE)
_PREFIX = re.compile(rf"PREFIX{_SPACE}*(?P<prefix>[\w.-]*):{_SPACE}*{_IRI}", re.IGNORECASE)


def redirected(text: str, prefixes: Mapping[str, str], instead: Callable[[str], str], update: bool = False) -> str:
    """A query or update that asks other addresses than it says.

    Args:
        text: one that `check_limits` or `check_update` lets through.
        prefixes: that it need not declare.
        instead: gives for an IRI the address that is asked in its place, or refuses it.
        update: whether LOAD is looked at too.

    Raises:
        BadQuery: an address is not written as an IRI or a prefixed name; or `instead` refuses it.

    >>> redirected("ASK { SERVICE ex:sparql {} }", {"ex": "https://example.org/"}, lambda iri: iri.upper())
    'ASK { SERVICE <HTTPS://EXAMPLE.ORG/SPARQL> {} }'
    """
    bare = without_names(bare_of(text))
    words = list(_SERVICE.finditer(bare))
    if update:
        words = sorted([*words, *_LOAD.finditer(outermost(bare))], key=re.Match.start)
    if not words:
        return text
    declared = dict(prefixes)
    for found in _PREFIX.finditer(text):
        if bare[found.start() :][:6].upper() != "PREFIX":  # it stands in a string or a comment
            continue
        if found["prefix"] in declared and declared[found["prefix"]] != found["iri"]:
            declared[found["prefix"]] = ""
        else:
            declared[found["prefix"]] = found["iri"]
    parts, end = [], 0
    for word in words:
        call = _CALL.match(text, word.start())
        if call is None:
            raise BadQuery(
                "SERVICE and LOAD need an address that is written there. Write an IRI, or a name with a prefix"
            )
        iri = call["iri"]
        if iri is None:
            iri = declared.get(call["prefix"] or "", "") + (call["local"] or "")
        parts += [text[end : call.start("asked")], f" <{instead(iri)}>"]
        end = call.end()
    return "".join([*parts, text[end:]])
