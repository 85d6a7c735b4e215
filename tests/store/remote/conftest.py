"""The whole graph on two servers that are not ours, for as long as the tests of this folder run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.store import RemoteStore
from tests.store.remote import servers

_WHOLE_DECIMAL = re.compile(r'"([+-]?\d+)"(?=\^\^<http://www\.w3\.org/2001/XMLSchema#decimal> <)')


@pytest.fixture(autouse=True)
def _no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    """No setting of whoever runs the tests reaches them."""
    for name in ("USER", "PASSWORD", "TOKEN", "PLAIN", "SECONDS", "MEGABYTES", "COPY"):
        monkeypatch.delenv(f"IIS_KG_REMOTE_{name}", raising=False)


@pytest.fixture(scope="session")
def dumped(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole graph in N-Quads; whole decimals have a point, for Virtuoso takes them for integers otherwise."""
    path = tmp_path_factory.mktemp("dumped") / "graph.nq"
    text = graph.embedded.dump().decode("utf-8")
    path.write_text(_WHOLE_DECIMAL.sub(r'"\1.0"', text), encoding="utf-8")
    return path


@pytest.fixture(scope="session")
def on_oxigraph(dumped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an Oxigraph server that holds the graph."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph"), holding=dumped) as root:
        yield f"{root}/query"


@pytest.fixture(scope="session")
def on_virtuoso(dumped: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Virtuoso that holds the graph."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso"), holding=dumped) as url:
        yield url


@pytest.fixture(scope="session")
def copied_from_virtuoso(on_virtuoso: str) -> OxigraphStore:
    """A copy of what Virtuoso holds, which takes seconds to make."""
    return RemoteStore(on_virtuoso, Credentials(), Limits()).in_memory()


@pytest.fixture(scope="session")
def virtuoso_to_read(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an empty Virtuoso where only its own users may write."""
    with servers.virtuoso(tmp_path_factory.mktemp("virtuoso"), writable=False) as url:
        yield url


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[str]:
    """The root of an empty Oxigraph server."""
    with servers.oxigraph(tmp_path / "oxigraph") as root:
        yield root
