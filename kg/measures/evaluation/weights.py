"""Weights of indicators within the indicator above them: single ones, or ranges."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, Inconsistent
from kg.measures.evaluation.tree import Tree
from kg.measures.table import Numbers, numbers, rows, some, where

_ROUNDING = 0.005
"""How far weights of a group may be from 1 to count as rounded."""


@dataclass(frozen=True)
class Weights:
    """Weights of all indicators of a tree; those of the parts of one indicator can be chosen so that they sum to 1.

    Args:
        low: the smallest that is allowed.
        high: the largest.
        middle: one that is allowed; the weight itself where there are no ranges.
    """

    low: Numbers
    high: Numbers
    middle: Numbers

    @property
    def single(self) -> bool:
        """Whether there are no ranges."""
        return bool((self.low == self.high).all())


def read_weights(frame: pd.DataFrame | None, tree: Tree) -> Weights:
    """Weights from a table of `indicator` and `weight`, or of `indicator`, `low` and `high`; without one all alike.

    Single weights are divided by their sum in each group. Of ranges, the middle one lies as far between low and high
    for each part of a group as makes them sum to 1. A part without siblings need not be there.

    Raises:
        UnknownName: an indicator is not in the tree.
        BadTable: an indicator has no weight or two, one is negative, or no weights within the ranges sum to 1.

    Warns:
        Inconsistent: single weights of a group do not sum to 1.
    """
    size = len(tree.names)
    low, high = np.full(size, np.nan), np.full(size, np.nan)
    of = "" if frame is None else where(frame)
    if frame is not None:
        places = tree.places(frame, "indicator", "indicator")
        twice = places[places.duplicated(keep=False)]
        if len(twice):
            raise BadTable(f"{of}{tree.name(int(twice.iloc[0]))} has several weights ({rows(twice.index)}). Keep one")
        ranges = "low" in frame.columns and "high" in frame.columns
        low[places] = numbers(frame, "low" if ranges else "weight")
        high[places] = numbers(frame, "high" if ranges else "weight")
        turned = frame.index[low[places] > high[places]]
        if len(turned):
            raise BadTable(f"{of}low is above high in {rows(turned)}. Mend the table")
    odd = []
    for place, parts in tree.groups:
        if frame is None or len(parts) == 1:
            low[parts] = high[parts] = 1.0 / len(parts)
            continue
        lost = [tree.names[part] for part in parts[np.isnan(low[parts] + high[parts])]]
        if lost:
            raise BadTable(f"{of}there is no weight of {some(lost)}, under {tree.name(place)}. Add it")
        if (low[parts] == high[parts]).all():
            total = low[parts].sum()
            if total <= 0:
                raise BadTable(f"{of}the weights under {tree.name(place)} are all 0. Mend the table")
            if abs(total - 1) > _ROUNDING:
                odd.append(f"{tree.name(place)} ({total:.4g})")
            low[parts] = high[parts] = low[parts] / total
        else:
            low[parts], high[parts] = _summing(low[parts], high[parts], f"{of}the ranges under {tree.name(place)}")
    if odd:
        warnings.warn(
            Inconsistent(f"{of}weights do not sum to 1 under {some(odd)}: divided by their sum", odd), stacklevel=3
        )
    middle = low.copy()
    for _place, parts in tree.groups:
        middle[parts] = between(low[parts], high[parts])
    return Weights(low, high, middle)


def between(low: Numbers, high: Numbers) -> Numbers:
    """Weights that sum to 1, each equally far from its lowest to its highest.

    >>> between(np.array([0.2, 0.4]), np.array([0.6, 0.6])).round(3).tolist()
    [0.467, 0.533]
    """
    width = high - low
    return low if not width.any() else low + width * ((1 - low.sum()) / width.sum())


def global_weights(tree: Tree, weights: Numbers) -> Numbers:
    """Global weights from those within groups: their product down the tree."""
    found = weights.copy()
    for place in np.argsort(tree.levels, kind="stable"):
        if tree.parents[place] >= 0:
            found[place] *= found[tree.parents[place]]
    return found


def extremes(values: Numbers, low: Numbers, high: Numbers) -> tuple[Numbers, Numbers]:
    """The smallest and the largest weighted sum of each row over all weights from low to high that sum to 1.

    What is left of 1 beyond the lowest weights goes to the columns in the order of the row's values, each up to its
    highest weight: the solution of this linear program (a continuous knapsack).

    Args:
        values: rows x columns; a row with NaN has none.
        low: for each column.
        high: for each column.

    Returns: rows, twice.
    """
    if len(low) == 1:
        return values[:, 0], values[:, 0]
    order = np.argsort(values, axis=1)
    width, left = (high - low)[order], 1.0 - low.sum()
    reached = np.cumsum(width, axis=1)
    base, ranked = values @ low, np.take_along_axis(values, order, axis=1)
    to_small = left + width - reached  # what is left when the turn comes to each, the smallest value first
    to_large = reached
    to_large += left - (high - low).sum()
    for given in (to_small, to_large):
        np.maximum(given, 0.0, out=given)
        np.minimum(given, width, out=given)
    return base + np.einsum("rc,rc->r", ranked, to_small), base + np.einsum("rc,rc->r", ranked, to_large)


def _summing(low: Numbers, high: Numbers, what: str) -> tuple[Numbers, Numbers]:
    least, most = low.sum(), high.sum()
    if least > 1 + _ROUNDING or most < 1 - _ROUNDING:
        which = f"the lowest sum to {least:.4g}" if least > 1 else f"the highest sum to {most:.4g}"
        raise BadTable(f"{what} hold no weights that sum to 1: {which}. Mend the table")
    low, high = low / max(least, 1.0), high / min(most, 1.0)
    return low, np.maximum(low, high)


def places_of_level(tree: Tree, level: int) -> NDArray[np.int64]:
    """Indicators of a level, and the leaves of those above; all leaves for level 0.

    Raises:
        BadTable: the tree has no such level.
    """
    deepest = int(tree.levels.max())
    if not 0 <= level <= deepest:
        raise BadTable(f"the tree has no level {level}. Take 1 to {deepest}, or 0 for the lowest indicators")
    if level == 0:
        return tree.leaves
    leaf = np.zeros(len(tree.names), dtype=bool)
    leaf[tree.leaves] = True
    return np.flatnonzero((tree.levels == level) | (leaf & (tree.levels < level)))
