"""Files that commands write for the server."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from kg.errors import Busy, StoreError
from kg.project import Project
from kg.serve.service import Service
from tests.serve.pools import LINES, put


def test_a_file_is_written_once_for_each_graph_and_gone_with_the_service(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    put(folder, LINES)

    async def run() -> list[Path]:
        async with Service(folder, Project.find()) as service:
            both = await asyncio.gather(*(service.rendered("graph.nq", "export") for _ in range(2)))
            assert both[0] == both[1]
            assert len(both[0].read_text(encoding="utf-8").splitlines()) == len(LINES)
            put(folder, LINES[:7])
            new = await service.rendered("graph.nq", "export")
            assert len(new.read_text(encoding="utf-8").splitlines()) == 7
            with pytest.raises(StoreError):
                await service.rendered("graph.nq", "no-such-command")
            return [both[0], new]

    assert not [path for path in asyncio.run(run()) if path.exists()]


def test_who_waits_for_a_page_of_a_graph_that_is_no_more_is_told_to_ask_again(tmp_path: Path) -> None:
    folder = tmp_path / "graph"
    put(folder, LINES)

    async def run() -> None:
        async with Service(folder, Project.find()) as service:
            waiting = asyncio.create_task(service.rendered("graph.nq", "export"))
            await asyncio.sleep(0)
            for count in (7, 8):
                put(folder, LINES[:count])
                asked = asyncio.create_task(service.rendered("graph.nq", "export"))
                await asyncio.sleep(0)
            with pytest.raises(Busy, match="replaced"):
                await waiting
            assert len((await asked).read_text(encoding="utf-8").splitlines()) == 8

    asyncio.run(run())
