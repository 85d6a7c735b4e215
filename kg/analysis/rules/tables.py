"""The tables of `kg rules`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.analysis.facts import Facts, joined
from kg.analysis.result import Table
from kg.analysis.rules.breaches import Breach
from kg.analysis.rules.formation import HOLDS, NOT_RECORDED, Formation
from kg.analysis.rules.spillover import Way
from kg.analysis.rules.verdicts import Verdict
from kg.store.answers import Value

Row = tuple[Value | None, ...]


def breaches(facts: Facts, found: Sequence[Breach]) -> Table:
    """The main table."""
    columns = {
        "rule": "permission, placement, formation or spillover",
        "subject": "the place or cluster",
        "subject_label": "its name",
        "what": "the stage, industry, class of clusters, condition or other place",
        "what_label": "its name",
        "status": "whether it is so, or only planned, recommended, forecast, possible or proposed",
        "verdict": "what the rule says",
        "ground": "on what the verdict rests",
        "severity": "0 to 1; --explain says what it is made of",
        "passages": "passages of the fact and of the rule",
    }
    rows: list[Row] = [
        (
            b.rule,
            b.subject,
            facts.label(b.subject),
            b.what,
            facts.label(b.what),
            b.status,
            b.verdict,
            b.ground,
            round(b.finding.severity, 2),
            " ".join(b.passages),
        )
        for b in found
    ]
    reading = "Each row is something that is, or ought to be, where or as a rule does not allow it, the worst first."
    return Table("breaches", "Breaches of rules", reading, columns, rows)


def permissions(facts: Facts, found: Iterable[Verdict]) -> Table:
    """Stages and industries by place, and what the rules of the units around say."""
    columns = {
        "place": "the place",
        "place_label": "its name",
        "what": "a stage that is performed there, or an industry that it has",
        "what_label": "its name",
        "status": "actual, planned, recommended, forecast or possible",
        "verdict": "permitted, conditional, restricted or forbidden: the strictest that applies; or not said",
        "units": "the places whose rules decide; where nothing is said, those that have rules of other things",
        "rule": "of what the deciding permission speaks: the same, or something wider",
        "rule_status": "empty where the permission is in force; else planned, recommended and so on",
        "others": "milder permissions of the same",
        "contradiction": "why the source contradicts itself",
        "self_ruled": "yes where one passage states both the fact and the rule, so that agreement is no news",
        "passages": "passages of the fact and of the rule",
    }
    rows: list[Row] = [
        (
            *_start(facts, v),
            ", ".join(facts.label(unit) for unit in v.units),
            facts.label(v.permits) if v.permits else None,
            v.rule_status or None,
            ", ".join(f"{degree} in {facts.label(unit)}" for degree, unit in v.others) or None,
            v.contradiction or None,
            "yes" if v.self_ruled else None,
            " ".join(v.grounds),
        )
        for v in found
    ]
    reading = (
        "Each row is a stage or industry of a place that is, lies in or takes part in a unit with rules, with the "
        "strictest verdict; not said means that no rule speaks of it, and not that it is allowed."
    )
    return Table(
        "permissions",
        "What is permitted where it is",
        reading,
        columns,
        rows,
        ("place_label", "what_label", "status", "verdict", "units", "rule", "passages"),
    )


def placement(facts: Facts, found: Iterable[Verdict]) -> Table:
    """Links by place, against where sources say that they belong."""
    columns = {
        "place": "the place where the link is, or is to be",
        "place_label": "its name",
        "what": "the link",
        "what_label": "its name",
        "status": "actual, planned, recommended, forecast or possible",
        "verdict": "as said, elsewhere, ruled out, around (recorded of a larger place than is named), or not said",
        "belongs_in": "the places that a source names for the link",
        "self_ruled": "yes where one passage states both the fact and the rule, so that agreement is no news",
        "passages": "passages of the fact and of the rule",
    }
    rows: list[Row] = [
        (
            *_start(facts, v),
            ", ".join(sorted(facts.label(unit) for unit in v.units)) or None,
            "yes" if v.self_ruled else None,
            " ".join(v.grounds),
        )
        for v in found
    ]
    reading = (
        "Each row is a link of a chain at a place, and whether that is where a source says that the link belongs; "
        "not said means that nothing is recorded of the kind of place."
    )
    return Table("placement", "Where links are and where they belong", reading, columns, rows)


def _start(facts: Facts, verdict: Verdict) -> Row:
    names = facts.label(verdict.place), facts.label(verdict.thing)
    return verdict.place, names[0], verdict.thing, names[1], verdict.status, verdict.verdict


def formation(facts: Facts, found: Iterable[Formation]) -> Table:
    """Clusters, the stage that their conditions suffice for, and what the next one needs."""
    columns = {
        "cluster": "the cluster",
        "cluster_label": "its name",
        "reached": "the stage for which the recorded conditions suffice; empty where for none",
        "said": "the stage that a source states; empty where none does",
        "next": "the stage after it; empty after the last",
        "met": "conditions recorded to hold, also of later stages",
        "denied": "conditions of the next stage that a source says to be missing, insufficient or weak",
        "not_recorded": "conditions of the next stage of which nothing is recorded",
        "passages": "passages that say so",
    }
    rows: list[Row] = []
    for f in found:
        open_ = f.open(f.next) if f.next else ()
        said = sorted({*f.said_passages, *(p for c in f.conditions for p in c.passages)})
        rows.append(
            (
                f.cluster,
                facts.label(f.cluster),
                facts.label(f.stages[f.reached]) if f.reached else None,
                facts.label(f.stages[f.said]) if f.said else None,
                facts.label(f.stages[f.next]) if f.next else None,
                ", ".join(facts.label(c.iri) for c in f.conditions if c.state == HOLDS) or None,
                ", ".join(
                    f"{facts.label(c.iri)} ({c.state.rpartition(' ')[2]})" for c in open_ if c.state != NOT_RECORDED
                )
                or None,
                _unrecorded(facts, f),
                " ".join(said),
            )
        )
    reading = (
        "Each row is a cluster: the stage that follows from the conditions recorded of it, and what is recorded of the "
        "conditions of the next one; what is not recorded may well hold."
    )
    return Table("formation", "Stages of formation of clusters", reading, columns, rows)


def _unrecorded(facts: Facts, found: Formation) -> str | None:
    blank = [c for c in found.open(found.next or 0) if c.state == NOT_RECORDED]
    words = [facts.label(c.iri) for c in blank if not c.one_of]
    either = [facts.label(c.iri) for c in blank if c.one_of]
    return ", ".join([*words, *([f"one of: {' or '.join(either)}"] if either else [])]) or None


def spillover(facts: Facts, ways: Iterable[tuple[str, Way | None]], threshold: float) -> Table:
    """Counties, the core cities that reach them, and how strongly."""
    columns = {
        "county": "the county",
        "county_label": "its name",
        "core": "a core city from which a way leads to it; empty where none is recorded",
        "core_label": "its name",
        "verdict": f"reached (strength {threshold:g} or more), hardly reached (less), or no way recorded",
        "steps": "number of steps of the strongest way",
        "strength": "product of the attenuations of its steps, 0 to 1",
        "strength_of_facts": "the same over steps of which none is only proposed; empty where there is no such way",
        "weakest_step": "proposed, reference (only reference data say so) or said: the weakest basis of a step",
        "way": "the steps in words, with the strength after each",
        "passages": "passages that state the steps",
    }
    rows: list[Row] = []
    for county, way in ways:
        name = facts.label(county)
        if way is None:
            rows.append((county, name, None, None, "no way recorded", None, None, None, None, None, ""))
            continue
        rows.append(
            (
                county,
                name,
                way.core,
                facts.label(way.core),
                "reached" if way.strength >= threshold else "hardly reached",
                len(way.steps),
                round(way.strength, 4),
                None if way.without_proposed is None else round(way.without_proposed, 4),
                way.weakest,
                in_words(facts, way),
                " ".join(joined(step.passages for step in way.steps)),
            )
        )
    reading = (
        "Each row is a county and a core city from which spillover reaches it, step by step and weaker with each; "
        "a step that is only proposed is marked."
    )
    return Table("spillover", "Spillover from core cities to counties", reading, columns, rows)


def in_words(facts: Facts, way: Way) -> str:
    """A way as a sentence: its places, how each is related to the one before, and the strength that arrives."""
    words, strength = [facts.label(way.core)], 1.0
    for step in way.steps:
        strength *= step.attenuation
        basis = "" if step.basis == "said" else f", {step.basis}"
        words.append(f"[{step.relation}{basis}] {facts.label(step.target)} ({strength:.3g})")
    return " -> ".join(words)
