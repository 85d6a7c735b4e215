"""Fixtures of servers on the whole graph."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.api import Graph
from tests.serve.support import InProcess, Served, serving


@pytest.fixture(scope="session")
def client(graph: Graph, store_folder: Path) -> Iterator[InProcess]:  # noqa: ARG001
    """The application in this process, read-only, on the whole graph."""
    with InProcess(store_folder) as client:
        yield client


@pytest.fixture(scope="session")
def server(graph: Graph, store_folder: Path) -> Iterator[Served]:  # noqa: ARG001
    """`kg serve` in a process of its own, read-only, on the whole graph."""
    with serving(store_folder) as served:
        yield served
