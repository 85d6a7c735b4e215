"""Analyses in a process of their own: none can be stopped from within, so whoever waits no longer kills it."""

from __future__ import annotations

import asyncio
import contextlib
import os
import pickle
import signal
import struct
import sys
import traceback
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import kg
from kg.analysis.result import Analysis
from kg.api import Graph
from kg.errors import Busy, DataError, KGError, OutOfMemory, QueryFileError, StoreError, TimedOut, UseError
from kg.project import Project
from kg.serve.limits import MIB, Limits
from kg.store.folder import open_current, read_manifest
from kg.store.worker import die_with_parent, limit_memory
from kg.writing import Names

TIMES = 4
"""What an analysis may take of memory, in that of a query: a scenario makes a graph of its own."""

_LENGTH = struct.Struct("<Q")
_COMMAND = "import sys; sys.path[0] = sys.argv.pop(1); from kg.serve.analyst import main; main()"


@dataclass(frozen=True)
class Wanted:
    """An analysis that is asked for.

    Args:
        method: its name; of none where a scenario is given.
        place, chain: what it is asked about, as `kg.api.Graph.analyse` takes them.
        options: what it takes besides.
        scenario: name of a scenario of the project whose changes are wanted instead.
    """

    method: str
    place: Names = ()
    chain: Names = ()
    options: Mapping[str, str] = field(default_factory=dict)
    scenario: str = ""


@dataclass(frozen=True)
class _Failed:
    """An error of ours in a form that passes from process to process."""

    kind: type[KGError]
    message: str


class Analyst:
    """Runs one analysis at a time, in a process that is kept for the next one while the graph is the same.

    Args:
        folder: of the graph.
        project: whose questions the analyses ask.
        limits: how long an analysis may run, and what memory it may take.
    """

    def __init__(self, folder: Path, project: Project, limits: Limits) -> None:
        self._folder, self._project, self._limits = folder, project, limits
        self._one = asyncio.Lock()
        self._process: asyncio.subprocess.Process | None = None
        self._generation = ""
        self._killed: list[asyncio.subprocess.Process] = []

    async def analysis(self, generation: str, wanted: Wanted) -> Analysis:
        """The result of an analysis, without its own types; the process ends where the caller is cancelled.

        Args:
            generation: that is in force; with another one than before, a new process reads it.
            wanted: what is asked.

        Raises:
            Busy: those that were asked for before do not end in time.
            TimedOut: it runs too long.
            OutOfMemory: it takes too much memory.
            UseError: it is asked in a wrong way.
            DataError: the graph cannot be analysed.
        """
        seconds = self._limits.analysis
        try:
            async with asyncio.timeout(seconds):
                await self._one.acquire()
        except TimeoutError:
            raise Busy("other analyses take long. Ask again later", max(1, int(seconds))) from None
        try:
            async with asyncio.timeout(seconds):
                answer = await self._answer(generation, wanted)
        except TimeoutError:
            self._kill()
            remedy = "Ask for fewer places or chains, or put a question of the catalogue"
            raise TimedOut(f"the analysis ran longer than {seconds:g} s and was ended. {remedy}") from None
        except (asyncio.IncompleteReadError, ConnectionError):
            self._kill()
            raise OutOfMemory(
                f"the analysis took more than {TIMES * self._limits.memory} MiB, or ended its process. "
                "Ask for fewer places or chains"
            ) from None
        except BaseException:
            self._kill()
            raise
        finally:
            self._one.release()
        if isinstance(answer, _Failed):
            raise answer.kind(answer.message)
        return answer

    async def close(self) -> None:
        """End what runs."""
        self._kill()
        for process in self._killed:
            await process.wait()

    async def _answer(self, generation: str, wanted: Wanted) -> Analysis | _Failed:
        if generation != self._generation:
            self._kill()
            self._generation = generation
        if self._process is None:
            self._process = await self._start()
        asked, told = self._process.stdin, self._process.stdout
        assert asked is not None
        assert told is not None
        asked.write(pickle.dumps(wanted))
        await asked.drain()
        (length,) = _LENGTH.unpack(await told.readexactly(_LENGTH.size))
        answer: Analysis | _Failed = pickle.loads(await told.readexactly(length))
        return answer

    async def _start(self) -> asyncio.subprocess.Process:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("IIS_KG_")}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-c", _COMMAND, str(Path(kg.__file__).parents[1])),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**kept, "MALLOC_ARENA_MAX": "2"},  # each arena takes address space as if it were memory
        )
        assert process.stdin is not None
        process.stdin.write(pickle.dumps((self._folder, self._project, TIMES * self._limits.memory * MIB)))
        return process

    def _kill(self) -> None:
        """At once, since nothing can be awaited where the caller was cancelled."""
        process, self._process = self._process, None
        self._killed = [each for each in self._killed if each.returncode is None]
        if process is not None:
            with contextlib.suppress(ProcessLookupError):
                process.kill()
            self._killed.append(process)


def main() -> None:
    """Answer what is asked on standard input, until the other end closes it."""
    for number in (signal.SIGINT, signal.SIGTERM):  # terminals and supervisors send them to all: the server decides
        signal.signal(number, signal.SIG_IGN)
    die_with_parent()
    os.nice(10)
    asked, told = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever prints must not reach who waits for an answer
    folder, project, memory = pickle.load(asked)
    limit_memory(memory)
    graph: Graph | None = None
    while asked.peek(1):
        wanted = pickle.load(asked)
        try:
            graph = graph or Graph(open_current(folder), project, read_manifest(folder).inputs)
            answer: Analysis | _Failed = _analysed(graph, wanted)
        except KGError as error:
            kinds = (QueryFileError, DataError, UseError)
            answer = _Failed(next((kind for kind in kinds if isinstance(error, kind)), KGError), str(error))
        except MemoryError:
            raise
        except Exception:  # noqa: BLE001 (whatever it is, the client learns nothing of it)
            answer = _Failed(StoreError, traceback.format_exc())
        body = pickle.dumps(answer)
        told.write(_LENGTH.pack(len(body)) + body)
        told.flush()


def _analysed(graph: Graph, wanted: Wanted) -> Analysis:
    if wanted.scenario:
        analysis = graph.scenario(wanted.scenario, wanted.place, wanted.chain)
    else:
        analysis = graph.analyse(wanted.method, wanted.place, wanted.chain, **wanted.options)
    return replace(analysis, detail=None)
