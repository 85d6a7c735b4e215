"""Communities of a network, and how far they agree with groups that someone drew."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import comb, log

import networkx as nx

SEED = 0
LEAST_THINGS, LEAST_GROUPS = 5, 2
"""With fewer things, or fewer groups of two and more of them, there is nothing to compare."""

Edge = tuple[str, str]


def communities(network: nx.DiGraph[str], without: Collection[Edge] = ()) -> list[list[str]]:
    """Groups of nodes more tied to one another than to others, largest first: Louvain with a fixed seed.

    Blondel and others 2008, doi:10.1088/1742-5468/2008/10/P10008, on the undirected network with resolution 1. Nodes
    are put in order first, so that the same network gives the same groups; networkx finds them with either engine.

    Args:
        network: the network.
        without: edges to leave out, in either direction.
    """
    left_out = {(min(edge), max(edge)) for edge in without}
    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    pairs = {(min(edge), max(edge)) for edge in network.edges if edge[0] != edge[1]}
    plain.add_edges_from(sorted(pairs - left_out))
    groups = nx.community.louvain_communities(plain, seed=SEED)
    return sorted((sorted(group) for group in groups), key=lambda group: (-len(group), group))


def adjusted_rand(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Adjusted Rand index of two partitions (Hubert and Arabie 1985, doi:10.1007/BF01908075).

    Args:
        first: the group of every thing in the one.
        second: the same in the other, of the same length.

    Returns: 1 where they are equal, about 0 where they agree as chance would have it, negative where less; 1 where both
        have one group only or both put everything apart.

    >>> adjusted_rand([0, 0, 1, 1], [0, 0, 1, 2])
    0.5714285714285715
    """
    both = sum(comb(n, 2) for n in Counter(zip(first, second, strict=True)).values())
    ones = sum(comb(n, 2) for n in Counter(first).values())
    twos = sum(comb(n, 2) for n in Counter(second).values())
    pairs = comb(len(first), 2)
    expected = ones * twos / pairs if pairs else 0.0
    most = (ones + twos) / 2
    return (both - expected) / (most - expected) if most != expected else 1.0


def mutual_information(first: Sequence[Hashable], second: Sequence[Hashable]) -> float:
    """Normalised mutual information of two partitions, 2I/(H1+H2) (Danon and others 2005,
    doi:10.1088/1742-5468/2005/09/P09008).

    Args:
        first: the group of every thing in the one.
        second: the same in the other, of the same length.

    Returns: 0 (nothing in common) to 1 (equal); 1 where both have one group only. It is not corrected for chance: many
        small groups raise it.

    >>> mutual_information(["a", "a", "b", "b"], [1, 1, 2, 2])
    1.0
    """
    size = len(first)

    def entropy(counts: Iterable[int]) -> float:
        return -sum(n / size * log(n / size) for n in counts)

    one, two = Counter(first), Counter(second)
    entropies = entropy(one.values()) + entropy(two.values())
    shared = entropies - entropy(Counter(zip(first, second, strict=True)).values())
    return min(1.0, max(0.0, 2 * shared / entropies)) if entropies else 1.0


def omega(first: Sequence[Collection[Hashable]], second: Sequence[Collection[Hashable]]) -> float:
    """Omega index of two covers (Collins and Dent 1988, doi:10.1207/s15327906mbr2302_6): the adjusted Rand index where
    a thing may be in several groups. Two covers agree on a pair of things where both put them together equally often.

    Args:
        first: the groups of every thing in the one; none, one or several.
        second: the same in the other, of the same length.

    >>> omega([{"a"}, {"a", "b"}, {"b"}], [{1}, {1, 2}, {2}])
    1.0
    """
    pairs = list(combinations(range(len(first)), 2))
    ones = [len(set(first[a]) & set(first[b])) for a, b in pairs]
    twos = [len(set(second[a]) & set(second[b])) for a, b in pairs]
    if not pairs:
        return 1.0
    seen = sum(a == b for a, b in zip(ones, twos, strict=True)) / len(pairs)
    one, two = Counter(ones), Counter(twos)
    expected = sum(one[k] * two[k] for k in one) / len(pairs) ** 2
    return (seen - expected) / (1 - expected) if expected < 1 else 1.0


@dataclass(frozen=True)
class Elsewhere:
    """A thing outside the community that holds more of its group than any other.

    Args:
        thing: its IRI.
        group: IRI of the group as drawn.
        community: number of its community.
        usual: number of that community.
        share: share of the group that is in the usual one, 0 to 1.
    """

    thing: str
    group: str
    community: int
    usual: int
    share: float


@dataclass(frozen=True)
class Comparison:
    """Communities of a network beside groups as drawn.

    Args:
        things: the things compared: members of a group that are nodes of the network.
        groups: members by group.
        community: number of the community by thing.
        several: the things drawn into several groups; for the two indices of partitions each counts for the smallest.
        rand: adjusted Rand index, -1 to 1; none where too little remains.
        information: normalised mutual information, 0 to 1; none in the same case.
        omega: omega index over all groups of a thing, at most 1; none in the same case.
        elsewhere: the things outside the community that holds more of their group than any other.
        split: groups of which no community holds more than any other, so that nobody falls elsewhere.
    """

    things: tuple[str, ...]
    groups: Mapping[str, tuple[str, ...]]
    community: Mapping[str, int]
    several: tuple[str, ...]
    rand: float | None
    information: float | None
    omega: float | None
    elsewhere: tuple[Elsewhere, ...]
    split: tuple[str, ...]


def compare(found: Sequence[Sequence[str]], drawn: Mapping[str, Iterable[str]]) -> Comparison:
    """Compare communities with groups as drawn.

    Args:
        found: the communities, each a list of nodes.
        drawn: members by group; those that are in no community are left out.
    """
    community = {node: number for number, group in enumerate(found) for node in group}
    groups = {group: tuple(sorted({m for m in members if m in community})) for group, members in sorted(drawn.items())}
    groups = {group: members for group, members in groups.items() if members}
    of: dict[str, list[str]] = defaultdict(list)
    for group, members in sorted(groups.items(), key=lambda item: (len(item[1]), item[0])):
        for member in members:
            of[member].append(group)
    things = tuple(sorted(of))
    smallest = [of[thing][0] for thing in things]
    where = [community[thing] for thing in things]
    large = sum(count > 1 for count in Counter(smallest).values())
    enough = len(things) >= LEAST_THINGS and large >= LEAST_GROUPS
    elsewhere, split = _elsewhere(groups, community)
    return Comparison(
        things,
        groups,
        {thing: community[thing] for thing in things},
        tuple(thing for thing in things if len(of[thing]) > 1),
        adjusted_rand(smallest, where) if enough else None,
        mutual_information(smallest, where) if enough else None,
        omega([of[thing] for thing in things], [{number} for number in where]) if enough else None,
        elsewhere,
        split,
    )


def _elsewhere(
    groups: Mapping[str, Sequence[str]], community: Mapping[str, int]
) -> tuple[tuple[Elsewhere, ...], tuple[str, ...]]:
    found, split = [], []
    for group, members in groups.items():
        if len(members) < 2:
            continue
        first, *others = Counter(community[member] for member in members).most_common()
        if others and others[0][1] == first[1]:
            split.append(group)
            continue
        share = first[1] / len(members)
        found += [
            Elsewhere(member, group, community[member], first[0], share)
            for member in members
            if community[member] != first[0]
        ]
    return tuple(found), tuple(split)
