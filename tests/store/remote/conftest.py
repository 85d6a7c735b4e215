"""The whole graph on two servers that are not ours, for as long as the tests of this folder run."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from kg.store.remote.publish import publish
from tests.store.remote import servers


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches them."""
    for name in ("USER", "PASSWORD", "TOKEN", "PLAIN", "SECONDS", "MEGABYTES", "COPY"):
        monkeypatch.delenv(f"IIS_KG_REMOTE_{name}", raising=False)


@pytest.fixture(scope="session")
def on_oxigraph(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that the graph was published to."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as root:
        publish(graph.embedded, f"{root}/query")
        yield f"{root}/query"


@pytest.fixture(scope="session")
def on_virtuoso(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that the graph was published to."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso")) as url:
        publish(graph.embedded, url)
        yield url


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[str]:
    """The root of an empty Oxigraph server."""
    with servers.oxigraph(tmp_path / "oxigraph") as root:
        yield root
