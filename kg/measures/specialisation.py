"""How the industrial structures of two regions differ."""

from __future__ import annotations

from collections.abc import Mapping
from math import isfinite


def shares(values: Mapping[str, float]) -> dict[str, float]:
    """The share of each industry in the total of a region.

    Args:
        values: value (output, employment ...) by industry, in one unit, none negative.

    Raises:
        ValueError: a value is negative or not finite, or all are zero, so that there are no shares.

    >>> shares({"steel": 3.0, "cloth": 1.0})
    {'steel': 0.75, 'cloth': 0.25}
    """
    if any(not isfinite(value) or value < 0 for value in values.values()):
        raise ValueError("values must be finite and not negative")
    total = sum(values.values())
    if total == 0:
        raise ValueError("all values are zero, so there are no shares")
    return {industry: value / total for industry, value in values.items()}


def krugman_specialisation(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    r"""Krugman's index of the difference of two regions, the reference being the one other region.

    .. math:: K_{ij} = \sum_k |s_i^k - s_j^k|

    where :math:`s_i^k` is the share of industry *k* in region *i*. It is 0 for equal structures and 2 where no industry
    is common. An industry that one of the two does not list counts as a share of 0 there.

    Args:
        first, second: value by industry, in one unit, none negative.

    Returns: a number from 0 to 2 without unit.

    Raises:
        ValueError: a region's values are all zero, negative or not finite.

    References:
        Krugman, P. (1991). Geography and Trade. MIT Press, pp. 75-76.

    >>> krugman_specialisation({"steel": 1.0}, {"cloth": 1.0})
    2.0
    """
    a, b = shares(first), shares(second)
    return sum(abs(a.get(industry, 0.0) - b.get(industry, 0.0)) for industry in sorted({*a, *b}))
