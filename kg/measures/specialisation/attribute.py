"""What a table says of a region or an industry beside its values: a group, a population."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from kg.errors import BadTable
from kg.measures.table import column, rows, where


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
    periods = distinct["period"] if period else [None] * len(distinct)
    return dict(zip(zip(periods, distinct["name"], strict=True), distinct["value"], strict=True))


def industry_of(frame: pd.DataFrame, industry: str) -> str | None:
    """The column of industries; none where the table has no column of the usual name, so one value for each region.

    >>> industry_of(pd.DataFrame({"region": ["a"], "value": [1.0]}), "industry")
    """
    return None if industry == "industry" and industry not in frame.columns else industry
