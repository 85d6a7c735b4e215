"""`kg overlap`: places that have the same industries, or perform the same stage at the same segment."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.analysis.facts import Facts, nested_pairs, passages_of
from kg.analysis.overlap.places import overlap_of_places
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope, Table

METHOD = "overlap"


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """The overlap of the places of a scope with any other."""
    findings = [*_overlaps(facts), *_head_on(facts)]
    wanted = [f for f in findings if not scope.places or set(f.about) & set(scope.places)]
    columns = {"overlap": "what is shared"}
    table = Table("overlap", "Overlap", "Each row is a pair of places.", columns, [(f.label,) for f in wanted])
    return Analysis(METHOD, "Overlap of places", scope.parameters, (table,), tuple(wanted))


def _overlaps(facts: Facts) -> Iterator[Finding]:
    """Pairs of places that have at least two industries in common."""
    matrix = overlap_of_places(facts)
    stated: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in facts.ask("industries-of-places"):
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
            (pair.first, pair.second, *pair.shared),
            (Part("Jaccard", pair.jaccard),),
            METHOD,
            (("place", pair.first), ("place", pair.second)),
            tuple(sorted(said)),
        )


def _head_on(facts: Facts) -> Iterator[Finding]:
    """Places that perform the same stage at the same segment."""
    nested = nested_pairs(facts)
    for row in facts.ask("same-stage-same-segment"):
        first, second = str(row["place"]), str(row["other"])
        if (first, second) in nested or (second, first) in nested:
            continue
        yield Finding(
            "overlap-finding",
            f"{row['place_label']} and {row['other_label']} both do {row['stage_label']} at the {row['segment_label']}",
            (first, second, str(row["stage"])),
            (Part("head-on", 1.0),),
            METHOD,
            (("place", first), ("place", second)),
            passages_of(row),
            "head-on",
        )
