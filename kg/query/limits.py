"""A cheap check of queries that were typed in: the engine's parser has no limit of its own and can end the process."""

from __future__ import annotations

import re
from functools import lru_cache

from kg.errors import BadQuery

MAX_BYTES = 64 * 1024
MAX_DEPTH = 64
MAX_PARTS = 1_000
MAX_TERMS = 2_000
# Comments, escapes in names, IRIs and strings as the grammar has them ([139], [156] to [159], [173]), so that nothing
# can pass for one of them. The empty group behind a string matches where it is not closed.
_SKIPPED = re.compile(
    r"#[^\r\n]*"
    r"|\\."
    r"|<[^<>\"{}|^`\\\x00-\x20]*>"
    r'|"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:"""|())'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*+(?:'''|())"
    r'|"(?:[^"\\\r\n]|\\.)*+(?:"|())'
    r"|'(?:[^'\\\r\n]|\\.)*+(?:'|())",
    re.DOTALL,
)
_VALUES = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([^(){}]*\))\s*\{[^{}]*\}", re.IGNORECASE)
_BRACKETS = re.compile(r"<<|>>|[{}()\[\]]")
_PARTS = re.compile(
    r"\b(?:UNION|OPTIONAL|BIND|MINUS|FILTER|VALUES|GRAPH|LATERAL|EXISTS|AS)\b|<<|&&|\|\||[{(\[+*/!|;,.^-]",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
_SERVICE = re.compile(r"(?<![\w?$:.-])SERVICE(?![\w:.-])", re.IGNORECASE)
_FORM = re.compile(r"(?<![\w?$:.@-])(?:SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:.-])", re.IGNORECASE)


def check_limits(text: str) -> None:
    """Refuse a query that is too large, too deeply nested, or has too many parts; and one that asks elsewhere.

    Raises:
        BadQuery: it is beyond 64 KiB, 64 levels of brackets, 1,000 operators and clauses, or 2,000 terms outside
            VALUES; it has a string that is not closed, or a SERVICE clause, by which the engine would send
            requests to any address.

    >>> check_limits("ASK { ?s ?p ?o }")
    """
    form_of(text)


@lru_cache(maxsize=256)
def form_of(text: str) -> str:
    """The form of a query that `check_limits` lets through, as far as it can be told before it is parsed.

    Returns: SELECT, ASK, CONSTRUCT or DESCRIBE; empty where the text has none of them, and so will not parse.

    Raises:
        BadQuery: as `check_limits`.

    >>> form_of("PREFIX ask: <urn:ask:> DESCRIBE ask:x")
    'DESCRIBE'
    """
    try:
        size = len(text.encode("utf-8"))
    except UnicodeEncodeError:
        raise BadQuery("the query is not text in UTF-8. Save or type it as UTF-8") from None
    if size > MAX_BYTES:
        raise BadQuery(f"the query has {size} bytes, more than {MAX_BYTES}. Make it smaller")
    bare = _SKIPPED.sub(_replaced, text)
    deepest = _depth(bare)
    if deepest > MAX_DEPTH:
        raise BadQuery(f"the query is nested {deepest} deep, more than {MAX_DEPTH}. Make it flatter")
    bare = _VALUES.sub(" VALUES ", bare)
    parts = len(_PARTS.findall(bare))
    if parts > MAX_PARTS:
        raise BadQuery(f"the query has {parts} operators, brackets and clauses, more than {MAX_PARTS}. Split it")
    terms = len(_WORDS.findall(bare))
    if terms > MAX_TERMS:
        raise BadQuery(f"the query has {terms} terms outside VALUES, more than {MAX_TERMS}. Split it")
    if _SERVICE.search(bare):
        raise BadQuery("SERVICE would send a request to another address. Ask that endpoint itself")
    form = _FORM.search(bare)
    return form[0].upper() if form else ""


def _replaced(match: re.Match[str]) -> str:
    if match.lastindex:
        raise BadQuery("a string in the query is not closed. Close it")
    if match[0].startswith("\\"):  # in the middle of a name
        return "x"
    return " " if match[0].startswith("#") else " x "


def _depth(bare: str) -> int:
    depth = deepest = 0
    for bracket in _BRACKETS.findall(bare):
        depth += 1 if bracket in ("<<", "{", "(", "[") else -1
        deepest = max(deepest, depth)
    return deepest
