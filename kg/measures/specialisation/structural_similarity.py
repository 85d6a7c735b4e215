"""How alike the industrial structures of regions are: the cosine, and the part that is the same."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.krugman import krugman_of_pairs
from kg.measures.specialisation.pairs import tabulate_pairs
from kg.measures.specialisation.shares import Reference, reference_shares, shares
from kg.measures.table import Columns, Numbers, tabulate

WHY = "the total of one of them is 0"


def similarities(values: Numbers, reference: Reference) -> Numbers:
    """Cosine of the shares of each region and those that it is compared with.

    Args:
        values: regions x industries, finite, none negative.
        reference: as of `reference_shares`.

    Returns: regions, 0 to 1; NaN where the total of the region or of its reference is 0.
    """
    found: Numbers = (_unit(shares(values)) * _unit(reference_shares(values, reference))).sum(axis=1)
    return np.minimum(found, 1.0)


def similarities_of_pairs(values: Numbers) -> Numbers:
    """Cosine of the shares of all pairs of regions.

    Args:
        values: regions x industries, finite, none negative.

    Returns: pairs, in the order first with second, third ..., second with third ..., 0 to 1; NaN where a total is 0.
    """
    unit = _unit(shares(values))
    return np.minimum((unit @ unit.T)[np.triu_indices(len(unit), 1)], 1.0)


def minimum_shares(own: Numbers, other: Numbers) -> Numbers:
    """The part of structures that is the same.

    Args:
        own: ... x industries, shares.
        other: shares, of a shape that goes with it.

    Returns: without the last axis, 0 (nothing in common) to 1 (equal); NaN where a share is NaN.
    """
    found: Numbers = np.minimum(own, other).sum(axis=-1)
    return found


def minimum_shares_of_pairs(values: Numbers) -> Numbers:
    """The part that is the same of the structures of all pairs of regions: 1 - K / 2 with Krugman's index.

    Args:
        values: regions x industries, finite, none negative.

    Returns: pairs, in the order first with second, third ..., second with third ...; NaN where a region's total is 0.
    """
    return np.maximum(1 - krugman_of_pairs(values) / 2, 0.0)


def _unit(values: Numbers) -> Numbers:
    found: Numbers = values / np.linalg.norm(values, axis=-1, keepdims=True)
    return found


@measure
def structural_similarity(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    reference: Reference = "pooled",
) -> pd.DataFrame:
    r"""How alike the structure of a region is to that of all regions, or of the others: UNIDO's similarity coefficient.

    .. math:: S_r = \frac{\sum_i s_{ri} \, \bar s_{ri}}{\sqrt{\sum_i s_{ri}^2 \, \sum_i \bar s_{ri}^2}},
        \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    Plain: S = sum of s_ri * reference share / sqrt(sum of s_ri^2 * sum of reference share^2)

    Convention:
        The cosine of the shares, which is also the cosine of the values; no mean is taken off, so it is not a
        correlation, and large industries weigh most. The references are those of `krugman_specialisation`: `pooled` for
        all regions together, the region itself among them, `rest` for all others together, `mean` for the mean of the
        shares of the others. For pairs of regions see `structural_similarity_pairs`. A region without a row for an
        industry counts as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        reference: `pooled` for all regions together, `rest` for all others together, `mean` for the mean of the others.

    Returns: a row for each region,
        structural_similarity [1]: 0 (no industry in common) to 1 (equal structures).

    Degenerate:
        A region whose total is 0 has none: empty, with the warning `NotDefined`. In a table of one region the pooled
        one is 1, and the others are not defined, since there is no other region. In a table of one industry it is 1.

    References:
        - UNIDO (1979). World Industry since 1960: Progress and Prospects. United Nations, New York.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 4.0), ("b", "steel", 4.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> structural_similarity(table, reference="rest")["structural_similarity"].round(2).tolist()
    [0.96, 0.96]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region",),
        lambda m: {"structural_similarity": similarities(m.values, reference)},
        "the total of the region, or of what it is compared with, is 0",
    )


@measure
def structural_similarity_pairs(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""How alike the structures of two regions are, for every pair of regions: UNIDO's similarity coefficient.

    .. math:: S_{rq} = \frac{\sum_i s_{ri} \, s_{qi}}{\sqrt{\sum_i s_{ri}^2 \, \sum_i s_{qi}^2}},
        \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    Plain: S = sum of s_ri * s_qi / sqrt(sum of s_ri^2 * sum of s_qi^2)

    Convention:
        The cosine of the shares, which is also the cosine of the values; no mean is taken off, so it is not a
        correlation, and large industries weigh most. Similarities of the three sectors of whole economies are near 1
        by nature. A region without a row for an industry counts as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each pair of regions, each pair once,
        structural_similarity_pairs [1]: 0 (no industry in common) to 1 (equal structures).

    Degenerate:
        Pairs with a region whose total is 0 have none: empty, with the warning `NotDefined`. A table of one region has
        no pairs, and the answer no rows. In a table of one industry it is 1.

    References:
        - UNIDO (1979). World Industry since 1960: Progress and Prospects. United Nations, New York.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 4.0), ("b", "steel", 4.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> structural_similarity_pairs(table)["structural_similarity_pairs"].round(2).tolist()
    [0.96]
    """
    columns = Columns(region, industry, value, period)
    return tabulate_pairs(frame, columns, "structural_similarity_pairs", similarities_of_pairs, WHY)


@measure
def minimum_shares_pairs(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""The part of the structures of two regions that is the same, for every pair: the sum of the minimum shares.

    .. math:: S_{rq} = \sum_i \min(s_{ri}, s_{qi}), \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    Plain: S = sum over i of min(s_ri, s_qi)

    Convention:
        Finger and Kreinin's export similarity, which they print from 0 to 100; here from 0 to 1. Since the shares of
        both sum to 1, it is 1 - K/2 with the index K of `krugman_pairs`. A region without a row for an industry counts
        as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry: as in `Columns`.
        value: column of values (exports, output, employment ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.

    Returns: a row for each pair of regions, each pair once,
        minimum_shares_pairs [1]: 0 (no industry in common) to 1 (equal structures).

    Degenerate:
        Pairs with a region whose total is 0 have none: empty, with the warning `NotDefined`. A table of one region has
        no pairs, and the answer no rows.

    References:
        - Finger, J. M., Kreinin, M. E. (1979). A measure of 'export similarity' and its possible uses. The Economic
          Journal 89(356), 905-912. doi:10.2307/2231506

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 1.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> minimum_shares_pairs(table)["minimum_shares_pairs"].tolist()
    [0.75]
    """
    columns = Columns(region, industry, value, period)
    return tabulate_pairs(frame, columns, "minimum_shares_pairs", minimum_shares_of_pairs, WHY)
