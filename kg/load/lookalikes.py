"""Names that look like other names: invisible or bidirectional marks, full-width letters, mixed scripts."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from kg.errors import Fault
from kg.load.package import Row
from kg.names import is_invisible

_SCRIPTS = ("LATIN", "GREEK", "CYRILLIC", "CJK", "HIRAGANA", "KATAKANA", "HANGUL", "ARABIC", "HEBREW")
_BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


def oddity(name: str) -> str | None:
    """What is odd about how a name is written, or None.

    >>> oddity("Baοji")
    'letters of several scripts in one word'
    >>> oddity("Baoji")
    """
    if any(unicodedata.bidirectional(c) in _BIDI or c in "\u200e\u200f\u061c" for c in name):
        return "a direction mark"
    if any(map(is_invisible, name)):
        return "an invisible character"
    if any(unicodedata.east_asian_width(c) == "F" for c in name if c.isalnum()):
        return "full-width letters or digits"
    for word in re.findall(r"[^\W\d_]+", name):
        scripts = {_script(c) for c in word} - {None}
        if len(scripts & {"LATIN", "GREEK", "CYRILLIC"}) > 1:
            return "letters of several scripts in one word"
    return None


def report(rows: Iterable[Row]) -> list[Fault]:
    """The oddly written names of all rows; they are loaded, and reported."""
    found = []
    for row in rows:
        for column in row.type.names:
            for name in row.texts([column]):
                if odd := oddity(name):
                    found.append(row.fault(column, f"{odd} in {name!r}", "Write it plainly unless it is meant"))
    return found


def _script(character: str) -> str | None:
    name = unicodedata.name(character, "")
    return next((script for script in _SCRIPTS if name.startswith(script)), None)
