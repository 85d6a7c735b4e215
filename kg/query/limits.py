"""A cheap check of queries that were typed in: the engine's parser has no limit of its own and can end the process."""

from __future__ import annotations

import re

from kg.errors import BadQuery

MAX_BYTES = 64 * 1024
MAX_DEPTH = 64
MAX_PARTS = 1_000
_SKIPPED = re.compile(
    r"#[^\n]*|<[^<>\s]*>|\"\"\".*?\"\"\"|'''.*?'''|\"(?:[^\"\\\n]|\\.)*\"|'(?:[^'\\\n]|\\.)*'", re.DOTALL
)
_PARTS = re.compile(r"\b(?:UNION|OPTIONAL|BIND|MINUS|FILTER)\b|&&|\|\||[+*/!|;,.^]", re.IGNORECASE)


def check_limits(text: str) -> None:
    """Refuse a query that is too large, too deeply nested, or has too many parts.

    Raises:
        BadQuery: it is beyond 64 KiB, 64 levels of brackets, or 1,000 operators and clauses.

    >>> check_limits("ASK { ?s ?p ?o }")
    """
    size = len(text.encode("utf-8"))
    if size > MAX_BYTES:
        raise BadQuery(f"the query has {size} bytes, more than {MAX_BYTES}. Make it smaller")
    bare = _SKIPPED.sub(" ", text)
    depth = deepest = 0
    for character in bare:
        if character in "{([":
            depth += 1
            deepest = max(deepest, depth)
        elif character in "})]":
            depth -= 1
    if deepest > MAX_DEPTH:
        raise BadQuery(f"the query is nested {deepest} deep, more than {MAX_DEPTH}. Make it flatter")
    parts = len(_PARTS.findall(bare))
    if parts > MAX_PARTS:
        raise BadQuery(f"the query has {parts} operators and clauses, more than {MAX_PARTS}. Split it")
