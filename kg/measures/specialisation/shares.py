"""Shares of industries in regions, and in what regions are compared with."""

from __future__ import annotations

from typing import Literal

import numpy as np

from kg.measures.table import Matrix, Numbers

Reference = Literal["pooled", "rest", "mean"]
Per = Literal["region", "industry"]


def rows_per(matrix: Matrix, per: Per) -> Numbers:
    """The values of a matrix with a row for each region, or for each industry."""
    return matrix.values if per == "region" else matrix.values.T


def shares(values: Numbers) -> Numbers:
    """The share of each value in the sum of its row.

    Args:
        values: ... x industries, finite, none negative.

    Returns: of the same shape, 0 to 1; NaN where the sum of the row is 0.
    """
    with np.errstate(invalid="ignore"):
        found: Numbers = values / values.sum(axis=-1, keepdims=True)
    return found


def reference_shares(values: Numbers, reference: Reference) -> Numbers:
    """The shares that each region is compared with.

    Args:
        values: regions x industries, finite, none negative.
        reference: `pooled` for the total of all regions, the region itself among them; `rest` for the total of all
            others; `mean` for the mean of the shares of all others, each of which counts once whatever its size (those
            without a total do not count).

    Returns: regions x industries, or 1 x industries for `pooled`; NaN where there is nothing to compare with.
    """
    if reference == "pooled":
        return shares(values.sum(axis=0, keepdims=True))
    if reference == "rest":
        return shares(_sums_of_others(values))
    own = shares(values)
    known = values.sum(axis=1) > 0
    own[~known] = 0
    found = _sums_of_others(own)
    with np.errstate(invalid="ignore"):
        found /= (known.sum() - known)[:, None]
    return found


def _sums_of_others(values: Numbers) -> Numbers:
    """For each row the sum of all other rows.

    A small rest is lost when nearly all is subtracted from the total. So where a value is most of its column, the
    others are added up.
    """
    total = values.sum(axis=0)
    found: Numbers = total - values
    columns = np.flatnonzero(2 * values.max(axis=0) > total)
    others = values[:, columns]
    most = others.argmax(axis=0)
    others[most, np.arange(len(columns))] = 0
    found[most, columns] = others.sum(axis=0)
    return found
