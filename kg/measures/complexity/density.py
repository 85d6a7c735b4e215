"""How close an industry is to what a region already specialises in."""

from __future__ import annotations

import numpy as np
import pandas as pd

from kg.measures.complexity.presence import ROUNDING, present, zero_for_nan
from kg.measures.complexity.proximity import Diagonal, product_space
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, Numbers, axes_frame, gathered, matrices, tabulate


def densities(here: Numbers, proximity: Numbers) -> Numbers:
    """The part of an activity's proximities that falls on what a region has.

    Args:
        here: regions x first activities, 1 or 0.
        proximity: first x second activities, 0 upwards; NaN counts as 0. The second may be the first.

    Returns: regions x second activities, 0 to 1; NaN where an activity is near none.
    """
    close = zero_for_nan(proximity)
    total = close.sum(axis=0)
    with np.errstate(divide="ignore", invalid="ignore"):
        found: Numbers = here @ close
        found /= total
    return found


def relative_densities(here: Numbers, density: Numbers) -> Numbers:
    """Densities of what a region does not have, standardised with ddof 0 among them.

    Args:
        here: regions x industries, 1 or 0.
        density: regions x industries; NaN is left out.

    Returns: regions x industries; NaN where the region has the industry, where there is no density, and in regions
        whose options are all equally dense.
    """
    options = np.where(here > 0, np.nan, density)
    known = ~np.isnan(options)
    count = np.maximum(known.sum(axis=1, keepdims=True), 1)
    options -= np.where(known, options, 0.0).sum(axis=1, keepdims=True) / count
    spread = np.sqrt(np.where(known, options**2, 0.0).sum(axis=1, keepdims=True) / count)
    spread[spread <= ROUNDING] = np.nan
    options /= spread
    return options


@measure
def relatedness_density(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
) -> pd.DataFrame:
    r"""How much of what is near an industry a region already specialises in.

    .. math:: \omega_{ri} = \frac{\sum_{j \ne i} M_{rj} \phi_{ij}}{\sum_{j \ne i} \phi_{ij}}

    Plain: omega_ri = sum over j of M_rj phi_ij / sum over j of phi_ij

    Convention:
        A share from 0 to 1; EconGeo and econcomplex print a hundred times that. The proximity is that of
        `industry_proximity`. With the diagonal out (default, the formula above; as there and in ecomplexity for
        Stata) an industry does not count as near itself. With the diagonal in, the sums run over all j, with a
        proximity of 1 to itself, as in py-ecomplexity 0.5.3: that raises the density of the industries that a region
        has, and lowers that of the others.
        M is 1 where the location quotient reaches the threshold (equal counts as reached) and the value is above 0.
        Own code: econcomplex 1.0.1 gives the same numbers with the diagonal out, but 0 where there is no density.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry counts as near itself (in) or not (out).

    Returns: a row for each region and industry,
        relatedness_density [1]: from 0 (none of what is near) to 1 (all of what is near).
        present [1]: 1 where the region specialises in the industry, else 0.

    Degenerate:
        An industry that is near no other has no density: empty, with the warning `NotDefined`. A region without any
        speciality has a density of 0 everywhere. With one region, every density is 1 or not defined.

    References:
        - Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the
          development of nations. Science 317(5837), 482-487. doi:10.1126/science.1144581
        - Boschma, R., Minondo, A., Navarro, M. (2013). The emergence of new industries at the regional level in Spain.
          Economic Geography 89(1), 29-51. doi:10.1111/j.1944-8287.2012.01170.x

    >>> import pandas as pd
    >>> rows = [("a", "steel", 1), ("a", "tools", 1), ("b", "steel", 1), ("b", "tea", 1)]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> relatedness_density(table, binary=True)["relatedness_density"].tolist()
    [0.5, 1.0, 1.0, 0.5, 1.0, 1.0]
    """

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        here = present(matrix, threshold, binary, frame)
        return {"relatedness_density": densities(here, product_space(here, diagonal)), "present": here}

    columns = Columns(region, industry, value, period)
    return tabulate(frame, columns, ("region", "industry"), kernel, "the industry is near no other")


@measure
def relative_relatedness(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    diagonal: Diagonal = "out",
) -> pd.DataFrame:
    r"""How related an industry is to a region, compared with the other industries that the region could still take up.

    .. math:: \tilde\omega_{ri} = \frac{\omega_{ri} - \langle \omega_r \rangle}{\sigma(\omega_r)},
        \qquad M_{ri} = 0

    where the mean and the standard deviation are those of the industries in which the region does not specialise.

    Plain: (omega_ri - mean of omega_r) / standard deviation of omega_r, over the industries with M_r = 0

    Convention:
        Pinheiro et al. (2022): the option set of a region is what it does not specialise in; only those industries
        have a row. The standard deviation is that of the population (ddof 0), as in econcomplex 1.0.1. The density is
        that of `relatedness_density`; an industry without density is not in the option set.
        Own code: econcomplex gives the same numbers, but counts what has no density as a density of 0.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        diagonal: whether an industry counts as near itself (in) or not (out).

    Returns: a row for each region and industry in which it does not specialise,
        relative_relatedness [1]: above 0 more related than the region's options on average, in standard deviations.
        relatedness_density [1]: the density that it is computed from.

    Degenerate:
        Where an industry has no density, or all options of a region have the same density (or there is but one), there
        is nothing to compare: empty, with the warning `NotDefined`. A region that specialises in everything has no row.

    References:
        - Pinheiro, F. L., Hartmann, D., Boschma, R., Hidalgo, C. A. (2022). The time and frequency of unrelated
          diversification. Research Policy 51(8), 104323. doi:10.1016/j.respol.2021.104323

    >>> import pandas as pd
    >>> has = {"a": "steel tools", "b": "tools tea", "c": "tea wine", "d": "steel wine", "e": "steel"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> relative_relatedness(table, binary=True).query("region == 'a'")["relative_relatedness"].round(3).tolist()
    [1.0, -1.0]
    """
    parts = []
    for matrix in matrices(frame, Columns(region, industry, value, period)):
        here = present(matrix, threshold, binary, frame)
        density = densities(here, product_space(here, diagonal))
        arrays = {"relative_relatedness": relative_densities(here, density), "relatedness_density": density}
        table = axes_frame({"region": matrix.regions, "industry": matrix.industries}, arrays)
        parts.append((matrix.period, table[here.ravel() == 0].reset_index(drop=True)))
    why = "the industry is near no other, or the options of the region are all equally dense"
    return gathered(parts, ("region", "industry"), why)
