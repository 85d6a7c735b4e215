"""The matrices of a graph: which queries feed the gap matrices and the overlap of places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from kg.analysis.gaps import GapMatrix, State, Statement, gap_matrix
from kg.analysis.overlap import OverlapMatrix, overlap_matrix, pairwise_overlap
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.answers import Solutions, Store

MIN_STAGES = 2
MIN_INDUSTRIES = 2


def answer(store: Store, catalogue: Catalogue, name: str) -> Solutions:
    """The answer to a question of the catalogue for all values of its parameters."""
    return store.select(catalogue[name].bound({}))


def passages_of(row: Mapping[str, object]) -> tuple[str, ...]:
    """The passages of a row of an answer, from its column of space-separated IRIs."""
    return tuple(str(row.get("passages") or "").split())


def gap_matrices(store: Store, project: Project) -> list[tuple[str, GapMatrix]]:
    """For each chain of which at least two stages are recorded somewhere: its label and its gap matrix.

    Statements of a chain that are variants of another are left to that one. Chains with most recorded first.
    """
    catalogue = Catalogue.read(project)
    labels: dict[str, str] = {}
    statements = []
    for row in answer(store, catalogue, "stage-states"):
        stage, place = str(row["stage"]), str(row["place"])
        labels[stage], labels[place] = str(row["stage_label"]), str(row["place_label"])
        about = tuple(name for name in str(row["regarding"] or "").split("; ") if name)
        statements.append(Statement(stage, place, State(str(row["state"])), passages_of(row), about))
    variants = {str(row["chain"]) for row in answer(store, catalogue, "chains") if row["variant_of"]}
    stages: dict[str, list[str]] = defaultdict(list)
    for row in answer(store, catalogue, "stages-in-order"):
        chain, stage = str(row["chain"]), str(row["stage"])
        if chain not in variants:
            stages[chain].append(stage)
            labels[chain] = str(row["chain_label"])
            labels.setdefault(stage, str(row["stage_label"]))
    within: dict[str, list[str]] = defaultdict(list)
    for row in answer(store, catalogue, "parts-of-cities"):
        within[str(row["part"])].append(str(row["city"]))
    found = []
    for chain, nodes in stages.items():
        matrix = gap_matrix(statements, nodes, labels, within)
        if len({stage for stage, _place in matrix.cells}) >= MIN_STAGES:
            found.append((labels[chain], matrix))
    return sorted(found, key=lambda pair: (-len(pair[1].cells), pair[0]))


def industries_of_places(store: Store, project: Project) -> tuple[dict[str, set[str]], dict[str, str]]:
    """The industries that places have at present, the three sectors aside, and the labels of places and industries."""
    labels: dict[str, str] = {}
    industries: dict[str, set[str]] = defaultdict(set)
    for row in answer(store, Catalogue.read(project), "industries-of-places"):
        if row["status_label"] != "actual" or row["sector"]:
            continue
        place, industry = str(row["place"]), str(row["industry"])
        labels[place], labels[industry] = str(row["place_label"]), str(row["industry_label"])
        industries[place].add(industry)
    return dict(industries), labels


def overlap_of_places(store: Store, project: Project) -> OverlapMatrix:
    """The overlap of places that have at least two industries and share one with another such place.

    A place that others in the matrix lie in or are members of is left out: a whole shares with its parts by nature.
    """
    industries, labels = industries_of_places(store, project)
    enough = {place: found for place, found in industries.items() if len(found) >= MIN_INDUSTRIES}
    wholes = {whole for part, whole in nested_pairs(store, project) if part in enough}
    parts = {place: found for place, found in enough.items() if place not in wholes}
    overlaps = pairwise_overlap(parts, outputs_of_places(store, project))
    sharing = {place for pair in overlaps if pair.shared for place in (pair.first, pair.second)}
    kept = [pair for pair in overlaps if pair.first in sharing and pair.second in sharing]
    return overlap_matrix(kept, labels)


def nested_pairs(store: Store, project: Project) -> set[tuple[str, str]]:
    """Pairs of a place and one that it lies in or takes part in."""
    return {(str(row["part"]), str(row["whole"])) for row in answer(store, Catalogue.read(project), "nesting")}


def outputs_of_places(store: Store, project: Project) -> dict[str, dict[str, float]]:
    """Output by industry of the places of which it is known for two industries or more, in one unit and period.

    Values that a data issue flags are left out. Where several periods are known, the latest counts.
    """
    by_period: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in answer(store, Catalogue.read(project), "outputs-by-industry"):
        by_period[str(row["place"]), str(row["period"])][str(row["industry"])] = float(str(row["value"]))
    in_order = sorted(by_period.items())
    return {place: outputs for (place, _period), outputs in in_order if len(outputs) >= MIN_INDUSTRIES}
