"""Answers in the formats of SPARQL 1.1: read as plain values, put in order, and rows that are quads written as RDF."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import pyoxigraph as ox

from kg.errors import NotAcceptable
from kg.store.answers import Answer, Solutions, Triples
from kg.store.oxigraph import plain
from kg.store.worker import NO_XML, in_xml


def read_answer(media_type: str, body: bytes) -> Answer:
    """The rows of SELECT, the truth of ASK, or the sorted N-Triples lines of CONSTRUCT and DESCRIBE.

    Raises:
        SyntaxError: it is not of that media type.
        ValueError: the media type is none of results or triples.

    >>> read_answer("application/sparql-results+json", b'{"head": {}, "boolean": true}')
    True
    """
    results = ox.QueryResultsFormat.from_media_type(media_type)
    if results is None:
        triples = ox.RdfFormat.from_media_type(media_type)
        if triples is None:
            raise ValueError(media_type)
        return Triples(sorted({f"{quad.triple} ." for quad in ox.parse(body, triples)}))
    answer = ox.parse_query_results(body, results)
    if isinstance(answer, ox.QuerySolutions):
        return Solutions(tuple(v.value for v in answer.variables), [tuple(map(plain, row)) for row in answer])
    return bool(answer)


_JSON = "application/sparql-results+json"


def sorted_parts(body: bytes, separators: Mapping[str, str], media_type: str = _JSON) -> bytes:
    """An answer in JSON with the parts of its concatenated columns sorted, written in a media type of SPARQL.

    Args:
        body: the answer to a SELECT in the SPARQL 1.1 Query Results JSON Format.
        separators: what stands between the parts, by column.
        media_type: in which it is given back.

    Raises:
        NotAcceptable: it has a character that XML cannot hold, and is wanted in XML.

    >>> row = {"x": {"type": "literal", "value": "b a", "xml:lang": "en"}}
    >>> answer = json.dumps({"head": {"vars": ["x"]}, "results": {"bindings": [row]}}).encode()
    >>> b'"a b"' in sorted_parts(answer, {"x": " "})
    True
    """
    answer = json.loads(body)
    for row in answer["results"]["bindings"]:
        for name, separator in separators.items():
            if name in row:
                row[name]["value"] = separator.join(sorted(row[name]["value"].split(separator)))
    text = json.dumps(answer, ensure_ascii=False).encode("utf-8")
    if media_type == _JSON:
        return text
    solutions = ox.parse_query_results(text, ox.QueryResultsFormat.JSON)
    return _whole(solutions.serialize(format=ox.QueryResultsFormat.from_media_type(media_type)), media_type)


def _whole(body: bytes | None, media_type: str) -> bytes:
    """What the engine wrote, as XML has it where it is XML."""
    found = in_xml(body or b"") if media_type.endswith("xml") else body or b""
    if found is None:
        raise NotAcceptable(NO_XML)
    return found


def write_quads(
    bodies: Iterable[bytes], media_type: str, prefixes: Mapping[str, str], reasons: Iterable[str] = ()
) -> bytes:
    """Rows of graph, subject, property and object as RDF, sorted.

    Args:
        bodies: answers in the SPARQL 1.1 Query Results JSON Format with these four variables.
        media_type: of RDF. Where it has no graphs, each statement is described besides (rdf:Statement), derived from
            the graph in which it stands.
        prefixes: for IRIs in Turtle and the like; rdf and prov among them.
        reasons: graphs that statements are said to be derived from, where the media type has none.

    Raises:
        NotAcceptable: as `sorted_parts`.
    """
    wanted = ox.RdfFormat.from_media_type(media_type)
    assert wanted is not None, media_type
    quads = {
        ox.Quad(row["subject"], row["property"], row["object"], row["graph"])
        for body in bodies
        for row in ox.parse_query_results(body, ox.QueryResultsFormat.JSON)  # type: ignore[union-attr]
    }
    text = "\n".join(map(str, quads))
    used = {name: iri for name, iri in prefixes.items() if f"<{iri}" in text}
    if wanted.supports_datasets:
        return ox.serialize(sorted(quads, key=str), format=wanted, prefixes=used) or b""
    triples = {str(quad.triple): quad.triple for quad in quads}
    said = set(reasons)
    statements = [
        (quad.triple, quad.graph_name)
        for quad in sorted(quads, key=str)
        if isinstance(quad.graph_name, ox.NamedNode) and quad.graph_name.value in said
    ]
    described = [made for at, statement in enumerate(statements) for made in _statement(*statement, at, prefixes)]
    used |= {name: prefixes[name] for name in ("rdf", "prov") if described}
    in_order = [triples[text] for text in sorted(triples)]
    return _whole(ox.serialize([*in_order, *described], format=wanted, prefixes=used), media_type)


def _statement(triple: ox.Triple, graph: ox.NamedNode, number: int, prefixes: Mapping[str, str]) -> list[ox.Triple]:
    node = ox.BlankNode(f"statement{number}")
    rdf, derived = prefixes["rdf"], ox.NamedNode(f"{prefixes['prov']}wasDerivedFrom")
    parts = (
        ("type", ox.NamedNode(f"{rdf}Statement")),
        ("subject", triple.subject),
        ("predicate", triple.predicate),
        ("object", triple.object),
    )
    return [
        *(ox.Triple(node, ox.NamedNode(rdf + name), value) for name, value in parts),
        ox.Triple(node, derived, graph),
    ]
