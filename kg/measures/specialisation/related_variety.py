"""Variety of a region's industries within groups of related industries, and between the groups."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.errors import BadTable, Inconsistent
from kg.measures.measure import measure
from kg.measures.options import at_least
from kg.measures.specialisation.attribute import attribute
from kg.measures.specialisation.entropy import LOGARITHMS, Base, entropies
from kg.measures.table import Columns, Matrix, Numbers, column, some, tabulate, where

TOLERANCE = 1e-9
"""How far the two parts may be from the whole, for rounding."""


def varieties(values: Numbers, groups: NDArray[np.intp], base: float = 2.0) -> tuple[Numbers, Numbers]:
    """Unrelated and related variety of each region.

    Args:
        values: regions x industries, finite, none negative.
        groups: for each industry the number of its group, from 0, none without an industry.
        base: of the logarithm.

    Returns: unrelated (entropy of the groups) and related variety (mean entropy within groups, each weighted by its
        share), one of each for each region; NaN where the region is all 0.
    """
    if (groups[1:] < groups[:-1]).any():
        order = np.argsort(groups, kind="stable")
        values, groups = values[:, order], groups[order]
    starts = np.flatnonzero(np.diff(groups, prepend=-1))
    of_group = np.add.reduceat(values, starts, axis=1)
    with np.errstate(divide="ignore", invalid="ignore"):
        terms = values / np.repeat(of_group, np.diff(starts, append=len(groups)), axis=1)
        np.log(terms, out=terms)
        if (zero := values == 0).any():
            terms[zero] = 0.0
        related: Numbers = np.einsum("ij,ij->i", values, terms) / -(np.log(base) * of_group.sum(axis=1))
    return entropies(of_group, base), np.abs(related)


@measure
def related_variety(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    groups: str | None = None,
    digits: int = 2,
    base: Base = "2",
) -> pd.DataFrame:
    r"""How varied a region's industries are within groups of related ones, and how varied the groups are.

    .. math:: UV_r = \sum_g P_{rg} \log_b \frac{1}{P_{rg}}, \quad P_{rg} = \sum_{i \in g} p_{ri}

    .. math:: RV_r = \sum_g P_{rg} H_{rg}, \quad H_{rg} = \sum_{i \in g} \frac{p_{ri}}{P_{rg}} \log_b
        \frac{1}{p_{ri} / P_{rg}}

    .. math:: UV_r + RV_r = \sum_i p_{ri} \log_b \frac{1}{p_{ri}}

    Plain: UV = entropy of groups; RV = sum over groups of share * entropy within; UV + RV = entropy of industries

    Convention:
        Base 2, as in the paper; 0 log 0 counts as 0. Industries are related where they are of one group: of a column
        of groups, or, without one, with the same first characters of the industry's code (`digits`; the paper has 2 of
        5). Related variety is the weighted mean of the entropies within groups, weighted by the group's share in the
        region. That the two add up to Shannon's entropy of all industries is checked for each region.

    Args:
        frame: a row for each region and industry (and period).
        region: column of regions.
        industry: column of industries, at the finest level; codes, unless groups are named.
        value: column of values (employment ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        groups: column of groups of industries, the same in all rows of an industry; none for the first characters of
            the industry's code.
        digits: how many characters of the code make the group, if no column of groups is named.
        base: of the logarithm: 2, e or 10.

    Returns: a row for each region,
        unrelated_variety [1]: entropy of the groups, 0 where all is in one group.
        related_variety [1]: mean entropy within groups, 0 where no group has more than one industry.
        variety [1]: entropy of the industries, which is the sum of the two.

    Degenerate:
        A region whose values are all 0 has none: empty, with the warning `NotDefined`.

    Warns:
        Inconsistent: the two parts do not add up to the entropy.

    References:
        - Frenken, K., Van Oort, F., Verburg, T. (2007). Related variety, unrelated variety and regional economic
          growth. Regional Studies 41(5), 685-697. doi:10.1080/00343400601120296
        - Theil, H. (1972). Statistical Decomposition Analysis. North-Holland, Amsterdam.

    >>> import pandas as pd
    >>> rows = [("a", "2410", 1.0), ("a", "2420", 1.0), ("a", "1070", 2.0), ("b", "1070", 5.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> found = related_variety(table)
    >>> found["unrelated_variety"].tolist(), found["related_variety"].tolist(), found["variety"].tolist()
    ([1.0, 0.0], [0.5, 0.0], [1.5, 0.0])
    """
    group_of = _groups(frame, industry, groups, digits)
    torn: list[str] = []

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        number, _ = pd.factorize(np.array([group_of[name] for name in matrix.industries], dtype=object))
        unrelated, related = varieties(matrix.values, number, LOGARITHMS[base])
        whole = entropies(matrix.values, LOGARITHMS[base])
        off = np.abs(unrelated + related - whole) > TOLERANCE * (1 + whole)
        torn.extend(matrix.regions[row] for row in np.flatnonzero(off))
        return {"unrelated_variety": unrelated, "related_variety": related, "variety": whole}

    found = tabulate(frame, Columns(region, industry, value, period), ("region",), kernel, "all values are 0")
    if torn:
        warnings.warn(
            Inconsistent(f"unrelated and related variety do not add up to the entropy in {some(torn)}", torn),
            stacklevel=3,
        )
    return found


def _groups(frame: pd.DataFrame, industry: str, groups: str | None, digits: int) -> dict[str, str]:
    if groups:
        return {name: group for (_, name), group in attribute(frame, industry, column(frame, groups, "groups")).items()}
    codes = column(frame, industry, "industry").unique()
    at_least("digits", digits, 1)
    if short := [code for code in codes if len(code) < digits]:
        raise BadTable(
            f"{where(frame)}column {industry}: {some(short)} has fewer than {digits} characters. Ask for fewer with "
            "digits, or name a column of groups with groups"
        )
    return {code: code[:digits] for code in codes}
