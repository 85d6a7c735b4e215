"""How far the structure of a region is from that of all regions, by its location quotients."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.shares import shares
from kg.measures.table import Columns, Numbers, tabulate

WHY = "the total of the region is 0"


def average_location_quotients(values: Numbers) -> Numbers:
    """Mean of the location quotients of each region, weighted by the shares of the industries in the region.

    Args:
        values: regions x industries, finite, none negative.

    Returns: regions, 1 upwards; NaN where the total of the region is 0.
    """
    own, pooled = shares(values), shares(values.sum(axis=0))
    inverse = np.divide(1.0, pooled, out=np.zeros_like(pooled), where=pooled > 0)
    found: Numbers = (own * own) @ inverse
    return found


@measure
def average_location_quotient(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""The mean location quotient of a region, weighted by the shares of its industries: how specialised it is in all.

    .. math:: \overline{LQ}_r = \sum_i s_{ri} \, LQ_{ri} = \sum_i \frac{s_{ri}^2}{s_i},
        \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}, \quad s_i = \frac{\sum_r x_{ri}}{\sum_{ri} x_{ri}}

    Plain: average LQ = sum over i of s_ri * LQ_ri = sum over i of s_ri^2 / s_i

    Convention:
        Weighted by the shares of the region's own industries (Boschma, Balland and Kogler; `location_quotient_avg` of
        EconGeo), not a plain mean over industries. It is the reciprocal of `hachman`, and 1 plus the chi-squared
        distance of the region from all regions, so never below 1. The reference is all regions of the table together,
        the region itself among them. EconGeo also calls it the coefficient of specialisation of Hoover and Giarratani:
        that is half a sum of absolute differences, here `hoover_specialisation`. The standardised quotient of
        O'Donoghue and Gleave is another thing, a score of each quotient. An industry that no region has counts as 0.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each region,
        average_location_quotient [1]: 1 (the structure of all regions) up to the total of all regions over that of the
            region.

    Degenerate:
        A region whose total is 0 has none: empty, with the warning `NotDefined`. In a table of one region it is 1.

    References:
        - Boschma, R., Balland, P.-A., Kogler, D. F. (2015). Relatedness and technological change in cities: the rise
          and fall of technological knowledge in US metropolitan areas from 1981 to 2010. Industrial and Corporate
          Change 24(1), 223-250. doi:10.1093/icc/dtu012
        - Balland, P.-A. (2017). Economic Geography in R: Introduction to the EconGeo package. Papers in Evolutionary
          Economic Geography 17.09.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> average_location_quotient(table)["average_location_quotient"].tolist()
    [1.25, 1.25]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region",),
        lambda m: {"average_location_quotient": average_location_quotients(m.values)},
        WHY,
    )


@measure
def hachman(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""How alike the industrial structure of a region is to that of all regions, by the location quotients (Hachman).

    .. math:: H_r = \frac{1}{\sum_i s_{ri} \, LQ_{ri}},
        \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    Plain: H = 1 / (sum over i of s_ri * LQ_ri)

    Convention:
        From 0 to 1, not times 100 as some offices print it. The reference is all regions of the table together, the
        region itself among them; so it is never below the share of the region in the total. It is called a measure of
        diversity, but what it measures is likeness to the whole. It is the reciprocal of `average_location_quotient`.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each region,
        hachman [1]: 1 for the structure of all regions, towards 0 the more the region specialises.

    Degenerate:
        A region whose total is 0 has none: empty, with the warning `NotDefined`. In a table of one region it is 1.

    References:
        - Benway, D. J. (2020). Measuring Economic Diversity: The Hachman Index, 2018. Kem C. Gardner Policy Institute,
          University of Utah.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> hachman(table)["hachman"].tolist()
    [0.8, 0.8]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region",),
        lambda m: {"hachman": 1 / average_location_quotients(m.values)},
        WHY,
    )
