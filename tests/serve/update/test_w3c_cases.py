"""The cases on updates of the W3C's tests of the SPARQL 1.1 Protocol (data-sparql11/protocol), by their names there.

What each case sends and expects is that of its description; the server is one that may be written to, so that a refusal
is one of the request and not of who sends it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from tests.serve.protocol.support import DATA, DOCUMENT, TYPE, values
from tests.serve.support import InProcess
from tests.serve.writing import MAY, SMALL, held

DIRECT, FORM = "application/sparql-update", "application/x-www-form-urlencoded"
UTF16 = f"{DIRECT}; charset=UTF-16"
MADE, IN = "http://example.org/made", "http://example.org/in"
GRAPHS = " ".join(f"GRAPH <{iri}> {{ <{iri}> a <{DOCUMENT}> }}" for iri in DATA[1:])
AFRESH = f"DROP ALL ; INSERT DATA {{ {GRAPHS} }} ; "
OF_DEFAULT = f"INSERT {{ GRAPH <{MADE}> {{ ?s a <urn:Seen> }} }} WHERE {{ ?s a <{DOCUMENT}> }}"
OF_NAMED = f"INSERT {{ GRAPH <{MADE}> {{ ?s a <urn:Seen> }} }} WHERE {{ GRAPH ?g {{ ?s a <{DOCUMENT}> }} }}"
OF_BOTH = (
    f"INSERT {{ GRAPH <{MADE}> {{ ?s <{IN}> ?in }} }} WHERE {{ {{ GRAPH ?g {{ ?s a <{DOCUMENT}> }} BIND(?g AS ?in) }}"
    f' UNION {{ ?s a <{DOCUMENT}> . BIND("default" AS ?in) }} }}'
)
DEFAULT, NAMED = "using-graph-uri", "using-named-graph-uri"


def seen(*numbers: int) -> list[str]:
    return [f"<{DATA[number]}> <{TYPE}> <urn:Seen> <{MADE}> ." for number in numbers]


DATASETS: dict[str, tuple[dict[str, Any], str, list[str]]] = {
    "update-dataset-default-graph": ({DEFAULT: DATA[1]}, OF_DEFAULT, seen(1)),
    "update-dataset-default-graphs": ({DEFAULT: DATA[1:3]}, OF_DEFAULT, seen(1, 2)),
    "update-dataset-named-graphs": ({NAMED: DATA[1:3]}, OF_NAMED, seen(1, 2)),
    "update-dataset-full": (
        {DEFAULT: DATA[1], NAMED: DATA[2]},
        OF_BOTH,
        [f'<{DATA[1]}> <{IN}> "default" <{MADE}> .', f"<{DATA[2]}> <{IN}> <{DATA[2]}> <{MADE}> ."],
    ),
}
CONFLICT = "WITH <urn:h> DELETE { ?s <urn:p> ?o } INSERT { ?s <urn:q> ?o } WHERE { ?s <urn:p> ?o }"
TWICE = "update=CLEAR%20NAMED&update=CLEAR%20DEFAULT"
BAD: dict[str, tuple[int, str, str, str | None, bytes]] = {
    "bad-update-get": (400, "GET", "?update=CLEAR%20ALL", None, b""),
    "bad-multiple-updates": (400, "POST", "", FORM, TWICE.encode()),
    "bad-update-wrong-media-type": (415, "POST", "", "text/plain", b"CLEAR NAMED"),
    "bad-update-missing-form-type": (415, "POST", "", None, b"update=CLEAR%20NAMED"),
    "bad-update-non-utf8": (415, "POST", "", UTF16, "CLEAR NAMED".encode("utf-16")),
    "bad-update-syntax": (400, "POST", "", FORM, b"update=CLEAR%20XYZ"),
    "bad-update-dataset-conflict": (400, "POST", f"?{NAMED}=urn%3Ag", DIRECT, CONFLICT.encode()),
    "bad-update-form-body-missing": (400, "POST", "?update=CLEAR%20ALL", FORM, b""),
}
"""The last is of the tests of SPARQL 1.2 alone: a form has its parameters in the body."""


@pytest.mark.parametrize(("dataset", "text", "expected"), DATASETS.values(), ids=DATASETS)
def test_an_update_asks_the_dataset_of_its_request(
    client: InProcess, dataset: dict[str, Any], text: str, expected: list[str], folder: Path
) -> None:
    """SPARQL 1.1 Protocol, 2.2.3."""
    headers = {**MAY, "Content-Type": DIRECT}
    answer = client.post("/sparql", params=dataset, content=AFRESH + text, headers=headers)
    assert answer.status_code == 204, answer.text
    assert [line for line in held(folder) if f"<{MADE}>" in line] == sorted(expected)


@pytest.mark.parametrize(
    ("media_type", "content"),
    [(FORM, urlencode({"update": "CLEAR ALL"})), (DIRECT, "CLEAR ALL")],
    ids=["update-post-form", "update-post-direct"],
)
def test_an_update_is_posted(client: InProcess, media_type: str, content: str, folder: Path) -> None:
    """SPARQL 1.1 Protocol, 2.2.1 and 2.2.2."""
    answer = client.post("/sparql", content=content, headers={**MAY, "Content-Type": media_type})
    assert answer.status_code == 204
    assert held(folder) == []


def test_update_base_uri(client: InProcess) -> None:
    """SPARQL 1.1 Protocol, 2.3: as in queries, the base is the address of the endpoint, and BASE goes before it."""
    text = "INSERT DATA { GRAPH <urn:new> { <urn:s> <urn:p> <test> } }"
    headers = {**MAY, "Content-Type": DIRECT, "Host": "www.example"}
    for content in (text, f"BASE <http://example.org/> {text}"):
        assert client.post("/sparql", content=content, headers=headers).status_code == 204
    found = client.get("/sparql", params={"query": "SELECT ?o { GRAPH <urn:new> { <urn:s> <urn:p> ?o } }"})
    assert values(found) == ["http://example.org/test", "http://www.example/test"]


@pytest.mark.parametrize(("status", "method", "string", "media_type", "content"), BAD.values(), ids=BAD)
def test_a_bad_update_is_refused_and_changes_nothing(
    client: InProcess, status: int, method: str, string: str, media_type: str | None, content: bytes, folder: Path
) -> None:
    headers = {**MAY, **({"Content-Type": media_type} if media_type else {})}
    answer = client.request(method, f"/sparql{string}", content=content, headers=headers)
    assert (answer.status_code, answer.headers["Content-Type"]) == (status, "application/problem+json")
    assert held(folder) == SMALL
