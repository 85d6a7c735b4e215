"""What part of a region's growth is the nation's, its industries', and its own."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import BadParameter, BadTable, Inconsistent, NotDefined, UnknownName
from kg.measures.measure import measure
from kg.measures.specialisation.attribute import empty_cells
from kg.measures.table import EXCESS, Columns, Matrix, Numbers, axes_frame, column, gathered, matrices, some, where


def shift_shares(
    start: Numbers, end: Numbers, nation_start: Numbers, nation_end: Numbers, growth: float
) -> dict[str, Numbers]:
    """Dunn's three parts of the change of each region and industry.

    Args:
        start, end: regions x industries, finite, none negative.
        nation_start, nation_end: for each industry; where it is 0 at the start, so are the regions.
        growth: end over start of all industries of the nation.

    Returns: `change`, `national`, `industry_mix` and `regional`, each regions x industries; the last three add up to
        the first.
    """
    of_industry = _growth(nation_start, nation_end)
    return {
        "change": end - start,
        "national": start * (growth - 1.0),
        "industry_mix": start * (of_industry - growth) + 0.0,  # no negative zero
        "regional": end - start * of_industry,
    }


def homothetic_parts(
    start: Numbers, end: Numbers, nation_start: Numbers, nation_end: Numbers, nation: float
) -> dict[str, Numbers]:
    """Esteban-Marquillas's two parts of the regional part of `shift_shares`.

    Args:
        start, end: regions x industries, finite, none negative.
        nation_start, nation_end: for each industry.
        nation: sum of all industries of the nation at the start.

    Returns: `homothetic` values, `competitive` and `allocation`, each regions x industries; the last two add up to the
        regional part. They are 0 where start and end are 0, and NaN where only the start is.
    """
    homothetic = start.sum(axis=1)[:, None] * (nation_start / nation)
    with np.errstate(divide="ignore", invalid="ignore"):
        lead = end / start - _growth(nation_start, nation_end)
    lead[start == 0] = np.nan
    lead[(start == 0) & (end == 0)] = 0.0
    return {"homothetic": homothetic, "competitive": homothetic * lead, "allocation": (start - homothetic) * lead}


def _growth(start: Numbers, end: Numbers) -> Numbers:
    """End over start; 1 where the start is 0, which only stands beside a start of 0 in the regions."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(start > 0, end / start, 1.0)


@measure
def shift_share(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str = "period",
    start: str | None = None,
    end: str | None = None,
    method: Literal["dunn", "esteban-marquillas"] = "dunn",
    per: Literal["industry", "region"] = "industry",
    nation: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""What part of a region's growth is that of the nation, of its mix of industries, and of the region itself.

    .. math:: \Delta x_{ri} = \underbrace{x_{ri}\, g}_{\text{national}} + \underbrace{x_{ri}\,(g_i - g)}_{\text{mix}}
        + \underbrace{x_{ri}\,(g_{ri} - g_i)}_{\text{regional}}

    .. math:: x_{ri}(g_{ri} - g_i) = \underbrace{\hat x_{ri}\,(g_{ri} - g_i)}_{\text{competitive}}
        + \underbrace{(x_{ri} - \hat x_{ri})(g_{ri} - g_i)}_{\text{allocation}}, \quad
        \hat x_{ri} = x_r \frac{x_i}{x}

    Plain: change = x * g + x * (g_i - g) + x * (g_ri - g_i); x at the start, g growth from start to end

    Convention:
        The classical identity of Dunn, in values at the start: g is the growth rate of the nation in all industries,
        g_i of the nation in the industry, g_ri of the region in it. The nation is all regions of the table together,
        or a table of its own. The regional part is also called differential or competitive. The parts add up to the
        change for each industry, and so for each region.

        With `method` esteban-marquillas the regional part is divided once more: the competitive part is what it would
        be if the region had the nation's mix of industries (the homothetic values, of the start), the allocation part
        what is due to its being specialised where it leads or lags. The regional part remains in the answer, as their
        sum.

        A region without a row for an industry in a period counts as 0 there; where the value of one period is empty,
        the industry of that region is left out of both. An industry that is 0 in the whole nation at the start has no
        growth rate: its change counts as regional. An industry that a region has neither at the start nor at the end
        has a competitive and an allocation part of 0.

    Args:
        frame: a row for each region, industry and period.
        region, industry: as in `Columns`.
        value: column of values (employment, output at constant prices ...), in one unit, none negative.
        period: column of periods.
        start: the first of the two periods; none where the table has two.
        end: the last of the two periods; none where the table has two.
        method: dunn (three parts) or esteban-marquillas (four).
        per: industry (a row for each region and industry) or region (their sums).
        nation: table with the same columns but no regions, if the nation is more than the regions.

    Returns: a row for each region and industry, or for each region,
        change [value]: value at the end less that at the start.
        national [value]: the change, had it grown as the nation did.
        industry_mix [value]: what more it would have grown, had each industry grown as in the nation.
        regional [value]: what more each industry grew than in the nation.
        homothetic [value]: value at the start, had the region the nation's mix; with esteban-marquillas only.
        competitive [value]: part of the regional, at homothetic values; with esteban-marquillas only.
        allocation [value]: the other part of the regional, due to specialisation; with esteban-marquillas only.

    Degenerate:
        For one region that is the nation the mix adds up to 0 and the regional part is 0. An industry new to the
        nation counts as regional, with the warning `NotDefined`. An industry new to a region has no growth rate there,
        so no competitive and allocation part: empty, with the warning `NotDefined`.

    Warns:
        Inconsistent: a region has values in one of the periods only, or the regions add up to more than the nation.

    References:
        - Dunn, E. S. (1960). A statistical and analytical technique for regional analysis. Papers of the Regional
          Science Association 6, 97-112. doi:10.1111/j.1435-5597.1960.tb01705.x
        - Esteban-Marquillas, J. M. (1972). A reinterpretation of shift-share analysis. Regional and Urban Economics
          2(3), 249-255.

    >>> import pandas as pd
    >>> rows = [("a", "steel", 10, 11), ("a", "tea", 10, 16), ("b", "steel", 30, 33), ("b", "tea", 10, 8)]
    >>> table = pd.DataFrame(
    ...     [(r, i, period, value) for r, i, *values in rows for period, value in zip(("2010", "2020"), values)],
    ...     columns=["region", "industry", "period", "value"],
    ... )
    >>> found = shift_share(table, per="region").round(2)
    >>> found[["change", "national", "industry_mix", "regional"]].to_numpy().tolist()
    [[7.0, 2.67, 0.33, 4.0], [1.0, 5.33, -0.33, -4.0]]
    """
    columns = Columns(region, industry, value, period)
    first, last = _two_periods(frame, period, start, end)
    before, after = _known(frame, columns, _aligned(_at(frame, columns, first, last)))
    _told_of_gaps(before, after, first, last)
    sums = [m.values.sum(axis=0) for m in (before, after)]
    totals = [float(total.sum()) for total in sums]
    if nation is not None:
        sums, totals = _of_nation(nation, columns, (before, after))
    if totals[0] == 0:
        raise BadTable(f"{where(frame)}all values of {first} are 0, so nothing has grown. Name another with start")
    new = [name for name, at, then in zip(before.industries, *sums, strict=True) if at == 0 and then > 0]
    if new:
        warnings.warn(
            NotDefined(f"no growth rate for {some(new)} (0 at the start): its change counts as regional", new),
            stacklevel=3,
        )
    arrays = shift_shares(before.values, after.values, sums[0], sums[1], totals[1] / totals[0])
    if method == "esteban-marquillas":
        arrays |= homothetic_parts(before.values, after.values, sums[0], sums[1], totals[0])
    axes: dict[str, Sequence[str]] = {"region": before.regions}
    if per == "industry":
        axes["industry"] = before.industries
    else:
        arrays = {name: array.sum(axis=1) for name, array in arrays.items()}
    return gathered([(None, axes_frame(axes, arrays))], list(axes), "the value is 0 at the start")


def _two_periods(frame: pd.DataFrame, period: str, start: str | None, end: str | None) -> tuple[str, str]:
    known = sorted(column(frame, period, "period").unique())
    for name in (start, end):
        if name is not None and name not in known:
            raise UnknownName("period", name, known, f"There are: {some(known)}")
    if start is None or end is None:
        if len(known) != 2 or start is not None or end is not None:
            raise BadParameter(f"{where(frame)}column {period} has {some(known)}. Name two of them with start and end")
        start, end = known
    if start == end:
        raise BadParameter(f"start and end are both {start}. Name two periods")
    return start, end


def _at(frame: pd.DataFrame, columns: Columns, *periods: str) -> list[Matrix]:
    """The matrices of some periods, in the order asked for."""
    named = column(frame, str(columns.period), "period")
    found = {m.period: m for m in matrices(frame[named.isin(periods)], columns)}
    if missing := [name for name in periods if name not in found]:
        raise BadTable(f"{where(frame)}there are no values of {some(missing)}. Fill column {columns.value}")
    return [found[name] for name in periods]


def _aligned(given: Sequence[Matrix]) -> list[Matrix]:
    """The matrices with the regions and industries of all of them, 0 where one has none."""
    regions = tuple(dict.fromkeys(name for m in given for name in m.regions))
    industries = tuple(dict.fromkeys(name for m in given for name in m.industries))
    row, place = ({name: i for i, name in enumerate(names)} for names in (regions, industries))
    found = []
    for m in given:
        values = np.zeros((len(regions), len(industries)))
        values[np.ix_([row[name] for name in m.regions], [place[name] for name in m.industries])] = m.values
        found.append(Matrix(values, regions, industries, m.period))
    return found


def _known(frame: pd.DataFrame, columns: Columns, given: Sequence[Matrix]) -> list[Matrix]:
    """The matrices with 0 at both periods where the value of one is empty."""
    unknown_of = empty_cells(frame, columns)
    unknown = np.any([unknown_of(m) for m in given], axis=0)
    return [replace(m, values=np.where(unknown, 0.0, m.values)) for m in given]


def _told_of_gaps(before: Matrix, after: Matrix, first: str, last: str) -> None:
    for matrix, name in ((before, first), (after, last)):
        gone = [region for region, total in zip(matrix.regions, matrix.values.sum(axis=1), strict=True) if total == 0]
        if gone:
            warnings.warn(
                Inconsistent(
                    f"nothing in {name} for {some(gone)}, which has values in the other period: counts as 0", gone
                ),
                stacklevel=4,
            )


def _of_nation(nation: pd.DataFrame, columns: Columns, regions: Sequence[Matrix]) -> tuple[list[Numbers], list[float]]:
    """The nation at the start and the end: in the industries of the regions, and in all of its own."""
    as_regions = Columns(str(columns.industry), None, columns.value, columns.period)
    sums, totals = [], []
    for m, at in zip(regions, _at(nation, as_regions, *(str(m.period) for m in regions)), strict=True):
        value_of = dict(zip(at.regions, at.values[:, 0], strict=True))
        if missing := [name for name in m.industries if name not in value_of]:
            raise BadTable(f"{where(nation)}there is no row for {some(missing)} in {m.period}. Add it to the nation")
        mine = np.array([value_of[name] for name in m.industries])
        more = [m.industries[i] for i in np.flatnonzero(m.values.sum(axis=0) > mine * (1 + EXCESS))]
        if more:
            warnings.warn(
                Inconsistent(f"the regions add up to more than the nation in {m.period}: {some(more)}", more),
                stacklevel=4,
            )
        sums.append(mine)
        totals.append(float(at.values.sum()))
    return sums, totals
