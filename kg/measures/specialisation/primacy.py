"""How far the first city is above the next."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from kg.measures.measure import measure
from kg.measures.specialisation.attribute import attribute
from kg.measures.table import Columns, Numbers, column, gathered, matrices


def primacies(values: Numbers) -> dict[str, float]:
    """Ratios of the largest of some sizes to the next.

    Args:
        values: sizes of cities, finite, none negative.

    Returns: `primacy_ratio`, `four_city_index`, `eleven_city_index`, `second_percent`, `third_percent` and
        `first_share`; NaN where there are too few cities, or those compared with are 0.

    >>> primacies(np.array([2.0, 4.0, 2.0]))["primacy_ratio"]
    2.0
    """
    ranked = np.sort(values)[::-1]
    first = ranked[0]
    return {
        "primacy_ratio": _ratio(first, ranked[1:2], 1),
        "four_city_index": _ratio(first, ranked[1:4], 3),
        "eleven_city_index": _ratio(2 * first, ranked[1:11], 10),
        "second_percent": _percent(ranked[1:2], first),
        "third_percent": _percent(ranked[2:3], first),
        "first_share": _percent(ranked[:1], ranked.sum()),
    }


def _ratio(first: float, others: Numbers, needed: int) -> float:
    return float(first / others.sum()) if len(others) == needed and others.sum() > 0 else np.nan


def _percent(part: Numbers, of: float) -> float:
    return float(100 * part[0] / of) if len(part) and of > 0 else np.nan


@measure
def primacy(
    frame: pd.DataFrame,
    region: str = "region",
    value: str = "value",
    period: str | None = None,
    groups: str | None = None,
) -> pd.DataFrame:
    r"""How far the first city is above the next ones: the primacy ratio, and the four-city and eleven-city indices.

    .. math:: S = \frac{P_1}{P_2}, \quad S_4 = \frac{P_1}{P_2 + P_3 + P_4}, \quad
        S_{11} = \frac{2 P_1}{P_2 + \dots + P_{11}}

    Plain: S = P1 / P2; S4 = P1 / (P2 + P3 + P4); S11 = 2 * P1 / (P2 + ... + P11)

    Convention:
        P1, P2, ... are the sizes in falling order; S is as in the evaluation of the Qinba area, of permanent residents.
        Sizes are to be of one kind: residents of cities, as a rule, not of the municipalities around them. By the
        rank-size rule (P_k = P1 / k) the primacy ratio is 2, the four-city index 12/13 and the eleven-city index 0.99,
        so 2, 1 and 1 are the usual yardsticks. The four-city index is that of the first over the sum of the next three;
        others divide by the sum of all four. Jefferson gave the second and third in percent of the first, which are
        here too.

    Args:
        frame: a row for each city (and period).
        region: column of cities.
        value: column of sizes (residents ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        groups: column of what the cities are in (provinces, countries), each computed on its own; none for all
            cities together.

    Returns: one row, or one for each group (column `group`),
        first: the largest city; the first named of several.
        second: the next.
        primacy_ratio [1]: size of the first over the second, 1 upwards.
        four_city_index [1]: size of the first over the next three together.
        eleven_city_index [1]: twice the size of the first over the next ten together.
        second_percent [%]: size of the second in percent of the first.
        third_percent [%]: size of the third in percent of the first.
        first_share [%]: size of the first in percent of all cities of the table.

    Degenerate:
        An index for which there are too few cities, or whose divisor is 0, is empty, with the warning `NotDefined`.
        All equal give 1, 1/3, 1/5 and 100 %.

    References:
        - Jefferson, M. (1939). The law of the primate city. Geographical Review 29(2), 226-232. doi:10.2307/209944
        - Davis, K. (1969). World Urbanization 1950-1970, vol. 1. Institute of International Studies, University of
          California, Berkeley.
        - Zhou, Y. (1995). Urban Geography (in Chinese). The Commercial Press, Beijing.
        - Liu, J., Tang, J., Huang, J., Ren, H., Zhou, Y., Li, J., Cai, Y. (2020). Developing strategic emerging and
          high-growth green industries in the Qinba Mountain Area. Strategic Study of CAE 22(1), 39-49, table 1.
          doi:10.15302/J-SSCAE-2020.01.014

    >>> import pandas as pd
    >>> table = pd.DataFrame({"region": ["a", "b", "c", "d"], "value": [4, 12, 3, 1]})
    >>> import warnings
    >>> with warnings.catch_warnings():
    ...     warnings.simplefilter("ignore")  # there are no eleven
    ...     primacy(table)[["first", "primacy_ratio", "four_city_index"]].to_numpy().tolist()
    [['b', 3.0, 1.5]]
    """
    columns = Columns(region, None, value, period)
    group_of = attribute(frame, region, column(frame, groups, "groups"), period) if groups else None
    parts = []
    for m in matrices(frame, columns):
        names, sizes = np.array(m.regions, dtype=object), m.values[:, 0]
        members: dict[str, list[int]] = {}
        for row, name in enumerate(m.regions):
            members.setdefault(group_of[m.period, name] if group_of is not None else "", []).append(row)
        found = pd.DataFrame([_row(names[rows], sizes[rows]) for rows in members.values()])
        if group_of is not None:
            found.insert(0, "group", list(members))
        parts.append((m.period, found))
    why = "fewer than two, three, four or eleven cities, or all others are 0"
    return gathered(parts, ["group"] if groups else [], why)


def _row(names: NDArray[np.object_], sizes: Numbers) -> dict[str, object]:
    order = np.argsort(-sizes, kind="stable")
    second = names[order[1]] if len(order) > 1 else ""
    return {"first": names[order[0]], "second": second, **primacies(sizes)}
