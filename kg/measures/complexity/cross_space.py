"""Relatedness between two kinds of activity of the same regions, such as what is taught and what is made there."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

import pandas as pd

from kg.errors import BadTable, MissingValues
from kg.measures.complexity.density import densities
from kg.measures.complexity.presence import present
from kg.measures.complexity.proximity import proximities
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, axes_frame, check_size, gathered, matrices, some, where


def paired(first: Sequence[Matrix], second: Sequence[Matrix], of: pd.DataFrame) -> list[tuple[Matrix, Matrix]]:
    """The matrices of the same periods, cut to the same regions in the same order.

    Args:
        first, second: of the one table and of the other, by period.
        of: the one table, for messages.

    Raises:
        BadTable: the two have no period, or no region of a period, in common.

    Warns:
        MissingValues: a period or a region is in one of the two alone.
    """
    other = {matrix.period: matrix for matrix in second}
    found, alone = [], [str(period) for period in {m.period for m in first} ^ other.keys()]
    for matrix in first:
        if matrix.period in other:
            both = [region for region in matrix.regions if region in set(other[matrix.period].regions)]
            alone += {*matrix.regions, *other[matrix.period].regions} - set(both)
            if both:
                found.append((_cut(matrix, both), _cut(other[matrix.period], both)))
    if not found:
        raise BadTable(f"{where(of)}no region is in both tables. Name regions and periods the same in both")
    if alone:
        names = sorted(set(alone))
        text = f"{where(of)}in one of the two tables alone: {some(names)}: left out"
        warnings.warn(MissingValues(text, names), stacklevel=2)
    return found


def _cut(matrix: Matrix, regions: Sequence[str]) -> Matrix:
    place = {region: number for number, region in enumerate(matrix.regions)}
    values = matrix.values[[place[region] for region in regions]]
    return Matrix(values, tuple(regions), matrix.industries, matrix.period)


@measure
def cross_space_proximity(
    frame: pd.DataFrame,
    other: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    other_industry: str = "industry",
    other_value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    other_threshold: float = 1.0,
    other_binary: bool = False,
) -> pd.DataFrame:
    r"""How often regions that specialise in one kind of activity specialise in one of another kind.

    .. math:: \phi_{ab} = \min\{P(M_a \mid M_b),\, P(M_b \mid M_a)\}
        = \frac{\sum_r M_{ra} M_{rb}}{\max(\sum_r M_{ra}, \sum_r M_{rb})}

    Plain: phi_ab = n_ab / max(n_a, n_b), n the number of regions that specialise (in both)

    Convention:
        Catalán et al. (2022), who relate scientific fields to technologies; the proximity is that of Hidalgo et al.
        (2007), between two tables instead of within one, so that there is no diagonal. Only regions of both tables
        count, and the location quotients are taken among them. M is 1 where the quotient reaches the threshold (equal
        counts as reached) and the value is above 0.
        Own code: econcomplex 1.0.1 gives the same numbers, but 0 for an activity that no region has.

    Args:
        frame: a row for each region and activity of the first kind (and period).
        other: a row for each region and activity of the second kind (and period).
        region: column of regions, in both tables.
        industry: column of activities of the first kind.
        value: column of values of the first table, in one unit, none negative.
        other_industry: column of activities of the second kind, in the other table.
        other_value: column of values of the other table, in one unit, none negative.
        period: column of periods, in both tables, each of which is computed on its own.
        threshold: the location quotient from which a region specialises in an activity of the first kind.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        other_threshold: as threshold, for the other table.
        other_binary: as binary, for the other table.

    Returns: a row for each pair of an activity of the first and one of the second kind,
        cross_proximity [1]: from 0 (never in the same region) to 1 (always together).

    Degenerate:
        An activity in which no region specialises is near nothing that could be known: its pairs are empty, with the
        warning `NotDefined`. Regions that are in one table alone are left out, with the warning `MissingValues`.

    References:
        - Catalán, P., Navarrete, C., Figueroa, F. (2022). The scientific and technological cross-space: is
          technological diversification driven by scientific endogenous capacity? Research Policy 51(8), 104016.
          doi:10.1016/j.respol.2020.104016
        - Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the
          development of nations. Science 317(5837), 482-487. doi:10.1126/science.1144581

    >>> import pandas as pd
    >>> taught = pd.DataFrame({"region": ["a", "b", "b"], "industry": ["mining", "mining", "law"], "value": 1})
    >>> made = pd.DataFrame({"region": ["a", "b"], "industry": ["steel", "tea"], "value": 1})
    >>> found = cross_space_proximity(taught, made, binary=True, other_binary=True)
    >>> print(found.to_string(index=False))
    industry other_industry  cross_proximity
      mining          steel              0.5
      mining            tea              0.5
         law          steel              0.0
         law            tea              1.0
    """
    parts = []
    second = matrices(other, Columns(region, other_industry, other_value, period))
    for matrix, beside in paired(matrices(frame, Columns(region, industry, value, period)), second, frame):
        axes = {"industry": matrix.industries, "other_industry": beside.industries}
        check_size(len(matrix.industries) * len(beside.industries))
        here = present(matrix, threshold, binary, frame)
        there = present(beside, other_threshold, other_binary, other)
        parts.append((matrix.period, axes_frame(axes, {"cross_proximity": proximities(here, there)})))
    return gathered(parts, ("industry", "other_industry"), "no region specialises in one of the two")


@measure
def cross_space_relatedness(
    frame: pd.DataFrame,
    other: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    other_industry: str = "industry",
    other_value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    other_threshold: float = 1.0,
    other_binary: bool = False,
) -> pd.DataFrame:
    r"""How close an activity of one kind lies to what a region specialises in of another kind.

    .. math:: \omega_{rb} = \frac{\sum_a M_{ra} \phi_{ab}}{\sum_a \phi_{ab}}

    Plain: omega_rb = sum over a of M_ra phi_ab / sum over a of phi_ab

    Convention:
        Catalán et al. (2022), there the cross-density, a share from 0 to 1: of the activities of the first table that
        are near an activity of the other, weighted by proximity, the part that the region has. The proximity is that
        of `cross_space_proximity`, with the same rules for regions and thresholds.
        Own code: econcomplex 1.0.1 gives the same numbers, but 0 where an activity is near none.

    Args:
        frame: a row for each region and activity of the first kind (and period).
        other: a row for each region and activity of the second kind (and period).
        region: column of regions, in both tables.
        industry: column of activities of the first kind.
        value: column of values of the first table, in one unit, none negative.
        other_industry: column of activities of the second kind, in the other table.
        other_value: column of values of the other table, in one unit, none negative.
        period: column of periods, in both tables, each of which is computed on its own.
        threshold: the location quotient from which a region specialises in an activity of the first kind.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        other_threshold: as threshold, for the other table.
        other_binary: as binary, for the other table.

    Returns: a row for each region and activity of the second kind,
        cross_relatedness [1]: from 0 (nothing of the first kind that is near) to 1 (all of it).
        present [1]: 1 where the region specialises in the activity of the second kind, else 0.

    Degenerate:
        An activity that is near none of the first kind has no relatedness: empty, with the warning `NotDefined`. A
        region without any speciality of the first kind has 0. Regions that are in one table alone are left out, with
        the warning `MissingValues`.

    References:
        - Catalán, P., Navarrete, C., Figueroa, F. (2022). The scientific and technological cross-space: is
          technological diversification driven by scientific endogenous capacity? Research Policy 51(8), 104016.
          doi:10.1016/j.respol.2020.104016

    >>> import pandas as pd
    >>> taught = pd.DataFrame({"region": ["a", "b", "b"], "industry": ["mining", "mining", "law"], "value": 1})
    >>> made = pd.DataFrame({"region": ["a", "b"], "industry": ["steel", "tea"], "value": 1})
    >>> found = cross_space_relatedness(taught, made, binary=True, other_binary=True)
    >>> print(found.round(3).to_string(index=False))
    region other_industry  cross_relatedness  present
         a          steel              1.000      1.0
         a            tea              0.333      0.0
         b          steel              1.000      0.0
         b            tea              1.000      1.0
    """
    parts = []
    second = matrices(other, Columns(region, other_industry, other_value, period))
    for matrix, beside in paired(matrices(frame, Columns(region, industry, value, period)), second, frame):
        here = present(matrix, threshold, binary, frame)
        there = present(beside, other_threshold, other_binary, other)
        axes = {"region": matrix.regions, "other_industry": beside.industries}
        arrays = {"cross_relatedness": densities(here, proximities(here, there)), "present": there}
        parts.append((matrix.period, axes_frame(axes, arrays)))
    return gathered(parts, ("region", "other_industry"), "the activity is near none of the first kind")
