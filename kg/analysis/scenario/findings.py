"""Findings before and after: which open, which close, which get worse or better, and why."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import permutations

from kg.analysis.facts import Facts
from kg.analysis.methods import analyse
from kg.analysis.result import Finding, Scope
from kg.analysis.scenario.states import StateChange

METHODS = ("gaps", "overlap", "links", "weak-points", "rules")
"""The analyses whose findings are compared: those that say what is wrong, not those that propose."""
LEAST = 0.005
"""A severity that differs by less reads the same in two decimals."""
OPENED, CLOSED, WORSE, BETTER = "opened", "closed", "worse", "better"


@dataclass(frozen=True)
class FindingChange:
    """A finding that differs between the graph and the scenario.

    Args:
        change: opened (in the scenario alone), closed (in the graph alone), worse or better (in both, the severity
            differs by 0.005 or more).
        before: the finding in the graph.
        after: the finding in the scenario.
        why: the parts of the severity that differ, or the states of the stages that it is about.
    """

    change: str
    before: Finding | None
    after: Finding | None
    why: str

    @property
    def finding(self) -> Finding:
        """The finding as it is now, or as it was where it closed."""
        found = self.after or self.before
        assert found is not None
        return found


def findings_of(facts: Facts, scope: Scope) -> dict[str, Finding]:
    """The findings of the analyses that are compared, by key."""
    found: dict[str, Finding] = {}
    for method in METHODS:
        for finding in analyse(facts, method, scope).findings:
            found.setdefault(finding.key(facts.prefixes), finding)
    return found


def compare_findings(
    before: Mapping[str, Finding], after: Mapping[str, Finding], states: Iterable[StateChange] = ()
) -> list[FindingChange]:
    """What differs between two sets of findings by key: closed, better, opened, worse; the most serious first."""
    changed = {(change.stage, change.place): change for change in states}
    found = [*_differences(before, after, changed)]
    order = (CLOSED, BETTER, OPENED, WORSE)
    return sorted(found, key=lambda c: (order.index(c.change), c.finding.kind, -c.finding.severity, c.finding.label))


def _differences(
    before: Mapping[str, Finding], after: Mapping[str, Finding], changed: Mapping[tuple[str, str], StateChange]
) -> Iterator[FindingChange]:
    for key in {**before, **after}:
        was, now = before.get(key), after.get(key)
        if was is None or now is None:
            finding = was or now
            assert finding is not None
            yield FindingChange(CLOSED if now is None else OPENED, was, now, _states(finding, changed))
        elif abs(now.severity - was.severity) >= LEAST:
            yield FindingChange(WORSE if now.severity > was.severity else BETTER, was, now, _parts(was, now))


def _states(finding: Finding, changed: Mapping[tuple[str, str], StateChange]) -> str:
    """How the states of the stages and places that a finding is about differ."""
    pairs = (changed[pair] for pair in permutations(finding.about, 2) if pair in changed)
    return "; ".join(dict.fromkeys(f"{c.place_label}: {c.before} -> {c.after}" for c in pairs))


def _parts(was: Finding, now: Finding) -> str:
    """The parts of a severity that differ."""
    values = {part.name: part.value for part in was.parts}
    new = {part.name: part.value for part in now.parts}
    found = []
    for name in {**values, **new}:
        if name not in new:
            found.append(f"{name} {values[name]:.2f} no longer counts")
        elif name not in values:
            found.append(f"{name} {new[name]:.2f} counts now")
        elif abs(values[name] - new[name]) >= LEAST:
            found.append(f"{name} {values[name]:.2f} -> {new[name]:.2f}")
    return "; ".join(found)
