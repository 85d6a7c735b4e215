"""What the faces of a server share: the graph in force, its questions, and its limits."""

from __future__ import annotations

import asyncio
import contextlib
import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from kg.api import Graph
from kg.errors import BadQuery, UseError
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.serve.analyst import Analyst
from kg.serve.files import Files
from kg.serve.gate import Gate
from kg.serve.limits import Limits
from kg.serve.pool import Answered, Asked, Pool
from kg.serve.writer import Writer
from kg.store.answers import Answer, Solutions
from kg.store.folder import open_current
from kg.store.oxigraph import OxigraphStore
from kg.store.results import read_answer

if TYPE_CHECKING:
    from types import TracebackType

_HOST = re.compile(r"(?:[^\s/:@?#\[\]]+|\[[0-9A-Fa-f:.]+\])(?::[0-9]{1,5})?/?")
_ADDRESS = re.compile(r"https?://[^\s/?#@\"'<>]+(?:/[^\s?#\"'<>]*)?", re.IGNORECASE)


@dataclass(frozen=True)
class Settings:
    """How a server behaves besides its limits.

    Args:
        token: with which updates are permitted; empty where nothing can be written.
        origins: of pages whose scripts may read answers (CORS): `scheme://host[:port]`, or `*`.
        framing: origins of pages that may embed `/embed/...`, likewise.
        services: hosts that SERVICE and LOAD may ask.
        address: under which clients reach the server, where a proxy stands before it.
        ahead: whether the explorer and the report are rendered as soon as the server has started.

    Raises:
        UseError: a host or the address is none.
    """

    token: str = ""
    origins: tuple[str, ...] = ()
    framing: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    address: str = ""
    ahead: bool = False

    def __post_init__(self) -> None:
        for service in self.services:
            if not _HOST.fullmatch(service):
                raise UseError(f"{service}: no host that SERVICE and LOAD could ask. Give its name alone, or name:port")
        if self.address and not _ADDRESS.fullmatch(self.address):
            raise UseError(f"{self.address}: no address of a server. Give https://host, or https://host/path")


class Pooled:
    """The graph in force behind the protocol of `kg.store.answers.Store`, for threads: workers answer.

    Queries from outside must have passed `kg.query.limits.check_limits`.
    """

    def __init__(self, pool: Pool, loop: asyncio.AbstractEventLoop) -> None:
        self._pool, self._loop = pool, loop

    def query(self, text: str, prefixes: Mapping[str, str] | None = None) -> Answer:  # noqa: ARG002
        answered = asyncio.run_coroutine_threadsafe(self._pool.ask(Asked(text)), self._loop).result()
        return read_answer(answered.media_type, answered.body)

    def select(self, text: str) -> Solutions:
        answer = self.query(text)
        if not isinstance(answer, Solutions):
            raise BadQuery("a SELECT query is needed here. Write one that begins with SELECT")
        return answer

    def in_memory(self) -> OxigraphStore:
        return open_current(self._pool.folder).in_memory()

    def __len__(self) -> int:
        return len(open_current(self._pool.folder))


@dataclass
class Service:
    """A served graph: `async with Service(...) as service`."""

    folder: Path
    project: Project
    limits: Limits = field(default_factory=Limits)
    settings: Settings = field(default_factory=Settings)

    def __post_init__(self) -> None:
        self.prefixes = Ontology(self.project).prefixes
        self.pool = Pool(self.folder, self.limits, self.prefixes.mapping)
        self._graphs: dict[str, Graph] = {}
        self.gate = Gate(self.settings.services, self.limits)
        self.writer = Writer(self.folder, self.limits, self.prefixes.mapping)
        self.analyst = Analyst(self.folder, self.project, self.limits)
        self._files = Files(self.folder, self.project)

    async def __aenter__(self) -> Service:
        await self.pool.__aenter__()
        self.gate.open()
        self._loop = asyncio.get_running_loop()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.writer.close()
        await self._files.close()
        await self.analyst.close()
        await self.pool.__aexit__(kind, error, trace)
        await asyncio.to_thread(self.gate.close)

    async def ask(self, asked: Asked) -> Answered:
        """Answer a query from outside, which may ask hosts that are allowed; raises as `Pool.ask` does."""
        if not self.settings.services:
            return await self.pool.ask(asked)
        async with self._passing(asked.text) as text:
            return await self.pool.ask(replace(asked, text=text))

    async def update(self, text: str, base: str) -> None:
        """Run an update, which may ask hosts that are allowed; raises as `Writer.update` does."""
        async with self._passing(text, update=True) as text:
            await self.writer.update(text, base)

    @contextlib.asynccontextmanager
    async def _passing(self, text: str, update: bool = False) -> AsyncIterator[str]:
        """What is asked through the gate; hosts are looked up in a thread, since that takes its time."""
        passing = self.gate.passing(text, self.prefixes.mapping, update)
        passed = await asyncio.to_thread(passing.__enter__)
        with contextlib.ExitStack() as stack:
            stack.push(passing.__exit__)
            yield passed

    def graph(self) -> Graph:
        """The graph in force, to be asked in a thread (`asyncio.to_thread`), never in the event loop."""
        generation = self.pool.generation
        if generation not in self._graphs:
            self._graphs = {generation: Graph(Pooled(self.pool, self._loop), self.project)}
        return self._graphs[generation]

    async def rendered(self, name: str, *command: str) -> Path:
        """A file that a command of `kg` writes with `-o`, in a process of its own, once for each generation.

        Args:
            name: of the file, whose ending may tell the command its form.
            command: its words, without `--store`, `--project` and `-o`.

        Raises:
            TimedOut: it takes too long.
            StoreError: the command fails.
        """
        return await self._files.written(self.pool.generation, name, command)
