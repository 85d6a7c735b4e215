"""SPARQL 1.1 Protocol, sections 2.1.1 to 2.1.4 and 2.3: how a query and its dataset are sent."""

from __future__ import annotations

from urllib.parse import quote, quote_plus

import pytest

from tests.serve.protocol.support import ALL_NUMBERS, DATA, DIRECT, FORM, NAMED, ask, direct, is_true, problem, values
from tests.serve.support import InProcess

TRUE, FALSE = "ASK {}", "ASK { FILTER(false) }"


def test_a_query_by_get_is_answered(endpoint: InProcess) -> None:
    """2.1.1: a query may be sent by GET."""
    assert values(ask(endpoint, ALL_NUMBERS)) == ["0", "1", "2", "3"]


def test_a_query_by_form_is_answered(endpoint: InProcess) -> None:
    """2.1.2: a query may be sent as a form."""
    assert values(endpoint.post("/sparql", data={"query": ALL_NUMBERS})) == ["0", "1", "2", "3"]


def test_a_query_by_post_directly_is_answered(endpoint: InProcess) -> None:
    """2.1.3: a query may be the body itself, unencoded."""
    assert values(direct(endpoint, ALL_NUMBERS)) == ["0", "1", "2", "3"]


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_other_methods_are_refused_and_told_which_there_are(endpoint: InProcess, method: str) -> None:
    """2.1: a query is sent by GET or POST. RFC 9110, 15.5.6: 405 says in Allow which methods there are."""
    response = endpoint.request(method, "/sparql", params={"query": TRUE})
    problem(response, 405)
    assert {"GET", "POST"} <= set(response.headers["Allow"].split(", "))


def test_options_tell_methods_and_media_types(endpoint: InProcess) -> None:
    """RFC 9110, 9.3.7."""
    response = endpoint.request("OPTIONS", "/sparql")
    assert response.status_code == 204
    assert response.headers["Allow"] == "GET, HEAD, OPTIONS, POST"
    assert set(response.headers["Accept-Post"].split(", ")) == {DIRECT, FORM}


@pytest.mark.parametrize("query", [ALL_NUMBERS, TRUE, "CONSTRUCT WHERE { ?s ?p ?o }", "ASK {", ""])
def test_head_has_the_headers_of_get_and_no_body(endpoint: InProcess, query: str) -> None:
    """RFC 9110, 9.3.2."""
    got, headed = ask(endpoint, query), endpoint.request("HEAD", "/sparql", params={"query": query})
    assert (headed.status_code, headed.content) == (got.status_code, b"")
    assert headed.headers == got.headers


@pytest.mark.parametrize(
    "string", ["query=ASK%7B%7D&query=ASK%7B%7D", "query=ASK%7B%7D&query=", "query=a&query=b&query=c"]
)
def test_more_than_one_query_is_refused(endpoint: InProcess, string: str) -> None:
    """2.1: there is exactly one query."""
    problem(endpoint.get(f"/sparql?{string}"), 400)
    problem(endpoint.post("/sparql", content=string, headers={"Content-Type": FORM}), 400)


def test_a_query_in_the_address_beside_one_in_the_body_is_refused(endpoint: InProcess) -> None:
    """2.1: there is exactly one query; 2.1.2 and 2.1.3: with POST it is in the body."""
    headers = {"Content-Type": DIRECT}
    problem(endpoint.post("/sparql", params={"query": TRUE}, content=TRUE, headers=headers), 400)
    problem(endpoint.post("/sparql", params={"query": TRUE}, data={"query": TRUE}), 400)


def test_a_form_without_a_query_is_refused(endpoint: InProcess) -> None:
    """2.1: there is exactly one query."""
    problem(endpoint.post("/sparql", data={"other": "x"}), 400)
    problem(endpoint.post("/sparql", content=b"", headers={"Content-Type": FORM}), 400)


def test_parameters_without_a_query_are_refused(endpoint: InProcess) -> None:
    """2.1: there is exactly one query; the description is for requests without any parameter."""
    problem(endpoint.get("/sparql", params={"default-graph-uri": DATA[0]}), 400)


def test_the_order_of_parameters_does_not_matter(endpoint: InProcess) -> None:
    """2.1.1 and 2.1.2: in any order."""
    string = (
        f"default-graph-uri={quote(DATA[1], '')}&query={quote(ALL_NUMBERS, '')}&default-graph-uri={quote(DATA[2], '')}"
    )
    assert values(endpoint.get(f"/sparql?{string}")) == ["1", "2"]
    assert values(endpoint.post("/sparql", content=string, headers={"Content-Type": FORM})) == ["1", "2"]


def test_other_parameters_are_passed_over(endpoint: InProcess) -> None:
    """Clients send parameters of other servers (format, timeout) besides."""
    assert is_true(endpoint.get("/sparql", params={"query": TRUE, "format": "xml", "timeout": "1"}))


@pytest.mark.parametrize("encode", [quote, quote_plus], ids=["%20", "+"])
@pytest.mark.parametrize("text", ["a b", "a+b", "100% &=;#?", "%2B", "%2525", "宝鸡 🏭", "a\nb\tc", "\u00e9"])
def test_values_are_decoded_once(endpoint: InProcess, encode: object, text: str) -> None:
    """2.1.1 and 2.1.2: percent-encoded; a plus sign stands for a space in forms and in addresses."""
    assert callable(encode)
    literal = text.replace("\n", "\\n").replace("\t", "\\t")
    string = "query=" + encode(f'SELECT ("{literal}" AS ?x) {{}}')
    assert values(endpoint.get(f"/sparql?{string}")) == [text]
    assert values(endpoint.post("/sparql", content=string, headers={"Content-Type": FORM})) == [text]
    assert values(direct(endpoint, f'SELECT ("{literal}" AS ?x) {{}}'.encode())) == [text]


def test_only_the_ampersand_separates_parameters(endpoint: InProcess) -> None:
    """2.1.1: separated with the ampersand."""
    assert values(endpoint.get('/sparql?query=SELECT("a;query=b"AS?x){}')) == ["a;query=b"]


def test_what_is_not_utf8_is_refused(endpoint: InProcess) -> None:
    """2.1.3: UTF-8 is the only charset."""
    problem(endpoint.get("/sparql?query=ASK%7B%7D%23%FF"), 400)
    problem(endpoint.post("/sparql", content=b"query=ASK%7B%7D%23%FF", headers={"Content-Type": FORM}), 400)
    problem(endpoint.post("/sparql", content="query=ASK{}#宝".encode("gb18030"), headers={"Content-Type": FORM}), 400)
    problem(direct(endpoint, "ASK {} # 宝".encode("gb18030")), 400)
    problem(direct(endpoint, TRUE.encode("utf-16")), 400)


@pytest.mark.parametrize("charset", ["utf-16", "gb18030", "iso-8859-1"])
@pytest.mark.parametrize("kind", [FORM, DIRECT])
def test_another_charset_is_refused(endpoint: InProcess, kind: str, charset: str) -> None:
    """2.1.3: UTF-8 is the only charset."""
    headers = {"Content-Type": f"{kind}; charset={charset}"}
    problem(endpoint.post("/sparql", content=TRUE.encode("utf-16"), headers=headers), 415)


@pytest.mark.parametrize("parameter", ["; charset=utf-8", ";charset=UTF-8", '; charset="utf-8"', "; version=1.1", ";"])
def test_parameters_of_the_content_type_are_read(endpoint: InProcess, parameter: str) -> None:
    """RFC 9110, 8.3.1: names of charsets are not case-sensitive, values may be quoted."""
    for kind, body in ((DIRECT, TRUE), (FORM, "query=" + quote(TRUE)), (DIRECT.upper(), TRUE)):
        assert is_true(endpoint.post("/sparql", content=body, headers={"Content-Type": kind + parameter}))


@pytest.mark.parametrize("kind", ["text/plain", "application/json", "multipart/form-data; boundary=x", "sparql", None])
def test_a_body_of_another_type_is_refused(endpoint: InProcess, kind: str | None) -> None:
    """2.1.2 and 2.1.3: the type is one of two. RFC 9110, 15.5.16: 415."""
    for body in (TRUE, "query=" + quote(TRUE)):
        response = endpoint.post("/sparql", content=body.encode(), headers={"Content-Type": kind} if kind else {})
        problem(response, 415)
        assert {DIRECT, FORM} <= set(response.headers["Accept-Post"].split(", "))


def test_a_compressed_body_is_refused(endpoint: InProcess) -> None:
    """RFC 9110, 8.4: 415 where a content coding is not read."""
    problem(direct(endpoint, TRUE, **{"Content-Encoding": "gzip"}), 415)


def test_an_update_is_no_query(endpoint: InProcess) -> None:
    """2.2: updates are sent by POST alone, and not with a query."""
    problem(endpoint.get("/sparql", params={"update": "CLEAR ALL"}), 400)
    problem(endpoint.get("/sparql", params={"update": "CLEAR ALL", "query": TRUE}), 400)
    problem(endpoint.post("/sparql", data={"update": "CLEAR ALL", "query": TRUE}), 400)
    problem(direct(endpoint, "CLEAR ALL"), 400)


def test_updates_are_refused_where_nothing_can_be_written(endpoint: InProcess) -> None:
    """4: whoever runs a service may not offer updates."""
    problem(endpoint.post("/sparql", data={"update": "CLEAR ALL"}), 403)
    headers = {"Content-Type": "application/sparql-update"}
    problem(endpoint.post("/sparql", content="CLEAR ALL", headers=headers), 403)
    assert values(ask(endpoint, ALL_NUMBERS)) == ["0", "1", "2", "3"]


def test_without_a_dataset_the_default_graph_is_the_union(endpoint: InProcess) -> None:
    """2.1.4: without a dataset the service may choose one; this one says sd:UnionDefaultGraph."""
    assert values(ask(endpoint, NAMED)) == DATA
    assert len(values(ask(endpoint, "SELECT ?s { ?s a ?c }"))) == 4


@pytest.mark.parametrize("way", ["get", "form", "direct"])
@pytest.mark.parametrize(
    ("default", "named", "numbers", "graphs"),
    [
        ([1], [], ["1"], []),
        ([1, 2], [], ["1", "2"], []),
        ([], [1, 2], [], [DATA[1], DATA[2]]),
        ([3], [1, 2], ["3"], [DATA[1], DATA[2]]),
        ([1], [1], ["1"], [DATA[1]]),
    ],
)
def test_the_dataset_of_the_request_is_used(
    endpoint: InProcess, way: str, default: list[int], named: list[int], numbers: list[str], graphs: list[str]
) -> None:
    """2.1.4: by default-graph-uri and named-graph-uri; graphs that are not named are not in the dataset."""
    dataset = {"default-graph-uri": [DATA[i] for i in default], "named-graph-uri": [DATA[i] for i in named]}
    for query, expected in ((ALL_NUMBERS, numbers), (NAMED, graphs)):
        if way == "get":
            response = endpoint.get("/sparql", params={"query": query, **dataset})
        elif way == "form":
            response = endpoint.post("/sparql", data={"query": query, **dataset})
        else:
            response = endpoint.post("/sparql", params=dataset, content=query, headers={"Content-Type": DIRECT})
        assert values(response) == expected


def test_the_dataset_of_the_text_is_used(endpoint: InProcess) -> None:
    """2.1.4: a dataset may be given by FROM and FROM NAMED."""
    both = f"FROM <{DATA[1]}> FROM NAMED <{DATA[2]}>"
    assert values(ask(endpoint, ALL_NUMBERS.replace("{", f"FROM <{DATA[1]}> {{", 1))) == ["1"]
    assert values(ask(endpoint, ALL_NUMBERS.replace("{", f"{both} {{", 1))) == ["1"]
    assert values(ask(endpoint, NAMED.replace("{", f"{both} {{", 1))) == [DATA[2]]
    assert values(ask(endpoint, ALL_NUMBERS.replace("{", f"FROM NAMED <{DATA[2]}> {{", 1))) == []


def test_the_word_from_elsewhere_gives_no_dataset(endpoint: InProcess) -> None:
    """2.1.4: only the clause gives a dataset."""
    assert len(values(ask(endpoint, "SELECT ?from { ?from a ?class } # FROM <urn:x>"))) == 4


def test_the_dataset_of_the_request_goes_before_that_of_the_text(endpoint: InProcess) -> None:
    """2.1.4: where the two differ, the query must be run on that of the request."""
    query = ALL_NUMBERS.replace("{", f"FROM <{DATA[1]}> FROM NAMED <{DATA[3]}> {{", 1)
    assert values(endpoint.get("/sparql", params={"query": query, "default-graph-uri": DATA[2]})) == ["2"]
    assert values(endpoint.get("/sparql", params={"query": query, "named-graph-uri": DATA[2]})) == []


def test_a_graph_that_is_not_there_is_empty_and_not_fetched(endpoint: InProcess) -> None:
    """4: a service may restrict what it retrieves; this one retrieves nothing (no sd:DereferencesURIs)."""
    for address in ("http://127.0.0.1:9/none.ttl", "file:///etc/hostname"):
        assert values(endpoint.get("/sparql", params={"query": ALL_NUMBERS, "default-graph-uri": address})) == []


@pytest.mark.parametrize("iri", ["", "data1.rdf", "http://example.org/a b", "http://example.org/<", "1"])
@pytest.mark.parametrize("name", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_without_an_absolute_iri_is_refused(endpoint: InProcess, name: str, iri: str) -> None:
    """2.1.4: graphs are named by IRIs."""
    problem(endpoint.get("/sparql", params={"query": TRUE, name: iri}), 400)


def test_relative_iris_are_resolved_against_the_address_of_the_endpoint(endpoint: InProcess) -> None:
    """2.3: the service must define a base; it may be the address of the endpoint."""
    headers = {"Host": "www.example"}
    assert values(ask(endpoint, "SELECT (<x> AS ?a) (</y/z> AS ?b) (<?w> AS ?c) {}", headers=headers)) == [
        "http://www.example/sparql?w",
        "http://www.example/x",
        "http://www.example/y/z",
    ]


def test_base_in_the_text_goes_before_the_address(endpoint: InProcess) -> None:
    """2.3: BASE determines what relative IRIs are resolved against."""
    assert values(ask(endpoint, "BASE <http://example.org/> SELECT (<x> AS ?a) {}")) == ["http://example.org/x"]


def test_prefixes_of_the_project_need_no_declaration(endpoint: InProcess) -> None:
    """As in `kg sparql`."""
    assert values(ask(endpoint, "SELECT (rdf:type AS ?a) {}")) == ["http://www.w3.org/1999/02/22-rdf-syntax-ns#type"]
