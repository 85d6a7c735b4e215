"""How much more of a region an industry makes up than of all regions together."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.measure import measure
from kg.measures.table import Columns, Numbers, tabulate


def location_quotients(values: Numbers) -> Numbers:
    """Location quotients of a matrix.

    Args:
        values: regions x industries, finite, none negative.

    Returns: regions x industries, 0 upwards; NaN where the total of the region or of the industry is 0.
    """
    regions, industries, total = values.sum(axis=1), values.sum(axis=0), values.sum()
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = values * (total / regions)[:, None]
        found /= industries
    return found


@measure
def location_quotient(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
) -> pd.DataFrame:
    r"""How much more of a region's total an industry makes up than of the total of all regions.

    .. math:: LQ_{ri} = \frac{x_{ri} / \sum_i x_{ri}}{\sum_r x_{ri} / \sum_{ri} x_{ri}}

    Plain: LQ = (x_ri / x_r) / (x_i / x)

    Convention:
        The reference is all regions of the table together, the region itself among them. Above 1 the region
        specialises in the industry; with values of exports this is the revealed comparative advantage of Balassa.
        A region without a row for an industry counts as 0 there.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.

    Returns: a row for each region and industry,
        location_quotient [1]: share of the industry in the region over its share in all regions, 0 upwards.

    Degenerate:
        Where the total of a region or of an industry is 0 there is no quotient: empty, with the warning `NotDefined`.
        In a table of one region every quotient is 1.

    References:
        - Political and Economic Planning (1939). Report on the Location of Industry in Great Britain. London.
        - Balassa, B. (1965). Trade liberalisation and "revealed" comparative advantage. The Manchester School 33(2),
          99-123. doi:10.1111/j.1467-9957.1965.tb00050.x

    >>> import pandas as pd
    >>> rows = [("a", "steel", 3.0), ("a", "tea", 1.0), ("b", "steel", 1.0), ("b", "tea", 3.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> location_quotient(table)["location_quotient"].tolist()
    [1.5, 0.5, 0.5, 1.5]
    """
    return tabulate(
        frame,
        Columns(region, industry, value, period),
        ("region", "industry"),
        lambda m: {"location_quotient": location_quotients(m.values)},
        "the total of the region or of the industry is 0",
    )
