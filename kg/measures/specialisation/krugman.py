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
    _check(values)
    total = sum(values.values())
    if total == 0:
        raise ValueError("all values are zero, so there are no shares")
    return {industry: value / total for industry, value in values.items()}


def _check(values: Mapping[str, float]) -> None:
    if any(not isfinite(value) or value < 0 for value in values.values()):
        raise ValueError("values must be finite and not negative")


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


def krugman_against_rest(regions: Mapping[str, Mapping[str, float]], region: str) -> float:
    r"""Krugman's index of a region, the reference being the rest of the regions taken together.

    .. math:: K_i = \sum_k |s_i^k - \bar s_i^k|,
        \quad \bar s_i^k = \sum_{j \ne i} E_j^k / \sum_k \sum_{j \ne i} E_j^k

    where :math:`E_i^k` is the value of industry *k* in region *i* and :math:`s_i^k` its share there. This is the sound
    form of formula 1 of Zhao, Wu and Qin. Their print sets the share of one other region into the sum (that is
    `krugman_specialisation`) and a stray *s* behind it; but it defines the mean over all others below, and gives one
    value for each city.

    Args:
        regions: for each region, value by industry, in one unit, none negative.
        region: the one whose index is wanted.

    Returns: a number from 0 to 2 without unit.

    Raises:
        KeyError: no such region.
        ValueError: there is no other region, or the values of the region or of the rest are all zero, negative or not
            finite.

    References:
        Krugman, P. (1991). Geography and Trade. MIT Press, pp. 75-76.
        Zhao, X., Wu, Z., Qin, R.: the source `yijing-jingen`, formula 1.

    >>> krugman_against_rest({"a": {"steel": 1.0}, "b": {"steel": 1.0}, "c": {"cloth": 2.0}}, "c")
    2.0
    """
    own = regions[region]
    rest: dict[str, float] = {}
    for name, values in regions.items():
        if name != region:
            _check(values)
            for industry, value in values.items():
                rest[industry] = rest.get(industry, 0.0) + value
    if not rest:
        raise ValueError("there is no other region to compare with")
    return krugman_specialisation(own, rest)
