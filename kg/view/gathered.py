"""What the graph answers about one thing, asked in one place for pages, fragments and models alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.names import Prefixes
from kg.query.catalogue import Catalogue
from kg.query.lookup import NAMES
from kg.store.answers import IRI, Solutions, Store
from kg.view.report.tables import Passages

LABELS = "labels-in-both-languages"


@dataclass(frozen=True)
class Known:
    """What is known of the things that facts speak of.

    Args:
        labels: English and Chinese label by IRI; either may be empty.
        passages: by IRI.
    """

    labels: Mapping[str, tuple[str, str]]
    passages: Passages


@dataclass(frozen=True)
class Gathered:
    """A thing and what the graph answers about it.

    Args:
        iri: of the thing.
        facts: the answer of facts-about.
        findings: that of findings-about.
        issues: that of issues-about.
        names: those that the thing has, with its codes.
        known: labels and passages of what these speak of.
    """

    iri: str
    facts: Solutions
    findings: Solutions
    issues: Solutions
    names: tuple[str, ...]
    known: Known


@dataclass(frozen=True)
class Gathering:
    """Asks questions about things that are known by their IRIs.

    Args:
        store: the graph.
        catalogue: its questions.
        prefixes: of compact IRIs.
    """

    store: Store
    catalogue: Catalogue
    prefixes: Prefixes

    def about(self, iri: str, facts: Solutions | None = None) -> Gathered:
        """All about a thing.

        Args:
            iri: the thing.
            facts: the answer of facts-about, where it was asked already.
        """
        facts = self._answer("facts-about", [iri]) if facts is None else facts
        findings, issues = (self._answer(name, [iri]) for name in ("findings-about", "issues-about"))
        cited = {word for answer in (findings, issues) for row in answer for word in str(row["passages"] or "").split()}
        cited |= {str(row["graph"]) for row in facts if "#" in str(row["graph"])}
        things = {str(value) for row in facts.rows for value in row if isinstance(value, IRI) and value not in cited}
        things |= {str(row["kind"]) for answer in (findings, issues) for row in answer}
        names = tuple(dict.fromkeys(str(row["name"]) for row in self._answer(NAMES, [iri])))
        known = Known(self.labels({iri, *things}), self.passages(sorted(cited)))
        return Gathered(iri, facts, findings, issues, names, known)

    def labels(self, things: Iterable[str]) -> dict[str, tuple[str, str]]:
        """English and Chinese labels of things."""
        wanted = sorted(things)
        rows = self._answer(LABELS, wanted) if wanted else ()
        return {str(row["thing"]): (str(row["english"] or ""), str(row["chinese"] or "")) for row in rows}

    def passages(self, wanted: Iterable[str] | None = None) -> Passages:
        """Passages; all of them where none is named."""
        return Passages.read(self.store, self.catalogue["passages"], self.prefixes, wanted)

    def _answer(self, name: str, things: Iterable[str]) -> Solutions:
        query = self.catalogue[name]
        parameter = query.header.parameters[0].name
        return query.in_order(self.store.select(query.bound({parameter: [IRI(thing) for thing in things]})))
