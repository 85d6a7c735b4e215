"""What a user may ask of the mechanism, read from text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from kg.analysis.facts import Facts
from kg.analysis.numbers import number
from kg.analysis.result import Parameters
from kg.errors import BadParameter, UnknownName
from kg.measures.cognitive_map import Dynamics, Rule, Squash
from kg.names import identity

DYNAMICS = Dynamics()
STRENGTH = 0.8
Choice = TypeVar("Choice", bound=StrEnum)
_SHOCK = re.compile(r"\s*(.+?)\s*=\s*([^=,]*?)\s*(?:,|$)")


class Hold(StrEnum):
    """How a shock is put on a factor, for as long as the run lasts."""

    ADDED = "added"
    CLAMPED = "clamped"


@dataclass(frozen=True)
class Options:
    """What is asked.

    Args:
        shock: size by factor.
        hold: whether it is added to what acts on the factor, or the factor is held at it.
        dynamics: the update rule.
        strength: what acts on a factor amounts to at most.
        source: what paths, effects and loops are asked for from.
        target: what paths and effects are asked for to.
    """

    shock: Mapping[str, float] = field(default_factory=dict)
    hold: Hold = Hold.ADDED
    dynamics: Dynamics = DYNAMICS
    strength: float = STRENGTH
    source: str | None = None
    target: str | None = None

    def parameters(self, facts: Facts) -> Parameters:
        """Those of a run that are not the usual ones, as pairs of name and text."""
        shock = ",".join(f"{facts.prefixes.shorten(f)}={size:g}" for f, size in sorted(self.shock.items()))
        given = (
            ("shock", shock, ""),
            ("hold", self.hold, Hold.ADDED),
            ("rule", self.dynamics.rule, DYNAMICS.rule),
            ("squash", self.dynamics.squash, DYNAMICS.squash),
            ("steepness", f"{self.dynamics.steepness:g}", f"{DYNAMICS.steepness:g}"),
            ("strength", f"{self.strength:g}", f"{STRENGTH:g}"),
        )
        return tuple((name, str(value)) for name, value, usual in given if value != usual)


def read_options(
    facts: Facts,
    factors: Iterable[str],
    shock: str | Mapping[str, float],
    hold: str,
    rule: str,
    squash: str,
    steepness: float | str,
    strength: float | str,
    source: str,
    target: str,
) -> Options:
    """What is asked, from text.

    Raises:
        UnknownName: there is no such factor.
        BadParameter: a value is no number, out of range, or not one of those to choose from.
    """
    known = _Names(facts, factors)
    dynamics = Dynamics(
        _choice("rule", rule, Rule), _choice("squash", squash, Squash), _number("steepness", steepness, 0, 100)
    )
    how = _choice("hold", hold, Hold)
    lowest = dynamics.lowest if how == Hold.CLAMPED else -1.0
    return Options(
        {known.find(name): _shock(name, size, lowest) for name, size in _shocks(shock)},
        how,
        dynamics,
        _number("strength", strength, 0, 1),
        known.find(source) if source else None,
        known.find(target) if target else None,
    )


class _Names:
    """Finds the factors of a network by IRI, compact IRI, key or label."""

    def __init__(self, facts: Facts, factors: Iterable[str]) -> None:
        self._facts = facts
        self._known: dict[str, set[str]] = {}
        for factor in factors:
            short = facts.prefixes.shorten(factor)
            for name in (factor, short, short.partition(":")[2], facts.label(factor)):
                self._known.setdefault(identity(name), set()).add(factor)

    def find(self, name: str) -> str:
        found = self._known.get(identity(name), set())
        if len(found) > 1:
            shorten = self._facts.prefixes.shorten
            raise BadParameter(f"{name} is ambiguous. Say {' or '.join(sorted(map(shorten, found)))}")
        if not found:
            raise UnknownName("factor", name, self._known, "`kg ask influences` lists all factors")
        return next(iter(found))


def _shocks(shock: str | Mapping[str, float]) -> list[tuple[str, float | str]]:
    if not isinstance(shock, str):
        return list(shock.items())
    if shock.strip() and "".join(match[0] for match in _SHOCK.finditer(shock)) != shock:
        raise BadParameter(f"--shock {shock}: not understood. Write factor=0.5, several with commas")
    return [(match[1], match[2]) for match in _SHOCK.finditer(shock)]


def _shock(name: str, size: float | str, lowest: float) -> float:
    value = _float(f"shock of {name}", size)
    if not lowest <= value <= 1:
        raise BadParameter(f"shock of {name}: {size} is out of range. Use a number from {lowest:g} to 1")
    return value


def _number(name: str, given: float | str, above: float, most: float) -> float:
    wrong = f"{name}: {given} is out of range. Use a number above {above:g}, at most {most:g}"
    return number(_float(name, given), wrong, above, most)


def _float(name: str, given: float | str) -> float:
    return number(given, f"{name}: {given or 'nothing'} is not a number. Use one such as 0.5")


def _choice(name: str, given: str, choices: type[Choice]) -> Choice:
    try:
        return choices(given)
    except ValueError:
        raise BadParameter(f"unknown {name}: {given}. Use {', '.join(choices)}") from None
