"""Pairs of places or clusters: what both have, how alike they are by it and by its weight, and the matrix of it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass

from kg.measures.similarity import jaccard, leaf_order


@dataclass(frozen=True)
class Overlap:
    """Two places by what they have in one aspect.

    Args:
        first, second: IRIs of the two.
        shared: what both have, in order.
        jaccard: shared over all that either has, 0 to 1 (Jaccard 1912).
        krugman: sum of the absolute differences of their shares in output, 0 to 2; none where an output is not known.
        minimum_shares: sum of the smaller of their shares in output, 0 to 1; none where an output is not known.
    """

    first: str
    second: str
    shared: tuple[str, ...]
    jaccard: float
    krugman: float | None = None
    minimum_shares: float | None = None


@dataclass(frozen=True)
class OverlapMatrix:
    """Places by places, similar ones next to each other; the diagonal is 1 by definition."""

    places: tuple[str, ...]
    labels: Mapping[str, str]
    pairs: Mapping[tuple[str, str], Overlap]

    def pair(self, first: str, second: str) -> Overlap | None:
        """The overlap of two different places, whichever comes first."""
        return self.pairs.get((first, second)) or self.pairs.get((second, first))


def overlap_of(
    first: str,
    second: str,
    industries: Mapping[str, Set[str]],
    outputs: Mapping[str, Mapping[str, float]] | None = None,
) -> Overlap:
    """The overlap of two places.

    Args:
        first, second: the two.
        industries: for each place, what it has.
        outputs: for places where it is known, output by industry in one unit and period.

    Raises:
        ValueError: an output is negative or not finite.
    """
    one, two = industries.get(first, frozenset()), industries.get(second, frozenset())
    a, b = ((outputs or {}).get(place, {}) for place in (first, second))
    known = sum(a.values()) > 0 and sum(b.values()) > 0
    krugman, minimum = _alike(a, b) if known else (None, None)
    return Overlap(first, second, tuple(sorted(one & two)), jaccard(one, two), krugman, minimum)


def _alike(first: Mapping[str, float], second: Mapping[str, float]) -> tuple[float, float]:
    """Krugman's index and the sum of minimum shares of two outputs; what one of them does not list is 0 there."""
    import numpy as np

    from kg.measures.specialisation.krugman import krugman_index
    from kg.measures.specialisation.shares import shares
    from kg.measures.specialisation.structural_similarity import minimum_shares

    industries = sorted({*first, *second})
    values = np.array([[output.get(industry, 0.0) for industry in industries] for output in (first, second)])
    if not np.isfinite(values).all() or (values < 0).any():
        raise ValueError("outputs must be finite and not negative")
    own, other = shares(values)
    return float(krugman_index(own, other)), float(minimum_shares(own, other))


def overlap_matrix(overlaps: list[Overlap], labels: Mapping[str, str]) -> OverlapMatrix:
    """The matrix of overlaps, ordered by similarity (`kg.measures.similarity.leaf_order`)."""
    pairs = {(o.first, o.second): o for o in overlaps}
    places = sorted({p for pair in pairs for p in pair})
    matrix = OverlapMatrix(tuple(places), labels, pairs)
    likeness = [[(pair.jaccard if (pair := matrix.pair(a, b)) else 0.0) for b in places] for a in places]
    return OverlapMatrix(tuple(places[number] for number in leaf_order(likeness)), labels, pairs)
