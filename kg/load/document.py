"""The text of a document as it is searched: white space made one space, paragraphs, and the numbers that it says.

A paragraph is a run of lines that are not blank. Numbers are found as digits, as English words and as the names of
months, so that `4th`, `fourth` and `four` all say 4.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from kg.names import identity

_BLANK = re.compile(r"\n[^\S\n]*\n")
_DIGITS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?")
_ONES = """
    zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
    eighteen nineteen
"""
_ORDINALS = """
    zeroth first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth
"""
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_TENTHS = "twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth"
_MONTHS = "january february march april may june july august september october november december"
_WORDS = {
    **{word: value for words in (_ONES, _ORDINALS) for value, word in enumerate(words.split())},
    **{word: 10 * value for words in (_TENS, _TENTHS) for value, word in enumerate(words.split(), 2)},
    "hundred": 100,
}
_MONTH = {word.capitalize(): value for value, word in enumerate(_MONTHS.split(), 1)}
_WORD = re.compile(r"[A-Za-z]+")
_DATE = re.compile(r"\d{4}\.\d{1,2}")
_LONG_WORD = 40


@dataclass(frozen=True)
class Paragraph:
    """A paragraph: its running number from 1, where it starts in the whole text, and its text."""

    number: int
    start: int
    text: str


class Document:
    """A text and its paragraphs; positions count characters after white space was made one space.

    >>> document = Document("Two  rivers\\nmeet.\\n\\nIn May 2019 they were 1,200 km long.")
    >>> [paragraph.text for paragraph in document.paragraphs]
    ['Two rivers meet.', 'In May 2019 they were 1,200 km long.']
    >>> document.paragraph(document.text.find("May")).number
    2
    """

    def __init__(self, raw: str) -> None:
        self.paragraphs: list[Paragraph] = []
        start = 0
        for part in _BLANK.split(unicodedata.normalize("NFC", raw)):
            if text := spaced(part):
                self.paragraphs.append(Paragraph(len(self.paragraphs) + 1, start, text))
                start += len(text) + 1
        self.text = " ".join(paragraph.text for paragraph in self.paragraphs)
        self._starts = [paragraph.start for paragraph in self.paragraphs]

    def paragraph(self, position: int) -> Paragraph:
        """The paragraph in which a position lies."""
        return self.paragraphs[bisect_right(self._starts, position) - 1]

    def around(self, position: int, length: int, reach: int) -> str:
        """The text from `reach` characters before a stretch to as many behind it, cut between words if it has any."""
        start, end = max(0, position - reach), min(len(self.text), position + length + reach)
        before = self.text.find(" ", start - 1, min(start + _LONG_WORD, position)) if start else -1
        behind = self.text.rfind(" ", max(end - _LONG_WORD, position + length), end + 1) if end < len(self.text) else -1
        return self.text[before + 1 if before >= 0 else start : behind if behind >= 0 else end]

    def count(self, text: str) -> int:
        """How often a stretch of text stands in the document, also where one overlaps another."""
        return len(re.findall(f"(?={re.escape(text)})", self.text))

    def names(self, name: str) -> bool:
        """Whether a name stands in the text, however it is cased, hyphenated or quoted."""
        return f" {folded(name)} " in self._folded

    @cached_property
    def _folded(self) -> str:
        return f" {folded(self.text)} "


def spaced(text: str) -> str:
    """Text with each run of white space made one space.

    >>> spaced(" a\\n b ")
    'a b'
    """
    return " ".join(text.split())


def folded(text: str) -> str:
    """Text as names are compared in: letters and digits in lower case, each run of anything else one space.

    >>> folded("Xi’an–Xianyang (core)")
    'xi an xianyang core'
    """
    return " ".join(re.findall(r"[\u4e00-\u9fff]|[^\W_\u4e00-\u9fff]+", identity(text)))


def numbers_said(text: str) -> set[Decimal]:
    """The numbers that a text says, in digits, in words, as months.

    >>> sorted(map(int, numbers_said("the thirty-four firms of 2016-2020, a fifth of 1,200; two hundred in May")))
    [2, 4, 5, 30, 34, 100, 200, 1200, 2016, 2020]
    """
    found = {Decimal(number) for number in digits(text)}
    words = _WORD.findall(text)
    values = [_MONTH.get(word, _WORDS.get(word.casefold())) for word in words]
    found.update(Decimal(value) for value in values if value is not None)
    for first, second in pairwise(values):
        if first and second and first % 10 == 0 and 20 <= first < 100 and second < 10:
            found.add(Decimal(first + second))
        if first and second == 100 and first < 10:
            found.add(Decimal(first * 100))
    return found


def digits(text: str) -> Iterator[str]:
    """The numbers that a text writes in digits, without separators of thousands; year and month of `2018.11` besides.

    >>> list(digits("1,200 t in 2018.11"))
    ['1200', '2018.11', '2018', '11']
    """
    for match in _DIGITS.finditer(text):
        yield match[0].replace(",", "")
        if _DATE.fullmatch(match[0]):
            yield from match[0].split(".")
