"""What is said of one thing, and where: gathered once for pages, fragments and models alike."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, passages_of
from kg.names import Prefixes
from kg.query.results import text
from kg.store.answers import IRI, Value
from kg.view.gathered import Gathering
from kg.view.report.tables import Passage, Passages

_KIND = "rdf:type"
_UNSAID = ("rdfs:label", "skos:altLabel", "skos:notation", _KIND)
_END = re.compile(r"^.*[#/]")


@dataclass(frozen=True)
class Statement:
    """One fact: the other thing or value, and who says so.

    Args:
        other: IRI of the other thing; empty for a text or number.
        label: what to call it; the text or number itself.
        passages: that state it.
        given_by: compact IRIs of reference data that hold it, and of the graphs of rules that it follows from.
    """

    other: str
    label: str
    passages: tuple[Passage, ...] = ()
    given_by: tuple[str, ...] = ()


@dataclass(frozen=True)
class Relation:
    """The facts of one relation."""

    label: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True)
class Noted:
    """A finding, or a fault of the data, that speaks of the thing.

    Args:
        name: compact IRI of the finding; empty for a fault.
        kind: its kind in words.
        label: what it says.
        severity: of a finding, 0 to 1.
        passages: that it rests on.
    """

    name: str
    kind: str
    label: str
    severity: float | None = None
    passages: tuple[Passage, ...] = ()


@dataclass(frozen=True)
class Said:
    """What is said of a thing.

    Args:
        iri: the thing.
        name: its compact IRI.
        label: what to call it.
        names: its other names and codes.
        kinds: its classes in words.
        facts: of which it is the subject.
        pointing: of which it is the object.
        findings: that speak of it, worst first.
        issues: faults of the data about it.
    """

    iri: str
    name: str
    label: str
    names: tuple[str, ...]
    kinds: tuple[str, ...]
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
    gathered = Gathering(facts.store, facts.catalogue, facts.prefixes).about(iri)
    names = _Names(facts.prefixes, gathered.known.labels, language)
    passages = gathered.known.passages
    forward = [_Fact(row, "object") for row in gathered.facts if row["subject"] == iri]
    # What only reference data and rules say of other things is said of those.
    stated = [row for row in gathered.facts if row["graph"] in passages.by_iri]
    pointing = [_Fact(row, "subject") for row in stated if row["object"] == iri]
    kinds = [f for f in forward if names.short(f.property) == _KIND and not names.short(f.graph).startswith("derived:")]
    label = names.of(IRI(iri))
    return Said(
        iri,
        names.short(iri),
        label,
        tuple(name for name in gathered.names if name != label),
        tuple(dict.fromkeys(names.of_term(str(fact.other)) for fact in kinds)),
        _relations([fact for fact in forward if names.short(fact.property) not in _UNSAID], names, passages),
        _relations(pointing, names, passages),
        tuple(
            Noted(
                names.short(str(row["finding"])),
                names.of_term(str(row["kind"])),
                str(row["finding_label"]),
                float(str(row["severity"])),
                passages.of(passages_of(row)),
            )
            for row in gathered.findings
        ),
        tuple(
            Noted("", names.of_term(str(row["kind"])), _issue(row, iri), None, passages.of(passages_of(row)))
            for row in gathered.issues
        ),
    )


class _Fact:
    """A fact as it is seen from one of its ends."""

    def __init__(self, row: Record, other: str) -> None:
        self.property, self.graph, self.other = str(row["property"]), str(row["graph"]), row[other]


class _Names:
    """What things are called in a language; in the other one, or by the end of their IRI, where they have no label."""

    def __init__(self, prefixes: Prefixes, labels: Mapping[str, tuple[str, str]], language: str) -> None:
        self._prefixes, self._labels, self._at = prefixes, labels, int(language == "zh")

    def short(self, iri: str) -> str:
        return self._prefixes.shorten(iri)

    def of(self, value: Value | None) -> str:
        if not isinstance(value, IRI):
            return text(value, self._prefixes)
        # The end of an address elsewhere is no name of it.
        return self._label(value) or (_END.sub("", value) if self._prefixes.kind(value) else value)

    def of_term(self, iri: str) -> str:
        """A class or property, of which vocabulary it may be."""
        return self._label(iri) or _END.sub("", iri)

    def _label(self, iri: str) -> str:
        both = self._labels.get(iri, ("", ""))
        return both[self._at] or both[1 - self._at]


def _relations(facts: Iterable[_Fact], names: _Names, passages: Passages) -> tuple[Relation, ...]:
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
        relations.append(Relation(names.of_term(property_), tuple(ordered)))
    return tuple(sorted(relations, key=lambda r: (not any(s.passages for s in r.statements), r.label)))


def _issue(row: Record, iri: str) -> str:
    """A fault of the data about the thing itself, or about a figure of it."""
    explanation = str(row["explanation"])
    return explanation if row["about"] == iri else f"{row['about_label']}: {explanation}"
