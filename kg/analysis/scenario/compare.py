"""What a scenario changes: findings, states of stages, overlap, links, networks and problems, before and after.

The scenario is applied elsewhere (`kg.load.scenario`); here are two graphs and the rows by which they differ.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from kg.analysis.facts import Facts
from kg.analysis.gaps.matrix import State
from kg.analysis.result import EVERYTHING, Analysis, Finding, Scope
from kg.analysis.scenario import tables
from kg.analysis.scenario.findings import CLOSED, FindingChange, compare_findings, findings_of
from kg.analysis.scenario.networks import NodeChange, compare_networks
from kg.analysis.scenario.problems import Answer, answers
from kg.analysis.scenario.questions import QUESTIONS, OverlapChange, Range, compare_answers, compare_overlaps
from kg.analysis.scenario.states import StateChange, compare_states

METHOD = "scenario"


class Change(Protocol):
    """A row that a scenario adds or takes out; `kg.load.scenario.Change` is one."""

    @property
    def action(self) -> str:
        """Added or removed."""

    @property
    def table(self) -> str:
        """The type of its table."""

    @property
    def label(self) -> str:
        """What it says."""

    @property
    def where(self) -> str:
        """File and number of the row."""

    @property
    def picked_by(self) -> str:
        """The row of the scenario that picks it."""

    @property
    def passage(self) -> str:
        """The passage that states it."""

    @property
    def realises(self) -> Sequence[str]:
        """The recommendations and policies that are realised by it."""

    @property
    def reason(self) -> str:
        """Why, in the words of the scenario."""


@dataclass(frozen=True)
class Difference:
    """What a scenario changes.

    Args:
        findings: findings that open, close, get worse or better.
        states: stages at places whose state differs.
        overlaps: pairs of places whose industries in common differ.
        nodes: nodes of networks whose place differs.
        answers: problems that are answered now.
    """

    findings: tuple[FindingChange, ...]
    states: tuple[StateChange, ...]
    overlaps: tuple[OverlapChange, ...]
    nodes: tuple[NodeChange, ...]
    answers: tuple[Answer, ...]


def compare(
    base: Facts,
    other: Facts,
    name: str,
    title: str,
    changes: Sequence[Change] = (),
    notes: Sequence[str] = (),
    scope: Scope = EVERYTHING,
) -> Analysis:
    """The difference that a scenario makes.

    Args:
        base: the graph.
        other: the graph as it would be.
        name: name of the scenario.
        title: its title.
        changes: the rows that it adds and takes out.
        notes: what a reader must know, such as what the scenario assumes.
        scope: places and chains to look at; none means all. Networks are compared as a whole.

    Returns: the tables changes, states, overlap, head-on, links, providers, inputs, lacks, centrality, problems and
        applied; `detail` is a `Difference`.

    Raises:
        ScenarioError: the scenario empties a chain.
    """
    within = Range.of(scope, base)
    every_state = compare_states(base, other)
    states = [change for change in every_state if within.has([change.place], change.stage, None)]
    findings = compare_findings(findings_of(base, scope), findings_of(other, scope), every_state)
    overlaps = compare_overlaps(base, other, within)
    nodes, large = compare_networks(base, other)
    realised = {str(iri) for change in changes for iri in change.realises}
    problems = answers(base, other, scope, realised)
    labels = {**other.labels, **base.labels}
    asked = {question.table: compare_answers(question, base, other, within) for question in QUESTIONS}
    found = (
        tables.of_findings(findings),
        tables.of_states(states),
        tables.of_overlaps(overlaps, labels),
        asked["head-on"],
        asked["links"],
        asked["providers"],
        asked["inputs"],
        asked["lacks"],
        tables.of_nodes(nodes),
        tables.of_answers(problems),
        tables.of_changes(changes, labels),
    )
    said = [
        _summary(changes, findings),
        *notes,
        *_unsaid(findings, every_state),
        *(f"the network {network} is too large to compare" for network in large),
    ]
    return Analysis(
        METHOD,
        f"What if: {title}",
        (("scenario", name), *scope.parameters),
        found,
        tuple(_told(change) for change in findings),
        tuple(said),
        Difference(tuple(findings), tuple(states), tuple(overlaps), tuple(nodes), tuple(problems)),
    )


def _summary(changes: Sequence[Change], findings: Sequence[FindingChange]) -> str:
    rows = Counter(change.action for change in changes)
    of = Counter(change.change for change in findings)
    counted = ", ".join(f"{of[kind]} {kind}" for kind in tables.ORDER)
    return (
        f"rows added: {rows['added']}, taken out: {rows['removed']}; findings: {counted}. The graph itself is unchanged"
    )


def _unsaid(findings: Sequence[FindingChange], states: Sequence[StateChange]) -> Iterator[str]:
    """How many findings close because nothing is said any more, and not because something is there."""
    silent = {(change.stage, change.place) for change in states if change.after == State.NOT_RECORDED}
    closed = [change.finding for change in findings if change.change == CLOSED]
    count = sum(any((one, two) in silent for one in f.about for two in f.about) for f in closed)
    if count:
        yield (
            f"{count} of the {len(closed)} findings that close do so because the scenario takes out what was said of a "
            "stage and puts nothing in its place: what is not recorded is neither there nor missing"
        )


def _told(change: FindingChange) -> Finding:
    """A finding that differs, with what becomes of it before its label."""
    return replace(change.finding, label=f"{change.change}: {change.finding.label}")
