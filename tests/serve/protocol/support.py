"""A small graph of three documents, and the application on it in this process."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import httpx

from kg.serve.limits import Limits
from kg.serve.service import Settings
from kg.store.folder import exclusive, publish
from tests.serve.support import InProcess

DOCUMENT = "http://xmlns.com/foaf/0.1/Document"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
DATA = [f"http://example.org/data{number}.rdf" for number in range(4)]
"""Four graphs; each says of itself that it is a document, and which number it has."""

LINES = sorted(
    line
    for number, graph in enumerate(DATA)
    for line in (
        f"<{graph}> <{TYPE}> <{DOCUMENT}> <{graph}> .",
        f'<{graph}> <http://example.org/number> "{number}"^^<http://www.w3.org/2001/XMLSchema#integer> <{graph}> .',
        f'<{graph}> <http://example.org/name> "第{number} & <{number}>"@zh <{graph}> .',
    )
)
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
ALL_NUMBERS = "SELECT ?n { ?s <http://example.org/number> ?n }"
NAMED = "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"


def small_store(folder: Path) -> Path:
    """Write the graph into a folder."""
    with exclusive(folder):
        publish(folder, LINES, {})
    return folder


def application(folder: Path, limits: Limits | None = None, settings: Settings | None = None) -> InProcess:
    """The application on a graph in a folder."""
    return InProcess(folder, limits=limits or Limits(workers=1), settings=settings)


def ask(client: InProcess, query: str, **options: Any) -> httpx.Response:
    """A query by GET."""
    return client.get("/sparql", params={"query": query}, **options)


def direct(client: InProcess, query: str | bytes, **headers: str) -> httpx.Response:
    """A query by POST directly."""
    return client.post("/sparql", content=query, headers={"Content-Type": DIRECT, **headers})


def values(response: httpx.Response) -> list[str]:
    """The values of all cells of an answer in SPARQL JSON, sorted."""
    assert response.status_code == 200, response.text
    return sorted(cell["value"] for row in response.json()["results"]["bindings"] for cell in row.values())


def is_true(response: httpx.Response) -> bool:
    """The truth that an answer in SPARQL JSON says."""
    assert response.status_code == 200, response.text
    truth = response.json()["boolean"]
    assert isinstance(truth, bool)
    return truth


def problem(response: httpx.Response, status: int) -> str:
    """The detail of a problem document of that status, well formed as RFC 9457 has it."""
    assert response.status_code == status, response.text
    assert response.headers["Content-Type"] == "application/problem+json"
    said = response.json()
    assert {"type", "title", "status", "detail"} <= set(said)
    assert said["status"] == status
    return str(said["detail"])
