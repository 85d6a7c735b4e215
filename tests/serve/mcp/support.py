"""A client of the SDK that tests can use without an event loop of their own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any, TypeVar

from mcp import Client, StdioServerParameters, stdio_client

from tests.support import ROOT

PATIENCE = 60.0
T = TypeVar("T")
_COMMAND = ("-P", "-c", "from kg.cli import main; main()", "mcp")


class Talk:
    """An open connection; `client` makes the coroutines that `run` waits for.

    Args:
        opened: makes the client, in the event loop.
    """

    def __init__(self, opened: Callable[[], Client]) -> None:
        self._opened = opened
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)
        self.client: Client

    def __enter__(self) -> Talk:
        self._thread.start()
        ready: asyncio.Future[None] = self.run(self._future())
        self._end = self.run(self._event())
        self._done = asyncio.run_coroutine_threadsafe(self._stay(ready), self._loop)
        self.run(self._wait(ready))
        return self

    def __exit__(self, *_error: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        try:
            self._done.result(PATIENCE)
        finally:
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
            self._loop.close()

    async def _future(self) -> asyncio.Future[None]:
        return self._loop.create_future()

    async def _event(self) -> asyncio.Event:
        return asyncio.Event()

    async def _wait(self, ready: asyncio.Future[None]) -> None:
        await ready

    async def _stay(self, ready: asyncio.Future[None]) -> None:
        """A connection is opened and closed by one task."""
        try:
            async with self._opened() as client:
                self.client = client
                ready.set_result(None)
                await self._end.wait()
        except BaseException as error:
            if ready.done():
                raise
            ready.set_exception(error)

    def run(self, work: Coroutine[Any, Any, T]) -> T:
        """What a coroutine gives."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(PATIENCE)

    def call(self, name: str, **arguments: Any) -> Any:
        """The result of a tool."""
        return self.run(self.client.call_tool(name, arguments))

    def text(self, name: str, **arguments: Any) -> str:
        """The text of the result of a tool."""
        return str(self.call(name, **arguments).content[0].text)

    def refused(self, name: str, **arguments: Any) -> str:
        """The message of a tool that could not answer."""
        result = self.call(name, **arguments)
        assert result.is_error
        assert result.structured_content is None
        return str(result.content[0].text)

    def read(self, uri: str) -> Any:
        """The content of a resource."""
        return self.run(self.client.read_resource(uri)).contents[0]


def over_streams(folder: Path, *options: str | Path) -> Talk:
    """A connection to `kg mcp` in a process of its own, over its standard input and output."""
    words = [*_COMMAND, "--store", str(folder), *map(str, options)]
    parameters = StdioServerParameters(command=sys.executable, args=words, env={"PYTHONPATH": str(ROOT)})
    return Talk(lambda: Client(stdio_client(parameters)))


@contextlib.contextmanager
def serving_http(folder: Path, *options: str | Path) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """`kg mcp --http` on a free port until the end of the block: its address and its process."""
    words = [sys.executable, *_COMMAND, "--http", "--port", "0", "--store", str(folder), *map(str, options)]
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(words, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    try:
        assert process.stderr is not None
        told = process.stderr.readline()
        found = re.search(r"http://\S+", told)
        assert found, f"kg mcp does not say where it listens: {told!r}"
        yield found[0], process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
        process.communicate(timeout=PATIENCE)
