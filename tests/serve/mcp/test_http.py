"""`kg mcp --http` on a port of this machine, asked by the client of the official SDK and by others."""

from __future__ import annotations

import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from mcp import Client

from kg.api import Graph
from tests.serve.mcp.support import PATIENCE, Talk, serving_http

CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/call", "params": {"name": "sources", "arguments": {}}}
HEADERS = {"Accept": "application/json, text/event-stream", "MCP-Protocol-Version": "2025-06-18"}


@pytest.fixture(scope="module")
def address(graph: Graph, store_folder: Path) -> Iterator[str]:  # noqa: ARG001
    options = ("--allow-origin", "https://good.example", "--allow-host", "graph.example")
    with serving_http(store_folder, *options) as (address, _process):
        yield address


def posted(address: str, **headers: str) -> httpx.Response:
    return httpx.post(address, json=CALL, headers={**HEADERS, **headers}, timeout=PATIENCE)


def test_the_client_of_the_sdk_is_answered(address: str, graph: Graph) -> None:
    with Talk(lambda: Client(address)) as talk:
        assert len(talk.run(talk.client.list_tools()).tools) == len(graph.queries) + 3
        rows = talk.call("stages-in-order", chain="titanium").structured_content["rows"]
        expected = [graph.prefixes.shorten(str(row["stage"])) for row in graph.ask("stages-in-order", chain="titanium")]
        assert [row["stage"] for row in rows] == expected
        assert "BaoTai Group" in talk.read("iis-kg://id/actor/baotai-group").text
        assert "Did you mean titanium chain?" in talk.refused("stages-in-order", chain="titaniun")


def test_a_plain_request_is_answered_without_a_session(address: str) -> None:
    answer = posted(address)
    assert answer.status_code == 200
    assert answer.json()["result"]["structuredContent"]["total"] == 6
    assert "mcp-session-id" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Host": "evil.example"}, 421),
        ({"Host": "evil.example:80"}, 421),
        ({"Host": "graph.example"}, 200),
        ({"Host": "graph.example:7879"}, 200),
        ({"Host": "graph.example.evil.example"}, 421),
        ({"Origin": "https://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Origin": "https://good.example.evil.example"}, 403),
        ({"Origin": "https://good.example"}, 200),
        ({"Origin": "http://localhost:3000"}, 200),
        ({"Content-Type": "text/plain"}, 400),
    ],
)
def test_only_named_hosts_and_origins_may_ask(address: str, headers: dict[str, str], status: int) -> None:
    assert posted(address, **headers).status_code == status


@pytest.mark.parametrize(
    ("origin", "may"),
    [("https://good.example", True), ("http://localhost:6274", True), ("https://evil.example", False)],
)
def test_scripts_of_pages_that_may_ask_may_read_the_answer(address: str, origin: str, may: bool) -> None:
    # The Fetch standard, 3.2.2 and 3.2.3: a request whose body is JSON is preceded by one that asks for permission.
    wish = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type, mcp-method"}
    before = httpx.options(address, headers={"Origin": origin, **wish}, timeout=PATIENCE)
    answer = posted(address, Origin=origin)
    for each in (before, answer):
        assert each.headers.get("access-control-allow-origin") == (origin if may else None)
        assert each.is_success == may
    assert not may or "mcp-method" in before.headers["access-control-allow-headers"]


def test_there_is_nothing_to_listen_to(address: str) -> None:
    # Streamable HTTP of the protocol: a server that offers no stream of its own answers GET with 405.
    for method in ("GET", "DELETE"):
        answer = httpx.request(method, address, headers=HEADERS, timeout=PATIENCE)
        assert (answer.status_code, answer.headers["allow"]) == (405, "POST")


def test_a_body_without_end_is_refused(address: str) -> None:
    big = {**CALL, "params": {"name": "sparql", "arguments": {"query": "x" * 2_000_000}}}
    assert httpx.post(address, json=big, headers=HEADERS, timeout=PATIENCE).status_code == 413
    assert posted(address).status_code == 200


def test_others_are_answered_while_a_query_runs_too_long(graph: Graph, store_folder: Path) -> None:  # noqa: ARG001
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    call: dict[str, Any] = {**CALL, "params": {"name": "sparql", "arguments": {"query": heavy}}}
    point: dict[str, Any] = {**CALL, "params": {"name": "sparql", "arguments": {"query": "ASK { ?s a iis:City }"}}}
    with ThreadPoolExecutor(2) as pool, serving_http(store_folder, "--seconds", "10") as (address, _process):
        slow = pool.submit(httpx.post, address, json=call, headers=HEADERS, timeout=PATIENCE)
        quick = httpx.post(address, json=point, headers=HEADERS, timeout=PATIENCE)
        assert not slow.done()
        assert quick.json()["result"]["structuredContent"] == {"boolean": True}
        assert slow.result().json()["result"]["isError"]


def test_a_fault_of_the_server_leaks_nothing(graph: Graph, store_folder: Path, tmp_path: Path) -> None:  # noqa: ARG001
    broken = tmp_path / "queries" / "evidence" / "broken.rq"
    broken.parent.mkdir(parents=True)
    broken.write_text("#+ summary: Broken\nSELECT * {", encoding="utf-8")
    with serving_http(store_folder, "--project", tmp_path) as (address, _process):
        call = {**CALL, "params": {"name": "broken", "arguments": {}}}
        answer = httpx.post(address, json=call, headers=HEADERS, timeout=PATIENCE)
        assert answer.json()["result"]["isError"]
        assert str(tmp_path) not in answer.text
        assert "Traceback" not in answer.text


def test_it_ends_in_order_when_it_is_asked_to(graph: Graph, store_folder: Path) -> None:  # noqa: ARG001
    with serving_http(store_folder) as (address, process):
        assert posted(address).status_code == 200
        process.send_signal(signal.SIGTERM)
        out, err = process.communicate(timeout=PATIENCE)
        assert (process.returncode, out) == (0, "")
        assert "Traceback" not in err


def test_a_port_that_is_taken_is_told(address: str, store_folder: Path) -> None:
    port = address.split(":")[2].split("/")[0]
    with pytest.raises(AssertionError, match="cannot listen there"), serving_http(store_folder, "--port", port):
        raise subprocess.SubprocessError("it listens twice")
