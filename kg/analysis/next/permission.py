"""What the ecological unit or zone of a place permits."""

from __future__ import annotations

from collections.abc import Iterable

from kg.analysis.facts import joined
from kg.analysis.next.evidence import Evidence
from kg.analysis.next.model import FORBIDDEN, Candidate, Component

DEGREES = {"permitted": 1.0, "conditional": 0.5, "restricted": 0.25, "forbidden": 0.0}
"""Value by degree of a rule."""

NOT_SAID = "not said"


def permission(evidence: Evidence, candidate: Candidate, industries: Iterable[str]) -> tuple[Component, str]:
    """The strictest rule of the place, or of a unit or zone that it lies in, for the thing or its industry.

    A rule for a wider industry holds for a narrower one. A rule of a unit about which its source contradicts itself is
    told and not counted, unless it forbids.

    Returns: the component, and the degree in a word.
    """
    units = {candidate.place, *evidence.surroundings.around.get(candidate.place, ())}
    wanted = {candidate.thing, *industries}
    wanted |= {above for one in tuple(wanted) for above in evidence.all_wider(one)}
    rules = [rule for unit in sorted(units) for rule in evidence.rules.get(unit, ()) if rule.thing in wanted]
    clear = [rule for rule in rules if not rule.contradiction or not DEGREES[rule.degree]]
    if not clear:
        if rules:
            words = f"the source contradicts itself: {rules[0].contradiction}"
            return Component("permission", None, words, joined(rule.passages for rule in rules)), NOT_SAID
        return Component("permission", None, "no rule of its unit speaks of it"), NOT_SAID
    value = min(DEGREES[rule.degree] for rule in clear)
    those = [rule for rule in clear if DEGREES[rule.degree] == value]
    rule = those[0]
    label = evidence.facts.label
    words = f"{label(rule.unit)}: {label(rule.thing)} {rule.degree}{f' ({rule.status})' if rule.status else ''}"
    degree = FORBIDDEN if value == 0.0 else rule.degree
    return Component("permission", value, words, joined(one.passages for one in those)), degree
