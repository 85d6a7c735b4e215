"""Gap matrix: which stages and functions of chains a place performs, and in which state.

Five states are kept apart: present, weak, planned, said missing, and not recorded. The last is no statement: it holds
under the assumption that what no document speaks of is unknown, and is never reported as missing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    """What is recorded of a stage at a place."""

    PRESENT = "present"
    WEAK = "weak"
    PLANNED = "planned"
    SAID_MISSING = "said missing"
    NOT_RECORDED = "not recorded"


@dataclass(frozen=True)
class Statement:
    """A recorded state of a stage at a place, its passages, and of what it is said where not in general."""

    stage: str
    place: str
    state: State
    passages: tuple[str, ...] = ()
    regarding: tuple[str, ...] = ()


@dataclass(frozen=True)
class Cell:
    """The state of a stage at a place, and the passages behind each of the states recorded there."""

    state: State
    said: Mapping[State, tuple[str, ...]] = field(default_factory=dict)
    regarding: Mapping[State, tuple[str, ...]] = field(default_factory=dict)

    @property
    def recorded(self) -> frozenset[State]:
        """All states recorded."""
        return frozenset(self.said)

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages behind all of them, sorted."""
        return tuple(sorted({passage for passages in self.said.values() for passage in passages}))

    @property
    def grounds(self) -> tuple[str, ...]:
        """The passages on which the one state rests: those that say it, or all where it follows from several."""
        return self.said.get(self.state, self.passages)


NOTHING = Cell(State.NOT_RECORDED)


@dataclass(frozen=True)
class GapMatrix:
    """Stages by places. Labels by IRI; a pair without a cell is not recorded."""

    stages: tuple[str, ...]
    places: tuple[str, ...]
    labels: Mapping[str, str]
    cells: Mapping[tuple[str, str], Cell]

    def cell(self, stage: str, place: str) -> Cell:
        """The cell of a stage at a place."""
        return self.cells.get((stage, place), NOTHING)


def combine(states: Iterable[State]) -> State:
    """The one state that several statements amount to.

    A stage that is said both to be there and to be weak or missing is weak. What is said to be missing stays missing
    where it is also planned: a proposal does not make it there.

    >>> combine([State.PRESENT, State.SAID_MISSING])
    <State.WEAK: 'weak'>
    >>> combine([])
    <State.NOT_RECORDED: 'not recorded'>
    """
    found = set(states)
    if State.WEAK in found or {State.PRESENT, State.SAID_MISSING} <= found:
        return State.WEAK
    for state in (State.PRESENT, State.SAID_MISSING, State.PLANNED):
        if state in found:
            return state
    return State.NOT_RECORDED


def gap_matrix(
    statements: Iterable[Statement],
    stages: Iterable[str],
    labels: Mapping[str, str],
    within: Mapping[str, Iterable[str]] | None = None,
) -> GapMatrix:
    """The matrix of stages, in the given order, by the places of which something is recorded.

    Args:
        statements: what is recorded.
        stages: IRIs of the rows, in the order of the chain.
        labels: label by IRI.
        within: for a place, the places that it lies in; what a place performs, those around it that are in the matrix
            perform too. What is missing or weak in a part is not passed on to the whole.

    Returns: places in the order of how much is recorded of them, most first, then by label.
    """
    rows = tuple(dict.fromkeys(stages))
    wanted = set(rows)
    own = [s for s in statements if s.stage in wanted]
    known = {s.place for s in own}
    passed = [
        Statement(s.stage, around, s.state, s.passages, s.regarding)
        for s in own
        if s.state in (State.PRESENT, State.PLANNED)
        for around in (within or {}).get(s.place, ())
        if around in known
    ]
    grouped: dict[tuple[str, str], list[Statement]] = {}
    for statement in [*own, *passed]:
        grouped.setdefault((statement.stage, statement.place), []).append(statement)
    cells = {key: _cell(group) for key, group in grouped.items()}
    count = {place: sum(1 for (_, other) in cells if other == place) for place in known}
    places = tuple(sorted(known, key=lambda p: (-count[p], labels.get(p, p))))
    return GapMatrix(rows, places, labels, cells)


def _cell(statements: Iterable[Statement]) -> Cell:
    said: dict[State, set[str]] = {}
    regarding: dict[State, set[str]] = {}
    for statement in statements:
        said.setdefault(statement.state, set()).update(statement.passages)
        regarding.setdefault(statement.state, set()).update(statement.regarding)
    return Cell(
        combine(said),
        {state: tuple(sorted(passages)) for state, passages in said.items()},
        {state: tuple(sorted(names)) for state, names in regarding.items()},
    )
