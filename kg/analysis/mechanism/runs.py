"""Runs of the map: a shock, what each factor does to the others, inflow switched off, and parts run alone."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import networkx as nx

from kg.analysis.mechanism.network import Link, Network, View
from kg.analysis.mechanism.options import Hold, Options
from kg.measures.cognitive_map import Ending, run, sign_weights, unit_effects

if TYPE_CHECKING:
    from kg.measures.cognitive_map import Numbers

MOVED = 1e-6
"""A change smaller than this counts as none."""


@dataclass(frozen=True)
class Model:
    """A network as a fuzzy cognitive map.

    Args:
        factors: IRIs, in the order of rows and columns.
        weights: n x n; row i has what acts on factor i.
        options: how it is run.
    """

    factors: tuple[str, ...]
    weights: Numbers
    options: Options

    @classmethod
    def of(cls, network: Network, options: Options) -> Model:
        """The map of a network; links without a sign act on nothing."""
        factors = network.factors
        return cls(factors, sign_weights(network.signs(factors), options.strength), options)

    def cut(self, kept: Iterable[str]) -> Model:
        """The map of some factors alone; what acts among them keeps its weight."""
        import numpy as np

        wanted = set(kept)
        index = [i for i, factor in enumerate(self.factors) if factor in wanted]
        return Model(tuple(self.factors[i] for i in index), self.weights[np.ix_(index, index)], self.options)

    def shocked(self, shock: Mapping[str, float]) -> ShockRun:
        """The run of a shock, and the run without it; factors that are not of the map are passed over."""
        import numpy as np

        sizes = {index: shock[factor] for index, factor in enumerate(self.factors) if factor in shock}
        push, held = np.zeros(len(self.factors)), None
        if self.options.hold == Hold.CLAMPED:
            held = sizes
        else:
            for index, size in sizes.items():
                push[index] = size
        dynamics = self.options.dynamics
        before, after = run(self.weights, dynamics), run(self.weights, dynamics, push, held)
        return ShockRun(self.factors, before.last, after.last, after.states, after.ending, after.period, before.ending)

    def effects(self) -> dict[tuple[str, str], float]:
        """What a push of 1 on a factor changes in another, or in itself, by pair; NaN where it does not settle."""
        import numpy as np

        found: dict[tuple[str, str], float] = {}
        graph = nx.from_numpy_array(np.abs(self.weights) + np.abs(self.weights.T))
        for group in nx.connected_components(graph):
            index = sorted(group)
            changes = unit_effects(self.weights[np.ix_(index, index)], self.options.dynamics)
            for row, column in zip(*np.nonzero(~(np.abs(changes) <= MOVED)), strict=True):
                found[self.factors[index[column]], self.factors[index[row]]] = float(changes[row, column])
        return found


@dataclass(frozen=True)
class ShockRun:
    """A run of a shock.

    Args:
        factors: IRIs, n.
        before: n; the equilibrium without the shock.
        after: n; the equilibrium with it, the mean over a turn where it ends in a cycle.
        states: (steps + 1) x n, from rest.
        ending: how it ended.
        period: states in the cycle; 1 at a fixed point, 0 where it did not settle.
        baseline: how the run without the shock ended.
    """

    factors: tuple[str, ...]
    before: Numbers
    after: Numbers
    states: Numbers
    ending: Ending
    period: int
    baseline: Ending

    @property
    def changes(self) -> dict[str, float]:
        """By how much the shock moves each factor that it moves, most first."""
        found = {f: float(a - b) for f, a, b in zip(self.factors, self.after, self.before, strict=True)}
        moved = {factor: change for factor, change in found.items() if abs(change) > MOVED}
        return dict(sorted(moved.items(), key=lambda item: (-abs(item[1]), item[0])))

    @property
    def words(self) -> str:
        """How it ended, in words."""
        steps = len(self.states) - 1
        if self.ending == Ending.FIXED_POINT:
            return f"comes to rest at a fixed point at step {steps}"
        if self.ending == Ending.LIMIT_CYCLE:
            return f"ends in a limit cycle of {self.period} states, reached by step {steps}; its mean is given"
        return f"has not settled within {steps} steps; the last state is given"


@dataclass(frozen=True)
class Openness:
    """What comes into a system from outside.

    Args:
        inflows: links into its factors from outside, if the system does not act on their source, and from factors of
            its own that nothing acts on.
        outside: sources that are no factors of the system.
        links: number of all links into its factors.
        moved: sum of the changes of its other factors with all inflow switched on at 1, beside the shock.
        closed: the same with inflow switched off.
        touched: number of its other factors that inflow moves.
        inner: number of its factors that are no source of inflow.
        alone: by source, the sum of changes within the system if it alone is raised by 1.
    """

    inflows: tuple[Link, ...]
    outside: frozenset[str]
    links: int
    moved: float
    closed: float
    touched: int
    inner: int
    alone: Mapping[str, float]

    @property
    def share(self) -> float:
        """Share of the links into the system that are inflow, 0 to 1."""
        return len(self.inflows) / self.links if self.links else 0.0


def openness(view: View, model: Model, effects: Mapping[tuple[str, str], float]) -> Openness:
    """How far a system is open: what acts on it and is not acted on by it, and what that moves."""
    into = [link for link in view.network.links.values() if link.target in view.inside]
    # A factor outside is a source if the system does not act on it, one inside if nothing at all does.
    acted_on = {k.target for k in view.network.links.values() if k.source in view.inside or k.target in view.inside}
    inflows = tuple(sorted((k for k in into if k.source not in acted_on), key=lambda k: (k.source, k.target)))
    sources = {link.source for link in inflows}
    inner = view.inside - sources
    part = model.cut(view.inside | sources)
    shock = dict(model.options.shock)
    on, off = part.shocked({**dict.fromkeys(sources, 1.0), **shock}).changes, part.shocked(shock).changes
    return Openness(
        inflows,
        frozenset(sources - view.inside),
        len(into),
        sum(change for factor, change in on.items() if factor in inner),
        sum(change for factor, change in off.items() if factor in inner),
        sum(1 for factor in inner if abs(on.get(factor, 0.0) - off.get(factor, 0.0)) > MOVED),
        len(inner),
        {s: sum(e for (a, b), e in effects.items() if a == s and b != s and b in view.inside) for s in sources},
    )


@dataclass(frozen=True)
class PartRun:
    """A part of a system, alone and in the whole.

    Args:
        part: IRI of the chain.
        factors: number of its factors.
        within: number of signed links among them.
        across: number of signed links that join them to the rest of the system.
        alone: sum of the changes of its factors when the part runs alone, beyond what the push itself does.
        whole: the same in the whole system, under the same shock.
    """

    part: str
    factors: int
    within: int
    across: int
    alone: float
    whole: float

    @property
    def surplus(self) -> float:
        """What the part reaches in the whole beyond what it reaches alone."""
        return self.whole - self.alone


@dataclass(frozen=True)
class Integrity:
    """What a whole reaches beyond the sum of its parts run alone.

    Args:
        parts: its parts, by IRI.
        beyond: sum of the changes of the factors that are of no one part.
        others: number of these factors.
        between: the signed links that join parts to one another or to these factors.
        links: number of signed links of the system.
    """

    parts: tuple[PartRun, ...]
    beyond: float
    others: int
    between: tuple[Link, ...]
    links: int

    @property
    def whole(self) -> float:
        """What the whole reaches."""
        return sum(part.whole for part in self.parts) + self.beyond

    @property
    def alone(self) -> float:
        """What the parts reach, each alone, added up."""
        return sum(part.alone for part in self.parts)

    @property
    def surplus(self) -> float:
        """Integrity: the whole less the sum of its parts."""
        return self.whole - self.alone


def integrity(view: View, model: Model) -> Integrity:
    """What a system reaches beyond its parts: by its shock, or by pushes of 1 on each of their factors in turn.

    A part alone is run with the weights of the whole and without what joins it to the rest. What a push does to the
    factor that it is put on, were there no links, counts in neither.
    """
    parts: dict[str, set[str]] = {}
    for factor in sorted(view.inside):
        if factor in view.network.parts:
            parts.setdefault(view.network.parts[factor], set()).add(factor)
    of = {factor: part for part, factors in parts.items() for factor in factors}
    system = model.cut(view.inside)
    signed = [k for k in view.network.links.values() if k.sign and view.inside.issuperset((k.source, k.target))]
    between = tuple(k for k in signed if k.source not in of or of.get(k.source) != of.get(k.target))
    shock = {factor: size for factor, size in model.options.shock.items() if factor in of}

    def response(run_alone: Model) -> dict[str, float]:
        if model.options.shock:
            return run_alone.shocked(shock).changes
        found: dict[str, float] = {}
        for (source, target), effect in run_alone.effects().items():
            if source in of:
                found[target] = found.get(target, 0.0) + effect
        return found

    bare = response(Model(system.factors, system.weights * 0, system.options))
    together = response(system)
    runs = []
    for part, factors in sorted(parts.items()):
        own = response(system.cut(factors))
        runs.append(
            PartRun(
                part,
                len(factors),
                sum(1 for k in signed if of.get(k.source) == part == of.get(k.target)),
                sum(1 for k in between if part in (of.get(k.source), of.get(k.target))),
                sum(own.get(factor, 0.0) - bare.get(factor, 0.0) for factor in sorted(factors)),
                sum(together.get(factor, 0.0) - bare.get(factor, 0.0) for factor in sorted(factors)),
            )
        )
    others = view.inside - set(of)
    return Integrity(
        tuple(runs), sum(together.get(factor, 0.0) for factor in sorted(others)), len(others), between, len(signed)
    )
