"""The pages of sources, of rules, and of the ontology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from kg.names import Prefixes
from kg.store.answers import IRI, Solutions
from kg.view.fragments.said import Names
from kg.view.report.tables import Passage
from kg.view.served import Links, page
from kg.view.served.texts import texts

MOST_FACTS = 1_000
"""Facts that a page shows."""


_NO_FACTS = Solutions(("graph", "subject", "property", "object"), [])


@dataclass(frozen=True)
class Document:
    """A graph to show as a page.

    Args:
        iri: of the graph.
        heading: what it is called.
        reading: name of the text that says how to read the page.
        notes: what else is known of it.
        elsewhere: addresses where more of it is, by what to call them.
        facts: to be shown, as `facts-in` answers them.
        passages: those to list, by IRI.
    """

    iri: str
    heading: str
    reading: str
    notes: Sequence[str] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)
    facts: Solutions = _NO_FACTS
    passages: Mapping[str, Passage] = field(default_factory=dict)

    @property
    def things(self) -> set[IRI]:
        """What the facts that are shown speak of."""
        return {value for row in self.facts.rows[:MOST_FACTS] for value in row if isinstance(value, IRI)}


def document_page(
    document: Document,
    labels: Mapping[str, tuple[str, str]],
    prefixes: Prefixes,
    links: Links,
    language: str,
    formats: Mapping[str, str],
) -> str:
    """The page of a source with its passages, of a passage with its facts, or of a rule with what it derives.

    Args:
        document: what to show.
        labels: in English and in Chinese, of what the facts speak of.
        prefixes: of compact IRIs.
        links: to the other pages.
        language: en or zh.
        formats: addresses of the other forms of the page by name.
    """
    names = Names(prefixes, labels, language)
    shown = document.facts.rows[:MOST_FACTS]
    return page(
        "document.html",
        links,
        language,
        texts(language),
        iri=document.iri,
        heading=document.heading,
        reading=document.reading,
        notes=document.notes,
        elsewhere=document.elsewhere,
        passages=[(iri.partition("#")[2], each) for iri, each in document.passages.items()],
        path=links.to(document.iri.partition("#")[0]) or "",
        asked={"passage": passage} if (passage := document.iri.partition("#")[2]) else {},
        facts=[[(names.of(value), str(value) if isinstance(value, IRI) else "") for value in row[1:]] for row in shown],
        more=len(document.facts) - len(shown),
        formats=formats,
    )


def ontology_page(
    facts: Solutions, prefixes: Prefixes, namespace: str, links: Links, language: str, formats: Mapping[str, str]
) -> str:
    """The page that lists the classes and properties of the ontology.

    Args:
        facts: of the ontology's graph, as `facts-in` answers them.
        prefixes: of compact IRIs.
        namespace: of the terms.
        links: to the other pages.
        language: en or zh.
        formats: addresses of the other forms of the page by name.
    """
    terms: dict[str, dict[str, str]] = {}
    for row in facts:
        subject, value = str(row["subject"]), row["object"]
        said = prefixes.shorten(str(row["property"]))
        if subject.startswith(namespace) and said in ("rdfs:label", "skos:definition"):
            key = f"{said} {getattr(value, 'language', '') or 'en'}"
            terms.setdefault(subject, {}).setdefault(key, str(value))
    shown = [
        (
            iri[len(namespace) :],
            known.get("rdfs:label en", ""),
            known.get("rdfs:label zh", ""),
            known.get("skos:definition en", ""),
        )
        for iri, known in sorted(terms.items())
        if "rdfs:label en" in known
    ]
    return page("ontology.html", links, language, texts(language), terms=shown, formats=formats)
