"""Which fields and industries of a place ought to be connected, by three methods side by side."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.links.prediction import METHODS, MIN_LINKS, Prediction, Quality, area_under_curve, predict
from kg.analysis.links.prediction import standard_error as error_of
from kg.analysis.links.reading import THERE, Pair, Reach, Reading
from kg.analysis.links.states import Link

MIN_PLACES = 3
"""Of fewer places the proximities of a cross-space could only be 0, a half or 1."""
MIN_PROXIMITY = 0.5
"""What the crosswalk does not have is only considered where at least half of the places that have one have both."""
COVERAGE, CROSS_SPACE = "crosswalk coverage", "cross-space"
SCORES = (COVERAGE, CROSS_SPACE, *METHODS)


@dataclass(frozen=True)
class CrossSpace:
    """How often a field and an industry are recorded of the same places.

    Args:
        places: the places that were compared.
        fields: fields taught in one of them or around it.
        industries: industries that one of them has.
        proximity: fields x industries; empty where there are fewer than `MIN_PLACES` places.
        density: places x industries: how close what a place teaches lies to an industry.
        quality: how well the proximity ranks the pairs of the crosswalk; none where it is refused.
        refusal: why the quality, or all of it, is not given.
    """

    places: tuple[str, ...]
    fields: tuple[str, ...]
    industries: tuple[str, ...]
    proximity: Mapping[tuple[str, str], float]
    density: Mapping[tuple[str, str], float]
    quality: Quality | None
    refusal: str


@dataclass(frozen=True)
class Suggestion:
    """A field for an industry of a place.

    Args:
        place: the place.
        industry: its industry.
        field: the field.
        action: connect (taught near, no cooperation recorded), extend (taught by few), teach (not recorded as
            taught), or consider (taught near, not in the crosswalk).
        pair: the pair of the crosswalk; none for what is only to be considered.
        scores: by method, where the method has one.
        ranks: by method, the rank of the field among all fields for the industry; ties share the better rank.
        serves: the industries of the place that the field serves.
        reach: how near the field is taught.
        passages: who says what it rests on.
    """

    place: str
    industry: str
    field: str
    action: str
    pair: Pair | None
    scores: Mapping[str, float]
    ranks: Mapping[str, int]
    serves: tuple[str, ...]
    reach: Reach
    passages: tuple[str, ...]


def cross_space(reading: Reading) -> CrossSpace:
    """The cross-space of the places of which a source speaks of programmes; no place that lies around another of them.

    An industry counts where it is recorded as being there now, a field where it is taught in the place, a part of it or
    around it, by however few. What all of the places have tells them not apart, and is left out.
    """
    known = {i.place for i in reading.industries if i.status == "actual" and reading.looked_at(i.place)}
    wide = {around for place in known for around in reading.nesting.around.get(place, ())}
    places = tuple(sorted(known - wide))
    taught = {
        (place, p.field)
        for place in places
        for p in reading.programmes
        if not p.every_field and reading.nesting.reach(place, p.place) in THERE
    }
    made = {(i.place, i.industry) for i in reading.industries if i.status == "actual" and i.place in places}
    fields, industries = _telling(taught, len(places)), _telling(made, len(places))
    if len(places) < MIN_PLACES:
        few = f"{len(places)} places with programmes and industries, fewer than {MIN_PLACES}"
        return CrossSpace(places, fields, industries, {}, {}, None, few)
    import numpy as np

    from kg.measures.complexity.density import densities
    from kg.measures.complexity.proximity import proximities

    first = np.array([[float((place, f) in taught) for f in fields] for place in places])
    second = np.array([[float((place, i) in made) for i in industries] for place in places])
    proximity = proximities(first, second)
    density = densities(first, proximity)
    close = {(f, i): float(proximity[a, b]) for a, f in enumerate(fields) for b, i in enumerate(industries)}
    dense = {(p, i): float(density[a, b]) for a, p in enumerate(places) for b, i in enumerate(industries)}
    dense = {key: value for key, value in dense.items() if value == value}
    quality, refusal = _against_crosswalk(reading, close)
    return CrossSpace(places, fields, industries, close, dense, quality, refusal)


def _telling(found: set[tuple[str, str]], places: int) -> tuple[str, ...]:
    """What some of the places have, and not all of them."""
    count = Counter(thing for _, thing in found)
    return tuple(sorted(thing for thing, number in count.items() if number < places))


def _against_crosswalk(reading: Reading, close: Mapping[tuple[str, str], float]) -> tuple[Quality | None, str]:
    """Whether pairs of the crosswalk are found in the same places more often than others; it knows no crosswalk."""
    links = [value for key, value in close.items() if key in reading.pairs]
    others = [value for key, value in close.items() if key not in reading.pairs]
    if len(links) < MIN_LINKS or not others:
        plural = "" if len(links) == 1 else "s"
        return (
            None,
            f"{len(links)} pair{plural} of the crosswalk among its fields and industries, fewer than {MIN_LINKS}",
        )
    auc = area_under_curve(links, others)
    return Quality(auc, {}, {}, len(links), error_of(auc, len(links), len(others))), ""


def crosswalk_prediction(reading: Reading) -> Prediction:
    """Link prediction on fields and industries; a link is a pair of the crosswalk."""
    return predict(reading.pairs)


def programme_prediction(reading: Reading) -> Prediction:
    """Link prediction on who teaches and what it serves.

    A link: an institution, or those of a place together, teaches a field that serves an industry.
    """
    return predict(
        (p.actor or p.place, industry)
        for p in reading.programmes
        for field, industry in reading.pairs
        if field == p.field
    )


def cooperation_prediction(reading: Reading) -> Prediction:
    """Link prediction on partners and industries; a link is cooperation that a source says there is."""
    return predict((c.partner, c.industry) for c in reading.cooperation if c.state == "recorded" and c.industry)


def suggest(reading: Reading, links: Sequence[Link], prediction: Prediction, space: CrossSpace) -> list[Suggestion]:
    """Suggestions for the places of whose programmes a source speaks, by place, industry and rank.

    A field that the crosswalk does not have for an industry is only considered where it is taught near, and shares
    paths or places with the industry.
    """
    of_place: dict[str, dict[str, Link]] = defaultdict(dict)
    for link in links:
        if reading.looked_at(link.industry.place):
            of_place[link.industry.place].setdefault(link.industry.industry, link)
    structure = _structure(prediction)
    fields = sorted({*prediction.left, *space.fields})
    found = []
    for place, industries in of_place.items():
        reach = {f: reading.nearest(place, [f], few=False)[0] for f in fields}
        few = {f: reading.nearest(place, [f], few=True)[0] in THERE for f in fields}
        serves = {f: tuple(i for i in industries if (f, i) in reading.pairs) for f in fields}
        for industry, link in industries.items():
            scores = {}
            for f in fields:
                scores[f] = {COVERAGE: len(serves[f]) / len(industries) if industry in serves[f] else 0.0}
                if (f, industry) in space.proximity:
                    scores[f][CROSS_SPACE] = space.proximity[f, industry]
                scores[f] |= structure.get((f, industry), {})
            ranks = _ranks(scores)
            for f in fields:
                pair = reading.pairs.get((f, industry))
                action = _action(pair is not None, reach[f] < Reach.ELSEWHERE, few[f], link, scores[f])
                if action:
                    said = {*(pair.passages if pair else ()), *_said_of(reading, place, f)}
                    passages = tuple(dict.fromkeys([*link.industry.passages, *sorted(said)]))
                    found.append(
                        Suggestion(place, industry, f, action, pair, scores[f], ranks[f], serves[f], reach[f], passages)
                    )
    return sorted(found, key=_order)


def _order(s: Suggestion) -> tuple[str, str, bool, int, str]:
    return s.place, s.industry, s.pair is None, min(s.ranks.values(), default=len(SCORES)), s.field


def _structure(prediction: Prediction) -> dict[tuple[str, str], dict[str, float]]:
    """The scores of link prediction by pair."""
    return {
        (a, b): {method: float(prediction.scores[method][i, j]) for method in METHODS}
        for i, a in enumerate(prediction.left)
        for j, b in enumerate(prediction.right)
    }


def _said_of(reading: Reading, place: str, field: str) -> set[str]:
    """Who says that the field is taught in the place or near."""
    near = [p for p in reading.programmes if reading.nesting.reach(place, p.place) < Reach.ELSEWHERE]
    return {passage for p in near if p.field == field for passage in p.passages}


def _action(in_crosswalk: bool, near: bool, few: bool, link: Link, scores: Mapping[str, float]) -> str:
    if not in_crosswalk:
        shares = scores.get(METHODS[0], 0.0) > 0 or scores.get(CROSS_SPACE, 0.0) >= MIN_PROXIMITY
        return "consider" if near and shares else ""
    if near:
        return "" if link.recorded_cooperation else "connect"
    return "extend" if few else "teach"


def _ranks(scores: Mapping[str, Mapping[str, float]]) -> dict[str, dict[str, int]]:
    """Ranks by method among the fields with a score above 0; preferential attachment alone earns no field a rank."""
    ranks: dict[str, dict[str, int]] = {field: {} for field in scores}
    for method in SCORES:
        values = {f: s[method] for f, s in scores.items() if s.get(method, 0.0) > 0}
        for f, value in values.items():
            ranks[f][method] = 1 + sum(other > value for other in values.values())
    return {f: found if set(found) - {METHODS[-1]} else {} for f, found in ranks.items()}
