"""Whether the plants of an industry are nearer together than chance and their sizes would have it."""

from __future__ import annotations

import warnings

import numpy as np
import pandas as pd

from kg.errors import BadTable, Inconsistent
from kg.measures.measure import measure
from kg.measures.specialisation.attribute import attribute
from kg.measures.table import (
    EXCESS,
    Columns,
    Matrix,
    Numbers,
    axes_frame,
    cells,
    gathered,
    matrices,
    numbers,
    rows,
    some,
    where,
)


def ellison_glaesers(values: Numbers, herfindahls: Numbers, reference: Numbers) -> tuple[Numbers, Numbers]:
    """Ellison and Glaeser's gamma and their raw concentration G of each industry.

    Args:
        values: regions x industries, finite, none negative.
        herfindahls: Herfindahl index of the sizes of plants, for each industry.
        reference: value of each region that shares are compared with.

    Returns: gamma and G, one of each for each industry; NaN where the industry is all 0, gamma also where all of the
        reference is in one region, or the industry has one plant only.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        total = reference.sum()
        expected = reference / total
        off = values / values.sum(axis=0)
        off -= expected[:, None]
        raw: Numbers = np.einsum("ri,ri->i", off, off)
        spread = expected @ ((total - reference) / total)  # 1 - sum of squares, exact where nearly all is in one
        gamma = (raw / spread - herfindahls) / (1.0 - herfindahls)
    return np.where(np.isfinite(gamma), gamma, np.nan), raw


@measure
def ellison_glaeser(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    herfindahl: pd.DataFrame | None = None,
    totals: pd.DataFrame | None = None,
) -> pd.DataFrame:
    r"""How much nearer together the plants of an industry are than by chance: the index of Ellison and Glaeser.

    .. math:: \gamma_i = \frac{G_i - (1 - \sum_r x_r^2) H_i}{(1 - \sum_r x_r^2)(1 - H_i)}

    .. math:: G_i = \sum_r (s_{ri} - x_r)^2, \quad H_i = \sum_k z_{ik}^2

    Plain: gamma = (G - (1 - sum of x^2) * H) / ((1 - sum of x^2) * (1 - H)), G = sum of (s - x)^2, H = sum of z^2

    Convention:
        s is the share of a region in the industry, z of a plant in its industry. The reference share x of a region is
        that in all industries of the table together, the industry itself among them; with a table of totals it is the
        share in those. 0 is what plants give that choose regions by chance in proportion to x; Ellison and Glaeser
        call an industry above 0.05 very concentrated and below 0.02 not very.

        Each row is a plant, so a region may have many for one industry. Where plants are not known one by one, a table
        of the Herfindahl indices of plants stands for them, and each region has one row for an industry.

    Args:
        frame: a row for each plant; with `herfindahl`, for each region and industry (and period).
        region, industry: as in `Columns`.
        value: column of sizes (employment ...), in one unit, none negative.
        period: column of periods, each of which is computed on its own.
        herfindahl: table with columns industry and herfindahl (above 0, at most 1), and the period, if it changes.
        totals: table with the columns region and value (and period), of all industries; regions without a plant belong
            in it.

    Returns: a row for each industry,
        gamma [1]: 0 where plants are spread as by chance, above where they are nearer together, below where they keep
            apart; without bounds.
        raw_concentration [1]: G, without regard to the sizes of plants, 0 to 2.
        plant_herfindahl [1]: H, Herfindahl index of the sizes of plants, 1 for one plant.
        plants [1]: number of plants above 0; only where rows are plants.

    Degenerate:
        An industry of one plant has no gamma, nor has any where all is in one region, or where the industry is all 0:
        empty, with the warning `NotDefined`.

    Warns:
        Inconsistent: plants add up to more than the total of their region.

    References:
        - Ellison, G., Glaeser, E. L. (1997). Geographic concentration in U.S. manufacturing industries: a dartboard
          approach. Journal of Political Economy 105(5), 889-927. doi:10.1086/262098

    >>> import pandas as pd
    >>> rows = [("a", "steel", 2.0), ("a", "steel", 2.0), ("a", "tea", 1.0), ("b", "tea", 2.0), ("b", "tea", 1.0)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> ellison_glaeser(table)["gamma"].round(4).tolist()
    [0.2, 0.36]
    """
    columns = Columns(region, industry, value, period)
    given = {} if herfindahl is None else _given(herfindahl, industry, period)
    reference = {} if totals is None else {m.period: m for m in matrices(totals, Columns(region, None, value, period))}
    parts = []
    for m, of_plants, plants in _of_plants(frame, columns) if herfindahl is None else _of_regions(frame, columns):
        if of_plants is None:
            of_plants = _looked_up(given, m)
        total = m.values.sum(axis=1)
        if totals is not None:
            m = _among(m, reference.get(m.period))
            total = reference[m.period].values[:, 0]
            _told_of_excess(m, total)
        gamma, raw = ellison_glaesers(m.values, of_plants, total)
        arrays = {"gamma": gamma, "raw_concentration": raw, "plant_herfindahl": of_plants}
        if plants is not None:
            arrays["plants"] = plants
        parts.append((m.period, axes_frame({"industry": m.industries}, arrays)))
    return gathered(parts, ["industry"], "one plant only, one region only, or all values are 0")


def _of_regions(frame: pd.DataFrame, columns: Columns) -> list[tuple[Matrix, Numbers | None, Numbers | None]]:
    return [(m, None, None) for m in matrices(frame, columns)]


def _of_plants(frame: pd.DataFrame, columns: Columns) -> list[tuple[Matrix, Numbers | None, Numbers | None]]:
    """For each period, the sums of regions and industries, and the Herfindahl index and number of plants."""
    found: list[tuple[Matrix, Numbers | None, Numbers | None]] = []
    for part in cells(frame, columns, single=False):
        sizes, shape = part.values, (len(part.regions), len(part.industries))
        values = np.bincount(part.row * shape[1] + part.place, sizes, shape[0] * shape[1]).astype(float).reshape(shape)
        with np.errstate(divide="ignore", invalid="ignore"):
            index = np.bincount(part.place, sizes**2, shape[1]) / values.sum(axis=0) ** 2
        plants = np.bincount(part.place, sizes > 0, shape[1]).astype(float)
        found.append((Matrix(values, part.regions, part.industries, part.period), index, plants))
    return found


def _given(frame: pd.DataFrame, industry: str, period: str | None) -> dict[tuple[str | None, str], float]:
    index = numbers(frame, "herfindahl")
    wrong = index.index[(index <= 0) | (index > 1)]
    if len(wrong):
        raise BadTable(
            f"{where(frame)}column herfindahl is not above 0 and at most 1 in {rows(wrong)}. Give it as a fraction of 1"
        )
    return dict(attribute(frame, industry, index, period if period in frame.columns else None))


def _looked_up(given: dict[tuple[str | None, str], float], matrix: Matrix) -> Numbers:
    found = [given.get((matrix.period, name), given.get((None, name))) for name in matrix.industries]
    if missing := [name for name, index in zip(matrix.industries, found, strict=True) if index is None]:
        raise BadTable(f"there is no Herfindahl index of plants for {some(missing)}. Add it, or leave the rows out")
    return np.array(found, dtype=float)


def _among(matrix: Matrix, totals: Matrix | None) -> Matrix:
    """The matrix with the regions of the totals, in their order."""
    known = totals.regions if totals is not None else ()
    if missing := [name for name in matrix.regions if name not in set(known)]:
        of = f" of {matrix.period}" if matrix.period else ""
        raise BadTable(f"the totals{of} have no row for {some(missing)}. Add it, or leave the plants out")
    values = np.zeros((len(known), len(matrix.industries)))
    values[[known.index(name) for name in matrix.regions]] = matrix.values
    return Matrix(values, known, matrix.industries, matrix.period)


def _told_of_excess(matrix: Matrix, totals: Numbers) -> None:
    more = [matrix.regions[row] for row in np.flatnonzero(matrix.values.sum(axis=1) > totals * (1 + EXCESS))]
    if more:
        warnings.warn(Inconsistent(f"the plants add up to more than the total of {some(more)}", more), stacklevel=4)
