"""Answers in the formats of SPARQL 1.1, read as plain values."""

from __future__ import annotations

import pyoxigraph as ox

from kg.store.answers import Answer, Solutions, Triples
from kg.store.oxigraph import plain


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
