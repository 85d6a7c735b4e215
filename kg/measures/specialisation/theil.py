"""How unequally a value is spread over regions: Theil's two measures, and their parts between and within groups."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import NotDefined
from kg.measures.measure import measure
from kg.measures.specialisation.attribute import attribute, empty_cells, industry_of, weighted
from kg.measures.table import Columns, Matrix, Numbers, axes_frame, column, gathered, some

Shares = Callable[[Numbers, Numbers], tuple[Numbers, Numbers]]


def divergences(first: Numbers, second: Numbers) -> Numbers:
    """Sum of first * ln(first / second) down each column; 0 ln 0 counts as 0.

    Args:
        first, second: regions x industries, shares that add up to 1 in each column.

    Returns: one for each industry, 0 upwards; NaN where a second share is 0 and the first is not.
    """
    return _summed(first, first, second)


def decomposed(first: Numbers, second: Numbers, groups: NDArray[np.intp]) -> tuple[Numbers, Numbers]:
    """The two parts of `divergences`: between groups of regions, and within them.

    Args:
        first, second: regions x industries, shares that add up to 1 in each column.
        groups: for each region the number of its group, from 0, none without a region.

    Returns: between and within, one of each for each industry; they add up to the whole.
    """
    order = np.argsort(groups, kind="stable")
    starts = np.flatnonzero(np.diff(groups[order], prepend=-1))
    first_of, second_of = (np.add.reduceat(shares[order], starts, axis=0) for shares in (first, second))
    with np.errstate(divide="ignore", invalid="ignore"):
        inside = _summed(first, first / first_of[groups], second / second_of[groups])
    return divergences(first_of, second_of), inside


def _summed(weights: Numbers, upper: Numbers, lower: Numbers) -> Numbers:
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = upper / lower
        np.log(terms, out=terms)
    weights = np.broadcast_to(weights, terms.shape)
    if (zero := weights == 0).any():
        terms[zero] = 0.0
    found: Numbers = np.einsum("ri,ri->i", weights, terms)
    found[np.isinf(found)] = np.nan
    return found


def shares_t(values: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Shares in the value and in the weights, whose divergence is Theil's T.

    Args:
        values: regions x industries, finite, none negative.
        weights: regions x industries, none negative.

    Returns: two arrays of the same shape; NaN where the sum of an industry is 0.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        return values / values.sum(axis=0), weights / weights.sum(axis=0)


def shares_l(values: Numbers, weights: Numbers) -> tuple[Numbers, Numbers]:
    """Shares in the weights and in the value, whose divergence is Theil's L."""
    value, weight = shares_t(values, weights)
    return weight, value


@measure
def theil_t(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    weights: str | None = None,
    groups: str | None = None,
    per: Literal["industry", "total"] = "industry",
) -> pd.DataFrame:
    r"""How unequally a value is spread over regions: Theil's T, with its parts between and within groups of regions.

    .. math:: T = \sum_r s_r \ln \frac{s_r}{p_r}, \quad s_r = \frac{x_r}{\sum_r x_r}, \quad p_r = \frac{w_r}{\sum_r w_r}

    .. math:: T = \underbrace{\sum_g s_g \ln \frac{s_g}{p_g}}_{\text{between}}
        + \underbrace{\sum_g s_g \sum_{r \in g} \frac{s_r}{s_g} \ln \frac{s_r / s_g}{p_r / p_g}}_{\text{within}}

    Plain: T = sum of s * ln(s / p); s share of the region in the value, p in the weights

    Convention:
        Natural logarithm. The values are totals (the income of a region, not income per head), and are compared with
        `weights`: with population, T is 0 where value per head is equal everywhere. Without weights each region counts
        as one, so p = 1/n and T is 0 where totals are equal. This is the measure in which a region weighs by its share
        in the value; in Theil's L (`theil_l`) it weighs by its share in the weights. 0 ln 0 counts as 0, and a region
        without a row for an industry counts as 0 there; one whose value is empty is left out of the industry.

    Args:
        frame: a row for each region, or for each region and industry (and period).
        region: column of regions.
        industry: column of industries; a table without one has one value for each region.
        value: column of values (output, income ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        weights: column of what the value is compared with, such as population, the same in all rows of a region (and
            period), above 0; none for each region counting as one.
        groups: column of groups of regions (provinces ...), the same in all rows of a region (and period).
        per: industry (each on its own) or total (of all industries of a region).

    Returns: a row for each industry, or one only,
        theil_t [1]: 0 where each region's share in the value is that in the weights; at most ln n without weights.
        between [1]: the part due to differences between groups; with `groups` only.
        within [1]: the part due to differences within groups; with `groups` only.

    Degenerate:
        Where the value is 0 in all regions it is not defined: empty, with the warning `NotDefined`. It is 0 for one
        region.

    References:
        - Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam, chapter 4.
        - Shorrocks, A. F. (1980). The class of additively decomposable inequality measures. Econometrica 48(3),
          613-625. doi:10.2307/1913126

    >>> import pandas as pd
    >>> rows = [("a", 1.0, 1), ("b", 1.0, 1), ("c", 2.0, 2)]
    >>> table = pd.DataFrame(rows, columns=["region", "value", "population"])
    >>> theil_t(table)["theil_t"].round(4).tolist()
    [0.0589]
    >>> theil_t(table, weights="population")["theil_t"].tolist()
    [0.0]
    """
    columns = Columns(region, industry_of(frame, industry), value, period)
    return _theil("theil_t", frame, columns, weights, groups, per, shares_t)


@measure
def theil_l(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    weights: str | None = None,
    groups: str | None = None,
    per: Literal["industry", "total"] = "industry",
    zeros: Literal["empty", "left-out"] = "empty",
) -> pd.DataFrame:
    r"""How unequally a value is spread over regions: Theil's L, with its parts between and within groups of regions.

    .. math:: L = \sum_r p_r \ln \frac{p_r}{s_r}, \quad s_r = \frac{x_r}{\sum_r x_r}, \quad p_r = \frac{w_r}{\sum_r w_r}

    .. math:: L = \underbrace{\sum_g p_g \ln \frac{p_g}{s_g}}_{\text{between}}
        + \underbrace{\sum_g p_g \sum_{r \in g} \frac{p_r}{p_g} \ln \frac{p_r / p_g}{s_r / s_g}}_{\text{within}}

    Plain: L = sum of p * ln(p / s); s share of the region in the value, p in the weights

    Convention:
        Natural logarithm. Also called the mean logarithmic deviation, or Theil's second measure. The values are totals
        and are compared with `weights`, as in `theil_t`; without weights each region counts as one. A region weighs by
        its share in the weights, so that the parts of the groups do not shift when values do. A region without a row
        for an industry counts as 0 there, and the logarithm of 0 is not defined; one whose value is empty is left out
        of the industry.

    Args:
        frame: a row for each region, or for each region and industry (and period).
        region: column of regions.
        industry: column of industries; a table without one has one value for each region.
        value: column of values (output, income ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        weights: column of what the value is compared with, such as population, the same in all rows of a region (and
            period), above 0; none for each region counting as one.
        groups: column of groups of regions (provinces ...), the same in all rows of a region (and period).
        per: industry (each on its own) or total (of all industries of a region).
        zeros: empty (no value where a region has 0) or left-out (it is computed of the other regions).

    Returns: a row for each industry, or one only,
        theil_l [1]: 0 where each region's share in the value is that in the weights, upwards without bound.
        between [1]: the part due to differences between groups; with `groups` only.
        within [1]: the part due to differences within groups; with `groups` only.

    Degenerate:
        Where a region has the value 0 it is not defined: empty, with the warning `NotDefined`; or with `zeros` left-out
        computed of the other regions, with the warning `NotDefined` naming the regions left out. It is 0 for one
        region.

    References:
        - Theil, H. (1967). Economics and Information Theory. North-Holland, Amsterdam, chapter 4.
        - Shorrocks, A. F. (1980). The class of additively decomposable inequality measures. Econometrica 48(3),
          613-625. doi:10.2307/1913126

    >>> import pandas as pd
    >>> rows = [("a", 1.0, 1), ("b", 1.0, 1), ("c", 2.0, 2)]
    >>> table = pd.DataFrame(rows, columns=["region", "value", "population"])
    >>> theil_l(table)["theil_l"].round(4).tolist()
    [0.0566]
    >>> theil_l(table, weights="population")["theil_l"].tolist()
    [0.0]
    """
    columns = Columns(region, industry_of(frame, industry), value, period)
    return _theil("theil_l", frame, columns, weights, groups, per, shares_l, zeros)


def _theil(
    name: str,
    frame: pd.DataFrame,
    columns: Columns,
    weights: str | None,
    groups: str | None,
    per: str,
    shares: Shares,
    zeros: str = "kept",
) -> pd.DataFrame:
    by = ["industry"] if per == "industry" and columns.industry else []
    group_of = attribute(frame, columns.region, column(frame, groups, "groups"), columns.period) if groups else None
    unknown_of = empty_cells(frame, columns)
    parts, zero = [], []
    for m, given in weighted(frame, columns, weights, "weights"):
        values = m.values if by else m.values.sum(axis=1, keepdims=True)
        weight = np.ones(len(m.regions)) if given is None else given
        weight = np.broadcast_to(weight[:, None], values.shape)
        if by and (unknown := unknown_of(m)).any():
            weight = np.where(unknown, 0.0, weight)
        if zeros != "kept":
            zero += [_named(m, row, place if by else None) for row, place in np.argwhere((values == 0) & (weight > 0))]
        if zeros == "left-out":
            weight = np.where(values == 0, 0.0, weight)
        first, second = shares(values, weight)
        found = {name: divergences(first, second)}
        if group_of is not None:
            number, _ = pd.factorize(np.array([group_of[m.period, region] for region in m.regions], dtype=object))
            found["between"], found["within"] = decomposed(first, second, number)
        axes = {"industry": m.industries} if by else {}
        parts.append((m.period, axes_frame(axes, found if by else {key: array[0] for key, array in found.items()})))
    why = "the value is 0 in all regions"
    if zero and zeros == "left-out":
        warnings.warn(NotDefined(f"the logarithm of 0 is not defined: {some(zero)} left out", zero), stacklevel=4)
    elif zero:
        why = f"the value is 0 in {some(zero)}"
    return gathered(parts, by, why)


def _named(matrix: Matrix, row: int, place: int | None) -> str:
    parts = (matrix.period, matrix.regions[row], None if place is None else matrix.industries[place])
    return " and ".join(part for part in parts if part)
