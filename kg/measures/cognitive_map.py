"""Fuzzy cognitive maps: what a push on one factor comes to when factors act on one another with signs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Numbers = NDArray[np.float64]

TOLERANCE = 1e-9
MAX_STEPS = 1000
LONGEST_CYCLE = 100


class Rule(StrEnum):
    """How a state follows from the one before."""

    KOSKO = "kosko"
    STYLIOS_GROUMPOS = "stylios-groumpos"


class Squash(StrEnum):
    """The function that keeps a state within bounds."""

    TANH = "tanh"
    LOGISTIC = "logistic"
    THRESHOLD = "threshold"


class Ending(StrEnum):
    """How a run ends."""

    FIXED_POINT = "fixed point"
    LIMIT_CYCLE = "limit cycle"
    NOT_SETTLED = "not settled"


@dataclass(frozen=True)
class Dynamics:
    r"""The update rule of a map.

    .. math:: x(t+1) = f(W x(t) + u), \qquad x(t+1) = f(x(t) + W x(t) + u)

    the first by Kosko, the second, with memory, by Stylios and Groumpos,
    with :math:`f(z) = \tanh(\lambda z)`, :math:`1 / (1 + e^{-\lambda z})` or, as threshold, the sign of *z*.

    Args:
        rule: which of the two.
        squash: which *f*.
        steepness: :math:`\lambda > 0`; the threshold does not use it.

    References:
        Kosko, B. (1986). Fuzzy cognitive maps. International Journal of Man-Machine Studies 24(1), 65-75.
        doi:10.1016/S0020-7373(86)80040-2.
        Stylios, C. D.; Groumpos, P. P. (2004). Modeling complex systems using fuzzy cognitive maps. IEEE Transactions
        on Systems, Man, and Cybernetics A 34(1), 155-162. doi:10.1109/TSMCA.2003.818878.
    """

    rule: Rule = Rule.KOSKO
    squash: Squash = Squash.TANH
    steepness: float = 1.0

    @property
    def rest(self) -> float:
        """The state of a factor that nothing acts on: f(0)."""
        return 0.5 if self.squash == Squash.LOGISTIC else 0.0

    @property
    def lowest(self) -> float:
        """The lower bound of a state; the upper one is 1."""
        return 0.0 if self.squash == Squash.LOGISTIC else -1.0

    def step(self, weights: Numbers, state: Numbers, push: Numbers) -> Numbers:
        """The next state.

        Args:
            weights: n x n; row i has what acts on factor i.
            state: n, or n x m for m runs at once.
            push: what is added from outside, in the shape of the state.
        """
        import numpy as np

        z = weights @ state + push
        if self.rule == Rule.STYLIOS_GROUMPOS:
            z = z + state
        if self.squash == Squash.TANH:
            return np.tanh(self.steepness * z)
        if self.squash == Squash.LOGISTIC:
            return 0.5 * (1.0 + np.tanh(0.5 * self.steepness * z))
        return np.sign(z)

    def contraction(self, weights: Numbers) -> float:
        r"""The factor by which a step brings any two states nearer to one another, at least; below 1 all runs meet.

        With the largest slope *s* of *f* (:math:`\lambda` for tanh, :math:`\lambda/4` for the logistic, infinite for
        the threshold) it is :math:`s \|W\|_\infty`, or :math:`s (1 + \|W\|_\infty)` with memory. Below 1 the step is a
        contraction, and by Banach's theorem there is one equilibrium that every run comes to.
        """
        import numpy as np

        if self.squash == Squash.THRESHOLD:
            return float("inf")
        norm = float(np.abs(weights).sum(axis=1).max()) if weights.size else 0.0
        slope = self.steepness if self.squash == Squash.TANH else self.steepness / 4
        return slope * (norm + (1.0 if self.rule == Rule.STYLIOS_GROUMPOS else 0.0))


@dataclass(frozen=True)
class Run:
    """A run of a map.

    Args:
        states: (steps + 1) x n, the first row being the state at the start.
        ending: how it ended.
        period: number of states of the cycle; 1 at a fixed point, 0 where it did not settle.
    """

    states: Numbers
    ending: Ending
    period: int

    @property
    def last(self) -> Numbers:
        """The equilibrium, n; the mean over one turn of a limit cycle, the last state of what did not settle."""
        found: Numbers = self.states[-max(self.period, 1) :].mean(axis=0)
        return found


def sign_weights(signs: Numbers, strength: float = 0.8) -> Numbers:
    r"""Weights of a map of which only signs are known: each factor follows the mean of what acts on it.

    .. math:: w_{ij} = c \, s_{ij} / \sum_k |s_{ik}|

    Args:
        signs: n x n of -1, 0, 1; row i has what acts on factor i.
        strength: *c*, above 0 and at most 1.

    Returns: n x n; the sum of absolute weights of a row is *c*, or 0 where nothing acts.

    >>> import numpy as np
    >>> sign_weights(np.array([[0, 1, -1], [0, 0, 0], [1, 0, 0]]), 0.8).tolist()
    [[0.0, 0.4, -0.4], [0.0, 0.0, 0.0], [0.8, 0.0, 0.0]]
    """
    import numpy as np

    counts = np.abs(signs).sum(axis=1, keepdims=True)
    weights: Numbers = strength * signs / np.where(counts == 0, 1, counts)
    return weights


def run(
    weights: Numbers,
    dynamics: Dynamics = Dynamics(),
    push: Numbers | None = None,
    held: Mapping[int, float] | None = None,
    tolerance: float = TOLERANCE,
    max_steps: int = MAX_STEPS,
) -> Run:
    """Run a map from rest until nothing changes, it goes in a circle, or the steps are used up.

    Args:
        weights: n x n; row i has what acts on factor i.
        dynamics: the update rule.
        push: n; added at every step, none by default.
        held: values by number of the factors that are held at them.
        tolerance: by which two states may differ and count as the same.
        max_steps: when to give up.

    >>> import numpy as np
    >>> run(np.array([[0.0, 0.0], [1.0, 0.0]]), Dynamics(squash=Squash.THRESHOLD), np.array([1.0, 0.0])).last.tolist()
    [1.0, 1.0]
    """
    import numpy as np

    size = len(weights)
    added = np.zeros(size) if push is None else push
    states = [_hold(np.full(size, dynamics.rest), held)]
    for _ in range(max_steps):
        state = _hold(dynamics.step(weights, states[-1], added), held)
        states.append(state)
        change = float(np.abs(state - states[-2]).max(initial=0.0))
        if change <= tolerance:
            return Run(np.array(states), Ending.FIXED_POINT, 1)
        # A step much longer than the tolerance tells a cycle from an oscillation that dies away slowly.
        if change > 1000 * tolerance:
            for period in range(2, min(LONGEST_CYCLE, len(states) - 1) + 1):
                if float(np.abs(state - states[-1 - period]).max()) <= tolerance:
                    return Run(np.array(states), Ending.LIMIT_CYCLE, period)
    return Run(np.array(states), Ending.NOT_SETTLED, 0)


def unit_effects(
    weights: Numbers, dynamics: Dynamics = Dynamics(), tolerance: float = 1e-7, max_steps: int = MAX_STEPS
) -> Numbers:
    """What a push of 1 on each factor in turn changes in the end.

    Args:
        weights: n x n; row i has what acts on factor i.
        dynamics: the update rule.
        tolerance: by which two states may differ and count as the same.
        max_steps: when to give up.

    Returns: n x n; column j has the changes of all factors by a push on factor j, against the run without a push. A
        column that does not settle is NaN.
    """
    import numpy as np

    size = len(weights)
    pushes = np.hstack([np.eye(size), np.zeros((size, 1))])
    state = np.full((size, size + 1), dynamics.rest)
    change = np.zeros(size + 1)
    for _ in range(max_steps):
        following = dynamics.step(weights, state, pushes)
        change = np.abs(following - state).max(axis=0, initial=0.0)
        state = following
        if float(change.max(initial=0.0)) <= tolerance:
            break
    effects = state[:, :-1] - state[:, -1:]
    settled = change[:-1] <= tolerance
    found: Numbers = np.where(settled & (change[-1] <= tolerance), effects, np.nan)
    return found


def _hold(state: Numbers, held: Mapping[int, float] | None) -> Numbers:
    for index, value in (held or {}).items():
        state[index] = value
    return state
