"""What a region could gain in complexity by taking up industries that it does not have."""

from __future__ import annotations

import warnings
from typing import Literal

import numpy as np
import pandas as pd

from kg.errors import NotDefined
from kg.measures.complexity.density import densities
from kg.measures.complexity.eigenvector import eigenvectors
from kg.measures.complexity.index import product_complexities
from kg.measures.complexity.presence import computed, present, standardised, zero_for_nan
from kg.measures.complexity.proximity import Diagonal, product_space
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, Numbers, axes_frame, gathered, matrices, some

Convention = Literal["atlas", "ecomplexity"]


def outlooks(here: Numbers, density: Numbers, complexity: Numbers) -> Numbers:
    """The complexity of the industries that a region does not have, weighted by how related they are to it.

    Args:
        here: regions x industries, 1 or 0.
        density: regions x industries; NaN counts as 0.
        complexity: of industries; those with NaN are left out.

    Returns: one number for each region; NaN where no industry has a complexity.
    """
    if np.isnan(complexity).all():
        return np.full(len(here), np.nan)
    options, worth = 1 - here, zero_for_nan(complexity)
    found: Numbers = (density * options) @ worth
    return found if not np.isnan(found).any() else (np.nan_to_num(density) * options) @ worth


def outlook_gains(here: Numbers, proximity: Numbers, complexity: Numbers) -> Numbers:
    """By how much an industry, if a region had it, would bring complex industries nearer to the region.

    Args:
        here: regions x industries, 1 or 0.
        proximity: industries x industries, symmetric; NaN counts as 0.
        complexity: of industries; those with NaN are left out.

    Returns: regions x industries; NaN where the region has the industry, or the industry no complexity.
    """
    close = zero_for_nan(proximity)
    total = close.sum(axis=0)
    worth = np.divide(zero_for_nan(complexity), total, out=np.zeros_like(total), where=total > 0)
    found: Numbers = ((1 - here) * worth) @ close
    found[(here > 0) | np.isnan(complexity)] = np.nan
    return found


@measure
def complexity_outlook(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
    convention: Convention = "atlas",
) -> pd.DataFrame:
    r"""The complexity outlook index (COI): how complex, and how related to a region, the industries are that it lacks.

    .. math:: \mathrm{COI}_r = \sum_i \omega_{ri} (1 - M_{ri}) \mathrm{PCI}_i

    Plain: COI_r = sum over i of density_ri (1 - M_ri) PCI_i

    Convention:
        Hausmann, Hidalgo et al. (2014), Technical Box 5.4, there the opportunity value. With atlas the PCI is
        standardised as by `product_complexity` (own), and the sum stays as it is. With ecomplexity, as the programs of
        the Growth Lab do it, the PCI is the eigenvector itself, not centred, over the standard deviation of the
        regions' one; and the sum is standardised over regions (ddof 0). The two rank regions differently, for the
        constant that is taken off the PCI weighs more where more is missing. The density is that of
        `relatedness_density`. Own code: econcomplex 1.0.1 gives the same numbers (atlas, diagonal out) for a PCI that
        it is handed.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry counts as near itself (in) or not (out).
        convention: how the PCI and the sum are standardised, atlas or ecomplexity.

    Returns: a row for each region,
        coi [1]: complexity outlook; with ecomplexity a z-score.

    Degenerate:
        Industries without a PCI are left out of the sums, and the warning `NotDefined` names them. Where there is no
        PCI at all, all regions are empty, with the same warning. A region that specialises in everything has 0 (before
        standardising), and so has one without any speciality.

    References:
        - Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.
          doi:10.7551/mitpress/9647.001.0001

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> complexity_outlook(table, binary=True)["coi"].round(3).tolist()
    [0.0, 1.225, 0.49]
    """

    def kernel(matrix: Matrix) -> tuple[dict[str, Numbers], tuple[str, ...]]:
        here = present(matrix, threshold, binary, frame)
        found = eigenvectors(here)
        complexity = found.industries if convention == "ecomplexity" else product_complexities(found)
        without = [name for name, number in zip(matrix.industries, complexity, strict=True) if np.isnan(number)]
        if 0 < len(without) < len(complexity):
            warnings.warn(NotDefined(f"no PCI of {some(without)}: left out of the sums", without), stacklevel=2)
        coi = outlooks(here, densities(here, product_space(here, diagonal)), complexity)
        return {"coi": standardised(coi) if convention == "ecomplexity" else coi}, found.reasons

    return computed(frame, Columns(region, industry, value, period), ("region",), kernel)


@measure
def complexity_outlook_gain(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
    convention: Convention = "atlas",
) -> pd.DataFrame:
    r"""The complexity outlook gain (COG): what taking up an industry would do to a region's complexity outlook.

    .. math:: \mathrm{COG}_{ri} = \sum_j \frac{\phi_{ij}}{\sum_k \phi_{kj}} (1 - M_{rj}) \mathrm{PCI}_j
        - \omega_{ri} \mathrm{PCI}_i, \qquad M_{ri} = 0

    Plain: COG_ri = sum over j of phi_ij / (sum over k of phi_kj) (1 - M_rj) PCI_j - density_ri PCI_i

    Convention:
        With atlas the formula above: Hausmann, Hidalgo et al. (2014), Technical Box 5.4, there the opportunity gain.
        With the diagonal out it is the change of the COI (`complexity_outlook`, atlas) if the region had the industry
        as well, the proximities and the PCI staying as they are. With ecomplexity, as the programs of the Growth Lab do
        it, the second term is left out, and the PCI is the eigenvector itself, not centred, over the standard deviation
        of the regions' one. A proximity is divided by the sum of those of the industry that comes nearer, j, in both.
        Only industries in which the region does not specialise have a row.
        Own code: econcomplex 1.0.1 divides by the sum of those of the industry that is taken up, i, which is neither
        the formula nor the change of the COI, and leaves the second term out.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry counts as near itself (in) or not (out).
        convention: the change of the outlook (atlas), or its first term with the eigenvector as it is (ecomplexity).

    Returns: a row for each region and industry in which it does not specialise,
        cog [1]: gain in complexity outlook; below 0 a loss.

    Degenerate:
        An industry without a PCI has no gain: empty, with the warning `NotDefined` and the reason; it is left out of
        the sums of the others. A region that specialises in everything has no row.

    References:
        - Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.
          doi:10.7551/mitpress/9647.001.0001

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> complexity_outlook_gain(table, binary=True)["cog"].round(3).tolist()
    [-1.225, -0.49, 0.735]
    """
    parts, reasons = [], dict[str, None]()
    for matrix in matrices(frame, Columns(region, industry, value, period)):
        here = present(matrix, threshold, binary, frame)
        found, proximity = eigenvectors(here), product_space(here, diagonal)
        if convention == "ecomplexity":
            cog = outlook_gains(here, proximity, found.industries)
        else:
            complexity = product_complexities(found)
            cog = outlook_gains(here, proximity, complexity) - zero_for_nan(densities(here, proximity)) * complexity
        reasons |= dict.fromkeys(found.reasons)
        table = axes_frame({"region": matrix.regions, "industry": matrix.industries}, {"cog": cog})
        parts.append((matrix.period, table[here.ravel() == 0].reset_index(drop=True)))
    return gathered(parts, ("region", "industry"), "; ".join(reasons))
