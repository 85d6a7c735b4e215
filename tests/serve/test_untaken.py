"""Answers that nobody takes do not fill the memory of the server."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from uvicorn import Config
from uvicorn.server import ServerState

from kg.serve import connection
from kg.serve.connection import Connection


class Transport(asyncio.Transport):
    """A client that takes nothing of an answer of so many bytes."""

    def __init__(self, size: int) -> None:
        super().__init__()
        self.size, self.aborted = size, False

    def get_write_buffer_size(self) -> int:
        return self.size

    def abort(self) -> None:
        self.aborted = True

    def close(self) -> None: ...

    def pause_reading(self) -> None: ...

    def resume_reading(self) -> None: ...


async def _nothing(scope: Any, receive: Any, send: Any) -> None: ...


@pytest.fixture
def waiting(monkeypatch: pytest.MonkeyPatch) -> dict[Connection, None]:
    """The connections whose answers wait, of which all together may have 100 bytes."""
    found: dict[Connection, None] = {}
    monkeypatch.setattr(connection, "UNTAKEN", 100)
    monkeypatch.setattr(Connection, "_waiting", found)
    return found


async def _connected(config: Config, state: ServerState, size: int) -> tuple[Connection, Transport]:
    one, transport = Connection(config, state, {}), Transport(size)
    one.connection_made(transport)
    return one, transport


def test_those_that_waited_longest_are_left_where_all_together_are_too_much(waiting: dict[Connection, None]) -> None:
    async def run() -> list[bool]:
        config, state = Config(_nothing), ServerState()
        config.load()
        ends = [await _connected(config, state, size) for size in (40, 30, 30, 70)]
        for one, _transport in ends:
            one.pause_writing()
        assert [*waiting] == [ends[2][0], ends[3][0]]
        ends[3][0].resume_writing()
        assert [*waiting] == [ends[2][0]]
        for one, _transport in ends:
            one.connection_lost(None)
        assert not waiting
        return [transport.aborted for _one, transport in ends]

    assert asyncio.run(run()) == [True, True, False, False]


def test_one_answer_alone_may_be_larger(waiting: dict[Connection, None]) -> None:
    async def run() -> bool:
        config = Config(_nothing)
        config.load()
        one, transport = await _connected(config, ServerState(), 1_000)
        one.pause_writing()
        assert [*waiting] == [one]
        one.connection_lost(None)
        return transport.aborted

    assert not asyncio.run(run())
