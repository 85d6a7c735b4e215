"""`kg check`: the ontology and the graph against hygiene queries, shapes and the reasoner."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from kg.cli.common import ProjectOption, StoreOption, open_graph, progress, say
from kg.errors import UseError

if TYPE_CHECKING:
    from kg.api import Graph
    from kg.schema.ontology import Ontology

_ROWS = 5


def check(
    store: StoreOption = None,
    project: ProjectOption = None,
    all_rows: Annotated[bool, typer.Option("--all", help="Show every row, not the first five")] = False,
    reasoner: Annotated[str, typer.Option(help="auto, on or off")] = "auto",
) -> None:
    """Check the ontology and the graph: hygiene queries, SHACL, and HermiT where it is installed."""
    if reasoner not in ("auto", "on", "off"):
        raise UseError(f"--reasoner {reasoner}: not known. Use auto, on or off")
    from kg.schema.ontology import Ontology

    tell = progress()
    graph = open_graph(store, project)
    ontology = Ontology(graph.project)
    say(f"ontology: {len(ontology.graph):,} triples, {len(ontology.terms())} terms")
    tell("hygiene queries")
    good = _hygiene(graph, all_rows)
    tell("shapes")
    good &= _shapes(graph)
    tell("reasoner")
    good &= _reason(graph, ontology, reasoner)
    if not good:
        raise typer.Exit(1)


def _hygiene(graph: Graph, all_rows: bool) -> bool:
    from kg.schema.hygiene import run_hygiene

    good = True
    for result in run_hygiene(graph.store, graph.project):
        count = len(result.faults)
        level = "ok" if not count else "ERROR" if result.is_error else "warning"
        good &= level != "ERROR"
        say(f"hygiene {level:<8} {count:>5}  {result.query.header.summary}")
        for row in result.faults.rows[: None if all_rows else _ROWS]:
            say("                         " + "  ".join(graph.prefixes.shorten(str(v)) for v in row))
        if count > _ROWS and not all_rows:
            say(f"                         ... and {count - _ROWS} more (--all)")
    return good


def _shapes(graph: Graph) -> bool:
    from kg.schema.shapes import read_ntriples, shapes_graph, violations

    data = read_ntriples(graph.embedded.serialise("application/n-triples"))
    lines = violations(data, shapes_graph(graph.project), graph.prefixes)
    say(f"shapes: {len(lines)} violations")
    for line in lines:
        say(f"  {line}")
    return not lines


def _reason(graph: Graph, ontology: Ontology, wanted: str) -> bool:
    from kg.query.catalogue import Catalogue
    from kg.schema.reasoner import is_available, reason
    from kg.store.answers import Triples

    if wanted == "off" or (wanted == "auto" and not is_available()):
        say(
            "reasoner: not run"
            + ("" if wanted == "off" else " (pip install 'iis-kg[reason]' brings it, Java included)")
        )
        return True
    facts = graph.store.query(Catalogue.read(graph.project, "reasoning")["clusters"].text)
    assert isinstance(facts, Triples)
    found = reason(ontology, facts.lines)
    say(f"reasoner: {'consistent' if found.consistent else 'INCONSISTENT'}, {len(found.unsatisfiable)} empty classes")
    for iri in found.unsatisfiable:
        say(f"  {graph.prefixes.shorten(iri)}")
    classified = 0
    namespace = graph.prefixes.mapping["cluster"]
    differ = []
    for iri, types in sorted(found.types.items()):
        if not iri.startswith(namespace):
            continue
        by_rules = graph.store.select(f"SELECT DISTINCT ?type {{ <{iri}> a ?type }}").rows
        own = graph.prefixes.mapping["iis"]
        if {t for t in types if t.startswith(own)} != {str(t) for (t,) in by_rules if str(t).startswith(own)}:
            differ.append(iri)
        classified += 1
    say(f"reasoner: {classified} clusters classified, {len(differ)} otherwise than by the rules")
    for iri in differ:
        say(f"  {graph.prefixes.shorten(iri)}")
    return found.consistent and not found.unsatisfiable and not differ


def register(app: typer.Typer) -> None:
    """Add the commands of this module."""
    app.command()(check)
