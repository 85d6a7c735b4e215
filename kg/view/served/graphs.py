"""The pages of sources, of rules, and of the ontology."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.names import Prefixes
from kg.store.answers import IRI, Solutions
from kg.view.gathered import Known
from kg.view.report.tables import Passage
from kg.view.served import Links, page
from kg.view.served.texts import texts
from kg.view.served.thing import Names

MOST_FACTS = 1_000
"""Facts that a page shows."""


@dataclass(frozen=True)
class Document:
    """A graph to show as a page.

    Args:
        iri: of the graph.
        heading: what it is called.
        notes: what else is known of it.
        facts: to be shown, as `facts-in` answers them.
        passages: those to list, by IRI.
        known: labels of what the facts speak of.
        formats: addresses of the other forms of the page by name.
    """

    iri: str
    heading: str
    notes: Sequence[str]
    facts: Solutions
    passages: Mapping[str, Passage]
    known: Known
    formats: Mapping[str, str]


def document_page(document: Document, prefixes: Prefixes, links: Links, language: str) -> str:
    """The page of a source with its passages, of a passage with its facts, or of a rule with what it derives."""
    names = Names(document.known, prefixes, language)
    shown = document.facts.rows[:MOST_FACTS]
    return page(
        "document.html",
        links,
        language,
        texts(language),
        iri=document.iri,
        heading=document.heading,
        notes=document.notes,
        passages=[(iri.partition("#")[2], each) for iri, each in document.passages.items()],
        path=links.to(document.iri.partition("#")[0]) or "",
        facts=[[(names.of(value), str(value) if isinstance(value, IRI) else "") for value in row[1:]] for row in shown],
        more=len(document.facts) - len(shown),
        formats=document.formats,
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
