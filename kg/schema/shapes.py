"""What is well formed: the SHACL shapes of `ontology/shapes/`, run with pySHACL."""

from __future__ import annotations

from rdflib import RDF, SH, Graph

from kg.errors import OntologyError, ShapeFaults
from kg.names import Prefixes
from kg.project import Project, read_text
from kg.schema.ontology import read_turtle

_BIND_TO_NODE = (SH.targetNode, SH.targetSubjectsOf, SH.targetObjectsOf, SH.closed, SH.deactivated)
"""What a node shape may have that its property shapes would lose if they were targeted themselves."""


def shapes_graph(project: Project) -> Graph:
    """All files of `ontology/shapes/` as one graph."""
    return read_turtle(
        [
            (f"ontology/{relative}", read_text(path, f"ontology/{relative}", OntologyError))
            for relative, path in project.files("ontology", "shapes/*.ttl")
        ]
    )


def check_shapes(project: Project, triples: bytes, prefixes: Prefixes) -> None:
    """Validate N-Triples: the union of all graphs.

    Raises:
        ShapeFaults: one line for each violation: the thing, what is wrong with it and what to do.
    """
    shapes = shapes_graph(project)
    lines = violations(read_ntriples(triples), shapes, prefixes) if len(shapes) else []
    if lines:
        raise ShapeFaults(lines)


def read_ntriples(triples: bytes) -> Graph:
    """N-Triples as an rdflib graph, by Oxigraph's parser."""
    graph = Graph()
    graph.parse(data=triples, format="ox-nt")
    return graph


def violations(data: Graph, shapes: Graph, prefixes: Prefixes) -> list[str]:
    """The violations of a graph, sorted: `thing: message [path]`. The data graph is not changed for the caller."""
    from pyshacl import validate

    _conforms, report, _text = validate(data, shacl_graph=_flat(shapes), inference="none", advanced=False, inplace=True)
    lines = set()
    for result in report.subjects(RDF.type, SH.ValidationResult):
        focus = prefixes.shorten(str(report.value(result, SH.focusNode)))
        path = report.value(result, SH.resultPath)
        value = report.value(result, SH.value)
        message = str(report.value(result, SH.resultMessage))
        about = (
            f" [{prefixes.shorten(str(path))}{f' = {prefixes.shorten(str(value))}' if value else ''}]" if path else ""
        )
        lines.add(f"{focus}: {message}{about}")
    return sorted(lines)


def _flat(shapes: Graph) -> Graph:
    """The same shapes with the property shapes of a targeted class targeted themselves.

    pySHACL then checks all things of a class in one go, not one by one, which halves the time (see benchmarks/).
    """
    flat = Graph()
    flat += shapes
    for node, _, shape in shapes.triples((None, SH.property, None)):
        classes = list(shapes.objects(node, SH.targetClass))
        alone = len(list(shapes.subjects(SH.property, shape))) == 1 and (None, None, node) not in shapes
        if classes and alone and not any((node, predicate, None) in shapes for predicate in _BIND_TO_NODE):
            flat.remove((node, SH.property, shape))
            flat.add((shape, RDF.type, SH.PropertyShape))
            for target in classes:
                flat.add((shape, SH.targetClass, target))
    return flat
