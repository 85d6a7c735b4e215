"""What a query answers: plain values, and the protocol of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pandas as pd

    from kg.store.oxigraph import OxigraphStore


class IRI(str):
    """A string that is an IRI."""

    __slots__ = ()


class Text(str):
    """A string with a language tag.

    >>> Text("宝鸡", "zh").language
    'zh'
    """

    language: str

    def __new__(cls, value: str, language: str) -> Text:
        text = super().__new__(cls, value)
        text.language = language
        return text

    def __reduce__(self) -> tuple[type[Text], tuple[str, str]]:
        return Text, (str(self), self.language)


class Blank(str):
    """A blank node's label."""

    __slots__ = ()


Value = IRI | Text | Blank | str | int | float | Decimal | bool


@dataclass(frozen=True)
class Solutions:
    """The rows of a SELECT: a tuple of values for each, None where a variable is unbound."""

    variables: tuple[str, ...]
    rows: list[tuple[Value | None, ...]]

    def __len__(self) -> int:
        return len(self.rows)

    def __iter__(self) -> Iterator[dict[str, Value | None]]:
        for row in self.rows:
            yield dict(zip(self.variables, row, strict=True))

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas frame, a column for each variable; decimals become floats, what is unbound None.

        >>> Solutions(("place", "share"), [("Baoji", Decimal("0.5"))]).frame()["share"].tolist()
        [0.5]
        """
        import pandas as pd

        rows = [[float(cell) if isinstance(cell, Decimal) else cell for cell in row] for row in self.rows]
        return pd.DataFrame.from_records(rows, columns=list(self.variables))


@dataclass(frozen=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, as sorted N-Triples lines without duplicates."""

    lines: Sequence[str]


Answer = Solutions | Triples | bool


class Store(Protocol):
    """What the rest of the package asks of an engine."""

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the union of all graphs; `prefixes` need no PREFIX lines.

        Raises:
            BadQuery: the text does not parse.
        """
        ...

    def select(self, text: str) -> Solutions:
        """Answer a SELECT query; other forms raise BadQuery."""
        ...

    def in_memory(self) -> OxigraphStore:
        """A copy of the whole graph in memory, for what needs all of it."""
        ...

    def __len__(self) -> int:
        """How many quads it holds."""
        ...
