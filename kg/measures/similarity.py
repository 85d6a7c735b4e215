"""How alike two regions are: by what they have, and by the weight that it has; and an order that shows it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence, Set

from kg.measures.specialisation.krugman import shares

OPTIMAL = 400
"""Things up to which `leaf_order` seeks the best order: the time grows with their cube (0.3 s for so many)."""


def jaccard(first: Set[Hashable], second: Set[Hashable]) -> float:
    r"""Jaccard's index of two sets, :math:`J = |A \cap B| / |A \cup B|`.

    Args:
        first, second: sets of anything.

    Returns: 0 (nothing in common) to 1 (the same); 0 for two empty sets.

    References:
        Jaccard, P. (1912). The distribution of the flora in the alpine zone. New Phytologist 11(2), 37-50.
        https://doi.org/10.1111/j.1469-8137.1912.tb05611.x

    >>> jaccard({"a", "b"}, {"b", "c"})
    0.3333333333333333
    """
    union = len(first | second)
    return len(first & second) / union if union else 0.0


def sum_of_minimum_shares(first: Mapping[str, float], second: Mapping[str, float]) -> float:
    r"""The part of two structures that is the same, as a share.

    .. math:: S_{ij} = \sum_k \min(s_i^k, s_j^k)

    where :math:`s_i^k` is the share of industry *k* in region *i*. Finger and Kreinin define it for exports, as an
    index from 0 to 100; here it goes from 0 to 1. An industry that one of the two does not list counts as a share
    of 0 there. Since the shares of both sum to 1, :math:`S_{ij} = 1 - K_{ij} / 2` with Krugman's index of the pair
    (`kg.measures.specialisation.krugman.krugman_specialisation`).

    Args:
        first, second: value by industry, in one unit, none negative.

    Returns: a number from 0 (no industry in common) to 1 (equal structures) without unit.

    Raises:
        ValueError: a region's values are all zero, negative or not finite.

    References:
        Finger, J. M., Kreinin, M. E. (1979). A measure of 'export similarity' and its possible uses. The Economic
        Journal 89(356), 905-912. https://doi.org/10.2307/2231506

    >>> sum_of_minimum_shares({"steel": 3.0, "cloth": 1.0}, {"steel": 1.0, "cloth": 1.0})
    0.75
    """
    a, b = shares(first), shares(second)
    return sum(min(a[industry], b[industry]) for industry in sorted(a.keys() & b.keys()))


def leaf_order(similarity: Sequence[Sequence[float]]) -> list[int]:
    """An order of things in which neighbours are as alike as they can be.

    The leaves of the tree of average linkage on the distance 1 - similarity, in the order, among all that the tree
    allows, for which the distances of neighbours have the smallest sum; of more than `OPTIMAL` things, any order of the
    tree. It is the same for the same matrix.

    Args:
        similarity: n by n, symmetric, 0 to 1 each; the diagonal is not read.

    Returns: the numbers of the things, 0 to n - 1, each once.

    References:
        Bar-Joseph, Z., Gifford, D. K., Jaakkola, T. S. (2001). Fast optimal leaf ordering for hierarchical clustering.
        Bioinformatics 17 (suppl. 1), S22-S29. https://doi.org/10.1093/bioinformatics/17.suppl_1.S22

    >>> leaf_order([[1, 0, 0.9], [0, 1, 0.1], [0.9, 0.1, 1]])
    [0, 2, 1]
    """
    count = len(similarity)
    if count < 3:
        return list(range(count))
    from scipy.cluster.hierarchy import leaves_list, linkage

    condensed = [1.0 - similarity[i][j] for i in range(count) for j in range(i + 1, count)]
    order = [int(leaf) for leaf in leaves_list(linkage(condensed, method="average", optimal_ordering=count <= OPTIMAL))]
    return order if order[0] < order[-1] else order[::-1]
