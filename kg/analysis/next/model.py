"""What could be added to a place, and what speaks for it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from kg.analysis.next.weights import Weights
from kg.analysis.result import Part, weighted

FORBIDDEN = "not permitted"


@dataclass(frozen=True)
class Candidate:
    """Something that a place could add, strengthen or extend.

    Args:
        place: IRI of the place.
        thing: IRI of the stage, function or industry.
        kind: stage, function or industry.
        chain: the chain in which it is judged; none for an industry without a chain.
        chains: all chains through which it is one, for asking by chain.
        state: what is recorded of it at the place, as in the gap matrix.
        extended: whether it is there already, and planned or recommended further.
        grounds: passages that say so.
        low_end: what is there is weak only in that it is said of the low end.
    """

    place: str
    thing: str
    kind: str
    chain: str | None
    chains: tuple[str, ...]
    state: str
    extended: bool = False
    grounds: tuple[str, ...] = ()
    low_end: bool = False


@dataclass(frozen=True)
class Component:
    """A component of a score.

    Args:
        name: one of the names of weights.
        value: 0 to 1; none where it is not known, which is not the same as 0.
        words: how the value came about, or why it is not known.
        passages: IRIs of the passages that it rests on.
    """

    name: str
    value: float | None
    words: str
    passages: tuple[str, ...] = ()


class Standing(NamedTuple):
    """What a suggestion comes to by some weights.

    Args:
        parts: how many of its components are known and have a weight.
        score: the mean of these by their weights, 0 to 1; 0 for what is not permitted.
        known: the share of all the weight that they have, 0 to 1.
    """

    parts: int
    score: float
    known: float


@dataclass(frozen=True)
class Suggestion:
    """A candidate with its components, in the order of the weights.

    Args:
        candidate: what is suggested.
        components: one for each weight.
        permission: the strictest degree that a rule of the unit states: permitted, conditional, restricted or
            "not permitted"; "not said" where none speaks of it.
    """

    candidate: Candidate
    components: tuple[Component, ...]
    permission: str

    @property
    def permitted(self) -> bool:
        """Whether no rule forbids it."""
        return self.permission != FORBIDDEN

    def parts(self, weights: Weights) -> tuple[Part, ...]:
        """The known components with their weights; those of weight 0 are left out."""
        return tuple(
            Part(c.name, c.value, weights[c.name], c.words)
            for c in self.components
            if c.value is not None and weights[c.name]
        )

    def standing(self, weights: Weights) -> Standing:
        """What it comes to by the weights."""
        parts = self.parts(weights)
        score = weighted(parts) if self.permitted else 0.0
        return Standing(len(parts), score, sum(part.weight for part in parts) / sum(weights.values()))

    def score(self, weights: Weights) -> float:
        """The mean of the known components by their weights, 0 to 1; 0 for what is not permitted."""
        return self.standing(weights).score

    def known(self, weights: Weights) -> float:
        """The share of the weight that known components have, 0 to 1."""
        return self.standing(weights).known

    @property
    def passages(self) -> tuple[str, ...]:
        """All passages behind it, sorted."""
        found = {*self.candidate.grounds, *(p for c in self.components for p in c.passages)}
        return tuple(sorted(found))
