"""Pairwise judgements on Saaty's scale, read from a table and made into matrices, one for each group of siblings."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, short
from kg.measures.evaluation.tree import Tree, flat, read_tree
from kg.measures.table import Numbers, column, rows, some, where

SCALE = 9.0
_ROUNDING = 0.05
"""How far 1/3 may be from what was typed, 0.33 or 0.3, to count as the same."""
_NUMBER = r"([+-]?[0-9]+\.?[0-9]*(?:[eE][+-]?[0-9]+)?|\.[0-9]+)"
_RATIO = re.compile(rf"{_NUMBER}(?: ?/ ?{_NUMBER})?")


@dataclass(frozen=True)
class Group:
    """What was judged of the parts of one indicator.

    Args:
        place: position of the indicator in the tree, -1 for the total.
        parts: positions of its parts.
        low: parts x parts, the smallest ratio of the row's importance to the column's; 1 on the diagonal.
        high: the largest ratio.
    """

    place: int
    parts: NDArray[np.int64]
    low: Numbers
    high: Numbers


def ratios(frame: pd.DataFrame, name: str, role: str) -> pd.Series[float]:
    """A column of judgements from 1/9 to 9, typed as 3, 0.5 or 1/3.

    Raises:
        UnknownName: there is no such column.
        BadTable: a cell is empty, no ratio, or off the scale.
    """
    text = column(frame, name, role)
    if not len(text):
        raise BadTable(f"{where(frame)}there are no judgements. Write a row for each pair")
    found = text.map(_ratio)
    wrong = text[found.isna()]
    if len(wrong):
        raise BadTable(
            f"{where(frame)}{rows(wrong.index)}, column {name}: {short(wrong.iloc[0])!r} is no judgement. "
            "Write 3, 0.5 or 1/3"
        )
    off = text[(found > SCALE * (1 + _ROUNDING)) | (found < (1 - _ROUNDING) / SCALE)]
    if len(off):
        raise BadTable(
            f"{where(frame)}{rows(off.index)}, column {name}: {short(off.iloc[0])} is off the scale. Write 1/9 to 9"
        )
    return found


def _ratio(cell: str) -> float:
    """NaN for what is no ratio."""
    match = _RATIO.fullmatch(cell)
    below = float(match[2] or 1) if match else 0.0
    return float(match[1]) / below if match and below else float("nan")


def read_groups(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None,
    low: pd.Series[float],
    high: pd.Series[float],
    indicator: str,
    other: str,
) -> tuple[Tree, list[Group]]:
    """The judgements of each group of siblings, complete and without contradiction; those of the total first.

    Args:
        frame: a row for each pair that was judged.
        tree: indicators and their parents; none where all are siblings.
        low: the smallest ratio of the importance of the indicator to that of the other.
        high: the largest.
        indicator: column of the one.
        other: column of the other.

    Raises:
        BadTable: indicators of different parents were compared, a pair has judgements that contradict one another,
            or pairs have none.
    """
    names = np.c_[column(frame, indicator, "indicator"), column(frame, other, "other_indicator")]
    shape = flat(names.ravel().tolist()) if tree is None else read_tree(tree)
    first = shape.places(frame, indicator, "indicator").to_numpy()
    second = shape.places(frame, other, "other_indicator").to_numpy()
    apart = np.flatnonzero(shape.parents[first] != shape.parents[second])
    if len(apart):
        pair = _pair(shape, first[apart[0]], second[apart[0]])
        raise BadTable(
            f"{where(frame)}{pair} ({rows(frame.index[apart])}) have different parents. Compare parts of the same only"
        )
    size = len(shape.names)
    least, most = np.full((size, size), np.nan), np.full((size, size), np.nan)
    for number, (i, j, a, b) in enumerate(zip(first, second, low, high, strict=True)):
        pair = _pair(shape, int(i), int(j))
        if i == j:
            if abs(a - 1) > 1e-9 or abs(b - 1) > 1e-9:
                raise BadTable(
                    f"{where(frame)}{rows([frame.index[number]])}: {pair} is one thing. Write 1, or leave it out"
                )
            continue
        if not np.isnan(least[i, j]):
            if not (_same(least[i, j], a) and _same(most[i, j], b)):
                before = f"{_shown(least[i, j], most[i, j])} before, {_shown(a, b)} in {rows([frame.index[number]])}"
                raise BadTable(f"{where(frame)}{pair} was judged twice, and not alike: {before}. Keep one")
            if a + b < 1 / a + 1 / b:  # of 3 and 0.33 the whole number is what was meant
                continue
        least[i, j], most[i, j], least[j, i], most[j, i] = a, b, 1 / b, 1 / a
    groups = []
    for place, parts in shape.groups:
        block = np.ix_(parts, parts)
        groups.append(Group(place, parts, _unit(least[block]), _unit(most[block])))
    missing = [
        _pair(shape, group.parts[i], group.parts[j])
        for group in reversed(groups)
        for i, j in np.argwhere(np.triu(np.isnan(group.low)))
    ]
    if missing:
        raise BadTable(f"{where(frame)}there is no judgement of {some(missing)}. Add {len(missing)} or leave parts out")
    return shape, groups[::-1]


def _pair(tree: Tree, one: int, other: int) -> str:
    return f"{tree.names[one]} and {tree.names[other]}"


def _same(one: float, other: float) -> bool:
    return bool(abs(one / other - 1) <= _ROUNDING)


def _shown(low: float, high: float) -> str:
    return f"{low:.4g}" if low == high else f"{low:.4g} to {high:.4g}"


def _unit(matrix: Numbers) -> Numbers:
    found = matrix.copy()
    np.fill_diagonal(found, 1.0)
    return found
