"""Pages that a server makes when they are asked for: of things, of terms, of questions. They run no script."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

_FOLDER = Path(__file__).parent
_HERE = ("id/", "source/", "derived/", "ontology")


class Links:
    """Where the pages of IRIs are.

    Args:
        base: what the IRIs of the project begin with.
        prefix: of the paths of the server, where it is not the root.

    >>> links = Links("https://example.org/kg/")
    >>> links.to("https://example.org/kg/id/place/baoji"), links.to("javascript:alert(1)")
    ('/id/place/baoji', None)
    """

    def __init__(self, base: str, prefix: str = "") -> None:
        self.base, self.prefix = base, prefix.rstrip("/")

    def to(self, iri: str) -> str | None:
        """The address of the page of an IRI: here, or its own where it is one of the web; None where there is none."""
        if iri.startswith(self.base):
            rest = iri[len(self.base) :]
            if rest.startswith(_HERE):
                return f"{self.prefix}/{quote(rest, safe='/#:@!$&()*+,;=~')}"
        return iri if iri.startswith(("http://", "https://")) else None

    def at(self, path: str) -> str:
        """The address of a path of the server."""
        return self.prefix + path


@lru_cache(maxsize=1)
def style() -> str:
    """The style sheet, which stands in every page."""
    return (_FOLDER / "style.css").read_text(encoding="utf-8")


@lru_cache(maxsize=1)
def served_policy() -> str:
    """The content security policy of these pages: they load nothing, run nothing, and no page may frame them."""
    digest = base64.b64encode(hashlib.sha256(style().encode("utf-8")).digest()).decode()
    rules = ("default-src 'none'", f"style-src 'sha256-{digest}'", "base-uri 'none'", "form-action 'self'")
    return "; ".join([*rules, "frame-ancestors 'none'"])


def page(
    template: str,
    links: Links,
    language: str,
    texts: Mapping[str, str],
    asked: Mapping[str, str] | None = None,
    **values: Any,
) -> str:
    """A page made of a template of this folder; every value is escaped.

    Args:
        template: file name.
        links: to the other pages.
        language: of the page: en or zh.
        texts: what the page says in that language.
        asked: the parameters of its address, but that of the language.
        values: what the template shows besides.
    """
    made = _templates().get_template(template)
    other = "en" if language == "zh" else "zh"
    there = "?" + urlencode({**(asked or {}), "lang": other})
    return str(made.render(links=links, language=language, t=texts, style=style(), other=other, there=there, **values))


@lru_cache(maxsize=1)
def _templates() -> Any:
    from markupsafe import Markup

    from kg.view.pages import environment

    made = environment(_FOLDER)
    made.filters["as_style"] = Markup
    return made
