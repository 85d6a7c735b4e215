"""A query as its words: which prefixes it uses, which form it has, where its parts are. It is not parsed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.errors import BadQuery

_TOKEN = re.compile(
    r"(?P<comment>#[^\r\n]*)"
    r"|(?P<iri><[^<>\"{}|^`\\\x00-\x20]*>)"
    r'|(?P<string>"""(?:"{0,2}(?:[^"\\]|\\.))*+"""|\'\'\'(?:\'{0,2}(?:[^\'\\]|\\.))*+\'\'\''
    r'|"(?:[^"\\\r\n]|\\.)*+"|\'(?:[^\'\\\r\n]|\\.)*+\')'
    r"|(?P<variable>[?$]\w+)"
    r"|(?P<name>(?:_|[^\W\d_](?:[\w.-]*[\w-])?)?:(?:[\w:%-]|\\.|\.(?=[\w:%\\-]))*)"
    r"|(?P<word>@?\w+)"
    r"|(?P<mark>\S)",
    re.DOTALL,
)
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_CLOSING = ("LIMIT", "OFFSET", "ORDER", "VALUES")


@dataclass(frozen=True)
class Token:
    """A word of a query: its kind (a group of the pattern above), its text and where it begins."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """The keyword that it may be, in capitals."""
        return self.text.upper() if self.kind == "word" else ""


def tokens(text: str) -> Iterator[Token]:
    """The words of a query without its comments."""
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "comment":
            yield Token(str(match.lastgroup), match[0], match.start())


class QueryText:
    """A query and its words.

    >>> QueryText("PREFIX a: <urn:a> SELECT ?s { ?s a:b iis:c } LIMIT 3").form
    'SELECT'
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = list(tokens(text))

    @cached_property
    def _form(self) -> Token:
        found = next((token for token in self.tokens if token.word in _FORMS), None)
        if found is None:
            raise BadQuery("the query is none of SELECT, ASK, CONSTRUCT and DESCRIBE. Begin it with one of them")
        return found

    @property
    def form(self) -> str:
        """SELECT, ASK, CONSTRUCT or DESCRIBE.

        Raises:
            BadQuery: it is none of them.
        """
        return self._form.word

    def with_prefixes(self, prefixes: Mapping[str, str]) -> str:
        """The text with a PREFIX for each prefix that it uses and does not declare; lines keep their numbers.

        >>> QueryText("ASK { a:b ?p 'x:y' }").with_prefixes({"a": "urn:a", "x": "urn:x"})
        "PREFIX a: <urn:a> ASK { a:b ?p 'x:y' }"
        """
        names = [token.text for token in self.tokens if token.kind == "name"]
        declared = {
            then.text
            for word, then in zip(self.tokens, self.tokens[1:], strict=False)
            if word.word == "PREFIX" and then.kind == "name"
        }
        used = {name.partition(":")[0] for name in names if name not in declared}
        missing = sorted(used & set(prefixes) - {name[:-1] for name in declared})
        return "".join(f"PREFIX {prefix}: <{prefixes[prefix]}> " for prefix in missing) + self.text

    @cached_property
    def _tail(self) -> int:
        """Which token is the first after the group of WHERE; behind the last where there is none."""
        braces = parentheses = 0
        for index, token in enumerate(self.tokens):
            if token.start <= self._form.start or token.kind != "mark":
                continue
            parentheses += (token.text == "(") - (token.text == ")")
            if parentheses == 0:
                braces += (token.text == "{") - (token.text == "}")
                if token.text == "}" and braces == 0:
                    return index + 1
        return len(self.tokens)

    def page(self, size: int, offset: int) -> str | None:
        """The query for so many of its rows from one on, in an order that is the same each time; None if it cannot be.

        An order of its own stays. What it lacks to be the same each time, the columns, is added. LIMIT and ORDER BY
        stand on different levels, since some servers sort no more rows than they give at once.
        """
        closing = {token.word: token.start for token in self.tokens[self._tail :] if token.word in _CLOSING}
        if self.form != "SELECT" or "VALUES" in closing or "LIMIT" in closing or "OFFSET" in closing:
            return None
        head, body = self.text[: self._form.start], self.text[self._form.start :]
        columns = " ".join(self.columns)
        if not columns:
            return None
        inner = f"{body}\n{columns}" if "ORDER" in closing else f"SELECT * {{ {{ {body}\n}} }} ORDER BY {columns}"
        return f"{head}SELECT * {{ {{ {inner}\n}} }} LIMIT {size} OFFSET {offset}"

    def counted(self) -> str:
        """The query for how many rows it has."""
        head, body = self.text[: self._form.start], self.text[self._form.start :]
        return f"{head}SELECT (COUNT(*) AS ?rows) {{ {{ {body}\n}} }}"

    @cached_property
    def columns(self) -> list[str]:
        """The variables that SELECT names, in order; none for `SELECT *`."""
        found, depth, last = [], 0, ""
        for token in self.tokens[self.tokens.index(self._form) + 1 :]:
            if token.text in "()" and token.kind == "mark":
                depth += 1 if token.text == "(" else -1
            elif depth == 0 and (token.text in ("{", "*") or token.word in ("WHERE", "FROM")):
                break
            elif token.kind == "variable" and (depth == 0 or (depth == 1 and last == "AS")):
                found.append(token.text)
            last = token.word
        return found
