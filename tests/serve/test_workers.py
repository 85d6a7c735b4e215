"""Workers as processes: killed, deserted, on a graph that is replaced under them, and gone with the server."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.errors import KGError, OutOfMemory, StoreError, StoreMissing
from kg.serve import copies
from kg.serve.pool import SPARE, Answered, Asked, Pool
from kg.store import worker as worker_file
from tests.serve.pools import LINES, ROWS, answer, becomes, in_pool, put
from tests.serve.queries import ENDLESS
from tests.serve.support import wait_until

COUNT = Asked("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
SLOW = Asked(
    "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i VALUES ?x { 1 2 3 } FILTER(STRLEN(STR(?i)) < 9) }"
)
"""Answers how many triples there are, cubed, three times; for that it runs a while."""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with 120 triples."""
    put(tmp_path / "graph", LINES)
    return tmp_path / "graph"


async def number(pool: Pool, asked: Asked) -> int:
    """The one number that a query answers."""
    answered = await pool.ask(asked)
    return int(json.loads(answered.body)["results"]["bindings"][0]["n"]["value"])


def processes(pool: Pool) -> set[int]:
    """The process ids of workers that are ready or run."""
    return {worker.pid for worker in (*pool._idle, *pool._busy)}


def busy(pool: Pool) -> int:
    """The process id of the one that runs."""
    (worker,) = pool._busy
    return worker.pid


def alive(pid: int) -> bool:
    """Whether a process runs, and is not merely waited for."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"


def test_a_worker_killed_in_the_middle_costs_that_request_alone(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        asked = asyncio.create_task(answer(pool, Asked(ENDLESS)))
        await becomes(lambda: bool(pool._busy))
        os.kill(busy(pool), signal.SIGKILL)
        assert isinstance(await asked, OutOfMemory)
        assert await number(pool, COUNT) == ROWS

    in_pool(folder, work)


def test_a_worker_killed_while_it_waits_is_replaced(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        before = processes(pool)
        for pid in before:
            os.kill(pid, signal.SIGKILL)
        await becomes(lambda: len(processes(pool)) >= 2 and not processes(pool) & before)
        assert await number(pool, COUNT) == ROWS

    in_pool(folder, work)


def test_the_query_of_a_client_that_leaves_is_ended(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        asked = asyncio.create_task(pool.ask(Asked(ENDLESS)))
        await becomes(lambda: bool(pool._busy))
        pid = busy(pool)
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await becomes(lambda: not pool._busy and not alive(pid))
        assert await number(pool, COUNT) == ROWS

    in_pool(folder, work, seconds=600)


def test_a_client_that_leaves_the_queue_is_forgotten(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        running = asyncio.create_task(answer(pool, Asked(ENDLESS)))
        waiting = asyncio.create_task(pool.ask(COUNT))
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert await number(pool, COUNT) == ROWS or running.done()

    in_pool(folder, work, workers=1, seconds=1)


def test_new_requests_see_a_new_graph_and_running_ones_end_on_the_old(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        old = pool.generation
        assert await number(pool, COUNT) == ROWS
        running = asyncio.create_task(number(pool, SLOW))
        await becomes(lambda: bool(pool._busy))
        await asyncio.to_thread(put, folder, LINES[:50])
        assert await number(pool, COUNT) == 50
        assert pool.generation != old
        await asyncio.to_thread(put, folder, LINES[:40])  # now the first folder is deleted
        assert not (folder / old).exists()
        assert await number(pool, COUNT) == 40
        assert not running.done(), "the query was too quick for this test"
        assert await running == 3 * ROWS**3
        await becomes(lambda: {worker.generation for worker in pool._idle} == {pool.generation})

    in_pool(folder, work, seconds=60)


def test_a_graph_that_is_gone_before_a_worker_opens_it_is_passed_over(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        put(folder, LINES[:50])
        asked = asyncio.create_task(number(pool, COUNT))
        await asyncio.sleep(0)  # workers are started, and not told yet what to open
        for count in (40, 30):
            put(folder, LINES[:count])
        assert await asked == 30

    in_pool(folder, work)


def test_a_copy_in_memory_that_ends_is_made_again(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "AGAIN", 0.1)

    async def work(pool: Pool) -> None:
        for _ in range(2):
            await becomes(lambda: bool(pool._idle) and all(worker.forked for worker in pool._idle))
            copy = pool._copies.of(pool.generation)
            assert copy is not None
            running = asyncio.create_task(number(pool, SLOW))
            await becomes(lambda: bool(pool._busy))
            os.kill(copy.pid, signal.SIGKILL)
            await becomes(lambda: pool._copies.of(pool.generation) is None)
            assert await number(pool, COUNT) == ROWS
            assert await running == 3 * ROWS**3

    in_pool(folder, work, seconds=60)


def test_workers_and_what_forks_them_are_killed_under_load_and_come_again(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(copies, "AGAIN", 0.1)

    async def work(pool: Pool) -> None:
        answers: list[Answered | KGError] = []
        loaded = True

        async def client() -> None:
            while loaded:
                answers.append(await answer(pool, COUNT))

        clients = [asyncio.create_task(client()) for _ in range(4)]
        for _ in range(8):
            await becomes(lambda: bool(pool._idle) and all(worker.forked for worker in pool._idle))
            copy = pool._copies.of(pool.generation)
            assert copy is not None
            for pid in processes(pool):  # so that it is killed while it forks others
                os.kill(pid, signal.SIGKILL)
            await asyncio.sleep(0.002)
            os.kill(copy.pid, signal.SIGKILL)
            await becomes(lambda: pool._copies.of(pool.generation) is None)
        loaded = False
        await asyncio.gather(*clients)
        assert {type(each) for each in answers} <= {Answered, OutOfMemory}
        numbers = {each.body for each in answers if isinstance(each, Answered)}
        assert numbers == {(await pool.ask(COUNT)).body}
        await becomes(lambda: len(pool._idle) == pool.limits.workers + SPARE)
        assert {str(Path(f"/proc/{pid}/fd/0").readlink()) for pid in processes(pool)} == {"/dev/null"}

    in_pool(folder, work)


def test_a_graph_that_cannot_be_opened_is_told_and_the_next_one_is_served(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        put(folder, LINES[:50])
        for part in (folder / pool.generation).glob("*"):
            part.unlink()
        error = await answer(pool, COUNT)
        assert isinstance(error, StoreError)
        assert str(folder) not in str(error)
        put(folder, LINES[:40])
        assert await number(pool, COUNT) == 40

    in_pool(folder, work)


def test_without_a_graph_there_is_no_pool(tmp_path: Path) -> None:
    with pytest.raises(StoreMissing, match="kg build"):
        in_pool(tmp_path, lambda pool: pool.ask(COUNT))


def test_a_pool_that_ends_lets_queries_end_and_leaves_no_process(folder: Path) -> None:
    async def work(pool: Pool) -> tuple[set[int], asyncio.Task[int]]:
        running = asyncio.create_task(number(pool, SLOW))
        await becomes(lambda: bool(pool._busy))
        return processes(pool), running

    async def run() -> None:
        async with Pool(folder, _limits(seconds=60), {}) as pool:
            pids, running = await work(pool)
        assert await running == 3 * ROWS**3
        assert not [pid for pid in pids if alive(pid)]

    asyncio.run(run())


def _limits(**given: Any) -> Any:
    from kg.serve.limits import Limits

    return Limits(**given)


def test_workers_end_with_who_spawned_them(folder: Path) -> None:
    code = (
        "import asyncio, sys; from pathlib import Path; from kg.serve.limits import Limits;"
        "from kg.serve.pool import Asked, Pool\n"
        "async def run():\n"
        "  async with Pool(Path(sys.argv[1]), Limits(seconds=600, workers=1), {}) as pool:\n"
        "    asked = asyncio.create_task(pool.ask(Asked(sys.argv[2])))\n"
        "    await asyncio.sleep(0.2)\n"
        "    print(*(worker.pid for worker in (*pool._idle, *pool._busy)), flush=True)\n"
        "    await asked\n"
        "asyncio.run(run())"
    )
    with subprocess.Popen([sys.executable, "-c", code, str(folder), ENDLESS], stdout=subprocess.PIPE, text=True) as one:
        assert one.stdout is not None
        pids = [int(pid) for pid in one.stdout.readline().split()]
        assert len(pids) >= 2
        one.kill()
    assert wait_until(lambda: not any(map(alive, pids)))


def test_a_worker_imports_little() -> None:
    """What it imports, every spawn waits for."""
    said = subprocess.run(
        [sys.executable, "-X", "importtime", "-P", worker_file.__file__],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    assert "pyoxigraph" in said
    for heavy in ("kg", "asyncio", "typing_extensions", "json", "rdflib", "pandas", "subprocess"):
        assert f"| {heavy}\n" not in said.replace("|   ", "| ").replace("|     ", "| ")


def test_the_token_is_no_part_of_a_workers_environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IIS_KG_TOKEN", "a-secret-of-many-letters")

    async def work(pool: Pool) -> list[bytes]:
        return [Path(f"/proc/{pid}/environ").read_bytes() for pid in processes(pool)]

    assert not [found for found in in_pool(folder, work) if b"a-secret" in found]


def test_a_folder_that_vanishes_leaves_what_was_opened(folder: Path) -> None:
    async def work(pool: Pool) -> None:
        await becomes(lambda: len(pool._idle) >= 2)
        shutil.rmtree(folder)
        assert isinstance(await answer(pool, COUNT), Answered)

    in_pool(folder, work)
