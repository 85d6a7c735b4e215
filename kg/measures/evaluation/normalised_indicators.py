"""Indicators of different units on one scale, more being better."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Literal, get_args

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, MissingValues, UnknownName, UseError
from kg.measures.evaluation.tree import Tree
from kg.measures.evaluation.values import panels, tree_of
from kg.measures.measure import measure
from kg.measures.options import at_least, listed
from kg.measures.table import Numbers, axes_frame, gathered, some, where

Normalisation = Literal["min-max", "z-score", "max", "linear", "vector", "sum"]
BENEFIT, COST = "benefit", "cost"


def normalise(values: Numbers, costs: NDArray[np.bool_], method: Normalisation = "min-max", ddof: int = 0) -> Numbers:
    """Put each column on a scale without unit on which more is better.

    Args:
        values: regions x indicators; NaN where there is none. Not negative except for `min-max` and `z-score`.
        costs: indicators of which less is better.
        method: see `normalised_indicators`.
        ddof: subtracted from the number of values in the standard deviation.

    Returns: regions x indicators; NaN where there is no value, or the column has no scale.
    """
    found: Numbers
    with np.errstate(divide="ignore", invalid="ignore"):
        low: Numbers = np.fmin.reduce(values, axis=0)
        high: Numbers = np.fmax.reduce(values, axis=0)
        if method == "min-max":
            start, end = np.where(costs, high, low), np.where(costs, low, high)
            found = (values - start) / np.where(high == low, np.nan, end - start) + 0.0  # no -0
        elif method == "z-score":
            count = (~np.isnan(values)).sum(axis=0)
            off = values - np.nansum(values, axis=0) / count
            deviation = np.sqrt(np.nansum(off * off, axis=0) / np.maximum(count - ddof, 0))
            found = off / np.where(high == low, np.nan, np.where(costs, -deviation, deviation))
        elif method == "sum":
            parts = np.where(costs, 1.0 / values, values)
            found = parts / np.nansum(parts, axis=0)
        elif method == "linear":
            found = np.where(costs, low / values, values / high)
        else:
            share = values / (high if method == "max" else np.sqrt(np.nansum(values * values, axis=0)))
            found = np.where(costs, 1.0 - share, share)
    return np.where(np.isfinite(found), found, np.nan)


@measure
def normalised_indicators(
    frame: pd.DataFrame,
    tree: pd.DataFrame | None = None,
    method: Normalisation = "min-max",
    costs: str | None = None,
    ddof: int = 0,
    region: str = "region",
    indicator: str = "indicator",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""Indicators of different units on one scale without unit, on which more is always better.

    .. math:: z_{rk} = \frac{x_{rk} - \min_r x_{rk}}{\max_r x_{rk} - \min_r x_{rk}}
        \quad\text{(benefit)}, \qquad
        z_{rk} = \frac{\max_r x_{rk} - x_{rk}}{\max_r x_{rk} - \min_r x_{rk}} \quad\text{(cost)}

    .. math:: z_{rk} = \pm\frac{x_{rk} - \bar x_k}{s_k}, \qquad
        \frac{x_{rk}}{\max_r x_{rk}}, \qquad \frac{x_{rk}}{\sqrt{\sum_r x_{rk}^2}}, \qquad
        \frac{x_{rk}}{\sum_r x_{rk}}

    Plain: z = (x - min) / (max - min), for a cost (max - x) / (max - min)

    Convention:
        A *benefit* is an indicator of which more is better, a *cost* one of which less is. The column `direction` of
        the tree says which (benefit or cost), or `costs` lists the costs; what neither names counts as a benefit, with
        a warning. The scale comes from the regions of the table (of the period), so that it changes with them.

        `min-max` runs from 0 (worst) to 1 (best). `z-score` is the distance from the mean in standard deviations (of
        the population; with ddof 1 of a sample), its sign turned for a cost. `max` is x / max, for a cost 1 - x / max;
        `linear` is x / max, for a cost min / x; `vector` is x over the root of the sum of squares, for a cost 1 less
        that; `sum` is the share in the total, for a cost that of 1 / x. The last four need values that are not
        negative. A column `normalisation` of the tree names another method for single indicators.

    Args:
        frame: a row for each region and indicator (and period).
        tree: a row for each indicator, with the columns indicator and parent, and if need be direction, normalisation
            and indicator_label; without it the indicators stand side by side, and all count as benefits.
        method: min-max, z-score, max, linear, vector or sum.
        costs: indicators of which less is better, with semicolons between them; they go before the tree.
        ddof: 0 for the standard deviation of a population, 1 for that of a sample.
        region: column of regions.
        indicator: column of indicators, as the tree names or labels them.
        value: column of values.
        period: column of periods, each of which has a scale of its own.

    Returns: a row for each region and indicator,
        direction: benefit or cost.
        normalised [1]: the value without unit, more being better.

    Degenerate:
        An indicator with the same value everywhere has no scale in min-max and z-score: empty, with the warning
        `NotDefined`; so have the others where a total or a divisor is 0. A value that is missing stays empty and is no
        0, with the warning `MissingValues`.

    References:
        - OECD and JRC (2008). Handbook on Constructing Composite Indicators: Methodology and User Guide. OECD
          Publishing, step 5. doi:10.1787/9789264043466-en
        - Hwang, C.-L., Yoon, K. (1981). Multiple Attribute Decision Making. Springer, Berlin.
          doi:10.1007/978-3-642-48318-9

    >>> import pandas as pd
    >>> rows = [("a", "roads", 30.0), ("b", "roads", 10.0), ("a", "waste", 8.0), ("b", "waste", 4.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "indicator", "value"])
    >>> tree = pd.DataFrame(
    ...     {"indicator": ["roads", "waste"], "parent": ["", ""], "direction": ["benefit", "cost"]}
    ... )
    >>> normalised_indicators(table, tree)["normalised"].tolist()
    [1.0, 0.0, 0.0, 1.0]
    """
    at_least("ddof", ddof, 0)
    shape = tree_of(frame, tree, indicator)
    leaves = shape.leaves
    less = _costs(shape, costs, where(frame))[leaves]
    methods = _methods(shape, method)[leaves]
    names = [shape.names[place] for place in leaves]
    parts = []
    for panel in panels(frame, shape, region, indicator, value, period):
        found = np.empty_like(panel.values)
        for chosen in np.unique(methods):
            of = methods == chosen
            _check_sign(panel.values[:, of], list(np.array(names)[of]), chosen, where(frame))
            found[:, of] = normalise(panel.values[:, of], less[of], chosen, ddof)
        table = axes_frame(
            {"region": panel.regions, "indicator": names},
            {"direction": np.where(less, COST, BENEFIT)[None, :], "normalised": found},
        )
        parts.append((panel.period, table))
    return gathered(parts, ["region", "indicator"], "no value, or the same value everywhere, or a divisor of 0")


def _costs(tree: Tree, costs: str | None, of: str) -> NDArray[np.bool_]:
    found = np.zeros(len(tree.names), dtype=bool)
    named = np.zeros(len(tree.names), dtype=bool)
    if "direction" in tree.table:
        text = tree.table["direction"].str.lower()
        wrong = sorted(set(text) - {BENEFIT, COST, ""})
        if wrong:
            raise BadTable(f"column direction of the tree has {some(wrong)}. Write benefit or cost")
        found |= (text == COST).to_numpy()
        named |= (text != "").to_numpy()
    less = listed("costs", costs)
    for name in less:
        if name not in tree.known:
            raise UnknownName("indicator", name, tree.known, "costs names the indicators of which less is better")
        found[tree.known[name]] = True
    silent = [tree.names[place] for place in tree.leaves if not named[place]]
    if silent and not less and "parent" in tree.table:
        message = f"{of}the tree does not say whether more is better of {some(silent)}: taken as benefit"
        warnings.warn(MissingValues(message, silent), stacklevel=3)
    return found


def _methods(tree: Tree, method: str) -> NDArray[np.object_]:
    known = get_args(Normalisation)
    own: Mapping[str, str] | pd.Series[str] = tree.table.get("normalisation", pd.Series("", index=tree.table.index))
    found = np.array([name or method for name in own], dtype=object)
    for name in [method, *found]:
        if name not in known:
            raise UnknownName("normalisation", name, known, f"There are: {', '.join(known)}")
    return found


def _check_sign(values: Numbers, names: list[str], method: str, of: str) -> None:
    if method in ("min-max", "z-score"):
        return
    below = [name for name, least in zip(names, np.fmin.reduce(values, axis=0), strict=True) if least < 0]
    if below:
        raise UseError(f"{of}{some(below)} has negative values, which {method} does not allow. Take min-max or z-score")
