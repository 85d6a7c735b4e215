"""Ranks of regions, and how good and how bad they can become."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import UnknownName, UseError
from kg.measures.evaluation.evaluation_scores import NOTHING, Aggregation, bounds, from_sum, scores, to_sum
from kg.measures.evaluation.tree import TOTAL, Tree
from kg.measures.evaluation.values import panels, tree_of
from kg.measures.evaluation.weights import Weights, global_weights, read_weights
from kg.measures.measure import measure
from kg.measures.table import Numbers, gathered, some, where

_EQUAL = 1e-9
"""Scores that differ by no more share a rank."""
_CELLS = 2**18
"""Values that are compared at once, so that they stay in the cache."""


def differences(values: Numbers, tree: Tree, weights: Weights, place: int = -1) -> tuple[Numbers, Numbers]:
    """The least and the greatest difference of the scores of two regions over all weights that are allowed.

    Args:
        values: regions x leaves.
        tree: of the indicators.
        weights: ranges of the indicators.
        place: the indicator whose scores are compared, -1 for the total.

    Returns: regions x regions, the score of the row less that of the column, twice.
    """
    least, most = np.zeros((len(values), len(values))), np.zeros((len(values), len(values)))
    first, second = np.triu_indices(len(values), 1)
    step = max(1, _CELLS // values.shape[1])
    for start in range(0, len(first), step):
        one, other = first[start : start + step], second[start : start + step]
        low, high = bounds(values[one] - values[other], tree, weights)
        least[one, other], most[one, other] = low[:, place], high[:, place]
    return least - most.T, most - least.T


def ranks(score: Numbers) -> NDArray[np.float64]:
    """Rank of each score, the highest first, equal ones sharing the best of their ranks; NaN where there is none."""
    known = np.sort(score[~np.isnan(score)])
    found = len(known) - np.searchsorted(known, score + _EQUAL, side="right") + 1.0
    return np.where(np.isnan(score), np.nan, found)


def _check_zeros(values: Numbers, tree: Tree, weights: Weights, of: str) -> None:
    """Refuse zeros of a geometric mean whose weight can be 0, so that whether they count is open."""
    never = global_weights(tree, weights.low)[tree.leaves] == 0
    ranged = global_weights(tree, weights.high)[tree.leaves] > 0
    open_ = [tree.names[place] for place in tree.leaves[never & ranged & (values == NOTHING).any(axis=0)]]
    if open_:
        raise UseError(f"{of}{some(open_)} has values of 0 and a weight that can be 0. Raise its lowest weight")


@measure
def evaluation_ranking(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    weights: pd.DataFrame | None = None,
    aggregation: Aggregation = "sum",
    of: str = TOTAL,
    region: str = "region",
    indicator: str = "indicator",
    value: str = "normalised",
    period: str | None = None,
) -> pd.DataFrame:
    r"""Ranks of regions by their scores, with the best and the worst rank that weights in their ranges leave open.

    .. math:: R_r = 1 + |\{s : S_s > S_r\}|

    .. math:: \underline R_r = 1 + |\{s : \min_w (S_s - S_r) > 0\}|, \qquad
        \overline R_r = 1 + |\{s : \max_w (S_s - S_r) > 0\}|

    Plain: rank = 1 + those above; best = 1 + those above whatever the weights; worst = 1 + those above for some weights

    Convention:
        Scores are those of `evaluation-scores`. Equal scores (up to 1e-9) share the best of their ranks, and the next
        rank is left out. Two regions are compared under the same weights: one is above the other for sure if the
        difference of their scores is positive for all weights within the ranges (pairwise dominance), even where the
        ranges of their scores overlap. The best and the worst rank count such pairs; each pair may need other weights,
        so that a rank between them need not be reached. With single weights all three are the same. Regions whose
        geometric mean is 0 share the last rank.

    Args:
        frame: a row for each region and lowest indicator (and period), as `normalised-indicators` gives.
        tree: a row for each indicator, with the columns indicator and parent.
        weights: columns indicator and weight, or indicator, low and high, within the indicator above.
        aggregation: sum or geometric-mean.
        of: the indicator by whose scores regions are ranked; total for all.
        region: column of regions.
        indicator: column of indicators.
        value: column of normalised values.
        period: column of periods, each of which is ranked on its own.

    Returns: a row for each region, the first of the ranking first,
        score [1]: weighted mean.
        low [1]: the least that it can be.
        high [1]: the greatest.
        rank [1]: by the score, 1 for the highest.
        best_rank [1]: if the weights are most in its favour.
        worst_rank [1]: if they are least so.

    Degenerate:
        A region without a score has no rank and does not count in that of others, with the warning `NotDefined`. One
        region has rank 1; where all are equal so have all.

    References:
        - Salo, A. A., Hämäläinen, R. P. (1992). Preference assessment by imprecise ratio statements. Operations
          Research 40(6), 1053-1061. doi:10.1287/opre.40.6.1053
        - Salo, A., Punkka, A. (2011). Ranking intervals and dominance relations for ratio-based efficiency analysis.
          Management Science 57(1), 200-214. doi:10.1287/mnsc.1100.1265

    >>> import pandas as pd
    >>> rows = [("a", "roads", 1.0), ("a", "rail", 0.5), ("b", "roads", 0.6), ("b", "rail", 0.7)]
    >>> table = pd.DataFrame(rows, columns=["region", "indicator", "normalised"])
    >>> ranges = pd.DataFrame({"indicator": ["roads", "rail"], "low": [0.2, 0.2], "high": [0.8, 0.8]})
    >>> evaluation_ranking(table, weights=ranges)[["region", "rank", "worst_rank"]].values.tolist()
    [['a', 1.0, 2.0], ['b', 2.0, 2.0]]
    """
    shape = tree_of(frame, tree, indicator)
    given = read_weights(weights, shape)
    if of != TOTAL and of not in shape.known:
        raise UnknownName("indicator", of, [TOTAL, *shape.known], "of names the one by whose scores to rank")
    place = -1 if of == TOTAL else shape.known[of]
    parts = []
    for panel in panels(frame, shape, region, indicator, value, period):
        values = to_sum(panel.values, aggregation, where(frame))
        _check_zeros(values, shape, given, where(frame))
        score, low, high = (array[:, place] for array in scores(values, shape, given))
        nothing = score < NOTHING * _EQUAL
        rank = ranks(np.where(nothing, NOTHING, score))
        best, worst = rank.copy(), rank.copy()
        if not given.single:
            open_ = ~np.isnan(score) & ~nothing
            least, most = differences(values[open_], shape, given, place)
            best[open_], worst[open_] = 1 + (least > _EQUAL).sum(axis=0), 1 + (most > _EQUAL).sum(axis=0)
        table = pd.DataFrame({"region": np.array(panel.regions, dtype=object)})
        for name, array in (("score", score), ("low", low), ("high", high)):
            table[name] = from_sum(array, aggregation)
        for name, array in (("rank", rank), ("best_rank", best), ("worst_rank", worst)):
            table[name] = array
        parts.append((panel.period, table.sort_values(["rank", "region"], ignore_index=True)))
    return gathered(parts, ["region"], "a value is missing")
