"""The items of a scale: columns of numbers, a row for each respondent, listwise complete."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kg.errors import BadTable, MissingValues, NotDefined, UnknownName
from kg.measures.options import listed
from kg.measures.table import Numbers, column, numbers, some, where

RESPONDENT = "respondent"


@dataclass(frozen=True)
class Items:
    """Answers to the items of a scale, those of respondents who answered all of them.

    Args:
        values: respondents x items, finite, reverse-scored items turned round.
        names: of the items, in the order of the table or of the option.
    """

    values: Numbers
    names: tuple[str, ...]

    @property
    def covariance(self) -> Numbers:
        """Items x items, with n - 1 below the line."""
        return np.atleast_2d(np.cov(self.values, rowvar=False))

    @property
    def correlation(self) -> Numbers:
        """Items x items, after Pearson."""
        return np.atleast_2d(np.corrcoef(self.values, rowvar=False))

    @property
    def enough(self) -> bool:
        """Whether there are two items and two respondents at least."""
        return bool(min(self.values.shape) > 1)


def read_items(
    frame: pd.DataFrame, items: str | None, respondent: str = RESPONDENT, reverse: str | None = None
) -> Items:
    """The items of a table. Respondents with a missing answer are left out, and so are items that are all equal.

    Args:
        frame: a row for each respondent, a column for each item.
        items: the columns, with semicolons between them; none for all but that of the respondents.
        respondent: column of respondents, for messages; the rows of the table where there is none of that name.
        reverse: items that are scored the other way round.

    Raises:
        UnknownName: there is no such column, or an item to be reversed is not among the items.
        BadParameter: an item is named twice.
        BadTable: a cell is no number, or nobody answered all items.

    Warns:
        MissingValues: respondents are left out; the warning names them.
        NotDefined: items are left out because everybody gave the same answer, or fewer than two items or respondents
            are left.
    """
    names = listed("items", items) if items else [name for name in frame.columns if name != respondent]
    people = read_respondents(frame, respondent)
    found = pd.DataFrame({name: numbers(frame, name, "items", negative=True, quiet=True) for name in names})
    missing = found.isna().any(axis=1)
    if missing.all():
        raise BadTable(f"{where(frame)}nobody answered all of {some(names)}. Name items that were answered (items)")
    if missing.any():
        left = list(people[missing])
        text = f"{where(frame)}an answer is missing from {some(left)}: left out (listwise)"
        warnings.warn(MissingValues(text, left), stacklevel=3)
    found = found[~missing].copy()
    for name in listed("reverse", reverse):
        if name not in names:
            raise UnknownName("item", name, names, "Reverse only items of the scale")
        found[name] = -found[name]  # from any sum of bounds: a constant changes no variance and no correlation
    equal = [name for name in names if found[name].nunique() == 1]
    if equal and len(found) > 1:
        text = f"{where(frame)}everybody gave the same answer to {some(equal)}: left out, since it has no variance"
        warnings.warn(NotDefined(text, equal), stacklevel=3)
        found = found.drop(columns=equal)
    if found.shape[1] < 2 or found.shape[0] < 2:
        text = f"{where(frame)}{found.shape[1]} items of {found.shape[0]} respondents are left, two of each are needed"
        warnings.warn(NotDefined(f"{text}: left empty", names), stacklevel=3)
    return Items(found.to_numpy(), tuple(found.columns))


def read_respondents(frame: pd.DataFrame, respondent: str) -> pd.Series[str]:
    """Names of the respondents; `row 2` and so on where the table has no column `respondent`.

    Raises:
        UnknownName: another name than `respondent` was given, and there is no such column.
        BadTable: a cell is empty.
    """
    if respondent == RESPONDENT and respondent not in frame.columns:
        return pd.Series([f"row {index}" for index in frame.index], index=frame.index)
    return column(frame, respondent, "respondent")


def no_inverse(correlation: Numbers, names: Sequence[str], respondents: int) -> str:
    """Why a matrix of correlations cannot be inverted; an empty text where it can.

    Args:
        correlation: items x items.
        names: of the items.
        respondents: how many there were.
    """
    if respondents <= len(names):
        return f"{respondents} respondents are too few for {len(names)} items: there must be more of them than items"
    least = len(names) * np.finfo(float).eps * 10
    if np.linalg.eigvalsh(correlation)[0] >= least:
        return ""
    values, vectors = np.linalg.eigh(correlation)
    null = vectors[:, values < least]
    bound = [name for name, part in zip(names, np.abs(null).max(axis=1), strict=True) if part > 1e-6]
    return f"{some(bound)} follow from one another. Leave one of them out"
