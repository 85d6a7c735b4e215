"""`kg publish`, and what is typed to ask a graph elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from tests.cli.test_main import refused
from tests.conftest import RunKg
from tests.store.remote import servers
from tests.support import free_port


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty Oxigraph server."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as root:
        yield f"{root}/query"


def test_the_graph_is_published_once_and_answers_as_here(kg: RunKg, graph: Graph, server: str, tmp_path: Path) -> None:
    total = f"{len(graph.store):,}"
    first = kg("publish", server)
    assert (first.code, first.err) == (0, "")
    assert f"{total}  facts sent" in first.out and f"{total}  facts there now" in first.out
    again = kg("publish", server)
    assert again.out.splitlines()[0].split() == ["0", "facts", "sent,", "in", "0", "named", "graphs"]

    here = kg("ask", "stages-in-order", "chain=titanium", "-f", "csv")
    assert len(here.out.splitlines()) > 3
    assert kg("ask", "stages-in-order", "chain=titanium", "-f", "csv", "--store", server) == here
    assert kg("--store", server, "ask", "stages-in-order", "chain=titanium", "-f", "csv") == here
    assert kg("--store", "http://127.0.0.1:1/", "sparql", "ASK { ?s ?p ?o }", "--store", server).out == "true\n"
    assert kg("--store", server, "findings").out == kg("findings").out

    exported = tmp_path / "graph.nt"
    assert kg("--store", server, "export", "-o", exported).code == 0
    assert len(exported.read_text(encoding="utf-8").splitlines()) > 10_000
    page = tmp_path / "page.html"
    assert kg("--store", server, "view", "baoji", "--simple", "-o", page).code == 0
    assert "Baoji" in page.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("publish", "somewhere"), "no address of an endpoint"),
        (("publish", "https://anna:wort@example.org/"), "IIS_KG_REMOTE_PASSWORD"),
        (("publish", "https://example.org/", "--update", "update"), "no address of an endpoint"),
        (
            ("publish", "https://example.org/", "--graph-store", "https://anna:wort@example.org/"),
            "IIS_KG_REMOTE_PASSWORD",
        ),
        (("build", "--store", "https://example.org/"), "kg publish"),
        (("--store", "https://anna:wort@example.org/", "ask", "places"), "IIS_KG_REMOTE_PASSWORD"),
    ],
)
def test_what_is_typed_wrongly_is_told(kg: RunKg, arguments: tuple[str, ...], words: str) -> None:
    assert words in refused(kg(*arguments), 2)
    assert "wort" not in kg(*arguments).err


def test_nobody_there_is_told(kg: RunKg) -> None:
    url = f"http://127.0.0.1:{free_port()}/sparql"
    assert "connection is refused" in refused(kg("--store", url, "ask", "passages"), 1)
