"""Economic complexity of regions and of industries by the eigenvector."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from kg.measures.complexity.eigenvector import Eigenvectors, eigenvectors
from kg.measures.complexity.presence import computed, present, standardised
from kg.measures.measure import measure
from kg.measures.table import Columns, Matrix, Numbers

Scale = Literal["own", "eci"]


def product_complexities(found: Eigenvectors, scale: Scale = "own") -> Numbers:
    """The eigenvector of industries, standardised with ddof 0.

    Args:
        found: the eigenvectors.
        scale: with the mean and standard deviation of the industries (own) or of the regions (eci).
    """
    if scale == "own" or np.isnan(found.regions).all():
        return standardised(found.industries)
    centred: Numbers = found.industries - np.nanmean(found.regions)
    return centred


@measure
def economic_complexity(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
) -> pd.DataFrame:
    r"""The economic complexity index (ECI) of regions: how rare what they specialise in is, and how diverse who has it.

    .. math:: \widetilde{M}_{rs} = \sum_i \frac{M_{ri} M_{si}}{d_r u_i},
        \quad \widetilde{M} \vec k = \lambda_2 \vec k,
        \quad \mathrm{ECI}_r = \frac{k_r - \langle k \rangle}{\sigma(k)}

    where :math:`d_r = \sum_i M_{ri}` is the diversity of a region and :math:`u_i = \sum_r M_{ri}` the ubiquity of an
    industry.

    Plain: ECI = z-score of the eigenvector of the second largest eigenvalue of D^-1 M U^-1 M'

    Convention:
        Hausmann, Hidalgo et al. (2014), Technical Box 2.1. Sign rule: positively correlated with diversity; where the
        two are not correlated, such that the PCI correlates negatively with ubiquity. Standardised with the mean and
        the standard deviation (ddof 0) of the regions that have an index; ecomplexity for Stata takes the latter over
        the rows of the long table with ddof 1, which makes its ECI smaller by a factor of sqrt(1 - 1 / rows). M is 1
        where the location quotient reaches the threshold (equal counts as reached) and the value is above 0.
        The number says how a region ranks within this table: a mean of 0, a standard deviation of 1, and nothing that
        could be compared with another table or period.
        Own code: econcomplex 1.0.1 gives the same numbers for connected networks, but an arbitrary vector where there
        is no unique one, and takes the signs of ECI and PCI apart, so that they can contradict each other.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.

    Returns: a row for each region,
        eci [1]: economic complexity, a z-score.
        diversity [1]: number of industries in which the region specialises.

    Degenerate:
        Empty, with the warning `NotDefined` and the reason: regions without speciality, and those that share no
        industry, directly or by way of others, with the largest connected group (most regions, then most industries):
        the second eigenvector of a network in parts only says which part a region is in. All regions, if there is no
        largest group, if it has fewer than two regions or they do not differ, if the second eigenvalue occurs twice,
        or if the sign is not determined. An industry in which every region specialises is used like any other.

    References:
        - Hidalgo, C. A., Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26), 10570-10575.
          doi:10.1073/pnas.0900943106
        - Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.
          doi:10.7551/mitpress/9647.001.0001
        - Mealy, P., Farmer, J. D., Teytelboym, A. (2019). Interpreting economic complexity. Science Advances 5(1),
          eaau1705. doi:10.1126/sciadv.aau1705

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> economic_complexity(table, binary=True)["eci"].round(3).tolist()
    [1.225, 0.0, -1.225]
    """

    def kernel(matrix: Matrix) -> tuple[dict[str, Numbers], tuple[str, ...]]:
        here = present(matrix, threshold, binary, frame)
        found = eigenvectors(here)
        return {"eci": standardised(found.regions), "diversity": here.sum(axis=1)}, found.reasons

    return computed(frame, Columns(region, industry, value, period), ("region",), kernel)


@measure
def product_complexity(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    scale: Scale = "own",
) -> pd.DataFrame:
    r"""The product complexity index (PCI) of industries: how rare they are, and how diverse the regions that have them.

    .. math:: \widetilde{M}_{ij} = \sum_r \frac{M_{ri} M_{rj}}{u_i d_r},
        \quad \widetilde{M} \vec q = \lambda_2 \vec q,
        \quad \mathrm{PCI}_i = \frac{q_i - \langle q \rangle}{\sigma(q)}

    where :math:`d_r = \sum_i M_{ri}` is the diversity of a region and :math:`u_i = \sum_r M_{ri}` the ubiquity of an
    industry.

    Plain: PCI = z-score of the eigenvector of the second largest eigenvalue of U^-1 M' D^-1 M

    Convention:
        Hausmann, Hidalgo et al. (2014), Technical Box 2.1: standardised with the mean and standard deviation (ddof 0)
        of the industries (own). With scale eci, those of the regions' eigenvector are used, as in ecomplexity of the
        Growth Lab, and the ECI of a region is the mean PCI of its industries. The sign is that of `economic_complexity`
        (regions positively correlated with diversity), so that industries of regions with a high ECI have a high PCI.
        M is 1 where the location quotient reaches the threshold (equal counts as reached) and the value is above 0.
        Own code: econcomplex 1.0.1 gives the same numbers (own) for connected networks, but an arbitrary vector where
        there is no unique one, and takes the sign from the ubiquity alone.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        scale: whose mean and standard deviation standardise, those of the industries (own) or the regions (eci).

    Returns: a row for each industry,
        pci [1]: product complexity, a z-score.
        ubiquity [1]: number of regions that specialise in the industry.

    Degenerate:
        As `economic_complexity`: empty, with the warning `NotDefined` and the reason, for industries in which no region
        of the largest connected group specialises, and for all where there is no unique second eigenvector.

    References:
        - Hidalgo, C. A., Hausmann, R. (2009). The building blocks of economic complexity. PNAS 106(26), 10570-10575.
          doi:10.1073/pnas.0900943106
        - Hausmann, R., Hidalgo, C. A., et al. (2014). The Atlas of Economic Complexity. MIT Press.
          doi:10.7551/mitpress/9647.001.0001

    >>> import pandas as pd
    >>> has = {"a": "steel tools tea", "b": "tools tea", "c": "tea"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> product_complexity(table, binary=True)["pci"].round(3).tolist()
    [1.225, 0.0, -1.225]
    """

    def kernel(matrix: Matrix) -> tuple[dict[str, Numbers], tuple[str, ...]]:
        here = present(matrix, threshold, binary, frame)
        found = eigenvectors(here)
        return {"pci": product_complexities(found, scale), "ubiquity": here.sum(axis=0)}, found.reasons

    return computed(frame, Columns(region, industry, value, period), ("industry",), kernel)
