"""Gap matrix: which stages and functions of chains a place performs, and in which of six states.

Not recorded is no statement: it holds under the assumption that what no document speaks of is unknown, and is never
reported as missing. docs/decisions/0005-states-of-a-stage.md says how several statements make one state.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from kg.analysis.facts import joined


class State(StrEnum):
    """What is recorded of a stage at a place."""

    PRESENT = "present"
    SINGLE_PROVIDER = "single provider"
    WEAK = "weak"
    PLANNED = "planned"
    SAID_MISSING = "said missing"
    NOT_RECORDED = "not recorded"


THERE = frozenset({State.PRESENT, State.SINGLE_PROVIDER, State.WEAK})
"""The states in which a stage is performed."""


@dataclass(frozen=True)
class Statement:
    """What is said of a stage at a place.

    Args:
        stage: the stage or function.
        place: the place of which it is said.
        state: present, weak, planned or said missing, as this one statement has it.
        passages: who says so.
        regarding: IRIs of industries, clusters or other things of which it is said; none where it is said in general.
        words: the words by which it is said, such as "insufficient".
        low_end: it is said of the low end only.
        actor: the one actor that it names; none where it names none, or one that stands for many.
    """

    stage: str
    place: str
    state: State
    passages: tuple[str, ...] = ()
    regarding: tuple[str, ...] = ()
    words: str = ""
    low_end: bool = False
    actor: str | None = None


@dataclass(frozen=True)
class Cell:
    """The state of a stage at a place, the statements behind it, and the only provider where there is one."""

    state: State
    statements: tuple[Statement, ...] = ()
    provider: str | None = None

    @property
    def said(self) -> Mapping[State, tuple[str, ...]]:
        """The passages behind each of the states recorded."""
        return self._by_state(lambda statement: statement.passages)

    @property
    def regarding(self) -> Mapping[State, tuple[str, ...]]:
        """Of what each state is said, where it is not said in general."""
        return self._by_state(lambda statement: statement.regarding)

    @property
    def recorded(self) -> frozenset[State]:
        """All states recorded."""
        return frozenset(statement.state for statement in self.statements)

    @property
    def passages(self) -> tuple[str, ...]:
        """The passages behind all of them, sorted."""
        return joined(statement.passages for statement in self.statements)

    @property
    def ground(self) -> State:
        """The recorded state from which the state follows."""
        return State.PRESENT if self.state is State.SINGLE_PROVIDER else self.state

    @property
    def grounds(self) -> tuple[str, ...]:
        """The passages on which the one state rests: those that say it, or all where it follows from several."""
        return self.said.get(self.ground, self.passages)

    def _by_state(self, values: Callable[[Statement], tuple[str, ...]]) -> Mapping[State, tuple[str, ...]]:
        found: dict[State, set[str]] = defaultdict(set)
        for statement in self.statements:
            found[statement.state].update(values(statement))
        return {state: tuple(sorted(names)) for state, names in found.items()}


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


def cell_of(
    own: Iterable[Statement],
    inside: Iterable[Statement] = (),
    within: Mapping[str, Collection[str]] | None = None,
    groups: Collection[str] = (),
    joined: bool = False,
) -> Cell:
    """The cell of one stage at a place, from what is said of the place and of the places nested in it.

    What a part performs or plans, the whole does too: the best of the parts counts as one statement about the whole.
    What a part lacks is not passed on. Low-end statements alone make weak. Present becomes single provider where all
    that say so name one actor, or where they speak of one part only, which is no group of places.

    Args:
        own: statements about the place itself.
        inside: statements about places nested in it.
        within: for a place, the places around it; of parts that lie within one another the outer counts.
        groups: places that stand for several, such as regions.
        joined: the place is several taken together, so that one of them may be the only provider.
    """
    own = _low_end_alone_is_weak(own)
    nested = _low_end_alone_is_weak(inside)
    passed = [s for s in nested if s.state is not State.SAID_MISSING]
    by_part: dict[str, list[State]] = defaultdict(list)
    for statement in nested:
        by_part[statement.place].append(statement.state)
    parts = {_passed_on(states) for states in by_part.values()}
    best = [state for state in (State.PRESENT, State.WEAK, State.PLANNED) if state in parts][:1]
    state = combine([*(s.state for s in own), *best])
    if state is State.NOT_RECORDED:
        return NOTHING
    provider = None
    if state is State.PRESENT:
        provider = _only_provider([] if joined else own, [*own, *passed] if joined else passed, within, groups)
    statements = (*own, *passed)
    return Cell(state if provider is None else State.SINGLE_PROVIDER, statements, provider)


def _passed_on(states: Iterable[State]) -> State:
    """The state of a part as far as it counts for the whole: not that it is missing, but that it is planned still."""
    found = list(states)
    state = combine(found)
    return combine(set(found) - {State.SAID_MISSING}) if state is State.SAID_MISSING else state


def _low_end_alone_is_weak(statements: Iterable[Statement]) -> list[Statement]:
    """The statements; those that say present are weak where all of their place speak of the low end."""
    found = list(statements)
    higher = {s.place for s in found if s.state is State.PRESENT and not s.low_end}
    return [
        replace(s, state=State.WEAK, words="low-end only") if s.state is State.PRESENT and s.place not in higher else s
        for s in found
    ]


def _only_provider(
    own: Sequence[Statement],
    inside: Sequence[Statement],
    within: Mapping[str, Collection[str]] | None,
    groups: Collection[str],
) -> str | None:
    present = [s for s in (*own, *inside) if s.state in THERE]
    actors = {s.actor for s in present}
    if len(actors) == 1 and None not in actors:
        return actors.pop()
    if any(s.state in THERE for s in own):
        return None
    places = {s.place for s in present}
    outermost = [p for p in places if not places & set((within or {}).get(p, ())) - {p}]
    return outermost[0] if len(outermost) == 1 and outermost[0] not in groups else None


def gap_matrix(
    cells: Mapping[tuple[str, str], Cell], stages: Iterable[str], places: Iterable[str], labels: Mapping[str, str]
) -> GapMatrix:
    """The matrix of stages by places, from the cells of which something is recorded.

    Args:
        cells: cell by stage and place; a cell that is not recorded is left out.
        stages: IRIs of the rows, in the order of the chain.
        places: IRIs of the columns.
        labels: label by IRI.

    Returns: places in the order of how much is recorded of them, most first, then by label.
    """
    recorded = {key: cell for key, cell in cells.items() if cell.state is not State.NOT_RECORDED}
    count = Counter(place for _stage, place in recorded)
    columns = sorted(set(places), key=lambda place: (-count[place], labels.get(place, place)))
    return GapMatrix(tuple(dict.fromkeys(stages)), tuple(columns), labels, recorded)
