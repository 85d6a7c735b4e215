"""Where a region could go: the relatedness and the complexity of every industry, side by side."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.complexity.density import densities
from kg.measures.complexity.eigenvector import eigenvectors
from kg.measures.complexity.index import product_complexities
from kg.measures.complexity.presence import computed, present
from kg.measures.complexity.proximity import Diagonal, product_space
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, Numbers


@measure
def diversification_frontier(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
) -> pd.DataFrame:
    r"""How related each industry is to each region, how complex it is, and whether the region has it already.

    .. math:: \left( \omega_{ri},\; \mathrm{PCI}_i,\; M_{ri} \right)

    Plain: (density_ri, PCI_i, M_ri)

    Convention:
        Balland et al. (2019): relatedness stands for the ease of taking an industry up, complexity for what it is
        worth; with M = 0, what is at the upper right of a picture of the two is both. The density is that of
        `relatedness_density`, 0 to 1, and the PCI that of `product_complexity`, standardised with the mean and standard
        deviation of the industries (own).

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry counts as near itself (in) or not (out).

    Returns: a row for each region and industry,
        relatedness_density [1]: from 0 (the region has none of what is near) to 1 (all).
        pci [1]: product complexity of the industry, a z-score.
        present [1]: 1 where the region specialises in the industry, else 0.

    Degenerate:
        As `relatedness_density` and `product_complexity`: empty where the industry is near no other or has no PCI, with
        the warning `NotDefined` and the reason.

    References:
        - Balland, P.-A., Boschma, R., Crespo, J., Rigby, D. L. (2019). Smart specialization policy in the European
          Union: relatedness, knowledge complexity and regional diversification. Regional Studies 53(9), 1252-1268.
          doi:10.1080/00343404.2018.1437900

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> print(diversification_frontier(table, binary=True).query("region == 'b'").round(3).to_string(index=False))
    region industry  relatedness_density    pci  present
         b    steel                1.000  1.225      0.0
         b    tools                0.571  0.000      1.0
         b      tea                0.667 -1.225      1.0
    """

    def kernel(matrix: Matrix) -> tuple[dict[str, Numbers], tuple[str, ...]]:
        here = present(matrix, threshold, binary, frame)
        found = eigenvectors(here)
        density = densities(here, product_space(here, diagonal))
        reasons = found.reasons + (("the industry is near no other",) if np.isnan(density).any() else ())
        columns = {"relatedness_density": density, "pci": product_complexities(found), "present": here}
        return columns, reasons

    return computed(frame, Columns(region, industry, value, period), ("region", "industry"), kernel)
