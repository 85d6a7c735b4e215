"""What is well formed: the SHACL shapes of `ontology/shapes/`, run with pySHACL."""

from __future__ import annotations

from collections.abc import Iterable

from rdflib import RDF, SH, Dataset, Graph

from kg.errors import ShapeFaults
from kg.names import Prefixes
from kg.project import Project
from kg.schema.ontology import read_turtle


def shapes_graph(project: Project) -> Graph:
    """All files of `ontology/shapes/` as one graph."""
    return read_turtle(
        [(f"ontology/{relative}", path.read_text(encoding="utf-8")) for relative, path in project.files("ontology", "shapes/*.ttl")]
    )


def check_shapes(project: Project, nquads: Iterable[str], prefixes: Prefixes) -> None:
    """Validate the union of all graphs.

    Raises:
        ShapeFaults: one line for each violation: the thing, what is wrong with it and what to do.
    """
    shapes = shapes_graph(project)
    if not len(shapes):
        return
    lines = violations(union(nquads), shapes, prefixes)
    if lines:
        raise ShapeFaults(lines)


def union(nquads: Iterable[str]) -> Graph:
    """The union of all graphs of N-Quads lines."""
    dataset = Dataset()
    dataset.parse(data="\n".join(nquads), format="nquads")
    graph = Graph()
    for subject, predicate, object_, _graph in dataset.quads((None, None, None, None)):
        graph.add((subject, predicate, object_))
    return graph


def violations(data: Graph, shapes: Graph, prefixes: Prefixes) -> list[str]:
    """The violations of a graph, sorted: `thing: message [path]`."""
    from pyshacl import validate

    _conforms, report, _text = validate(data, shacl_graph=shapes, inference="none", advanced=False)
    lines = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = prefixes.shorten(str(report.value(result, SH.focusNode)))
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage))
        about = f" [{prefixes.shorten(str(path))}{f' = {prefixes.shorten(str(value))}' if value else ''}]" if path else ""
        lines.add(f"{focus}: {message}{about}")
    return sorted(lines)
