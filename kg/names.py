"""Prefixes, compact IRIs, minting of IRIs, and the identity of names.

The prefixes are those that `ontology/prefixes.ttl` declares with sh:declare; no other place defines one.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from kg.errors import OntologyError

_DECLARE = re.compile(r'sh:prefix\s+"([^"]*)"\s*;\s*sh:namespace\s+"([^"]*)"')
_IRI = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:[^\x00-\x20<>\"{}|^`\\\ud800-\udfff]*")
_LONGEST = 100
"""Bytes of a file's name before its ending."""


@dataclass(frozen=True)
class Prefixes:
    """Prefixes and their namespaces.

    >>> prefixes = Prefixes({"place": "https://example.org/id/place/"})
    >>> prefixes.expand("place:baoji")
    'https://example.org/id/place/baoji'
    >>> prefixes.shorten("https://example.org/id/place/baoji")
    'place:baoji'
    """

    mapping: Mapping[str, str]

    @classmethod
    def read(cls, path: Path) -> Prefixes:
        """Read the sh:declare statements of a file of `ontology/prefixes.ttl`'s form.

        Raises:
            OntologyError: the file declares nothing, or is not UTF-8.
        """
        try:
            found = dict(_DECLARE.findall(path.read_text(encoding="utf-8")))
        except UnicodeDecodeError as error:
            raise OntologyError(f"{path}: not UTF-8 ({error}). Save it as UTF-8") from None
        if not found:
            raise OntologyError(f"{path}: no sh:declare found. Declare each prefix with sh:prefix and sh:namespace")
        return cls(found)

    def expand(self, curie: str) -> str | None:
        """The IRI of a compact IRI whose prefix is known, else None."""
        prefix, colon, local = curie.partition(":")
        namespace = self.mapping.get(prefix)
        return namespace + local if colon and namespace else None

    def shorten(self, iri: str) -> str:
        """The compact IRI with the longest matching namespace; the IRI itself where none matches."""
        best = max(
            (item for item in self.mapping.items() if iri.startswith(item[1])),
            key=lambda item: len(item[1]),
            default=None,
        )
        return f"{best[0]}:{iri[len(best[1]) :]}" if best else iri

    def kind(self, iri: str) -> str | None:
        """The prefix whose namespace the IRI stands in, else None."""
        short = self.shorten(iri)
        return short.partition(":")[0] if short != iri else None


def slug(text: str) -> str:
    """A name as the last part of an IRI: NFKC, lower case, hyphens between runs of letters and digits.

    >>> slug("590, of which 92 enterprises")
    '590-of-which-92-enterprises'
    >>> slug("宝鸡 Titanium")
    '宝鸡-titanium'
    """
    folded = unicodedata.normalize("NFKC", text).casefold()
    return "-".join(re.findall(r"[^\W_]+", folded))


def file_name(name: str, ending: str = ".html") -> str:
    """A file name made of what something is called; it has no separators, no dots but one, and is never reserved.

    >>> file_name("place:baoji")
    'place-baoji.html'
    >>> file_name("../../etc/passwd", ".csv")
    'etc-passwd.csv'
    """
    plain = slug(name)
    if len(plain.encode("utf-8")) > _LONGEST or not plain or "-" not in plain:
        digest = hashlib.sha256(name.encode("utf-8", "surrogatepass")).hexdigest()[:8]
        plain = f"{plain.encode('utf-8', 'ignore')[:_LONGEST].decode('utf-8', 'ignore') or 'thing'}-{digest}"
    return f"{plain}{ending}"


@lru_cache(maxsize=100_000)
def identity(name: str) -> str:
    """The key under which two spellings count as one name: NFKC, simplified Chinese, trimmed, case folded.

    Invisible characters (zero width, direction marks) do not count.

    >>> identity(" Ｂaoji ") == identity("baoji")
    True
    >>> identity("臺灣") == identity("台湾")
    True
    """
    if name.isascii() and name.isprintable():
        return " ".join(name.casefold().split())
    text = "".join(c for c in name if not is_invisible(c))
    text = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
    text = " ".join(text.split())
    return text if text.isascii() else _simplified(text)


def is_invisible(character: str) -> bool:
    """Whether a character is a zero width, direction or format mark, or a selector of a glyph's variant."""
    return unicodedata.category(character) == "Cf" or unicodedata.name(character, "").startswith("VARIATION SELECTOR")


def is_iri(text: str) -> bool:
    """Whether text can stand as an absolute IRI in a query (SPARQL 1.1 grammar, [139] IRIREF).

    >>> is_iri("https://example.org/a"), is_iri("https://example.org/a b")
    (True, False)
    """
    return _IRI.fullmatch(text) is not None


def _simplified(text: str) -> str:
    return str(_converter().convert(text))


@lru_cache(maxsize=1)
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")
