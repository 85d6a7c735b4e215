"""A worker process, and the socket over which it is spoken to."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from typing import cast

from kg.store import worker
from kg.store.worker import HEAD, LENGTH, Reply


class Process(asyncio.Protocol):
    """A process that runs `kg.store.worker`; who inherits says what happens with what it sends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._have = 0
        self._killed = False
        self._first = b""
        self._process: subprocess.Popen[bytes] | None = None
        self._nursery: Nursery | None = None
        self._pid = 0
        self._transport: asyncio.Transport | None = None

    def start(self, loop: asyncio.AbstractEventLoop, first: bytes) -> None:
        """Spawn it, and send it a first frame."""
        ours, theirs = socket.socketpair()
        environment = {name: value for name, value in os.environ.items() if not name.startswith("IIS_KG_")}
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-P", worker.__file__],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment,
            )
        self._first = first
        self._pid = self._process.pid
        self._speak(loop, ours)

    def start_from(self, loop: asyncio.AbstractEventLoop, nursery: Nursery) -> None:
        """Let a nursery fork it."""
        self._nursery = nursery
        ours, theirs = socket.socketpair()
        with theirs:
            nursery.give(theirs)
        self._speak(loop, ours)

    @property
    def forked(self) -> bool:
        """Whether a nursery forked it."""
        return self._process is None

    @property
    def deserted(self) -> bool:
        """Whether what forked it is gone, with which it ends."""
        return self._nursery is not None and self._nursery.reaped()

    def _speak(self, loop: asyncio.AbstractEventLoop, ours: socket.socket) -> None:
        ours.setblocking(False)
        # The loop keeps no strong reference to a task: without this one it might vanish before it is connected.
        self._connecting = loop.create_task(self._connect(loop, ours))

    async def _connect(self, loop: asyncio.AbstractEventLoop, ours: socket.socket) -> None:
        await loop.create_unix_connection(lambda: self, sock=ours)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._pid

    def send(self, frame: bytes) -> None:
        """Send a frame."""
        assert self._transport is not None, "it was not connected yet"
        self._transport.write(LENGTH.pack(len(frame)) + frame)

    def kill(self) -> None:
        """End it at once; nothing more is told of it."""
        self._killed = True
        if self._pid:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
        if self._transport is not None:
            self._transport.abort()  # one that was just forked, whose number is not known yet, ends by that

    def reaped(self) -> bool:
        """Whether it is gone for good."""
        if self._process is not None:
            return self._process.poll() is not None
        try:
            os.kill(self._pid, 0)
        except ProcessLookupError:
            return True
        return self._pid == 0

    def renice(self, level: int) -> bool:
        """Whether its priority could be set; many systems permit none to be raised."""
        try:
            os.setpriority(os.PRIO_PROCESS, self._pid, level)
        except OSError:
            return False
        return True

    def received(self, kind: int, body: bytes) -> None:
        """It sent a frame."""
        raise NotImplementedError

    def ended(self) -> None:
        """It ended, and not because it was killed here."""
        raise NotImplementedError

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        if self._killed:
            self._transport.abort()
            return
        if self._first:
            self.send(self._first)

    def data_received(self, data: bytes) -> None:
        if self._killed:
            return
        self._have += len(data)
        if self._parts or self._have < HEAD.size:
            self._parts.append(data)
            if self._have < HEAD.size:
                return
            if len(self._parts[0]) < HEAD.size:
                self._parts = [b"".join(self._parts)]
            data = self._parts[0]
        size, kind = HEAD.unpack_from(data)
        if self._have < HEAD.size + size:
            self._parts = self._parts or [data]
            return
        whole = b"".join(self._parts) if self._parts else data
        self._parts, self._have = [], 0
        body = whole[HEAD.size :]
        if kind == Reply.READY and body:
            self._pid = int(body)
        self.received(kind, body)

    def connection_lost(self, _error: Exception | None) -> None:
        if not self._killed:
            self._killed = True
            if self._process is None:
                self._pid = 0  # nobody waits for it: its number may soon be that of another
            else:
                self._process.kill()  # it may have closed its end and live on
            self.ended()


class Nursery(Process):
    """A process that holds the graph in memory and forks workers."""

    def _speak(self, loop: asyncio.AbstractEventLoop, ours: socket.socket) -> None:
        self._sending = ours.dup()
        super()._speak(loop, ours)

    def give(self, theirs: socket.socket) -> None:
        """Have it fork a worker that speaks over a socket."""
        with contextlib.suppress(OSError):  # it has just ended: then so has what would have spoken
            socket.send_fds(self._sending, [b"."], [theirs.fileno()])

    def kill(self) -> None:
        """End it and all that it forked."""
        super().kill()
        self._sending.close()
