"""Groups that all do the same: who holds an item, and the largest groups with the most in common."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Set
from dataclasses import dataclass
from typing import TypeVar

Thing = TypeVar("Thing", bound=Hashable)
Held = TypeVar("Held", bound=Hashable)

MOST = 2_000
"""Groups that are sought for one aspect of one level: sets of n items can have up to 2 to the n of them."""


@dataclass(frozen=True)
class Group:
    """Things that all hold the same items: no other thing holds them all, and no other item is held by all of them.

    Such a pair of sets, maximal both ways, is a formal concept (Ganter and Wille 1999).

    Args:
        level: of what kind the things are.
        aspect: in what they are alike.
        things: IRIs, in order.
        items: what all of them hold.
        wholes: those of the things of which another is a part.
    """

    level: str
    aspect: str
    things: tuple[str, ...]
    items: tuple[tuple[str, ...], ...]
    wholes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Holders:
    """Who holds an item, among those that are asked about.

    Args:
        level: of what kind they are.
        aspect: in what the item lies.
        item: the item.
        have: those that hold it.
        not_recorded: those of which nothing is recorded of it, which is not the same as not having it.
    """

    level: str
    aspect: str
    item: tuple[str, ...]
    have: tuple[str, ...]
    not_recorded: tuple[str, ...]


def holders(has: Mapping[Thing, Set[Held]]) -> dict[Held, frozenset[Thing]]:
    """The things that hold each item.

    >>> sorted(holders({"a": {"x"}, "b": {"x", "y"}})["x"])
    ['a', 'b']
    """
    found: dict[Held, set[Thing]] = {}
    for thing, items in has.items():
        for item in items:
            found.setdefault(item, set()).add(thing)
    return {item: frozenset(things) for item, things in found.items()}


def closed_groups(
    has: Mapping[Thing, Set[Held]], smallest: int = 2, most: int = MOST
) -> list[tuple[frozenset[Thing], frozenset[Held]]]:
    """All sets of things with sets of items that are maximal both ways, of at least so many things and one item.

    Close-by-One: from each set of things the next items are tried in turn, and a set is taken where it is first met.

    Args:
        has: the items of each thing.
        smallest: number of things that a group has at least, 1 or more.
        most: stop when so many are found.

    Returns: things and items, largest group first.

    References:
        Ganter, B., Wille, R. (1999). Formal Concept Analysis. Springer. https://doi.org/10.1007/978-3-642-59830-2

    >>> [sorted(things) for things, _items in closed_groups({"a": {"x", "y"}, "b": {"x", "y"}, "c": {"x"}})]
    [['a', 'b', 'c'], ['a', 'b']]
    """
    held = {item: things for item, things in holders(has).items() if len(things) >= smallest}
    items = sorted(held, key=str)
    rank = {item: number for number, item in enumerate(items)}
    found: list[tuple[frozenset[Thing], frozenset[Held]]] = []
    waiting: list[tuple[frozenset[Thing], frozenset[Held], int]] = [(frozenset(has), frozenset(), 0)]
    while waiting and len(found) < most:
        things, known, start = waiting.pop()
        for number in range(start, len(items)):
            smaller = things & held[items[number]]
            if items[number] in known or len(smaller) < smallest:
                continue
            intent = frozenset(item for item in items if smaller <= held[item])
            # Met first where the item tried is the first that is new; else the same set is met in another way.
            if min(rank[item] for item in intent - known) == number:
                found.append((smaller, intent))
                waiting.append((smaller, intent, number + 1))
    return sorted(found[:most], key=lambda g: (-len(g[0]), -len(g[1]), sorted(map(str, g[0])), sorted(map(str, g[1]))))
