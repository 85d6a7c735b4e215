"""The tables of `kg overlap`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from kg.analysis.facts import Facts
from kg.analysis.overlap.compare import Comparison, Shared
from kg.analysis.overlap.places import label_of
from kg.analysis.overlap.profiles import ASPECTS
from kg.analysis.overlap.stages import SameStage
from kg.analysis.result import Table

MOST_NAMES = 12
"""Names that a cell spells out; the rest are counted."""

Cell = str | int | float | None


def tables_of(facts: Facts, found: Comparison) -> tuple[Table, ...]:
    """All tables, the pairs first."""
    writer = _Writer(facts, found)
    return (
        writer.pairs(),
        writer.items(),
        writer.groups(),
        writer.head_on(),
        writer.division(),
        writer.complementary(),
        writer.same_stage(),
        writer.outputs(),
    )


class _Writer:
    def __init__(self, facts: Facts, found: Comparison) -> None:
        self.found, self.label = found, facts.label
        self.facts = facts
        self.rank = {aspect: number for number, aspect in enumerate(ASPECTS)}

    def item(self, text: str) -> str:
        return label_of(self.facts, text)

    def names(self, iris: Iterable[str]) -> str:
        return "; ".join(sorted(map(self.label, iris)))

    def pairs(self) -> Table:
        def order(s: Shared) -> tuple[object, ...]:
            o = s.overlap
            return (self.rank[s.aspect], -len(o.shared), -o.jaccard, self.label(o.first), self.label(o.second), s.level)

        rows = [
            (
                s.overlap.first,
                self.label(s.overlap.first),
                s.overlap.second,
                self.label(s.overlap.second),
                s.level,
                s.aspect,
                len(s.overlap.shared),
                s.either,
                round(s.overlap.jaccard, 4),
                "; ".join(sorted(map(self.item, s.overlap.shared))),
                " ".join(s.passages),
            )
            for s in sorted(self.found.shared, key=order)
        ]
        columns = {
            "first": "one of the two",
            "first_label": "its name",
            "second": "the other",
            "second_label": "its name",
            "level": "what both are",
            "aspect": "in what they are compared: " + "; ".join(f"{a}: {words}" for a, words in ASPECTS.items()),
            "shared": "number of items that both have",
            "either": "number of items that either has",
            "jaccard": "shared over either, 0 to 1 (Jaccard 1912)",
            "in_common": "names of the items that both have",
            "passages": "passages that say so of either",
        }
        reading = (
            "Each row is a pair in one aspect: so many items both have, of so many that either has; what is now and "
            "what is meant are apart. What is not recorded of a place counts as not shared."
        )
        return Table(
            "pairs",
            "Pairs: what two have in common",
            reading,
            columns,
            rows,
            ("first_label", "second_label", "aspect", "shared", "either", "jaccard", "in_common", "passages"),
        )

    def items(self) -> Table:
        rows = []
        for h in sorted(self.found.holders, key=lambda h: (self.rank[h.aspect], h.level, -len(h.have), h.item)):
            rest = sorted(map(self.label, h.not_recorded))
            spelt = rest if len(rest) <= MOST_NAMES else [f"{len(rest)} others"]
            rows.append(
                (
                    h.level,
                    h.aspect,
                    " ".join(h.item),
                    self.item(" ".join(h.item)),
                    len(h.have),
                    len(h.have) + len(h.not_recorded),
                    " ".join(h.have),
                    self.names(h.have),
                    "; ".join(spelt),
                    " ".join(self.found.profiles.passages(h.aspect, h.have, [h.item])),
                )
            )
        columns = {
            "level": "what is compared",
            "aspect": "in what, as in the table pairs",
            "item": "the industry, stage, product or condition; a stage with its segment or with what it is for",
            "item_label": "its name",
            "share_it": "number of those that have it",
            "of": "number of those compared in this aspect",
            "who": "those that have it",
            "who_label": "their names",
            "not_recorded_for": "those of which nothing is recorded of it, which does not say that they do not have it",
            "passages": "passages that say so",
        }
        reading = "Each row is an item: so many of so many share it, and for the others it is not recorded."
        return Table("items", "Items: who shares what", reading, columns, rows)

    def groups(self) -> Table:
        rows = [
            (
                g.level,
                g.aspect,
                len(g.things) - len(g.wholes),
                " ".join(g.things),
                self.names(g.things),
                self.names(g.wholes) or None,
                len(g.items),
                "; ".join(sorted(self.item(" ".join(item)) for item in g.items)),
                " ".join(self.found.profiles.passages(g.aspect, g.things, g.items)),
            )
            for g in sorted(
                self.found.groups,
                key=lambda g: (self.rank[g.aspect], -len(g.things), -len(g.items), g.level, g.things),
            )
        ]
        columns = {
            "level": "what is compared",
            "aspect": "in what, as in the table pairs",
            "size": "number of things in the group that are not wholes of others in it",
            "group": "the group",
            "group_label": "their names",
            "wholes_among_them": "those of which another of the group is a part",
            "shared": "number of items that all of them have",
            "in_common": "names of these items",
            "passages": "passages that say so",
        }
        reading = (
            "Each row is a group of which all have the same items: no further thing has them all, and no further item "
            "is recorded for all of the group."
        )
        return Table("groups", "Groups that all do the same", reading, columns, rows)

    def _two(self, pair: SameStage) -> tuple[Cell, ...]:
        return (pair.first, self.label(pair.first), pair.second, self.label(pair.second))

    def head_on(self) -> Table:
        columns = {"segments": "the segments at which both do", "segments_label": "their names"}
        reading = "Each row is a stage that two perform now at the same segment, and not for different industries."
        pairs = (pair for pair in self.found.same_stage if pair.head_on)
        return self._stages(
            "head-on",
            "Head-on: same stage, same segment",
            reading,
            columns,
            pairs,
            lambda pair: (" ".join(pair.contested), self.names(pair.contested)),
        )

    def same_stage(self) -> Table:
        columns = {"first_segment": "segment of the first", "second_segment": "segment of the second"}
        reading = (
            "Each row is a stage that two perform now, the segment of one or both not being recorded: whether they do "
            "the same is open, so it is not called head-on."
        )
        pairs = (pair for pair in self.found.same_stage if pair.unrecorded)
        return self._stages(
            "same-stage",
            "Same stage, segment not recorded",
            reading,
            columns,
            pairs,
            lambda pair: tuple(self.names(segments) or "not recorded" for segments in pair.segments),
        )

    def _stages(
        self,
        name: str,
        title: str,
        reading: str,
        columns: Mapping[str, str],
        pairs: Iterable[SameStage],
        segments: Callable[[SameStage], tuple[Cell, ...]],
    ) -> Table:
        """A table of stages that two perform; `columns` are those of the segments, whose cells `segments` gives."""
        in_order = sorted(
            pairs, key=lambda p: (self.label(p.stage), p.stage, self.label(p.first), self.label(p.second))
        )
        rows: list[tuple[Cell, ...]] = [
            (
                *self._two(pair),
                pair.stage,
                self.label(pair.stage),
                *segments(pair),
                pair.industry,
                self.label(pair.industry) if pair.industry else None,
                " ".join(pair.passages),
            )
            for pair in in_order
        ]
        whole = {
            **_PAIR,
            "stage": "the stage or function that both perform now",
            "stage_label": "its name",
            **columns,
            "industry": "for which both perform it, where it is said",
            "industry_label": "its name",
            "passages": "passages that say so of either",
        }
        return Table(name, title, reading, whole, rows)

    def complementary(self) -> Table:
        rows = []
        for c in self.found.complements:
            if c.stage == c.other:
                one, two = (self.names(segments) for segments in c.segments)
                gives = f"each its own segment: {one} here, {two} there"
            else:
                gives = f"{self.label(c.stage)} feeds {self.label(c.other)}"
            rows.append(
                (
                    c.giver,
                    self.label(c.giver),
                    c.taker,
                    self.label(c.taker),
                    c.stage,
                    self.label(c.stage),
                    c.other,
                    self.label(c.other),
                    gives,
                    " ".join(c.passages),
                )
            )
        columns = {
            "first": "the one that gives, or performs the first segments",
            "first_label": "its name",
            "second": "the one that takes, or performs the other segments",
            "second_label": "its name",
            "stage": "what the first performs now",
            "stage_label": "its name",
            "second_stage": "what the second performs now",
            "second_stage_label": "its name",
            "gives": "what the first would give the second",
            "passages": "passages that say that each performs its stage",
        }
        reading = (
            "Each row is a pair of which the first performs a stage that feeds one of the second, while not both "
            "perform both; or both perform one stage at different segments. That goods do flow is not said."
        )
        return Table("complementary", "Complementary: adjacent stages, other segments", reading, columns, rows)

    def division(self) -> Table:
        rows: list[tuple[Cell, ...]] = []
        number, last = 0, ""
        for step in self.found.division:
            key = f"{step.pair.first} {step.pair.second} {step.pair.stage} {step.pair.industry} {step.segment}"
            number, last = (number + 1 if key == last else 1), key
            rows.append(
                (
                    *self._two(step.pair),
                    step.pair.stage,
                    self.label(step.pair.stage),
                    step.segment,
                    self.label(step.segment),
                    number,
                    step.kind,
                    step.thing,
                    self.label(step.thing) if step.thing else None,
                    step.first,
                    step.second,
                    step.says,
                    step.basis,
                    " ".join(step.passages),
                )
            )
        columns = {
            **_PAIR,
            "stage": "the contested stage",
            "stage_label": "its name",
            "segment": "the contested segment",
            "segment_label": "its name",
            "step": "number of the step",
            "kind": "proposal, problem, segment, upstream stage, downstream stage, stage of the chain, outside input, "
            "who keeps it",
            "about": "the recommendation, problem, segment, stage or input",
            "about_label": "its name",
            "first_state": "what is recorded of it at the first",
            "second_state": "what is recorded of it at the second",
            "says": "the step in a sentence",
            "basis": "stated by a source; our reading (that the recommendation answers the problem is our reading); "
            "recorded (it follows from what is recorded of the two)",
            "passages": "passages behind it",
        }
        reading = (
            "Each row is a step towards a division of labour of a head-on pair: what the sources propose first, then "
            "what its other segments and the stages around it would allow."
        )
        return Table(
            "division",
            "Division of labour for head-on pairs",
            reading,
            columns,
            rows,
            ("first_label", "second_label", "stage_label", "step", "about_label", "says", "passages"),
        )

    def outputs(self) -> Table:
        known = self.found.profiles.outputs
        rows: list[tuple[Cell, ...]] = [
            (
                o.first,
                self.label(o.first),
                o.second,
                self.label(o.second),
                len(known[o.first].keys() | known[o.second].keys()),
                round(o.krugman, 4) if o.krugman is not None else None,
                round(o.minimum_shares, 4) if o.minimum_shares is not None else None,
            )
            for o in self.found.outputs
        ]
        columns = {
            **_PAIR,
            "industries": "number of industries of which the output of either is known",
            "krugman": "sum of the absolute differences of their shares in output, 0 (equal) to 2 (nothing in common)",
            "minimum_shares": "sum of the smaller of their shares in output, 0 (nothing in common) to 1 (equal)",
        }
        reading = "Each row is a pair of which the output by industry is known of both: the higher K, the less alike."
        return Table("outputs", "Structures of output", reading, columns, rows)


_PAIR = {"first": "one of the two", "first_label": "its name", "second": "the other", "second_label": "its name"}
