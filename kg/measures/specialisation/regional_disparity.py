"""How far regions are apart, in one number for all of them."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.attribute import empty_cells, industry_of, weighted
from kg.measures.table import Columns, Numbers, axes_frame, gathered


def disparities(values: Numbers, heads: Numbers | None = None) -> dict[str, Numbers]:
    """Measures of how far the levels of regions are apart.

    Args:
        values: regions x industries, none negative; NaN is left out.
        heads: for each region what its values are divided by, above 0; none for values that are levels already.

    Returns: `coefficient_of_variation`, `williamson` (with heads only), `ratio` and `relative_range`, one of each for
        each industry; NaN where all are 0, `ratio` also where the lowest is.
    """
    levels = values if heads is None else values / heads[:, None]
    unknown = np.isnan(levels)
    mean, std = (np.nanmean, np.nanstd) if unknown.any() else (np.mean, np.std)
    middle, high, low = mean(levels, axis=0), np.fmax.reduce(levels, axis=0), np.fmin.reduce(levels, axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: dict[str, Numbers] = {"coefficient_of_variation": std(levels, axis=0) / middle}
        if heads is not None:
            share = np.where(unknown, 0.0, heads[:, None])
            share /= share.sum(axis=0)
            known = np.where(unknown, 0.0, levels)
            whole = np.einsum("ri,ri->i", share, known)
            found["williamson"] = np.sqrt(np.einsum("ri,ri->i", share, (known - whole) ** 2)) / whole
        found["ratio"] = np.where(low > 0, high / low, np.nan)
        found["relative_range"] = (high - low) / middle
    return found


@measure
def regional_disparity(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    heads: str | None = None,
    per: Literal["industry", "total"] = "total",
) -> pd.DataFrame:
    r"""How far regions are apart: coefficient of variation, Williamson's index, highest over lowest, relative range.

    .. math:: V = \frac{1}{\bar y} \sqrt{\frac{1}{n} \sum_r (y_r - \bar y)^2}, \quad y_r = \frac{x_r}{h_r}, \quad
        \bar y = \frac{1}{n} \sum_r y_r

    .. math:: V_w = \frac{1}{Y} \sqrt{\sum_r (y_r - Y)^2 \frac{h_r}{\sum_r h_r}}, \quad
        Y = \frac{\sum_r x_r}{\sum_r h_r}

    Plain: V = standard deviation of y / mean of y; V_w the same with shares of heads as weights; y = value / heads

    Convention:
        The regions are all there are, not a sample: the standard deviation divides by n (ddof 0). V gives each region
        the same weight and is taken from the mean of regions; Williamson's index weighs by heads and is taken from the
        mean of all heads. Without heads the values are levels already (income per head ...). Ratio and range are of
        the highest and the lowest region. A region without a row for an industry counts as 0 there; one whose value is
        empty is left out of the industry.

    Args:
        frame: a row for each region, or for each region and industry (and period).
        region: column of regions.
        industry: column of industries; a table without one has one value for each region.
        value: column of values, in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        heads: column of what values are divided by, such as population, the same in all rows of a region (and period),
            above 0; none where values are per head already.
        per: total (of all industries of a region) or industry (each on its own).

    Returns: one row, or one for each industry,
        coefficient_of_variation [1]: 0 where all are equal, at most the root of n - 1.
        williamson [1]: the same, weighted by heads; with `heads` only.
        ratio [1]: highest over lowest, 1 upwards.
        relative_range [1]: highest less lowest, over the mean of regions, 0 to n.

    Degenerate:
        Where all are 0 none is defined, and where the lowest is 0 there is no ratio: empty, with the warning
        `NotDefined`. One region alone gives 0, 0, 1 and 0.

    References:
        - Williamson, J. G. (1965). Regional inequality and the process of national development. Economic Development
          and Cultural Change 13(4, part 2), 1-84. doi:10.1086/450136
        - Shankar, R., Shah, A. (2003). Bridging the economic divide within countries. World Development 31(8),
          1421-1441.

    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["a", "b"], "value": [6.0, 6.0], "people": [3, 1]})
    >>> regional_disparity(table, heads="people").to_numpy().round(4).tolist()
    [[0.5, 0.5774, 3.0, 1.0]]
    """
    columns = Columns(region, industry_of(frame, industry), value, period)
    by = ["industry"] if per == "industry" and columns.industry else []
    unknown_of = empty_cells(frame, columns)
    parts = []
    for m, number in weighted(frame, columns, heads, "heads"):
        values = np.where(unknown_of(m), np.nan, m.values) if by else m.values.sum(axis=1, keepdims=True)
        found = disparities(values, number)
        axes = {"industry": m.industries} if by else {}
        parts.append((m.period, axes_frame(axes, found if by else {name: array[0] for name, array in found.items()})))
    return gathered(parts, by, "the lowest or all are 0")
