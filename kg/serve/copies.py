"""Copies of the graph in memory: processes that hold one each, and fork workers that share it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection
from pathlib import Path

from kg.errors import StoreError
from kg.serve.process import Nursery
from kg.store.folder import read_manifest
from kg.store.worker import Reply

SETTLED = 2.0
"""Seconds without another change of the graph after which it is copied: copying takes longer than most changes."""

AGAIN = 10.0
"""Seconds until the next try where the process of a copy ended."""


class _Copy(Nursery):
    """The process that holds a generation."""

    def __init__(self, copies: Copies, generation: str) -> None:
        super().__init__()
        self.copies, self.generation, self.ready = copies, generation, False

    def received(self, kind: int, body: bytes) -> None:  # noqa: ARG002
        if kind == Reply.READY:
            self.ready = True
            self.copies._ready()

    def ended(self) -> None:
        self.copies._ended(self)


class Copies:
    """The copy of the generation in force, and those of generations before on which queries still run.

    Args:
        folder: of the graph.
        most: quads up to which it is copied.
        first: the first frame of the process that holds a generation.
        ready: called when a copy was made.
    """

    def __init__(self, folder: Path, most: int, first: Callable[[str], bytes], ready: Callable[[], None]) -> None:
        self._folder, self._most, self._first, self._ready = folder, most, first, ready
        self._all: list[_Copy] = []
        self._gone: list[_Copy] = []
        self._wanted = ""
        self._timer: asyncio.TimerHandle | None = None

    def make(self, generation: str, seconds: float = 0.0) -> None:
        """Copy a generation after so many seconds, unless another is wanted before, or it is too large."""
        self._cancel()
        self._wanted = generation
        self._timer = asyncio.get_running_loop().call_later(seconds, self._begin)

    def of(self, generation: str) -> Nursery | None:
        """What forks workers on a generation, once it holds that."""
        return next((copy for copy in self._all if copy.ready and copy.generation == generation), None)

    def end_others(self, kept: Collection[str]) -> list[Nursery]:
        """End all but those of some generations, with all that they forked; those that are to be reaped."""
        for copy in [copy for copy in self._all if copy.generation not in kept]:
            copy.kill()
            self._all.remove(copy)
            self._gone.append(copy)
        gone, self._gone = self._gone, []
        return [*gone]

    def close(self) -> list[Nursery]:
        """End all, and begin no more."""
        self._cancel()
        self._wanted = ""
        return self.end_others(())

    def _cancel(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _begin(self) -> None:
        self._timer = None
        try:
            quads = read_manifest(self._folder).quads
        except StoreError:
            return
        if quads <= self._most:
            copy = _Copy(self, self._wanted)
            self._all.append(copy)
            copy.start(asyncio.get_running_loop(), self._first(self._wanted))

    def _ended(self, copy: _Copy) -> None:
        """It was killed by something else, or could not open the generation."""
        copy.ready = False
        copy.kill()
        self._all.remove(copy)
        self._gone.append(copy)
        if copy.generation == self._wanted and self._timer is None:
            self.make(copy.generation, AGAIN)
