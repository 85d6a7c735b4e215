"""SERVICE and LOAD: what is fetched from where, and what never is (threat T1)."""

from __future__ import annotations

import contextlib
import re
import socket
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.errors import BadQuery
from kg.query.elsewhere import redirected
from kg.serve.gate import Unreachable, fetch, is_public, place_of
from kg.serve.limits import Limits
from tests.serve.support import InProcess
from tests.serve.writing import MAY, SMALL, Listener, held, writable

UPDATE = {**MAY, "Content-Type": "application/sparql-update"}
RESULTS = b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal","value":"from elsewhere"}}]}}'
QUICK = Limits(seconds=2, size=1, workers=1)


class Endpoint:
    """A server elsewhere; `answers` gives for a path a status, headers and a body."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str, dict[str, str], bytes]] = []
        self.answers: dict[str, tuple[int, dict[str, str], bytes]] = {}
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                endpoint.asked.append((self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                status, headers, body = endpoint.answers.get(self.path, (404, {}, b""))
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                with contextlib.suppress(OSError):
                    self.wfile.write(body)

            do_POST = do_GET  # noqa: N815

            def log_message(self, *_arguments: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.host = f"127.0.0.1:{self.server.server_address[1]}"
        self.url = f"http://{self.host}"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    made = Endpoint()
    thread = threading.Thread(target=made.server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield made
    made.server.shutdown()
    made.server.server_close()
    thread.join()


SHAPES = [
    "SELECT * { SERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SERVICE SILENT <U> { ?s ?p ?o } }",
    "SELECT * { VALUES ?e { <U> } SERVICE ?e { ?s ?p ?o } }",
    "PREFIX e: <U> SELECT * { SERVICE e: { ?s ?p ?o } }",
    "SELECT * { ?s ?p ?o .sErViCe<U> { ?s ?p ?o } }",
    "SELECT * { SERVICE # a comment\n SILENT # and another\n <U> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <U> { ?s ?p ?o } }",
    "SELECT * { SERV\\u0049CE SILENT <U> { ?s ?p ?o } }",
    "SELECT * FROM <U> { ?s ?p ?o }",
    "SELECT * FROM NAMED <U> { GRAPH ?g { ?s ?p ?o } }",
    "SELECT * FROM <file:///etc/hostname> { ?s ?p ?o }",
]
UPDATES = [
    "LOAD <U>",
    "LOAD SILENT <U> INTO GRAPH <urn:g>",
    "loAD<U>",
    "INSERT DATA { <urn:x> <urn:y> 1 };LOAD#\n<U>",
    "\\u004cOAD <U>",
    "LOAD <file:///etc/hostname>",
    "LOAD SILENT <file:///etc/hostname>",
    "INSERT { <urn:a> <urn:b> ?o } WHERE { SERVICE <U> { ?s ?p ?o } }",
    "INSERT { <urn:a> <urn:b> ?o } WHERE { ?s ?p ?o .SERVICE<U> { ?s ?p ?o } }",
]


@pytest.fixture(scope="module", params=["shut", "another host"])
def closed(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[InProcess, Path]]:
    """A server that lets ask nobody, and one that lets ask somebody else."""
    folder = tmp_path_factory.mktemp("closed") / "graph"
    services = ("example.org",) if request.param == "another host" else ()
    with writable(folder, Limits(workers=1), services=services) as client:
        yield client, folder


@pytest.mark.parametrize("shape", SHAPES)
def test_a_query_reaches_nobody(closed: tuple[InProcess, Path], shape: str) -> None:
    """Threat T1: neither a request is sent nor a file read."""
    client, _ = closed
    with Listener() as listener:
        answer = client.get("/sparql", params={"query": shape.replace("<U>", f"<{listener.url}>")})
        assert listener.requests == 0
    assert answer.status_code == 400 or answer.json()["results"]["bindings"] == []


@pytest.mark.parametrize("parameter", ["default-graph-uri", "named-graph-uri"])
def test_a_graph_of_the_dataset_is_not_fetched(closed: tuple[InProcess, Path], parameter: str) -> None:
    with Listener() as listener:
        answer = closed[0].get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", parameter: listener.url})
        assert listener.requests == 0
    assert answer.json()["results"]["bindings"] == []


@pytest.mark.parametrize("update", UPDATES)
def test_an_update_reaches_nobody(closed: tuple[InProcess, Path], update: str) -> None:
    client, folder = closed
    with Listener() as listener:
        text = update.replace("<U>", f"<{listener.url}>")
        assert client.post("/sparql", content=text, headers=UPDATE).status_code == 400
        assert listener.requests == 0
    assert held(folder) == SMALL


@pytest.mark.parametrize("parameter", ["using-graph-uri", "using-named-graph-uri"])
def test_a_graph_of_the_dataset_of_an_update_is_not_fetched(closed: tuple[InProcess, Path], parameter: str) -> None:
    client, folder = closed
    text = "INSERT { GRAPH <urn:g> { ?s ?p ?o } } WHERE { ?s ?p ?o }"
    with Listener() as listener:
        answer = client.request("POST", f"/sparql?{parameter}={listener.url}", content=text, headers=UPDATE)
        assert answer.status_code == 204
        assert listener.requests == 0
    assert held(folder) == SMALL


@pytest.mark.parametrize("method", ["GET", "HEAD", "DELETE"])
@pytest.mark.parametrize("graph", ["U", "file:///etc/hostname"])
def test_a_graph_that_lies_elsewhere_is_not_fetched(closed: tuple[InProcess, Path], method: str, graph: str) -> None:
    with Listener() as listener:
        graph = graph.replace("U", listener.url)
        assert closed[0].request(method, "/graphs", params={"graph": graph}, headers=MAY).status_code == 404
        assert listener.requests == 0


def test_an_allowed_host_is_asked(endpoint: Endpoint, tmp_path: Path) -> None:
    """SPARQL 1.1 Federated Query, section 2.1; the spellings of the address are those of the grammar."""
    endpoint.answers["/sparql"] = (200, {"Content-Type": "application/sparql-results+json"}, RESULTS)
    with writable(tmp_path / "graph", QUICK, services=(endpoint.host,)) as client:
        for query in (
            f"SELECT ?o {{ SERVICE <{endpoint.url}/sparql> {{ ?s ?p ?o }} }}",
            f"PREFIX e: <{endpoint.url}/> SELECT ?o {{ SERVICE SILENT e:sparql {{ ?s ?p ?o }} }}",
        ):
            answer = client.get("/sparql", params={"query": query}, headers={"Cookie": "a=b", **MAY})
            assert [row["o"]["value"] for row in answer.json()["results"]["bindings"]] == ["from elsewhere"]
    assert [(command, path) for command, path, _, _ in endpoint.asked] == [("POST", "/sparql")] * 2
    for _, _, headers, body in endpoint.asked:
        assert not {"authorization", "cookie"} & {*headers}
        assert headers["host"] == endpoint.host
        assert b"?s ?p ?o" in body


def test_a_document_of_an_allowed_host_is_loaded(endpoint: Endpoint, tmp_path: Path) -> None:
    endpoint.answers["/a.ttl"] = (200, {"Content-Type": "text/turtle"}, b"<urn:x> <urn:y> <urn:z> .")
    folder = tmp_path / "graph"
    with writable(folder, QUICK, services=(endpoint.host,)) as client:
        text = f"LOAD <{endpoint.url}/a.ttl> INTO GRAPH <urn:new>"
        assert client.post("/sparql", content=text, headers=UPDATE).status_code == 204
    assert held(folder) == sorted([*SMALL, "<urn:x> <urn:y> <urn:z> <urn:new> ."])


def test_an_endpoint_that_fails_is_told_without_its_secret_address(endpoint: Endpoint, tmp_path: Path) -> None:
    with writable(tmp_path / "graph", QUICK, services=(endpoint.host,)) as client:
        query = f"SELECT ?o {{ SERVICE <{endpoint.url}/nothing> {{ ?s ?p ?o }} }}"
        answer = client.get("/sparql", params={"query": query})
    assert answer.status_code == 400
    assert "127.0.0.1" not in answer.text


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "127.8.8.8", "0.0.0.0", "10.0.0.1", "172.16.0.1", "192.168.1.1", "169.254.169.254"),
        *("100.64.0.1", "224.0.0.1", "240.0.0.1", "255.255.255.255", "192.0.2.1", "198.18.0.1"),
        *("::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "ff02::1", "2001:db8::1", "::ffff:127.0.0.1"),
        *("::ffff:8.8.8.8", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:a00:1::", "100::1"),
    ],
)
def test_an_address_that_is_not_public(address: str) -> None:
    """The registries of special addresses: RFC 6890, and RFC 6598 for 100.64.0.0/10."""
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700:4700::1111"])
def test_a_public_address(address: str) -> None:
    assert is_public(address)


def resolving(monkeypatch: pytest.MonkeyPatch, *addresses: str) -> None:
    def answer(_host: str, port: int, **_options: object) -> list[tuple[object, ...]]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port)) for address in addresses]

    monkeypatch.setattr(socket, "getaddrinfo", answer)


@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "10.0.0.1"], ["::ffff:127.0.0.1"]])
def test_an_allowed_name_that_leads_into_a_private_network_is_refused(
    monkeypatch: pytest.MonkeyPatch, addresses: list[str]
) -> None:
    resolving(monkeypatch, *addresses)
    with pytest.raises(BadQuery, match="not public"):
        place_of("http://example.org/sparql", ["example.org"])


def test_the_address_that_was_looked_at_is_the_one_that_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    resolving(monkeypatch, "93.184.216.34")
    place = place_of("https://Example.org/sparql", ["example.org"])
    assert (place.address, place.port) == ("93.184.216.34", 443)


@pytest.mark.parametrize(
    "url",
    [
        *("http://example.com/", "http://example.org.evil.example/", "http://evil.example/?example.org"),
        *("http://example.org@evil.example/", "http://a@example.org/", "http://example.org:8080/", "http:///x"),
        *("ftp://example.org/", "file:///etc/hostname", "//example.org/", "http://127.0.0.1/", "http://2130706433/"),
        *("http://[::1]/", "http://example.org:99999/", "http://localhost/", "x"),
    ],
)
def test_a_host_that_was_not_allowed_is_refused(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    resolving(monkeypatch, "93.184.216.34")
    with pytest.raises(BadQuery, match=r"may not ask|alone"):
        place_of(url, ["example.org"])


def test_a_redirect_to_an_allowed_host_is_followed(endpoint: Endpoint) -> None:
    endpoint.answers["/a"] = (307, {"Location": "/b"}, b"")
    endpoint.answers["/b"] = (200, {"Content-Type": "text/plain"}, b"there")
    assert fetch(f"{endpoint.url}/a", [endpoint.host], QUICK, b"query").body == b"there"
    assert [(command, body) for command, _, _, body in endpoint.asked] == [("POST", b"query")] * 2


def test_a_redirect_elsewhere_is_not_followed(endpoint: Endpoint) -> None:
    with Listener() as listener:
        endpoint.answers["/a"] = (302, {"Location": listener.url}, b"")
        with pytest.raises(BadQuery, match="may not ask"):
            fetch(f"{endpoint.url}/a", [endpoint.host], QUICK)
        assert listener.requests == 0


def test_redirects_end(endpoint: Endpoint) -> None:
    endpoint.answers["/a"] = (302, {"Location": "/a"}, b"")
    with pytest.raises(Unreachable, match="too often"):
        fetch(f"{endpoint.url}/a", [endpoint.host], QUICK)
    assert len(endpoint.asked) == 4


@pytest.mark.parametrize(
    "answer", [(500, {}, b""), (200, {"Content-Encoding": "gzip"}, b"x"), (200, {}, b"x" * (1 << 20) + b"x")]
)
def test_an_answer_that_is_not_taken(endpoint: Endpoint, answer: tuple[int, dict[str, str], bytes]) -> None:
    endpoint.answers["/a"] = answer
    with pytest.raises(Unreachable):
        fetch(f"{endpoint.url}/a", [endpoint.host], QUICK)


@pytest.mark.parametrize("begins", [b"", b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"])
def test_a_host_that_drips_is_given_up(begins: bytes) -> None:
    ended = threading.Event()

    def drip() -> None:
        connection, _ = server.accept()
        with connection, contextlib.suppress(OSError):
            connection.sendall(begins)
            while not ended.wait(0.1):
                connection.sendall(b"x")

    with socket.create_server(("127.0.0.1", 0)) as server:
        thread = threading.Thread(target=drip)
        thread.start()
        host, start = f"127.0.0.1:{server.getsockname()[1]}", time.monotonic()
        try:
            with pytest.raises(Unreachable):
                fetch(f"http://{host}/", [host], Limits(seconds=0.5))
        finally:
            ended.set()
            thread.join()
    assert time.monotonic() - start < 10


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("ASK { SERVICE <http://a/> {} }", ["http://a/"]),
        ("ASK { service silent ex:x {} }", ["http://ex/x"]),
        ("PREFIX a: <http://a/> ASK { SERVICE a:b.c {} }", ["http://a/b.c"]),
        ("# PREFIX ex: <http://b/>\nASK { SERVICE ex:x {} }", ["http://ex/x"]),
        ("ASK { ?s ?p 'SERVICE <http://a/>' # SERVICE <http://b/>\n }", []),
        ("ASK { ?s ?service <http://a/service> ; ex:service 1 }", []),
    ],
)
def test_only_calls_are_redirected(text: str, asked: list[str]) -> None:
    found: list[str] = []

    def instead(iri: str) -> str:
        found.append(iri)
        return "urn:instead"

    made = redirected(text, {"ex": "http://ex/"}, instead)
    assert found == asked
    assert made.count("<urn:instead>") == len(asked)
    assert asked or made == text
    assert not asked or not re.search(r"SERVICE[^<]*<http", made, re.IGNORECASE) or "#" in text


@pytest.mark.parametrize("call", ["SERVICE ?x {}", "SERVICE $x {}", "SERVICE:x {}", "SERVICESILENT<http://a/>{}"])
def test_a_call_whose_address_cannot_be_told_is_refused(call: str) -> None:
    with pytest.raises(BadQuery, match="an address that is written there"):
        redirected(f"SELECT * {{ {call} }}", {"": "http://a/"}, lambda iri: iri)
