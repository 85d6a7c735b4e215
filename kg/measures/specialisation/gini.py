"""How unequal the values of a region's industries, or of an industry's regions, are: the Gini coefficient."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.shares import Per, rows_per
from kg.measures.table import Columns, Numbers, tabulate


def gini_coefficients(values: Numbers) -> Numbers:
    """The Gini coefficient of each row, every value counting once.

    Args:
        values: rows x columns, finite, none negative.

    Returns: rows, 0 (all equal) to 1 - 1 / columns (all in one); NaN where the sum of the row is 0.
    """
    count = values.shape[-1]
    weights = 2 * np.arange(1, count + 1) - count - 1
    with np.errstate(invalid="ignore"):
        found: Numbers = np.sort(values, axis=-1) @ weights / (count * values.sum(axis=-1))
    return found


@measure
def gini(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    per: Per = "region",
) -> pd.DataFrame:
    r"""How unequal the values of a region's industries, or of an industry's regions, are: the Gini coefficient.

    .. math:: G = \frac{\sum_j \sum_k |x_j - x_k|}{2 n^2 \bar x} = \frac{\sum_k (2 k - n - 1) \, x_{(k)}}{n \sum_k x_k},
        \quad G^* = \frac{n}{n - 1} G

    Plain: G = sum over k of (2k - n - 1) * (k-th value from below) / (n * sum of values); normalised = G * n / (n - 1)

    Convention:
        The raw coefficient: every industry (or region) counts once whatever its size, and there is no comparison with
        the whole; for that see `locational_gini`. Per region the values are those of its industries, and n is the
        number of industries of the table (in the period), also of those that the region does not have, as 0; per
        industry the values are those of the industry over regions, the spatial Gini coefficient of an industry over
        provinces. Liu's paper shows one of Chinese industry over 31 provinces without a formula: it may be this or
        `locational_gini`. The largest value is 1 - 1/n; the normalised coefficient goes up to 1 (`corr = TRUE` in the R
        package ineq, `coefnorm = TRUE` in REAT).

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        per: region (each over its industries) or industry (each over regions).

    Returns: a row for each region, or for each industry,
        gini [1]: 0 (all equal) to 1 - 1/n (all in one).
        normalised [1]: 0 (all equal) to 1 (all in one).

    Degenerate:
        A region (or industry) whose total is 0 has none; of one industry (or region) alone the coefficient is 0 and the
        normalised one is not defined: empty, with the warning `NotDefined`.

    References:
        - Gini, C. (1921). Measurement of inequality of incomes. The Economic Journal 31(121), 124-126.
          doi:10.2307/2223319
        - Liu, M. (n.d.). Research on the Development Status and Countermeasures of Industrial Clusters, figure 2.
        - Wieland, T. (2019). REAT: A Regional Economic Analysis Toolbox for R. REGION 6(3), R1-R57.
          doi:10.18335/region.v6i3.267

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> gini(table)
      region  gini  normalised
    0      a  0.25         0.5
    1      b  0.25         0.5
    """

    def kernel(values: Numbers) -> dict[str, Numbers]:
        found = gini_coefficients(values)
        count = values.shape[1]
        return {"gini": found, "normalised": found * count / (count - 1) if count > 1 else found * np.nan}

    columns = Columns(region, industry, value, period)
    why = f"its total is 0, or one {'industry' if per == 'region' else 'region'} only"
    return tabulate(frame, columns, (per,), lambda m: kernel(rows_per(m, per)), why)
