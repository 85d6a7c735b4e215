"""How alike two orders of the same things are."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import sqrt


def kendall_tau_b(first: Sequence[float], second: Sequence[float]) -> float | None:
    r"""Kendall's rank correlation, corrected for ties.

    .. math:: \tau_b = \frac{C - D}{\sqrt{(n_0 - n_1)(n_0 - n_2)}}

    with *C* concordant and *D* discordant pairs, :math:`n_0 = n(n-1)/2` pairs in all, and :math:`n_1`, :math:`n_2`
    those that are tied in the first and in the second.

    Args:
        first, second: value of each thing, in the same order of things.

    Returns: 1 for the same order, -1 for the reverse; none with fewer than two things, or where one ties them all.

    Raises:
        ValueError: the two differ in length.

    References:
        Kendall, M. G. (1945). The treatment of ties in ranking problems. Biometrika 33, 239-251.
        doi:10.1093/biomet/33.3.239.

    >>> kendall_tau_b([3, 2, 1], [3, 1, 2])
    0.3333333333333333
    >>> kendall_tau_b([1, 1], [1, 2]) is None
    True
    """
    score = tied_first = tied_second = pairs = 0
    for (a, b), (c, d) in combinations(zip(first, second, strict=True), 2):
        left, right = (a > c) - (a < c), (b > d) - (b < d)
        score += left * right
        tied_first += left == 0
        tied_second += right == 0
        pairs += 1
    scale = (pairs - tied_first) * (pairs - tied_second)
    return score / sqrt(scale) if scale else None
