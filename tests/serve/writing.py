"""A small graph that may be written, and what tests of writing share."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.serve.limits import Limits
from kg.serve.service import Settings
from kg.store.folder import exclusive, open_current, publish
from tests.serve.support import InProcess

TOKEN = "correct-horse-battery-staple"
MAY = {"Authorization": f"Bearer {TOKEN}"}
SMALL = ["<urn:a> <urn:p> <urn:b> <urn:g> .", "<urn:a> <urn:p> <urn:c> <urn:h> ."]


def small_graph(folder: Path, lines: list[str] | None = None) -> Path:
    """A folder with a graph of a few quads."""
    lines = SMALL if lines is None else lines
    with exclusive(folder):
        publish(folder, lines, {"quads": len(lines)})
    return folder


@contextlib.contextmanager
def writable(folder: Path, limits: Limits | None = None, **settings: Any) -> Iterator[InProcess]:
    """A server that whoever has TOKEN may write to, on a small graph where there is none in the folder."""
    if not folder.exists():
        small_graph(folder)
    with InProcess(folder, limits=limits, settings=Settings(**{"token": TOKEN, **settings})) as client:
        yield client


def held(folder: Path) -> list[str]:
    """The quads that the folder holds now."""
    return list(open_current(folder).nquads())


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[InProcess, Path]]:
    """A server to write to, and the folder of its graph."""
    folder = tmp_path_factory.mktemp("written") / "graph"
    with writable(folder, Limits(workers=1)) as client:
        yield client, folder


@pytest.fixture
def folder(written: tuple[InProcess, Path]) -> Path:
    """The folder of the graph, which holds SMALL again."""
    return small_graph(written[1])


@pytest.fixture
def client(written: tuple[InProcess, Path], folder: Path) -> InProcess:  # noqa: ARG001
    """The server, on SMALL."""
    return written[0]


class Listener:
    """A server on this machine that counts who connects to it, and hangs up."""

    def __enter__(self) -> Listener:
        self.requests = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/x"
        self._thread = threading.Thread(target=self._run)
        self._thread.start()
        return self

    def __exit__(self, *_error: object) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._socket.close()

    def _run(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._socket.accept()
                self.requests += 1
                connection.close()
