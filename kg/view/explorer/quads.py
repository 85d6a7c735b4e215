"""A graph as a page holds it: a sorted list of terms and four columns of numbers that point into it.

A tenth of the size of N-Quads, and half of what they come to when compressed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from kg.view.explorer.blocks import array_block

Numbers = npt.NDArray[np.int64]
_LABEL = "<http://www.w3.org/2000/01/rdf-schema#label>"


@dataclass(frozen=True)
class Quads:
    """Quads by the numbers of their terms.

    Args:
        terms: terms as N-Triples has them, sorted by code point; the empty text is the default graph.
        columns: shape (4, quads): graph, subject, predicate and object of each, sorted in this order.
    """

    terms: tuple[str, ...]
    columns: Numbers

    @classmethod
    def read(cls, lines: Iterable[str]) -> Quads:
        """Read N-Quads, a quad a line.

        >>> quads = Quads.read(['<urn:s> <urn:p> "a <b>" <urn:g> .', '<urn:s> <urn:p> "x" .'])
        >>> quads.terms
        ('', '"a <b>"', '"x"', '<urn:g>', '<urn:p>', '<urn:s>')
        >>> quads.columns.T.tolist()
        [[0, 5, 4, 2], [3, 5, 4, 1]]
        """
        return cls.of(split(line) for line in lines)

    @classmethod
    def of(cls, quads: Iterable[tuple[str, str, str, str]]) -> Quads:
        """Number the terms of quads given as graph, subject, predicate and object."""
        numbers: dict[str, int] = {}
        flat = [numbers.setdefault(term, len(numbers)) for quad in quads for term in quad]
        terms = sorted(numbers)
        place = np.empty(len(terms), dtype=np.int64)
        place[[numbers[term] for term in terms]] = np.arange(len(terms))
        rows = place[np.array(flat, dtype=np.int64)].reshape(-1, 4) if flat else np.empty((0, 4), dtype=np.int64)
        rows = rows[np.lexsort((rows[:, 3], rows[:, 2], rows[:, 1], rows[:, 0]))]
        return cls(tuple(terms), np.ascontiguousarray(rows.T))

    def __len__(self) -> int:
        return int(self.columns.shape[1])

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each term."""
        return {term: number for number, term in enumerate(self.terms)}

    def number(self, iri: str) -> int:
        """The number of an IRI, or -1 where no quad has it."""
        return self.numbers.get(f"<{iri}>", -1)

    def all(self, iris: Iterable[str]) -> list[int]:
        """The numbers of several IRIs, without those that no quad has."""
        return [number for iri in iris if (number := self.number(iri)) >= 0]

    @cached_property
    def _texts(self) -> Mapping[str, int]:
        return {literal_text(term): number for number, term in enumerate(self.terms) if term.startswith('"')}

    def text(self, text: str) -> int:
        """The number of a literal with a text, or -1; which of several with the same text does not matter."""
        return self._texts.get(text, -1)

    @cached_property
    def _named(self) -> Mapping[int, int]:
        rows = (self.columns[2] == self.numbers.get(_LABEL, -1)).nonzero()[0][::-1]
        return dict(zip(self.columns[3][rows].tolist(), self.columns[1][rows].tolist(), strict=True))

    def named(self, label: str) -> int:
        """The number of what has an English label, or -1; of several the first."""
        return self._named.get(self.numbers.get(f'"{label}"@en', -1), -1)

    def named_or_text(self, label: str) -> int | str:
        """The number of what has an English label, or the label itself where nothing has it."""
        return number if (number := self.named(label)) >= 0 else label

    def lines(self) -> list[str]:
        """The quads as N-Quads."""
        terms = self.terms
        return [
            f"{terms[s]} {terms[p]} {terms[o]} {terms[g]} ." if terms[g] else f"{terms[s]} {terms[p]} {terms[o]} ."
            for g, s, p, o in self.columns.T.tolist()
        ]

    def blocks(self) -> dict[str, bytes]:
        """What the page holds of it: `terms`, a line each, and `quads`, the columns g, s, p and o."""
        return {
            "terms": "\n".join(self.terms).encode("utf-8"),
            "quads": array_block(dict(zip("gspo", self.columns, strict=True))),
        }


def split(line: str) -> tuple[str, str, str, str]:
    """Graph, subject, predicate and object of a line of N-Quads; the graph is empty where there is none."""
    subject, predicate, rest = line.split(" ", 2)
    rest = rest.removesuffix(" .")
    value, _, graph = rest.rpartition(" ")
    # The last word is a graph unless it is the end of a literal, which has a quotation mark in it.
    if value and graph[0] in "<_" and '"' not in graph:
        return graph, subject, predicate, value
    return "", subject, predicate, rest


def literal_text(literal: str) -> str:
    """The text of a literal as N-Triples has it."""
    body = literal[1 : literal.rindex('"')]
    return body if "\\" not in body else body.encode("ascii", "backslashreplace").decode("unicode_escape")
