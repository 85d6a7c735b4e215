"""What is said of one thing, and where: told once for pages, fragments and models alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, passages_of
from kg.names import Prefixes
from kg.query.results import text
from kg.store.answers import IRI, Value
from kg.view.gathered import Gathered, Gathering
from kg.view.report.tables import Passage, Passages

_KIND = "rdf:type"
_NAMED = ("rdfs:label", "skos:prefLabel", "skos:altLabel", "skos:notation")
_END = re.compile(r"^.*[#/]")


@dataclass(frozen=True)
class Statement:
    """One fact: the other thing or value, and who says so.

    Args:
        other: IRI of the other thing; empty for a text or number.
        label: what to call it; the text or number itself.
        passages: that state it.
        given_by: compact IRIs of reference data that hold it and of rules that it follows from; the IRI of the
            ontology, where that says it.
    """

    other: str
    label: str
    passages: tuple[Passage, ...] = ()
    given_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """The facts of one relation: what it is called, the facts, and its IRI."""

    label: str
    statements: tuple[Statement, ...]
    iri: str


@dataclass(frozen=True)
class Noted:
    """A finding, or a fault of the data, that speaks of the thing.

    Args:
        name: compact IRI of the finding; empty for a fault.
        kind: its kind in words.
        label: what it says.
        severity: of a finding, 0 to 1.
        passages: that it rests on.
        iri: of the finding, or of what is flagged.
        corrected: the right value of what is flagged, with its unit, where it is certain.
    """

    name: str
    kind: str
    label: str
    severity: float | None
    passages: tuple[Passage, ...]
    iri: str
    corrected: str = ""


@dataclass(frozen=True)
class Said:
    """What is said of a thing.

    Args:
        iri: the thing.
        name: its compact IRI.
        label: what to call it.
        names: its other names and codes.
        kinds: its classes: IRI by what it is called.
        facts: of which it is the subject.
        pointing: of which it is the object.
        findings: that speak of it, worst first.
        issues: faults of the data about it.
    """

    iri: str
    name: str
    label: str
    names: tuple[str, ...]
    kinds: Mapping[str, str]
    facts: tuple[Relation, ...]
    pointing: tuple[Relation, ...]
    findings: tuple[Noted, ...]
    issues: tuple[Noted, ...]

    @property
    def passages(self) -> tuple[Passage, ...]:
        """All passages that speak of it, each once."""
        stated = (p for r in (*self.facts, *self.pointing) for s in r.statements for p in s.passages)
        noted = (p for n in (*self.findings, *self.issues) for p in n.passages)
        return tuple(sorted({*stated, *noted}, key=lambda p: (p.source, p.section, p.anchor)))


def said(facts: Facts, iri: str, language: str = "en") -> Said:
    """What is said of a thing.

    Args:
        facts: the graph.
        iri: the thing.
        language: whose labels come first, en or zh.
    """
    return told(Gathering(facts.store, facts.catalogue, facts.prefixes).about(iri), facts.prefixes, language)


def told(gathered: Gathered, prefixes: Prefixes, language: str, every: bool = False) -> Said:
    """What is said of a thing of which all is gathered.

    Args:
        gathered: what the graph answers about it.
        prefixes: of compact IRIs.
        language: whose labels come first, en or zh.
        every: whether to tell too what only reference data and rules say of others that points at it, and who says of
            which classes it is.
    """
    iri, passages = gathered.iri, gathered.known.passages
    names = Names(prefixes, gathered.known.labels, language, passages)
    forward = [_Fact(row, "object") for row in gathered.facts if row["subject"] == iri]
    # What only reference data and rules say of other things is said of those.
    stated = [row for row in gathered.facts if every or row["graph"] in passages.by_iri]
    pointing = [_Fact(row, "subject") for row in stated if row["object"] == iri]
    classes = [fact for fact in forward if names.short(fact.property) == _KIND]
    kinds = [fact for fact in classes if not names.short(fact.graph).startswith("derived:")] or classes
    shown = [fact for fact in forward if names.short(fact.property) not in (_NAMED if every else (*_NAMED, _KIND))]
    label = names.of(IRI(iri))
    return Said(
        iri,
        names.short(iri),
        label,
        tuple(name for name in gathered.names if name != label),
        {names.of_term(str(fact.other)): str(fact.other) for fact in kinds},
        _relations(shown, names, passages),
        _relations(pointing, names, passages),
        tuple(
            Noted(
                names.short(str(row["finding"])),
                names.of_term(str(row["kind"])),
                str(row["finding_label"]),
                float(str(row["severity"])),
                passages.of(passages_of(row)),
                str(row["finding"]),
            )
            for row in gathered.findings
        ),
        tuple(
            Noted(
                "",
                names.of_term(str(row["kind"])),
                _issue(row, iri),
                None,
                passages.of(passages_of(row)),
                str(row["about"]),
                _corrected(row, prefixes),
            )
            for row in gathered.issues
        ),
    )


class _Fact:
    """A fact as it is seen from one of its ends."""

    def __init__(self, row: Record, other: str) -> None:
        self.property, self.graph, self.other = str(row["property"]), str(row["graph"]), row[other]


class Names:
    """What things are called in a language; in the other one, or by the end of their IRI, where they have no label."""

    def __init__(
        self,
        prefixes: Prefixes,
        labels: Mapping[str, tuple[str, str]],
        language: str,
        passages: Passages = Passages({}),  # noqa: B008
    ) -> None:
        self._prefixes, self._labels, self._at = prefixes, labels, int(language == "zh")
        self._passages = passages.by_iri

    def short(self, iri: str) -> str:
        """Its compact IRI."""
        return self._prefixes.shorten(iri)

    def of(self, value: Value | None) -> str:
        """A thing, or a value as a reader sees it."""
        if not isinstance(value, IRI):
            return text(value, self._prefixes)
        if passage := self._passages.get(value):
            return f"{passage.source}, {passage.section}: “{passage.anchor}”"
        # The end of an address elsewhere is no name of it.
        return self._label(value) or (_END.sub("", value) if self._prefixes.kind(value) else value)

    def of_term(self, iri: str) -> str:
        """A class or property, of which vocabulary it may be."""
        return self._label(iri) or _END.sub("", iri)

    def _label(self, iri: str) -> str:
        both = self._labels.get(iri, ("", ""))
        return both[self._at] or both[1 - self._at]


def _relations(facts: Iterable[_Fact], names: Names, passages: Passages) -> tuple[Relation, ...]:
    """The facts by relation; what several passages or tables state is one statement."""
    found: dict[str, dict[str, list[_Fact]]] = {}
    for fact in facts:
        found.setdefault(fact.property, {}).setdefault(str(fact.other), []).append(fact)
    relations = []
    for property_, others in found.items():
        statements = [
            Statement(
                other if isinstance(same[0].other, IRI) else "",
                names.of(same[0].other),
                passages.of(fact.graph for fact in same),
                tuple(sorted({names.short(fact.graph) for fact in same if fact.graph not in passages.by_iri})),
            )
            for other, same in others.items()
        ]
        # What a passage states comes before what follows from a rule.
        ordered = sorted(statements, key=lambda s: (not s.passages, s.label))
        relations.append(Relation(names.of_term(property_), tuple(ordered), property_))
    return tuple(sorted(relations, key=lambda r: (not any(s.passages for s in r.statements), r.label)))


def _issue(row: Record, iri: str) -> str:
    """A fault of the data about the thing itself, or about a figure of it."""
    explanation = str(row["explanation"])
    return explanation if row["about"] == iri else f"{row['about_label']}: {explanation}"


def _corrected(row: Record, prefixes: Prefixes) -> str:
    """The right value of a figure with its unit; empty where it is not certain."""
    value = row["corrected_value"]
    return "" if value is None else f"{text(value, prefixes)} {row['corrected_unit'] or ''}".strip()
