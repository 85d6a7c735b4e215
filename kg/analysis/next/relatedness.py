"""Relatedness density where outputs by industry are known for enough places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import isfinite

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
    values = densities_of({p: {i: value for i, (value, _) in row.items()} for p, row in best.items()})
    passages = {p: tuple(sorted({s for _, said in row.values() for s in said})) for p, row in best.items()}
    return Density(
        values, len(best), period, passages, f"outputs of {len(best)} places{f', {period}' if period else ''}"
    )


def densities_of(outputs: Mapping[str, Mapping[str, float]]) -> dict[tuple[str, str], float]:
    """The relatedness density of each industry in each place, by location quotients of 1 and more, diagonal out.

    Args:
        outputs: output by industry, by place, in one unit; an industry that a place does not list counts as 0 there.

    Returns: density, 0 to 1, by place and industry; an industry that is near no other has none.

    Raises:
        ValueError: an output is negative or not finite.
    """
    places, industries = sorted(outputs), sorted({industry for row in outputs.values() for industry in row})
    if any(not isfinite(value) or value < 0 for row in outputs.values() for value in row.values()):
        raise ValueError("outputs must be finite and not negative")
    if not industries:
        return {}
    import numpy as np

    from kg.measures.complexity.density import densities
    from kg.measures.complexity.presence import presences
    from kg.measures.complexity.proximity import product_space

    here = presences(np.array([[outputs[place].get(industry, 0.0) for industry in industries] for place in places]))
    found = densities(here, product_space(here))
    return {
        (place, industry): float(found[a, b])
        for a, place in enumerate(places)
        for b, industry in enumerate(industries)
        if not np.isnan(found[a, b])
    }
