"""The W3C's tests of the SPARQL 1.1 Graph Store HTTP Protocol (http-rdf-update), by their names there, in their order.

Each sees what those before it did. Two statuses differ from the list: it has 201 for a PUT of the default graph, which
always exists here (5.3: 204 then), and 200 where 204 is as good (5.3 to 5.5). Its document that does not go with its
type is RDF/XML here that is said to be Turtle.
"""

from __future__ import annotations

from typing import Any

import rdflib
from rdflib.compare import isomorphic

from tests.serve.support import InProcess
from tests.serve.writing import MAY

STORE, ONE, TWO, FOUR = "/graphs", "/graphs/person/1.ttl", "/graphs/person/2.ttl", "/graphs/person/4.ttl"
BASE = "http://127.0.0.1:7878"
TURTLE = "text/turtle; charset=utf-8"
FOAF, CARD = "http://xmlns.com/foaf/0.1/", "http://www.w3.org/2006/vcard/ns#"
PREFIXES = f"@prefix f: <{FOAF}> . @prefix v: <{CARD}> .\n"
JOHN = f'{PREFIXES}<1> a f:Person ; f:businessCard [ a v:VCard ; v:fn "John" ] .'
JANE = JOHN.replace("John", "Jane")
ALICE = f'{PREFIXES}[] a f:Person ; f:businessCard [ a v:VCard ; v:given-name "Alice" ] .'
NAMED = f'{PREFIXES}<1> f:name "Jane" .'
PARTS = {
    name: (f"{name}.ttl", f'{PREFIXES}<1> f:{name} "{value}" .', TURTLE)
    for name, value in (("familyName", "Doe"), ("givenName", "Jane"))
}
MISMATCHED = f'<r:RDF xmlns:r="{rdflib.RDF}"><r:Description r:about="urn:x"/></r:RDF>'


def graph_of(*documents: str) -> rdflib.Graph:
    """The merge of documents whose relative IRIs lie beside the first graph."""
    graph = rdflib.Graph()
    for document in documents:
        graph.parse(data=document, format="turtle", publicID=BASE + ONE)
    return graph


def test_the_cases_follow_one_another(client: InProcess) -> None:
    def send(case: str, status: int, method: str, path: str, body: str = "", **options: Any) -> str:
        headers = {**MAY, "Content-Type": TURTLE}
        answer = client.request(method, path, **({"content": body, "headers": headers} | options))
        assert answer.status_code == status, (case, answer.text)
        return str(answer.headers.get("Location", ""))

    def get(case: str, path: str, *documents: str) -> None:
        answer = client.get(path, headers={"Accept": "text/turtle"})
        assert answer.status_code == 200, case
        assert answer.headers["Content-Type"].partition(";")[0] == "text/turtle", case
        assert isomorphic(rdflib.Graph().parse(data=answer.text, format="turtle"), graph_of(*documents)), case

    send("put__initial_state", 201, "PUT", ONE, JOHN)
    get("get_of_put__initial_state", f"{STORE}?graph={BASE}{ONE}", JOHN)
    send("put__graph_already_in_store", 204, "PUT", ONE, JANE)
    get("get_of_put__graph_already_in_store", ONE, JANE)
    send("put__default_graph", 204, "PUT", f"{STORE}?default", ALICE)
    get("get_of_put__default_graph", f"{STORE}?default", ALICE)
    send("put__mismatched_payload", 400, "PUT", f"{STORE}?default", MISMATCHED)
    get("put__mismatched_payload", f"{STORE}?default", ALICE)
    send("delete__existing_graph (before)", 201, "PUT", TWO, JOHN)
    send("delete__existing_graph", 204, "DELETE", TWO)
    send("get_of_delete__existing_graph", 404, "GET", TWO)
    send("delete__nonexistent_graph", 404, "DELETE", TWO)
    send("post__existing_graph", 204, "POST", ONE, NAMED)
    get("get_of_post__existing_graph", ONE, JANE, NAMED)
    send("post__multipart_formdata", 204, "POST", ONE, content=None, files=PARTS, headers=MAY)
    get("get_of_post__multipart_formdata", ONE, JANE, NAMED, *(document for _, document, _ in PARTS.values()))
    new = send("post__create__new_graph", 201, "POST", STORE, ALICE).removeprefix(BASE)
    get("get_of_post__create__new_graph", new, ALICE)
    send("post__after_noop", 204, "POST", new)
    get("get_of_post__after_noop", new, ALICE)
    send("head_on_an_existing_graph", 200, "HEAD", ONE)
    send("head_on_a_nonexisting_graph", 404, "HEAD", FOUR)
