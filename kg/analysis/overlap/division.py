"""The division of labour that the stages of a chain would allow to two that do the same head-on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.facts import Facts, joined, passages_of
from kg.analysis.overlap.profiles import Stages
from kg.analysis.overlap.stages import SameStage

NOT_RECORDED = "not recorded"
_THERE = frozenset({"present", "weak"})


@dataclass(frozen=True)
class Step:
    """A step towards a division of labour.

    Args:
        pair: the two that do the same head-on.
        segment: the contested segment.
        kind: proposal, problem, segment, upstream stage, downstream stage, stage of the chain, outside input, or who
            keeps it.
        thing: the recommendation, problem, segment, stage or input that it is about; none for who keeps it.
        first, second: what is recorded of the thing at the two, where it is a segment or a stage.
        says: the step in a sentence.
        basis: "stated" (a source says it of them), "our reading" (a source says it, and that it answers their problem
            is our reading), "recorded" (it follows from what is recorded of the two).
        passages: who says so.
    """

    pair: SameStage
    segment: str
    kind: str
    thing: str | None
    first: str
    second: str
    says: str
    basis: str
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Ground:
    """What a division of labour is read from.

    Args:
        states: for a stage and a place, who says which state of it, such as weak or planned.
        segments: all segments of which anything is recorded, and who records one for a stage and a place, by status.
        proposals: rows of the question of what is proposed where places do the same.
        inputs: rows of the question of inputs from outside.
    """

    states: Mapping[tuple[str, str], Mapping[str, tuple[str, ...]]]
    segments: tuple[str, ...]
    at: Mapping[tuple[str, str, str], Mapping[str, tuple[str, ...]]]
    proposals: Sequence[Mapping[str, object]]
    inputs: Sequence[Mapping[str, object]]


def read_ground(facts: Facts, stages: Stages, contested: Iterable[str]) -> Ground:
    """What the graph says of the contested stages and of those around them."""
    states: dict[tuple[str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    for row in facts.ask("stage-states"):
        key, state = (stages.same(str(row["stage"])), str(row["place"])), str(row["state"])
        states[key][state] = joined((states[key].get(state, ()), passages_of(row)))
    at: dict[tuple[str, str, str], dict[str, tuple[str, ...]]] = defaultdict(dict)
    segments = set()
    for row in facts.ask("who-performs"):
        if row["segment"]:
            segments.add(str(row["segment"]))
            where = (stages.same(str(row["stage"])), str(row["place"]), str(row["segment"]))
            status = str(row["status_label"])
            at[where][status] = joined((at[where].get(status, ()), passages_of(row)))
    named = sorted(set(contested))
    return Ground(
        states,
        tuple(sorted(segments)),
        at,
        facts.ask("proposed-divisions", stage=named) if named else (),
        facts.ask("outside-inputs"),
    )


def division(pair: SameStage, ground: Ground, stages: Stages, facts: Facts) -> list[Step]:
    """The steps towards a division of labour of a head-on pair, what the sources propose first.

    Nothing is claimed beyond what is recorded: where nothing tells the two apart, that is what the last step says.
    """
    found = []
    for segment in pair.contested:
        about = _About(pair, segment, ground, stages, facts)
        found += [*about.proposals(), *about.other_segments(), *about.other_stages(), *about.inputs(), about.keeper()]
    return found


class _About:
    """The steps of one pair at one contested segment."""

    def __init__(self, pair: SameStage, segment: str, ground: Ground, stages: Stages, facts: Facts) -> None:
        self.pair, self.segment, self.ground, self.stages = pair, segment, ground, stages
        self.label = facts.label
        self.one, self.two = facts.label(pair.first), facts.label(pair.second)

    def step(
        self,
        kind: str,
        thing: str | None,
        says: str,
        basis: str,
        passages: Iterable[str],
        states: tuple[str, str] = ("", ""),
    ) -> Step:
        return Step(self.pair, self.segment, kind, thing, *states, says, basis, tuple(sorted(set(passages))))

    def proposals(self) -> Iterator[Step]:
        """What the sources recommend against problems of either that name the stage; then the problems themselves."""
        problems: dict[str, tuple[set[str], set[str]]] = defaultdict(lambda: (set(), set()))
        answers: dict[str, tuple[set[str], set[str], set[str]]] = defaultdict(lambda: (set(), set(), set()))
        for row in self.ground.proposals:
            mine = str(row["place"]) in (self.pair.first, self.pair.second)
            other_industry = row["industry"] and self.pair.industry and str(row["industry"]) != self.pair.industry
            if self.stages.same(str(row["stage"])) != self.pair.stage or not mine or other_industry:
                continue
            said = set(str(row["passages"]).split())
            problem = str(row["problem"])
            problems[problem][0].add(str(row["place"]))
            problems[problem][1].update(said if not row["recommendation"] else ())
            if row["recommendation"]:
                to, basis, by = answers[str(row["recommendation"])]
                to.add(problem)
                basis.add(str(row["basis"]))
                by.update(said)
        for recommendation, (to, basis, by) in sorted(answers.items(), key=lambda a: self.label(a[0])):
            against = "; ".join(sorted(map(self.label, to)))
            says = f"A source recommends: {self.label(recommendation)}. It answers: {against}"
            ground = "stated" if "stated" in basis else "our reading"
            yield self.step("proposal", recommendation, says, ground, by)
        answered = {problem for to, _basis, _by in answers.values() for problem in to}
        for problem, (places, by) in sorted(problems.items()):
            if problem not in answered:
                who = " and ".join(sorted(map(self.label, places)))
                says = f"A source names a problem of {who}: {self.label(problem)}. No answer to it is recorded"
                yield self.step("problem", problem, says, "stated", by)

    def other_segments(self) -> Iterator[Step]:
        """At which other segments one of the two is, or is meant to be; those at which neither is are open."""
        unspoken = []
        for segment in self.ground.segments:
            if segment == self.segment or segment in self.pair.contested:
                continue
            said = [self.ground.at.get((self.pair.stage, p, segment), {}) for p in (self.pair.first, self.pair.second)]
            states = (_words(said[0]), _words(said[1]))
            by = [p for found in said for passages in found.values() for p in passages]
            if not by:
                unspoken.append(self.label(segment))
                continue
            says = f"{self._where(states)} recorded at the {self.label(segment)} of this stage: {self._mover(states)}"
            yield self.step("segment", segment, says, "recorded", by, states)
        if unspoken:
            says = (
                f"Nothing is recorded of either at the {' or '.join(unspoken)} of this stage: a move there would part "
                "the two, and no source says that one of them could make it"
            )
            yield self.step("segment", None, says, "recorded", (), (NOT_RECORDED, NOT_RECORDED))

    def other_stages(self) -> Iterator[Step]:
        """What the two do in the stages around the contested one."""
        for kind, stage in self._around():
            said = [self.ground.states.get((stage, place), {}) for place in (self.pair.first, self.pair.second)]
            states = (_words(said[0]), _words(said[1]))
            by = [p for found in said for passages in found.values() for p in passages]
            yield self.step(kind, stage, self._stage_says(states), "recorded", by, states)

    def _around(self) -> list[tuple[str, str]]:
        """The stages that feed the contested one, those that it feeds, and those of its chain without a place in it."""
        stage, edges = self.pair.stage, self.stages.feeds
        up = sorted((a for a, b in edges if b == stage), key=self.label)
        down = sorted((b for a, b in edges if a == stage), key=self.label)
        linked = {end for edge in edges for end in edge}
        own_chains = [c for c in self.stages.chains_of(stage) if stage in self.stages.own_industry or len(up + down)]
        rest = {s for c in own_chains for s in self.stages.of_chain[c] if s not in linked or stage not in linked}
        others = sorted(rest - {stage, *up, *down}, key=self.label)
        return [
            *(("upstream stage", s) for s in up),
            *(("downstream stage", s) for s in down),
            *(("stage of the chain", s) for s in others),
        ]

    def _stage_says(self, states: tuple[str, str]) -> str:
        has = [bool(_THERE & set(state.split("; "))) for state in states]
        if all(has):
            if all(set(state.split("; ")) & {"weak", "said missing"} for state in states):
                return (
                    "Both perform it weakly: one of the two could build it up and leave the contested one to the other"
                )
            weak = [n for n, state in zip((self.one, self.two), states, strict=True) if "weak" in state.split("; ")]
            return f"Both perform it{f', {weak[0]} weakly' if weak else ''}: it does not part the two"
        if any(has):
            there, other = (self.one, self.two) if has[0] else (self.two, self.one)
            state = states[1 if has[0] else 0]
            known = f"it is {state} for {other}" if state != NOT_RECORDED else f"nothing is recorded of {other}"
            return f"{there} performs it, and {known}: {there} could move there, and {other} keep the contested stage"
        if states == (NOT_RECORDED, NOT_RECORDED):
            return "Nothing is recorded of either: it would be new to both, as far as the sources go"
        return f"{self._where(states)} not said to perform it now, but spoken of: {self._mover(states)}"

    def _where(self, states: tuple[str, str]) -> str:
        known = [n for n, s in zip((self.one, self.two), states, strict=True) if s != NOT_RECORDED]
        return f"{' and '.join(known)} {'are' if len(known) > 1 else 'is'}"

    def _mover(self, states: tuple[str, str]) -> str:
        known = [(n, s) for n, s in zip((self.one, self.two), states, strict=True) if s != NOT_RECORDED]
        if len(known) > 1:
            return f"{known[0][0]} {known[0][1]}, {known[1][0]} {known[1][1]}; either could move there"
        name, state = known[0]
        other = self.two if name == self.one else self.one
        return f"{state} for {name}, nothing for {other}: {name} could move there, and {other} stay"

    def inputs(self) -> Iterator[Step]:
        """What only comes from outside for one of the two."""
        for row in self.ground.inputs:
            place = str(row["place"])
            if place not in (self.pair.first, self.pair.second):
                continue
            if row["industry"] and self.pair.industry and str(row["industry"]) != self.pair.industry:
                continue
            source = f" from {self.label(str(row['supplied_from']))}" if row["supplied_from"] else " from outside"
            needed = self.label(str(row["input"]))
            says = f"{self.label(place)} gets {needed}{source}: who keeps the stage there depends on it"
            said = str(row["passages"]).split()
            yield self.step("outside input", str(row["input"]), says, "stated", said)

    def keeper(self) -> Step:
        """Which of the two is better placed to keep the contested stage: what only one of them has around it."""
        grounds: tuple[list[str], list[str]] = ([], [])
        by: list[str] = []
        for kind, stage in self._around():
            said = [self.ground.states.get((stage, place), {}) for place in (self.pair.first, self.pair.second)]
            has = [bool(_THERE & set(found)) for found in said]
            if kind == "upstream stage" and has[0] != has[1]:
                side = 0 if has[0] else 1
                grounds[side].append(f"performs {self.label(stage)}, which feeds it")
                by += [p for state, passages in said[side].items() if state in _THERE for p in passages]
        one, two = ("; ".join(found) for found in grounds)
        if one and two:
            says = f"What is recorded speaks for either: {self.one} {one}; {self.two} {two}"
        elif not one and not two:
            says = "Nothing that is recorded tells the two apart here: which of them keeps the stage is left open"
        else:
            name, other = (self.one, self.two) if one else (self.two, self.one)
            says = f"{name} is better placed to keep it: it {one or two}, and of {other} that is not recorded"
        return self.step("who keeps it", None, says, "recorded", by)


def _words(said: Mapping[str, object]) -> str:
    return "; ".join(sorted(said)) or NOT_RECORDED
