"""Ranges of weights from judgements that are ranges themselves."""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
import pandas as pd

from kg.errors import BadTable, Inconsistent
from kg.measures.evaluation.ahp_weights import RandomIndex, check_consistency, consistency, weight_rows
from kg.measures.evaluation.judgements import ratios, read_groups
from kg.measures.measure import measure
from kg.measures.options import at_least
from kg.measures.table import Numbers, rows, some, where

_SMALL = 1e-7


@dataclass(frozen=True)
class IntervalWeights:
    """Bounds of the weights of n indicators.

    Args:
        low: n, the smallest.
        high: n, the largest.
        deviation: by how much, in sum of logarithms, ranges have to be stretched; 0 if weights meet all of them.
        stretched: n x n, the factors by which the ranges are stretched in one of the ways to do so; 1 where not.
    """

    low: Numbers
    high: Numbers
    deviation: float
    stretched: Numbers


def interval_priorities(low: Numbers, high: Numbers, unit: Literal["sum", "product"] = "sum") -> IntervalWeights:
    """Smallest and largest weights whose ratios lie in the ranges, or as near to them as can be.

    Args:
        low: n x n, the smallest ratios; 1 on the diagonal.
        high: n x n, the largest; 1 over the transposed `low`.
        unit: whether the weights sum to 1, or their product is 1.
    """
    size = len(low)
    if size == 1:
        return IntervalWeights(np.ones(1), np.ones(1), 0.0, np.ones((1, 1)))
    first, second = np.triu_indices(size, 1)
    one, other = np.eye(size)[first], np.eye(size)[second]
    least, most, deviation, off = _nearest(one - other, np.log(low[first, second]), np.log(high[first, second]))
    if unit == "product":  # of the logarithms: least <= x_i - x_j <= most, sum of x = 0
        matrix, ends = np.r_[other - one, one - other], np.r_[-least, most]
        whole, least_of_all = 0.0, None
    else:  # of the weights: exp(least) w_j <= w_i <= exp(most) w_j, sum of w = 1
        with np.errstate(over="ignore", invalid="ignore"):
            matrix = np.r_[np.exp(least)[:, None] * other - one, one - np.exp(most)[:, None] * other]
        ends, whole, least_of_all = np.zeros(2 * len(first)), 1.0, 0.0
    kept = np.isfinite(np.r_[least, most])
    matrix, ends = matrix[kept], ends[kept] + _SMALL * _SMALL
    sums, bounds = np.ones(size), (least_of_all, None)
    smallest = np.array([_solve(goal, matrix, ends, sums, whole, bounds).fun for goal in np.eye(size)])
    largest = np.array([-_solve(-goal, matrix, ends, sums, whole, bounds).fun for goal in np.eye(size)])
    if unit == "product":
        smallest, largest = np.exp(smallest), np.exp(largest)
    stretched = np.ones((size, size))
    stretched[first, second] = stretched[second, first] = np.where(off > _SMALL, np.exp(off), 1.0)
    return IntervalWeights(smallest, np.maximum(smallest, largest), deviation, stretched)


def _nearest(ratio: Numbers, bottom: Numbers, top: Numbers) -> tuple[Numbers, Numbers, float, Numbers]:
    """Bounds of the logarithmic ratios of all weights with the least sum of deviations from the ranges.

    By complementary slackness a ratio with a price is at that end of its range or beyond, and only one whose price is 1
    may be beyond: these bounds hold for all solutions, and for them only.
    """
    pairs, size = ratio.shape
    slack, none = np.eye(pairs), np.zeros((pairs, pairs))
    found = _solve(
        np.r_[np.zeros(size), np.ones(2 * pairs)],
        np.r_[np.c_[-ratio, -slack, none], np.c_[ratio, none, -slack]],
        np.r_[-bottom, top],
        np.r_[np.ones(size), np.zeros(2 * pairs)],
        0.0,
        [(None, None)] * size + [(0, None)] * (2 * pairs),
    )
    below, above = -found.ineqlin.marginals[:pairs], -found.ineqlin.marginals[pairs:]
    least = np.maximum(np.where(below < 1 - _SMALL, bottom, -np.inf), np.where(above > _SMALL, top, -np.inf))
    most = np.minimum(np.where(above < 1 - _SMALL, top, np.inf), np.where(below > _SMALL, bottom, np.inf))
    logs = ratio @ found.x[:size]
    off = np.maximum(0.0, np.maximum(bottom - logs, logs - top))
    return least, most, float(found.fun) if found.fun > _SMALL else 0.0, off


def _solve(goal: Numbers, matrix: Numbers, ends: Numbers, sums: Numbers, whole: float, bounds: Any) -> Any:
    from scipy.optimize import linprog

    found = linprog(goal, A_ub=matrix, b_ub=ends, A_eq=sums[None, :], b_eq=[whole], bounds=bounds, method="highs")
    if not found.success:
        raise BadTable(f"the ranges have no weights ({found.message.strip()}). Check the judgements")
    return found


@measure
def interval_ahp_weights(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    unit: Literal["sum", "product"] = "sum",
    random_index: RandomIndex = "saaty-1980",
    accept: float = 0.1,
    indicator: str = "indicator",
    other_indicator: str = "other_indicator",
    low: str = "low",
    high: str = "high",
) -> pd.DataFrame:
    r"""Ranges of weights from judgements that say from how much to how much more important one indicator is.

    .. math:: J^* = \min_x \sum_{i<j} \left[ \max(0, \ln l_{ij} - x_i + x_j) + \max(0, x_i - x_j - \ln u_{ij}) \right],
        \qquad X^* = \arg\min

    .. math:: \underline w_i = \min_{x \in X^*} w_i, \quad \overline w_i = \max_{x \in X^*} w_i, \qquad
        w_i = \frac{e^{x_i}}{\sum_j e^{x_j}}

    Plain: low, high = least and greatest w_i with l_ij <= w_i / w_j <= u_ij and sum(w) = 1, or as near to it as can be

    Convention:
        The two-stage logarithmic goal programming of Wang, Yang and Xu. If there are weights whose ratios lie within
        all ranges (J* = 0), `low` and `high` are the ends of what each weight can be among them: the feasible region of
        Arbel (1989). If there are none, the ranges contradict one another; then those weights count whose ratios miss
        the ranges by least, in sum of logarithms (J* > 0), and the warning `Inconsistent` names ranges that have to be
        stretched and by what factor. Both stages are linear programs. Weights sum to 1 (`sum`, as scores need it) or
        have the product 1 (`product`, as Wang, Yang and Xu print them).

        The wider the ranges, the less they contradict one another, so that J* alone says little. Therefore the
        consistency ratio is given too, of the geometric means of the ends of the ranges (Li, Wang and Tong), and
        refused above `accept`.

    Args:
        frame: a row for each pair of siblings, in either order.
        tree: a row for each indicator, with the columns indicator and parent; without it all are compared with all.
        unit: sum or product.
        random_index: saaty-1980 or alonso-lamata-2006.
        accept: the largest consistency ratio of the geometric means that is accepted.
        indicator: column of the one indicator.
        other_indicator: column of the other.
        low: column of the smallest ratio of the importance of the one to that of the other, such as 3, 0.5 or 1/3.
        high: column of the largest.

    Returns: a row for each indicator, those of the first level first,
        parent: the indicator of the level above, or total.
        low [1]: the smallest share in the importance of its parent.
        high [1]: the largest.
        deviation [1]: J* of its group, 0 if the ranges agree with one another.
        lambda_max [1]: largest eigenvalue of the geometric means of its group.
        consistency_index [1]: of the geometric means.
        random_index [1]: mean consistency index of random judgements of as many parts.
        consistency_ratio [1]: of the geometric means.

    Degenerate:
        Ranges of one number give single weights; if these judgements are consistent, those of `ahp-weights`. A group
        of one part has the weight 1.

    Raises:
        BadTable: low is above high, a consistency ratio is above `accept`, or a judgement is missing, doubled or off
            the scale.

    Warns:
        Inconsistent: no weights meet all ranges of a group.

    References:
        - Wang, Y.-M., Yang, J.-B., Xu, D.-L. (2005). A two-stage logarithmic goal programming method for generating
          weights from interval comparison matrices. Fuzzy Sets and Systems 152(3), 475-498.
          doi:10.1016/j.fss.2004.10.020
        - Arbel, A. (1989). Approximate articulation of preference and priority derivation. European Journal of
          Operational Research 43(3), 317-326.
        - Saaty, T. L., Vargas, L. G. (1987). Uncertainty and rank order in the analytic hierarchy process. European
          Journal of Operational Research 32(1), 107-117. doi:10.1016/0377-2217(87)90275-X
        - Li, K. W., Wang, Z.-J., Tong, X. (2016). Acceptability analysis and priority weight elicitation for interval
          multiplicative comparison matrices. European Journal of Operational Research 250(2), 628-638.

    >>> import pandas as pd
    >>> judged = pd.DataFrame({"indicator": ["roads"], "other_indicator": ["rail"], "low": ["1"], "high": ["3"]})
    >>> interval_ahp_weights(judged)[["indicator", "low", "high"]].round(4).values.tolist()
    [['roads', 0.5, 0.75], ['rail', 0.25, 0.5]]
    """
    at_least("accept", accept, 0)
    least, most = ratios(frame, low, "low"), ratios(frame, high, "high")
    turned = frame.index[least > most]
    if len(turned):
        raise BadTable(f"{where(frame)}{low} is above {high} in {rows(turned)}. Turn them round")
    at_least("accept", accept, 0)
    shape, groups = read_groups(frame, tree, least, most, indicator, other_indicator)
    parts, odd = [], []
    for group in groups:
        found = consistency(np.sqrt(group.low * group.high), random_index)
        check_consistency(shape.name(group.place), found[3], accept, where(frame))
        weights = interval_priorities(group.low, group.high, unit)
        for i, j in np.argwhere(np.triu(weights.stretched) > 1):
            pair = f"{shape.names[group.parts[i]]} and {shape.names[group.parts[j]]}"
            odd.append(f"{pair} (by {weights.stretched[i, j]:.3g})")
        columns = {"low": weights.low, "high": weights.high, "deviation": np.full(len(group.parts), weights.deviation)}
        parts.append(weight_rows(shape, group.parts, columns, found))
    if odd:
        message = f"{where(frame)}no weights meet all ranges; stretching {some(odd)} makes them agree"
        warnings.warn(Inconsistent(message, odd), stacklevel=2)
    return pd.concat(parts, ignore_index=True)
