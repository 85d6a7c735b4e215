"""Workers that answer queries, one at a time each, and are killed where that takes too long."""

from __future__ import annotations

import asyncio
import contextlib
import marshal
import math
import os
from collections import OrderedDict, deque
from collections.abc import Mapping
from pathlib import Path

from kg.errors import Busy, KGError, StoreError, TimedOut
from kg.serve.asked import Answered as Answered
from kg.serve.asked import Asked as Asked
from kg.serve.asked import Task, answered
from kg.serve.copies import SETTLED, Copies
from kg.serve.limits import MIB, Limits
from kg.serve.process import Process
from kg.store.folder import CURRENT, generation_in_force, open_current
from kg.store.worker import TIRED, Reply

SPARE = 2
"""Processes that are ready besides those that may answer: what replaces a worker that was killed."""

TICK = 0.01
"""Seconds between looks at what runs."""

NICED = 0.04
"""Seconds after which a query gives way to others on the processors."""

LONG = 0.5
"""Seconds after which a query is a long one, of which only half of the workers may be busy."""

GRACE = 0.05
"""Seconds that a query may run on after its client has gone."""

AT_ONCE = 2
"""Processes that are spawned at once: more would take the processors from each other, and none were ready soon."""

AGAIN = 0.5
"""Seconds until the next try where a worker could not start."""

REMEMBERED = 1_000
"""Texts of long queries that are remembered, so that they are known as such when they come again."""


class _Worker(Process):
    """A process, and what it is busy with."""

    def __init__(self, pool: Pool, generation: str) -> None:
        super().__init__()
        self.pool, self.generation = pool, generation
        self.task: Task | None = None
        self.started = 0.0
        self.niced = self.long = False

    def received(self, kind: int, body: bytes) -> None:
        self.pool._received(self, kind, body)

    def ended(self) -> None:
        self.pool._ended(self)


class Pool:
    """A warm pool of spawned workers on a folder of the graph.

    At most `limits.workers` queries run at once, and half of them may be long ones: those that ran for half a second,
    or did when they came before. A query that becomes long where no more are permitted is stopped, and begins anew when
    it is its turn; that is harmless, since queries only read.

    Args:
        folder: of the graph, as `kg build` writes it.
        limits: what a query may cost.
        prefixes: that queries need not declare.
    """

    def __init__(self, folder: Path, limits: Limits, prefixes: Mapping[str, str]) -> None:
        self.folder, self.limits, self.prefixes = folder, limits, dict(prefixes)
        self._longest = max(1, limits.workers // 2)
        self._idle: list[_Worker] = []
        self._busy: set[_Worker] = set()
        self._starting: set[_Worker] = set()
        self._dying: set[Process] = set()
        self._copies = Copies(folder, limits.held, self._first_of_copy, self._hatch)
        self._short: deque[Task] = deque()
        self._long: deque[Task] = deque()
        self._known_long: OrderedDict[int, None] = OrderedDict()
        self._ticking: asyncio.TimerHandle | None = None
        self._failures = 0
        self._closing = False
        self._not_before = 0.0
        self._generation = self._named = ""
        self._pointer, self._seen = str(folder / CURRENT), (0, 0)

    async def __aenter__(self) -> Pool:
        await asyncio.to_thread(open_current, self.folder)
        self._loop = asyncio.get_running_loop()
        self._closing = False
        self._generation = self.generation
        self._fill()
        while len(self._idle) < self.limits.workers and self._starting:
            await asyncio.sleep(TICK / 5)
        if not self._idle:
            await self.__aexit__()
            raise StoreError(f"{self.folder}: no worker can open it. Run `kg build` again")
        self._copies.make(self._generation)
        return self

    async def __aexit__(self, *_error: object) -> None:
        """Let what runs end, then end the workers."""
        self._closing = True
        while self._busy or self._short or self._long:
            await asyncio.sleep(TICK)
        for worker in (*self._idle, *self._starting):
            self._kill(worker)
        self._dying.update(self._copies.close())
        while self._dying:
            await asyncio.sleep(TICK / 5)
            self._reap()
        if self._ticking:
            self._ticking.cancel()
            self._ticking = None

    @property
    def generation(self) -> str:
        """The name of the generation that new queries are answered from."""
        try:
            found = os.stat(self._pointer)  # noqa: PTH116 (asked before each query: a third of the time of Path.stat)
        except OSError:
            return self._named
        seen = (found.st_mtime_ns, found.st_ino)
        if seen != self._seen:
            self._named, self._seen = generation_in_force(self.folder), seen
        return self._named

    @property
    def in_memory(self) -> bool:
        """Whether new workers share a copy in memory of the generation in force."""
        return self._copies.of(self.generation) is not None

    async def ask(self, asked: Asked) -> Answered:
        """Answer a query.

        Raises:
            BadQuery: it does not parse.
            NotAcceptable: its answer is of a form for which no media type was given.
            TimedOut: it ran longer than it may.
            OutOfMemory: it took more memory than it may, or ended its worker otherwise.
            TooLarge: its answer has more rows or bytes than it may.
            Busy: too many others wait.
            StoreError: the store cannot be read.
        """
        task = Task(asked, self._loop.create_future(), self._loop.time(), hash(asked.text) in self._known_long)
        if not self._begin(task):
            self._wait(task)
        try:
            kind, body = await task.done
        except asyncio.CancelledError:
            self._abandon(task)
            raise
        return answered(asked, kind, body, self.limits.memory)

    # --- what waits -------------------------------------------------------------------------------------------------

    def _begin(self, task: Task) -> bool:
        """Give a query to a worker, if one is free for it."""
        if self.generation != self._generation:
            self._renew()
        if not self._idle or len(self._busy) >= self.limits.workers:
            return False
        if task.long and sum(worker.long for worker in self._busy) >= self._longest:
            return False
        worker = self._idle.pop()
        worker.task, worker.started, worker.long = task, self._loop.time(), task.long
        self._busy.add(worker)
        worker.send(task.asked.frame())
        self._wake()
        return True

    def _wait(self, task: Task) -> None:
        if len(self._short) + len(self._long) >= self.limits.queue:
            seconds = max(1, math.ceil(min(self.limits.seconds, LONG * len(self._short) / self.limits.workers)))
            raise Busy("too many queries wait already. Ask again in a moment", seconds)
        (self._long if task.long else self._short).append(task)
        self._wake()

    def _next(self) -> None:
        """Begin what waits, as far as workers are free."""
        for queue in (self._short, self._long):
            while queue:
                if queue[0].done.done() or self._begin(queue[0]):
                    queue.popleft()
                else:
                    break

    def _abandon(self, task: Task) -> None:
        """The client has gone: its query may end by itself soon, or is killed."""
        for queue in (self._short, self._long):
            with contextlib.suppress(ValueError):
                queue.remove(task)

    # --- what runs --------------------------------------------------------------------------------------------------

    def _received(self, worker: _Worker, kind: int, body: bytes) -> None:
        task = worker.task
        if task is None:
            self._was_started(worker, kind)
            return
        worker.task = None
        self._busy.discard(worker)
        task.answer(kind & ~TIRED, body)
        copied = self._copies.of(self._generation) is not None
        outdated = worker.generation != self._generation or (copied and not worker.forked)
        if kind & TIRED or outdated or (worker.niced and not worker.renice(0)):
            self._kill(worker)
            self._fill()
        else:
            if task.long and not worker.niced:
                self._known_long.pop(hash(task.asked.text), None)
            worker.niced = worker.long = False
            self._idle.append(worker)
        if self._short or self._long:
            self._next()

    def _was_started(self, worker: _Worker, kind: int) -> None:
        if kind != Reply.READY:
            self._kill(worker)
            self._could_not_start(worker)
            return
        self._starting.discard(worker)
        self._failures = 0
        self._idle.append(worker)
        self._fill()
        self._next()

    def _ended(self, worker: _Worker) -> None:
        """A worker has gone: ended by its query, or by something else; with what forked it, its query begins anew."""
        task, worker.task = worker.task, None
        started = worker not in self._starting
        self._kill(worker)
        if task is not None and worker.deserted:
            (self._long if task.long else self._short).appendleft(task)
        elif task is not None:
            task.answer(Reply.OUT_OF_MEMORY)
        if not started:
            self._could_not_start(worker)
        self._fill()
        self._next()

    def _stop(self, worker: _Worker, error: KGError | None) -> None:
        """Kill a worker in the middle of a query, and say so to who asked."""
        task, worker.task = worker.task, None
        if task is not None and error is not None:
            task.fail(error)
        self._kill(worker)
        self._fill()

    def _kill(self, worker: _Worker) -> None:
        for workers in (self._busy, self._starting):
            workers.discard(worker)
        if worker in self._idle:
            self._idle.remove(worker)
        self._dying.add(worker)
        worker.kill()
        self._wake()

    def _wake(self) -> None:
        if self._ticking is None:
            self._ticking = self._loop.call_later(TICK, self._tick)

    def _tick(self) -> None:
        """Look at what runs and waits; only while something does."""
        self._ticking = None
        now = self._loop.time()
        for worker in list(self._busy):
            self._look(worker, now - worker.started)
        for queue in (self._short, self._long):
            while queue and now - queue[0].since > self.limits.seconds + LONG:  # one that runs may end before
                seconds = math.ceil(self.limits.seconds)
                queue.popleft().fail(Busy("no worker became free in time. Ask again later", seconds))
        self._reap()
        self._fill()
        self._next()
        if self._busy or self._short or self._long or self._dying or self._starting:
            self._wake()

    def _look(self, worker: _Worker, ran: float) -> None:
        task = worker.task
        if task is None:
            return
        if task.done.done():
            if ran > GRACE:
                self._stop(worker, None)
            return
        if ran > self.limits.seconds:
            self._remember(task)
            message = f"the query ran longer than {self.limits.seconds:g} s. Ask for less, or in another way"
            self._stop(worker, TimedOut(message))
            return
        if ran > NICED and not worker.niced:
            worker.niced = True
            worker.renice(19)
        if ran > LONG and not worker.long:
            self._remember(task)
            if sum(other.long for other in self._busy) < self._longest:
                worker.long = task.long = True
            else:
                self._stop(worker, None)
                task.long, task.since = True, self._loop.time()
                self._long.append(task)

    def _remember(self, task: Task) -> None:
        self._known_long[hash(task.asked.text)] = None
        if len(self._known_long) > REMEMBERED:
            self._known_long.popitem(last=False)

    # --- processes --------------------------------------------------------------------------------------------------

    def _renew(self) -> None:
        """Another generation is in force: idle workers on the old one are ended, busy ones after their answer."""
        self._generation = self.generation
        self._known_long.clear()
        self._failures = 0
        for worker in (*self._idle, *self._starting):
            self._kill(worker)
        self._fill()
        self._copies.make(self._generation, SETTLED)

    def _hatch(self) -> None:
        """The graph is in memory: what reads it from disk gives way."""
        if self._copies.of(self._generation) is not None:
            for worker in (*self._idle, *self._starting):
                self._kill(worker)
            self._fill()

    def _first_frame(self, generation: str, copy: bool = False) -> bytes:
        limits, path = self.limits, str(self.folder / generation)
        return marshal.dumps((path, limits.memory * MIB, limits.size * MIB, limits.rows, self.prefixes, copy))

    def _first_of_copy(self, generation: str) -> bytes:
        return self._first_frame(generation, copy=True)

    def _fill(self) -> None:
        """Start as many workers as are missing; one from time to time where none can be started."""
        missing = self.limits.workers + SPARE - len(self._idle) - len(self._starting) - len(self._busy)
        if self._failures:
            missing = 0 if self._starting or self._loop.time() < self._not_before else 1
        if self._closing and not (self._short or self._long):
            return
        nursery = self._copies.of(self._generation)
        if nursery is None:
            missing = min(missing, AT_ONCE - len(self._starting))
        for _ in range(missing):
            worker = _Worker(self, self._generation)
            self._starting.add(worker)
            if nursery is not None:
                worker.start_from(self._loop, nursery)
            else:
                worker.start(self._loop, self._first_frame(self._generation))

    def _could_not_start(self, worker: _Worker) -> None:
        with contextlib.suppress(StoreError):  # its folder is gone where others were put in force in quick succession
            if self.generation != self._generation:
                self._renew()
                return
        self._failures += 1
        self._not_before = self._loop.time() + AGAIN
        if worker.forked or self._idle or self._busy or self._starting:  # what forked it may be gone, and begins anew
            return
        for task in (*self._short, *self._long):
            task.fail(StoreError("the graph cannot be opened. Run `kg build` to make it anew"))
        self._short.clear()
        self._long.clear()

    def _reap(self) -> None:
        kept = {self._generation, *(worker.generation for worker in self._busy)}
        self._dying.update(self._copies.end_others(kept))
        self._dying = {process for process in self._dying if not process.reaped()}
