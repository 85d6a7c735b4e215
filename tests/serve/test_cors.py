"""Threat T14: no page of another origin reads answers, unless it was let to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import UseError
from kg.serve.app import make_app
from kg.serve.service import Settings
from tests.serve.protocol.support import application, ask, small_store
from tests.serve.support import InProcess

FRIEND, STRANGER = "https://atlas.example", "https://elsewhere.example"
PREFLIGHT = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
REQUESTS = [("GET", "/sparql?query=ASK%7B%7D"), ("GET", "/sparql?query=ASK"), ("GET", "/sparql"), ("PUT", "/sparql")]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_store(tmp_path_factory.mktemp("cors") / "graph")


@pytest.fixture(scope="module")
def closed(folder: Path) -> Iterator[InProcess]:
    with application(folder) as client:
        yield client


@pytest.fixture(scope="module")
def open_to_a_friend(folder: Path) -> Iterator[InProcess]:
    with application(folder, settings=Settings(origins=(FRIEND,))) as client:
        yield client


def names(headers: object) -> set[str]:
    return {name for name in map(str.lower, headers) if name.startswith("access-control-")}  # type: ignore[call-overload]


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_t14_without_origins_no_answer_has_a_header_of_cors(closed: InProcess, method: str, path: str) -> None:
    for origin in (FRIEND, "null", "http://127.0.0.1:7878"):
        assert names(closed.request(method, path, headers={"Origin": origin}).headers) == set()


def test_t14_without_origins_a_preflight_permits_nothing(closed: InProcess) -> None:
    response = closed.request("OPTIONS", "/sparql", headers={"Origin": FRIEND, **PREFLIGHT})
    assert names(response.headers) == set()


@pytest.mark.parametrize(("method", "path"), REQUESTS)
def test_the_origin_that_was_named_may_read(open_to_a_friend: InProcess, method: str, path: str) -> None:
    """Fetch, 3.2: also what went wrong, so that the page can say so."""
    headers = open_to_a_friend.request(method, path, headers={"Origin": FRIEND}).headers
    assert headers["Access-Control-Allow-Origin"] == FRIEND
    assert "Origin" in headers["Vary"]
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize("origin", [STRANGER, "null", f"{FRIEND}.evil.example", FRIEND.replace("https", "http")])
def test_t14_another_origin_may_not(open_to_a_friend: InProcess, origin: str) -> None:
    for method, path in REQUESTS:
        headers = open_to_a_friend.request(method, path, headers={"Origin": origin}).headers
        assert "Access-Control-Allow-Origin" not in headers
        assert "Origin" in headers["Vary"]
    response = open_to_a_friend.request("OPTIONS", "/sparql", headers={"Origin": origin, **PREFLIGHT})
    assert "Access-Control-Allow-Origin" not in response.headers


def test_answers_vary_by_accept_and_origin(open_to_a_friend: InProcess) -> None:
    """RFC 9110, 12.5.5, and Fetch, 3.2.1: without an Origin too, since a cache may keep that answer for a page."""
    for headers in ({}, {"Origin": FRIEND}, {"Origin": STRANGER}):
        varies = ask(open_to_a_friend, "ASK {}", headers=headers).headers["Vary"]
        assert {part.strip() for part in varies.split(",")} == {"Accept", "Origin"}


def test_a_preflight_says_what_the_origin_may(open_to_a_friend: InProcess) -> None:
    """Fetch, 3.2.2 and 4.8: a POST of application/sparql-query is asked for beforehand."""
    response = open_to_a_friend.request("OPTIONS", "/sparql", headers={"Origin": FRIEND, **PREFLIGHT})
    assert response.is_success
    assert response.headers["Access-Control-Allow-Origin"] == FRIEND
    assert "POST" in response.headers["Access-Control-Allow-Methods"]
    assert "content-type" in response.headers["Access-Control-Allow-Headers"].lower()


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH"])
def test_pages_are_not_let_write_where_nothing_can_be_written(open_to_a_friend: InProcess, method: str) -> None:
    headers = {"Origin": FRIEND, "Access-Control-Request-Method": method}
    response = open_to_a_friend.request("OPTIONS", "/sparql", headers=headers)
    assert method not in response.headers["Access-Control-Allow-Methods"]
    assert not response.is_success


def test_a_page_may_write_with_the_token_where_something_can_be_written(folder: Path) -> None:
    with application(folder, settings=Settings(origins=(FRIEND,), token="a token of some length")) as client:
        headers = {"Origin": FRIEND, "Access-Control-Request-Method": "PUT"}
        headers["Access-Control-Request-Headers"] = "authorization, content-type, if-match"
        response = client.request("OPTIONS", "/graphs", headers=headers)
        read = client.get("/graphs?default", headers={"Origin": FRIEND})
    assert response.is_success
    assert {"authorization", "if-match"} <= set(response.headers["Access-Control-Allow-Headers"].lower().split(", "))
    assert {"ETag", "Location"} <= set(read.headers["Access-Control-Expose-Headers"].split(", "))


def test_a_star_lets_every_origin_read(folder: Path) -> None:
    with application(folder, settings=Settings(origins=("*",))) as client:
        headers = ask(client, "ASK {}", headers={"Origin": STRANGER}).headers
    assert headers["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in headers


@pytest.mark.parametrize(
    "origin", ["atlas.example", "https://atlas.example/", "https://a.example/page", "", "https://", "**"]
)
def test_what_is_no_origin_is_refused(closed: InProcess, origin: str) -> None:
    """RFC 6454, 6.2: a browser never sends these, so that the mistake would not show."""
    service = closed.service
    before = service.settings
    service.settings = Settings(origins=(origin,))
    try:
        with pytest.raises(UseError, match="no origin"):
            make_app(service)
    finally:
        service.settings = before
