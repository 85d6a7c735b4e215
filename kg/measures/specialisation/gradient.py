"""How steeply one region stands above another."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import BadTable
from kg.measures.measure import measure
from kg.measures.specialisation.attribute import empty_cells, industry_of, weighted
from kg.measures.table import Columns, Numbers, check_size, column, gathered, numbers, rows, where


def gradients(upper: Numbers, lower: Numbers) -> dict[str, Numbers]:
    """How far levels are above others.

    Args:
        upper, lower: levels of the same shape, finite, none negative, upper not below lower.

    Returns: `ratio` (NaN where the lower is 0), `difference` and `relative_difference` (NaN where both are 0), each of
        that shape.
    """
    difference = upper - lower
    with np.errstate(divide="ignore", invalid="ignore"):
        return {
            "ratio": np.where(lower > 0, upper / lower, np.nan),
            "difference": difference,
            "relative_difference": 2 * difference / (upper + lower),
        }


@measure
def gradient(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    heads: str | None = None,
    per: Literal["industry", "total"] = "total",
    distances: pd.DataFrame | None = None,
    distance: str = "distance",
) -> pd.DataFrame:
    r"""How steeply one region stands above another: ratio, difference, and difference for each kilometre.

    .. math:: q_{rs} = \frac{y_r}{y_s}, \quad \Delta_{rs} = y_r - y_s, \quad
        \delta_{rs} = \frac{y_r - y_s}{(y_r + y_s) / 2}, \quad \nabla_{rs} = \frac{y_r - y_s}{d_{rs}}, \quad
        y_r = \frac{x_r}{h_r}

    Plain: ratio = y_r / y_s; difference = y_r - y_s; relative = difference / mean of both; per km = difference / km

    Convention:
        Each pair of regions has one row, from the higher down to the lower, so no number is negative. The level y is
        the value for each head where a column of heads is named, the value itself otherwise. The relative difference
        is taken from the mean of the two, so that it does not depend on which of them is the base. "Gradient" has no
        one definition in regional science: in the theory of gradients, industries move down such differences of
        levels; a gradient in the strict sense is per kilometre.

    Args:
        frame: a row for each region, or for each region and industry (and period).
        region: column of regions.
        industry: column of industries; a table without one has one value for each region.
        value: column of values, in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        heads: column of what values are divided by, such as population, the same in all rows of a region (and period),
            above 0; none where values are levels already.
        per: total (of all industries of a region) or industry (each on its own).
        distances: table with columns region, other_region and distance, one row for each pair, in either direction.
        distance: column of distances, in km, above 0.

    Returns: a row for each pair of regions, or of each industry; the steepest from the highest first,
        ratio [1]: level of the region over that of the other, 1 upwards.
        difference [value]: level of the region less that of the other, 0 upwards; for each head, with `heads`.
        relative_difference [1]: difference over the mean of both levels, 0 to 2.
        per_km [value/km]: difference over distance; with `distances` only.

    Degenerate:
        Where the lower level is 0 there is no ratio, where both are there is no relative difference either, where no
        distance is known there is none per km, and where the value of an industry is empty there is nothing: empty,
        with the warning `NotDefined`. One region has no pairs.

    References:
        - Shankar, R., Shah, A. (2003). Bridging the economic divide within countries. World Development 31(8),
          1421-1441.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["a", "b", "c"], "value": [20.0, 50.0, 10.0]})
    >>> gradient(table)[["region", "other_region", "ratio"]].to_numpy().tolist()
    [['b', 'a', 2.5], ['b', 'c', 5.0], ['a', 'c', 2.0]]
    """
    columns = Columns(region, industry_of(frame, industry), value, period)
    by = ["industry"] if per == "industry" and columns.industry else []
    unknown_of = empty_cells(frame, columns)
    parts = []
    for m, number in weighted(frame, columns, heads, "heads"):
        levels = np.where(unknown_of(m), np.nan, m.values) if by else m.values.sum(axis=1, keepdims=True)
        if number is not None:
            levels = levels / number[:, None]
        km = _kilometres(distances, distance, m.regions) if distances is not None else None
        found = _pairs(levels, m.regions, km)
        if by:
            found.insert(0, "industry", np.repeat(np.array(m.industries, dtype=object), len(found) // levels.shape[1]))
        parts.append((m.period, found))
    return gathered(parts, [*by, "region", "other_region"], "the lower is 0, or a value or distance is not known")


def _pairs(levels: Numbers, regions: Sequence[str], km: Numbers | None) -> pd.DataFrame:
    """A row for each industry (first) and pair of regions, the higher first."""
    high, low = np.triu_indices(len(regions), 1)
    check_size(len(high) * levels.shape[1])
    order = np.argsort(-levels, axis=0, kind="stable")
    ranked = np.take_along_axis(levels, order, axis=0)
    here, there = order[high].T.ravel(), order[low].T.ravel()
    names = np.array(regions, dtype=object)
    arrays = {name: array.T.ravel() for name, array in gradients(ranked[high], ranked[low]).items()}
    found = pd.DataFrame({"region": names[here], "other_region": names[there], **arrays})
    if km is not None:
        found["per_km"] = found["difference"] / km[here, there]
    return found


def _kilometres(frame: pd.DataFrame, distance: str, regions: Sequence[str]) -> Numbers:
    """Distances of regions by regions; NaN where the table has none."""
    length = numbers(frame, distance, "distance")
    here, there = column(frame, "region"), column(frame, "other_region")
    if len(zero := length.index[(length == 0) & (here != there)]):
        raise BadTable(f"{where(frame)}column {distance} is 0 in {rows(zero)}. Give the distance in km")
    number = {name: i for i, name in enumerate(regions)}
    row, place = (names.map(number) for names in (here, there))
    known = row.notna() & place.notna() & length.notna()
    row, place, length = row[known].astype(int), place[known].astype(int), length[known]
    km = np.full((len(regions), len(regions)), np.nan)
    km[row, place] = length
    both = ~np.isclose(km[place, row], length, equal_nan=False) & ~np.isnan(km[place, row])
    again = ~np.isclose(km[row, place], length)
    if (wrong := both | again).any():
        named = f"{here[length.index[wrong][0]]} and {there[length.index[wrong][0]]}"
        raise BadTable(f"{where(frame)}{named} have several distances ({rows(length.index[wrong])}). Keep one")
    km[place, row] = length
    return km
