"""What the links come to as findings: said missing, few, too low, not recorded, cooperation, and what to connect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from kg.analysis.facts import Facts
from kg.analysis.links.prediction import METHODS, Prediction
from kg.analysis.links.reading import Cooperation, Reach, Reading
from kg.analysis.links.states import SAID, UNRECORDED, LevelState, Link, LinkState
from kg.analysis.links.suggestions import COVERAGE, CROSS_SPACE, Suggestion
from kg.analysis.result import Finding, Part

METHOD = "links"
MOST = 5
"""So many suggestions of a place become findings; the table has all."""

_STATES = {
    LinkState.SAID_MISSING: ("{place}: said to be missing: a programme for {industry}", 1.0),
    LinkState.TOO_LOW: ("{place}: {industry} needs {level} or higher, and {words}", 0.7),
    LinkState.FEW: ("{place}: taught by few: what serves {industry} ({fields})", 0.6),
}
_COOPERATION = {"missing": 1.0, "insufficient": 0.6, "weak": 0.6}
_NEEDS = {LinkState.SAID_MISSING: 1.0, LinkState.FEW: 0.8, LinkState.TOO_LOW: 0.7}


def findings(facts: Facts, reading: Reading, links: Sequence[Link]) -> Iterator[Finding]:
    """Findings of the links of places, the worst of each industry of a place."""
    best: dict[tuple[str, ...], Finding] = {}
    for link in links:
        found = _of_link(facts, reading, link)
        if found and (found.about not in best or best[found.about].severity < found.severity):
            best[found.about] = found
    yield from best.values()


def _of_link(facts: Facts, reading: Reading, link: Link) -> Finding | None:
    of = link.industry
    names = {"place": facts.label(of.place), "industry": facts.label(of.industry)}
    if link.state in SAID:
        sentence, weight = _STATES[link.state]
        level = link.need.level if link.need else ""
        words = "few institutions award it" if link.level == LevelState.FEW_AWARD else "only lower levels are recorded"
        few = ", ".join(facts.label(p.field) for p in link.programmes if p.few)
        if link.state == LinkState.FEW and not few:
            sentence = "{place}: training for {industry} is said to be insufficient"
        label = sentence.format(**names, fields=few, level=level, words=words)
        parts = (Part("state", weight, 3.0, str(link.state)), *_parts(link))
        return Finding("link-finding", label, (of.place, of.industry), parts, METHOD, _only(of.place), link.passages)
    if link.state in UNRECORDED and reading.looked_at(of.place):
        nearest = sorted({facts.label(p.place) for p in link.programmes})
        where = f"; the nearest is in {', '.join(nearest)}" if nearest else ""
        label = "{place}: nothing is recorded of a programme for {industry}".format(**names) + where
        parts = (Part("state", 0.1, 3.0, str(link.state)), *_parts(link))
        about = (of.place, of.industry)
        return Finding("unrecorded-finding", label, about, parts, METHOD, _only(of.place), link.passages)
    return None


def _parts(link: Link) -> tuple[Part, ...]:
    of = link.industry
    roles = ", ".join(of.roles)
    return (
        Part("role", 1.0 if roles else 0.0, 1.0, roles or "no role is said"),
        Part("there now", 1.0 if of.status == "actual" else 0.5, 1.0, of.status),
        Part("distance", link.reach / Reach.NOWHERE, 1.0, f"nearest taught by more than few: {link.reach.words}"),
    )


def _only(place: str) -> tuple[tuple[str, str], ...]:
    return (("place", place),)


def cooperation_findings(facts: Facts, reading: Reading) -> Iterator[tuple[Cooperation, Finding]]:
    """Cooperation that a source says is missing, insufficient or weak, and the finding of it."""
    for c in reading.cooperation:
        if c.state not in _COOPERATION or not c.place:
            continue
        of = f" ({facts.label(c.industry)})" if c.industry else ""
        also = any(
            o.state == "recorded" and (o.place, o.industry) == (c.place, c.industry) for o in reading.cooperation
        )
        finding = Finding(
            "link-finding",
            f"{facts.label(c.place)}: said to be {c.state}: {facts.label(c.partner)}{of}",
            tuple(iri for iri in (c.place, c.industry, c.partner) if iri),
            (
                Part("state", _COOPERATION[c.state], 3.0, c.state),
                Part("industry named", 1.0 if c.industry else 0.0),
                Part("none recorded", 0.0 if also else 1.0, 1.0, "some is recorded" if also else "none is recorded"),
            ),
            METHOD,
            _only(c.place),
            c.passages,
            f"cooperation {c.state}",
        )
        yield c, finding


def suggestion_findings(
    facts: Facts, suggestions: Iterable[Suggestion], links: Sequence[Link], prediction: Prediction
) -> Iterator[Finding]:
    """The best suggestion for an industry, the best of a place; what is only to be considered stays in the table."""
    states: dict[tuple[str, str], LinkState] = {}
    for link in links:
        states.setdefault((link.industry.place, link.industry.industry), link.state)
    best: dict[str, dict[str, Finding]] = defaultdict(dict)
    for s in suggestions:
        if s.pair is not None:
            found = _suggestion(facts, s, states[s.place, s.industry], prediction)
            of_place = best[s.place]
            if s.industry not in of_place or of_place[s.industry].severity < found.severity:
                of_place[s.industry] = found
    for of_place in best.values():
        yield from sorted(of_place.values(), key=lambda f: (-f.severity, f.label))[:MOST]


def _suggestion(facts: Facts, s: Suggestion, state: LinkState, prediction: Prediction) -> Finding:
    assert s.pair is not None
    place, field, industry = map(facts.label, (s.place, s.field, s.industry))
    label = {
        "connect": f"{place}: connect those who teach {field} with the industry {industry}",
        "extend": f"{place}: have more teach {field}, for the industry {industry}",
        "teach": f"{place}: find out whether {field} is taught (nothing is recorded), for the industry {industry}",
    }[s.action]
    most = float(prediction.scores[METHODS[0]].max()) if prediction.left else 0.0
    share = s.scores.get(METHODS[0], 0.0) / most if most else 0.0
    close = s.scores.get(CROSS_SPACE)
    return Finding(
        "suggestion-finding",
        label,
        (s.place, s.industry, s.field),
        (
            Part("need", _NEEDS.get(state, 0.3), 3.0, str(state)),
            Part("crosswalk", 1.0 if s.pair.passages else 0.5, 1.0, s.pair.words),
            Part(COVERAGE, s.scores[COVERAGE], 1.0, f"serves {len(s.serves)} of the industries of the place"),
            Part(CROSS_SPACE, close or 0.0, 1.0, "" if close is not None else "not known: not in the cross-space"),
            Part(METHODS[0], share, 1.0, f"{share:.0%} of the highest score of the crosswalk"),
        ),
        METHOD,
        _only(s.place),
        s.passages,
        s.action,
    )
