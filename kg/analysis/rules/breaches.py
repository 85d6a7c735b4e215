"""Breaches: what is, or ought to be, where or as a rule does not allow it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.analysis.facts import Facts, passages_of
from kg.analysis.result import Finding, Parameters, Part
from kg.analysis.rules.formation import NOT_RECORDED, Condition, Formation
from kg.analysis.rules.spillover import Spillover
from kg.analysis.rules.verdicts import Verdict

METHOD = "rules"
STATES = {"actual": 1.0, "planned": 0.7, "recommended": 0.5, "proposed": 0.5, "forecast": 0.3, "possible": 0.3}
"""How much it weighs that a breach is so, or only ought to be."""

DEGREES = {"forbidden": 1.0, "restricted": 0.6, "conditional": 0.4, "permitted": 0.3}
"""How much a permission forbids; `permitted` counts only where its source contradicts itself."""

ELSEWHERE, OUTRUN, BOTH_WAYS, NO_WAY, SKIPPED = 0.5, 0.6, 0.5, 0.5, 0.4
_PROPOSED_RULE = 0.5


@dataclass(frozen=True)
class Breach:
    """A breach of a rule.

    Args:
        rule: permission, placement, formation or spillover.
        subject: IRI of the place or cluster.
        what: IRI of the stage, industry, class of clusters or other place.
        status: whether the fact is actual, planned, recommended, forecast or possible.
        verdict: what the rule says, in a few words.
        sentence: the breach in one sentence.
        ground: on what the verdict rests, in words.
        parts: what its severity is made of.
        passages: IRIs of the passages of the fact and of the rule.
        places: IRIs of the places that it concerns.
        things: IRIs of stages and industries by which a chain is recognised; empty for none.
    """

    rule: str
    subject: str
    what: str
    status: str
    verdict: str
    sentence: str
    ground: str
    parts: tuple[Part, ...]
    passages: tuple[str, ...]
    places: tuple[str, ...]
    things: tuple[str, ...] = ()

    @property
    def finding(self) -> Finding:
        """The breach as a finding."""
        parameters: Parameters = tuple(("place", place) for place in self.places)
        about = (self.subject, self.what)
        aspect = f"{self.rule} {self.verdict} {self.status}"
        return Finding("breach-finding", self.sentence, about, self.parts, METHOD, parameters, self.passages, aspect)


def of_permission(facts: Facts, verdicts: list[Verdict]) -> Iterator[Breach]:
    """What is forbidden, restricted or conditional where it is, or permitted by a source that contradicts itself."""
    for v in verdicts:
        if v.strictness < 2 and not v.contradiction:
            continue
        place, thing, permits = facts.label(v.place), facts.label(v.thing), facts.label(v.permits)
        units = ", ".join(facts.label(unit) for unit in v.units)
        if v.strictness < 2:
            verdict = "contradicted"
            said = f"is permitted, and the source contradicts itself about {units}"
            sentence = f"{place}: {thing} ({v.status}) {said}: {v.contradiction.rstrip('.')}"
            ground = v.contradiction
        else:
            verdict = v.verdict
            limits = "" if v.verdict == "forbidden" else "; nothing is recorded of whether the limits are kept"
            sentence = f"{place}: {thing} ({v.status}) is {v.verdict} in {units}{limits}"
            ground = f"{units}: {permits} {v.verdict}"
            if v.others:
                ground += "; but " + ", ".join(f"{degree} in {facts.label(unit)}" for degree, unit in v.others)
        force = _PROPOSED_RULE if v.rule_status else 1.0
        parts = (
            Part("verdict", DEGREES[v.verdict], 3.0, verdict),
            Part("state", STATES[v.status], 2.0, v.status),
            Part("rule in force", force, 1.0, v.rule_status or "in force"),
            Part("directness", v.directness, 1.0, _direct(v)),
        )
        yield _of_verdict("permission", v, verdict, sentence, ground, parts)


def of_placement(facts: Facts, verdicts: list[Verdict]) -> Iterator[Breach]:
    """Links in another place of the kind that a source names for them. What is ruled out, permissions find."""
    for v in verdicts:
        if v.verdict != "elsewhere":
            continue
        units = ", ".join(sorted(facts.label(unit) for unit in v.units))
        sentence = f"{facts.label(v.place)}: {facts.label(v.thing)} ({v.status}) is placed elsewhere than in {units}"
        parts = (
            Part("verdict", ELSEWHERE, 3.0, "elsewhere than said"),
            Part("state", STATES[v.status], 2.0, v.status),
        )
        ground = f"a source names {units} for it, and other uses for where it is"
        yield _of_verdict("placement", v, v.verdict, sentence, ground, parts)


def _of_verdict(rule: str, v: Verdict, verdict: str, sentence: str, ground: str, parts: tuple[Part, ...]) -> Breach:
    """The breach of a rule by a stage or industry at a place."""
    of = (rule, v.place, v.thing, v.status, verdict, sentence, ground)
    return Breach(*of, parts, v.grounds, (v.place,), (v.thing,))


def of_formation(facts: Facts, found: list[Formation]) -> Iterator[Breach]:
    """Stages that are stated and do not follow, and conditions that are said both to hold and to be lacking."""
    for f in found:
        name = facts.label(f.cluster)
        if f.said is not None and f.said > f.reached:
            said, reached = facts.label(f.stages[f.said]), facts.label(f.stages[f.reached]) if f.reached else "no stage"
            open_ = f.open(f.said)
            words = _by_state(facts, open_)
            denied = sum(c.state != NOT_RECORDED for c in open_)
            parts = (
                Part("verdict", OUTRUN, 3.0, "the stage that is said does not follow"),
                Part(
                    "distance",
                    (f.said - f.reached) / len(f.stages),
                    1.0,
                    f"{f.said - f.reached} of {len(f.stages)} stages",
                ),
                Part(
                    "denied", denied / len(open_), 1.0, f"of {denied} of {len(open_)} open conditions a source says so"
                ),
            )
            passages = tuple(sorted({*f.said_passages, *(p for c in f.conditions for p in c.passages)}))
            sentence = f"{name}: said to be at the stage {said}; the conditions recorded suffice for {reached}; {words}"
            yield Breach(
                "formation", f.cluster, f.stages[f.said], "actual", "does not follow", sentence, words, parts, passages,
                f.places, f.industries,
            )  # fmt: skip
        for c in f.conditions:
            if c.contradicted:
                both = (Part("verdict", BOTH_WAYS, 1.0, "said to hold and not to"),)
                sentence = f"{name}: {facts.label(c.iri)} is said both to hold and not to"
                yield Breach(
                    "formation", f.cluster, c.iri, "actual", "contradicted", sentence, "two passages", both,
                    c.passages, f.places, f.industries,
                )  # fmt: skip


def of_spillover(facts: Facts, found: Spillover) -> Iterator[Breach]:
    """Places that are said to be driven or served with no way recorded, and steps that leave out a level."""
    for row in found.claims:
        source, target, status = str(row["source"]), str(row["target"]), str(row["status"])
        sentence = (
            f"{facts.label(target)}: {facts.label(source)} is said to drive or serve it ({status}); "
            "no way of spillover between them is recorded"
        )
        parts = (
            Part("verdict", NO_WAY, 3.0, "no way recorded"),
            Part("state", STATES[status], 2.0, status),
        )
        yield Breach(
            "spillover", target, source, status, "no way recorded", sentence, str(row["relation"]), parts,
            passages_of(row), (target,),
        )  # fmt: skip
    for step in found.steps:
        if step.skips:
            above, below = step.levels
            status = "actual" if step.basis == "said" else "proposed"
            sentence = (
                f"{facts.label(step.target)}: {facts.label(step.source)} {step.relation} it, "
                "which skips a level between core city, agglomeration, county and town"
            )
            parts = (
                Part("verdict", SKIPPED, 3.0, f"from level {above} to level {below}"),
                Part("state", STATES[status], 2.0, status),
            )
            yield Breach(
                "spillover", step.target, step.source, status, "skips a level", sentence, step.relation, parts,
                step.passages, (step.target,),
            )  # fmt: skip


def _by_state(facts: Facts, conditions: tuple[Condition, ...]) -> str:
    """Conditions by state, what a source says first."""
    states = sorted({c.state for c in conditions}, key=lambda state: (state == NOT_RECORDED, state))
    return "; ".join(
        f"{state}: {', '.join(facts.label(c.iri) for c in conditions if c.state == state)}" for state in states
    )


def _direct(verdict: Verdict) -> str:
    wider = [
        word
        for word, is_so in (
            ("of something wider", verdict.permits != verdict.thing),
            ("of a place around", verdict.place not in verdict.units),
        )
        if is_so
    ]
    return f"the rule speaks {' and '.join(wider)}" if wider else "the rule speaks of this very thing and place"
