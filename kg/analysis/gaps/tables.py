"""The tables of the analysis of gaps."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kg.analysis.facts import Facts
from kg.analysis.gaps.assess import Node
from kg.analysis.gaps.matrix import State
from kg.analysis.gaps.reach import CONCERNS, READING
from kg.analysis.result import Table
from kg.store.answers import Value

if TYPE_CHECKING:
    from kg.analysis.gaps.analysis import Gap, GapReport

Row = tuple[Value | None, ...]

_WHERE = {
    "chain": "the chain",
    "chain_label": "its name",
    "place": "the place or cluster; several IRIs where places are taken together",
    "place_label": "its name",
    "stage": "the stage or function",
    "stage_label": "its name",
}
_STATE = "present, single provider, weak, planned, said missing or not recorded"
_GAP = {
    **_WHERE,
    "state": _STATE,
    "severity": "0 to 1; the weighted mean of the parts",
    "position": "share of the other stages that lie downstream of it or need it",
    "waiting": "share of the other stages present there that wait for it",
    "named": "1 where a problem of the place names it, 0 otherwise",
    "problems": "problems of the place that name it; the table states has all",
    "recommendations": "recommendations that concern it, or none; after a bar those that answer its problems",
    "in_reach": "the nearest places that have it, those of the same agglomeration first",
    "outside_inputs": "what the place gets from outside for the chain",
    "passages": "passages behind the state and the problems",
}
_IN_BRIEF = (
    "place_label",
    "chain_label",
    "stage_label",
    "state",
    "severity",
    "recommendations",
    "in_reach",
    "passages",
)
FIRST = 3


def all_tables(facts: Facts, report: GapReport) -> tuple[Table, ...]:
    """The tables, stated gaps first."""
    stated = [gap for gap in report.gaps if gap.node.cell.state is not State.NOT_RECORDED]
    blank = [gap for gap in report.gaps if gap.node.cell.state is State.NOT_RECORDED]
    return (
        Table(
            "gaps",
            "Gaps that a source states",
            "Each row is a stage or function that a place lacks, has weakly, from one provider or in plans only.",
            _GAP,
            [_gap_row(facts, gap) for gap in stated],
            _IN_BRIEF,
        ),
        Table(
            "unrecorded",
            "Stages and functions of which nothing is recorded",
            "Each row is a stage or function that a chain performed there needs and of which no source speaks there; "
            "whether it is there is unknown.",
            _GAP,
            [_gap_row(facts, gap) for gap in blank],
            ("place_label", "chain_label", "stage_label", "severity", "position", "waiting", "in_reach"),
        ),
        _states(facts, report.nodes),
        _counts(facts, report.nodes),
        _in_reach(facts, report.gaps),
        _recommendations(facts, report.gaps),
        _inputs(facts, report),
        _statements(facts, report.nodes),
    )


def _where(facts: Facts, node: Node) -> Row:
    return (
        node.chain,
        facts.label(node.chain),
        node.area.key,
        node.area.label,
        node.node,
        facts.label(node.node),
    )


def _names(facts: Facts, iris: Iterable[str]) -> str | None:
    return "; ".join(dict.fromkeys(facts.label(iri) for iri in iris)) or None


def _gap_row(facts: Facts, gap: Gap) -> Row:
    node = gap.node
    parts = {part.name.partition(" ")[0]: part.value for part in node.parts}
    aimed = [facts.label(answer.recommendation) for answer in gap.answers if answer.how == CONCERNS]
    answering = _first(
        [
            f"{facts.label(a.recommendation)}{' (our reading)' if a.how == READING else ''}"
            for a in gap.answers
            if a.how != CONCERNS
        ]
    )
    reach = [
        f"{facts.label(r.place)} ({'same agglomeration, ' if r.shared else ''}"
        f"{'no point recorded' if r.distance is None else f'{r.distance:.0f} km'})"
        for r in gap.reach[:FIRST]
    ]
    return (
        *_where(facts, node),
        node.cell.state,
        round(node.severity, 4),
        round(parts["position"], 4),
        round(parts["present"], 4),
        parts["named"],
        _first([problem.label for problem in node.problems]),
        f"{_first(aimed) or 'none'}{f' | {answering}' if answering else ''}",
        "; ".join(reach) or None,
        _names(facts, (given.what for given in gap.inputs)),
        " ".join(node.passages) or None,
    )


def _first(names: Sequence[str]) -> str | None:
    """The first few names, and how many there are besides."""
    more = f"; and {len(names) - FIRST} more" if len(names) > FIRST else ""
    return f"{'; '.join(names[:FIRST])}{more}" or None


def _around(facts: Facts, around: Mapping[str, State]) -> str | None:
    return "; ".join(f"{state} ({facts.label(place)})" for place, state in around.items()) or None


def _states(facts: Facts, nodes: Iterable[Node]) -> Table:
    rows = [
        (
            *_where(facts, node),
            node.cell.state,
            "; ".join(state for state in State if state in node.cell.recorded) or None,
            node.cell.provider,
            facts.label(node.cell.provider) if node.cell.provider else None,
            "; ".join(problem.label for problem in node.problems) or None,
            _around(facts, node.around),
            " ".join(node.cell.passages) or None,
        )
        for node in nodes
    ]
    columns = {
        **_WHERE,
        "state": _STATE,
        "stated": "all states that sources state; more than one where they disagree or speak of different sides",
        "provider": "the only provider recorded, where there is one",
        "provider_label": "its name",
        "problems": "problems of the place that name it",
        "around": "what is said of it of places around",
        "passages": "passages of all statements",
    }
    reading = "Each row is a stage or function that a chain has or needs, and what is recorded of it at a place."
    return Table(
        "states",
        "States of all stages and functions",
        reading,
        columns,
        rows,
        ("place_label", "chain_label", "stage_label", "state", "stated", "passages"),
    )


def _counts(facts: Facts, nodes: Iterable[Node]) -> Table:
    found: dict[tuple[str, str], Counter[State]] = {}
    labels = {}
    for node in nodes:
        found.setdefault((node.chain, node.area.key), Counter())[node.cell.state] += 1
        labels[node.area.key] = node.area.label
    rows: list[Row] = [
        (chain, facts.label(chain), area, labels[area], *(counted[state] for state in State))
        for (chain, area), counted in found.items()
    ]
    columns = {
        "chain": "the chain",
        "chain_label": "its name",
        "place": "the place or cluster",
        "place_label": "its name",
        **{state.replace(" ", "_"): f"number of stages and functions: {state}" for state in State},
    }
    reading = (
        "Each row is a chain at a place, with how many of its stages and functions are in which state; what is said to "
        "be missing and what is not recorded are different things."
    )
    return Table("counts", "How many are in which state", reading, columns, rows)


def _in_reach(facts: Facts, gaps: Iterable[Gap]) -> Table:
    rows = [
        (
            *_where(facts, gap.node),
            order,
            r.place,
            facts.label(r.place),
            _names(facts, r.actors),
            f"same agglomeration: {_names(facts, r.shared)}" if r.shared else "elsewhere",
            None if r.distance is None else round(r.distance, 1),
            r.measured,
            " ".join(r.passages) or None,
        )
        for gap in gaps
        for order, r in enumerate(gap.reach, 1)
    ]
    columns = {
        **_WHERE,
        "order": "1 for the first",
        "in_place": "a place that has it",
        "in_place_label": "its name",
        "actors": "actors named there",
        "relation": "same agglomeration and its name, or elsewhere",
        "distance_km": "kilometres along the great circle; empty where no point is recorded",
        "measured": "between which places' points, or no point recorded",
        "passages": "passages that say that it has it",
    }
    reading = "Each row is a place outside that has what is lacking: those of the same agglomeration first."
    return Table(
        "in-reach",
        "Places in reach that have it",
        reading,
        columns,
        rows,
        ("place_label", "stage_label", "order", "in_place_label", "relation", "distance_km", "passages"),
    )


def _recommendations(facts: Facts, gaps: Iterable[Gap]) -> Table:
    rows: list[Row] = []
    for gap in gaps:
        rows += [
            (
                *_where(facts, gap.node),
                gap.node.cell.state,
                a.recommendation,
                facts.label(a.recommendation),
                a.how,
                " ".join(a.passages) or None,
            )
            for a in gap.answers
        ]
        if not gap.answers:
            rows.append(
                (*_where(facts, gap.node), gap.node.cell.state, None, None, "no source recommends anything", None)
            )
    columns = {
        **_WHERE,
        "state": _STATE,
        "recommendation": "a recommendation, strategy or policy; empty where there is none",
        "recommendation_label": "its name",
        "how": "concerns it; answers a problem that names it; answers such a problem in our reading; or none",
        "passages": "passages that state the recommendation",
    }
    reading = "Each row is a recommendation about a gap, or says that no source makes one."
    return Table(
        "recommendations",
        "Recommendations about gaps",
        reading,
        columns,
        rows,
        ("place_label", "stage_label", "state", "recommendation_label", "how", "passages"),
    )


def _inputs(facts: Facts, report: GapReport) -> Table:
    rows = [
        (
            chain,
            facts.label(chain),
            area.key,
            area.label,
            given.place,
            facts.label(given.place),
            given.what,
            facts.label(given.what),
            given.source,
            facts.label(given.source) if given.source else None,
            " ".join(given.passages) or None,
        )
        for chain, area, given in report.inputs
    ]
    columns = {
        **dict(list(_WHERE.items())[:4]),
        "in_place": "the place of which it is said",
        "in_place_label": "its name",
        "input": "what comes from outside",
        "input_label": "its name",
        "supplied_from": "where it comes from, where that is said",
        "supplied_from_label": "its name",
        "passages": "passages that say so",
    }
    reading = "Each row is something that a place gets from outside for a chain."
    return Table("outside-inputs", "Inputs from outside", reading, columns, rows)


def _statements(facts: Facts, nodes: Iterable[Node]) -> Table:
    rows = [
        (
            *_where(facts, node),
            node.cell.state,
            s.state,
            s.words,
            s.place,
            facts.label(s.place),
            s.actor,
            facts.label(s.actor) if s.actor else None,
            _names(facts, s.regarding),
            " ".join(s.passages) or None,
        )
        for node in nodes
        for s in node.cell.statements
    ]
    columns = {
        **_WHERE,
        "state": "the state that follows from all statements",
        "stated": "the state that this statement states",
        "words": "by which words",
        "in_place": "the place of which it is said",
        "in_place_label": "its name",
        "actor": "the actor that it names",
        "actor_label": "its name",
        "regarding": "the industries, clusters or other things of which it is said, where not in general",
        "passages": "passages that say so",
    }
    reading = "Each row is one statement about a stage at a place, with the state that follows from all of them."
    return Table(
        "statements",
        "What sources say, one by one",
        reading,
        columns,
        rows,
        ("place_label", "stage_label", "stated", "words", "in_place_label", "actor_label", "passages"),
    )
