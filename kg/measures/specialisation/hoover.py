"""The part of a region, or of an industry, that would have to move for it to be like the whole."""

from __future__ import annotations

import pandas as pd

from kg.measures.measure import measure
from kg.measures.specialisation.krugman import krugman_indices
from kg.measures.table import Columns, Numbers, tabulate


def hoover_coefficients(values: Numbers) -> Numbers:
    """Half the sum of the absolute differences of the shares of each row from those of all rows together.

    Args:
        values: rows x columns, finite, none negative. Regions x industries gives the specialisation of regions,
            industries x regions the localisation of industries.

    Returns: rows, 0 to 1; NaN where the sum of the row is 0.
    """
    return krugman_indices(values, "pooled") / 2


@measure
def hoover_specialisation(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""The part of a region's total that would have to change industry for its structure to be that of all regions.

    .. math:: H_r = \frac{1}{2} \sum_i \left| \frac{x_{ri}}{\sum_i x_{ri}}
        - \frac{\sum_r x_{ri}}{\sum_{ri} x_{ri}} \right|

    Plain: H = 1/2 * sum over i of |x_ri / x_r - x_i / x|

    Convention:
        The coefficient of specialisation of Hoover and Giarratani. The reference is all regions of the table together,
        the region itself among them, and industries are not weighted. It is half of `krugman_specialisation` with the
        reference `pooled`, and `spec_coeff` of EconGeo. A region without a row for an industry counts as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each region,
        hoover_specialisation [1]: 0 (the structure of all regions) to 1.

    Degenerate:
        A region whose total is 0 has none: empty, with the warning `NotDefined`. In a table of one region it is 0.

    References:
        - Hoover, E. M., Giarratani, F. (1985). An Introduction to Regional Economics, 3rd edition. Knopf, table 9-4.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> hoover_specialisation(table)["hoover_specialisation"].tolist()
    [0.25, 0.25]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region",),
        lambda m: {"hoover_specialisation": hoover_coefficients(m.values)},
        "the total of the region is 0",
    )


@measure
def hoover_localisation(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""The part of an industry that would have to change region for it to be spread like all industries.

    .. math:: H_i = \frac{1}{2} \sum_r \left| \frac{x_{ri}}{\sum_r x_{ri}}
        - \frac{\sum_i x_{ri}}{\sum_{ri} x_{ri}} \right|

    Plain: H = 1/2 * sum over r of |x_ri / x_i - x_r / x|

    Convention:
        Half the sum of absolute differences, known as the Hoover index and as Florence's coefficient of localisation;
        from 0 to 1, not times 100 as EconGeo gives it. Hoover's own coefficient of 1936 is the area of the localisation
        curve: that is `locational_gini` with the convention `hoover`. The reference is the total of each region over
        all industries of the table, the industry itself among them. A region without a row for the industry counts as
        0.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each industry,
        hoover_localisation [1]: 0 (spread like all industries) to 1.

    Degenerate:
        An industry whose total is 0 has none: empty, with the warning `NotDefined`. In a table of one region, or of one
        industry, it is 0.

    References:
        - Political and Economic Planning (1939). Report on the Location of Industry in Great Britain. London.
        - Hoover, E. M. (1936). The measurement of industrial localization. The Review of Economics and Statistics
          18(4), 162-171. doi:10.2307/1927875

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> hoover_localisation(table)["hoover_localisation"].tolist()
    [0.25, 0.25]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("industry",),
        lambda m: {"hoover_localisation": hoover_coefficients(m.values.T)},
        "the total of the industry is 0",
    )
