"""How close an industry is to what a region already specialises in, from outputs by region and industry."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite

Outputs = Mapping[str, Mapping[str, float]]


def relatedness_density(outputs: Outputs) -> dict[tuple[str, str], float]:
    r"""The density of each industry in each region.

    A region specialises in an industry where its location quotient (revealed comparative advantage) is at least 1. The
    proximity of two industries is the lesser of the two conditional probabilities that a region which specialises in
    the one specialises in the other:

    .. math:: \phi_{ij} = \min\{P(x_i \mid x_j), P(x_j \mid x_i)\}, \qquad
              \omega_i^r = \frac{\sum_{j \neq i} x_j^r \phi_{ij}}{\sum_{j \neq i} \phi_{ij}}

    where :math:`x_j^r` is 1 if region *r* specialises in industry *j* and else 0. An industry that a region does not
    list counts as an output of 0 there.

    Args:
        outputs: value (output, employment ...) by industry, by region, in one unit, none negative.

    Returns: density without unit, 0 to 1, by region and industry; an industry without any proximity has none.

    Raises:
        ValueError: a value is negative or not finite.

    References:
        Hidalgo, C. A., Klinger, B., Barabási, A.-L., Hausmann, R. (2007). The product space conditions the development
        of nations. Science 317, 482-487. doi:10.1126/science.1144581.
        Boschma, R., Minondo, A., Navarro, M. (2013). The emergence of new industries at the regional level in Spain.
        Economic Geography 89, 29-51. doi:10.1111/j.1944-8287.2012.01170.x.

    >>> plain = {"a": {"steel": 1.0, "tools": 1.0}, "b": {"steel": 1.0, "tools": 1.0}, "c": {"cloth": 2.0}}
    >>> relatedness_density(plain)["a", "steel"]
    1.0
    """
    import numpy as np

    if any(not isfinite(value) or value < 0 for row in outputs.values() for value in row.values()):
        raise ValueError("values must be finite and not negative")
    regions = sorted(outputs)
    industries = sorted({industry for row in outputs.values() for industry in row})
    if not regions or not industries:
        return {}
    values = np.array([[outputs[r].get(i, 0.0) for i in industries] for r in regions])
    expected = np.outer(values.sum(axis=1), values.sum(axis=0))
    special = ((values * values.sum() >= expected * (1 - 1e-12)) & (values > 0)).astype(float)
    both, count = special.T @ special, special.sum(axis=0)
    most = np.maximum.outer(count, count)
    proximity = np.divide(both, most, out=np.zeros_like(both), where=most > 0)
    np.fill_diagonal(proximity, 0.0)
    total = proximity.sum(axis=0)
    density = special @ proximity
    return {
        (region, industry): float(density[a, b] / total[b])
        for a, region in enumerate(regions)
        for b, industry in enumerate(industries)
        if total[b] > 0
    }
