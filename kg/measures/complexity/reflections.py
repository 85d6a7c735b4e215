"""The method of reflections: diversity and ubiquity, each averaged over the other, again and again."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.complexity.presence import present, standardised
from kg.measures.measure import measure
from kg.measures.options import at_least
from kg.measures.table import Columns, Matrix, Numbers, tabulate


def reflections(here: Numbers, order: int) -> tuple[Numbers, Numbers]:
    """The reflections of one order.

    Args:
        here: regions x industries, 1 or 0.
        order: number of averages taken, 0 upwards.

    Returns: those of regions and those of industries; NaN for what is present nowhere, if the order is not 0.
    """
    regions, industries = diversity, ubiquity = here.sum(axis=1), here.sum(axis=0)
    counts = np.maximum(diversity, 1), np.maximum(ubiquity, 1)
    for _ in range(order):
        regions, industries = here @ industries / counts[0], regions @ here / counts[1]
    if order == 0:
        return regions, industries
    return np.where(diversity > 0, regions, np.nan), np.where(ubiquity > 0, industries, np.nan)


@measure
def regional_reflections(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    order: int = 18,
) -> pd.DataFrame:
    r"""Regions by the method of reflections: averages of averages of diversity and ubiquity.

    .. math:: k_{r,N} = \frac{1}{k_{r,0}} \sum_i M_{ri} k_{i,N-1}, \quad
        k_{i,N} = \frac{1}{k_{i,0}} \sum_r M_{ri} k_{r,N-1}, \quad
        k_{r,0} = \sum_i M_{ri}, \quad k_{i,0} = \sum_r M_{ri}

    Plain: k_rN = mean of k_i,N-1 over the industries of r; k_r0 = diversity, k_i0 = ubiquity

    Convention:
        Hidalgo and Hausmann (2009). Order 0 is diversity, 1 the average ubiquity of a region's industries, 2 the
        average diversity of the regions that have them, weighted by how many they share. Even orders speak of
        diversity (more is more complex), odd ones of ubiquity (less is more complex); the default, 18, is one
        that the paper uses. With the order the numbers approach one constant; what is left of their differences, which
        the standardised column shows (ddof 0), approaches that of the eigenvector (`economic_complexity`).
        Own code: econcomplex 1.0.1 gives the same standardised numbers, but turns the sign of odd orders, and sets
        regions without speciality to 0, so that they weigh on mean and standard deviation.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        order: how often it is averaged, 0 upwards; even for diversity.

    Returns: a row for each region,
        reflection [1]: k of the order asked for; a number of industries (even order) or of regions (odd order).
        standardised [1]: the same less its mean, over its standard deviation.

    Degenerate:
        A region without speciality has no average: empty beyond order 0, with the warning `NotDefined`. Where all
        regions are equal, as always with one region, and beyond orders (some 40) that leave nothing but rounding, the
        standardised column is empty, with the same warning.

    References:
        - Hidalgo, C. A., Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26), 10570-10575.
          doi:10.1073/pnas.0900943106

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> regional_reflections(table, binary=True, order=1)["reflection"].tolist()
    [2.0, 2.5, 3.0]
    """
    columns = Columns(region, industry, value, period)
    return _reflected(
        frame,
        columns,
        "region",
        order,
        threshold,
        binary,
        "the region has no speciality, or all are equal up to rounding",
    )


@measure
def industry_reflections(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    order: int = 19,
) -> pd.DataFrame:
    r"""Industries by the method of reflections: averages of averages of ubiquity and diversity.

    .. math:: k_{i,N} = \frac{1}{k_{i,0}} \sum_r M_{ri} k_{r,N-1}, \quad
        k_{r,N} = \frac{1}{k_{r,0}} \sum_i M_{ri} k_{i,N-1}, \quad
        k_{i,0} = \sum_r M_{ri}, \quad k_{r,0} = \sum_i M_{ri}

    Plain: k_iN = mean of k_r,N-1 over the regions that have i; k_i0 = ubiquity, k_r0 = diversity

    Convention:
        Hidalgo and Hausmann (2009). Order 0 is ubiquity, 1 the average diversity of the regions that have an industry,
        2 the average ubiquity of their industries. Odd orders speak of diversity (more is more complex), even ones of
        ubiquity (less is more complex); the default, 19, is that of EconGeo. With the order the numbers approach one
        constant; what is left of their differences, which the standardised column shows (ddof 0), approaches that of
        the eigenvector (`product_complexity`, own).
        Own code: econcomplex 1.0.1 gives the same standardised numbers, but turns the sign of even orders, and sets
        industries that no region has to 0, so that they weigh on mean and standard deviation.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        order: how often it is averaged, 0 upwards; odd for diversity.

    Returns: a row for each industry,
        reflection [1]: k of the order asked for; a number of regions (even order) or of industries (odd order).
        standardised [1]: the same less its mean, over its standard deviation.

    Degenerate:
        An industry in which no region specialises has no average: empty beyond order 0, with the warning `NotDefined`.
        Where all industries are equal, as always with one industry, and beyond orders (some 40) that leave nothing but
        rounding, the standardised column is empty, with the same warning.

    References:
        - Hidalgo, C. A., Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26), 10570-10575.
          doi:10.1073/pnas.0900943106

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> industry_reflections(table, binary=True, order=1)["reflection"].tolist()
    [3.0, 2.5, 2.0]
    """
    columns = Columns(region, industry, value, period)
    return _reflected(
        frame,
        columns,
        "industry",
        order,
        threshold,
        binary,
        "no region specialises in the industry, or all are equal up to rounding",
    )


def _reflected(
    frame: pd.DataFrame, columns: Columns, axis: str, order: int, threshold: float, binary: bool, why: str
) -> pd.DataFrame:
    """The reflections of regions or of industries."""
    at_least("order", order, 0)

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        regions, industries = reflections(present(matrix, threshold, binary, frame), order)
        found = regions if axis == "region" else industries
        return {"reflection": found, "standardised": standardised(found)}

    return tabulate(frame, columns, (axis,), kernel, why)
