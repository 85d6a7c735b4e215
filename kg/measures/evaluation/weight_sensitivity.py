"""How far a weight has to change before regions change places."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import MissingValues, UseError
from kg.measures.evaluation.evaluation_scores import scores
from kg.measures.evaluation.values import panels, tree_of
from kg.measures.evaluation.weights import global_weights, places_of_level, read_weights
from kg.measures.measure import measure
from kg.measures.table import Numbers, gathered, some, where

_ROUNDING = 1e-9


@dataclass(frozen=True)
class Reversals:
    """For each criterion, the smallest relative change of its weight that makes two regions change places.

    Args:
        change: criteria, new weight less old as a share of the old one; NaN where no change does it.
        first: criteria, position of the region that is ahead before; -1 where there is none.
        second: criteria, position of the one that is ahead after.
    """

    change: Numbers
    first: NDArray[np.int64]
    second: NDArray[np.int64]


def reversals(values: Numbers, weights: Numbers, top: bool = False) -> Reversals:
    """The smallest relative change of each weight that makes two regions change places.

    Args:
        values: regions x criteria.
        weights: criteria, positive or 0.
        top: whether one of the two has to be the first.
    """
    order = np.argsort(-(values @ weights), kind="stable")
    ranked, score = values[order], (values @ weights)[order]
    ahead = np.zeros(1, dtype=np.int64) if top else np.arange(len(order))
    later = np.arange(len(order))[None, :] > ahead[:, None]
    gap = np.where(later, score[ahead, None] - score[None, :], np.inf)
    size = len(weights)
    change = np.full(size, np.nan)
    first, second = np.full(size, -1, dtype=np.int64), np.full(size, -1, dtype=np.int64)
    with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
        for k in range(size):
            lead = ranked[ahead, k, None] - ranked[None, :, k]
            found = gap / np.abs(lead)  # by how much the weight has to fall where there is a lead, to rise where not
            found[(lead > 0) & (found > weights[k] * (1 + _ROUNDING))] = np.inf
            found[lead == 0] = np.inf
            i, j = divmod(int(found.argmin()), len(order))
            if weights[k] > 0 and np.isfinite(found[i, j]):
                change[k] = (found[i, j] if lead[i, j] < 0 else -found[i, j]) / weights[k] + 0.0
                first[k], second[k] = order[ahead[i]], order[j]
    return Reversals(change, first, second)


@measure
def weight_sensitivity(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    weights: pd.DataFrame | None = None,
    level: int = 0,
    region: str = "region",
    indicator: str = "indicator",
    value: str = "normalised",
    period: str | None = None,
) -> pd.DataFrame:
    r"""How far the weight of each indicator has to change before the first place, or any two places, change.

    .. math:: \delta_{kij} = \frac{S_j - S_i}{z_{jk} - z_{ik}}, \qquad
        \delta'_{kij} = 100 \, \frac{\delta_{kij}}{w_k}, \qquad \delta_{kij} \le w_k

    .. math:: D_k = \min_{i,j} |\delta'_{kij}|, \qquad \text{new weight} = w_k - \delta_{kij}

    Plain: change that makes i and j equal = (S_i - S_j) / (z_jk - z_ik), in percent of w_k; the smallest over all pairs

    Convention:
        One weight changes, the others keep their size; that afterwards all are divided by their new sum moves no
        region past another. The change is new less old, so that it is positive where the indicator has to weigh more
        (Triantaphyllou and Sánchez subtract theirs: the signs are opposite). A weight cannot fall by more than itself:
        such changes are not feasible and do not count. The smaller the change, the more critical the indicator:
        theirs is the "percent-top" and the "percent-any" critical criterion.

        Scores are weighted sums with single weights. At a level above the lowest, the scores of its indicators count
        as values, and their weights are the products down to that level; of ranges, the middle weights are taken.
        Regions with equal scores change places at once: a change of 0.

    Args:
        frame: a row for each region and lowest indicator (and period), as `normalised-indicators` gives.
        tree: a row for each indicator, with the columns indicator and parent.
        weights: columns indicator and weight, within the indicator above; without it all parts weigh the same.
        level: whose weights change: 1 for the first level, and so on; 0 for the lowest indicators.
        region: column of regions.
        indicator: column of indicators.
        value: column of normalised values.
        period: column of periods.

    Returns: a row for each indicator of the level,
        change_first [%]: smallest change of the weight that costs the first region its place, in percent of the weight.
        change_any [%]: smallest change of the weight that makes any two regions change places.
        weight [1]: share in the importance of the whole.
        new_first: the region that then comes first, or shares that place.
        ahead: the one of them that is ahead before.
        behind: the other.

    Degenerate:
        Where no change of the weight that is feasible alters the order: empty, with the warning `NotDefined`; so it is
        with one region, and where all regions have the same value. Regions without a value are left out, with the
        warning `MissingValues`.

    References:
        - Triantaphyllou, E., Sánchez, A. (1997). A sensitivity analysis approach for some deterministic multi-criteria
          decision-making methods. Decision Sciences 28(1), 151-194. doi:10.1111/j.1540-5915.1997.tb01306.x

    >>> import pandas as pd
    >>> rows = [("a", "roads", 1.0), ("a", "rail", 0.0), ("b", "roads", 0.4), ("b", "rail", 0.4)]
    >>> table = pd.DataFrame(rows, columns=["region", "indicator", "normalised"])
    >>> found = weight_sensitivity(table)
    >>> found[["indicator", "change_first", "new_first"]].round(1).values.tolist()
    [['roads', -33.3, 'b'], ['rail', 50.0, 'b']]
    """
    shape = tree_of(frame, tree, indicator)
    given = read_weights(weights, shape)
    chosen = places_of_level(shape, level)
    shares = global_weights(shape, given.middle)[chosen]
    parts = []
    for panel in panels(frame, shape, region, indicator, value, period):
        values = scores(panel.values, shape, given)[0][:, chosen]
        whole = ~np.isnan(values).any(axis=1)
        if not whole.any():
            raise UseError(f"{where(frame)}no region has a value of every indicator. Fill the table")
        if not whole.all():
            lost = list(np.array(panel.regions)[~whole])
            message = f"{where(frame)}a value is missing of {some(lost)}: left out"
            warnings.warn(MissingValues(message, lost), stacklevel=2)
        names = np.array([*np.array(panel.regions, dtype=object)[whole], ""], dtype=object)
        first, any_ = reversals(values[whole], shares, top=True), reversals(values[whole], shares)
        table = pd.DataFrame(
            {
                "indicator": np.array([shape.names[place] for place in chosen], dtype=object),
                "weight": shares,
                "change_first": 100 * first.change,
                "new_first": names[first.second],
                "change_any": 100 * any_.change,
                "ahead": names[any_.first],
                "behind": names[any_.second],
            }
        )
        parts.append((panel.period, table))
    return gathered(parts, ["indicator"], "no change of the weight alters the order")
