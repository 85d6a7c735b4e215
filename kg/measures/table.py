"""Tables of region, industry and value: checked, made into matrices, and answers made into tables again."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from math import prod
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, Inconsistent, MissingValues, NotDefined, TooLarge, UnknownName, UseError, short

Numbers = NDArray[np.float64]
SHOWN = 8
"""Rows that a message names; it counts the rest."""
LARGEST = 1e60
"""The largest number that is computed with, and the inverse of the smallest: squares and ratios of such are finite."""
MOST_ROWS = 10_000_000
"""Rows that an answer has at the most: more do not fit into the memory of a small machine."""
EXCESS = 1e-9
"""How far, in proportion, a sum may be above what it is a part of, and still count as equal."""


@dataclass(frozen=True)
class Columns:
    """Which columns of a table hold what; a table without industries has one value for each region.

    Args:
        region: column of regions.
        industry: column of industries.
        value: column of values (output, employment ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
    """

    region: str = "region"
    industry: str | None = "industry"
    value: str = "value"
    period: str | None = None


@dataclass(frozen=True)
class Matrix:
    """Values of regions (rows) by industries (columns), in the order in which the table names them first.

    Args:
        values: regions x industries, finite and not negative; 0 where the table has no row.
        regions: names.
        industries: names.
        period: which one, where the table has several.
    """

    values: Numbers
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    period: str | None = None


@dataclass(frozen=True)
class Cells:
    """The rows of one period that have a value.

    Args:
        values: of the rows.
        row: of each, the number of its region.
        place: of each, the number of its industry.
        regions: names.
        industries: names.
        period: which one, where the table has several.
    """

    values: Numbers
    row: NDArray[np.intp]
    place: NDArray[np.intp]
    regions: tuple[str, ...]
    industries: tuple[str, ...]
    period: str | None = None


def column(frame: pd.DataFrame, name: str, role: str = "") -> pd.Series[str]:
    """A column of names, as text.

    Raises:
        UnknownName: there is no such column; the message says how to name another.
        BadTable: a cell is empty.
    """
    text = texts(cells_of(frame, name, role))
    empty = text.index[text == ""]
    if len(empty):
        raise BadTable(f"{where(frame)}column {name} is empty in {rows(empty)}. Fill it, or leave the rows out")
    return text


def texts(cells: pd.Series[Any]) -> pd.Series[str]:
    """Cells as names: in NFC, single spaces, no line ends; 2020 for 2020.0, and a day without the hour of midnight.

    Raises:
        BadTable: a cell holds several things.

    >>> texts(pd.Series([2020.0, None, "two\\n lines"])).tolist()
    ['2020', '', 'two lines']
    """
    found = cells.astype(object)
    several = (list, tuple, set, dict, np.ndarray)
    try:
        codes, kinds = pd.factorize(found)  # many rows have few names
        single = not any(isinstance(kind, several) for kind in kinds)
    except TypeError:  # what can be changed cannot be a name
        single = False
    if not single:
        odd = found.index[found.map(lambda cell: isinstance(cell, several)).astype(bool)]
        raise BadTable(f"column {cells.name} holds a list in {rows(odd)}. Give a row to each of its items")
    names = np.array([*map(_text, kinds), ""], dtype=object)  # the last for what is empty, which has the code -1
    return pd.Series(names[codes], index=cells.index, name=cells.name)


def _text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        cell = int(cell)
    elif isinstance(cell, datetime) and cell.time() == time():
        cell = cell.date()
    return " ".join(unicodedata.normalize("NFC", str(cell)).split())


def numbers(
    frame: pd.DataFrame, name: str, role: str = "", negative: bool = False, quiet: bool = False
) -> pd.Series[float]:
    """A column of numbers; what is empty is NaN, and a warning names the rows.

    Args:
        frame: the table.
        name: of the column.
        role: the option that names the column, for messages.
        negative: whether negative numbers are allowed.
        quiet: whether to say nothing of empty cells, where they are no fault or are named elsewhere.

    Raises:
        UnknownName: there is no such column.
        BadTable: a cell is no number, is infinite, or is negative where that is not allowed.

    Warns:
        MissingValues: cells are empty.
    """
    found = _parsed(frame, cells_of(frame, name, role))
    size = found.abs()
    for bad, what, remedy in (
        (size == np.inf, "infinite", "Mend the table"),
        (size > LARGEST, f"beyond {LARGEST:.0e}", "Give it in a larger unit"),
        ((size < 1 / LARGEST) & (size > 0), f"nearer to 0 than {1 / LARGEST:.0e}", "Give it in a smaller unit, or 0"),
        ((found < 0) & (not negative), "negative", "Mend the table"),
    ):
        if bad.any():
            raise BadTable(f"{where(frame)}column {name} is {what} in {rows(bad.index[bad])}. {remedy}")
    missing = found.index[found.isna()]
    if len(missing) and not quiet:
        named = [f"row {index}" for index in missing]
        warnings.warn(
            MissingValues(f"{where(frame)}no value in {rows(missing)} of column {name}: left out", named),
            stacklevel=2,
        )
    return found


def _parsed(frame: pd.DataFrame, given: pd.Series[Any]) -> pd.Series[float]:
    """Cells as numbers, NaN where they are empty; not yet whether these are too large."""
    kind = given.dtype
    if isinstance(kind, pd.CategoricalDtype):
        given = given.astype(object)
    elif pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_complex_dtype(kind):
        return given.astype(float) + 0.0  # no -0
    text = given.where(given.notna(), "").map(lambda cell: str(cell).strip())
    found = pd.to_numeric(text.where(text != ""), errors="coerce").astype(float) + 0.0
    wrong = found.isna() & (text != "")
    if wrong.any():
        raise BadTable(
            f"{where(frame)}{rows(wrong.index[wrong])}, column {given.name}: {short(text[wrong].iloc[0])!r} is not a "
            "number. Write digits with a point, without unit or thousands separator"
        )
    return found


def cells(frame: pd.DataFrame, columns: Columns, single: bool = True) -> list[Cells]:
    """The rows of a table that have a value, for each period in their order.

    Args:
        frame: the table.
        columns: which columns hold what.
        single: whether a region has one row for an industry (and period) at the most.

    Raises:
        UnknownName: a column is not there.
        BadTable: a cell is wrong, there are no rows, or a region has two rows where one is allowed.

    Warns:
        MissingValues: values are empty.
    """
    region = column(frame, columns.region, "region")
    industry = column(frame, columns.industry, "industry") if columns.industry else region.map(lambda _r: "")
    _check_roles(frame, columns)
    period = column(frame, columns.period, "period") if columns.period else None
    value = numbers(frame, columns.value, "value")
    keys = pd.DataFrame({"region": region, "industry": industry})
    if period is not None:
        keys["period"] = period
    if single and (twice := keys.duplicated(keep=False)).any():
        first = keys[twice].iloc[0]
        same = keys.index[(keys == first).all(axis=1)]
        of = " and ".join(str(part) for part in first if part)
        raise BadTable(
            f"{where(frame)}{of} has several values ({rows(same)}). Name the column that tells them apart (period), or "
            "add them up first"
        )
    known = value.notna()
    if not known.any():
        raise BadTable(f"{where(frame)}there are no rows with a value. Fill column {columns.value}")
    found = []
    for name in [None] if period is None else sorted(period[known].unique()):
        chosen = known if name is None else known & (period == name)
        row, regions = pd.factorize(region[chosen])
        place, industries = pd.factorize(industry[chosen])
        values: Numbers = np.asarray(value[chosen], dtype=np.float64)
        found.append(Cells(values, row, place, tuple(regions), tuple(industries), name))
    return found


def matrices(frame: pd.DataFrame, columns: Columns) -> list[Matrix]:
    """The matrix of a table, or one for each period in their order.

    A pair of region and industry without a row counts as 0. Empty values are left out, and so count as 0 too.

    Raises: as `cells`.

    Warns:
        MissingValues: values are empty.
    """
    found = []
    for part in cells(frame, columns):
        values = np.zeros((len(part.regions), len(part.industries)))
        values[part.row, part.place] = part.values
        found.append(Matrix(values, part.regions, part.industries, part.period))
    return found


def _check_roles(frame: pd.DataFrame, columns: Columns) -> None:
    """Refuse a column that is named twice; warn of several periods that are not told apart."""
    roles = {"region": columns.region, "industry": columns.industry, "value": columns.value, "period": columns.period}
    for role, name in roles.items():
        for other in [other for other in roles if other > role and name is not None and roles[other] == name]:
            raise UseError(f"column {name} is named as {role} and as {other}. Name two columns")
    if "period" not in roles.values() and list(frame.columns).count("period") == 1:
        found = [name or "nothing" for name in texts(frame["period"]).unique()]
        if len(found) > 1:
            text = f"{where(frame)}column period holds {some(found)}, all counted as one. To part them name it (period)"
            warnings.warn(Inconsistent(text, found), stacklevel=3)


Kernel = Callable[[Matrix], Mapping[str, Numbers]]


def tabulate(frame: pd.DataFrame, columns: Columns, by: Sequence[str], kernel: Kernel, why: str = "") -> pd.DataFrame:
    """Compute a measure for each period of a table, and make a table of the answer.

    Args:
        frame: the table.
        columns: which columns hold what.
        by: the axes of the answer, such as `("region", "industry")`; none for one number a period.
        kernel: from a matrix, an array for each column of the answer; its axes are those of `by`.
        why: the reason for which the measure may not be defined (NaN), for the warning.

    Returns: columns `period` (where the table has one), those of `by`, and those of the kernel.

    Raises: as `matrices`.

    Warns:
        MissingValues: values are empty.
        NotDefined: the measure has no value for some rows of the answer; the warning names them.
    """
    parts = [(m.period, axes_frame(axes_of(m, by), kernel(m))) for m in matrices(frame, columns)]
    return gathered(parts, list(by), why)


def axes_of(matrix: Matrix, by: Sequence[str]) -> dict[str, Sequence[str]]:
    """The names along each of some axes, which are those of a matrix: `region`, `other_industry` and so on.

    Raises:
        TooLarge: the answer would have too many rows.
    """
    axes: dict[str, Sequence[str]] = {
        axis: matrix.regions if axis.endswith("region") else matrix.industries for axis in by
    }
    check_size(prod(map(len, axes.values())))
    return axes


def check_size(rows: int) -> None:
    """Refuse an answer before it is computed that would have too many rows.

    Raises:
        TooLarge: it would have more than `MOST_ROWS`.
    """
    if rows > MOST_ROWS:
        raise TooLarge(f"the answer would have {rows:,} rows, more than {MOST_ROWS:,}. Leave out regions or industries")


def axes_frame(axes: Mapping[str, Sequence[str]], arrays: Mapping[str, Numbers]) -> pd.DataFrame:
    """A long table of arrays: a row for each combination of the names of the axes, the last turning fastest."""
    shape = tuple(len(names) for names in axes.values())
    found: dict[str, object] = {}
    for number, (axis, names) in enumerate(axes.items()):
        size = [1] * len(shape)
        size[number] = -1
        index = np.broadcast_to(np.arange(shape[number]).reshape(size), shape).ravel()
        found[axis] = np.asarray(list(names), dtype=object)[index]
    found.update({name: np.broadcast_to(array, shape).ravel() for name, array in arrays.items()})
    return pd.DataFrame(found, index=pd.RangeIndex(int(np.prod(shape))))


def gathered(parts: Sequence[tuple[str | None, pd.DataFrame]], by: Sequence[str], why: str = "") -> pd.DataFrame:
    """The tables of all periods as one, with a warning that names the rows that have no value.

    Args:
        parts: period, none where there is one only, and its table.
        by: the columns that say what a row is of.
        why: the reason for which values may not be defined.

    Warns:
        NotDefined: a column of numbers has no value in some rows.
    """
    tables = []
    for period, part in parts:
        if period is not None:
            part.insert(0, "period", period)
        tables.append(part)
    frame = tables[0] if len(tables) == 1 else pd.concat(tables, ignore_index=True)
    names = [name for name in ("period", *by) if name in frame.columns]
    measured = frame.drop(columns=names).select_dtypes("number")
    undefined = measured.isna().any(axis=1)
    if undefined.any():
        of = [" and ".join(map(str, row)) or "the whole" for row in frame.loc[undefined, names].to_numpy()]
        reason = f" ({why})" if why else ""
        warnings.warn(NotDefined(f"no value for {some(of)}{reason}: left empty", of), stacklevel=2)
    return frame


def where(frame: pd.DataFrame) -> str:
    """The file that a table was read from, for the start of a message."""
    return f"{frame.attrs['file']}: " if "file" in frame.attrs else ""


def rows(index: Sequence[object] | pd.Index[int]) -> str:
    """Rows of a table in words; of a file as lines are counted, of a frame by its index."""
    count = len(index)
    return f"row{'s' if count > 1 else ''} {some([str(i) for i in index])}"


def some(names: Sequence[str], most: int = SHOWN) -> str:
    """The first names in words, and how many more there are.

    >>> some(["a", "b", "c"], 2)
    'a, b and 1 more'
    """
    left = len(names) - most
    shown = ", ".join(short(name) for name in names[:most])
    return f"{shown} and {left} more" if left > 0 else shown


def cells_of(frame: pd.DataFrame, name: str, role: str = "") -> pd.Series[Any]:
    """The cells of a column as they are.

    Raises:
        UnknownName: there is no such column; the message says how to name another.
        BadTable: there are several of that name.
    """
    if name not in frame.columns:
        known = [str(c) for c in frame.columns if str(c)]
        remedy = f"There are: {some(known, 20)}" if known else "There are none"
        remedy += f". Name one by the option {role}" if role else ""
        if name in frame.index.names:
            remedy = f"{name} is the index of the frame: call reset_index() first"
        raise UnknownName("column", name, known, remedy)
    if (times := list(frame.columns).count(name)) > 1:
        raise BadTable(f"{where(frame)}column {name} is there {times} times. Keep one")
    return frame[name]
