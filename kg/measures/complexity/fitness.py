"""Fitness of regions and complexity of industries, after the algorithm of Tacchella and others."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kg.errors import MeasureWarning
from kg.measures.complexity.eigenvector import groups
from kg.measures.complexity.presence import present
from kg.measures.measure import measure
from kg.measures.options import at_least
from kg.measures.table import Columns, Matrix, Numbers, some, tabulate

LEAST = float(np.finfo(np.float64).tiny)


@dataclass(frozen=True)
class Fitness:
    """The two vectors, after some number of iterations.

    Args:
        regions: fitness, with a mean of 1; NaN for regions without speciality.
        industries: complexity, with a mean of 1; NaN for industries that no region has.
        iterations: how many were made.
        change: the largest difference that the last one made to a region or an industry.
    """

    regions: Numbers
    industries: Numbers
    iterations: int
    change: float


def fitnesses(here: Numbers, iterations: int, tolerance: float) -> Fitness:
    """Iterate fitness and complexity from 1.

    Args:
        here: regions x industries, 1 or 0.
        iterations: at most so many.
        tolerance: stop where no number changes by more; 0 to make all iterations.
    """
    rows, columns = here.any(axis=1), here.any(axis=0)
    regions, industries = np.where(rows, 1.0, np.nan), np.where(columns, 1.0, np.nan)
    core = np.ascontiguousarray(here[np.ix_(rows, columns)])
    fitness, complexity = np.ones(core.shape[0]), np.ones(core.shape[1])
    count, change = 0, 0.0
    with np.errstate(over="ignore", divide="ignore"):
        while core.size and count < iterations:
            fitter, simpler = core @ complexity, (1 / np.maximum(fitness, LEAST)) @ core
            harder = 1 / simpler
            fitter /= fitter.mean()
            harder /= harder.mean()
            change = max(float(np.abs(fitter - fitness).max()), float(np.abs(harder - complexity).max()))
            fitness, complexity, count = fitter, harder, count + 1
            if change <= tolerance and tolerance > 0:
                break
    regions[rows], industries[columns] = fitness, complexity
    return Fitness(regions, industries, count, change)


def _kernel(
    frame: pd.DataFrame, threshold: float, binary: bool, iterations: int, tolerance: float
) -> Callable[[Matrix], Fitness]:
    """Fitness of the matrices of a table, with warnings where it should not be trusted."""
    at_least("iterations", iterations, 1)
    at_least("tolerance", tolerance, 0)

    def kernel(matrix: Matrix) -> Fitness:
        here = present(matrix, threshold, binary, frame)
        found = fitnesses(here, iterations, tolerance)
        if 0 < tolerance < found.change:
            low = [name for name, number in zip(matrix.regions, found.regions, strict=True) if number < 0.01]
            warnings.warn(
                MeasureWarning(
                    f"fitness has not converged after {found.iterations} iterations: the last one changed a number by "
                    f"{found.change:.2g}, more than {tolerance:.2g}. "
                    + (f"Fitness of {some(low)} is near 0, and may only end there" if low else "Give more iterations"),
                    low,
                ),
                stacklevel=2,
            )
        group = groups(here)[0]
        names, sizes = np.unique(group[group >= 0], return_counts=True)
        if len(names) > 1:
            apart = [matrix.regions[r] for r in np.flatnonzero((group >= 0) & (group != names[sizes.argmax()]))]
            warnings.warn(
                MeasureWarning(
                    f"{some(apart)} share no industry with the other regions, directly or by way of others: fitness "
                    "and complexity cannot be compared between such groups",
                    apart,
                ),
                stacklevel=2,
            )
        return found

    return kernel


@measure
def regional_fitness(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    iterations: int = 1000,
    tolerance: float = 1e-9,
) -> pd.DataFrame:
    r"""The economic fitness of regions: the sum of the complexities of what they specialise in.

    .. math:: \tilde F_r^{(n)} = \sum_i M_{ri} Q_i^{(n-1)}, \quad
        \tilde Q_i^{(n)} = \frac{1}{\sum_r M_{ri} / F_r^{(n-1)}}, \quad
        F_r^{(n)} = \frac{\tilde F_r^{(n)}}{\langle \tilde F^{(n)} \rangle}, \quad
        Q_i^{(n)} = \frac{\tilde Q_i^{(n)}}{\langle \tilde Q^{(n)} \rangle}

    Plain: F_r = sum over i of M_ri Q_i; Q_i = 1 / (sum over r of M_ri / F_r); each over its mean, from 1, repeated

    Convention:
        Tacchella et al. (2012): both vectors start at 1, are computed from those of the iteration before, and are
        divided by their mean after each. It stops where no number changes by more than the tolerance, or after so many
        iterations, with a warning; with a tolerance of 0 it makes exactly so many. M is 1 where the location quotient
        reaches the threshold (equal counts as reached) and the value is above 0.
        Own code: econcomplex 1.0.1 converges to the same numbers, but computes the complexities from the fitness of
        the same iteration, so that it differs after a given number of them, and stops after 20; regions without
        speciality count in its mean.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        iterations: at most so many, 1 upwards.
        tolerance: the change below which it has converged; 0 makes all iterations.

    Returns: a row for each region,
        fitness [1]: 0 upwards, with a mean of 1 over the regions that have one.
        diversity [1]: number of industries in which the region specialises.

    Degenerate:
        A region without speciality has none: empty, with the warning `NotDefined`. Where the matrix is close to a
        triangle, the fitness of the regions at its tip falls towards 0 slowly (Pugliese et al. 2016): a
        `MeasureWarning` says that it has not converged, and names them. Regions that share no industry with the
        others are computed with them, but a `MeasureWarning` names them.

    References:
        - Tacchella, A., Cristelli, M., Caldarelli, G., Gabrielli, A., Pietronero, L. (2012). A new metrics for
          countries' fitness and products' complexity. Scientific Reports 2, 723. doi:10.1038/srep00723
        - Pugliese, E., Zaccaria, A., Pietronero, L. (2016). On the convergence of the Fitness-Complexity Algorithm. The
          European Physical Journal Special Topics 225(10), 1893-1911. doi:10.1140/epjst/e2015-50118-1

    >>> import pandas as pd
    >>> has = {"a": "tea steel", "b": "tea tools"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> regional_fitness(table, binary=True)["fitness"].tolist()
    [1.0, 1.0]
    """
    found = _kernel(frame, threshold, binary, iterations, tolerance)

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        diversity = present(matrix, threshold, binary, frame).sum(axis=1)
        return {"fitness": found(matrix).regions, "diversity": diversity}

    columns = Columns(region, industry, value, period)
    return tabulate(frame, columns, ("region",), kernel, "the region has no speciality")


@measure
def industry_fitness(
    frame: pd.DataFrame,
    region: str = "region",
    industry: str = "industry",
    value: str = "value",
    period: str | None = None,
    threshold: float = 1.0,
    binary: bool = False,
    iterations: int = 1000,
    tolerance: float = 1e-9,
) -> pd.DataFrame:
    r"""The complexity of industries by the fitness of regions: high where no region of low fitness has them.

    .. math:: \tilde Q_i^{(n)} = \frac{1}{\sum_r M_{ri} / F_r^{(n-1)}}, \quad
        \tilde F_r^{(n)} = \sum_i M_{ri} Q_i^{(n-1)}, \quad
        Q_i^{(n)} = \frac{\tilde Q_i^{(n)}}{\langle \tilde Q^{(n)} \rangle}, \quad
        F_r^{(n)} = \frac{\tilde F_r^{(n)}}{\langle \tilde F^{(n)} \rangle}

    Plain: Q_i = 1 / (sum over r of M_ri / F_r); F_r = sum over i of M_ri Q_i; each over its mean, from 1, repeated

    Convention:
        As `regional_fitness`, which computes both; Tacchella et al. (2012). Not the PCI: see `product_complexity`.

    Args:
        frame: a row for each region and industry (and period).
        region, industry, value, period: as in `Columns`.
        threshold: the location quotient from which a region specialises in an industry.
        binary: the values are 1 (specialises) and 0 already; the threshold is not used.
        iterations: at most so many, 1 upwards.
        tolerance: the change below which it has converged; 0 makes all iterations.

    Returns: a row for each industry,
        complexity [1]: 0 upwards, with a mean of 1 over the industries that have one.
        ubiquity [1]: number of regions that specialise in the industry.

    Degenerate:
        An industry in which no region specialises has none: empty, with the warning `NotDefined`. For the rest as
        `regional_fitness`.

    References:
        - Tacchella, A., Cristelli, M., Caldarelli, G., Gabrielli, A., Pietronero, L. (2012). A new metrics for
          countries' fitness and products' complexity. Scientific Reports 2, 723. doi:10.1038/srep00723

    >>> import pandas as pd
    >>> has = {"a": "tea steel", "b": "tea tools"}
    >>> rows = [(name, industry, 1) for name, industries in has.items() for industry in industries.split()]
    >>> table = pd.DataFrame(rows, columns=["region", "industry", "value"])
    >>> industry_fitness(table, binary=True)["complexity"].round(3).tolist()
    [0.6, 1.2, 1.2]
    """
    found = _kernel(frame, threshold, binary, iterations, tolerance)

    def kernel(matrix: Matrix) -> dict[str, Numbers]:
        ubiquity = present(matrix, threshold, binary, frame).sum(axis=0)
        return {"complexity": found(matrix).industries, "ubiquity": ubiquity}

    columns = Columns(region, industry, value, period)
    return tabulate(frame, columns, ("industry",), kernel, "no region specialises in the industry")
