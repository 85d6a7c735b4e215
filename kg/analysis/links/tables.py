"""The links of places and what goes with them as tables."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from kg.analysis.facts import Facts
from kg.analysis.links.prediction import HITS, METHODS, Prediction, Quality
from kg.analysis.links.reading import Cooperation, Pair, Programme
from kg.analysis.links.states import Link, Surplus
from kg.analysis.links.suggestions import COVERAGE, CROSS_SPACE, SCORES, CrossSpace, Suggestion
from kg.analysis.result import Table
from kg.store.answers import Value

Row = tuple[Value | None, ...]
_PASSAGES = {"passages": "who says so"}
_PLACE = {"place": "the place", "place_label": "its name"}
_INDUSTRY = {"industry": "the industry", "industry_label": "its name"}
_FIELD = {"field": "the field of study", "field_label": "its name"}


def links_table(facts: Facts, links: Iterable[Link], space: CrossSpace) -> Table:
    """One row for each industry of a place and status."""
    columns = {
        **_PLACE,
        **_INDUSTRY,
        "roles": "its roles, where they are said",
        "status": "actual where the place has it; planned, recommended or forecast where it ought to",
        "state": "in the place or in the agglomeration: taught there by more than few; too low a level: taught, but "
        "not at the level that a source says it needs; few: by few, or said to be insufficient; few, in a part: by few "
        "in a part of it; said missing; elsewhere only and not recorded: no source speaks of it here, which is not "
        "missing; no field in the crosswalk: not assessed",
        "reach": "how near one of its fields is taught by more than few",
        "fields": "the fields that serve it by the crosswalk",
        "programmes": "who teaches them nearest",
        "needs_level": "the lowest degree level that a source says it needs",
        "level": "whether that level is taught",
        "cooperation": "what is said of cooperation with it, or of the place as a whole; otherwise not recorded",
        "density": "how close what the place teaches lies to it in the cross-space, 0 to 1; empty where not known",
        **_PASSAGES,
    }
    rows: list[Row] = []
    for link in links:
        of = link.industry
        density = space.density.get((of.place, of.industry))
        rows.append(
            (
                *_named(facts, of.place),
                *_named(facts, of.industry),
                "; ".join(of.roles),
                of.status,
                str(link.state),
                link.reach.words,
                _names(facts, link.fields),
                "; ".join(dict.fromkeys(_programme(facts, p) for p in link.programmes)),
                link.need.level if link.need else "",
                str(link.level),
                cooperation_words(facts, link),
                None if density is None else round(density, 3),
                " ".join(link.passages),
            )
        )
    reading = (
        "Each row is an industry of a place; state tells how far what is taught matches it. Not recorded is not "
        "missing: no source speaks of it."
    )
    return Table(
        "links",
        "Industries and who is trained for them",
        reading,
        columns,
        rows,
        ("place_label", "industry_label", "roles", "state", "reach", "fields", "programmes", "passages"),
    )


def cooperation_words(facts: Facts, link: Link) -> str:
    """What is said of cooperation with an industry of a place, in a few words."""
    own = sorted({c.state for c in link.cooperation if c.industry})
    whole = sorted({f"{c.state} in {facts.label(c.place)} as a whole" for c in link.cooperation if not c.industry})
    return "; ".join([*own, *whole]) or "not recorded"


def surplus_table(facts: Facts, found: Iterable[Surplus]) -> Table:
    """Fields taught without an industry."""
    columns = {
        **_PLACE,
        **_FIELD,
        "provision": "present or few",
        "state": "planned: one of the industries ought to be there; not recorded: no source speaks of one there or "
        "near; no industry in the crosswalk: not assessed",
        "industries": "the industries that the field serves",
        **_PASSAGES,
    }
    rows: list[Row] = [
        (
            *_named(facts, s.programme.place),
            *_named(facts, s.programme.field),
            "few" if s.programme.few else "present",
            "planned" if s.planned else "not recorded" if s.industries else "no industry in the crosswalk",
            _names(facts, s.industries),
            " ".join(s.passages),
        )
        for s in found
    ]
    reading = "Each row is a field taught in a place none of whose industries is recorded as being there now, or near."
    return Table("surplus", "Programmes without an industry", reading, columns, rows)


def programmes_table(facts: Facts, programmes: Iterable[Programme]) -> Table:
    """What is taught where."""
    columns = {
        **_PLACE,
        "actor": "the institution; empty for those of the place together",
        "actor_label": "its name",
        **_FIELD,
        "iscedf": "codes of ISCED-F 2013",
        "level": "degree level, where it is said",
        "provision": "present or few",
        **_PASSAGES,
    }
    rows: list[Row] = [
        (
            *_named(facts, p.place),
            p.actor or None,
            facts.label(p.actor) if p.actor else None,
            *_named(facts, p.field),
            p.iscedf,
            p.level,
            "few" if p.few else "present",
            " ".join(p.passages),
        )
        for p in programmes
    ]
    return Table("programmes", "Programmes", "Each row is a field that a source says is taught there.", columns, rows)


def cooperation_table(facts: Facts, found: Iterable[Cooperation]) -> Table:
    """Cooperation as sources speak of it."""
    columns = {
        **_PLACE,
        **_INDUSTRY,
        "partner": "the institution, platform or function",
        "partner_label": "its name",
        "state": "recorded; planned, recommended, forecast, possible; or weak, insufficient, missing, as a source says",
        **_PASSAGES,
    }
    rows: list[Row] = [
        (*_named(facts, c.place), *_named(facts, c.industry), *_named(facts, c.partner), c.state, " ".join(c.passages))
        for c in found
    ]
    reading = (
        "Each row is what a source says of universities or institutes and an industry; an empty industry means all."
    )
    return Table("cooperation", "Cooperation", reading, columns, rows)


def crosswalk_table(facts: Facts, pairs: Iterable[Pair]) -> Table:
    """The crosswalk that the links rest on."""
    columns = {
        **_FIELD,
        **_INDUSTRY,
        "origin": "who says that the field serves the industry: a document, a standard, or the maintainers (ours)",
        "grounds": "classes of ISCED-F 2013 and GB/T 4754-2017 that speak for it",
        **_PASSAGES,
    }
    rows: list[Row] = [
        (
            *_named(facts, p.field),
            *_named(facts, p.industry),
            "; ".join(p.origins),
            "; ".join(p.grounds),
            " ".join(p.passages),
        )
        for p in pairs
    ]
    return Table("crosswalk", "Crosswalk", "Each row is a field and an industry that it serves.", columns, rows)


def suggestions_table(facts: Facts, found: Iterable[Suggestion]) -> Table:
    """Suggestions with the score and rank of each method."""
    columns = {
        **_PLACE,
        **_INDUSTRY,
        **_FIELD,
        "action": "connect: taught near, no cooperation recorded; extend: taught by few; teach: not recorded as "
        "taught; consider: taught near, but not in the crosswalk",
        "coverage_rank": f"rank of the field for the industry by {COVERAGE}",
        "cross_space_rank": f"rank by {CROSS_SPACE} relatedness",
        "prediction_rank": f"rank by link prediction ({METHODS[0]}); the table scores has the other ways",
        "why": "what speaks for it, in words",
        **_PASSAGES,
    }
    rows: list[Row] = [
        (
            *_named(facts, s.place),
            *_named(facts, s.industry),
            *_named(facts, s.field),
            s.action,
            *(s.ranks.get(method) for method in (COVERAGE, CROSS_SPACE, METHODS[0])),
            why(facts, s),
            " ".join(s.passages),
        )
        for s in found
    ]
    reading = (
        "Each row is a field for an industry of a place; three methods rank the fields for that industry side by side, "
        "1 being the best, empty where a method says nothing. The table quality says how far each can be trusted."
    )
    return Table(
        "suggestions",
        "Suggestions",
        reading,
        columns,
        rows,
        ("place_label", "industry_label", "field_label", "coverage_rank", "cross_space_rank", "prediction_rank", "why"),
    )


def scores_table(facts: Facts, found: Iterable[Suggestion]) -> Table:
    """The scores and ranks of the suggestions by every method."""
    columns = {
        **_PLACE,
        **_INDUSTRY,
        **_FIELD,
        "coverage": f"{COVERAGE}: share of the industries of the place that the field serves; 0 if not this one",
        "coverage_rank": "rank of the field for the industry by it",
        "cross_space": f"{CROSS_SPACE} relatedness of field and industry, 0 to 1; empty where not known",
        "cross_space_rank": "rank by it",
    }
    for short, method in zip(("ra", "aa", "pa"), METHODS, strict=True):
        columns |= {short: f"link prediction: {method}", f"{short}_rank": "rank by it"}
    rows: list[Row] = []
    for s in found:
        numbers: list[Value | None] = []
        for method in SCORES:
            score = s.scores.get(method)
            numbers += [None if score is None else round(score, 3), s.ranks.get(method)]
        rows.append((*_named(facts, s.place), *_named(facts, s.industry), *_named(facts, s.field), *numbers))
    reading = "Each row is a suggestion with the score and the rank of every method; rank 1 is the best field."
    return Table("scores", "Scores of the suggestions", reading, columns, rows)


def why(facts: Facts, s: Suggestion) -> str:
    """What speaks for a suggestion, method by method."""
    field, industry = facts.label(s.field), facts.label(s.industry)
    if s.pair is not None:
        parts = [f"{field} serves {industry}: {s.pair.words}"]
        others = [facts.label(i) for i in s.serves if i != s.industry]
        parts += [f"it also serves {', '.join(others)} there"] if others else []
    else:
        parts = [f"the crosswalk has no pair of {field} and {industry}"]
    parts.append(f"nearest taught by more than few: {s.reach.words}")
    close = s.scores.get(CROSS_SPACE)
    if close is not None:
        parts.append(f"cross-space {close:.2f}: of the places that have one of the two, this share has both")
    shared = s.scores.get(METHODS[0], 0.0)
    if shared:
        parts.append(f"linked over other fields and industries of the crosswalk (resource allocation {shared:.2f})")
    return "; ".join(parts)


def quality_table(predictions: Sequence[tuple[str, Prediction]], space: CrossSpace) -> Table:
    """How well each method finds links that it was not told of."""
    columns = {
        "network": "what is linked, and what a link is",
        "method": "the method",
        "links": "how many links were left out in turn",
        "auc": "chance that a left-out link scores higher than a pair without a link, ties counting half; 0.5 is luck",
        "auc_error": "its standard error (Hanley and McNeil 1982)",
        **{f"hits_{k}": f"share of left-out links among the first {k} for their industry" for k in HITS},
        **{f"luck_{k}": f"the same by luck alone, for the first {k}" for k in HITS},
        "refused": "why there is no number",
    }
    blank = [None] * (2 * len(HITS))
    rows: list[Row] = [
        (
            "fields and industries; a link is a pair of the crosswalk",
            COVERAGE,
            None,
            None,
            None,
            *blank,
            "it lists the links themselves, so there is nothing to find",
        ),
        (
            f"fields and industries of {len(space.places)} places; a link is a pair of the crosswalk",
            CROSS_SPACE,
            space.quality.links if space.quality else None,
            *((round(space.quality.auc, 3), round(space.quality.error, 3)) if space.quality else (None, None)),
            *blank,
            space.refusal,
        ),
    ]
    for network, prediction in predictions:
        for method in METHODS:
            rows.append((network, method, *_numbers(prediction.quality.get(method)), prediction.refusal))
    reading = (
        "Each row is a method: each link is taken away in turn and ranked against all pairs without a link. Where "
        "there are too few links, no number is given, and refused says why."
    )
    return Table("quality", "How good the methods are", reading, columns, rows)


def _numbers(quality: Quality | None) -> list[Value | None]:
    if quality is None:
        return [None] * (3 + 2 * len(HITS))
    return [
        quality.links,
        round(quality.auc, 3),
        round(quality.error, 3),
        *(round(quality.hits[k], 3) for k in HITS),
        *(round(quality.chance[k], 3) for k in HITS),
    ]


def _programme(facts: Facts, p: Programme) -> str:
    level = f", {p.level}" if p.level else ""
    few = ", few" if p.few else ""
    return f"{facts.label(p.field)} ({facts.label(p.actor or p.place)}{level}{few})"


def _names(facts: Facts, things: Iterable[str]) -> str:
    return "; ".join(sorted(facts.label(thing) for thing in things))


def _named(facts: Facts, thing: str) -> tuple[str | None, str | None]:
    return (thing, facts.label(thing)) if thing else (None, None)
