"""`kg gaps`: the stages and functions that a chain needs, each in one of six states, in a place or a cluster."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.analysis.facts import Facts
from kg.analysis.gaps.areas import Area, Areas, read_areas
from kg.analysis.gaps.assess import Assessment, Node
from kg.analysis.gaps.knowledge import Knowledge, read_knowledge
from kg.analysis.gaps.matrix import State
from kg.analysis.gaps.reach import Answer, Input, InReach, Remedies
from kg.analysis.gaps.tables import all_tables
from kg.analysis.result import EVERYTHING, Analysis, Finding, Parameters, Scope
from kg.errors import UseError

METHOD = "gaps"
TOGETHER = "together"


@dataclass(frozen=True)
class Gap:
    """A node that is a finding, and what would close it.

    Args:
        node: the stage or function in its area, with state and severity.
        answers: the recommendations about it.
        reach: the places in reach that have it, nearest first, those of the same agglomeration before all others.
        inputs: what the area gets from outside for the chain.
    """

    node: Node
    answers: tuple[Answer, ...]
    reach: tuple[InReach, ...]
    inputs: tuple[Input, ...]


@dataclass(frozen=True)
class GapReport:
    """The typed result: every node of every chain and area asked about, and the gaps among them."""

    nodes: tuple[Node, ...]
    gaps: tuple[Gap, ...]
    inputs: tuple[tuple[str, Area, Input], ...]


def analyse(facts: Facts, scope: Scope = EVERYTHING, together: bool | str = False) -> Analysis:
    """The gaps of the chains and areas of a scope.

    Args:
        facts: the graph.
        scope: places, clusters and chains; without places, all of which something is recorded for a chain; without
            chains, all of which something is recorded there. A document's statement of a chain stands for the chain.
        together: "yes" takes all places of the scope as one; "no" takes each by itself.

    Raises:
        UseError: `together` is neither, or there is nothing to take together.
    """
    joined = _yes(together)
    if joined and not scope.places:
        raise UseError("there are no places to take together. Name some with --place")
    knowledge, areas = read_knowledge(facts), read_areas(facts)
    remedies = Remedies(knowledge, areas)
    asked = [areas.together(scope.places)] if joined else [areas.of(iri) for iri in dict.fromkeys(scope.places)]
    nodes: list[Node] = []
    gaps: list[Gap] = []
    inputs: list[tuple[str, Area, Input]] = []
    for chain in _chains(knowledge, scope):
        assessment = Assessment(knowledge, areas, chain)
        for area in _areas(assessment, areas, asked, bool(scope.chains)):
            found = assessment.assess(area)
            sources = frozenset(passage.partition("#")[0] for node in found for passage in node.cell.passages)
            from_outside = remedies.inputs(chain, area)
            nodes += found
            inputs += [(chain, area, given) for given in from_outside]
            gaps += [
                Gap(
                    node,
                    tuple(remedies.answers(node, sources)),
                    tuple(remedies.in_reach(assessment, node)),
                    tuple(from_outside),
                )
                for node in found
                if node.found
            ]
    report = GapReport(tuple(nodes), tuple(_in_order(facts, gaps)), tuple(inputs))
    parameters = (*scope.parameters, *(((TOGETHER, "yes"),) if joined else ()))
    findings = tuple(_finding(facts, gap, joined) for gap in report.gaps if not gap.node.of_parts)
    notes = tuple(_notes(facts, scope, knowledge, report))
    return Analysis(METHOD, "Gaps of chains", parameters, all_tables(facts, report), findings, notes, report)


def _yes(value: bool | str) -> bool:
    if value in (True, "yes"):
        return True
    if value in (False, "no", ""):
        return False
    raise UseError(f"together is {value}. Say yes or no")


def _chains(knowledge: Knowledge, scope: Scope) -> list[str]:
    mains = [knowledge.chains[iri].variant_of or iri for iri in scope.chains if iri in knowledge.chains]
    return list(dict.fromkeys(mains)) if scope.chains else list(knowledge.main_chains)


def _areas(assessment: Assessment, areas: Areas, asked: Sequence[Area], chosen: bool) -> Iterator[Area]:
    """The areas to assess for a chain: those asked for; all of which something is recorded where none is."""
    if not asked:
        yield from (areas.of(place) for place in assessment.places)
        return
    for area in asked:
        related = assessment.knowledge.related.get(assessment.iri, {})
        same = {industry for industry, relation in related.items() if relation == "same"}
        of_cluster = area.industries & same if area.cluster else area.places & {*assessment.places}
        if chosen or of_cluster:
            yield area


def _in_order(facts: Facts, gaps: Iterable[Gap]) -> list[Gap]:
    """Stated gaps first, worst first; then what is not recorded."""
    return sorted(
        gaps,
        key=lambda gap: (
            gap.node.cell.state is State.NOT_RECORDED,
            -gap.node.severity,
            facts.label(gap.node.chain),
            gap.node.area.label,
            facts.label(gap.node.node),
        ),
    )


_SENTENCES = {
    State.SAID_MISSING: "said to be missing: {stage}",
    State.WEAK: "there, but said to be {words}: {stage}",
    State.PLANNED: "planned or recommended, not said to be there: {stage}",
    State.SINGLE_PROVIDER: "recorded with one provider only, {provider}: {stage}",
    State.NOT_RECORDED: "nothing is recorded of {stage}",
}


def _finding(facts: Facts, gap: Gap, joined: bool) -> Finding:
    node = gap.node
    state, cell = node.cell.state, node.cell
    # What is said of the area itself comes first, then what is said of the state.
    basis = [s for s in cell.statements if s.state is cell.ground] or list(cell.statements)
    basis = [s for s in basis if s.place in node.area.own] or basis
    words = sorted({s.words for s in basis if s.state is State.WEAK})
    said = _SENTENCES[state].format(
        stage=facts.label(node.node),
        provider=facts.label(cell.provider) if cell.provider else "",
        words=" and ".join(words) or "lacking too",
    )
    general = any(not s.regarding for s in basis)
    told = [] if general else sorted(facts.label(iri) for iri in {iri for s in basis for iri in s.regarding})
    if cell.statements and not any(s.place in node.area.own for s in cell.statements):
        told += [f"in {facts.label(place)}" for place in sorted({s.place for s in cell.statements})]
    label = f"{node.area.label}, {facts.label(node.chain)}: {said}"
    label += f" ({', '.join(told)})" if told else ""
    parameters: Parameters = (*(("place", iri) for iri in node.area.iris), ("chain", node.chain))
    return Finding(
        "unrecorded-finding" if state is State.NOT_RECORDED else "gap-finding",
        label,
        (*node.area.iris, node.node, node.chain),
        node.parts,
        METHOD,
        (*parameters, *(((TOGETHER, "yes"),) if joined else ())),
        node.passages,
    )


def _notes(facts: Facts, scope: Scope, knowledge: Knowledge, report: GapReport) -> Iterator[str]:
    for iri in scope.chains:
        main = knowledge.chains[iri].variant_of if iri in knowledge.chains else None
        if main:
            yield f"{facts.label(iri)} is a statement of {facts.label(main)}, which is shown"
    for iri in _chains(knowledge, scope) if scope.chains else ():
        if not knowledge.nodes(iri):
            yield f"{facts.label(iri)}: no stage or function of it is recorded. Name another with --chain"
    for iri in scope.places if not scope.chains else ():
        if not any(iri in node.area.iris for node in report.nodes):
            yield f"{facts.label(iri)}: nothing is recorded for any chain. Name a chain to see what it needs"
    bare = sum(1 for gap in report.gaps if gap.node.cell.state is not State.NOT_RECORDED and not gap.answers)
    if report.gaps:
        stated = sum(1 for gap in report.gaps if gap.node.cell.state is not State.NOT_RECORDED)
        yield f"{bare} of {stated} stated gaps have no recommendation of any source, not even in our reading"
    theirs = sum(1 for gap in report.gaps if gap.node.of_parts)
    if theirs:
        yield f"{theirs} of {stated} stated gaps are said of parts of the area alone: they are findings of those parts"
