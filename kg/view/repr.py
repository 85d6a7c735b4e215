"""How a graph shows itself in a notebook: counts, a small picture, and the worst findings with who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

from kg.analysis.facts import Facts, passages_of
from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.gaps.matrix import GapMatrix
from kg.analysis.scenario.compare import Change
from kg.shown import counted, escaped, paragraph, plain, table_html
from kg.view.plots import gap_picture

_PLACES, _STAGES, _FINDINGS = 8, 10, 8


class Scenario(Protocol):
    """A scenario that was applied; `kg.load.scenario.Applied` is one."""

    @property
    def title(self) -> str:
        """Its title."""

    @property
    def assumes(self) -> Sequence[str]:
        """What it takes for granted."""

    @property
    def changes(self) -> Sequence[Change]:
        """The rows that it adds and takes out."""


def graph_html(facts: Facts, statements: int, title: str = "Graph") -> str:
    """The graph as a fragment of HTML that runs nothing and loads nothing.

    Args:
        facts: the graph.
        statements: how many statements it holds.
        title: heading.
    """
    kinds = Counter(facts.label(str(row["kind"])) for row in facts.ask("drawn-things"))
    sources, passages, findings = (len(facts.ask(name)) for name in ("sources", "passages", "findings"))
    counts = [("statements", statements), ("sources", sources), ("passages", passages), ("findings", findings)]
    parts = [f"<h4>{escaped(title)}</h4>", paragraph(counted(counts)), paragraph(counted(kinds.most_common()))]
    matrices = gap_matrices(facts)
    if matrices:
        chain, matrix = matrices[0]
        picture = gap_picture(_small(matrix), f"{chain}: stages by places", name="notebook-gaps")
        parts += [picture.svg, paragraph(f"{chain}: where most is recorded. {picture.caption}")]
    if findings:
        parts.append(_findings(facts))
    return f"<div>{''.join(parts)}</div>"


def what_if_html(facts: Facts, statements: int, scenario: Scenario) -> str:
    """A graph as it would be under a scenario: what it assumes and changes, then the graph.

    Args:
        facts: the graph as it would be.
        statements: how many statements it holds.
        scenario: what was applied.
    """
    rows = [(each.action, each.table, each.label) for each in scenario.changes]
    told = "".join(paragraph(f"assumed: {text}") for text in scenario.assumes)
    changes = table_html(("change", "table", "what"), rows, "Changes")
    graph = graph_html(facts, statements, "The graph as it would be")
    return f"<div><h4>{escaped(scenario.title)}</h4>{told}{changes}{graph}</div>"


def _small(matrix: GapMatrix) -> GapMatrix:
    """The part of a matrix of which most is recorded, in the same order."""
    places = matrix.places[:_PLACES]
    spoken = Counter(stage for stage, place in matrix.cells if place in places)
    most = {stage for stage, _count in spoken.most_common(_STAGES)}
    return replace(matrix, places=places, stages=tuple(stage for stage in matrix.stages if stage in most))


def _findings(facts: Facts) -> str:
    where = {
        str(row["passage"]): f"{plain(row['source']).rpartition('/')[2]}, {row['section']}"
        for row in facts.ask("passages")
    }
    rows = sorted(facts.ask("findings"), key=lambda row: (-float(str(row["severity"])), str(row["finding"])))
    shown = [
        (
            float(str(row["severity"])),
            row["kind_label"],
            row["finding_label"],
            "; ".join(sorted({where.get(passage, passage) for passage in passages_of(row)})) or "no passage",
        )
        for row in rows[:_FINDINGS]
    ]
    return table_html(("severity", "kind", "finding", "said in"), shown, "Worst findings", count=len(rows))
