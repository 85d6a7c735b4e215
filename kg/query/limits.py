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
# can pass for one of them. The empty group behind a string matches where it is not closed. The engine takes escapes of
# code points in IRIs.
_SKIPPED = re.compile(
    r"#[^\r\n]*"
    r"|\\."
    r"|<(?:[^<>\"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>"
    r'|"""(?:"{0,2}(?:[^"\\]|\\.))*+(?:"""|())'
    r"|'''(?:'{0,2}(?:[^'\\]|\\.))*+(?:'''|())"
    r'|"(?:[^"\\\r\n]|\\.)*+(?:"|())'
    r"|'(?:[^'\\\r\n]|\\.)*+(?:'|())",
    re.DOTALL,
)
_VALUES = re.compile(r"\bVALUES\s*(?:[?$]\w+|\([^(){}]*\))\s*\{[^{}]*\}", re.IGNORECASE)
_BRACKETS = re.compile(r"<<|>>|[{}()\[\]]")
_PARTS = re.compile(
    r"\b(?:UNION|OPTIONAL|BIND|MINUS|FILTER|VALUES|GRAPH|LATERAL|EXISTS|AS)\b|<<|&&|\|\||[{(\[+*/!|;,.^~-]",
    re.IGNORECASE,
)
_WORDS = re.compile(r"\w+")
# The engine's parser needs no space around a word: `?o .SERVICE:x{}` and `SERVICESILENT<urn:x>{}` are calls to it. So
# the word is looked for wherever it is no part of a variable, a local name or a language tag.
_NAMES = re.compile(r"[?$]\w+|:[\w:%](?:[\w:%.-]*[\w:%-])?|@[A-Za-z-]+")
_SERVICE = re.compile(r"SERVICE", re.IGNORECASE)
# After a value, `<` may also be less than: then a quotation mark or a number sign in what looks like an IRI begins a
# string or a comment. That cannot be where :// follows a name.
_AMBIGUOUS = re.compile(r"<(?![A-Za-z][A-Za-z0-9+.-]*://).*['#]", re.DOTALL)
_FORM = re.compile(r"(?<![\w?$:.@-])(?:SELECT|ASK|CONSTRUCT|DESCRIBE)(?![\w:.-])", re.IGNORECASE)


def check_limits(text: str, elsewhere: bool = False) -> None:
    """Refuse a query that is too large, too deeply nested, or has too many parts; and one that asks elsewhere.

    Args:
        text: SPARQL.
        elsewhere: whether SERVICE is let through.

    Raises:
        BadQuery: it is beyond 64 KiB, 64 levels of brackets, 1,000 operators and clauses, or 2,000 terms outside
            VALUES; it has a string that is not closed, or a SERVICE clause, by which the engine would send
            requests to any address.

    >>> check_limits("ASK { ?s ?p ?o }")
    """
    form_of(text, elsewhere)


@lru_cache(maxsize=256)
def form_of(text: str, elsewhere: bool = False) -> str:
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
    bare = bare_of(text)
    deepest = depth_of(bare)
    if deepest > MAX_DEPTH:
        raise BadQuery(f"the query is nested {deepest} deep, more than {MAX_DEPTH}. Make it flatter")
    bare = _VALUES.sub(" VALUES ", bare)
    parts = len(_PARTS.findall(bare))
    if parts > MAX_PARTS:
        raise BadQuery(f"the query has {parts} operators, brackets and clauses, more than {MAX_PARTS}. Split it")
    terms = len(_WORDS.findall(bare))
    if terms > MAX_TERMS:
        raise BadQuery(f"the query has {terms} terms outside VALUES, more than {MAX_TERMS}. Split it")
    if not elsewhere and _SERVICE.search(without_names(bare)):
        raise BadQuery("SERVICE would send a request to another address. Ask that endpoint itself")
    form = _FORM.search(bare)
    return form[0].upper() if form else ""


def bare_of(text: str) -> str:
    """SPARQL text with spaces for comments, and an x and spaces for each IRI and string; as long as before.

    Raises:
        BadQuery: a string is not closed, or what looks like an IRI may be something else.

    >>> bare_of("ASK { <urn:a> ?p 'b' } # c")
    'ASK {  x      ?p  x  }    '
    """
    return _SKIPPED.sub(_replaced, text)


def without_names(bare: str) -> str:
    """What `bare_of` gives without variables, local names and language tags; as long as before.

    >>> without_names("ASK { ?service a ex:service }")
    'ASK { xxxxxxxx a exxxxxxxxx }'
    """
    return _NAMES.sub(lambda match: "x" * len(match[0]), bare)


def _replaced(match: re.Match[str]) -> str:
    size = len(match[0])
    if match.lastindex:
        raise BadQuery("a string in the query is not closed. Close it")
    if _AMBIGUOUS.match(match[0]):
        raise BadQuery("an IRI with # or ' in it does not begin with scheme://. Write it whole, or with a PREFIX")
    if match[0].startswith("\\"):  # in the middle of a name
        return "x" * size
    return " " * size if match[0].startswith("#") else " x".ljust(size)


def depth_of(bare: str) -> int:
    """How deep brackets are nested in what `bare_of` gives."""
    depth = deepest = 0
    for bracket in _BRACKETS.findall(bare):
        depth += 1 if bracket in ("<<", "{", "(", "[") else -1
        deepest = max(deepest, depth)
    return deepest
