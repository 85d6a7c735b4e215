"""The state of an industry of a place: who is trained for it, how near, by how many, and at which level."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from kg.analysis.links.reading import THERE, Cooperation, Need, Programme, Reach, Reading, Regional


class LinkState(StrEnum):
    """What is recorded of training for an industry of a place."""

    MATCHED_HERE = "in the place"
    MATCHED_NEAR = "in the agglomeration"
    TOO_LOW = "too low a level"
    FEW = "few"
    SAID_MISSING = "said missing"
    FEW_IN_PART = "few, in a part"
    ELSEWHERE = "elsewhere only"
    NOT_RECORDED = "not recorded"
    NO_FIELD = "no field in the crosswalk"


class LevelState(StrEnum):
    """Whether what is taught is of the level that the industry is said to need."""

    NOTHING_SAID = ""
    ENOUGH = "enough"
    LOWER = "lower levels only"
    FEW_AWARD = "few award it"
    NOT_RECORDED = "level not recorded"


MATCHED = (LinkState.MATCHED_HERE, LinkState.MATCHED_NEAR)
SAID = (LinkState.SAID_MISSING, LinkState.FEW, LinkState.TOO_LOW)
UNRECORDED = (LinkState.ELSEWHERE, LinkState.NOT_RECORDED)


@dataclass(frozen=True)
class Link:
    """An industry of a place and the training for it.

    Args:
        industry: the industry in its place, with status and roles.
        state: what it comes to.
        reach: how near one of its fields is taught by more than few.
        fields: the fields that serve it.
        programmes: the nearest programmes of those, those of few among them.
        need: the degree level that it is said to need, if any.
        level: whether that level is taught.
        cooperation: what is said of cooperation with it, in the place or of the place as a whole.
        passages: who says what the state rests on; the passages of the industry come first.
    """

    industry: Regional
    state: LinkState
    reach: Reach
    fields: tuple[str, ...]
    programmes: tuple[Programme, ...]
    need: Need | None
    level: LevelState
    cooperation: tuple[Cooperation, ...]
    passages: tuple[str, ...]

    @property
    def recorded_cooperation(self) -> bool:
        """Whether a source says that universities or institutes work with the industry there."""
        return any(c.state == "recorded" and c.industry for c in self.cooperation)


def links(reading: Reading) -> list[Link]:
    """The state of every industry of every place, in the order of the question."""
    return [_link(reading, industry) for industry in reading.industries]


def _link(reading: Reading, of: Regional) -> Link:
    fields = reading.fields_of.get(of.industry, ())
    reach, taught = reading.nearest(of.place, fields, few=False)
    by_few = [p for p in reading.programmes if p.few and p.field in fields]
    here, in_part, around = (
        [p for p in by_few if reading.nesting.reach(of.place, p.place) == near]
        for near in (Reach.PLACE, Reach.PART, Reach.AROUND)
    )
    few = here or around
    lacks = [
        lack
        for lack in reading.lacks
        if reading.nesting.reach(of.place, lack.place) in (Reach.PLACE, Reach.AROUND)
        and (not lack.industry or lack.industry == of.industry)
        and (not lack.field or lack.field in fields)
    ]
    missing = [lack for lack in lacks if lack.missing]
    grounds: Iterable[str]
    if reach in (Reach.PLACE, Reach.PART):
        state, grounds = LinkState.MATCHED_HERE, _passages(taught)
    elif few or any(not lack.missing for lack in lacks):
        state, grounds = LinkState.FEW, {*_passages(few), *(p for lack in lacks for p in lack.passages)}
    elif missing:
        state, grounds = LinkState.SAID_MISSING, {p for lack in missing for p in lack.passages}
    elif reach in (Reach.AROUND, Reach.AGGLOMERATION):
        state, grounds = LinkState.MATCHED_NEAR, _passages(taught)
    elif in_part:
        # What few teach in a part says nothing of how many teach it in the whole; but a source does speak of it.
        state, grounds = LinkState.FEW_IN_PART, _passages(in_part)
    elif not fields:
        state, grounds = LinkState.NO_FIELD, ()
    elif reach == Reach.ELSEWHERE or reading.nearest(of.place, fields)[0] == Reach.ELSEWHERE:
        state, grounds = LinkState.ELSEWHERE, ()
    else:
        state, grounds = LinkState.NOT_RECORDED, ()
    need = _need(reading, of)
    level, ground = _level(reading, of, need, taught if reach < Reach.ELSEWHERE else [])
    if state in MATCHED and level in (LevelState.LOWER, LevelState.FEW_AWARD):
        state = LinkState.TOO_LOW
        grounds = {*grounds, *ground, *(need.passages if need else ())}
    near = [*few, *in_part, *taught] if state != LinkState.NOT_RECORDED else []
    cooperation = tuple(c for c in reading.cooperation if _concerns(reading, of, c))
    passages = tuple(dict.fromkeys([*of.passages, *sorted(set(grounds))]))
    return Link(of, state, reach, fields, tuple(dict.fromkeys(near)), need, level, cooperation, passages)


def _passages(programmes: Iterable[Programme]) -> set[str]:
    return {passage for programme in programmes for passage in programme.passages}


def _need(reading: Reading, of: Regional) -> Need | None:
    """The highest level that is said to be needed, of the place itself before in general."""
    found = [n for n in reading.needs if n.industry == of.industry and n.place in ("", of.place)]
    return max(found, key=lambda need: (bool(need.place), need.order), default=None)


def _level(
    reading: Reading, of: Regional, need: Need | None, taught: list[Programme]
) -> tuple[LevelState, tuple[str, ...]]:
    """Whether the level is taught, and who says that it is not."""
    if need is None:
        return LevelState.NOTHING_SAID, ()
    if any(p.order >= need.order for p in taught):
        return LevelState.ENOUGH, ()
    scarce = [
        p
        for p in reading.programmes
        if p.every_field
        and p.few
        and p.order >= need.order
        and reading.nesting.reach(of.place, p.place) in (Reach.PLACE, Reach.AROUND)
    ]
    if scarce:
        return LevelState.FEW_AWARD, tuple(sorted(_passages(scarce)))
    if taught and all(p.order for p in taught):
        return LevelState.LOWER, tuple(sorted(_passages(taught)))
    return LevelState.NOT_RECORDED, ()


def _concerns(reading: Reading, of: Regional, c: Cooperation) -> bool:
    if c.industry:
        return c.industry == of.industry and c.place in ("", of.place)
    return reading.nesting.reach(of.place, c.place) in (Reach.PLACE, Reach.AROUND)


@dataclass(frozen=True)
class Surplus:
    """A field taught in a place without an industry that it serves there or near.

    Args:
        programme: what is taught.
        industries: the industries that the field serves; none where the crosswalk has none.
        planned: those of them that are planned, recommended or expected in the place or near.
        passages: who says so of the field and of the planned industries.
    """

    programme: Programme
    industries: tuple[str, ...]
    planned: tuple[Regional, ...]
    passages: tuple[str, ...]


def surplus(reading: Reading) -> list[Surplus]:
    """Programmes none of whose industries is recorded as being in the place, a part of it, or around it."""
    found = []
    for programme in reading.programmes:
        if programme.every_field:
            continue
        served = tuple(sorted(industry for one, industry in reading.pairs if one == programme.field))
        there = [
            i
            for i in reading.industries
            if i.industry in served and reading.nesting.reach(programme.place, i.place) in THERE
        ]
        if any(i.status == "actual" for i in there):
            continue
        passages = sorted({*programme.passages, *(p for i in there for p in i.passages)})
        found.append(Surplus(programme, served, tuple(there), tuple(passages)))
    return found
