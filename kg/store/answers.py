"""What a query answers: plain values, and the protocol of an engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Protocol

from kg.shown import answer_html

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

    def __repr__(self) -> str:
        return f"<Solutions: {len(self.rows):,} rows of {', '.join(self.variables)}>"

    def _repr_html_(self) -> str:
        return answer_html(self.variables, self.rows)

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas frame, a column for each variable.

        Decimals become floats; whole numbers are int64, and Int64 where some are unbound; truth is bool, and boolean
        where some are unbound; all else is as pandas takes text.

        >>> Solutions(("place", "share"), [("Baoji", Decimal("0.5"))]).frame()["share"].tolist()
        [0.5]
        """
        import pandas as pd

        columns = zip(*self.rows, strict=True) if self.rows else [()] * len(self.variables)
        series = [_column(list(cells)) for cells in columns]
        frame = pd.concat(series, axis=1) if series else pd.DataFrame(index=pd.RangeIndex(len(self.rows)))
        return frame.set_axis(list(self.variables), axis="columns")


_INT64 = range(-(2**63), 2**63)


def _column(cells: list[Value | None]) -> pd.Series[Any]:
    """A column of a frame, of the narrowest type that holds all of its values and says where there is none."""
    import pandas as pd

    bound = [cell for cell in cells if cell is not None]
    gaps = len(bound) < len(cells)
    if not bound:
        return pd.Series(cells, dtype=object)
    if all(isinstance(cell, bool) for cell in bound):
        return pd.Series(cells, dtype="boolean" if gaps else "bool")
    if all(isinstance(cell, int) and not isinstance(cell, bool) and cell in _INT64 for cell in bound):
        return pd.Series(cells, dtype="Int64" if gaps else "int64")
    if all(isinstance(cell, int | float | Decimal) and not isinstance(cell, bool) for cell in bound):
        return pd.Series([None if cell is None else float(cell) for cell in cells], dtype="float64")
    return pd.Series(cells)


@dataclass(frozen=True)
class Triples:
    """The triples of a CONSTRUCT or DESCRIBE, as sorted N-Triples lines without duplicates."""

    lines: Sequence[str]


Answer = Solutions | Triples | bool


class Store(Protocol):
    """What the rest of the package asks of an engine."""

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:
        """Answer a SPARQL 1.1 query over the union of all graphs, or those of FROM; `prefixes` need no PREFIX lines.

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
