"""The order of suggestions, and how it changes when a weight does."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from kg.analysis.next.model import Standing, Suggestion
from kg.analysis.next.weights import Weights

FACTORS = (1.5, 0.5)
MIN_PARTS = 2
_DIGITS = 9


@dataclass(frozen=True)
class Move:
    """What happens to the order of a place when one weight is multiplied.

    Args:
        component: whose weight it is.
        factor: by how much it is multiplied.
        tau: Kendall's tau-b of the scores against those before, -1 to 1; none where all score alike.
        moved: IRIs of the things whose rank changes, in the new order.
        first: IRI of the thing that is then first; none where nothing is permitted.
        first_stays: whether it was first before.
    """

    component: str
    factor: float
    tau: float | None
    moved: tuple[str, ...]
    first: str | None
    first_stays: bool


def in_order(suggestions: Iterable[Suggestion], weights: Weights, label: Callable[[str], str]) -> list[Suggestion]:
    """Suggestions, best first: by score, then by how much of the weight is known, then by name.

    What only one component is known of comes after the rest, since a mean of one is no comparison; what is not
    permitted comes last, whatever its components are.
    """

    those = list(suggestions)
    return [those[number] for number in _order(those, [s.standing(weights) for s in those], label)]


def _order(suggestions: Sequence[Suggestion], standings: Sequence[Standing], label: Callable[[str], str]) -> list[int]:
    """The numbers of suggestions in their order, by what each comes to."""

    def key(number: int) -> tuple[bool, bool, float, float, str, str]:
        s, standing = suggestions[number], standings[number]
        score, known = round(standing.score, _DIGITS), round(standing.known, _DIGITS)
        thing = s.candidate.thing
        return (not s.permitted, standing.parts < MIN_PARTS, -score, -known, label(thing), thing)

    return sorted(range(len(suggestions)), key=key)


def sensitivity(suggestions: Iterable[Suggestion], weights: Weights, label: Callable[[str], str]) -> tuple[Move, ...]:
    """How the order changes when each weight is raised and lowered by a half, one at a time.

    Ranks are places in the list, so that things which tie are told apart by what is known of them and by name.
    """
    base = in_order(suggestions, weights, label)
    scores = _scores(base, [s.standing(weights) for s in base])
    first = _first(base)
    moves = []
    for component in weights:
        for factor in FACTORS:
            changed = {**weights, component: weights[component] * factor}
            if not any(changed.values()):
                continue
            standings = [s.standing(changed) for s in base]
            order = _order(base, standings, label)
            moved = tuple(base[number].candidate.thing for rank, number in enumerate(order) if number != rank)
            tau = rank_correlation(scores, _scores(base, standings))
            then = _first([base[number] for number in order[:1]])
            moves.append(Move(component, factor, tau, moved, then, then == first))
    return tuple(moves)


def rank_correlation(before: Sequence[float], after: Sequence[float]) -> float | None:
    """Kendall's tau-b of two lists of scores; none with fewer than two, or where one of the lists ties them all.

    The sum over pairs of the product of the signs of their differences, by the root of the product of the pairs that
    each list does not tie (Kendall 1945, doi:10.1093/biomet/33.3.239). SciPy's gives the same, but takes a second to
    load.

    >>> rank_correlation([3, 2, 1], [3, 1, 2])
    0.333333333
    >>> rank_correlation([1, 1], [1, 2]) is None
    True
    """
    import numpy as np

    one, other = (np.sign(np.subtract.outer(scores, scores)) for scores in (before, after))
    scale = float(np.abs(one).sum() * np.abs(other).sum())
    return round(float((one * other).sum()) / sqrt(scale), _DIGITS) if scale else None


def _first(order: list[Suggestion]) -> str | None:
    return order[0].candidate.thing if order and order[0].permitted else None


def _scores(suggestions: Iterable[Suggestion], standings: Iterable[Standing]) -> list[float]:
    return [
        round(standing.score, _DIGITS) if suggestion.permitted else -1.0
        for suggestion, standing in zip(suggestions, standings, strict=True)
    ]
