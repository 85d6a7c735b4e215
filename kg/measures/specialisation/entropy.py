"""How evenly a region's value is spread over industries, or an industry's over regions."""

from __future__ import annotations

from math import e
from typing import Literal

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.shares import Per, rows_per
from kg.measures.table import Columns, Matrix, Numbers, tabulate

Base = Literal["2", "e", "10"]
LOGARITHMS = {"2": 2.0, "e": e, "10": 10.0}
"""Bases by their names."""


def entropies(values: Numbers, base: float = 2.0) -> Numbers:
    """Shannon entropy of each row of a matrix.

    Args:
        values: rows x parts, finite, none negative.
        base: of the logarithm.

    Returns: one for each row, 0 to the logarithm of the number of parts; NaN where the row is all 0.

    >>> entropies(np.array([[1.0, 1.0, 0.0], [2.0, 0.0, 0.0]])).tolist()
    [1.0, 0.0]
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        parts = values / values.sum(axis=1, keepdims=True)
        logarithms = np.log(parts)
    if (zero := parts == 0).any():
        logarithms[zero] = 0.0
    found: Numbers = np.einsum("ij,ij->i", parts, logarithms)
    found /= -np.log(base)
    return np.abs(found)  # no negative zero; no sum of such terms is below 0


def evennesses(values: Numbers, over: Literal["all", "present"] = "all") -> Numbers:
    """Entropy of each row over the greatest that it could have.

    Args:
        values: rows x parts, finite, none negative.
        over: the number of parts of which the greatest entropy is taken, all columns or those above 0 in the row.

    Returns: one for each row, 0 to 1; NaN where the row is all 0, or has one part only to be spread over.
    """
    present = (values > 0).sum(axis=1)
    parts = present if over == "present" else np.where(present > 0, values.shape[1], 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.where(parts > 1, entropies(values, e) / np.log(parts), np.nan)
    return np.minimum(found, 1.0)


@measure
def shannon_entropy(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    per: Per = "region",
    base: Base = "2",
    evenness: Literal["all", "present"] = "all",
) -> pd.DataFrame:
    r"""How evenly a region's value is spread over industries, or an industry's over regions: Shannon's entropy.

    .. math:: H_r = -\sum_i p_{ri} \log_b p_{ri}, \quad p_{ri} = x_{ri} / \sum_i x_{ri}

    .. math:: J_r = H_r / \log_b n

    Plain: H = -sum of p * log p; evenness = H / log n; equivalent number = b to the power of H

    Convention:
        The base is 2, so the unit is the bit, as with Frenken, Van Oort and Verburg; with `base` e it is the nat, with
        10 the hartley. 0 log 0 counts as 0, so industries that a region does not have add nothing. With `per` industry
        the shares are those of regions in the industry.

        n is the number of all industries (or regions) of the table in that period, so that rows are compared with one
        greatest value; with `evenness` present it is the number of those above 0 in the row (Pielou's J). Evenness and
        equivalent number do not depend on the base.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        per: region (its spread over industries) or industry (its spread over regions).
        base: of the logarithm: 2, e or 10.
        evenness: whether the greatest entropy is that of all industries (regions) or of those present in the row.

    Returns: a row for each region, or for each industry,
        entropy [1]: 0 where all is in one, log n where all are equal.
        evenness [1]: entropy over the greatest there could be, 0 to 1.
        equivalent_number [1]: how many industries (regions) of equal size have that entropy, 1 upwards.

    Degenerate:
        A region (industry) whose values are all 0 has no entropy; where there is one industry (region) only to be
        spread over, the entropy is 0 and there is no evenness. Both are empty, with the warning `NotDefined`.

    References:
        - Shannon, C. E. (1948). A mathematical theory of communication. Bell System Technical Journal 27(3), 379-423.
          doi:10.1002/j.1538-7305.1948.tb01338.x
        - Pielou, E. C. (1966). The measurement of diversity in different types of biological collections. Journal of
          Theoretical Biology 13, 131-144. doi:10.1016/0022-5193(66)90013-0
        - Frenken, K., Van Oort, F., Verburg, T. (2007). Related variety, unrelated variety and regional economic
          growth. Regional Studies 41(5), 685-697. doi:10.1080/00343400601120296

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 2.0), ("b", "tea", 2.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> shannon_entropy(table)["entropy"].round(4).tolist()
    [0.8113, 1.0]
    """

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        values = rows_per(matrix, per)
        found = entropies(values, LOGARITHMS[base])
        return {
            "entropy": found,
            "evenness": evennesses(values, evenness),
            "equivalent_number": LOGARITHMS[base] ** found,
        }

    return tabulate(
        frame,
        Columns(region, industry, value, period),
        (per,),
        kernel,
        "all values are 0, or there is one part only to be spread over",
    )
