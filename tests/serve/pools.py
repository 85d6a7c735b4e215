"""Small graphs on disk, and pools of workers on them."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

from kg.errors import KGError
from kg.serve.limits import Limits
from kg.serve.pool import Answered, Asked, Pool
from kg.store.folder import exclusive, publish
from tests.serve.support import PATIENCE

T = TypeVar("T")

ROWS = 120
LINES = [f'<urn:s{n:03}> <urn:p> "{n}" <urn:g{n % 2}> .' for n in range(ROWS)]


def put(folder: Path, lines: list[str]) -> None:
    """Put a graph in force."""
    with exclusive(folder):
        publish(folder, lines, {"quads": len(lines)})


def in_pool(folder: Path, work: Callable[[Pool], Awaitable[T]], **limits: Any) -> T:
    """What comes of work with a pool."""

    async def run() -> T:
        async with Pool(folder, Limits(**{"seconds": 5, "workers": 2, **limits}), {"ex": "urn:"}) as pool:
            async with asyncio.timeout(3 * PATIENCE):
                return await work(pool)

    return asyncio.run(run())


async def answer(pool: Pool, asked: Asked) -> Answered | KGError:
    """The answer or the error."""
    try:
        return await pool.ask(asked)
    except KGError as error:
        return error


async def becomes(so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    end = time.monotonic() + PATIENCE
    while not so():
        assert time.monotonic() < end, "it does not become so"
        await asyncio.sleep(0.01)
