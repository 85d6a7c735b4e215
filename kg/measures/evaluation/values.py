"""Values of indicators by region, in which what is missing stays missing."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kg.errors import BadTable, MissingValues
from kg.measures.evaluation.tree import Tree, flat, read_tree
from kg.measures.table import Numbers, column, numbers, rows, some, where


@dataclass(frozen=True)
class Panel:
    """Values of one period.

    Args:
        values: regions x leaves of the tree, NaN where there is none.
        regions: names.
        period: which one, where the table has several.
    """

    values: Numbers
    regions: tuple[str, ...]
    period: str | None


def tree_of(frame: pd.DataFrame, tree: pd.DataFrame | None, indicator: str) -> Tree:
    """The tree that is given, or one of a single level, of the indicators that a table names."""
    if tree is not None:
        return read_tree(tree)
    names = column(frame, indicator, "indicator").tolist()
    if not names:
        raise BadTable(f"{where(frame)}there are no rows. Give one for each region and indicator")
    return flat(names)


def panels(
    frame: pd.DataFrame, tree: Tree, region: str, indicator: str, value: str, period: str | None = None
) -> list[Panel]:
    """Values by region and leaf of the tree, one panel for each period.

    A value that is not there is not 0: it stays empty.

    Raises:
        UnknownName: a column or an indicator is not there.
        BadTable: a cell is no number, a region has two values for an indicator, or an indicator has parts.

    Warns:
        MissingValues: values are empty, or a region has no row for an indicator.
    """
    leaves = tree.leaves
    spot = np.full(len(tree.names), -1, dtype=np.int64)
    spot[leaves] = np.arange(len(leaves))
    places = tree.places(frame, indicator, "indicator")
    inner = places[spot[places] < 0]
    if len(inner):
        of = f"{tree.name(int(inner.iloc[0]))} ({rows(inner.index)})"
        raise BadTable(f"{where(frame)}{of} has parts. Give values for its lowest indicators only")
    region_names = column(frame, region, "region")
    periods = column(frame, period, "period") if period else region_names.map(lambda _name: "")
    given = numbers(frame, value, "value", negative=True)
    if not given.notna().any():
        raise BadTable(f"{where(frame)}there are no rows with a value. Fill column {value}")
    twice = pd.DataFrame({"r": region_names, "i": places, "p": periods}).duplicated(keep=False)
    if twice.any():
        of = f"{region_names[twice].iloc[0]} has several values of {tree.name(int(places[twice].iloc[0]))}"
        raise BadTable(f"{where(frame)}{of}. Name the column that tells them apart (period), or keep one")
    found, lost = [], []
    for name in sorted(periods.unique()):
        chosen = (periods == name).to_numpy()
        row, regions = pd.factorize(region_names[chosen])
        values = np.full((len(regions), len(leaves)), np.nan)
        there = np.zeros(values.shape, dtype=bool)
        at = (row, spot[places[chosen]])
        values[at], there[at] = given[chosen].to_numpy(), True
        lost += [f"{regions[r]} and {tree.names[leaves[i]]}" for r, i in np.argwhere(~there)]
        found.append(Panel(values, tuple(regions), name if period else None))
    if lost:
        warnings.warn(MissingValues(f"{where(frame)}no row for {some(lost)}: left empty", lost), stacklevel=3)
    return found
