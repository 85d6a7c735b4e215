"""`kg links`: industries of a place whose fields few or none teach there."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.facts import Facts, passages_of
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope, Table

METHOD = "links"


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """The links between industries and fields of the places of a scope."""
    wanted = [f for f in _missing_links(facts) if not scope.places or f.about[0] in scope.places]
    columns = {"link": "what is not connected"}
    table = Table("links", "Links", "Each row is an industry of a place.", columns, [(f.label,) for f in wanted])
    return Analysis(METHOD, "Universities and industries", scope.parameters, (table,), tuple(wanted))


_LINKS = {
    "said missing": ("link-finding", "{place}: said to be missing: a programme for {industry}", 1.0),
    "few": ("link-finding", "{place}: taught by few: what serves {industry}", 0.6),
    "not recorded": ("unrecorded-finding", "{place}: nothing is recorded of a programme for {industry}", 0.1),
}


def _missing_links(facts: Facts) -> Iterator[Finding]:
    """That none is recorded counts only for places of whose programmes a source speaks at all."""
    looked_at = {str(row["place"]) for row in facts.ask("fields-and-industries")}
    for row in facts.ask("industries-without-programme"):
        kind, sentence, weight = _LINKS[str(row["state"])]
        if kind == "unrecorded-finding" and str(row["place"]) not in looked_at:
            continue
        yield Finding(
            kind,
            sentence.format(industry=row["industry_label"], place=row["place_label"]),
            (str(row["place"]), str(row["industry"])),
            (Part("state", weight),),
            METHOD,
            (("place", str(row["place"])),),
            passages_of(row),
        )
