"""An order of rows or columns in which neighbours are alike."""

from __future__ import annotations

from collections.abc import Hashable, Sequence, Set

import numpy as np

from kg.measures.similarity import leaf_order

MOST_ORDERED = 400
"""Things that are put in order of similarity; those of which less is recorded follow them."""


def alike(sets: Sequence[Set[Hashable]]) -> list[int]:
    """An order of sets in which neighbours are alike by Jaccard's index; empty ones come last.

    >>> alike([{1, 2}, set(), {2, 3}])
    [0, 2, 1]
    """
    by_size = sorted((n for n, found in enumerate(sets) if found), key=lambda n: (-len(sets[n]), n))
    kept, rest = sorted(by_size[:MOST_ORDERED]), by_size[MOST_ORDERED:]
    items = {item: n for n, item in enumerate(dict.fromkeys(item for k in kept for item in sets[k]))}
    has = np.zeros((len(kept), len(items)), dtype=np.float32)
    for row, k in enumerate(kept):
        has[row, [items[item] for item in sets[k]]] = 1.0
    both = has @ has.T
    sizes = has.sum(axis=1)
    likeness = both / np.maximum(sizes[:, None] + sizes - both, 1.0)
    order = [kept[n] for n in leaf_order(likeness.tolist())]
    return [*order, *rest, *(n for n, found in enumerate(sets) if not found)]
