"""How far the items of a scale measure one and the same thing."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from kg.errors import BadParameter, Inconsistent, NotDefined
from kg.measures.measure import measure
from kg.measures.survey.items import Items, read_items
from kg.measures.table import Numbers, some


def alphas(covariance: Numbers) -> Numbers:
    """Cronbach's alpha of all items, and without each in turn.

    Args:
        covariance: items x items; of standardised items, their correlations.

    Returns: 1 + items; NaN where fewer than two items are left, or their sum does not vary.
    """
    count = len(covariance)
    own, sums = np.diag(covariance), covariance.sum(axis=1)
    trace = np.concatenate([[own.sum()], own.sum() - own])
    total = np.concatenate([[sums.sum()], sums.sum() - 2 * sums + own])
    items = np.concatenate([[count], np.full(count, count - 1)])
    varies = total > 1e-12 * max(own.sum(), np.finfo(float).tiny)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = np.where(varies & (items > 1), items / (items - 1) * (1 - trace / total), np.nan)
    return found


def feldt_interval(alpha: Numbers, respondents: int, items: Numbers, confidence: float) -> tuple[Numbers, Numbers]:
    """The interval of confidence of alpha after Feldt (1965), in the form of Feldt, Woodruff and Salih (1987).

    Args:
        alpha: any shape.
        respondents: two at least.
        items: of the same shape, two at least.
        confidence: between 0 and 1.

    Returns: lower and upper bounds, of the shape of `alpha`.
    """
    from scipy.stats import f

    tail, first = (1 - confidence) / 2, respondents - 1
    second = first * (items - 1)
    return 1 - (1 - alpha) * f.isf(tail, first, second), 1 - (1 - alpha) * f.ppf(tail, first, second)


@measure
def cronbach_alpha(
    frame: pd.DataFrame,
    items: str | None = None,
    reverse: str | None = None,
    confidence: float = 0.95,
    respondent: str = "respondent",
) -> pd.DataFrame:
    r"""How far the items of a scale vary together, so that their sum can be relied on; with and without each item.

    .. math:: \alpha = \frac{k}{k-1} \left(1 - \frac{\sum_i s_i^2}{s_T^2}\right), \quad
        \alpha_{std} = \frac{k \bar r}{1 + (k-1) \bar r}

    .. math:: \left[1 - (1-\alpha) F_{1-\gamma/2},\ 1 - (1-\alpha) F_{\gamma/2}\right], \quad
        F \sim F(n-1,\ (n-1)(k-1)), \quad \gamma = 1 - \text{confidence}

    Plain: alpha = k/(k-1) * (1 - sum of the items' variances / variance of their sum)

    Convention:
        Raw alpha is of covariances (n - 1 below the line), standardised alpha of Pearson's correlations. The interval
        is that of Feldt (1965), which takes items as parallel and normal. Respondents with a missing answer are left
        out of all rows (listwise), as SPSS does and as R's psych does not. Reverse-scored items must be named; they
        are turned round by their sign, which gives the same as from the sum of the bounds of the scale.

    Args:
        frame: a row for each respondent, a column of numbers for each item.
        items: the items, columns with semicolons between them; left out, all columns but that of the respondents.
        reverse: those of the items that are scored the other way round.
        confidence: of the interval, between 0 and 1.
        respondent: column of respondents; left out, and where there is no column `respondent`, rows are counted.

    Returns: a row for all items (`without` is `none`) and, where there are three or more, one without each item,
        alpha [1]: Cronbach's alpha, up to 1; below 0 where items work against one another
        low [1]: lower bound of its interval of confidence
        high [1]: upper bound of its interval of confidence
        items [1]: how many items
        respondents [1]: how many respondents answered all items
        standardised_alpha [1]: alpha of items of equal variance
        mean_correlation [1]: mean of the correlations of two items

    Degenerate:
        Items to which everybody gave the same answer are left out, with the warning `NotDefined`. With one item or
        respondent left, or where the sum of the items does not vary, there is no alpha: empty, with `NotDefined`.
        Where all items agree, alpha and its bounds are 1.

    Warns:
        Inconsistent: an item goes against the rest and was not named in `reverse`.

    References:
        - Cronbach, L. J. (1951). Coefficient alpha and the internal structure of tests. Psychometrika 16(3), 297-334.
          doi:10.1007/BF02310555
        - Feldt, L. S. (1965). The approximate sampling distribution of Kuder-Richardson reliability coefficient twenty.
          Psychometrika 30(3), 357-370. doi:10.1007/BF02289499
        - Feldt, L. S., Woodruff, D. J., Salih, F. A. (1987). Statistical inference for coefficient alpha. Applied
          Psychological Measurement 11(1), 93-103. doi:10.1177/014662168701100107

    >>> import pandas as pd
    >>> table = pd.DataFrame({"q1": [1, 2, 3, 4], "q2": [1, 3, 2, 4], "q3": [2, 2, 3, 3]})
    >>> cronbach_alpha(table)[["without", "alpha"]].round(3).values.tolist()
    [['none', 0.84], ['q1', 0.5], ['q2', 0.8], ['q3', 0.889]]
    """
    if not 0 < confidence < 1:
        raise BadParameter(f"confidence is {confidence}. Give a number between 0 and 1, such as 0.95")
    read = read_items(frame, items, respondent, reverse)
    respondents, count = read.values.shape
    if not read.enough:
        empty = dict.fromkeys(("alpha", "low", "high", "standardised_alpha", "mean_correlation"), np.nan)
        return pd.DataFrame([{"without": "none", "items": count, "respondents": respondents} | empty])
    counts = np.concatenate([[count], np.full(count, count - 1)])
    alone, standard = alphas(read.covariance), alphas(read.correlation)
    _warn_of_opposed(read)
    with np.errstate(divide="ignore", invalid="ignore"):
        lower, upper = feldt_interval(alone, respondents, np.maximum(counts, 2), confidence)
        mean = standard / (counts - (counts - 1) * standard)
    found = pd.DataFrame(
        {
            "without": ["none", *read.names],
            "items": counts,
            "respondents": respondents,
            "alpha": alone,
            "low": lower,
            "high": upper,
            "standardised_alpha": standard,
            "mean_correlation": mean,
        }
    )
    if count == 2:
        found = found.iloc[:1]
    if (undefined := found["alpha"].isna()).any():
        rows = list(found["without"][undefined])
        text = f"no alpha without {some(rows)} (the sum of the items does not vary): left empty"
        warnings.warn(NotDefined(text, rows), stacklevel=2)
    return found


def _warn_of_opposed(read: Items) -> None:
    covariance = read.covariance
    against = covariance.sum(axis=1) < np.diag(covariance)
    if opposed := [name for name, is_against in zip(read.names, against, strict=True) if is_against]:
        text = f"{some(opposed)} goes against the rest. If it is scored the other way round, name it in reverse"
        warnings.warn(Inconsistent(text, opposed), stacklevel=3)
