"""A tree of indicators from a table of indicator and parent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, UnknownName
from kg.measures.table import cells_of, column, rows, some, texts, where

TOTAL = "total"
"""Name of what the indicators of the first level make up together."""


@dataclass(frozen=True)
class Tree:
    """Indicators in the order of their table.

    Args:
        names: as they are shown: the labels where the table has a label for each, and no two alike.
        parents: position of the indicator of the level above; -1 on the first level.
        levels: 1 on the first level.
        known: position by name and by label.
        table: the columns that the table has besides, such as `direction`; text, empty where there is none.
    """

    names: tuple[str, ...]
    parents: NDArray[np.int64]
    levels: NDArray[np.int64]
    known: Mapping[str, int]
    table: pd.DataFrame

    @cached_property
    def leaves(self) -> NDArray[np.int64]:
        """Positions of the indicators without parts: those that are measured."""
        return np.setdiff1d(np.arange(len(self.names)), self.parents)

    @cached_property
    def groups(self) -> tuple[tuple[int, NDArray[np.int64]], ...]:
        """Each indicator with parts, and the positions of these; the deepest first, the total (-1) last."""
        inner = [int(place) for place in np.unique(self.parents)]
        inner.sort(key=lambda place: int(self.levels[place]) if place >= 0 else 0)
        return tuple((place, np.flatnonzero(self.parents == place)) for place in reversed(inner))

    def name(self, place: int) -> str:
        """Name of an indicator, or of the total (-1)."""
        return self.names[place] if place >= 0 else TOTAL

    def places(self, frame: pd.DataFrame, name: str, role: str) -> pd.Series[int]:
        """Positions of the indicators that a column names.

        Raises:
            UnknownName: there is no such column, or an indicator is not in the tree.
        """
        text = column(frame, name, role)
        found = text.map(self.known)
        if found.isna().any():
            first = str(text[found.isna()].iloc[0])
            raise UnknownName("indicator", first, self.known, f"{where(frame)}Name those of the tree, or add it there")
        return found.astype(int)


def flat(names: Sequence[str]) -> Tree:
    """A tree of one level.

    >>> flat(["roads", "rail"]).levels.tolist()
    [1, 1]
    """
    distinct = tuple(dict.fromkeys(names))
    top = np.full(len(distinct), -1, dtype=np.int64)
    known = {name: place for place, name in enumerate(distinct)}
    return Tree(distinct, top, np.ones(len(distinct), dtype=np.int64), known, pd.DataFrame(index=range(len(distinct))))


def read_tree(frame: pd.DataFrame) -> Tree:
    """Check a table of indicators: columns `indicator` and `parent`, and `indicator_label` where names are codes.

    The level is counted from the parents. Other columns are kept, such as `direction` and `normalisation`.

    Raises:
        UnknownName: there is no column `indicator` or `parent`.
        BadTable: an indicator occurs twice, a parent is not in the table or its own descendant, or there are several
            evaluation systems.

    >>> read_tree(pd.DataFrame({"indicator": ["access", "roads"], "parent": ["", "access"]})).levels.tolist()
    [1, 2]
    """
    if not len(frame):
        raise BadTable(f"{where(frame)}the tree has no rows. Give a row for each indicator")
    text = pd.DataFrame({name: texts(cells_of(frame, name)) for name in frame.columns})
    if "system" in text.columns and text["system"].nunique() > 1:
        raise BadTable(f"{where(frame)}the tree holds several systems: {some(list(text['system'].unique()))}. Keep one")
    indicators = column(frame, "indicator").tolist()
    if "parent" not in text.columns:
        raise UnknownName("column", "parent", map(str, frame.columns), "It names the indicator above; empty at the top")
    if TOTAL in indicators:
        raise BadTable(f"{where(frame)}no indicator can be called {TOTAL!r}: so is the whole. Name it otherwise")
    twice = text[text["indicator"].duplicated(keep=False)]
    if len(twice):
        raise BadTable(f"{where(frame)}{twice['indicator'].iloc[0]} is there twice ({rows(twice.index)}). Keep one row")
    known = {name: place for place, name in enumerate(indicators)}
    above = text["parent"]
    lost = [name for name in above.unique() if name and name not in known]
    if lost:
        remedy = "Add it, or leave the parent empty where it is the whole"
        raise BadTable(f"{where(frame)}the tree has no row for the parent {some(lost)}. {remedy}")
    parents = np.array([known[name] if name else -1 for name in above], dtype=np.int64)
    names = tuple(indicators)
    labels = text["indicator_label"].tolist() if "indicator_label" in text.columns else []
    if labels and all(labels) and len(set(labels)) == len(labels) and TOTAL not in labels:
        names = tuple(labels)
        known = {label: place for place, label in enumerate(labels)} | known
    return Tree(names, parents, _levels(parents, names, where(frame)), known, text.reset_index(drop=True))


def _levels(parents: NDArray[np.int64], names: Sequence[str], of: str) -> NDArray[np.int64]:
    levels, above = np.ones(len(parents), dtype=np.int64), parents
    for _step in range(len(parents)):
        if (above < 0).all():
            return levels
        levels += above >= 0
        above = np.where(above < 0, -1, parents[above])
    circle = [name for name, upper in zip(names, above, strict=True) if upper >= 0]
    raise BadTable(f"{of}{some(circle)} lie above themselves. Mend the column parent")
