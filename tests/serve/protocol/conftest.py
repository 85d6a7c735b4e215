"""Fixtures: the endpoint on a small graph, read-only."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.serve.protocol.support import application, small_store
from tests.serve.support import InProcess


@pytest.fixture(scope="session")
def small_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the graph of four documents."""
    return small_store(tmp_path_factory.mktemp("documents") / "graph")


@pytest.fixture(scope="session")
def endpoint(small_folder: Path) -> Iterator[InProcess]:
    """The application on it."""
    with application(small_folder) as client:
        yield client
