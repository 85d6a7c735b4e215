"""`kg weak-points`: stages with one provider, and organisations that hold a network together."""

from __future__ import annotations

from collections.abc import Iterator

from kg.analysis.facts import Facts, passages_of
from kg.analysis.result import EVERYTHING, Analysis, Finding, Part, Scope, Table
from kg.analysis.weak_points.centrality import node_measures

METHOD = "weak-points"
TOP_CUT_POINTS = 10


def analyse(facts: Facts, scope: Scope = EVERYTHING) -> Analysis:
    """The weak points of the networks of a graph."""
    findings = [*_single_providers(facts), *_cut_points(facts)]
    wanted = [f for f in findings if not scope.places or set(f.about) & set(scope.places)]
    columns = {"point": "what much rests on"}
    table = Table("points", "Weak points", "Each row is a node.", columns, [(f.label,) for f in wanted])
    return Analysis(METHOD, "Weak points", scope.parameters, (table,), tuple(wanted))


def _single_providers(facts: Facts) -> Iterator[Finding]:
    """Stages that one place or actor alone is recorded to perform, if no other place has the chain's industry."""
    for row in facts.ask("single-provider-stages"):
        if str(row["elsewhere"] or "").strip("; "):
            continue
        yield Finding(
            "weak-point-finding",
            f"{row['provider_label']} is the only recorded provider of {row['stage_label']}",
            (str(row["stage"]), str(row["provider"])),
            (Part("single provider", 1.0),),
            METHOD,
            (),
            passages_of(row),
        )


def _cut_points(facts: Facts) -> Iterator[Finding]:
    """The organisations whose loss would cut others off in the network of actors, those with most ties first."""
    network = facts.network("actors")
    cut_points = [m for m in node_measures(network) if m.is_cut_point and facts.prefixes.kind(m.node) == "actor"]
    for measures in sorted(cut_points, key=lambda m: (-m.degree, m.label))[:TOP_CUT_POINTS]:
        said = facts.ask("said-about", thing=[measures.node])
        yield Finding(
            "weak-point-finding",
            f"{measures.label} holds parts of the network of actors together ({measures.degree} ties)",
            (measures.node,),
            (Part("degree", measures.degree / (1 + len(network))),),
            METHOD,
            (),
            tuple(sorted({str(row["passage"]) for row in said})),
        )
