"""All findings of the analyses, as rows of the table type `finding`.

A finding has a kind, a sentence, the query and parameters that it comes from, the things it is about, and the passages
it rests on. Within a kind they are in order of weight, 1 the heaviest.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.centrality import node_measures
from kg.analysis.gaps import GapMatrix, State
from kg.analysis.matrices import answer, gap_matrices, nested_pairs, overlap_of_places, passages_of
from kg.analysis.networks import read_network
from kg.names import Prefixes, slug
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.schema.ontology import Ontology
from kg.store.answers import IRI, Store

Row = Mapping[str, str | int | list[str] | None]

MAX_KEY = 120
TOP_CUT_POINTS = 10
MIN_SHARE = 0.3


@dataclass(frozen=True)
class Finding:
    """One finding; `weight` orders it within its kind, heaviest first."""

    kind: str
    label: str
    query: str
    parameters: tuple[tuple[str, str], ...]
    about: tuple[str, ...]
    passages: tuple[str, ...]
    weight: float


def find_all(store: Store, project: Project) -> Sequence[Row]:
    """Run every analysis on the graph and give the findings, those of a kind in order of weight."""
    matrices = [matrix for _label, matrix in gap_matrices(store, project)]
    found = [
        *_gaps(matrices),
        *_unrecorded(matrices, nested_pairs(store, project)),
        *_overlaps(store, project),
        *_head_on(store, project),
        *_missing_links(store, project),
        *_single_providers(store, project),
        *_cut_points(store, project),
    ]
    return list(_rows(found, Ontology(project).prefixes))


def _rows(findings: Iterable[Finding], prefixes: Prefixes) -> Iterator[Row]:
    by_kind: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in findings:
        by_kind[finding.kind].setdefault(_key(finding), finding)
    for kind, group in sorted(by_kind.items()):
        for order, (key, f) in enumerate(sorted(group.items(), key=lambda item: (-item[1].weight, item[1].label)), 1):
            yield {
                "key": key,
                "kind": kind,
                "label": f.label,
                "query": f.query,
                "parameters": " ".join(f"{name}={prefixes.shorten(value)}" for name, value in f.parameters) or None,
                "about": list(f.about) or None,
                "passages": list(f.passages) or None,
                "order": order,
            }


def _key(finding: Finding) -> str:
    """Kind and label as a slug; a long one is cut and told apart by a hash of the whole."""
    key = f"{finding.kind}-{slug(finding.label)}"
    if len(key) <= MAX_KEY:
        return key
    return f"{key[:MAX_KEY].rstrip('-')}-{hashlib.sha256(finding.label.encode()).hexdigest()[:8]}"


_SENTENCES = {
    State.SAID_MISSING: ("{place}: said to be missing: {stage}", 3.0),
    State.WEAK: ("{place}: there, but said to be weak or insufficient: {stage}", 2.0),
    State.PLANNED: ("{place}: planned or recommended, not said to be there: {stage}", 1.0),
}


def _gaps(matrices: Iterable[GapMatrix]) -> Iterator[Finding]:
    """Stages said to be missing, weak, or only planned; heavier the more stages of the chain the place performs."""
    for matrix in matrices:
        present = _present(matrix)
        for (stage, place), cell in matrix.cells.items():
            if cell.state not in _SENTENCES:
                continue
            sentence, weight = _SENTENCES[cell.state]
            about = ", ".join(cell.regarding.get(cell.state, ()))
            label = sentence.format(stage=matrix.labels[stage], place=matrix.labels[place])
            yield Finding(
                "gap-finding",
                f"{label} ({about})" if about else label,
                "stage-states",
                (("place", place),),
                (place, stage),
                cell.grounds,
                weight + present[place] / (1 + len(matrix.stages)),
            )


def _unrecorded(matrices: Iterable[GapMatrix], nested: set[tuple[str, str]]) -> Iterator[Finding]:
    """Stages of which nothing is recorded at a place that performs at least three in ten of the chain, and two.

    Where something is recorded of a part or a whole of the place, or of a member, the place is not said to be blank.
    """
    for matrix in matrices:
        present = _present(matrix)
        for place in matrix.places:
            if present[place] < max(2, MIN_SHARE * len(matrix.stages)):
                continue
            near = {place, *(a for a, b in nested if b == place), *(b for a, b in nested if a == place)}
            for stage in matrix.stages:
                if all((stage, other) not in matrix.cells for other in near):
                    yield Finding(
                        "unrecorded-finding",
                        f"{matrix.labels[place]}: nothing is recorded of {matrix.labels[stage]}",
                        "stage-states",
                        (("place", place),),
                        (place, stage),
                        (),
                        present[place] / len(matrix.stages),
                    )


def _present(matrix: GapMatrix) -> dict[str, int]:
    return {
        place: sum(matrix.cell(stage, place).state in (State.PRESENT, State.WEAK) for stage in matrix.stages)
        for place in matrix.places
    }


def _overlaps(store: Store, project: Project) -> Iterator[Finding]:
    """Pairs of places that have at least two industries in common."""
    matrix = overlap_of_places(store, project)
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in answer(store, Catalogue.read(project), "industries-of-places"):
        stated[str(row["place"]), str(row["industry"])].update(passages_of(row))
    for pair in matrix.pairs.values():
        if len(pair.shared) < 2:
            continue
        names = ", ".join(matrix.labels[industry] for industry in pair.shared)
        said = {p for place in (pair.first, pair.second) for i in pair.shared for p in stated[place, i]}
        krugman = f", Krugman {pair.krugman:.2f}" if pair.krugman is not None else ""
        yield Finding(
            "overlap-finding",
            f"{matrix.labels[pair.first]} and {matrix.labels[pair.second]} share {len(pair.shared)} industries "
            f"(Jaccard {pair.jaccard:.2f}{krugman}): {names}",
            "shared-industries",
            (("place", pair.first),),
            (pair.first, pair.second, *pair.shared),
            tuple(sorted(said)),
            pair.jaccard,
        )


def _head_on(store: Store, project: Project) -> Iterator[Finding]:
    """Places that perform the same stage at the same segment."""
    nested = nested_pairs(store, project)
    for row in answer(store, Catalogue.read(project), "same-stage-same-segment"):
        first, second = str(row["place"]), str(row["other"])
        if (first, second) in nested or (second, first) in nested:
            continue
        yield Finding(
            "overlap-finding",
            f"{row['place_label']} and {row['other_label']} both do {row['stage_label']} at the {row['segment_label']}",
            "same-stage-same-segment",
            (("stage", str(row["stage"])),),
            (first, second, str(row["stage"])),
            passages_of(row),
            2.0,
        )


_LINKS = {
    "said missing": ("link-finding", "{place}: said to be missing: a programme for {industry}", 3.0),
    "few": ("link-finding", "{place}: taught by few: what serves {industry}", 2.0),
    "not recorded": ("unrecorded-finding", "{place}: nothing is recorded of a programme for {industry}", 0.1),
}


def _missing_links(store: Store, project: Project) -> Iterator[Finding]:
    """Industries of a place whose fields few or none teach there.

    That none is recorded counts only for places of whose programmes a source speaks at all.
    """
    catalogue = Catalogue.read(project)
    looked_at = {str(row["place"]) for row in answer(store, catalogue, "fields-and-industries")}
    for row in answer(store, catalogue, "industries-without-programme"):
        kind, sentence, weight = _LINKS[str(row["state"])]
        if kind == "unrecorded-finding" and str(row["place"]) not in looked_at:
            continue
        yield Finding(
            kind,
            sentence.format(industry=row["industry_label"], place=row["place_label"]),
            "industries-without-programme",
            (("place", str(row["place"])),),
            (str(row["place"]), str(row["industry"])),
            passages_of(row),
            weight,
        )


def _single_providers(store: Store, project: Project) -> Iterator[Finding]:
    """Stages that one place or actor alone is recorded to perform, if no other place has the chain's industry."""
    for row in answer(store, Catalogue.read(project), "single-provider-stages"):
        if str(row["elsewhere"] or "").strip("; "):
            continue
        yield Finding(
            "weak-point-finding",
            f"{row['provider_label']} is the only recorded provider of {row['stage_label']}",
            "single-provider-stages",
            (("stage", str(row["stage"])),),
            (str(row["stage"]), str(row["provider"])),
            passages_of(row),
            3.0,
        )


def _cut_points(store: Store, project: Project) -> Iterator[Finding]:
    """The organisations whose loss would cut others off in the network of actors, those with most ties first."""
    catalogue, prefixes = Catalogue.read(project), Ontology(project).prefixes
    network = read_network(store, Catalogue.read(project, "networks")["actors"])
    cut_points = [m for m in node_measures(network) if m.is_cut_point and prefixes.kind(m.node) == "actor"]
    for measures in sorted(cut_points, key=lambda m: (-m.degree, m.label))[:TOP_CUT_POINTS]:
        said = store.select(catalogue["said-about"].bound({"thing": [IRI(measures.node)]}))
        yield Finding(
            "weak-point-finding",
            f"{measures.label} holds parts of the network of actors together ({measures.degree} ties)",
            "said-about",
            (("thing", measures.node),),
            (measures.node,),
            tuple(sorted({str(row["passage"]) for row in said})),
            1.0 + measures.degree / (1 + len(network)),
        )
