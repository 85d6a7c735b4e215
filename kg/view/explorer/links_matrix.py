"""What the page's matrix of industries by fields holds: who is taught for what, and how near."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from kg.analysis.facts import Facts
from kg.analysis.links.reading import Reach, Reading, read
from kg.analysis.links.states import Link, LinkState, links
from kg.view.explorer.order import alike
from kg.view.explorer.quads import Quads
from kg.view.links_picture import Mark

MARKS = tuple(Mark)
LINK_STATES = tuple(LinkState)


def fields_by_industries(facts: Facts, quads: Quads) -> dict[str, Any]:
    """Industries that a place has or plans and a field serves, by these fields.

    Returns: terms of `industries` and `fields`; `alike`, both in order of similarity; `pairs`: industry, field, who
        judged, classes that speak for it, passages; `programmes`: place, actor or -1, field, level, whether few, and
        passages; `links`: industry, place, term of the status, state, reach, level that is needed, whether it is
        taught, pairs of field and mark, cooperation, passages; `cooperation`: place or -1, industry or -1, partner or
        -1, state, passages. Marks, states and reaches are numbers of their order in the analysis; levels and who
        judged are terms, or texts where no term has that name.
    """
    reading = read(facts)
    every = [link for link in links(reading) if link.fields]
    industries = {iri: n for n, iri in enumerate(sorted({k.industry.industry for k in every}))}
    fields = {iri: n for n, iri in enumerate(sorted({field for k in every for field in k.fields}))}
    by_row: list[set[Hashable]] = [set() for _ in industries]
    by_column: list[set[Hashable]] = [set() for _ in fields]
    for industry, row in industries.items():
        for field in reading.fields_of[industry]:
            by_row[row].add(field)
            by_column[fields[field]].add(industry)
    near = _Near(reading)
    taught = [p for p in reading.programmes if p.field in fields]
    said = {c: n for n, c in enumerate(dict.fromkeys(c for k in every for c in k.cooperation))}

    def link(k: Link) -> list[Any]:
        of = k.industry
        return [
            industries[of.industry],
            quads.number(of.place),
            quads.named(of.status),
            LINK_STATES.index(k.state),
            int(k.reach),
            quads.named_or_text(k.need.level) if k.need else "",
            str(k.level),
            [[fields[field], near.mark(of.place, field)] for field in k.fields],
            [said[c] for c in k.cooperation],
            quads.all(k.passages),
        ]

    return {
        "industries": [quads.number(iri) for iri in industries],
        "fields": [quads.number(iri) for iri in fields],
        "alike": [alike(by_row), alike(by_column)],
        "pairs": [
            [
                industries[i],
                fields[f],
                [*map(quads.named_or_text, p.origins)],
                ", ".join(p.grounds),
                quads.all(p.passages),
            ]
            for (f, i), p in sorted(reading.pairs.items())
            if i in industries
        ],
        "programmes": [
            [
                quads.number(p.place),
                quads.number(p.actor),
                fields[p.field],
                quads.named_or_text(p.level),
                int(p.few),
                quads.all(p.passages),
            ]
            for p in taught
        ],
        "links": [link(k) for k in every],
        "cooperation": [
            [
                quads.number(c.place),
                industries.get(c.industry, -1),
                quads.number(c.partner),
                c.state,
                quads.all(c.passages),
            ]
            for c in said
        ],
    }


class _Near:
    """How near fields are taught; the same marks as in `kg.view.links_picture`, each place looked at once.

    Args:
        reading: what the graph says.
    """

    def __init__(self, reading: Reading) -> None:
        self.nesting = reading.nesting
        self.places: dict[tuple[str, bool], dict[str, None]] = {}
        for p in reading.programmes:
            self.places.setdefault((p.field, p.few), {})[p.place] = None
        self.fields = {p.field for p in reading.programmes}
        self.known: dict[tuple[str, str], int] = {}

    def mark(self, place: str, field: str) -> int:
        """The mark of a field for one place, as a number of the order of marks."""
        if (place, field) not in self.known:
            self.known[place, field] = MARKS.index(self._mark(place, field))
        return self.known[place, field]

    def _mark(self, place: str, field: str) -> Mark:
        for few, mark in ((False, Mark.TAUGHT), (True, Mark.FEW)):
            if any(self.nesting.reach(place, p) < Reach.ELSEWHERE for p in self.places.get((field, few), ())):
                return mark
        return Mark.ELSEWHERE if field in self.fields else Mark.NOT_RECORDED
