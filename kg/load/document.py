"""The text of a document as it is searched: white space made one space, paragraphs, and the numbers that it says.

A paragraph is a run of lines that are not blank. Numbers are found as digits, as English words and as the names of
months, so that `4th`, `fourth` and `four` all say 4.
"""

from __future__ import annotations

import re
from bisect import bisect_right
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
    **{word: value for value, word in enumerate(_MONTHS.split(), 1)},
    "hundred": 100,
}
_WORD = re.compile(r"[a-z]+")


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
        for part in _BLANK.split(raw):
            if text := spaced(part):
                self.paragraphs.append(Paragraph(len(self.paragraphs) + 1, start, text))
                start += len(text) + 1
        self.text = " ".join(paragraph.text for paragraph in self.paragraphs)
        self._starts = [paragraph.start for paragraph in self.paragraphs]

    def paragraph(self, position: int) -> Paragraph:
        """The paragraph in which a position lies."""
        return self.paragraphs[bisect_right(self._starts, position) - 1]

    def around(self, position: int, length: int, reach: int) -> str:
        """The text from `reach` characters before a stretch to as many behind it, whole words only."""
        start, end = max(0, position - reach), min(len(self.text), position + length + reach)
        start = start if start == 0 else self.text.find(" ", start - 1, position) + 1 or position
        end = end if end == len(self.text) else max(self.text.rfind(" ", position, end + 1), position + length)
        return self.text[start:end]

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

    >>> sorted(map(int, numbers_said("the thirty-four firms of 2016-2020, a fifth of 1,200")))
    [1, 4, 5, 30, 34, 200, 1200, 2016, 2020]
    """
    found: set[Decimal] = set()
    for match in _DIGITS.finditer(text):
        number = match[0].replace(",", "")
        found.add(Decimal(number))
        found.update(Decimal(part) for part in re.split(r"[.,]", match[0]))
    values = [_WORDS.get(word) for word in _WORD.findall(text.casefold())]
    found.update(Decimal(value) for value in values if value is not None)
    for tens, ones in pairwise(values):
        if tens and ones and tens % 10 == 0 and 20 <= tens < 100 and ones < 10:
            found.add(Decimal(tens + ones))
    return found
