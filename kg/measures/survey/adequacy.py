"""Whether the correlations of items are fit for factor analysis."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import NotDefined
from kg.measures.measure import measure
from kg.measures.survey.items import no_inverse, read_items
from kg.measures.table import Numbers

WORDS = ("unacceptable", "miserable", "mediocre", "middling", "meritorious", "marvelous")
BOUNDS = (0.5, 0.6, 0.7, 0.8, 0.9)
WHOLE = "all items"


def sampling_adequacy(correlation: Numbers) -> tuple[float, Numbers]:
    """The measure of Kaiser, Meyer and Olkin.

    Args:
        correlation: items x items, with an inverse.

    Returns: of all items, and of each; NaN where an item has no correlation with any other.
    """
    inverse = np.linalg.inv(correlation)
    scale = np.sqrt(np.diag(inverse))
    partial = inverse / np.outer(scale, scale)
    off = ~np.eye(len(correlation), dtype=bool)
    simple, left = (correlation**2 * off).sum(axis=1), (partial**2 * off).sum(axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        return float(np.divide(simple.sum(), simple.sum() + left.sum())), simple / (simple + left)


def kaisers_word(value: float) -> str:
    """What Kaiser (1974) calls a value.

    >>> kaisers_word(0.83)
    'meritorious'
    """
    return "" if np.isnan(value) else WORDS[int(np.searchsorted(BOUNDS, value, side="right"))]


@measure
def kmo(frame: pd.DataFrame, items: str | None = None, respondent: str = "respondent") -> pd.DataFrame:
    r"""Whether items share enough for factor analysis: the measure of sampling adequacy of Kaiser, Meyer and Olkin.

    .. math:: KMO = \frac{\sum_{i \ne j} r_{ij}^2}{\sum_{i \ne j} r_{ij}^2 + \sum_{i \ne j} q_{ij}^2}, \quad
        MSA_i = \frac{\sum_{j \ne i} r_{ij}^2}{\sum_{j \ne i} r_{ij}^2 + \sum_{j \ne i} q_{ij}^2}

    Plain: squares of the correlations over these and the squares of the partial correlations together

    Convention:
        The form of Kaiser and Rice (1974), as in SPSS and R's psych, not the first of Kaiser (1970). The partial
        correlation of two items is given all the others. Pearson's correlations of the respondents who answered all
        items (listwise). The words are those of Kaiser (1974): from 0.9 marvelous, 0.8 meritorious, 0.7 middling, 0.6
        mediocre, 0.5 miserable, below unacceptable. Reverse-scored items may stay as they are. Two items give 0.5.

    Args:
        frame: a row for each respondent, a column of numbers for each item.
        items: the items, columns with semicolons between them; left out, all columns but that of the respondents.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.

    Returns: a row for the whole (`item` is `all items`), and one for each item,
        kmo [1]: measure of sampling adequacy, 0 to 1
        word: what Kaiser calls it
        respondents [1]: how many respondents answered all items

    Degenerate:
        Items to which everybody gave the same answer are left out, with the warning `NotDefined`. With one item left,
        no more respondents than items, or items that follow from one another, the matrix of correlations has no
        inverse: empty, with `NotDefined`, which names those items. So it is where no items correlate at all.

    References:
        - Kaiser, H. F., Rice, J. (1974). Little Jiffy, Mark IV. Educational and Psychological Measurement 34(1),
          111-117. doi:10.1177/001316447403400115
        - Kaiser, H. F. (1974). An index of factorial simplicity. Psychometrika 39(1), 31-36. doi:10.1007/BF02291575

    >>> import pandas as pd
    >>> table = pd.DataFrame({"q1": [1, 2, 3, 4, 5], "q2": [1, 3, 2, 5, 4], "q3": [2, 1, 3, 3, 2]})
    >>> kmo(table).round(3)[["item", "kmo", "word"]].values.tolist()[0]
    ['all items', 0.496, 'unacceptable']
    """
    read = read_items(frame, items, respondent)
    respondents, count = read.values.shape
    whole, each = np.nan, np.full(count, np.nan)
    if read.enough:
        correlation = read.correlation
        if not (why := no_inverse(correlation, read.names, respondents)):
            whole, each = sampling_adequacy(correlation)
            why = "no two items correlate" if np.isnan(whole) else ""
        if why:
            warnings.warn(NotDefined(f"no measure of sampling adequacy ({why}): left empty", read.names), stacklevel=2)
    found = np.concatenate([[whole], each])
    return pd.DataFrame(
        {
            "item": [WHOLE, *read.names],
            "kmo": found,
            "word": [kaisers_word(value) for value in found],
            "respondents": respondents,
        }
    )


def sphericity(correlation: Numbers, respondents: int, correction: bool = True) -> tuple[float, int, float]:
    """Bartlett's test that a matrix of correlations is the identity.

    Args:
        correlation: items x items.
        respondents: how many there are.
        correction: whether the factor is n - 1 - (2k + 5) / 6 rather than n - 1.

    Returns: chi-square, degrees of freedom, probability.
    """
    from scipy.stats import chi2

    count = len(correlation)
    factor = respondents - 1 - ((2 * count + 5) / 6 if correction else 0)
    square = -factor * float(np.linalg.slogdet(correlation)[1]) + 0.0
    freedom = count * (count - 1) // 2
    return square, freedom, float(chi2.sf(square, freedom))


@measure
def bartlett_sphericity(
    frame: pd.DataFrame,
    items: str | None = None,
    correction: Literal["bartlett", "none"] = "bartlett",
    respondent: str = "respondent",
) -> pd.DataFrame:
    r"""Whether items correlate at all: Bartlett's test that their matrix of correlations is the identity.

    .. math:: \chi^2 = -\left(n - 1 - \frac{2k + 5}{6}\right) \ln |R|, \quad df = \frac{k (k-1)}{2}

    Plain: chi2 = -(n - 1 - (2k + 5)/6) * ln det R, with k(k-1)/2 degrees of freedom

    Convention:
        With Bartlett's correction of n - 1 (`correction=bartlett`), as in SPSS and R's psych; without, the factor is
        n - 1. Pearson's correlations of the n respondents who answered all k items (listwise). A small probability
        says that some items correlate, no more; items are taken as normal. Reverse-scored items may stay as they are.

    Args:
        frame: a row for each respondent, a column of numbers for each item.
        items: the items, columns with semicolons between them; left out, all columns but that of the respondents.
        correction: `bartlett` or `none`.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.

    Returns: one row,
        chi_square [1]: the statistic, 0 upwards
        degrees_of_freedom [1]: pairs of items
        p [1]: probability of so large a statistic where no items correlate
        determinant [1]: of the matrix of correlations, 0 to 1
        items [1]: how many items
        respondents [1]: how many respondents answered all items

    Degenerate:
        Items to which everybody gave the same answer are left out, with the warning `NotDefined`. With one item left,
        no more respondents than items, or items that follow from one another, the determinant is 0: empty, with
        `NotDefined`, which names those items.

    References:
        - Bartlett, M. S. (1950). Tests of significance in factor analysis. British Journal of Statistical Psychology
          3(2), 77-85. doi:10.1111/j.2044-8317.1950.tb00285.x
        - Bartlett, M. S. (1951). The effect of standardization on a chi-square approximation in factor analysis.
          Biometrika 38(3/4), 337-344. doi:10.1093/biomet/38.3-4.337

    >>> import pandas as pd
    >>> table = pd.DataFrame({"q1": [1, 2, 3, 4, 5], "q2": [1, 3, 2, 5, 4]})
    >>> bartlett_sphericity(table).round(3)[["chi_square", "degrees_of_freedom", "p"]].values.tolist()
    [[2.554, 1.0, 0.11]]
    """
    read = read_items(frame, items, respondent)
    respondents, count = read.values.shape
    square, p, determinant = np.nan, np.nan, np.nan
    freedom = count * (count - 1) // 2
    if read.enough:
        correlation = read.correlation
        why = no_inverse(correlation, read.names, respondents)
        if why:
            warnings.warn(NotDefined(f"no test of sphericity ({why}): left empty", read.names), stacklevel=2)
        else:
            determinant = float(np.linalg.det(correlation))
            square, freedom, p = sphericity(correlation, respondents, correction == "bartlett")
    return pd.DataFrame(
        {
            "chi_square": [square],
            "degrees_of_freedom": freedom,
            "p": p,
            "determinant": determinant,
            "items": count,
            "respondents": respondents,
        }
    )
