"""Scores of regions at every level of an indicator tree."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import UseError
from kg.measures.evaluation.tree import Tree
from kg.measures.evaluation.values import panels, tree_of
from kg.measures.evaluation.weights import Weights, extremes, read_weights
from kg.measures.measure import measure
from kg.measures.table import Numbers, gathered, where

Aggregation = Literal["sum", "geometric-mean"]
NOTHING = -1e30
"""Stands for the logarithm of 0, so that 0 times it stays 0."""


def scores(values: Numbers, tree: Tree, weights: Weights, rescale: bool = False) -> tuple[Numbers, Numbers, Numbers]:
    """Weighted sums up a tree, and their bounds over all weights that are allowed.

    Args:
        values: regions x leaves, NaN where there is none.
        tree: of the indicators.
        weights: of the indicators, within their groups.
        rescale: whether the weights of what is there make up for what is not; for single weights only.

    Returns: regions x (indicators and, last, the total): the score by the middle weights, the lowest, the highest.
        The bounds are exact, since the weights of one group say nothing of those of another.
    """
    score = np.full((len(values), len(tree.names) + 1), np.nan)
    score[:, tree.leaves] = values
    for place, parts in tree.groups:
        share = weights.middle[parts]
        if rescale:
            there = ~np.isnan(score[:, parts])
            with np.errstate(invalid="ignore"):
                score[:, place] = np.where(there, score[:, parts], 0.0) @ share / (there @ share)
        else:
            score[:, place] = score[:, parts] @ share
    if weights.single:
        return score, score, score
    return score, *bounds(values, tree, weights)


def bounds(values: Numbers, tree: Tree, weights: Weights) -> tuple[Numbers, Numbers]:
    """The least and the greatest weighted sums up a tree over all weights that are allowed.

    Args:
        values: rows x leaves.
        tree: of the indicators.
        weights: ranges of the indicators, within their groups.

    Returns: rows x (indicators and, last, the total), twice.
    """
    low = np.full((len(values), len(tree.names) + 1), np.nan)
    low[:, tree.leaves] = values
    high = low.copy()
    leaf = np.isin(np.arange(len(tree.names)), tree.leaves)
    for place, parts in tree.groups:
        ends = weights.low[parts], weights.high[parts]
        low[:, place], high[:, place] = extremes(low[:, parts], *ends)
        if not leaf[parts].all():
            high[:, place] = extremes(high[:, parts], *ends)[1]
    return low, high


def to_sum(values: Numbers, aggregation: Aggregation, of: str) -> Numbers:
    """Values whose weighted sum is to be taken: themselves, or their logarithms for a geometric mean.

    Raises:
        UseError: a value is negative and has no logarithm.
    """
    if aggregation == "sum":
        return values
    if (values < 0).any():
        raise UseError(f"{of}a geometric mean has no negative values. Normalise by min-max, or take the sum")
    with np.errstate(divide="ignore"):
        return np.where(values == 0, NOTHING, np.log(values))


def from_sum(values: Numbers, aggregation: Aggregation) -> Numbers:
    """Undo `to_sum`."""
    if aggregation == "sum":
        return values
    found: Numbers = np.exp(values)
    return found


@measure
def evaluation_scores(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    weights: pd.DataFrame | None = None,
    aggregation: Aggregation = "sum",
    missing: Literal["empty", "rescale"] = "empty",
    region: str = "region",
    indicator: str = "indicator",
    value: str = "normalised",
    period: str | None = None,
) -> pd.DataFrame:
    r"""Scores of regions for each indicator that has parts, and in total, with bounds where weights are ranges.

    .. math:: S_{rp} = \sum_{c \in p} w_c S_{rc} \quad\text{or}\quad S_{rp} = \prod_{c \in p} S_{rc}^{w_c},
        \qquad \sum_{c \in p} w_c = 1

    .. math:: \underline S_{rp} = \min_{w} \sum_{c \in p} w_c \underline S_{rc}, \qquad
        \overline S_{rp} = \max_{w} \sum_{c \in p} w_c \overline S_{rc}, \qquad
        \underline w_c \le w_c \le \overline w_c

    Plain: S_p = sum(w_c * S_c), or product(S_c ^ w_c), over the parts c of p, level by level

    Convention:
        Values are those of the lowest indicators, normalised so that more is better. The weights of the parts of one
        indicator sum to 1; without a table of weights all parts of an indicator weigh the same. `sum` lets much of one
        make up for little of another, `geometric-mean` less so: a 0 makes the whole 0 (0 to the power of 0 is 1).

        Where weights are ranges, `low` and `high` are the least and the greatest score over all weights within them
        that sum to 1: exact, by linear programming, not the sums of the ends. `score` is then that of the weights that
        lie equally far between their ends. Ranges of different groups are free of one another.

        A region without a value has no score in what the value is part of; with `rescale` the weights of the parts that
        have one are divided by their sum (not with ranges).

    Args:
        frame: a row for each region and lowest indicator (and period), as `normalised-indicators` gives.
        tree: a row for each indicator, with the columns indicator and parent; without it all make up the total at once.
        weights: columns indicator and weight, or indicator, low and high, within the indicator above.
        aggregation: sum or geometric-mean.
        missing: empty or rescale.
        region: column of regions.
        indicator: column of indicators.
        value: column of normalised values.
        period: column of periods.

    Returns: a row for each region and each indicator with parts, the total first,
        level: 0 for the total, 1 for the first level, and so on.
        score [1]: weighted mean of the parts.
        low [1]: the least that it can be with weights in their ranges; the score where they have none.
        high [1]: the greatest.

    Degenerate:
        Where a value is missing the scores above it are empty, with the warning `NotDefined`. With one region the
        scores are what its values make; with one indicator they are its values.

    Raises:
        BadTable: a weight is missing, or no weights within the ranges sum to 1.

    Warns:
        Inconsistent: single weights do not sum to 1; they are divided by their sum.

    References:
        - OECD and JRC (2008). Handbook on Constructing Composite Indicators: Methodology and User Guide. OECD
          Publishing, step 6. doi:10.1787/9789264043466-en
        - Salo, A. A., Hämäläinen, R. P. (1992). Preference assessment by imprecise ratio statements. Operations
          Research 40(6), 1053-1061. doi:10.1287/opre.40.6.1053

    >>> import pandas as pd
    >>> rows = [("a", "roads", 1.0), ("a", "rail", 0.5), ("b", "roads", 0.0), ("b", "rail", 1.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "indicator", "normalised"])
    >>> ranges = pd.DataFrame({"indicator": ["roads", "rail"], "low": [0.5, 0.2], "high": [0.8, 0.4]})
    >>> evaluation_scores(table, weights=ranges)[["region", "low", "high"]].round(3).values.tolist()
    [['a', 0.8, 0.9], ['b', 0.2, 0.4]]
    """
    shape = tree_of(frame, tree, indicator)
    given = read_weights(weights, shape)
    if missing == "rescale" and not given.single:
        raise UseError("missing=rescale goes with single weights only. Fill the values, or leave it out")
    inner = [place for place, _parts in shape.groups][::-1]
    levels = [int(shape.levels[place]) if place >= 0 else 0 for place in inner]
    parts = []
    for panel in panels(frame, shape, region, indicator, value, period):
        found = scores(to_sum(panel.values, aggregation, where(frame)), shape, given, missing == "rescale")
        columns = [from_sum(array[:, inner], aggregation).ravel() for array in found]
        table = pd.DataFrame(
            {
                "region": np.repeat(np.array(panel.regions, dtype=object), len(inner)),
                "level": np.tile(levels, len(panel.regions)),
                "indicator": np.tile(np.array([shape.name(p) for p in inner], dtype=object), len(panel.regions)),
                **dict(zip(("score", "low", "high"), columns, strict=True)),
            }
        )
        parts.append((panel.period, table))
    return gathered(parts, ["region", "level", "indicator"], "a value is missing")
