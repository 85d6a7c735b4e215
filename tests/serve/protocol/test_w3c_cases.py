"""The cases on queries of the W3C's tests of the SPARQL 1.1 Protocol (data-sparql11/protocol), by their names there.

The graphs of the tests are the four documents; what each case sends and expects is that of its description. Those on
updates are in `tests/serve/update`, where the server takes them.
"""

from __future__ import annotations

from typing import Any

import pytest

from tests.serve.protocol.support import DATA, DIRECT, DOCUMENT, is_true
from tests.serve.support import InProcess

D = {"Content-Type": DIRECT}
UTF16 = {"Content-Type": f"{DIRECT}; charset=UTF-16"}

BAD: dict[str, tuple[str, str, dict[str, Any]]] = {
    "bad-query-method": ("PUT", "?query=ASK%20%7B%7D", {}),
    "bad-multiple-queries": ("GET", "?query=ASK%20%7B%7D&query=SELECT%20%2A%20%7B%7D", {}),
    "bad-query-wrong-media-type": ("POST", "", {"content": "ASK {}", "headers": {"Content-Type": "text/plain"}}),
    "bad-query-missing-form-type": ("POST", "", {"content": b"query=ASK%20%7B%7D"}),
    "bad-query-missing-direct-type": ("POST", "", {"content": b"ASK {}"}),
    "bad-query-non-utf8": ("POST", "", {"content": "ASK {}".encode("utf-16"), "headers": UTF16}),
    "bad-query-syntax": ("GET", "?query=ASK%20%7B", {}),
}

ONE = f"ASK {{ <{DATA[1]}> a <{DOCUMENT}> }}"
TWO = f"ASK {{ <{DATA[1]}> a ?type . <{DATA[2]}> a ?type }}"
NAMED = (
    f"ASK {{ GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }}"
    f" FILTER NOT EXISTS {{ GRAPH ?g3 {{ <{DATA[3]}> a ?type }} }} }}"
)
FULL = (
    f"ASK {{ <{DATA[3]}> a ?type . GRAPH ?g1 {{ <{DATA[1]}> a ?type }} GRAPH ?g2 {{ <{DATA[2]}> a ?type }}"
    f" FILTER NOT EXISTS {{ GRAPH ?g3 {{ <{DATA[3]}> a ?type }} }} }}"
)
OTHER = f"ASK FROM <{DATA[1]}> {{ <{DATA[2]}> a ?type . FILTER NOT EXISTS {{ <{DATA[1]}> a ?type }} }}"
DEFAULT, GRAPHS = "default-graph-uri", "named-graph-uri"

GOOD: dict[str, tuple[str, dict[str, Any]]] = {
    "query-get": ("GET", {"params": {"query": "ASK {}"}}),
    "query-post-form": ("POST", {"params": {DEFAULT: DATA[0]}, "data": {"query": "ASK {}"}}),
    "query-post-direct": ("POST", {"content": "ASK {}", "headers": D}),
    "query-dataset-default-graph": ("POST", {"params": {DEFAULT: DATA[1]}, "content": ONE, "headers": D}),
    "query-dataset-default-graphs-get": ("GET", {"params": {"query": TWO, DEFAULT: DATA[1:3]}}),
    "query-dataset-default-graphs-post": ("POST", {"params": {DEFAULT: DATA[1:3]}, "content": TWO, "headers": D}),
    "query-dataset-named-graphs-get": ("GET", {"params": {"query": NAMED, GRAPHS: DATA[1:3]}}),
    "query-dataset-named-graphs-post": ("POST", {"params": {GRAPHS: DATA[1:3]}, "content": NAMED, "headers": D}),
    "query-dataset-full": (
        "POST",
        {"params": {DEFAULT: DATA[3], GRAPHS: DATA[1:3]}, "content": FULL, "headers": D},
    ),
    "query-multiple-dataset": ("POST", {"params": {DEFAULT: DATA[2]}, "content": OTHER, "headers": D}),
}

TYPES = {
    "query-content-type-select": (
        "SELECT (1 AS ?value) {}",
        {"application/sparql-results+xml", "application/sparql-results+json", "text/tab-separated-values", "text/csv"},
    ),
    "query-content-type-ask": ("ASK {}", {"application/sparql-results+xml", "application/sparql-results+json"}),
    "query-content-type-describe": (
        "DESCRIBE <http://example.org/>",
        {"application/rdf+xml", "application/rdf+json", "text/turtle", "application/n-triples"},
    ),
    "query-content-type-construct": (
        "CONSTRUCT { <s> <p> 1 } WHERE {}",
        {"application/rdf+xml", "application/rdf+json", "text/turtle", "application/n-triples"},
    ),
}


@pytest.mark.parametrize(("method", "string", "options"), BAD.values(), ids=BAD)
def test_a_bad_request_is_refused(endpoint: InProcess, method: str, string: str, options: dict[str, Any]) -> None:
    assert 400 <= endpoint.request(method, f"/sparql{string}", **options).status_code < 500


@pytest.mark.parametrize(("method", "options"), GOOD.values(), ids=GOOD)
def test_a_good_request_is_answered(endpoint: InProcess, method: str, options: dict[str, Any]) -> None:
    assert is_true(endpoint.request(method, "/sparql", **options))


@pytest.mark.parametrize(("query", "types"), TYPES.values(), ids=TYPES)
def test_the_answer_is_of_a_type_for_its_query(endpoint: InProcess, query: str, types: set[str]) -> None:
    response = endpoint.post("/sparql", content=query, headers=D)
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] in types
