"""How alike two regions are by what they have, and an order that shows it."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set

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
