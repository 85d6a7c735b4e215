"""SPARQL 1.1 Protocol, the update operation (sections 2.2 and 2.3), on a graph of two quads."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from tests.serve.support import InProcess
from tests.serve.writing import MAY, SMALL, held

DIRECT = {**MAY, "Content-Type": "application/sparql-update"}
FORM = {**MAY, "Content-Type": "application/x-www-form-urlencoded"}
INSERT = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:new> } }"
INSERTED = "<urn:a> <urn:p> <urn:new> <urn:g> ."


def direct(client: InProcess, text: str, query: str = "", **headers: str) -> httpx.Response:
    return client.post(f"/sparql{query}", content=text.encode("utf-8"), headers={**DIRECT, **headers})


def form(client: InProcess, *pairs: tuple[str, str]) -> httpx.Response:
    return client.post("/sparql", content=urlencode(pairs), headers=FORM)


def test_an_update_is_posted_directly(client: InProcess, folder: Path) -> None:
    """2.2.2: the body is the update, unencoded; 2.2.4: success is a status of 2xx."""
    assert direct(client, INSERT).is_success
    assert held(folder) == sorted([*SMALL, INSERTED])


def test_an_update_is_posted_as_a_form(client: InProcess, folder: Path) -> None:
    """2.2.1: percent-encoded, in the parameter `update`."""
    assert form(client, ("update", INSERT)).is_success
    assert held(folder) == sorted([*SMALL, INSERTED])


def test_what_was_written_is_read_by_the_next_query(client: InProcess) -> None:
    assert direct(client, INSERT).status_code == 204
    answer = client.get("/sparql", params={"query": "ASK { GRAPH <urn:g> { <urn:a> <urn:p> <urn:new> } }"})
    assert answer.json()["boolean"] is True


def test_the_charset_may_be_said(client: InProcess, folder: Path) -> None:
    """2.2.2: application/sparql-update is UTF-8."""
    text = 'INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:label> "宝鸡" } }'
    answer = direct(client, text, **{"Content-Type": "application/sparql-update; charset=utf-8"})
    assert answer.is_success
    assert '<urn:a> <urn:label> "宝鸡" <urn:g> .' in held(folder)


@pytest.mark.parametrize("content", [b"\xff\xfe", INSERT.encode("utf-16")])
def test_an_update_that_is_not_utf8_is_refused(client: InProcess, content: bytes, folder: Path) -> None:
    assert client.post("/sparql", content=content, headers=DIRECT).status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("query", ["update=", "query=", ""])
def test_an_update_is_not_sent_with_get(client: InProcess, query: str, folder: Path) -> None:
    """2.2: HTTP POST alone."""
    answer = client.get("/sparql", params={"update": INSERT, **({"query": "ASK {}"} if query == "query=" else {})})
    assert answer.status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_not_permitted(client: InProcess, method: str, folder: Path) -> None:
    answer = client.request(method, "/sparql", content=INSERT, headers=DIRECT)
    assert answer.status_code == 405
    assert "POST" in answer.headers["Allow"]
    assert held(folder) == SMALL


def test_exactly_one_update_is_sent(client: InProcess, folder: Path) -> None:
    """2.2.1: exactly one parameter `update`."""
    assert form(client, ("update", INSERT), ("update", INSERT)).status_code == 400
    assert client.post("/sparql", content=b"other=1", headers=FORM).status_code == 400
    assert direct(client, INSERT, "?update=CLEAR+ALL").status_code == 400
    assert held(folder) == SMALL


def test_an_update_and_a_query_do_not_go_together(client: InProcess, folder: Path) -> None:
    assert form(client, ("update", INSERT), ("query", "ASK {}")).status_code == 400
    assert direct(client, INSERT, "?query=ASK+%7B%7D").status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("text", ["INSERT", "INSERT DATA { <urn:a> <urn:b> ?c }", "ASK {}", "DELETE DATA { <urn:a> }"])
def test_an_update_that_does_not_parse_is_refused(client: InProcess, text: str, folder: Path) -> None:
    """2.2.5: 400 where the text is not a legal sequence of characters of the language."""
    answer = direct(client, text)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert held(folder) == SMALL


@pytest.mark.parametrize("media_type", ["text/plain", "application/json", "text/turtle", "multipart/form-data", ""])
def test_other_media_types_are_refused(client: InProcess, media_type: str, folder: Path) -> None:
    """2.2: the two that the operation has; a form of type text/plain could come from any page."""
    answer = client.post("/sparql", content=f"update={INSERT}", headers={**MAY, "Content-Type": media_type})
    assert answer.status_code == 415
    assert held(folder) == SMALL


def test_a_request_runs_as_a_whole_or_not_at_all(client: InProcess, folder: Path) -> None:
    """SPARQL 1.1 Update, section 2.2: each request should be treated atomically."""
    assert direct(client, f"{INSERT} ; CREATE GRAPH <urn:g>").status_code == 400
    assert held(folder) == SMALL


def test_several_operations_follow_one_another(client: InProcess, folder: Path) -> None:
    """2.2: a request may be a sequence of operations."""
    assert direct(client, f"CLEAR ALL ; {INSERT}").status_code == 204
    assert held(folder) == [INSERTED]


def test_prefixes_may_be_declared_between_operations(client: InProcess, folder: Path) -> None:
    """SPARQL 1.1 Query, 19.8, rule 29: each operation of a request may have a prologue, which holds from there on."""
    text = (
        "PREFIX a: <urn:> # PREFIX b: <urn:no>\nCLEAR ALL ; PREFIX b: <urn:> PREFIX c:<urn:c:>\n"
        "INSERT DATA { GRAPH a:g { a:a b:p c:x } } ; PREFIX a: <urn:> prefix : # :\n <urn:>\n"
        "DELETE { GRAPH :g { ?s ?p c:x } } INSERT { GRAPH b:g { ?s ?p '; PREFIX d: <urn:>' } }"
        " WHERE { GRAPH :g { ?s ?p ?o } } ;"
    )
    assert direct(client, text).status_code == 204
    assert held(folder) == ['<urn:a> <urn:p> "; PREFIX d: <urn:>" <urn:g> .']


@pytest.mark.parametrize(
    "later", ["PREFIX a: <urn:other:>", "BASE <urn:b>", "PREFIX rdfs: <urn:other:>", "PREFIX b: <urn:b:> BASE <urn:b>"]
)
def test_a_declaration_that_changes_a_meaning_does_not_change_what_stood_before(
    client: InProcess, later: str, folder: Path
) -> None:
    """What the engine cannot read is refused, and not read in another way."""
    text = f"PREFIX a: <urn:> INSERT DATA {{ GRAPH a:g {{ a:x rdfs:label 1 }} }} ; {later} INSERT DATA {{ a:y a:p 1 }}"
    assert direct(client, text).status_code == 400
    assert held(folder) == SMALL


MOVE = "INSERT { GRAPH <urn:to> { ?s <urn:p> ?o } } WHERE { ?s <urn:p> ?o }"


def test_without_a_dataset_the_default_graph_is_the_one_of_the_store(client: InProcess, folder: Path) -> None:
    """SPARQL 1.1 Update, section 3.1.3: without USING or WITH, the dataset is the graph store."""
    assert direct(client, MOVE).status_code == 204
    assert held(folder) == SMALL
    assert direct(client, f"INSERT DATA {{ <urn:d> <urn:p> <urn:e> }} ; {MOVE}").is_success
    assert "<urn:d> <urn:p> <urn:e> <urn:to> ." in held(folder)


@pytest.mark.parametrize("posted", ["directly", "as a form"])
def test_the_request_may_give_the_default_graph(client: InProcess, posted: str, folder: Path) -> None:
    """2.2.3: using-graph-uri is as USING."""
    if posted == "directly":
        answer = direct(client, MOVE, "?using-graph-uri=urn:g")
    else:
        answer = form(client, ("update", MOVE), ("using-graph-uri", "urn:g"))
    assert answer.status_code == 204
    assert held(folder) == sorted([*SMALL, "<urn:a> <urn:p> <urn:b> <urn:to> ."])


def test_the_dataset_holds_for_each_operation(client: InProcess, folder: Path) -> None:
    text = f"# WHERE {{\n{MOVE} ; DELETE {{ GRAPH <urn:g> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}"
    assert direct(client, text, "?using-graph-uri=urn:g").status_code == 204
    assert held(folder) == ["<urn:a> <urn:p> <urn:b> <urn:to> .", SMALL[1]]


def test_the_dataset_holds_for_delete_where(client: InProcess, folder: Path) -> None:
    """The pattern is found in the graph given, and is taken out of the default graph, where it is not."""
    text = "INSERT DATA { <urn:a> <urn:p> <urn:b> , <urn:c> } ; DELETE WHERE { ?s ?p ?o }"
    assert direct(client, text, "?using-graph-uri=urn:g").status_code == 204
    assert held(folder) == sorted([*SMALL, "<urn:a> <urn:p> <urn:c> ."])


@pytest.mark.parametrize("clause", ["USING <urn:h>", "USING NAMED <urn:h>"])
@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
def test_a_dataset_is_not_given_twice(client: InProcess, clause: str, parameter: str, folder: Path) -> None:
    """2.2.3: where both are, the service must refuse the request."""
    assert direct(client, MOVE.replace("WHERE", f"{clause} WHERE"), f"?{parameter}=urn:g").status_code == 400
    assert direct(client, f"WITH <urn:h> {MOVE}", f"?{parameter}=urn:g").status_code == 400
    assert held(folder) == SMALL


def test_words_that_only_look_like_a_dataset_do_not_count(client: InProcess, folder: Path) -> None:
    text = "INSERT { GRAPH <urn:to> { ?using <urn:USING> 'WITH WHERE {' } } WHERE { ?using <urn:p> ?with } # USING"
    assert direct(client, text, "?using-graph-uri=urn:g").status_code == 204
    assert [line for line in held(folder) if "<urn:to>" in line] == ['<urn:a> <urn:USING> "WITH WHERE {" <urn:to> .']


@pytest.mark.parametrize("iri", ["g", "", "urn:g> USING <urn:h"])
def test_a_graph_of_the_dataset_has_an_absolute_iri(client: InProcess, iri: str, folder: Path) -> None:
    assert form(client, ("update", MOVE), ("using-graph-uri", iri)).status_code == 400
    assert held(folder) == SMALL


def test_the_prefixes_of_the_project_need_no_declaration(client: InProcess, folder: Path) -> None:
    assert direct(client, "INSERT DATA { GRAPH <urn:g> { <urn:a> rdfs:label 'x' } }").status_code == 204
    assert '<urn:a> <http://www.w3.org/2000/01/rdf-schema#label> "x" <urn:g> .' in held(folder)
