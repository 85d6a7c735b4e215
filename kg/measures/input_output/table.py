"""Input-output tables: read from a wide table, checked, and brought to square form."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined, UnknownName
from kg.measures.options import at_least, listed
from kg.measures.table import LARGEST, Numbers, column, numbers, some, texts, where

NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Layout:
    """Which rows and columns of a table hold what. Several labels of one kind have `;` between them.

    Args:
        sector: column of the names of the rows.
        total_output: column of total output.
        final: columns of final demand; a minus before one subtracts it (imports that the table includes).
        value_added: rows of value added and other primary inputs, such as imports of inputs.
        total_input: row of total input.
        leave_out: rows and columns that are no part of the table, such as subtotals.
        tolerance: share of a sector's output by which sums may differ from it without a warning.
    """

    sector: str = "sector"
    total_output: str = "output"
    final: str = "final demand"
    value_added: str = "value added"
    total_input: str = "total input"
    leave_out: str | None = None
    tolerance: float = 0.001


@dataclass(frozen=True)
class InputOutput:
    """An input-output table whose sectors all have output.

    Args:
        sectors: names, in the order of the rows.
        transactions: what the row's sector sells to the column's, sectors x sectors, none negative.
        output: total output, all above 0.
        cells: the whole table by labels, for rows and columns beside the sectors; empty is NaN.
    """

    sectors: tuple[str, ...]
    transactions: Numbers
    output: Numbers
    cells: pd.DataFrame

    def row(self, label: str) -> Numbers:
        """A further row over the sectors; 0 where it is empty."""
        found: Numbers = self.cells.loc[label, list(self.sectors)].to_numpy(dtype=float)
        return np.nan_to_num(found)

    def column(self, label: str) -> Numbers:
        """A further column over the sectors; 0 where it is empty."""
        found: Numbers = self.cells.loc[list(self.sectors), label].to_numpy(dtype=float)
        return np.nan_to_num(found)


def chosen(names: Sequence[str], mask: NDArray[np.bool_]) -> list[str]:
    """The names at which a mask is true."""
    return [name for name, taken in zip(names, mask, strict=True) if taken]


def read_table(
    frame: pd.DataFrame,
    layout: Layout,
    more_rows: Mapping[str, str] = NOTHING,
    more_columns: Mapping[str, str] = NOTHING,
) -> InputOutput:
    """Read and check an input-output table.

    Total output is the column of output; without one, the sum of the row and final demand; without that, total input.
    Rows and columns with one of the default labels need not be there; those that were named otherwise must.

    Args:
        frame: a row for each sector and further ones, a column for each sector and further ones.
        layout: which row and column is what.
        more_rows: further rows that must be there: by label, the option that names it.
        more_columns: further columns that must be there, in the same way.

    Raises:
        UnknownName: a row or column that was named is not there.
        BadTable: the table is not square, labels are double, a cell is no number, output or a transaction is
            negative, or nothing says what total output is.

    Warns:
        MissingValues: transactions are empty and count as 0.
        Inconsistent: rows or columns do not add up to total output.
        NotDefined: sectors have no output, and are left out.
    """
    at_least("tolerance", layout.tolerance, 0)
    at = where(frame)
    at_least("tolerance", layout.tolerance, 0)
    names = list(column(frame, layout.sector, "sector"))
    table = frame.drop(columns=layout.sector)
    table.columns = texts(pd.Series(table.columns, name="of headings", dtype=object)).tolist()
    for kind, found in (("row", pd.Index(names)), ("column", table.columns)):
        if found.has_duplicates:
            double = list(found[found.duplicated()].unique())
            raise BadTable(f"{at}{kind} {some(double)} is there more than once. Keep one, or add them up")
    table.index.name = None
    out = listed("leave_out", layout.leave_out)
    for label in out:
        if label not in names and label not in table.columns:
            raise UnknownName("row or column", label, [*names, *table.columns], "Name one with leave_out")
    kept = [name for name in names if name not in out]
    table = table[[name not in out for name in names]].drop(columns=[n for n in out if n in table.columns])
    final = _there(layout.final, Layout.final, list(table.columns), "column", "final")
    output = _there(layout.total_output, Layout.total_output, list(table.columns), "column", "total_output")
    added = _there(layout.value_added, Layout.value_added, kept, "row", "value_added")
    total = _there(layout.total_input, Layout.total_input, kept, "row", "total_input")
    for label, option in more_rows.items():
        _there(label, "", kept, "row", option)
    for label, option in more_columns.items():
        _there(label, "", list(table.columns), "column", option)
    beside_rows = {*added, *total, *more_rows}
    beside_columns = {*output, *(_plain(label, table.columns) for label in final), *more_columns}
    sectors = [name for name in kept if name not in beside_rows]
    across = [name for name in table.columns if name not in beside_columns]
    _square(at, sectors, across)
    cells = pd.DataFrame(_cells(table, kept), index=kept, columns=table.columns)
    transactions = _transactions(at, cells.loc[sectors, sectors])
    sums = transactions.sum(axis=1)
    demand = _demand(cells.loc[sectors], final) if final else None
    x = _output(at, cells, sectors, output, total, None if demand is None else sums + demand)
    if demand is not None and output:
        _compare(at, "rows", "and final demand", sectors, sums + demand, x, layout.tolerance)
    if added:
        primary = np.nansum(cells.loc[list(added), sectors].to_numpy(), axis=0)
        bought = transactions.sum(axis=0) + primary
        _compare(at, "columns", "and value added", sectors, bought, x, layout.tolerance)
    if total and (output or demand is not None):
        given = cells.loc[total[0], sectors].to_numpy(dtype=float)
        _compare(at, "columns", "as total input says", sectors, given, x, layout.tolerance)
    return _with_output(at, sectors, transactions, x, cells)


def _there(text: str, default: str, known: Sequence[str], kind: str, option: str) -> tuple[str, ...]:
    """The labels of an option; of those that are not there, the default is passed over and any other is an error."""
    if text == default and text not in known:
        return ()
    found = listed(option, text)
    for label in found:
        if _plain(label, known) not in known:
            raise UnknownName(kind, label, known, f"There are: {some(list(known), 20)}. Name it with {option}")
    return found


def _plain(label: str, known: Iterable[str]) -> str:
    """A label without the minus that subtracts it."""
    return label if label in known else label.removeprefix("-").strip()


def _square(at: str, sectors: Sequence[str], across: Sequence[str]) -> None:
    only_rows = [name for name in sectors if name not in set(across)]
    only_columns = [name for name in across if name not in set(sectors)]
    if only_rows or only_columns:
        parts = []
        if only_columns:
            parts.append(f"column {some(only_columns)} has no row")
        if only_rows:
            parts.append(f"row {some(only_rows)} has no column")
        raise BadTable(
            f"{at}the table is not square: {'; '.join(parts)}. Say what each is: final and output name columns, "
            "value_added and total_input rows, leave_out either; or add what is missing"
        )
    if not sectors:
        raise BadTable(f"{at}there are no sectors. Give a row and a column for each")


def _cells(table: pd.DataFrame, names: Sequence[str]) -> Numbers:
    """All cells of rows of these names as numbers; empty is NaN."""
    if all(isinstance(kind, np.dtype) and kind.kind in "iuf" for kind in table.dtypes):
        plain: Numbers = table.to_numpy(dtype=float) + 0.0  # no -0
        if not (np.abs(plain) > LARGEST).any():
            return plain
    # Which cells are empty matters for transactions alone.
    found = [numbers(table, str(name), negative=True, quiet=True) for name in table.columns]
    return np.column_stack(found) if found else np.empty((len(names), 0))


def _transactions(at: str, cells: pd.DataFrame) -> Numbers:
    found: Numbers = cells.to_numpy(dtype=float, copy=True)
    empty = np.argwhere(np.isnan(found))
    if len(empty):
        pairs = [f"{cells.index[r]} to {cells.columns[c]}" for r, c in empty]
        text = f"{at}no value from {some(pairs)}: counted as 0"
        warnings.warn(MissingValues(text, pairs), stacklevel=4)
        found[np.isnan(found)] = 0.0
    negative = np.argwhere(found < 0)
    if len(negative):
        pairs = [f"{cells.index[r]} to {cells.columns[c]}" for r, c in negative]
        raise BadTable(
            f"{at}negative transactions from {some(pairs)}. Book them as final demand or value added (by-products as "
            "output of the sector that makes them), so that all are 0 or more"
        )
    return found


def _demand(cells: pd.DataFrame, final: Sequence[str]) -> Numbers:
    total: Numbers = np.zeros(len(cells))
    for label in final:
        plain = _plain(label, cells.columns)
        total += np.nan_to_num(cells[plain].to_numpy()) * (1 if plain == label else -1)
    return total


def _output(
    at: str,
    cells: pd.DataFrame,
    sectors: list[str],
    output: Sequence[str],
    total: Sequence[str],
    computed: Numbers | None,
) -> Numbers:
    """Total output of all sectors, none negative."""
    found: Numbers
    if output:
        found = cells.loc[sectors, output[0]].to_numpy(dtype=float)
    elif computed is not None:
        found = computed
    elif total:
        found = cells.loc[total[0], sectors].to_numpy(dtype=float)
    else:
        raise BadTable(
            f"{at}nothing says what total output is. Name a column of it with output, or columns of final demand with "
            "final, or a row with total_input"
        )
    for bad, what in ((np.isnan(found), "empty"), (found < 0, "negative")):
        if bad.any():
            raise BadTable(
                f"{at}total output of {some(chosen(sectors, bad))} is {what}. Mend the table, or leave the sectors out"
            )
    return found


def _compare(
    at: str, kind: str, what: str, sectors: Sequence[str], sums: Numbers, output: Numbers, tolerance: float
) -> None:
    difference = sums - output
    wrong = ~(np.abs(difference) <= tolerance * np.maximum(output, np.abs(sums)))
    if wrong.any():
        named = [f"{name} ({by:+g})" for name, by, is_wrong in zip(sectors, difference, wrong, strict=True) if is_wrong]
        text = f"{at}{kind} {what} do not add up to total output in {some(named)}: total output stands"
        warnings.warn(Inconsistent(text, named), stacklevel=4)


def _with_output(
    at: str, sectors: Sequence[str], transactions: Numbers, output: Numbers, cells: pd.DataFrame
) -> InputOutput:
    """The table without the sectors that have no output."""
    busy = output > 0
    if not busy.all():
        idle = chosen(sectors, ~busy)
        if not busy.any():
            raise BadTable(f"{at}no sector has output. Fill the table")
        text = f"{at}no output of {some(idle)}: left out, with what is bought from and sold to them"
        warnings.warn(NotDefined(text, idle), stacklevel=4)
    names = tuple(chosen(sectors, busy))
    return InputOutput(names, transactions[np.ix_(busy, busy)], output[busy], cells)
