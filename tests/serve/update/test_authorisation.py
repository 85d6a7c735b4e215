"""Threat T13: who may write. RFC 6750, section 3, says how the answers look."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import httpx
import pytest

from kg.serve.limits import Limits
from tests.serve.support import InProcess, serving
from tests.serve.writing import MAY, SMALL, TOKEN, held, small_graph, writable

INSERT = "INSERT DATA { GRAPH <urn:g> { <urn:a> <urn:p> <urn:new> } }"
WAYS = {
    "an update": ("POST", "/sparql", "application/sparql-update", INSERT),
    "a form": ("POST", "/sparql", "application/x-www-form-urlencoded", urlencode({"update": INSERT})),
    "a graph put": ("PUT", "/graphs?graph=urn:g", "text/turtle", "<urn:x> <urn:y> 1 ."),
    "a graph posted": ("POST", "/graphs?graph=urn:g", "text/turtle", "<urn:x> <urn:y> 1 ."),
    "a new graph": ("POST", "/graphs", "text/turtle", "<urn:x> <urn:y> 1 ."),
    "a graph deleted": ("DELETE", "/graphs?graph=urn:g", "text/turtle", ""),
}
way = pytest.mark.parametrize("way", WAYS)


def send(client: InProcess, way: str, query: str = "", **headers: str) -> httpx.Response:
    method, path, media_type, body = WAYS[way]
    path += f"{'&' if '?' in path else '?'}{query}" if query else ""
    return client.request(method, path, content=body, headers={"Content-Type": media_type, **headers})


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, Path]]:
    """A server that was not told to let write."""
    folder = tmp_path_factory.mktemp("read") / "graph"
    with writable(folder, Limits(workers=1), token="") as client:
        yield client, folder


@way
@pytest.mark.parametrize("token", [None, "", TOKEN])
def test_by_default_nothing_can_be_written(reading: tuple[InProcess, Path], way: str, token: str | None) -> None:
    client, folder = reading
    headers = {} if token is None else {"Authorization": f"Bearer {token}"}
    answer = send(client, way, **headers)
    assert answer.status_code == (405 if "/graphs" in WAYS[way][1] else 403)
    if answer.status_code == 405:
        assert answer.headers["Allow"] == "GET, HEAD, OPTIONS"
    assert held(folder) == SMALL


def test_who_cannot_write_is_not_told_what_could_be_stored(reading: tuple[InProcess, Path]) -> None:
    """RFC 9110, 9.3.7: the methods and types of this server as it runs."""
    answer = reading[0].request("OPTIONS", "/graphs")
    assert (answer.status_code, answer.headers["Allow"]) == (204, "GET, HEAD, OPTIONS")
    assert "Accept-Post" not in answer.headers


@way
def test_without_a_token_one_is_asked_for(client: InProcess, way: str, folder: Path) -> None:
    """RFC 6750, 3: no error code where the request has no authentication."""
    answer = send(client, way)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="graph"'
    assert held(folder) == SMALL


@pytest.mark.parametrize("given", [f"Basic {TOKEN}", TOKEN, f"Token {TOKEN}"])
def test_another_scheme_is_no_authentication(client: InProcess, given: str, folder: Path) -> None:
    answer = send(client, "an update", Authorization=given)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == 'Bearer realm="graph"'
    assert held(folder) == SMALL


@way
@pytest.mark.parametrize(
    "given", ["Bearer", "Bearer ", "Bearer wrong", f"Bearer {TOKEN[:-1]}", f"Bearer {TOKEN}x", f"Bearer {TOKEN} x"]
)
def test_a_wrong_token_is_refused(client: InProcess, way: str, given: str, folder: Path) -> None:
    """RFC 6750, 3.1: invalid_token, 401."""
    answer = send(client, way, Authorization=given)
    assert answer.status_code == 401
    assert 'error="invalid_token"' in answer.headers["WWW-Authenticate"]
    assert TOKEN not in answer.text
    assert held(folder) == SMALL


def test_two_tokens_are_refused(client: InProcess, folder: Path) -> None:
    method, path, media_type, body = WAYS["an update"]
    headers = [("Content-Type", media_type), *(("Authorization", f"Bearer {each}") for each in (TOKEN, TOKEN))]
    assert client.request(method, path, content=body, headers=headers).status_code == 401
    assert held(folder) == SMALL


@way
@pytest.mark.parametrize("name", ["access_token", "token", "Authorization"])
def test_a_token_in_the_address_does_not_count(client: InProcess, way: str, name: str, folder: Path) -> None:
    assert send(client, way, urlencode({name: TOKEN})).status_code == 401
    assert held(folder) == SMALL


@way
@pytest.mark.parametrize("origin", ["https://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1:7878"])
def test_a_page_of_a_foreign_origin_may_not_write(client: InProcess, way: str, origin: str, folder: Path) -> None:
    """Not even with the token: a browser would send it along if it had it."""
    assert send(client, way, Origin=origin, **MAY).status_code == 403
    assert held(folder) == SMALL


def test_a_form_of_text_does_not_pass(client: InProcess, folder: Path) -> None:
    """A form of the type text/plain needs no permission to be sent from any page."""
    headers = {"Content-Type": "text/plain", "Origin": "https://evil.example"}
    assert client.post("/sparql", content=f"update={INSERT}", headers=headers).status_code == 415
    assert held(folder) == SMALL


def test_pages_of_the_server_itself_may_write(client: InProcess, folder: Path) -> None:
    assert send(client, "a form", Origin="http://127.0.0.1:7878", **MAY).status_code == 204
    assert len(held(folder)) == 3


def test_pages_of_an_origin_that_is_named_may_write(tmp_path: Path) -> None:
    with writable(tmp_path / "graph", Limits(workers=1), origins=("https://lab.example", "*")) as client:
        assert send(client, "a form", Origin="https://lab.example", **MAY).status_code == 204
        assert send(client, "a form", Origin="https://evil.example", **MAY).status_code == 403


@pytest.mark.parametrize("scheme", ["Bearer", "bearer", "BEARER"])
def test_the_scheme_is_written_in_any_case(client: InProcess, scheme: str) -> None:
    """RFC 9110, section 11.1."""
    assert send(client, "an update", Authorization=f"{scheme} {TOKEN}").status_code == 204


def test_the_token_is_not_logged(client: InProcess, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        assert send(client, "an update", **MAY).status_code == 204
        assert send(client, "an update", Authorization=f"Bearer {TOKEN}x").status_code == 401
    assert TOKEN not in caplog.text


def test_the_command_lets_write_with_the_token_of_its_environment(tmp_path: Path) -> None:
    folder = small_graph(tmp_path / "graph")
    with serving(folder, "--write", "--workers", "1", token=TOKEN) as server:
        headers = {"Content-Type": "application/sparql-update"}
        assert httpx.post(f"{server.url}/sparql", content=INSERT, headers=headers).status_code == 401
        assert httpx.post(f"{server.url}/sparql", content=INSERT, headers={**headers, **MAY}).status_code == 204
    assert len(held(folder)) == 3
