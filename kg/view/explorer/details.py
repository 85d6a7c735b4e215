"""What the panel of details knows beside the graph: faults of the data, findings, and what each graph is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np

from kg.analysis.facts import Facts, passages_of
from kg.errors import QueryFileError
from kg.project import read_text
from kg.view.explorer.quads import Quads, literal_text


def details(facts: Facts, quads: Quads) -> Mapping[str, Any]:
    """What the panel shows beside the facts of a thing, all by the numbers of terms.

    Returns:
        `issues`: rows of the issue (or -1), what it is about, its kind, the explanation (a literal), its passages.
        `findings`: rows of the finding, its kind, the severity (0 to 1), and the things it is about; the worst first.
        `rules`: graph, name and first comment of each rule of the project that has a graph.
        `analyses`: graphs that hold findings.
        `sources`: sources, whose own graphs describe them and their passages.
        `states`: properties that tell whether something is so.
        `units`: pairs of the property of a number and of its unit.
    """
    number = quads.number
    roles = facts.ask("panel-properties")
    found = _findings(facts, quads)
    return {
        "issues": _issues(facts, quads),
        "findings": found,
        "rules": _rules(facts, quads),
        "analyses": _graphs_of(quads, (row[0] for row in found)),
        "sources": [number(str(row["source"])) for row in facts.ask("sources")],
        "states": [number(str(row["property"])) for row in roles if row["role"] == "state"],
        "units": [[number(str(row["number"])), number(str(row["property"]))] for row in roles if row["role"] == "unit"],
    }


def _issues(facts: Facts, quads: Quads) -> list[list[Any]]:
    """An issue is what has both the explanation and the thing that it is about for objects."""
    rows = facts.ask("data-issues")
    texts = {str(row["explanation"]) for row in rows}
    literals = {text: term for term, text in _literals(quads) if text in texts}
    subjects = _subjects(quads, {*literals.values(), *(quads.number(str(row["about"])) for row in rows)})
    found = []
    for row in rows:
        about, explanation = quads.number(str(row["about"])), literals.get(str(row["explanation"]), -1)
        issue = min(subjects[about] & subjects[explanation], default=-1)
        passages = [quads.number(passage) for passage in passages_of(row)]
        found.append([issue, about, quads.number(str(row["kind"])), explanation, passages])
    return found


def _findings(facts: Facts, quads: Quads) -> list[list[Any]]:
    number = quads.number
    found = [
        [
            number(str(row["finding"])),
            number(str(row["kind"])),
            float(str(row["severity"])),
            [number(thing) for thing in passages_of(row, "about")],
        ]
        for row in facts.ask("findings")
    ]
    return sorted(found, key=lambda row: (-row[2], row[0]))


def _rules(facts: Facts, quads: Quads) -> list[list[Any]]:
    """The graph of a rule is called as its file."""
    graphs = {str(quads.terms[g])[1:-1].rpartition("/")[2]: int(g) for g in np.unique(quads.columns[0])}
    found = []
    for name, path in facts.project.files("queries", "rules/*.ru"):
        graph = graphs.get(path.stem)
        if graph is not None:
            lines = read_text(path, f"queries/{name}", QueryFileError).splitlines()
            comment = " ".join(_comment(lines))
            found.append([graph, path.stem, comment])
    return found


def _comment(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        if not line.startswith("#"):
            return
        yield line.lstrip("# ").rstrip()


def _graphs_of(quads: Quads, subjects: Iterable[int]) -> list[int]:
    wanted = np.isin(quads.columns[1], np.array(list(subjects), dtype=np.int64))
    return [int(graph) for graph in np.unique(quads.columns[0][wanted])]


def _subjects(quads: Quads, objects: set[int]) -> Mapping[int, set[int]]:
    """The subjects that have each of these objects."""
    wanted = np.isin(quads.columns[3], np.array(sorted(objects), dtype=np.int64))
    found: dict[int, set[int]] = defaultdict(set)
    for subject, value in quads.columns[[1, 3]][:, wanted].T.tolist():
        found[value].add(subject)
    return found


def _literals(quads: Quads) -> Iterable[tuple[int, str]]:
    for number, term in enumerate(quads.terms):
        if term.startswith('"'):
            yield number, literal_text(term)
