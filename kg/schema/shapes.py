"""What is well formed: the SHACL shapes of `ontology/shapes/`, run with pySHACL."""

from __future__ import annotations

from collections.abc import Collection

from rdflib import RDF, RDFS, SH, Graph, URIRef

from kg.errors import OntologyError, ShapeFaults
from kg.names import Prefixes
from kg.project import Project, read_text
from kg.schema.ontology import read_turtle

_TARGETS = (SH.targetClass, SH.targetSubjectsOf, SH.targetObjectsOf)
_BIND_TO_NODE = (SH.targetNode, SH.closed, SH.deactivated)
"""What a node shape may have that its property shapes would lose if they were targeted themselves."""


def shapes_graph(project: Project) -> Graph:
    """All files of `ontology/shapes/` as one graph."""
    return read_turtle(
        [
            (f"ontology/{relative}", read_text(path, f"ontology/{relative}", OntologyError))
            for relative, path in project.files("ontology", "shapes/*.ttl")
        ]
    )


def check_shapes(
    project: Project, triples: bytes, prefixes: Prefixes, shapes: Graph | None = None, things: Collection[str] = ()
) -> None:
    """Validate N-Triples, the union of all graphs, against the shapes of a project, which may have been read before.

    Args:
        project: where the shapes are.
        triples: the graph.
        prefixes: shorten IRIs in messages.
        shapes: the shapes, where they were read before.
        things: IRIs of the only things that are checked; all where none is given.

    Raises:
        ShapeFaults: one line for each violation: the thing, what is wrong with it and what to do.
    """
    shapes = shapes_graph(project) if shapes is None else shapes
    looked_at = _looked_at(triples, shapes)
    lines = violations(read_ntriples(looked_at), shapes, prefixes, things) if len(shapes) else []
    if lines:
        raise ShapeFaults(lines)


def union(quads: bytes) -> bytes:
    """N-Quads without their graphs: as N-Triples, each once, in no particular order.

    >>> union(b'<urn:s> <urn:p> "a <b> c" <urn:g> .\\n<urn:s> <urn:p> "a <b> c" <urn:h> .')
    b'<urn:s> <urn:p> "a <b> c" .'
    """
    return b"\n".join({line[: line.rindex(b" <")] + b" ." for line in quads.splitlines()})


def _looked_at(triples: bytes, shapes: Graph) -> bytes:
    """The triples that the shapes can look at: in SHACL Core, those whose predicate they name, and classes.

    Only sh:closed looks at all predicates.
    """
    if (None, SH.closed, None) in shapes:
        return triples
    named = {f"<{term}>".encode() for triple in shapes for term in triple if isinstance(term, URIRef)}
    named |= {f"<{term}>".encode() for term in (RDF.type, RDFS.subClassOf)}
    return b"\n".join(line for line in triples.splitlines() if line.split(b" ", 2)[1] in named)


def read_ntriples(triples: bytes) -> Graph:
    """N-Triples as an rdflib graph, by Oxigraph's parser."""
    graph = Graph()
    graph.parse(data=triples, format="ox-nt")
    return graph


def violations(data: Graph, shapes: Graph, prefixes: Prefixes, things: Collection[str] = ()) -> list[str]:
    """The violations of a graph, sorted: `thing: message [path]`; of some things only, where they are given.

    The data graph is not changed for the caller.
    """
    from pyshacl import validate

    _conforms, report, _text = validate(
        data,
        shacl_graph=_flat(shapes),
        inference="none",
        advanced=False,
        inplace=True,
        focus_nodes=sorted(things) or None,
    )
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
    """The same shapes with the property shapes of a targeted node shape targeted themselves.

    pySHACL then checks all that is targeted in one go, not one by one, which halves the time (see benchmarks/).
    """
    flat = Graph()
    flat += shapes
    for node, _, shape in shapes.triples((None, SH.property, None)):
        targets = [(target, value) for target in _TARGETS for value in shapes.objects(node, target)]
        alone = len(list(shapes.subjects(SH.property, shape))) == 1 and (None, None, node) not in shapes
        if targets and alone and not any((node, predicate, None) in shapes for predicate in _BIND_TO_NODE):
            flat.remove((node, SH.property, shape))
            flat.add((shape, RDF.type, SH.PropertyShape))
            for target, value in targets:
                flat.add((shape, target, value))
    return flat
