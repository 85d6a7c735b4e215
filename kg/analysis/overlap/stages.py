"""Who does the same stage: head-on at the same segment, or complementing one another."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from kg.analysis.facts import joined
from kg.analysis.overlap.profiles import Capability, Stages

Compared = Callable[[str, str], bool]


@dataclass(frozen=True)
class SameStage:
    """Two that perform the same stage now, and not for different industries.

    Args:
        first, second: the two.
        stage: the stage or function.
        segments: the segments recorded of the first, and of the second.
        contested: the segments of both. With one or more, the two do the same head-on.
        industry: for which both perform it, where that is said of both.
        passages: who says so of either; for a head-on pair, at the contested segments.
    """

    first: str
    second: str
    stage: str
    segments: tuple[tuple[str, ...], tuple[str, ...]]
    contested: tuple[str, ...]
    industry: str | None
    passages: tuple[str, ...]

    @property
    def head_on(self) -> bool:
        """Whether both perform it at the same segment."""
        return bool(self.contested)

    @property
    def unrecorded(self) -> bool:
        """Whether no segment is recorded of one of them, so that it cannot be said that they do the same."""
        return not all(self.segments)


@dataclass(frozen=True)
class Complement:
    """Two of which one performs what feeds a stage of the other, or both the same stage at segments of their own.

    Args:
        giver, taker: the two; where the segments differ, in their order.
        stage: what the giver performs.
        other: what the taker performs: a stage that the first feeds, or the same stage.
        segments: for the same stage, the segments of the giver and of the taker.
        passages: who says that each performs it.
    """

    giver: str
    taker: str
    stage: str
    other: str
    segments: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())
    passages: tuple[str, ...] = ()


def same_stages(capabilities: Iterable[Capability], compared: Compared) -> list[SameStage]:
    """The pairs that perform a stage in common, by stage.

    Args:
        capabilities: what is performed now.
        compared: whether two things are to be compared.
    """
    performers = _performers(capabilities)
    found: list[SameStage] = []
    for stage, by_thing in sorted(performers.items()):
        for first, second in combinations(sorted(by_thing), 2):
            if compared(first, second):
                found += _same(first, second, stage, by_thing[first], by_thing[second])
    return found


def complements(capabilities: Iterable[Capability], stages: Stages, compared: Compared) -> list[Complement]:
    """The pairs that complement one another, by stage.

    A stage feeds another, one of the two performs the first and the other the second, and not both perform both. Or
    both perform a stage, each at segments of its own.
    """
    performers = _performers(capabilities)
    found = []
    for stage, other in sorted(stages.feeds):
        givers, takers = performers.get(stage, {}), performers.get(other, {})
        for giver in sorted(givers):
            for taker in sorted(takers):
                alike = taker in givers and giver in takers
                if giver != taker and not alike and compared(giver, taker):
                    said = _passages([*givers[giver], *takers[taker]])
                    found.append(Complement(giver, taker, stage, other, passages=said))
    for pair in same_stages(capabilities, compared):
        if not pair.unrecorded and not pair.head_on:
            said = pair.passages
            found.append(Complement(pair.first, pair.second, pair.stage, pair.stage, pair.segments, said))
    return found


def _performers(capabilities: Iterable[Capability]) -> dict[str, dict[str, list[Capability]]]:
    found: dict[str, dict[str, list[Capability]]] = defaultdict(lambda: defaultdict(list))
    for capability in capabilities:
        found[capability.stage][capability.thing].append(capability)
    return found


def _same(
    first: str, second: str, stage: str, one: Sequence[Capability], two: Sequence[Capability]
) -> Iterable[SameStage]:
    """The stage in common, once for each industry of both, and once for what is said of no industry."""
    pairs: dict[str | None, list[tuple[Capability, Capability]]] = defaultdict(list)
    for a in one:
        for b in two:
            if a.industry is None or b.industry is None or a.industry == b.industry:
                pairs[a.industry if a.industry == b.industry else None].append((a, b))
    for industry, both in sorted(pairs.items(), key=lambda item: item[0] or ""):
        at = [pair for pair in both if pair[0].segment and pair[0].segment == pair[1].segment]
        segments = tuple(_segments(pair[side] for pair in both) for side in (0, 1))
        contested = _segments(pair[0] for pair in at)
        said = _passages(c for pair in (at or both) for c in pair)
        yield SameStage(first, second, stage, (segments[0], segments[1]), contested, industry, said)


def _segments(capabilities: Iterable[Capability]) -> tuple[str, ...]:
    return tuple(sorted({c.segment for c in capabilities if c.segment}))


def _passages(capabilities: Iterable[Capability]) -> tuple[str, ...]:
    return joined(c.passages for c in capabilities)
