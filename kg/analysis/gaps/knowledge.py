"""What the graph holds for the analysis of gaps: statements, chains with what they need, problems, recommendations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from kg.analysis.chains import Chain, main_chains, read_chains
from kg.analysis.facts import Facts, Record, joined, once, passages_of
from kg.analysis.gaps.matrix import Cell, State, Statement

IRIs = frozenset[str]


@dataclass(frozen=True)
class Need:
    """A function that a chain needs.

    Args:
        function: the function.
        by: the chains or stages that need it.
        whole: the chain as a whole needs it, or any industry chain does.
        passages: passages that say so; none where reference data do.
    """

    function: str
    by: IRIs
    whole: bool
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Problem:
    """A problem that names a stage: who has it, and what answers it (IRI, basis, passages)."""

    iri: str
    label: str
    places: IRIs
    industries: IRIs
    passages: tuple[str, ...]
    answers: tuple[tuple[str, str, tuple[str, ...]], ...]


@dataclass(frozen=True)
class Recommendation:
    """A recommendation that concerns a stage, and the places and industries that it is made for."""

    iri: str
    label: str
    source: str
    places: IRIs
    industries: IRIs
    passages: tuple[str, ...]


class Knowledge:
    """The answers that the analysis rests on, each question asked once, and how they fit together.

    Args:
        facts: the graph.
    """

    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.cells: dict[tuple[tuple[int, ...], tuple[int, ...], bool], Cell] = {}
        """Cells by the identities of the statements behind them, which live as long as this does."""

    @cached_property
    def chains(self) -> Mapping[str, Chain]:
        """The chains by IRI, statements of other chains among them."""
        return read_chains(self.facts)

    @cached_property
    def main_chains(self) -> tuple[str, ...]:
        """The chains with nodes that are no statement of another, in the order of the question."""
        return tuple(iri for iri, chain in main_chains(self.facts).items() if chain.nodes)

    @cached_property
    def corresponds(self) -> Mapping[str, frozenset[str]]:
        """For a stage of one document's statement of a chain, the stages of the main chain that it stands for."""
        found: dict[str, set[str]] = defaultdict(set)
        for row in self.facts.ask("stage-links"):
            if row["relation"] == "corresponds to":
                found[str(row["node"])].add(str(row["other"]))
        return {node: frozenset(others) for node, others in found.items()}

    @cached_property
    def related(self) -> Mapping[str, Mapping[str, str]]:
        """For a chain, the industries of which what is said counts for it, and how each is related to its own."""
        found: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.facts.ask("industries-of-chains"):
            found[str(row["chain"])].setdefault(str(row["industry"]), str(row["relation"]))
        return found

    @cached_property
    def left_to_others(self) -> Mapping[str, IRIs]:
        """For a chain, the industries that have a narrower chain of their own, or are narrower than one that has."""
        own = {chain: self.related.get(chain, {}) for chain in self.main_chains}
        return {
            chain: frozenset(
                industry
                for other, related in own.items()
                if other != chain and related
                if not mine or any(related.get(i) == "wider" for i, relation in mine.items() if relation == "same")
                for industry, relation in related.items()
                if relation != "wider"
            )
            for chain, mine in own.items()
        }

    @cached_property
    def needs(self) -> Mapping[str, Mapping[str, Need]]:
        """The functions that each chain needs, by function.

        What a source says of a function for the industry of a chain, such as that it is missing, shows a need.
        """
        rows: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for row in self.facts.ask("needed-functions"):
            rows[str(row["chain"])][str(row["function"])].append(row)
        needed = {
            chain: {function: self._need(function, found) for function, found in functions.items()}
            for chain, functions in rows.items()
        }
        for chain in self.main_chains:
            near = self.near(chain) - self.left_to_others[chain]
            for function in sorted({f for other in self.main_chains for f in self.chains[other].functions}):
                said = [s for s, industries in self.statements.get(function, ()) if industries & near]
                if said and function not in needed.get(chain, {}):
                    need = Need(function, frozenset({chain}), True, joined(s.passages for s in said))
                    needed.setdefault(chain, {})[function] = need
        return needed

    def near(self, chain: str) -> IRIs:
        """The industries of a chain, and those narrower."""
        return frozenset(i for i, relation in self.related.get(chain, {}).items() if relation != "wider")

    def _need(self, function: str, rows: Iterable[Record]) -> Need:
        found = list(rows)
        by = frozenset(str(row["needed_by"]) for row in found)
        return Need(function, by, any(node in self.chains for node in by), joined(map(passages_of, found)))

    def nodes(self, chain: str) -> tuple[str, ...]:
        """Stages and functions of a chain in their order, then the functions that it needs, by name."""
        own = self.chains[chain].nodes
        needed = sorted(self.needs.get(chain, {}), key=self.facts.label)
        return tuple(dict.fromkeys((*own, *needed)))

    @cached_property
    def statements(self) -> Mapping[str, tuple[tuple[Statement, IRIs], ...]]:
        """What is said of each stage of a main chain and each function, with the industries that it is said for.

        What is said of a stage of an industry's chain is said for that industry.
        """
        groups = self.groups
        industries_of: dict[str, set[str]] = defaultdict(set)
        for chain in self.chains.values():
            for node in chain.nodes:
                industries_of[node].update(chain.industries)
        found: dict[str, list[tuple[Statement, IRIs]]] = defaultdict(list)
        for row in self.facts.ask("stage-statements"):
            stage, actor = str(row["stage"]), row["actor"]
            named = str(row["industries"] or "").split()
            of = str(row["of"] or "").split()
            alone = actor is not None and row["places_of_actor"] == 1 and str(row["place"]) not in groups
            for node in (stage, *sorted(self.corresponds.get(stage, ()))):
                statement = Statement(
                    node,
                    str(row["place"]),
                    State(str(row["state"])),
                    passages_of(row),
                    tuple(sorted({*named, *of})),
                    self.facts.label(str(row["qualifier"])),
                    bool(row["low_end"]),
                    str(actor) if alone else None,
                )
                found[node].append((statement, frozenset(named or industries_of[stage])))
        return {node: tuple(said) for node, said in found.items()}

    def counts_for(self, chain: str, industries: IRIs) -> bool:
        """Whether what is said for industries counts for a chain: it is said in general, or for a related industry.

        For a chain of no industry everything counts.
        """
        related = self.related.get(chain)
        return not industries or not related or bool(industries & related.keys())

    def left(self, chain: str, industries: IRIs) -> bool:
        """Whether what is said for industries is a finding of narrower chains, not of this one."""
        return bool(industries) and industries <= self.left_to_others[chain]

    def of_chain(self, chain: str) -> list[tuple[Statement, IRIs]]:
        """The statements that count for a chain."""
        return [
            (statement, industries)
            for node in self.nodes(chain)
            for statement, industries in self.statements.get(node, ())
            if self.counts_for(chain, industries)
        ]

    @cached_property
    def groups(self) -> IRIs:
        """The places that stand for several."""
        return frozenset(str(row["place"]) for row in self.facts.ask("points-of-places") if row["group"])

    @cached_property
    def agglomerations(self) -> IRIs:
        """The urban agglomerations."""
        return frozenset(str(row["place"]) for row in self.facts.ask("points-of-places") if row["agglomeration"])

    @cached_property
    def points(self) -> Mapping[str, tuple[float, float]]:
        """Latitude and longitude by place, in degrees."""
        return {
            str(row["place"]): (float(str(row["latitude"])), float(str(row["longitude"])))
            for row in self.facts.ask("points-of-places")
            if row["latitude"] is not None and row["longitude"] is not None
        }

    @cached_property
    def problems(self) -> Mapping[str, tuple[Problem, ...]]:
        """The problems that name each stage or function, or one that stands for it."""
        rows: dict[str, dict[str, list[Record]]] = defaultdict(lambda: defaultdict(list))
        for row in self.facts.ask("problems-of-stages"):
            for node in (str(row["stage"]), *self.corresponds.get(str(row["stage"]), ())):
                rows[node][str(row["problem"])].append(row)
        return {
            node: tuple(_problem(iri, found) for iri, found in sorted(problems.items()))
            for node, problems in rows.items()
        }

    @cached_property
    def recommendations(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """The recommendations that concern each stage or function, or one that stands for it."""
        found: dict[str, dict[str, Recommendation]] = defaultdict(dict)
        for row in self.facts.ask("recommendations-for-stages"):
            for node in (str(row["stage"]), *self.corresponds.get(str(row["stage"]), ())):
                iri = str(row["recommendation"])
                found[node][iri] = Recommendation(
                    iri,
                    str(row["recommendation_label"]),
                    str(row["source"]),
                    frozenset(str(row["places"] or "").split()),
                    frozenset(str(row["industries"] or "").split()),
                    passages_of(row),
                )
        return {node: tuple(rows[iri] for iri in sorted(rows)) for node, rows in found.items()}


@once
def read_knowledge(facts: Facts) -> Knowledge:
    """What a graph holds for the analysis of gaps."""
    return Knowledge(facts)


def _problem(iri: str, rows: list[Record]) -> Problem:
    answers: dict[str, tuple[str, set[str]]] = {}
    for row in rows:
        if row["recommendation"]:
            answer = answers.setdefault(str(row["recommendation"]), (str(row["basis"]), set()))
            answer[1].update(str(row["answering"] or "").split())
    return Problem(
        iri,
        str(rows[0]["problem_label"]),
        frozenset(str(row["place"]) for row in rows if row["place"]),
        frozenset(str(row["industry"]) for row in rows if row["industry"]),
        joined(map(passages_of, rows)),
        tuple((answer, basis, tuple(sorted(said))) for answer, (basis, said) in sorted(answers.items())),
    )
