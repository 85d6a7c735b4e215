"""Rows to quads: the rows of a table type are put, as a VALUES block, at the head of each WHERE of its mapping.

A mapping is standard SPARQL 1.1 Update whose variables are the columns. Terms are serialised by the engine's own
library, never by pasting text. Lists of a row run side by side, the shorter ones repeating their last item: there are
as many solutions as the longest list has items, and never their product.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from kg.errors import BadQuery, PackageError
from kg.load.quantity import Quantity
from kg.store.answers import IRI, Text
from kg.store.oxigraph import OxigraphStore

_WHERE = re.compile(r"^WHERE \{$", re.MULTILINE)
_BATCH = 2_000

MappingValue = str | int | Quantity | IRI | Text | list[str] | list[IRI] | None


def map_rows(
    store: OxigraphStore, mapping: str, variables: Sequence[str], rows: Iterable[Mapping[str, MappingValue]], name: str
) -> int:
    """Run a mapping over rows, in batches, and say how many rows there were.

    Args:
        store: takes the quads.
        mapping: the text of `loaders/tables/<type>.ru`.
        variables: the names that the rows may bind.
        rows: a value for each variable; those left out are unbound.
        name: what to call the mapping in errors.

    Raises:
        PackageError: the mapping does not parse, or has no line `WHERE {`.
    """
    if not _WHERE.search(mapping):
        raise PackageError(f"{name}: no line that is just `WHERE {{`. Write it so; the rows are put in after it")
    count = 0
    head = " ".join(f"?{variable}" for variable in variables)
    iterator = iter(rows)
    while batch := list(itertools.islice(iterator, _BATCH)):
        lines = [line for row in batch for line in _solutions(row, variables)]
        block = f"WHERE {{\nVALUES ({head}) {{\n" + "\n".join(lines) + "\n}"
        try:
            store.update(_WHERE.sub(lambda _match, block=block: block, mapping))  # type: ignore[misc]
        except BadQuery as error:
            raise PackageError(f"{name}: {error}") from None
        count += len(batch)
    return count


def _solutions(row: Mapping[str, MappingValue], variables: Sequence[str]) -> Iterable[str]:
    options = []
    for variable in variables:
        value = row.get(variable)
        options.append([_term(item) for item in value] or ["UNDEF"] if isinstance(value, list) else [_term(value)])
    for index in range(max(map(len, options), default=1)):
        yield f"({' '.join(terms[min(index, len(terms) - 1)] for terms in options)})"


def _term(value: str | int | Quantity | IRI | Text | None) -> str:
    if value is None:
        return "UNDEF"
    if isinstance(value, IRI):
        return str(ox.NamedNode(str(value)))
    if isinstance(value, Text):
        return str(ox.Literal(str(value), language=value.language))
    if isinstance(value, Quantity):
        decimal = ox.NamedNode("http://www.w3.org/2001/XMLSchema#decimal")
        return str(ox.Literal(f"{value.value:f}", datatype=decimal))
    return str(ox.Literal(value))
