"""A worker process, and the socket over which it is spoken to."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from typing import cast

from kg.store import worker
from kg.store.worker import HEAD, LENGTH


class Process(asyncio.Protocol):
    """A process that runs `kg.store.worker`; who inherits says what happens with what it sends."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self._have = 0
        self._killed = False
        self._first = b""
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
        ours.setblocking(False)
        # The loop keeps no strong reference to a task: without this one it might vanish before it is connected.
        self._connecting = loop.create_task(self._connect(loop, ours))

    async def _connect(self, loop: asyncio.AbstractEventLoop, ours: socket.socket) -> None:
        await loop.create_unix_connection(lambda: self, sock=ours)

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._process.pid

    def send(self, frame: bytes) -> None:
        """Send a frame."""
        assert self._transport is not None, "it was not connected yet"
        self._transport.write(LENGTH.pack(len(frame)) + frame)

    def kill(self) -> None:
        """End it at once; nothing more is told of it."""
        self._killed = True
        self._process.kill()
        if self._transport is not None:
            self._transport.abort()

    def reaped(self) -> bool:
        """Whether it is gone for good."""
        return self._process.poll() is not None

    def renice(self, level: int) -> bool:
        """Whether its priority could be set; many systems permit none to be raised."""
        try:
            os.setpriority(os.PRIO_PROCESS, self._process.pid, level)
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
        self.received(kind, whole[HEAD.size :])

    def connection_lost(self, _error: Exception | None) -> None:
        if not self._killed:
            self._killed = True
            self._process.kill()  # it may have closed its end and live on
            self.ended()
