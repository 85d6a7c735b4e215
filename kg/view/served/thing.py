"""The page of a thing: what is said of it, who says so, what was found about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from kg.names import Prefixes
from kg.view.fragments.said import Relation, Statement, told
from kg.view.gathered import Gathered
from kg.view.served import Links, page
from kg.view.served.texts import texts

MOST_OF_A_PROPERTY = 100
"""Facts of one property that a page shows."""
_FOUND = "derived:findings"
"""The graph of what the analyses found, which no rule derives."""


@dataclass(frozen=True)
class Reason:
    """What gives a fact besides passages: `derived`, `found`, `reference` or `ontology`, its name, and its IRI."""

    kind: str
    words: str
    iri: str


def thing_page(described: Gathered, prefixes: Prefixes, links: Links, language: str, formats: Mapping[str, str]) -> str:
    """The page of a thing.

    Args:
        described: what the graph answers about it.
        prefixes: of compact IRIs.
        links: to the other pages.
        language: en or zh.
        formats: addresses of the other forms of the page by name.
    """
    thing = told(described, prefixes, language, every=True)
    both = described.known.labels.get(thing.iri, ("", ""))
    return page(
        "thing.html",
        links,
        language,
        texts(language),
        thing=thing,
        also_label=next((label for label in both if label and label != thing.label), ""),
        also=[name for name in thing.names if name not in both],
        sections=(("facts", _shown(thing.facts, prefixes)), ("pointing", _shown(thing.pointing, prefixes))),
        explorer=f"/#{urlencode({'view': 'network', 'node': thing.name})}",
        formats=formats,
    )


def _shown(
    relations: Sequence[Relation], prefixes: Prefixes
) -> list[tuple[Relation, list[tuple[Statement, list[Reason]]], int]]:
    """Relations with their first statements, what gives these besides passages, and how many more there are."""
    return [
        (
            relation,
            [(each, [_reason(giver, prefixes) for giver in each.given_by]) for each in first],
            len(relation.statements) - len(first),
        )
        for relation in relations
        for first in [relation.statements[:MOST_OF_A_PROPERTY]]
    ]


def _reason(giver: str, prefixes: Prefixes) -> Reason:
    prefix, _, name = giver.partition(":")
    kind = "found" if giver == _FOUND else {"derived": "derived", "source": "reference"}.get(prefix, "ontology")
    return Reason(kind, name if kind in ("derived", "reference") else "", prefixes.expand(giver) or giver)
