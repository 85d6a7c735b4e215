"""What a table says of a region or an industry beside its values: a group, a population."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable
from kg.measures.table import Columns, Matrix, Numbers, column, matrices, numbers, rows, where


def attribute(
    frame: pd.DataFrame, of: str, values: pd.Series[Any], period: str | None = None
) -> Mapping[tuple[str | None, str], Any]:
    """What the rows of each region (or industry) say of it in a column, all of them the same.

    Args:
        frame: the table.
        of: column of the regions or industries.
        values: the column, read; an empty cell says nothing.
        period: column of periods, if it may change with them.

    Returns: the value by period (none where that was not named) and name; names for which all cells are empty are not
        in it.

    Raises:
        UnknownName: a column is not there.
        BadTable: rows of one region (or industry) differ.

    >>> frame = pd.DataFrame({"region": ["a", "a", "b"], "province": ["x", "x", "y"]})
    >>> attribute(frame, "region", frame["province"])
    {(None, 'a'): 'x', (None, 'b'): 'y'}
    """
    keys = pd.DataFrame({"name": column(frame, of)})
    if period:
        keys["period"] = column(frame, period, "period")
    keys["value"] = values
    distinct = keys[values.notna()].drop_duplicates()
    named = distinct.drop(columns="value")
    if (several := named.duplicated()).any():
        first = named[several].iloc[0]
        same = keys.index[(keys[list(named)] == first).all(axis=1)]
        raise BadTable(
            f"{where(frame)}column {values.name} differs among the rows of {first['name']} ({rows(same)}). "
            f"It says one thing of each {of}: give all of its rows the same"
        )
    periods = distinct["period"].tolist() if period else [None] * len(distinct)
    named_so = zip(periods, distinct["name"].tolist(), strict=True)
    return dict(zip(named_so, distinct["value"].tolist(), strict=True))


def industry_of(frame: pd.DataFrame, industry: str) -> str | None:
    """The column of industries; none where the table has no column of the usual name, so one value for each region.

    >>> industry_of(pd.DataFrame({"region": ["a"], "value": [1.0]}), "industry")
    """
    return None if industry == "industry" and industry not in frame.columns else industry


def empty_cells(frame: pd.DataFrame, columns: Columns) -> Callable[[Matrix], NDArray[np.bool_]]:
    """Which cells of a matrix are empty in the table, as opposed to 0 or without a row; `matrices` warns of them.

    Returns: from a matrix of the table, regions x industries, whether the cell is there and empty.
    """
    empty = frame[numbers(frame, columns.value, "value", quiet=True).isna()]
    names = [column(empty, name) for name in (columns.period, columns.region, columns.industry) if name]
    cells = set(zip(*(series.tolist() for series in names), strict=True))

    def mask(matrix: Matrix) -> NDArray[np.bool_]:
        found = np.zeros(matrix.values.shape, dtype=bool)
        row = {name: i for i, name in enumerate(matrix.regions)}
        place = {name: i for i, name in enumerate(matrix.industries)}
        for cell in cells:
            at, *rest = cell if columns.period else (matrix.period, *cell)
            region, industry = (*rest, "") if columns.industry is None else rest
            if at == matrix.period and region in row and industry in place:
                found[row[region], place[industry]] = True
        return found

    return mask


def weighted(
    frame: pd.DataFrame, columns: Columns, weights: str | None, role: str
) -> list[tuple[Matrix, Numbers | None]]:
    """The matrices of a table, each cut to the regions that have a weight, and their weights.

    Args:
        frame: the table.
        columns: which columns hold what.
        weights: column of weights, the same in all rows of a region (and period); without one, matrices are whole.
        role: the option that names the column, for messages.

    Raises: as `kg.measures.table.matrices`, and
        BadTable: a weight is no number, or not above 0, or differs among the rows of a region, or none is there.

    Warns:
        MissingValues: values or weights are empty; regions without a weight are left out.
    """
    if weights is None:
        return [(matrix, None) for matrix in matrices(frame, columns)]
    given = numbers(frame, weights, role)
    if len(zero := given.index[given == 0]):
        raise BadTable(
            f"{where(frame)}column {weights} is 0 in {rows(zero)}, and nothing can be compared with that. "
            "Leave the rows out"
        )
    weight_of = attribute(frame, columns.region, given, columns.period)
    found = []
    for matrix in matrices(frame, columns):
        weight = np.array([weight_of.get((matrix.period, region), np.nan) for region in matrix.regions])
        known = ~np.isnan(weight)
        if not known.any():
            raise BadTable(f"{where(frame)}no region has a weight. Fill column {weights} ({role})")
        regions = tuple(region for region, one in zip(matrix.regions, known, strict=True) if one)
        found.append((replace(matrix, values=matrix.values[known], regions=regions), weight[known]))
    return found
