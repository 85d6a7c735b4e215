"""How each item of a scale goes with the others."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from kg.errors import NotDefined
from kg.measures.measure import measure
from kg.measures.survey.items import read_items
from kg.measures.table import Numbers, some


def item_totals(covariance: Numbers) -> tuple[Numbers, Numbers]:
    """Correlations of each item with the sum of the others, and with the sum of all.

    Args:
        covariance: items x items, none of them constant.

    Returns: corrected and raw correlations, one for each item; NaN where the sum does not vary.
    """
    own, sums = np.diag(covariance), covariance.sum(axis=1)
    rest, total = sums.sum() - 2 * sums + own, sums.sum()
    least = 1e-12 * own.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        corrected: Numbers = np.where(rest > least, (sums - own) / np.sqrt(own * rest), np.nan)
        raw: Numbers = np.where(total > least, sums / np.sqrt(own * total), np.nan)
    return corrected, raw


@measure
def item_total_correlation(
    frame: pd.DataFrame, items: str | None = None, reverse: str | None = None, respondent: str = "respondent"
) -> pd.DataFrame:
    r"""How each item of a scale correlates with the sum of the other items, and with the sum of all.

    .. math:: r_{i(T-i)} = \frac{\mathrm{cov}(x_i, T - x_i)}{s_i \, s_{T-i}}, \quad
        r_{iT} = \frac{\mathrm{cov}(x_i, T)}{s_i \, s_T}, \quad T = \sum_i x_i

    Plain: corrected = correlation of the item with the sum of the others; raw = with the sum of all, itself among them

    Convention:
        Pearson's correlations, of the respondents who answered all items (listwise). Corrected means that the item is
        taken out of the sum, which SPSS calls corrected and R's psych `r.drop`; the raw one (`raw.r` of psych) counts
        the item in and is too high, the more so the fewer items there are. Reverse-scored items must be named.

    Args:
        frame: a row for each respondent, a column of numbers for each item.
        items: the items, columns with semicolons between them; left out, all columns but that of the respondents.
        reverse: those of the items that are scored the other way round.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.

    Returns: a row for each item,
        corrected_correlation [1]: of the item with the sum of the others, -1 to 1
        raw_correlation [1]: of the item with the sum of all, -1 to 1
        respondents [1]: how many respondents answered all items

    Degenerate:
        Items to which everybody gave the same answer are left out, with the warning `NotDefined`. With one item or
        respondent left, or where a sum does not vary, there is no correlation: empty, with `NotDefined`.

    References:
        - Guilford, J. P. (1953). The correlation of an item with a composite of the remaining items in a test.
          Educational and Psychological Measurement 13(1), 87-93.
        - Henrysson, S. (1963). Correction of item-total correlations in item analysis. Psychometrika 28(2), 211-218.
          doi:10.1007/BF02289618

    >>> import pandas as pd
    >>> table = pd.DataFrame({"q1": [1, 2, 3, 4], "q2": [1, 3, 2, 4], "q3": [2, 2, 3, 3]})
    >>> item_total_correlation(table)["corrected_correlation"].round(3).tolist()
    [0.949, 0.707, 0.707]
    """
    read = read_items(frame, items, respondent, reverse)
    respondents, count = read.values.shape
    corrected, raw = item_totals(read.covariance) if read.enough else (np.full(count, np.nan), np.full(count, np.nan))
    found = pd.DataFrame(
        {
            "item": list(read.names),
            "corrected_correlation": corrected,
            "raw_correlation": raw,
            "respondents": respondents,
        }
    )
    if read.enough and (undefined := np.isnan(corrected) | np.isnan(raw)).any():
        rows = list(found["item"][undefined])
        text = f"no correlation of {some(rows)} (a sum does not vary): left empty"
        warnings.warn(NotDefined(text, rows), stacklevel=2)
    return found
