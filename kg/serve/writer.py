"""Changes of the graph: each makes a new generation, in a process of its own, one after another."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import marshal
import math
import os
import signal
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.errors import BadQuery, Busy, StoreError, StoreLocked, TimedOut, TooLarge
from kg.serve.limits import MIB, Limits
from kg.store import change
from kg.store.folder import exclusive, generation_in_force, path_aside, prepare_changed

_LOG = logging.getLogger(__name__)

BUILDING = 10
"""Seconds after which to try again where the graph is being built."""


@dataclass(frozen=True)
class Document:
    """An RDF document: its media type, its bytes, and against which its relative IRIs are resolved."""

    media_type: str
    body: bytes
    base: str | None = None


@dataclass(frozen=True)
class Condition:
    """What must be so for a change to be made; it is looked at when no other change can come between.

    Args:
        there: whether the graph may be there before: a truth, or both.
        holds: whether the change may be made on the generation of that name.
    """

    there: tuple[bool, ...] = (True, False)
    holds: Callable[[str], bool] = lambda _generation: True


ALWAYS = Condition()


class Unmet(Exception):
    """The condition of a change does not hold: nothing was changed."""


class Writer:
    """Changes the graph in a folder. Readers keep the generation that they have; who opens it anew gets the new one.

    Args:
        folder: of the graph, as `kg build` writes it.
        limits: what a change may cost.
        prefixes: that updates need not declare.
    """

    def __init__(self, folder: Path, limits: Limits, prefixes: Mapping[str, str]) -> None:
        self.folder, self.limits, self.prefixes = folder, limits, dict(prefixes)
        self._turn = asyncio.Lock()
        self._changes: set[asyncio.Task[tuple[bool, bool]]] = set()

    async def close(self) -> None:
        """Let the changes that were asked for end."""
        await asyncio.gather(*self._changes, return_exceptions=True)

    async def update(self, text: str, base: str | None = None) -> None:
        """Run a SPARQL 1.1 Update that passed `kg.query.updates.check_update`: all of it or nothing.

        Raises:
            BadQuery: it does not parse, or what it loads cannot be read.
            TimedOut: it ran longer than it may; nothing was changed, as in all these cases.
            TooLarge: it took more memory than it may, or ended its process otherwise.
            Busy: the graph is being built, or too many others wait.
            StoreError: the folder cannot be written.
        """
        await self._change(("update", text, base, self.prefixes))

    async def put(self, graph: str | None, documents: Sequence[Document], condition: Condition = ALWAYS) -> bool:
        """Make documents the content of a graph, None for the default graph, and say whether it was there before.

        Raises:
            Unmet: the condition does not hold; else as `update` does.
        """
        return (await self._change(("put", graph, condition.there, _plain(documents)), condition))[1]

    async def post(self, graph: str | None, documents: Sequence[Document], condition: Condition = ALWAYS) -> bool:
        """Add documents to a graph, and say whether it was there before. Raises as `put` does."""
        return (await self._change(("post", graph, condition.there, _plain(documents)), condition))[1]

    async def delete(self, graph: str | None, condition: Condition = ALWAYS) -> bool:
        """Take a graph away; False where there is none. Raises as `put` does."""
        return (await self._change(("delete", graph, condition.there), condition))[0]

    async def _change(self, what: tuple[Any, ...], condition: Condition = ALWAYS) -> tuple[bool, bool]:
        if len(self._changes) >= self.limits.queue:
            raise Busy("too many changes wait already. Try again in a moment", math.ceil(self.limits.seconds))
        task = asyncio.create_task(self._in_turn(what, condition))
        self._changes.add(task)
        task.add_done_callback(self._changes.discard)
        # A client that leaves must not tear a change apart: it runs to its end.
        return await asyncio.shield(task)

    async def _in_turn(self, what: tuple[Any, ...], condition: Condition) -> tuple[bool, bool]:
        async with self._turn:
            return await self._made(what, condition)

    async def _made(self, what: tuple[Any, ...], condition: Condition) -> tuple[bool, bool]:
        with contextlib.ExitStack() as held:
            try:
                await asyncio.to_thread(held.enter_context, exclusive(self.folder))
            except StoreLocked:
                raise Busy("the graph is being built just now. Try again later", BUILDING) from None
            generation = generation_in_force(self.folder)
            if not condition.holds(generation):
                raise Unmet
            request = (str(self.folder / generation), str(path_aside(self.folder)), self.limits.memory * MIB, what)
            outcome, message, quads, there = await self._run(marshal.dumps(request))
            if outcome == change.UNMET:
                raise Unmet
            if outcome == change.BAD:
                raise BadQuery(message)
            if outcome == change.FAILED:
                raise StoreError(f"{self.folder}: cannot be written ({message}). Make room there, or build it anew")
            if outcome == change.MADE:
                await asyncio.to_thread(lambda: prepare_changed(self.folder, quads).put_in_force())
            return outcome == change.MADE, there

    async def _run(self, request: bytes) -> tuple[str, str, int, bool]:
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-P", change.__file__),
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=_environment(),
        )
        try:
            said, _ = await asyncio.wait_for(process.communicate(request), self.limits.seconds)
        except TimeoutError:
            raise TimedOut(
                f"the change ran longer than {self.limits.seconds:g} s, and nothing was changed. Split it"
            ) from None
        finally:
            if process.returncode is None:
                process.send_signal(signal.SIGKILL)
                await process.wait()
        if process.returncode:
            _LOG.warning("the process of a change ended with %d", process.returncode)
            raise TooLarge(
                f"the change took more than {self.limits.memory} MiB of memory, or ended its process otherwise; "
                "nothing was changed. Split it"
            )
        outcome: tuple[str, str, int, bool] = marshal.loads(said)
        return outcome


def _environment() -> dict[str, str]:
    """Without the token; with few arenas, each of which takes address space as if it were memory."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("IIS_KG_")}
    return {**kept, "MALLOC_ARENA_MAX": "2"}


def _plain(documents: Sequence[Document]) -> list[tuple[str, bytes, str | None]]:
    return [(each.media_type, each.body, each.base) for each in documents]
