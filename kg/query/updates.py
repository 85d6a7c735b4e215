"""A cheap check of updates that come from outside, and the dataset that the protocol gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.errors import BadQuery
from kg.query.limits import MAX_DEPTH, bare_of, depth_of, without_names

# The engine's parser needs no space around a word, so words are looked for wherever they are no part of a name.
_LOAD = re.compile("LOAD", re.IGNORECASE)
_SERVICE = re.compile("SERVICE", re.IGNORECASE)
_DATASET = re.compile("USING|WITH", re.IGNORECASE)
_WHERE = re.compile(r"WHERE\s*\{", re.IGNORECASE)
_DELETE = re.compile(r"DELETE\s*\Z", re.IGNORECASE)
_PREFIXES = re.compile(r"PREFIX\s*[\w.-]*:", re.IGNORECASE)
_MOST_MOVED = 100
_DECLARATION = re.compile(r"\s*(?:BASE|PREFIX\s*(?P<name>[\w.-]*):)\s+(?P<iri>x)\s*", re.IGNORECASE)


def check_update(text: str, elsewhere: bool = False) -> None:
    """Refuse an update that is nested too deeply, or that asks elsewhere; its size is not looked at.

    Args:
        text: of the update.
        elsewhere: whether LOAD and SERVICE are let through.

    Raises:
        BadQuery: it has more than 64 levels of brackets, a string that is not closed, or a LOAD or SERVICE, by which
            the engine would send requests to any address.

    >>> check_update("INSERT DATA { <urn:a> <urn:b> 1 }")
    """
    bare = without_names(bare_of(text))
    deepest = depth_of(bare)
    if deepest > MAX_DEPTH:
        raise BadQuery(f"the update is nested {deepest} deep, more than {MAX_DEPTH}. Make it flatter")
    if not elsewhere and _LOAD.search(_PREFIXES.sub(_blank, outermost(bare))):
        raise BadQuery("LOAD would fetch a document from another address. Send its content itself")
    if not elsewhere and _SERVICE.search(bare):
        raise BadQuery("SERVICE would send a request to another address. Ask that endpoint itself")


def with_dataset(text: str, default_graphs: Sequence[str], named_graphs: Sequence[str]) -> str:
    """An update whose WHERE clauses ask the dataset that the protocol gives (section 2.2.3 of the recommendation).

    Args:
        text: an update that `check_update` lets through.
        default_graphs, named_graphs: absolute IRIs.

    Raises:
        BadQuery: the update says itself which graphs it asks, by USING or WITH.

    >>> with_dataset("DELETE WHERE { ?s ?p 1 }", ["urn:g"], [])
    'DELETE { ?s ?p 1 } USING <urn:g> WHERE { ?s ?p 1 }'
    """
    if not default_graphs and not named_graphs:
        return text
    outer = outermost(without_names(bare_of(text)))
    if _DATASET.search(_PREFIXES.sub(_blank, outer)):
        raise BadQuery(
            "the update and the request both say which graphs it asks. Leave out USING and WITH, or the latter"
        )
    clauses = [f"USING <{iri}>" for iri in default_graphs] + [f"USING NAMED <{iri}>" for iri in named_graphs]
    using, parts, end = " ".join(clauses), [], 0
    for where in _WHERE.finditer(outer):
        parts.append(text[end : where.start()])
        if _DELETE.search(outer, 0, where.start()):  # its pattern is its template
            opening, closing = where.end() - 1, outer.find("}", where.end())
            parts.append(text[opening : closing + 1] + " ")
        parts.append(f"{using} ")
        end = where.start()
    return "".join([*parts, text[end:]])


def with_prologue_first(text: str) -> str:
    """An update whose prefixes are all declared before its first operation, since the engine knows none after that.

    Args:
        text: an update that `check_update` lets through.

    Returns: the text as it is where a later declaration has another meaning there, being of BASE or of a prefix that
        stands in the text before; or where there are very many.

    >>> with_prologue_first("CLEAR ALL ; PREFIX a: <urn:a:> INSERT DATA { a:b a:c 1 }")
    'PREFIX a: <urn:a:> CLEAR ALL ;                    INSERT DATA { a:b a:c 1 }'
    """
    bare = bare_of(text)
    outer = outermost(without_names(bare))
    first, kept = [*_declarations(outer, 0)], text
    moved: list[str] = []
    declared = {each["name"]: _iri(text, each) for each in first}
    for later in re.finditer(";", outer):
        for each in _declarations(outer, later.end()):
            name, iri = each["name"], _iri(text, each)
            start = each.end() - len(each[0].lstrip())
            end = each.start("iri") - 1 + len(iri)
            if declared.get(name) != iri or name is None:
                before = rf"(?<![\w.-]){re.escape(name or '')}:"
                if name is None or len(moved) == _MOST_MOVED or re.search(before, bare[:start]):
                    return text
                declared[name] = iri
                moved.append(f"PREFIX {name}: {iri} ")
            kept = kept[:start] + re.sub(r"[^\r\n]", " ", kept[start:end]) + kept[end:]
    at = first[-1].end() if first else 0
    return kept[:at] + "".join(moved) + kept[at:]


def _iri(text: str, declaration: re.Match[str]) -> str:
    start = declaration.start("iri") - 1
    return text[start : text.index(">", start) + 1]


def _declarations(outer: str, at: int) -> Iterator[re.Match[str]]:
    """The declarations that stand there, one after the other."""
    while each := _DECLARATION.match(outer, at):
        yield each
        at = each.end()


def outermost(bare: str) -> str:
    """What is outside of all braces, and these, at the places where it was; the rest is spaces."""
    depth, kept = 0, []
    for sign in bare:
        depth -= sign == "}"
        kept.append(sign if depth <= 0 else " ")
        depth += sign == "{"
    return "".join(kept)


def _blank(match: re.Match[str]) -> str:
    return " " * len(match[0])
