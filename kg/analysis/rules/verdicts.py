"""What the rules of permission and of placement say of each stage or industry of a place.

The rules themselves are `queries/rules/permissions.ru` and `placement.ru`; here the strictest permission, and the
plainest placement, are picked from what they derive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, joined, passages_of

NOT_SAID = "not said"
RELATIONS = ("ruled out", "as said", "around", "elsewhere")
"""What `placement-verdicts` says of a link, the one that counts most first."""


@dataclass(frozen=True)
class Verdict:
    """What a rule says of a stage or industry at a place.

    Args:
        place: IRI of the place.
        thing: IRI of the stage or industry.
        status: whether it is actual, planned, recommended, forecast or possible there.
        verdict: a degree of permission, or a relation of placement, or `not said`.
        units: IRIs of the places whose rules decide; where nothing is said, of those that have rules.
        rule: IRI of a permission that decides, if any.
        permits: IRI of what that permission speaks of, the same thing or a wider one.
        rule_status: whether that permission is in force: empty for actual.
        others: what other permissions say of the same, as pairs of degree and IRI of the unit.
        contradiction: why the source contradicts itself about the unit; empty where it does not.
        passages: IRIs of the passages that say that the thing is or ought to be there.
        rule_passages: IRIs of those that state the permission.
        strictness: rank of the degree, 1 for permitted to 4 for forbidden; 0 where no permission decides.
    """

    place: str
    thing: str
    status: str
    verdict: str
    units: tuple[str, ...]
    rule: str = ""
    permits: str = ""
    rule_status: str = ""
    others: tuple[tuple[str, str], ...] = ()
    contradiction: str = ""
    passages: tuple[str, ...] = ()
    rule_passages: tuple[str, ...] = ()
    strictness: int = 0

    @property
    def grounds(self) -> tuple[str, ...]:
        """All passages, each once."""
        return tuple(sorted({*self.passages, *self.rule_passages}))

    @property
    def self_ruled(self) -> bool:
        """Whether the passages of the fact are those of the rule: one statement that is both."""
        return bool(self.rule_passages) and set(self.passages) <= set(self.rule_passages)

    @property
    def directness(self) -> float:
        """How directly the rule speaks: 1 of this very thing and place, 0.75 of a wider one of either, 0.5 of both."""
        return 1.0 - 0.25 * (self.permits != self.thing) - 0.25 * (self.place not in self.units)


def permissions(facts: Facts) -> list[Verdict]:
    """The verdict for each stage or industry that is recorded of a place that is subject to rules, strictest first."""
    found = [_strictest(key, rows) for key, rows in _grouped(facts.ask("permission-verdicts"), "thing").items()]
    return sorted(
        found, key=lambda v: (-v.strictness, not v.rule, facts.label(v.place), facts.label(v.thing), v.status)
    )


def placements(facts: Facts) -> list[Verdict]:
    """The verdict for each link that a source gives a place to: ruled out, elsewhere, as said, around or not said."""
    found = [_plainest(key, rows) for key, rows in _grouped(facts.ask("placement-verdicts"), "stage").items()]
    order = ("ruled out", "elsewhere", "as said", "around", NOT_SAID)
    return sorted(
        found, key=lambda v: (order.index(v.verdict), facts.label(v.thing), facts.label(v.place), v.place, v.status)
    )


Key = tuple[str, str, str]


def _grouped(rows: Sequence[Record], thing: str) -> Mapping[Key, list[Record]]:
    groups: dict[Key, list[Record]] = defaultdict(list)
    for row in rows:
        groups[str(row["place"]), str(row[thing]), str(row["status"])].append(row)
    return groups


def _strictest(key: Key, rows: Sequence[Record]) -> Verdict:
    said = joined(map(passages_of, rows))
    ruled = [row for row in rows if row["permission"]]
    if not ruled:
        return Verdict(*key, NOT_SAID, tuple(dict.fromkeys(str(row["unit"]) for row in rows)), passages=said)
    # Of equally strict ones, that which is in force, and of this very thing and place, counts.
    ruled.sort(
        key=lambda row: (
            -int(str(row["strictness"])),
            bool(row["rule_status"]),
            row["permits"] != key[1],
            row["unit"] != key[0],
            str(row["permission"]),
        )
    )
    first = ruled[0]
    degree = str(first["degree"])
    return Verdict(
        *key,
        degree,
        tuple(dict.fromkeys(str(row["unit"]) for row in ruled if row["degree"] == degree)),
        str(first["permission"]),
        str(first["permits"]),
        str(first["rule_status"] or ""),
        tuple(dict.fromkeys((str(r["degree"]), str(r["unit"])) for r in ruled if r["degree"] != degree)),
        next((str(row["contradiction"]) for row in ruled if row["contradiction"]), ""),
        said,
        joined(passages_of(row, "rule_passages") for row in ruled),
        int(str(first["strictness"])),
    )


def _plainest(key: Key, rows: Sequence[Record]) -> Verdict:
    said = joined(map(passages_of, rows))
    for relation in RELATIONS:
        own = [row for row in rows if row["relation"] == relation]
        if own:
            units = tuple(dict.fromkeys(str(row["unit"]) for row in own))
            stating = joined(passages_of(row, "rule_passages") for row in own)
            return Verdict(
                *key, relation, units, str(own[0]["permission"]), key[1], passages=said, rule_passages=stating
            )
    return Verdict(*key, NOT_SAID, (), passages=said)
