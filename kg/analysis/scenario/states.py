"""The states of stages before and after: the cells of the gap matrices that differ."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from kg.analysis.facts import Facts
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix, State
from kg.errors import ScenarioError


@dataclass(frozen=True)
class StateChange:
    """A stage at a place whose state differs.

    Args:
        stage: the stage or function.
        stage_label: its name.
        place: the place.
        place_label: its name.
        before: the state in the graph.
        after: the state in the scenario.
        chains: names of the chains in whose matrices it stands.
        passages: the passages behind either.
    """

    stage: str
    stage_label: str
    place: str
    place_label: str
    before: State
    after: State
    chains: tuple[str, ...]
    passages: tuple[str, ...]


def compare_states(base: Facts, other: Facts) -> list[StateChange]:
    """The cells of the gap matrices of two graphs that differ, by place and stage.

    Raises:
        ScenarioError: a chain of the base is in no matrix of the other: less than two of its stages are recorded.
    """
    before, after = dict(gap_matrices(base)), dict(gap_matrices(other))
    for chain in before:
        if chain not in after:
            raise ScenarioError(
                f"the scenario leaves less than two recorded stages of the chain {chain}: its gaps would close because "
                "nothing is said, not because anything is done. Add what takes their place, or take out less"
            )
    found: dict[tuple[str, str], StateChange] = {}
    for chain in sorted({**before, **after}):
        for change in _differing(chain, before.get(chain, _EMPTY), after[chain]):
            known = found.get((change.stage, change.place))
            if known is not None:
                change = replace(known, chains=(*known.chains, chain))
            found[change.stage, change.place] = change
    return sorted(found.values(), key=lambda c: (c.place_label, c.place, c.stage_label, c.stage))


_EMPTY = GapMatrix((), (), {}, {})


def _differing(chain: str, before: GapMatrix, after: GapMatrix) -> Iterator[StateChange]:
    for stage, place in {**before.cells, **after.cells}:
        was, now = before.cell(stage, place), after.cell(stage, place)
        if was.state != now.state:
            labels = {**before.labels, **after.labels}
            passages = tuple(sorted({*was.passages, *now.passages}))
            yield StateChange(stage, labels[stage], place, labels[place], was.state, now.state, (chain,), passages)
