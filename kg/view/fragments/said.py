"""What is said of one thing, and where: gathered once for pages, fragments and models alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, passages_of
from kg.query.results import text
from kg.store.answers import IRI
from kg.view.report.tables import Passage, Passages

_NAMES = ("rdfs:label", "skos:altLabel", "skos:notation")
_KIND = "rdf:type"


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


def said(facts: Facts, iri: str, labels: Mapping[str, str] | None = None) -> Said:
    """What is said of a thing.

    Args:
        facts: the graph.
        iri: the thing.
        labels: names by IRI that take the place of the English ones, such as those of another language.
    """
    labels = labels or {}
    stated, known = _asked(facts, "said-about", iri), _asked(facts, "known-of", iri)
    findings = [row for row in facts.ask("findings") if iri in str(row["about"] or "").split()]
    issues = [row for row in facts.ask("data-issues") if row["about"] == iri]
    wanted = {str(row["passage"]) for row in stated} | {p for row in [*findings, *issues] for p in passages_of(row)}
    passages = Passages.read(facts.store, facts.catalogue["passages"], facts.prefixes, sorted(wanted))
    own = [*(row for row in stated if row["role"] == "subject"), *known]
    names = dict.fromkeys(str(row["name"]) for row in _asked(facts, "names-of-things", iri))
    label = labels.get(iri) or _english(facts, iri)
    return Said(
        iri,
        facts.prefixes.shorten(iri),
        label,
        tuple(name for name in names if name != label),
        tuple(dict.fromkeys(_label(row, facts, labels) for row in own if _is_kind(row, facts))),
        _relations([row for row in own if not _is_name(row, facts)], facts, passages, labels),
        _relations([row for row in stated if row["role"] == "object"], facts, passages, labels),
        tuple(_finding(row, facts, passages, labels) for row in sorted(findings, key=_worst)),
        tuple(
            Noted("", _named(row, "kind", labels), str(row["explanation"]), None, passages.of(passages_of(row)))
            for row in issues
        ),
    )


def _asked(facts: Facts, name: str, iri: str) -> list[Record]:
    """The rows about one thing, which are not kept: there are as many things as anybody may ask about."""
    return list(facts.select(facts.catalogue[name].bound({"thing": [IRI(iri)]})))


def _english(facts: Facts, iri: str) -> str:
    rows = _asked(facts, "labels", iri)
    return str(rows[0]["name"]) if rows else facts.prefixes.shorten(iri)


def _is_kind(row: Record, facts: Facts) -> bool:
    return row["property"] == facts.prefixes.expand(_KIND) and not row.get("derived")


def _is_name(row: Record, facts: Facts) -> bool:
    return any(row["property"] == facts.prefixes.expand(name) for name in (*_NAMES, _KIND))


def _relations(
    rows: Iterable[Record], facts: Facts, passages: Passages, labels: Mapping[str, str]
) -> tuple[Relation, ...]:
    """The rows by relation; what several passages or tables state is one statement."""
    found: dict[str, dict[str, list[Record]]] = {}
    names: dict[str, str] = {}
    for row in rows:
        names[str(row["property"])] = _named(row, "property", labels)
        found.setdefault(str(row["property"]), {}).setdefault(str(row["other"]), []).append(row)
    relations = []
    for property_, others in found.items():
        statements = [
            Statement(
                other if isinstance(same[0]["other"], IRI) else "",
                _label(same[0], facts, labels),
                passages.of(str(row["passage"]) for row in same if row.get("passage")),
                tuple(sorted({facts.prefixes.shorten(str(row["given_by"])) for row in same if row.get("given_by")})),
            )
            for other, same in others.items()
        ]
        # What a passage states comes before what follows from a rule.
        relations.append(Relation(names[property_], tuple(sorted(statements, key=lambda s: not s.passages))))
    return tuple(sorted(relations, key=lambda r: (not any(s.passages for s in r.statements), r.label)))


def _label(row: Record, facts: Facts, labels: Mapping[str, str]) -> str:
    other = row["other"]
    if not isinstance(other, IRI):
        return text(other, facts.prefixes)
    label = labels.get(other) or str(row["other_label"])
    # The end of an address elsewhere is no name of it.
    return other if not facts.prefixes.kind(other) and other.endswith(label) else label


def _named(row: Record, column: str, labels: Mapping[str, str]) -> str:
    return labels.get(str(row[column])) or str(row[f"{column}_label"])


def _finding(row: Record, facts: Facts, passages: Passages, labels: Mapping[str, str]) -> Noted:
    return Noted(
        facts.prefixes.shorten(str(row["finding"])),
        _named(row, "kind", labels),
        str(row["finding_label"]),
        _severity(row),
        passages.of(passages_of(row)),
    )


def _severity(row: Record) -> float:
    return float(str(row["severity"]))


def _worst(row: Record) -> tuple[float, str]:
    return -_severity(row), str(row["finding_label"])
