"""How the industrial structure of a region differs from that of others, after Krugman."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.errors import UnknownName
from kg.measures.measure import measure
from kg.measures.specialisation.pairs import tabulate_pairs
from kg.measures.specialisation.shares import Reference, reference_shares, shares
from kg.measures.table import Columns, Numbers, axes_frame, gathered, matrices, some, tabulate

WHY = "the total of the region, or of what it is compared with, is 0"


def krugman_index(own: Numbers, reference: Numbers) -> Numbers:
    """Krugman's index of structures against others.

    Args:
        own: ... x industries, shares.
        reference: shares, of a shape that goes with it.

    Returns: without the last axis, 0 (equal) to 2 (nothing in common); NaN where a share is NaN.
    """
    difference = own - reference
    found: Numbers = np.abs(difference, out=difference).sum(axis=-1)
    return found


def krugman_indices(values: Numbers, reference: Reference) -> Numbers:
    """Krugman's index of each region.

    Args:
        values: regions x industries, finite, none negative.
        reference: as of `reference_shares`.

    Returns: regions; NaN where the total of the region or of its reference is 0.
    """
    return krugman_index(shares(values), reference_shares(values, reference))


def krugman_of_pairs(values: Numbers) -> Numbers:
    """Krugman's index of all pairs of regions.

    Args:
        values: regions x industries, finite, none negative.

    Returns: pairs, in the order first with second, third ..., second with third ...; NaN where a region's total is 0.
    """
    from scipy.spatial.distance import pdist

    found: Numbers = pdist(shares(values), "cityblock") if len(values) > 1 else np.empty(0)
    return found


@measure
def krugman_specialisation(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    reference: Reference = "pooled",
) -> pd.DataFrame:
    r"""How much the industrial structure of a region differs from that of all regions, or of the other regions.

    .. math:: K_r = \sum_i |s_{ri} - \bar s_{ri}|, \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    .. math:: \bar s_{ri} = \begin{cases}
        \sum_q x_{qi} / \sum_{qi} x_{qi} & \text{pooled} \\
        \sum_{q \ne r} x_{qi} / \sum_i \sum_{q \ne r} x_{qi} & \text{rest} \\
        \frac{1}{n - 1} \sum_{q \ne r} s_{qi} & \text{mean}
        \end{cases}

    Plain: K = sum over i of |s_ri - reference share of i|

    Convention:
        The index goes from 0 to 2, that is, it is not halved (half of the pooled one is `hoover_specialisation`). The
        literature has three references. `pooled`: the total of all regions, the region itself among them (EconGeo), so
        that a region that makes up most of the total cannot differ much from it. `rest`: the total of all others
        (Midelfart-Knarvik and others); this is the sound form of formula 1 of Zhao, Wu and Qin, which is printed with
        the share of one other region in the sum and a stray s behind it, while the share defined below it is that of
        all others together, and the results are one value for each city. `mean`: the mean of the shares of the others,
        where each counts once whatever its size (Farhauer and Kröll; the R package REAT). With one other region as the
        reference, as in Krugman's own tables, it is `krugman_pairs`. A region without a row for an industry counts as 0
        there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        reference: `pooled` for all regions together, `rest` for all others together, `mean` for the mean of the others.

    Returns: a row for each region,
        krugman_specialisation [1]: sum of the absolute differences of the shares, 0 (equal) to 2 (nothing in common).

    Degenerate:
        A region whose total is 0 has no index: empty, with the warning `NotDefined`. In a table of one region the
        pooled index is 0, and the others are not defined, since there is no other region.

    References:
        - Krugman, P. (1991). Geography and Trade. MIT Press, pp. 75-76.
        - Midelfart-Knarvik, K. H., Overman, H. G., Redding, S. J., Venables, A. J. (2000). The location of European
          industry. European Commission, Economic Papers 142.
        - Farhauer, O., Kröll, A. (2013). Standorttheorien: Regional- und Stadtökonomik in Theorie und Praxis. Springer.
        - Wieland, T. (2019). REAT: A Regional Economic Analysis Toolbox for R. REGION 6(3), R1-R57.
          doi:10.18335/region.v6i3.267
        - Zhao, X., Wu, Z., Qin, R. (n.d.). Construction Strategy of Industrial Coordination System of Secondary Urban
          Agglomerations in the Context of Low Carbon Economy, formula 1.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 4.0), ("b", "tea", 1.0), ("c", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> krugman_specialisation(table, reference="rest").loc[0, "krugman_specialisation"]
    np.float64(0.5)
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region",),
        lambda m: {"krugman_specialisation": krugman_indices(m.values, reference)},
        WHY,
    )


@measure
def krugman_pairs(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""How much the industrial structures of two regions differ, for every pair of regions.

    .. math:: K_{rq} = \sum_i |s_{ri} - s_{qi}|, \quad s_{ri} = \frac{x_{ri}}{\sum_i x_{ri}}

    Plain: K = sum over i of |s_ri - s_qi|

    Convention:
        The reference is one other region, as in Krugman's own tables and as Kim's index of regional specialisation. For
        all regions, or all others, as the reference see `krugman_specialisation`. It goes from 0 to 2, that is, it is
        not halved; K = 2 (1 - S) with the sum of minimum shares S of `minimum_shares_pairs`. A region without a row for
        an industry counts as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each pair of regions, each pair once,
        krugman_pairs [1]: sum of the absolute differences of the shares, 0 (equal) to 2 (nothing in common).

    Degenerate:
        Pairs with a region whose total is 0 have no index: empty, with the warning `NotDefined`. A table of one region
        has no pairs, and the answer no rows.

    References:
        - Krugman, P. (1991). Geography and Trade. MIT Press, pp. 75-76.
        - Kim, S. (1995). Expansion of markets and the geographic distribution of economic activities: the trends in
          U.S. regional manufacturing structure, 1860-1987. The Quarterly Journal of Economics 110(4), 881-908.
          doi:10.2307/2946643

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> krugman_pairs(table)
      region other_region  krugman_pairs
    0      a            b            1.0
    """
    columns = Columns(region, industry, value, period)
    return tabulate_pairs(frame, columns, "krugman_pairs", krugman_of_pairs, "the total of one of them is 0")


@measure
def krugman_terms(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    reference: Reference = "pooled",
    against: str | None = None,
) -> pd.DataFrame:
    r"""Which industries make the structure of a region differ: the terms whose sum is Krugman's index.

    .. math:: k_{ri} = |s_{ri} - \bar s_{ri}|, \quad \sum_i k_{ri} = K_r

    Plain: k = |s_ri - reference share of i|; the terms of a region sum to K

    Convention:
        The reference is as in `krugman_specialisation`; or, with `against`, that one region, and the terms sum to the
        index of the pair in `krugman_pairs`. The term is absolute: whether the region has more or less of the industry
        is seen by the two shares. Since the differences of a region sum to 0, half of its index are terms of industries
        of which it has more, and no term is above half of the index. So the specialisation of single industries that
        Zhao, Wu and Qin print (up to 1.05, in a city whose index is 0.56) cannot be these terms; they do not say how
        they compute it.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        reference: `pooled` for all regions together, `rest` for all others together, `mean` for the mean of the others.
        against: one region with which all are compared, instead of the reference.

    Returns: a row for each region and industry,
        term [1]: absolute difference of the two, 0 to 1.
        share [1]: share of the industry in the region, 0 to 1.
        reference_share [1]: share of the industry in what the region is compared with, 0 to 1.

    Degenerate:
        As of `krugman_specialisation`; also empty, with the warning `NotDefined`, in periods without the region
        `against`.

    Raises:
        UnknownName: the table has no region `against`.

    References:
        - Krugman, P. (1991). Geography and Trade. MIT Press, pp. 75-76.
        - Zhao, X., Wu, Z., Qin, R. (n.d.). Construction Strategy of Industrial Coordination System of Secondary Urban
          Agglomerations in the Context of Low Carbon Economy, formula 1 and figure 5.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> krugman_terms(table)[:2]
      region industry  share  reference_share  term
    0      a    steel   0.75              0.5  0.25
    1      a      tea   0.25              0.5  0.25
    """
    found = matrices(frame, Columns(region, industry, value, period))
    known = dict.fromkeys(name for matrix in found for name in matrix.regions)
    if against is not None and against not in known:
        raise UnknownName("region", against, known, f"There are: {some(list(known))}")
    parts = []
    for matrix in found:
        own = shares(matrix.values)
        if against is None:
            other = reference_shares(matrix.values, reference)
        else:
            other = own[matrix.regions.index(against)] if against in matrix.regions else np.full(own.shape[1], np.nan)
        axes = {"region": matrix.regions, "industry": matrix.industries}
        columns = {"share": own, "reference_share": other, "term": np.abs(own - other)}
        parts.append((matrix.period, axes_frame(axes, columns)))
    return gathered(parts, ["region", "industry"], WHY)
