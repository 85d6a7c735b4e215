"""How unequally an industry is spread over regions compared with all industries: the locational Gini coefficient."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import NotDefined
from kg.measures.measure import measure
from kg.measures.specialisation.gini import gini_coefficients
from kg.measures.specialisation.location_quotient import location_quotients
from kg.measures.specialisation.shares import Per, rows_per, shares
from kg.measures.table import Columns, Matrix, Numbers, some, tabulate


def localisation_ginis(values: Numbers) -> Numbers:
    """Twice the area between the localisation curve of each row and the diagonal.

    Args:
        values: rows x columns, finite, none negative; industries x regions for the localisation of industries.

    Returns: rows, 0 (spread like all rows together) to 1; NaN where the sum of the row is 0.
    """
    own, whole = shares(values), shares(values.sum(axis=0))
    ratio = np.divide(own, whole, out=np.zeros_like(own), where=whole > 0)
    order = np.argsort(ratio, axis=1)
    sorted_shares = np.take_along_axis(own, order, axis=1)
    height = 2 * np.cumsum(sorted_shares, axis=1) - sorted_shares
    found: Numbers = 1 - np.einsum("ir,ir->i", whole[order], height)
    return np.maximum(found, 0.0)


def quotient_ginis(values: Numbers) -> Numbers:
    """The Gini coefficient of the location quotients of each row, every column with a total counting once.

    Args:
        values: rows x columns, finite, none negative; industries x regions for the localisation of industries.

    Returns: rows, 0 to 1 - 1 / columns; NaN where the sum of the row is 0.
    """
    return gini_coefficients(location_quotients(values[:, values.sum(axis=0) > 0]))


@measure
def locational_gini(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    convention: Literal["krugman", "hoover", "quotients"] = "krugman",
    per: Per = "industry",
) -> pd.DataFrame:
    r"""How unequally an industry is spread over regions, compared with all industries: the locational Gini coefficient.

    .. math:: G_i = c \left( 1 - \sum_{k=1}^n w_{(k)} \left( C_{(k)} + C_{(k-1)} \right) \right),
        \quad C_{(k)} = \sum_{j \le k} s_{(j)i},
        \quad c = \begin{cases} \frac{1}{2} & \text{krugman} \\ 1 & \text{hoover} \end{cases}

    .. math:: G_i = \frac{\sum_q \sum_r |LQ_{qi} - LQ_{ri}|}{2 n^2 \, \overline{LQ}_i} \quad \text{quotients}

    Plain: G = c * (1 - sum over k of w_(k) * (C_(k) + C_(k-1))); or the Gini coefficient of the location quotients

    Convention:
        s is the share of a region in the industry, w its share in all industries, LQ = s / w; the regions are in the
        order of LQ, the lowest first, and C is the sum of s up to a region. The reference is all industries of the
        table together, the industry itself among them. For no comparison at all see `gini` per industry: which of the
        two the Gini coefficient of Liu's paper is, of Chinese industry over 31 provinces, that paper does not say. Per
        region it is the other way round: how the structure of each region differs from that of all regions
        (`gini.spec` of REAT).

        Three conventions are in use, and they differ. `krugman`: the area between the localisation curve (C over the
        sum of w) and the diagonal, so at most 1/2 (Krugman 1991; EconGeo). `hoover`: the same over the area of the
        triangle, twice as much, at most 1 (Hoover 1936; Kim 1995). In both a region counts by its share in all
        industries. `quotients`: the Gini coefficient of the location quotients, where each region counts once whatever
        its size, at most 1 - 1/n (Farhauer and Kröll; `gini.conc` of REAT); the form of Kim, Barkley and Henry (2000),
        at most 1/2, is n / (2 (n - 1)) times that.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        convention: `krugman` for the area, `hoover` for the area over the triangle, `quotients` for the Gini
            coefficient of the location quotients.
        per: industry (each over regions) or region (each over industries).

    Returns: a row for each industry, or for each region,
        locational_gini [1]: 0 (spread like all industries) to 1/2, 1 or 1 - 1/n by the convention.

    Degenerate:
        An industry whose total is 0 has none: empty, with the warning `NotDefined`. Regions whose total is 0 have no
        quotient: they do not matter to the area, and are left out of `quotients`, with the warning `NotDefined`. In
        a table of one region it is 0.

    References:
        - Krugman, P. (1991). Geography and Trade. MIT Press, pp. 55-56.
        - Hoover, E. M. (1936). The measurement of industrial localization. The Review of Economics and Statistics
          18(4), 162-171. doi:10.2307/1927875
        - Kim, S. (1995). Expansion of markets and the geographic distribution of economic activities: the trends in
          U.S. regional manufacturing structure, 1860-1987. The Quarterly Journal of Economics 110(4), 881-908.
          doi:10.2307/2946643
        - Kim, Y., Barkley, D. L., Henry, M. S. (2000). Industry characteristics linked to establishment concentrations
          in nonmetropolitan areas. Journal of Regional Science 40(2), 234-259.
          doi:10.1111/0022-4146.00173
        - Farhauer, O., Kröll, A. (2013). Standorttheorien: Regional- und Stadtökonomik in Theorie und Praxis. Springer.
        - Liu, M. (n.d.). Research on the Development Status and Countermeasures of Industrial Clusters, figure 2.
        - Wieland, T. (2019). REAT: A Regional Economic Analysis Toolbox for R. REGION 6(3), R1-R57.
          doi:10.18335/region.v6i3.267

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> locational_gini(table)
      industry  locational_gini
    0    steel            0.125
    1      tea            0.125
    """

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        values = rows_per(matrix, per)
        if convention == "quotients":
            names = matrix.regions if per == "industry" else matrix.industries
            if without := [name for name, total in zip(names, values.sum(axis=0), strict=True) if total == 0]:
                warnings.warn(NotDefined(f"no quotient for {some(without)} (total 0): left out", without), stacklevel=2)
            return {"locational_gini": quotient_ginis(values)}
        return {"locational_gini": localisation_ginis(values) * (0.5 if convention == "krugman" else 1.0)}

    columns = Columns(region, industry, value, period)
    return tabulate(frame, columns, (per,), kernel, "its total is 0")
