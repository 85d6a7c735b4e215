"""The analyses by name. `kg.analysis.<name>.analysis` has `analyse` for each: nothing else is registered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, cast

from kg.analysis.facts import Facts
from kg.analysis.result import EVERYTHING, Analysis, Finding, Scope
from kg.errors import UnknownName

METHODS = {
    "gaps": "Which links of a chain a place lacks, how bad that is, and what would close them",
    "overlap": "Where places do the same, head-on or complementing one another",
    "links": "Which industries and which fields of universities ought to be connected",
    "weak-points": "On which nodes much rests, and what breaks without them",
    "next": "What a place could add next, and why",
    "mechanism": "How factors act on one another: loops, paths and the run of a shock",
    "rules": "Which facts break a rule of place, placement or formation",
}
"""Summary by name, in the order in which they are shown."""

Row = Mapping[str, str | int | list[str] | None]


def analyse(facts: Facts, method: str, scope: Scope = EVERYTHING, **options: Any) -> Analysis:
    """Run an analysis.

    Args:
        facts: the graph.
        method: name of the analysis.
        scope: places and chains; none means all.
        options: what the analysis takes besides.

    Raises:
        UnknownName: no such analysis.
    """
    if method not in METHODS:
        raise UnknownName("analysis", method, METHODS, f"There are: {', '.join(METHODS)}")
    module = import_module(f"kg.analysis.{method.replace('-', '_')}.analysis")
    return cast(Analysis, module.analyse(facts, scope, **options))


def find_all(facts: Facts) -> Sequence[Row]:
    """The findings of every analysis over the whole graph, as rows of the table type `finding`, worst first by kind."""
    return list(finding_rows(facts, (f for method in METHODS for f in analyse(facts, method).findings)))


def finding_rows(facts: Facts, findings: Iterable[Finding]) -> Iterator[Row]:
    """Findings as rows of the table type `finding`, by kind and, within it, worst first."""
    by_kind: dict[str, dict[str, Finding]] = defaultdict(dict)
    for finding in findings:
        by_kind[finding.kind].setdefault(finding.key(facts.prefixes), finding)
    for kind, group in sorted(by_kind.items()):
        in_order = sorted(group.items(), key=lambda item: (-item[1].severity, item[1].label, item[0]))
        for order, (key, f) in enumerate(in_order, 1):
            yield {
                "key": key,
                "kind": kind,
                "label": f.label,
                "method": f.method,
                "parameters": " ".join(f"{k}={facts.prefixes.shorten(v)}" for k, v in f.parameters) or None,
                "about": list(f.about) or None,
                "passages": list(f.passages) or None,
                "severity": f"{f.severity:.6f}",
                "explanation": f.explanation,
                "order": order,
            }


def again(facts: Facts, method: str, parameters: str, key: str) -> Finding:
    """A finding found again from its description in the graph.

    Args:
        facts: the graph.
        method: name of the analysis.
        parameters: pairs `name=value` separated by spaces, as the graph holds them.
        key: key of the finding.

    Raises:
        UnknownName: the analysis does not find it.
    """
    places, chains, options = [], [], {}
    for name, _, value in (pair.partition("=") for pair in parameters.split()):
        if name == "place":
            places.append(facts.prefixes.expand(value) or value)
        elif name == "chain":
            chains.append(facts.prefixes.expand(value) or value)
        else:
            options[name] = value
    found = analyse(facts, method, Scope(tuple(places), tuple(chains)), **options)
    for finding in found.findings:
        if finding.key(facts.prefixes) == key:
            return finding
    raise UnknownName("finding", key, (f.key(facts.prefixes) for f in found.findings), "Build the graph anew")
