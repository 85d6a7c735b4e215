"""Texts that would run if a page took them for markup, and what a page is made of once it is parsed."""

from __future__ import annotations

from collections import Counter
from html.parser import HTMLParser

PAYLOADS = (
    "<script>alert(1)</script>",
    '<img src=x onerror="alert(1)">',
    '"><svg onload=alert(1)>',
    "</script><script>alert(1)</script>",
    "</title></style></svg><script>alert(1)</script>",
    '<a href="javascript:alert(1)" onclick="alert(1)">href</a>',
    "javascript:alert(1)//href",
    "' onmouseover='alert(1)",
    "<!--<script>",
    "]]><script>alert(1)</script>",
    "{{ 7 * 7 }}{% for x in y %}",
    "&lt;script&gt;\\u003cscript\\u003ealert(1)`${alert(1)}`",
)


class Page(HTMLParser):
    """What a page is made of: counts of elements, attributes that run, addresses, and its text outside scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: Counter[str] = Counter()
        self.handlers: list[str] = []
        self.links: list[str] = []
        self.loads: list[str] = []
        self.policy = ""
        self.texts: list[str] = []
        self.data = ""
        self._inside: list[str] = []
        self._data_block = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.elements[tag] += 1
        self.handlers += [name for name in given if name.startswith("on")]
        if tag == "a":
            self.links.append(given.get("href", ""))
        else:
            self.loads += [given[name] for name in ("src", "href", "srcset", "data", "action") if name in given]
        if tag == "meta" and given.get("http-equiv") == "Content-Security-Policy":
            self.policy = given["content"]
        if tag in ("script", "style"):
            self._inside.append(tag)
            self._data_block = given.get("type") == "application/json"

    def handle_endtag(self, tag: str) -> None:
        if self._inside and tag == self._inside[-1]:
            self._inside.pop()
            self._data_block = False

    def handle_data(self, data: str) -> None:
        if self._data_block:
            self.data += data
        if not self._inside:
            self.texts.append(data)

    @property
    def text(self) -> str:
        """All text that a reader sees, with white space made one."""
        return " ".join(" ".join(self.texts).split())
