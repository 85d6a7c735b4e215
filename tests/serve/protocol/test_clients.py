"""Clients that are not ours, over a real socket."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.plugins.stores.sparqlstore import SPARQLStore
from SPARQLWrapper import CSV, GET, JSON, N3, POST, POSTDIRECTLY, RDFXML, TURTLE, URLENCODED, XML, SPARQLWrapper

from tests.serve.protocol.support import ALL_NUMBERS, DATA
from tests.serve.support import Served, serving

NUMBER = rdflib.Variable("n")
CONSTRUCT = "CONSTRUCT WHERE { ?s ?p ?o }"


@pytest.fixture(scope="module")
def small_server(small_folder: Path) -> Iterator[Served]:
    with serving(small_folder) as served:
        yield served


def wrapper(server: Served, query: str) -> SPARQLWrapper:
    found = SPARQLWrapper(f"{server.url}/sparql")
    found.setQuery(query)
    found.setTimeout(20)
    return found


@pytest.mark.parametrize(
    "way", [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=lambda way: "-".join(way)
)
def test_sparqlwrapper_reads_rows(small_server: Served, way: tuple[str, str]) -> None:
    asked = wrapper(small_server, ALL_NUMBERS)
    asked.setMethod(way[0])
    asked.setRequestMethod(way[1])
    asked.setReturnFormat(JSON)
    rows = asked.queryAndConvert()["results"]["bindings"]
    assert sorted(row["n"]["value"] for row in rows) == ["0", "1", "2", "3"]


@pytest.mark.parametrize(
    "way", [(GET, URLENCODED), (POST, URLENCODED), (POST, POSTDIRECTLY)], ids=lambda way: "-".join(way)
)
def test_sparqlwrapper_gives_a_dataset(small_server: Served, way: tuple[str, str]) -> None:
    asked = wrapper(small_server, ALL_NUMBERS)
    asked.setMethod(way[0])
    asked.setRequestMethod(way[1])
    asked.addDefaultGraph(DATA[2])
    asked.setReturnFormat(JSON)
    rows = asked.queryAndConvert()["results"]["bindings"]
    assert [row["n"]["value"] for row in rows] == ["2"]


def test_sparqlwrapper_reads_xml_and_csv(small_server: Served) -> None:
    asked = wrapper(small_server, ALL_NUMBERS)
    asked.setReturnFormat(XML)
    assert len(asked.queryAndConvert().getElementsByTagName("result")) == 4
    asked.setReturnFormat(CSV)
    assert sorted(asked.queryAndConvert().decode("utf-8").splitlines()) == ["0", "1", "2", "3", "n"]


def test_sparqlwrapper_reads_a_truth(small_server: Served) -> None:
    asked = wrapper(small_server, "ASK { ?s ?p ?o }")
    asked.setReturnFormat(JSON)
    assert asked.queryAndConvert()["boolean"] is True


@pytest.mark.parametrize(("form", "reader"), [(TURTLE, "turtle"), (N3, "n3"), (RDFXML, "xml")])
def test_sparqlwrapper_reads_a_graph(small_server: Served, form: str, reader: str) -> None:
    asked = wrapper(small_server, CONSTRUCT)
    asked.setReturnFormat(form)
    assert len(rdflib.Graph().parse(data=asked.query().response.read(), format=reader)) == 12


@pytest.mark.parametrize("method", ["GET", "POST", "POST_FORM"])
@pytest.mark.parametrize("form", ["xml", "json", "csv", "tsv"])
def test_a_store_of_rdflib_asks_it(small_server: Served, method: str, form: str) -> None:
    store = SPARQLStore(f"{small_server.url}/sparql", method=method, returnFormat=form, timeout=20)
    graph = rdflib.Graph(store)
    assert sorted(str(row[NUMBER]) for row in graph.query(ALL_NUMBERS).bindings) == ["0", "1", "2", "3"]
    assert len(list(graph.triples((rdflib.URIRef(DATA[1]), None, None)))) == 3


def test_a_store_of_rdflib_asks_one_graph(small_server: Served) -> None:
    dataset = rdflib.Graph(SPARQLStore(f"{small_server.url}/sparql", timeout=20), identifier=rdflib.URIRef(DATA[3]))
    assert [str(row[NUMBER]) for row in dataset.query(ALL_NUMBERS).bindings] == ["3"]


def talk(server: Served, request: bytes) -> bytes:
    """What a server answers to bytes."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=20) as connection:
        connection.sendall(request)
        parts = []
        while part := connection.recv(65536):
            parts.append(part)
    return b"".join(parts)


def test_head_sends_no_body(small_server: Served) -> None:
    """RFC 9110, 9.3.2, on the wire."""
    answer = talk(
        small_server, b"HEAD /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"
    )
    head, _, body = answer.partition(b"\r\n\r\n")
    assert head.startswith(b"HTTP/1.1 200")
    assert b"content-length: 26" in head.lower()
    assert body == b""


def test_a_body_may_come_in_chunks(small_server: Served) -> None:
    """RFC 9112, 7.1."""
    request = (
        b"POST /sparql HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\nContent-Type: application/sparql-query\r\n"
        b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n"
    )
    assert talk(small_server, request).endswith(b'"boolean":true}')


def test_requests_follow_one_another_on_a_connection(small_server: Served) -> None:
    """RFC 9112, 9.3.2."""
    request = b"GET /sparql?query=ASK%7B%7D HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    last = request.replace(b"Host", b"Connection: close\r\nHost")
    assert talk(small_server, request + request + last).count(b'"boolean":true}') == 3
