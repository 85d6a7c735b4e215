"""How steeply one region stands above another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import isclose, isnan
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import BadParameter, BadTable
from kg.measures.measure import measure
from kg.measures.specialisation.attribute import industry_of, only, positive_weights
from kg.measures.table import Columns, Numbers, column, gathered, matrices, numbers, rows, where

MOST_ROWS = 2_000_000
"""Above that the answer is refused: pairs of regions times industries."""


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
        difference [value]: level of the region less that of the other, 0 upwards.
        relative_difference [1]: difference over the mean of both levels, 0 to 2.
        per_km [value/km]: difference over distance; with `distances` only.

    Degenerate:
        Where the lower level is 0 there is no ratio, where both are there is no relative difference either, and where
        no distance is known there is none per km: empty, with the warning `NotDefined`. One region has no pairs.

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
    heads_of = positive_weights(frame, columns, heads, "heads") if heads else None
    km_of = _distances(distances, distance) if distances is not None else None
    parts = []
    for m in matrices(frame, columns):
        if heads_of is not None:
            m = only(m, [(m.period, name) in heads_of for name in m.regions])
        levels = m.values if by else m.values.sum(axis=1, keepdims=True)
        if heads_of is not None:
            levels = levels / np.array([heads_of[m.period, name] for name in m.regions])[:, None]
        found = _pairs(levels, m.regions, km_of)
        if by:
            found.insert(0, "industry", np.repeat(np.array(m.industries, dtype=object), len(found) // levels.shape[1]))
        parts.append((m.period, found))
    return gathered(parts, [*by, "region", "other_region"], "the lower is 0, or no distance is known")


def _pairs(levels: Numbers, regions: Sequence[str], km_of: Mapping[frozenset[str], float] | None) -> pd.DataFrame:
    """A row for each industry (first) and pair of regions, the higher first."""
    high, low = np.triu_indices(len(regions), 1)
    if (count := len(high) * levels.shape[1]) > MOST_ROWS:
        raise BadParameter(f"that would be {count:,} rows. Ask for the total (per), or leave out regions or industries")
    order = np.argsort(-levels, axis=0, kind="stable")
    ranked = np.take_along_axis(levels, order, axis=0)
    names = np.array(regions, dtype=object)[order]
    arrays = {name: array.T.ravel() for name, array in gradients(ranked[high], ranked[low]).items()}
    found = pd.DataFrame({"region": names[high].T.ravel(), "other_region": names[low].T.ravel(), **arrays})
    if km_of is not None:
        pairs = zip(found["region"], found["other_region"], strict=True)
        found["per_km"] = found["difference"] / np.array([km_of.get(frozenset(pair), np.nan) for pair in pairs])
    return found


def _distances(frame: pd.DataFrame, distance: str) -> Mapping[frozenset[str], float]:
    km = numbers(frame, distance, "distance")
    here, there = column(frame, "region"), column(frame, "other_region")
    if len(zero := km.index[(km == 0) & (here != there)]):
        raise BadTable(f"{where(frame)}column {distance} is 0 in {rows(zero)}. Give the distance in km")
    found: dict[frozenset[str], float] = {}
    for index, pair, length in zip(km.index, map(frozenset, zip(here, there, strict=True)), km, strict=True):
        if not isnan(length) and not isclose(found.setdefault(pair, length), length):
            named = " and ".join(sorted(pair))
            raise BadTable(f"{where(frame)}row {index}: {named} have another distance in a row above. Keep one")
    return found
