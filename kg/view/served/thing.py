"""The page of a thing: what is said of it, who says so, what was found about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

from kg.names import Prefixes
from kg.query.results import text
from kg.store.answers import IRI, Value
from kg.view.gathered import Gathered, Known
from kg.view.served import Links, page
from kg.view.served.texts import texts

MOST_OF_A_PROPERTY = 100
"""Facts of one property that a page shows."""
_UNSAID = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation")
"""Properties that the head of the page shows."""


@dataclass
class Said:
    """One fact as it is shown: the other thing or value, and who says so."""

    words: str
    iri: str
    reasons: list[Reason] = field(default_factory=list)


@dataclass(frozen=True, order=True)
class Reason:
    """Who says a fact: words, the IRI that they lead to, and the words of a passage."""

    kind: str
    words: str
    iri: str
    quoted: str = ""


class Names:
    """What things are called in the language of a page.

    Args:
        known: labels and passages.
        prefixes: for what has no label.
        language: en or zh.
    """

    def __init__(self, known: Known, prefixes: Prefixes, language: str) -> None:
        self.known, self.prefixes, self._at = known, prefixes, int(language == "zh")

    def of(self, value: Value | None) -> str:
        """A thing by its label, or else its short name; a value as a reader sees it."""
        if isinstance(value, IRI):
            both = self.known.labels.get(value, ("", ""))
            return both[self._at] or both[1 - self._at] or self.prefixes.shorten(value)
        return text(value, self.prefixes)

    def reason(self, graph: str) -> Reason:
        """Who says what stands in a graph."""
        passage = self.known.passages.by_iri.get(graph)
        if passage:
            return Reason("passage", f"{passage.source}, {passage.section}", graph, passage.anchor)
        short = self.prefixes.shorten(graph)
        kind = {"derived": "derived", "source": "reference"}.get(short.partition(":")[0], "ontology")
        return Reason(kind, short.partition(":")[2] if kind != "ontology" else "", graph)

    def reasons(self, graphs: Iterable[str]) -> list[Reason]:
        """Who says what stands in graphs, passages first."""
        return sorted({self.reason(graph) for graph in graphs}, key=lambda each: (each.kind != "passage", each))


def thing_page(described: Gathered, prefixes: Prefixes, links: Links, language: str, formats: Mapping[str, str]) -> str:
    """The page of a thing.

    Args:
        described: what the graph answers about it.
        prefixes: of compact IRIs.
        links: to the other pages.
        language: en or zh.
        formats: addresses of the other forms of the page by name.
    """
    names = Names(described.known, prefixes, language)
    iri = IRI(described.iri)
    both = [label for label in described.known.labels.get(iri, ("", "")) if label]
    heading = names.of(iri)
    kinds = dict.fromkeys(
        row["object"]
        for row in described.facts
        if row["subject"] == iri and prefixes.shorten(str(row["property"])) == "rdf:type"
    )
    return page(
        "thing.html",
        links,
        language,
        texts(language),
        iri=described.iri,
        short=prefixes.shorten(iri),
        heading=heading,
        other=next((label for label in both if label != heading), ""),
        also=[name for name in described.names if name not in both],
        kinds=[(names.of(kind), str(kind)) for kind in kinds],
        sections=(
            ("facts", _by_property(described, names, "subject", "object")),
            ("pointing", _by_property(described, names, "object", "subject")),
        ),
        findings=[
            (
                str(r["finding_label"]),
                str(r["finding"]),
                str(r["kind_label"]),
                text(r["severity"], prefixes),
                _cited(names, r),
            )
            for r in described.findings
        ],
        issues=[
            (
                str(r["explanation"]),
                str(r["about"]),
                str(r["about_label"]),
                str(r["kind_label"]),
                _right(r, prefixes),
                _cited(names, r),
            )
            for r in described.issues
        ],
        explorer=f"/#{urlencode({'view': 'network', 'node': prefixes.shorten(iri)})}",
        formats=formats,
        other_address="?" + urlencode({"lang": "en" if language == "zh" else "zh"}),
    )


def _by_property(described: Gathered, names: Names, place: str, other: str) -> list[tuple[str, str, list[Said], int]]:
    """The facts in which the thing has a place, by property: its name, its IRI, the facts, and how many more."""
    found: dict[str, dict[Value | None, list[str]]] = {}
    for row in described.facts:
        iri = str(row["property"])
        if row[place] == described.iri and names.prefixes.shorten(iri) not in _UNSAID:
            found.setdefault(iri, {}).setdefault(row[other], []).append(str(row["graph"]))
    shown = []
    for iri, values in found.items():
        facts = [
            Said(names.of(value), str(value) if isinstance(value, IRI) else "", names.reasons(graphs))
            for value, graphs in list(values.items())[:MOST_OF_A_PROPERTY]
        ]
        shown.append((names.of(IRI(iri)), iri, sorted(facts, key=lambda f: f.words), len(values) - len(facts)))
    return sorted(shown, key=lambda each: each[0])


def _cited(names: Names, row: Mapping[str, Value | None]) -> list[Reason]:
    return names.reasons(str(row["passages"] or "").split())


def _right(row: Mapping[str, Value | None], prefixes: Prefixes) -> str:
    if row["corrected_value"] is None:
        return ""
    return f"{text(row['corrected_value'], prefixes)} {row['corrected_unit'] or ''}".strip()
