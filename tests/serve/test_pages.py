"""The explorer, the report, health, and what machines ask first."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import html
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.serve.pages import keep_rendered, render_ahead
from kg.store.folder import read_manifest
from tests.serve.support import InProcess, serving, wait_until

EXPLORER = (
    '<!doctype html><html><head><meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; '
    "script-src 'sha256-abc'\"></head><body>宝鸡 " + "explorer " * 500 + "</body></html>"
)


@pytest.fixture
def written(client: InProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, str]]:
    """Pages that are made in no time: what `kg view` and `kg report` would write."""
    texts = {"view": EXPLORER, "report": EXPLORER.replace("explorer", "report")}

    async def rendered(name: str, *command: str) -> Path:
        if command[0] not in texts:
            raise StoreError(f"kg {command[0]} failed in {tmp_path}")
        path = tmp_path / f"{len(texts[command[0]])}-{name}"
        path.write_text(texts[command[0]], encoding="utf-8")
        return path

    monkeypatch.setattr(client.service, "rendered", rendered)
    yield texts


def test_explorer_is_what_kg_view_writes(client: InProcess, written: dict[str, str]) -> None:
    plain = client.get("/", headers={"Accept-Encoding": "identity"})
    assert plain.text == written["view"]
    assert "content-encoding" not in plain.headers
    packed = client.get("/", headers={"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert int(packed.headers["content-length"]) < len(gzip.compress(b"")) + len(plain.content)
    assert packed.text == plain.text
    assert packed.headers["etag"] != plain.headers["etag"]
    refused = client.get("/", headers={"Accept-Encoding": "gzip;q=0, identity"})
    assert "content-encoding" not in refused.headers


def test_explorer_is_sent_once(client: InProcess, written: dict[str, str]) -> None:
    first = client.get("/")
    again = client.get("/", headers={"If-None-Match": f'"other", {first.headers["etag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    written["view"] += "<!-- another graph -->"
    assert client.get("/", headers={"If-None-Match": first.headers["etag"]}).status_code == 200


def test_policy_of_the_page_is_sent_too(client: InProcess, written: dict[str, str]) -> None:
    policy = client.get("/").headers["content-security-policy"]
    own = re.search(r'content="(default-src[^"]*)"', written["view"])
    assert own
    assert policy == f"{html.unescape(own[1])}; frame-ancestors 'self'"


def test_report_is_what_kg_report_writes(client: InProcess, written: dict[str, str]) -> None:
    assert client.get("/report").text == written["report"]


def test_without_an_explorer_there_are_still_the_questions(
    client: InProcess, written: dict[str, str], tmp_path: Path
) -> None:
    del written["view"]
    answer = client.get("/")
    assert answer.status_code == 200
    assert 'href="/queries"' in answer.text
    assert str(tmp_path) not in answer.text


def test_query_leads_to_the_page_for_queries(client: InProcess) -> None:
    assert client.get("/query").headers["location"] == "/#view=query"
    answer = client.get("/query", params={"query": "ASK { ?s ?p 宝 }"})
    assert answer.status_code == 303
    assert answer.headers["location"] == "/#view=query&sparql=ASK+%7B+%3Fs+%3Fp+%E5%AE%9D+%7D"


def test_health_says_what_is_served(client: InProcess, store_folder: Path) -> None:
    answer = client.get("/health")
    assert answer.status_code == 200
    said = answer.json()
    assert (said["status"], said["quads"]) == ("ok", read_manifest(store_folder).quads)
    assert said["generation"] == (store_folder / "CURRENT").read_text(encoding="utf-8").strip()
    assert said["uptime"] >= 0
    assert said["held"] in ("memory", "disk")
    assert str(store_folder) not in answer.text


def test_health_says_when_no_worker_answers(client: InProcess, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(_asked: object) -> object:
        raise StoreError("/a/folder: the store cannot be read")

    monkeypatch.setattr(client.service.pool, "ask", broken)
    answer = client.get("/health")
    assert answer.status_code == 503
    assert "retry-after" in answer.headers
    assert "folder" not in answer.text


def test_machines_are_told_where_what_is(client: InProcess, written: dict[str, str]) -> None:
    assert written
    linked = dict(re.findall(r'<([^>]+)>; rel="([^"]+)"', client.get("/").headers["link"]))
    assert linked == {
        "/openapi.json": "service-desc",
        "/sparql": "service-meta",
        "/queries": "service-doc",
        "/health": "status",
    }
    void = client.get("/.well-known/void")
    assert (void.status_code, void.headers["location"]) == (303, "/sparql")
    assert client.get("/sparql", headers={"Accept": "text/turtle"}).status_code == 200
    assert client.get("/robots.txt").text.startswith("User-agent: *\n")
    assert client.get("/favicon.ico").status_code == 204


def test_pages_are_only_read(client: InProcess) -> None:
    assert client.post("/health").status_code == 405


def test_pages_are_rendered_before_they_are_asked_for(store_folder: Path) -> None:
    """The command that writes the explorer runs without a request, and does not keep the server from ending."""
    with serving(store_folder, "--render-ahead") as served:

        def renders() -> bool:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                words = [Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0") for pid in served.workers()]
                return any(b"view" in each for each in words)
            return False

        assert wait_until(renders)
    assert served.process.returncode == 0


def test_a_page_that_cannot_be_rendered_ahead_is_harmless(
    client: InProcess, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    asked: list[str] = []

    async def rendered(_name: str, *command: str) -> Path:
        asked.extend(command)
        raise StoreError(f"kg {command[0]} failed")

    monkeypatch.setattr(client.service, "rendered", rendered)
    with caplog.at_level(logging.WARNING, "uvicorn.error"):
        client.run(render_ahead(client.service))
    assert asked == ["view", "report"]
    assert "kg view failed" in caplog.text


def test_pages_are_rendered_again_for_another_graph_once_it_has_settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of graphs that follow one another at once, only the last is worth it."""
    told = iter(["a", "b", "c", "c", "c"])
    rendered: list[str] = []

    class Replaced:
        """A service of which another graph is in force each time one looks."""

        def __init__(self) -> None:
            self.pool, self.now = self, ""

        @property
        def generation(self) -> str:
            self.now = next(told)
            return self.now

        async def rendered(self, name: str, _command: str) -> Path:
            rendered.append(f"{self.now} {name}")
            return Path(name)

    monkeypatch.setattr("kg.serve.pages.SETTLED", 0.0)
    with contextlib.suppress(RuntimeError):  # where nothing more is told
        asyncio.run(keep_rendered(Replaced()))  # type: ignore[arg-type]
    assert rendered == ["a explorer.html", "a report.html", "c explorer.html", "c report.html"]
