"""The overlap of the places of a graph: which queries feed it."""

from __future__ import annotations

from collections import defaultdict

from kg.analysis.facts import Facts, nested_pairs
from kg.analysis.overlap.pairs import OverlapMatrix, overlap_matrix, pairwise_overlap

MIN_INDUSTRIES = 2


def industries_of_places(facts: Facts) -> tuple[dict[str, set[str]], dict[str, str]]:
    """The industries that places have at present, the three sectors aside, and the labels of places and industries."""
    labels: dict[str, str] = {}
    industries: dict[str, set[str]] = defaultdict(set)
    for row in facts.ask("industries-of-places"):
        if row["status_label"] != "actual" or row["sector"]:
            continue
        place, industry = str(row["place"]), str(row["industry"])
        labels[place], labels[industry] = str(row["place_label"]), str(row["industry_label"])
        industries[place].add(industry)
    return dict(industries), labels


def overlap_of_places(facts: Facts) -> OverlapMatrix:
    """The overlap of places that have at least two industries and share one with another such place.

    A place that others in the matrix lie in or are members of is left out: a whole shares with its parts by nature.
    """
    industries, labels = industries_of_places(facts)
    enough = {place: found for place, found in industries.items() if len(found) >= MIN_INDUSTRIES}
    wholes = {whole for part, whole in nested_pairs(facts) if part in enough}
    parts = {place: found for place, found in enough.items() if place not in wholes}
    overlaps = pairwise_overlap(parts, outputs_of_places(facts))
    sharing = {place for pair in overlaps if pair.shared for place in (pair.first, pair.second)}
    kept = [pair for pair in overlaps if pair.first in sharing and pair.second in sharing]
    return overlap_matrix(kept, labels)


def outputs_of_places(facts: Facts) -> dict[str, dict[str, float]]:
    """Output by industry of the places of which it is known for two industries or more, in one unit and period.

    Values that a data issue flags are left out. Where several periods are known, the latest counts.
    """
    by_period: dict[tuple[str, str], dict[str, float]] = defaultdict(dict)
    for row in facts.ask("outputs-by-industry"):
        by_period[str(row["place"]), str(row["period"])][str(row["industry"])] = float(str(row["value"]))
    in_order = sorted(by_period.items())
    return {place: outputs for (place, _period), outputs in in_order if len(outputs) >= MIN_INDUSTRIES}
