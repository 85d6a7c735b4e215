"""Servers to test: `kg serve` in a process of its own, and the application in this one."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

from kg.project import Project
from kg.serve.app import make_app
from kg.serve.limits import Limits
from kg.serve.service import Service, Settings
from tests.support import ROOT

PATIENCE = 30.0
T = TypeVar("T")


@dataclass(frozen=True)
class Served:
    """A running `kg serve`."""

    process: subprocess.Popen[str]
    url: str

    @property
    def port(self) -> int:
        return int(self.url.rstrip("/").rpartition(":")[2])

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A request on a connection of its own."""
        return httpx.get(f"{self.url}{path}", timeout=PATIENCE, verify=False, **options)

    def select(self, query: str) -> httpx.Response:
        """The answer to a query."""
        return self.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})

    def connect(self) -> socket.socket:
        """A connection, over which anything can be sent."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def send(self, data: bytes) -> bytes:
        """All that comes back for what is sent as it is, until the server closes or a second has passed."""
        with self.connect() as connection:
            connection.sendall(data)
            connection.settimeout(1)
            parts = []
            with contextlib.suppress(TimeoutError, ConnectionError):
                while part := connection.recv(1 << 16):
                    parts.append(part)
            return b"".join(parts)

    def workers(self) -> list[int]:
        """The process ids of its workers, and of what forks them."""

        def below(pid: int) -> list[int]:
            with contextlib.suppress(FileNotFoundError, ProcessLookupError):
                listed = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii")
                return [each for child in listed.split() for each in (int(child), *below(int(child)))]
            return []

        return below(self.process.pid)


@contextlib.contextmanager
def serving(folder: Path, *options: str | Path, token: str = "", first: str = "") -> Iterator[Served]:
    """`kg serve` on a free port of this machine, until the end of the block.

    Args:
        folder: of the graph.
        options: of the command, besides.
        token: with which it lets write.
        first: Python that its process runs before.
    """
    command = f"{first}\nfrom kg.cli import main; main()"
    words = ["serve", "--port", "0", "--store", folder, "--no-render-ahead", *options]
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "IIS_KG_TOKEN": token}
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", command, *map(str, words)], env=environment, stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        told = process.stdout.readline()
        found = re.search(r"http://\S+:\d+", told)
        assert found, f"kg serve does not say where it listens: {told!r}, exit code {process.wait(PATIENCE)}"
        yield Served(process, found[0])
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        if process.stdout is not None:
            process.stdout.close()


class InProcess:
    """A client of an application in this process; its service lives in the event loop of a thread.

    Args:
        folder: of the graph.
        project: whose questions it answers; the bundled one where none is given.
        limits: of queries.
        settings: of the server.
    """

    def __init__(
        self,
        folder: Path,
        project: Project | None = None,
        limits: Limits | None = None,
        settings: Settings | None = None,
    ) -> None:
        self.service = Service(folder, project or Project.find(), limits or Limits(), settings or Settings())
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> InProcess:
        self._thread.start()
        try:
            self.run(self.service.__aenter__())
            transport = httpx.ASGITransport(make_app(self.service))
            self._client = httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7878", timeout=PATIENCE)
        except BaseException:
            self._end()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        try:
            self.run(self._client.aclose())
            self.run(self.service.__aexit__(None, None, None))
        finally:
            self._end()

    def _end(self) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine where the service lives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def request(self, method: str, path: str, **options: Any) -> httpx.Response:
        """A request and its whole answer."""
        return self.run(self._client.request(method, path, **options))

    def get(self, path: str, **options: Any) -> httpx.Response:
        """A GET request."""
        return self.request("GET", path, **options)

    def post(self, path: str, **options: Any) -> httpx.Response:
        """A POST request."""
        return self.request("POST", path, **options)


def wait_until(so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether something becomes so in time."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if so():
            return True
        time.sleep(0.02)
    return so()
