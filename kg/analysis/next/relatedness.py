"""Relatedness density where outputs by industry are known for enough places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kg.measures.relatedness_density import relatedness_density

MIN_PLACES = 5
MIN_INDUSTRIES = 3

Output = tuple[float, tuple[str, ...]]


@dataclass(frozen=True)
class Density:
    """Relatedness density by place and industry.

    Args:
        values: density, 0 to 1.
        places: number of places compared, 0 where there are too few.
        period: the period of the outputs.
        passages: passages of the outputs of each place.
        note: what it rests on, or why it is not known.
    """

    values: Mapping[tuple[str, str], float]
    places: int
    period: str
    passages: Mapping[str, tuple[str, ...]]
    note: str


def read_density(
    outputs: Mapping[str, Mapping[str, Mapping[str, Output]]], around: Mapping[str, frozenset[str]]
) -> Density:
    """The density of the period for which most places qualify; of several, the last.

    Args:
        outputs: output and its passages, by period, place and industry.
        around: the places that a place lies in; of a place and one that holds it, the inner one counts.
    """
    best: dict[str, Mapping[str, Output]] = {}
    period = ""
    for name in sorted(outputs):
        found: dict[str, Mapping[str, Output]] = {
            p: row for p, row in outputs[name].items() if len(row) >= MIN_INDUSTRIES
        }
        outer = {whole for place in found for whole in around.get(place, ())}
        found = {place: row for place, row in found.items() if place not in outer}
        if found and len(found) >= len(best):
            best, period = found, name
    if len(best) < MIN_PLACES:
        note = (
            f"outputs of {MIN_INDUSTRIES} or more industries in one period are known for {len(best)} "
            f"place{'' if len(best) == 1 else 's'}; it takes {MIN_PLACES}"
        )
        return Density({}, 0, "", {}, note)
    values = relatedness_density({p: {i: value for i, (value, _) in row.items()} for p, row in best.items()})
    passages = {p: tuple(sorted({s for _, said in row.values() for s in said})) for p, row in best.items()}
    return Density(
        values, len(best), period, passages, f"outputs of {len(best)} places{f', {period}' if period else ''}"
    )
