"""Where places duplicate one another: industries in common, pair by pair, and the matrix of it."""

from __future__ import annotations

from collections.abc import Mapping, Set
from dataclasses import dataclass
from itertools import combinations

from kg.measures.specialisation import krugman_specialisation


@dataclass(frozen=True)
class Overlap:
    """Two places: the industries that both have, their Jaccard index, and Krugman's index where outputs are known."""

    first: str
    second: str
    shared: tuple[str, ...]
    jaccard: float
    krugman: float | None


@dataclass(frozen=True)
class OverlapMatrix:
    """Places by places, similar ones next to each other; the diagonal is 1 by definition."""

    places: tuple[str, ...]
    labels: Mapping[str, str]
    pairs: Mapping[tuple[str, str], Overlap]

    def pair(self, first: str, second: str) -> Overlap | None:
        """The overlap of two different places, whichever comes first."""
        return self.pairs.get((first, second)) or self.pairs.get((second, first))


def jaccard(first: Set[str], second: Set[str]) -> float:
    """Shared members over all members of two sets, 0 to 1; 0 for two empty sets (Jaccard 1912).

    >>> jaccard({"a", "b"}, {"b", "c"})
    0.3333333333333333
    """
    union = first | second
    return len(first & second) / len(union) if union else 0.0


def pairwise_overlap(
    industries: Mapping[str, Set[str]], outputs: Mapping[str, Mapping[str, float]] | None = None
) -> list[Overlap]:
    """The overlap of every pair of places, most alike first.

    Args:
        industries: for each place, the industries that it has.
        outputs: for places where it is known, output by industry in one unit and period.

    >>> pairwise_overlap({"a": {"steel", "tea"}, "b": {"steel"}})[0].jaccard
    0.5
    """
    known = outputs or {}
    found = []
    for first, second in combinations(sorted(industries), 2):
        both = all(sum(known.get(place, {}).values()) > 0 for place in (first, second))
        found.append(
            Overlap(
                first,
                second,
                tuple(sorted(industries[first] & industries[second])),
                jaccard(industries[first], industries[second]),
                krugman_specialisation(known[first], known[second]) if both else None,
            )
        )
    return sorted(found, key=lambda o: (-o.jaccard, -len(o.shared), o.first, o.second))


def overlap_matrix(overlaps: list[Overlap], labels: Mapping[str, str]) -> OverlapMatrix:
    """The matrix of overlaps, each place beside the one most like it (nearest neighbour chain)."""
    pairs = {(o.first, o.second): o for o in overlaps}
    places = sorted({p for pair in pairs for p in pair})
    matrix = OverlapMatrix(tuple(places), labels, pairs)
    if not places:
        return matrix

    def likeness(a: str, b: str) -> float:
        pair = matrix.pair(a, b)
        return pair.jaccard if pair else 0.0

    start = max(places, key=lambda p: (sum(likeness(p, q) for q in places if q != p), p))
    order, left = [start], set(places) - {start}
    while left:
        nearest = max(sorted(left), key=lambda p: likeness(order[-1], p))
        order.append(nearest)
        left.remove(nearest)
    return OverlapMatrix(tuple(order), labels, pairs)
