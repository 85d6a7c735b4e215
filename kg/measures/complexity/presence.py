"""Which region specialises in which industry, from which all measures of relatedness and complexity start."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import pandas as pd

from kg.errors import BadTable
from kg.measures.options import at_least
from kg.measures.specialisation.location_quotient import location_quotients
from kg.measures.table import Columns, Matrix, Numbers, axes_frame, axes_of, gathered, matrices, some, where

TIE = 1e-12
"""Relative difference up to which a location quotient counts as equal to the threshold, and so as reaching it."""
ROUNDING = 1e-10
"""Standard deviation, in proportion to a mean above 1, up to which numbers count as equal: what is left is rounding."""

Kernel = Callable[[Matrix], tuple[Mapping[str, Numbers], Iterable[str]]]
"""From a matrix, an array for each column of the answer and the reasons for which some have no value."""


def presences(values: Numbers, threshold: float = 1.0) -> Numbers:
    """Where the location quotient reaches a threshold.

    Args:
        values: regions x industries, finite, none negative.
        threshold: a location quotient, 0 upwards; where a value is 0 no threshold is reached.

    Returns: regions x industries, 1 (specialises) or 0; 0 where the region or the industry has no total.
    """
    found: Numbers = ((location_quotients(values) >= threshold * (1 - TIE)) & (values > 0)).astype(np.float64)
    return found


def present(matrix: Matrix, threshold: float, binary: bool, frame: pd.DataFrame) -> Numbers:
    """The presences of a table, by their location quotients or as they stand.

    Args:
        matrix: from the table.
        threshold: as for `presences`; not used for a binary table.
        binary: the values are presences already.
        frame: the table, for messages.

    Raises:
        UseError: the threshold is no number from 0 upwards.
        BadTable: a value of a binary table is neither 0 nor 1.
    """
    at_least("threshold", threshold, 0)
    if not binary:
        return presences(matrix.values, threshold)
    wrong = np.argwhere((matrix.values != 0) & (matrix.values != 1))
    if len(wrong):
        of = [f"{matrix.regions[r]} and {matrix.industries[i]} ({matrix.values[r, i]:g})" for r, i in wrong]
        raise BadTable(
            f"{where(frame)}a binary table holds 0 and 1 alone, not so {some(of)}. Mend the table, or leave out binary"
        )
    return matrix.values


def computed(frame: pd.DataFrame, columns: Columns, by: Sequence[str], kernel: Kernel) -> pd.DataFrame:
    """As `kg.measures.table.tabulate`, for measures that find out themselves why something has no value.

    Warns:
        NotDefined: the measure has no value for some rows of the answer; the warning names them and the reasons.
    """
    parts, reasons = [], dict[str, None]()
    for matrix in matrices(frame, columns):
        axes = axes_of(matrix, by)
        arrays, why = kernel(matrix)
        reasons |= dict.fromkeys(why)
        parts.append((matrix.period, axes_frame(axes, arrays)))
    return gathered(parts, by, "; ".join(reasons))


def zero_for_nan(values: Numbers) -> Numbers:
    """The same array if it has no NaN; a copy with 0 for NaN if it has."""
    return np.nan_to_num(values) if np.isnan(values.sum()) else values


def standardised(values: Numbers) -> Numbers:
    """Values less their mean, over their standard deviation with ddof 0.

    Args:
        values: one dimension; NaN is left out.

    Returns: as many numbers; NaN where all are equal, up to rounding.
    """
    if np.isnan(values).all():
        return values
    spread, mean = float(np.nanstd(values)), float(np.nanmean(values))
    if spread <= ROUNDING * max(1.0, abs(mean)):
        return np.where(np.isnan(values), values, np.nan)
    return np.asarray((values - mean) / spread, dtype=np.float64)
