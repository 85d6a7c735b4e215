"""How far clusters have come by the conditions that are recorded of them, and what the next stage needs.

The stages are defined classes of `ontology/cluster.ttl`; `queries/rules/cluster-stages.ru` and the reasoner classify.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from kg.analysis.facts import Facts, Record, joined, passages_of

HOLDS, NOT_RECORDED = "holds", "not recorded"


@dataclass(frozen=True)
class Condition:
    """A condition of a stage for a cluster.

    Args:
        iri: the condition.
        stage: order of the stage that demands it.
        state: `holds`, `said to be missing` (or `insufficient` or `weak`), or `not recorded`.
        one_of: whether one of its kind is enough for the stage.
        contradicted: whether it is said both to hold and to be missing, insufficient or weak.
        passages: IRIs of the passages that say so.
    """

    iri: str
    stage: int
    state: str
    one_of: bool
    contradicted: bool
    passages: tuple[str, ...]


@dataclass(frozen=True)
class Formation:
    """The formation of a cluster.

    Args:
        cluster: IRI of the cluster.
        places: IRIs of its places.
        industries: IRIs of its industries.
        stages: IRI of the class of each stage, by order.
        reached: order of the last stage for which the conditions suffice; 0 for none.
        said: order of the stage that a source states; None where none does.
        said_passages: IRIs of the passages that state it.
        conditions: all conditions of all stages.
    """

    cluster: str
    places: tuple[str, ...]
    industries: tuple[str, ...]
    stages: dict[int, str]
    reached: int
    said: int | None
    said_passages: tuple[str, ...]
    conditions: tuple[Condition, ...]

    @property
    def next(self) -> int | None:
        """Order of the stage after the one reached, None after the last."""
        return self.reached + 1 if self.reached < max(self.stages, default=0) else None

    def open(self, until: int) -> tuple[Condition, ...]:
        """Conditions of the stages to `until` that do not hold; of those of which one is enough, none if one does."""
        return tuple(
            c
            for c in self.conditions
            if c.stage <= until and c.state != HOLDS and not (c.one_of and self._enough(c.stage))
        )

    def _enough(self, stage: int) -> bool:
        return any(c.one_of and c.stage == stage and c.state == HOLDS for c in self.conditions)


def formations(facts: Facts) -> list[Formation]:
    """The clusters of a graph, those that have come farthest first."""
    groups: dict[str, list[Record]] = defaultdict(list)
    for row in facts.ask("formation-conditions"):
        groups[str(row["cluster"])].append(row)
    found = [_formation(cluster, rows) for cluster, rows in groups.items()]
    return sorted(found, key=lambda f: (-f.reached, facts.label(f.cluster), f.cluster))


def _formation(cluster: str, rows: list[Record]) -> Formation:
    conditions = tuple(
        Condition(
            str(row["condition"]),
            int(str(row["order"])),
            str(row["state"]),
            str(row["kind"]).startswith("one"),
            bool(row["contradicted"]),
            passages_of(row),
        )
        for row in rows
    )
    said = [int(str(row["order"])) for row in rows if row["said"]]
    return Formation(
        cluster,
        tuple(str(rows[0]["places"] or "").split()),
        tuple(str(rows[0]["industries"] or "").split()),
        {int(str(row["order"])): str(row["stage"]) for row in rows},
        max((int(str(row["order"])) for row in rows if row["reached"]), default=0),
        max(said, default=None),
        joined(passages_of(row, "said_passages") for row in rows),
        conditions,
    )
