"""What other questions answer before and after: outside inputs, only providers, pairs, links, stated lacks."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, joined, passages_of
from kg.analysis.overlap.places import overlap_of_places
from kg.analysis.result import Scope, Table
from kg.store.answers import Value

NEW, ENDED = "new", "ended"


@dataclass(frozen=True)
class Question:
    """A question whose answers are compared.

    Args:
        table: name of the table of what differs.
        title: its heading.
        reading: one sentence on how to read it.
        name: name of the question.
        columns: the columns that are shown, things among them, with their meaning; rows that are the same in these are
            the same row.
        places: the columns that hold places; a row is in a scope that names places if one of these is.
        stage: the column that holds a stage, if one does.
        industry: the column that holds an industry, if one does.
    """

    table: str
    title: str
    reading: str
    name: str
    columns: Mapping[str, str]
    places: tuple[str, ...]
    stage: str | None = None
    industry: str | None = None


QUESTIONS = (
    Question(
        "head-on",
        "Pairs at the same stage and segment",
        "Each row is a pair of places that do the same stage at the same segment in only one of the two graphs.",
        "same-stage-same-segment",
        {
            "stage": "the stage",
            "segment": "the segment: low, middle or high end",
            "place": "one place",
            "other": "the other place",
        },
        ("place", "other"),
        "stage",
    ),
    Question(
        "links",
        "Fields of study that match an industry",
        "Each row is a field taught for an industry of the place in only one of the two graphs.",
        "field-industry-matches",
        {"place": "the place", "field": "the field of study", "industry": "the industry that it serves"},
        ("place",),
        None,
        "industry",
    ),
    Question(
        "providers",
        "Stages that one place or actor alone performs",
        "Each row is a stage with a single recorded provider in only one of the two graphs; new ones are a weakness.",
        "single-provider-stages",
        {
            "stage": "the stage or function",
            "kind": "place: one place only; actor: one named actor only",
            "provider": "the place or actor",
        },
        ("provider",),
        "stage",
    ),
    Question(
        "inputs",
        "Inputs from outside",
        "Each row is something that a place gets from outside in only one of the two graphs.",
        "outside-inputs",
        {
            "place": "the place",
            "industry": "the industry that needs it, where it is said",
            "input": "what comes from outside",
            "supplied_from": "where it comes from, where it is said",
        },
        ("place",),
        None,
        "industry",
    ),
    Question(
        "lacks",
        "What is said to be lacking",
        "Each row is something that is said to be missing, insufficient or weak in only one of the two graphs.",
        "stated-lacks",
        {
            "what": "what is lacking",
            "degree": "missing, insufficient or weak",
            "place": "where",
            "industry": "for which industry, where it is said",
        },
        ("place",),
        "what",
        "industry",
    ),
)


@dataclass(frozen=True)
class Range:
    """A scope spelled out: places, and the stages and industries of its chains; None means all."""

    places: Collection[str] | None
    stages: Collection[str] | None
    industries: Collection[str] | None

    @classmethod
    def of(cls, scope: Scope, facts: Facts) -> Range:
        """The range of a scope; stages and industries are those of the chains in the graph."""
        from kg.analysis.chains import read_chains

        chains = read_chains(facts)
        wanted = [chains[chain] for chain in scope.chains if chain in chains]
        return cls(
            frozenset(scope.places) or None,
            frozenset(node for chain in wanted for node in chain.nodes) if scope.chains else None,
            frozenset(industry for chain in wanted for industry in chain.industries) if scope.chains else None,
        )

    def has(self, places: Collection[str], stage: str | None, industry: str | None) -> bool:
        """Whether something at these places, of this stage or industry, is in it."""
        there = self.places is None or any(place in self.places for place in places)
        if self.stages is None or self.industries is None:
            return there
        return there and (stage in self.stages or industry in self.industries)


def compare_answers(question: Question, base: Facts, other: Facts, within: Range) -> Table:
    """The rows of the answer to a question that only one of two graphs gives; those that end come first."""
    before, after = _answers(question, base), _answers(question, other)
    rows: list[tuple[Value | None, ...]] = []
    for change, ours, theirs in ((ENDED, before, after), (NEW, after, before)):
        for key, answers in ours.items():
            if key not in theirs and _in_range(question, answers[0], within):
                cells = [cell for column in question.columns for cell in _cells(answers[0], column)]
                rows.append((change, *cells, " ".join(joined(map(passages_of, answers))) or None))
    columns = {"change": f"{ENDED}: in the graph alone; {NEW}: in the scenario alone"}
    given = base.catalogue[question.name].header.returns
    for column, meaning in question.columns.items():
        columns[column] = meaning
        if f"{column}_label" in given:
            columns[f"{column}_label"] = "its name"
    columns["passages"] = "passages that say so"
    return Table(question.table, question.title, question.reading, columns, rows)


def _answers(question: Question, facts: Facts) -> dict[tuple[Value | None, ...], list[Record]]:
    found: dict[tuple[Value | None, ...], list[Record]] = {}
    for row in facts.ask(question.name):
        found.setdefault(tuple(row[column] for column in question.columns), []).append(row)
    return found


def _cells(row: Record, column: str) -> Iterator[Value | None]:
    yield row[column]
    if f"{column}_label" in row:
        yield row[f"{column}_label"]


def _in_range(question: Question, row: Record, within: Range) -> bool:
    stage = str(row[question.stage]) if question.stage else None
    industry = str(row[question.industry]) if question.industry else None
    return within.has([str(row[column]) for column in question.places], stage, industry)


@dataclass(frozen=True)
class OverlapChange:
    """Two places whose industries in common differ.

    Args:
        first: one place.
        second: the other.
        shared_before: industries that both have in the graph.
        shared_after: those in the scenario.
        jaccard_before: Jaccard index in the graph, 0 to 1; None where a place is not compared there.
        jaccard_after: the same in the scenario.
    """

    first: str
    second: str
    shared_before: tuple[str, ...]
    shared_after: tuple[str, ...]
    jaccard_before: float | None
    jaccard_after: float | None


def compare_overlaps(base: Facts, other: Facts, within: Range) -> list[OverlapChange]:
    """The pairs of places whose shared industries or Jaccard index differ; the largest differences first."""
    before, after = overlap_of_places(base), overlap_of_places(other)
    found = []
    for first, second in {**before.pairs, **after.pairs}:
        was, now = before.pair(first, second), after.pair(first, second)
        shared = (was.shared if was else (), now.shared if now else ())
        jaccard = (was.jaccard if was else None, now.jaccard if now else None)
        differing = set(shared[0]) ^ set(shared[1])
        if (shared[0] == shared[1] and jaccard[0] == jaccard[1]) or not (shared[0] or shared[1]):
            continue
        if any(within.has((first, second), None, industry) for industry in differing or {*shared[0], *shared[1]}):
            found.append(OverlapChange(first, second, *shared, *jaccard))
    return sorted(found, key=lambda o: (-abs((o.jaccard_after or 0) - (o.jaccard_before or 0)), o.first, o.second))
