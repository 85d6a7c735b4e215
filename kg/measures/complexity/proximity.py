"""How often regions that specialise in one industry specialise in another."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kg.measures.complexity.presence import present
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, Numbers, tabulate

Diagonal = Literal["out", "in"]


def proximities(first: Numbers, second: Numbers | None = None) -> Numbers:
    """The lesser of the two conditional probabilities that a region with the one activity has the other.

    Args:
        first: regions x activities, 1 or 0.
        second: regions x activities of another kind, the same regions in the same order; by default the first.

    Returns: first x second, 0 to 1; NaN where no region has the one or the other.
    """
    second = first if second is None else second
    one, other = first.sum(axis=0)[:, None], second.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = first.T @ second
        found /= np.maximum(one, other)
    found[(one == 0)[:, 0]] = np.nan
    found[:, other == 0] = np.nan
    return found


def product_space(here: Numbers, diagonal: Diagonal = "out") -> Numbers:
    """Proximities with a diagonal of 0 (out) or 1 (in).

    Args:
        here: regions x industries, 1 or 0.
        diagonal: whether an industry is near itself.

    Returns: industries x industries, 0 to 1; NaN where no region has the one or the other.
    """
    found = proximities(here)
    if diagonal == "out":
        np.fill_diagonal(found, np.where(here.any(axis=0), 0.0, np.nan))
    return found


@measure
def industry_proximity(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
) -> pd.DataFrame:
    r"""How often regions that specialise in one industry specialise in another: the links of the product space.

    .. math:: \phi_{ij} = \min\{P(M_i \mid M_j),\, P(M_j \mid M_i)\}
        = \frac{\sum_r M_{ri} M_{rj}}{\max(\sum_r M_{ri}, \sum_r M_{rj})}

    Plain: phi_ij = n_ij / max(n_i, n_j), n the number of regions that specialise (in both)

    Convention:
        Hidalgo et al. (2007), and Technical Box 5.1 of the Atlas: the minimum of the two conditional probabilities, so
        symmetric. M is 1 where the location quotient reaches the threshold (equal counts as reached) and the value is
        above 0. The diagonal is 0 (out, as genproximity for Stata, EconGeo and econcomplex print it) or 1 (in, as the
        formula gives it and py-ecomplexity prints it). Own code: econcomplex 1.0.1 gives the same numbers, but 0 for an
        industry that no region has.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry's proximity to itself is 0 (out) or 1 (in).

    Returns: a row for each pair of industries, in both orders,
        proximity [1]: from 0 (never in the same region) to 1 (always together).

    Degenerate:
        An industry in which no region specialises is near nothing that could be known: its pairs are empty, with the
        warning `NotDefined`. With one region all pairs of industries that it specialises in have a proximity of 1.

    References:
        - Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the
          development of nations. Science 317(5837), 482-487. doi:10.1126/science.1144581
        - Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.
          doi:10.7551/mitpress/9647.001.0001

    >>> import pandas as pd
    >>> rows = [("a", "steel", 1), ("a", "tools", 1), ("b", "steel", 1), ("b", "tools", 1), ("c", "steel", 1)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> industry_proximity(table, binary=True)["proximity"].round(3).tolist()
    [0.0, 0.667, 0.667, 0.0]
    """

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        return {"proximity": product_space(present(matrix, threshold, binary, frame), diagonal)}

    columns = Columns(region, industry, value, period)
    return tabulate(frame, columns, ("industry", "other_industry"), kernel, "no region specialises in one of the two")
