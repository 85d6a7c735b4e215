"""SPARQL 1.1 Graph Store HTTP Protocol, on a graph of two quads; section numbers are those of the recommendation."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
import rdflib

from tests.serve.support import InProcess
from tests.serve.writing import MAY, SMALL, held

TURTLE = {**MAY, "Content-Type": "text/turtle"}
BASE = "http://127.0.0.1:7878"
DOCUMENTS = {
    "text/turtle": "<urn:x> <urn:e#y> <urn:z> .",
    "application/n-triples": "<urn:x> <urn:e#y> <urn:z> .",
    "application/rdf+xml": '<r:RDF xmlns:r="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="urn:e#">'
    '<r:Description r:about="urn:x"><e:y r:resource="urn:z"/></r:Description></r:RDF>',
    "application/ld+json": '{"@id": "urn:x", "urn:e#y": {"@id": "urn:z"}}',
}


def in_graph(graph: str) -> str:
    return f"<urn:x> <urn:e#y> <urn:z> <{graph}> ."


def put(client: InProcess, path: str, content: str = DOCUMENTS["text/turtle"], **headers: str) -> httpx.Response:
    return client.request("PUT", path, content=content, headers={**TURTLE, **headers})


def post(client: InProcess, path: str, content: str = DOCUMENTS["text/turtle"], **headers: str) -> httpx.Response:
    return client.post(path, content=content, headers={**TURTLE, **headers})


def test_a_named_graph_is_read(client: InProcess) -> None:
    """5.2: GET must give a serialisation of the graph; 5: without Accept in Turtle, say; 4.2: percent-decoded."""
    answer = client.get("/graphs?graph=urn%3Ag")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/turtle; charset=utf-8"
    assert "Accept" in answer.headers["Vary"]
    found = [tuple(map(str, triple)) for triple in rdflib.Graph().parse(data=answer.text, format="turtle")]
    assert found == [("urn:a", "urn:p", "urn:b")]


@pytest.mark.parametrize("sent", DOCUMENTS)
def test_a_graph_is_written_in_the_form_that_is_accepted(client: InProcess, sent: str) -> None:
    """5.2: in any of the formats that Accept asks for; 5: a document is read by its Content-Type."""
    assert put(client, "/graphs?graph=urn:new", DOCUMENTS[sent], **{"Content-Type": sent}).status_code == 201
    for media_type, name in zip(DOCUMENTS, ("turtle", "nt", "xml", "json-ld"), strict=True):
        answer = client.get("/graphs?graph=urn:new", headers={"Accept": media_type})
        assert answer.headers["Content-Type"].partition(";")[0] == media_type
        found = [tuple(map(str, triple)) for triple in rdflib.Graph().parse(data=answer.content, format=name)]
        assert found == [("urn:x", "urn:e#y", "urn:z")]


def test_a_form_that_there_is_not_is_refused(client: InProcess) -> None:
    """5.2: 406 should be returned."""
    assert client.get("/graphs?graph=urn:g", headers={"Accept": "image/png"}).status_code == 406


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
def test_a_graph_that_there_is_not(client: InProcess, method: str) -> None:
    """5.1, 5.4: 404 must be given where the operation needs the graph."""
    assert client.request(method, "/graphs?graph=urn:nothing", headers=MAY).status_code == 404


@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
@pytest.mark.parametrize("graph", ["g", "", "/g", "urn:a b", "urn:g> <urn:h"])
def test_a_graph_has_an_absolute_iri(client: InProcess, method: str, graph: str, folder: Path) -> None:
    """4.2: 400 must be the answer where it has not."""
    answer = client.request(method, "/graphs", params={"graph": graph}, content="", headers=TURTLE)
    assert answer.status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("query", ["graph=urn:g&default", "graph=urn:g&graph=urn:h"])
@pytest.mark.parametrize("method", ["GET", "PUT", "POST", "DELETE"])
def test_a_request_is_about_one_graph(client: InProcess, method: str, query: str, folder: Path) -> None:
    assert client.request(method, f"/graphs?{query}", content="", headers=TURTLE).status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE"])
def test_the_store_as_a_whole_is_not_read_replaced_or_deleted(client: InProcess, method: str, folder: Path) -> None:
    assert client.request(method, "/graphs", content="", headers=TURTLE).status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("graph", ["urn:a%5Bb", "urn:a%25zz", "a"])
def test_what_is_no_iri_names_no_graph(client: InProcess, graph: str) -> None:
    answer = client.get(f"/graphs?graph={graph}")
    assert (answer.status_code, "absolute IRI" in answer.json()["detail"]) == (400, True)


def test_an_iri_is_percent_encoded_utf8(client: InProcess, folder: Path) -> None:
    """4.2: the octets are a string in UTF-8."""
    assert put(client, "/graphs?graph=urn:%E5%AE%9D%E9%B8%A1").status_code == 201
    assert in_graph("urn:宝鸡") in held(folder)
    assert client.get("/graphs?graph=urn:%FF").status_code == 400


def test_put_makes_a_graph(client: InProcess, folder: Path) -> None:
    """5.3: 201 must tell that it is new."""
    assert put(client, "/graphs?graph=urn:new").status_code == 201
    assert held(folder) == sorted([*SMALL, in_graph("urn:new")])


def test_put_replaces_a_graph(client: InProcess, folder: Path) -> None:
    """5.3: as DROP and INSERT DATA; 200 or 204 must tell that it was there."""
    assert put(client, "/graphs?graph=urn:g").status_code == 204
    assert held(folder) == sorted([SMALL[1], in_graph("urn:g")])


def test_put_of_nothing_makes_an_empty_graph(client: InProcess) -> None:
    """5.3, for stores that have empty graphs; 400 where nothing is no document of the type."""
    assert put(client, "/graphs?graph=urn:new", "").status_code == 201
    answer = client.get("/graphs?graph=urn:new", headers={"Accept": "application/n-triples"})
    assert (answer.status_code, answer.text) == (200, "")
    assert put(client, "/graphs?graph=urn:other", "", **{"Content-Type": "application/rdf+xml"}).status_code == 400


def test_the_default_graph_is_the_one_of_the_store(client: InProcess, folder: Path) -> None:
    """4.2, 5.3: without what named graphs hold, though queries ask all of them together."""
    assert client.get("/graphs?default", headers={"Accept": "application/n-triples"}).text == ""
    assert put(client, "/graphs?default").status_code == 204
    assert held(folder) == sorted([*SMALL, DOCUMENTS["text/turtle"]])
    answer = client.get("/graphs?default", headers={"Accept": "application/n-triples"})
    assert answer.text.split("\n") == [DOCUMENTS["text/turtle"], ""]
    assert client.request("DELETE", "/graphs?default", headers=MAY).status_code == 204
    assert held(folder) == SMALL


def test_delete_takes_a_graph_away(client: InProcess, folder: Path) -> None:
    """5.4: as DROP GRAPH; 200 or 204 must tell of success."""
    assert client.request("DELETE", "/graphs?graph=urn:g", headers=MAY).status_code == 204
    assert held(folder) == [SMALL[1]]
    assert client.get("/graphs?graph=urn:g").status_code == 404


def test_post_adds_to_a_graph(client: InProcess, folder: Path) -> None:
    """5.5: as INSERT DATA."""
    assert post(client, "/graphs?graph=urn:g").status_code == 204
    assert held(folder) == sorted([*SMALL, in_graph("urn:g")])


def test_post_makes_a_graph_that_there_is_not(client: InProcess, folder: Path) -> None:
    assert post(client, "/graphs?graph=urn:new").status_code == 201
    assert held(folder) == sorted([*SMALL, in_graph("urn:new")])


def test_post_of_nothing_changes_nothing(client: InProcess, folder: Path) -> None:
    """5.5: 204 should be the answer."""
    assert post(client, "/graphs?graph=urn:new", "").status_code == 204
    assert post(client, "/graphs", "").status_code == 204
    assert client.get("/graphs?graph=urn:new").status_code == 404
    assert held(folder) == SMALL


def test_a_merge_keeps_blank_nodes_apart(client: InProcess, folder: Path) -> None:
    """5.5: a merge of RDF graphs (RDF semantics) does not share blank nodes."""
    for _ in range(2):
        assert post(client, "/graphs?graph=urn:g", "_:a <urn:e#y> 1 .").status_code == 204
    made = [line.split(" ")[0] for line in held(folder) if "<urn:e#y>" in line]
    assert len(set(made)) == 2


def test_post_to_the_store_makes_a_graph_with_a_new_iri(client: InProcess, folder: Path) -> None:
    """5.5: 201, the IRI in Location, another than that of the request; 4.1: it is read under that IRI itself."""
    made = post(client, "/graphs")
    iri = made.headers["Location"]
    assert made.status_code == 201
    assert iri.startswith(f"{BASE}/graphs/")
    assert in_graph(iri) in held(folder)
    assert post(client, "/graphs").headers["Location"] != iri
    for path in (iri.removeprefix(BASE), f"/graphs?graph={iri}"):
        answer = client.get(path, headers={"Accept": "application/n-triples"})
        assert answer.text.split("\n") == [DOCUMENTS["text/turtle"], ""]


def test_a_graph_below_the_store_is_named_by_its_address(client: InProcess, folder: Path) -> None:
    """4.1: the IRI of the request is the IRI of the graph, as it was sent."""
    path = "/graphs/person/%E5%AE%9D.ttl"
    assert client.get(path).status_code == 404
    assert put(client, path).status_code == 201
    assert in_graph(f"{BASE}{path}") in held(folder)
    assert put(client, path).status_code == 204
    assert client.get(f"{path}?graph=urn:g").status_code == 400
    assert client.request("DELETE", path, headers=MAY).status_code == 204
    assert held(folder) == SMALL


def test_relative_iris_are_those_of_the_graph(client: InProcess, folder: Path) -> None:
    """RFC 3986, section 5.1: the base is the IRI by which the document is found."""
    assert put(client, "/graphs?graph=http://example.org/a/b", "<c> <#d> <> .").status_code == 201
    line = "<http://example.org/a/c> <http://example.org/a/b#d> <http://example.org/a/b> <http://example.org/a/b> ."
    assert line in held(folder)


PARTS = {
    "a": ("a.ttl", "<urn:x> <urn:e#y> <urn:1> .\n_:b <urn:e#y> <urn:2> .", "text/turtle"),
    "b": ("b.nt", "_:b <urn:e#y> <urn:3> .", "application/n-triples"),
}


def test_a_form_of_several_documents_is_merged(client: InProcess, folder: Path) -> None:
    """5.5: multipart/form-data, each part a document of its own."""
    answer = client.post("/graphs?graph=urn:g", files=PARTS, headers=MAY)
    assert answer.status_code == 204
    new = [line for line in held(folder) if line not in SMALL]
    assert len(new) == 3
    assert len({line.split(" ")[0] for line in new}) == 3


@pytest.mark.parametrize(
    ("file", "status"),
    [
        (("a.ttl", b"<urn:x> <urn:e#y> <urn:z> .", ""), 204),
        (("a.ttl", b"<urn:x> <urn:e#y> <urn:z> .", "application/octet-stream"), 204),
        (("a", b"<urn:x> <urn:e#y> <urn:z> .", ""), 400),
        (("a.csv", b"x,y", "text/csv"), 415),
    ],
)
def test_the_type_of_a_part(client: InProcess, file: tuple[str, bytes, str], status: int, folder: Path) -> None:
    """5.5: 400 without a type, unless the ending of the file's name tells it."""
    name, content, media_type = file
    kind = f"Content-Type: {media_type}\r\n" if media_type else ""
    head = f'--b\r\nContent-Disposition: form-data; name="f"; filename="{name}"\r\n{kind}\r\n'
    headers = {**MAY, "Content-Type": "multipart/form-data; boundary=b"}
    answer = client.post("/graphs?graph=urn:g", content=head.encode() + content + b"\r\n--b--\r\n", headers=headers)
    assert answer.status_code == status
    assert held(folder) == (sorted([*SMALL, in_graph("urn:g")]) if status == 204 else SMALL)


def test_a_form_without_parts_is_refused(client: InProcess, folder: Path) -> None:
    for media_type in ("multipart/form-data", "multipart/form-data; boundary=b"):
        assert post(client, "/graphs?graph=urn:g", "x", **{"Content-Type": media_type}).status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b", "MESSAGE/rfc822", "\r\n multipart/mixed; boundary=b"])
def test_a_form_in_a_form_is_refused(client: InProcess, kind: str, folder: Path) -> None:
    """A thousand in one another would take the server a minute to read."""
    headers = {"Content-Type": "multipart/form-data; boundary=b"}
    answer = post(client, "/graphs?graph=urn:g", f"--b\r\nContent-Type: {kind}\r\n\r\n" * 5_000, **headers)
    assert (answer.status_code, "has parts itself" in answer.json()["detail"]) == (400, True)
    assert held(folder) == SMALL


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("media_type", ["text/csv", "text/plain", "application/trig", "image/png", "x", ""])
def test_a_type_that_is_not_read(client: InProcess, method: str, media_type: str, folder: Path) -> None:
    """5.1: 415 must be the answer."""
    headers = {**MAY, "Content-Type": media_type}
    assert client.request(method, "/graphs?graph=urn:g", content="x", headers=headers).status_code == 415
    assert held(folder) == SMALL


def test_without_a_type_a_document_is_read_as_rdf_xml(client: InProcess, folder: Path) -> None:
    """5: RDF/XML should be tried where no type is given."""
    answer = client.request("PUT", "/graphs?graph=urn:new", content=DOCUMENTS["application/rdf+xml"], headers=MAY)
    assert answer.status_code == 201
    assert in_graph("urn:new") in held(folder)


@pytest.mark.parametrize("method", ["PUT", "POST"])
@pytest.mark.parametrize("media_type", DOCUMENTS)
def test_a_document_that_does_not_parse(client: InProcess, method: str, media_type: str, folder: Path) -> None:
    """5.1: 400 must be the answer; the parts before the fault are not kept."""
    headers = {**MAY, "Content-Type": media_type}
    body = f"{DOCUMENTS[media_type]} <"
    assert client.request(method, "/graphs?graph=urn:g", content=body, headers=headers).status_code == 400
    assert held(folder) == SMALL


@pytest.mark.parametrize("method", ["PATCH", "TRACE", "LINK"])
@pytest.mark.parametrize("path", ["/graphs?graph=urn:g", "/graphs", "/graphs/x"])
def test_a_method_that_there_is_not(client: InProcess, method: str, path: str) -> None:
    """5.1: 405 must be the answer."""
    answer = client.request(method, path, content="x", headers=TURTLE)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == "DELETE, GET, HEAD, OPTIONS, POST, PUT"


def test_the_methods_are_told(client: InProcess) -> None:
    """RFC 9110, section 9.3.7."""
    answer = client.request("OPTIONS", "/graphs")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "DELETE, GET, HEAD, OPTIONS, POST, PUT")
    assert "text/turtle" in answer.headers["Accept-Post"]


@pytest.mark.parametrize("graph", ["urn:g", "urn:nothing"])
def test_head_is_get_without_a_body(client: InProcess, graph: str) -> None:
    """5.6: no body must be given."""
    head, get = (client.request(method, f"/graphs?graph={graph}") for method in ("HEAD", "GET"))
    assert head.content == b""
    assert (head.status_code, head.headers.get("Content-Length")) == (get.status_code, str(len(get.content)))
    assert head.headers["Content-Type"] == get.headers["Content-Type"]


def test_an_answer_is_kept_until_the_graph_changes(client: InProcess) -> None:
    """5.2: cacheable wherever possible; RFC 9110, section 13.1.2."""
    tag = client.get("/graphs?graph=urn:g").headers["ETag"]
    again = client.get("/graphs?graph=urn:g", headers={"If-None-Match": tag})
    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/graphs?graph=urn:g", headers={"If-None-Match": tag, "Accept": "application/n-triples"})
    assert other.status_code == 200
    assert post(client, "/graphs?graph=urn:g").status_code == 204
    assert client.get("/graphs?graph=urn:g", headers={"If-None-Match": tag}).status_code == 200


@pytest.mark.parametrize("charset", ["utf-16", "gb18030", "iso-8859-1"])
def test_a_document_in_another_charset_is_refused(client: InProcess, charset: str, folder: Path) -> None:
    """Turtle 6, N-Triples 4 and JSON-LD are in UTF-8; what is not is not read as if it were."""
    assert put(client, "/graphs?graph=urn:g", **{"Content-Type": f"text/turtle; charset={charset}"}).status_code == 415
    files = {"a": ("a.ttl", DOCUMENTS["text/turtle"], f"text/turtle; charset={charset}")}
    assert client.post("/graphs?graph=urn:g", files=files, headers=MAY).status_code == 415
    assert held(folder) == SMALL


def test_a_mark_of_utf8_before_a_document_is_passed_over(client: InProcess, folder: Path) -> None:
    """RFC 3629, section 6: as some editors write it."""
    headers = {"Content-Type": "text/turtle; charset=UTF-8"}
    assert put(client, "/graphs?graph=urn:new", f"\ufeff{DOCUMENTS['text/turtle']}", **headers).status_code == 201
    assert in_graph("urn:new") in held(folder)


def test_the_documents_of_a_new_graph_may_speak_of_it(client: InProcess, folder: Path) -> None:
    """5.5 and RFC 3986, 5.1: relative IRIs are those of the graph that is made, under the address of the server."""
    iri = post(client, "/graphs", "<> <urn:e#y> <urn:z> .").headers["Location"]
    assert f"<{iri}> <urn:e#y> <urn:z> <{iri}> ." in held(folder)


def test_a_compressed_document_is_refused(client: InProcess, folder: Path) -> None:
    """RFC 9110, section 8.4."""
    assert put(client, "/graphs?graph=urn:g", **{"Content-Encoding": "gzip"}).status_code == 415
    assert held(folder) == SMALL
