"""How concentrated a region is on few industries, or an industry in few regions, by the squares of the shares."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.shares import Per, rows_per, shares
from kg.measures.table import Columns, Numbers, tabulate


def herfindahl_indices(values: Numbers) -> Numbers:
    """Sum of the squares of the shares in each row.

    Args:
        values: rows x columns, finite, none negative.

    Returns: rows, 1 / columns to 1; NaN where the sum of the row is 0.
    """
    own = shares(values)
    found: Numbers = np.einsum("ri,ri->r", own, own)
    return found


def normalised_herfindahl(index: Numbers, count: int) -> Numbers:
    """Herfindahl indices on a scale from 0 (all the same) to 1, whatever the number of shares.

    Args:
        index: any shape, 1 / count to 1.
        count: of the shares behind each.

    Returns: of the same shape, 0 to 1; NaN for a count of 1.
    """
    return (index * count - 1) / (count - 1) if count > 1 else np.full_like(index, np.nan)


@measure
def herfindahl(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    per: Per = "region",
) -> pd.DataFrame:
    r"""How concentrated a region is on few industries, or an industry in few regions: sum of squared shares.

    .. math:: H = \sum_k s_k^2, \quad H^* = \frac{H - 1/n}{1 - 1/n}, \quad N = \frac{1}{H}

    Plain: H = sum of s^2; normalised = (H - 1/n) / (1 - 1/n); equivalent number = 1 / H

    Convention:
        Shares from 0 to 1, so H is at most 1, not 10 000. Per region, s are the shares of the industries in a
        region, and n is the number of industries of the table (in the period), also of those that the region does not
        have; per industry, the shares of the regions in the industry, and n the number of regions. The normalised
        index depends on n, and so on which industries the table lists; the other two do not. The equivalent number is
        how many equal shares have the same index. There is no comparison with the whole.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        per: region (its concentration on industries) or industry (its concentration in regions).

    Returns: a row for each region, or for each industry,
        herfindahl [1]: sum of the squared shares, 1/n (all equal) to 1 (all in one).
        normalised [1]: 0 (all equal) to 1 (all in one).
        equivalent_number [1]: reciprocal of the sum, 1 (all in one) to n (all equal).

    Degenerate:
        A region (or industry) whose total is 0 has none; of one industry (or region) alone the normalised index is
        not defined: empty, with the warning `NotDefined`.

    References:
        - Hirschman, A. O. (1964). The paternity of an index. The American Economic Review 54(5), 761.
        - Adelman, M. A. (1969). Comment on the "H" concentration measure as a numbers-equivalent. The Review of
          Economics and Statistics 51(1), 99-101. doi:10.2307/1926955

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> herfindahl(table)
      region  herfindahl  normalised  equivalent_number
    0      a       0.625        0.25                1.6
    1      b       0.625        0.25                1.6
    """

    def kernel(values: Numbers) -> dict[str, Numbers]:
        index = herfindahl_indices(values)
        normalised = normalised_herfindahl(index, values.shape[1])
        return {"herfindahl": index, "normalised": normalised, "equivalent_number": 1 / index}

    columns = Columns(region, industry, value, period)
    why = f"its total is 0, or one {'industry' if per == 'region' else 'region'} only"
    return tabulate(frame, columns, (per,), lambda m: kernel(rows_per(m, per)), why)
