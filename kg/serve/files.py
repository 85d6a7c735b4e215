"""Files that commands of `kg` write for the server: pages that take seconds to make and stay as they are."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import shutil
import sys
import tempfile
from pathlib import Path

import kg
from kg.errors import Busy, StoreError, TimedOut
from kg.project import Project

SECONDS = 600.0
"""That a command may take."""

_AGAIN = 5
_COMMAND = "import os, sys; sys.path[0] = sys.argv.pop(1); os.nice(10); from kg.cli import main; main()"
_LOG = logging.getLogger("uvicorn.error")


class Files:
    """Files by the generation that they were made from; those of generations before the last are deleted.

    Args:
        folder: of the graph.
        project: that the commands are run for.
    """

    def __init__(self, folder: Path, project: Project) -> None:
        self._folder, self._overlays = folder, project.roots[1:]
        self._made: dict[str, dict[tuple[str, ...], asyncio.Task[Path]]] = {}
        self._scratch: tempfile.TemporaryDirectory[str] | None = None
        self._one = asyncio.Lock()

    async def written(self, generation: str, name: str, command: tuple[str, ...]) -> Path:
        """The file that a command writes; who asks for it while it is written waits for that.

        Raises:
            TimedOut: the command takes too long.
            StoreError: it fails.
            Busy: the graph was replaced again and again meanwhile.
        """
        if self._scratch is None:
            self._scratch = tempfile.TemporaryDirectory(prefix="kg-serve-")
        if generation not in self._made:
            for old in list(self._made)[:-1]:
                await self._forget(old)
            self._made[generation] = {}
        made, key = self._made[generation], (name, *command)
        if key not in made:
            folder = Path(self._scratch.name) / generation / str(len(made))
            made[key] = asyncio.create_task(self._run(folder / name, command))
        writing = made[key]
        try:
            return await asyncio.shield(writing)
        except (StoreError, TimedOut):
            made.pop(key, None)  # the next one tries again
            raise
        except asyncio.CancelledError:
            if not writing.cancelled():
                raise
            raise Busy("the graph was replaced while the page was made. Ask again", _AGAIN) from None

    async def close(self) -> None:
        """End what is written, and delete all files."""
        for generation in list(self._made):
            await self._forget(generation)
        if self._scratch is not None:
            self._scratch.cleanup()
            self._scratch = None

    async def _forget(self, generation: str) -> None:
        tasks = list(self._made.pop(generation).values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._scratch is not None:
            shutil.rmtree(Path(self._scratch.name) / generation, ignore_errors=True)

    async def _run(self, file: Path, command: tuple[str, ...]) -> Path:
        file.parent.mkdir(parents=True, exist_ok=True)
        words = [*command, "--store", str(self._folder), "-o", str(file)]
        for overlay in self._overlays:
            words += ["--project", str(overlay)]
        async with self._one:
            process = await asyncio.create_subprocess_exec(
                *(sys.executable, "-c", _COMMAND, str(Path(kg.__file__).parents[1]), *words),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=asyncio.subprocess.DEVNULL,
                stderr=asyncio.subprocess.PIPE,
                env={name: value for name, value in os.environ.items() if not name.startswith("IIS_KG_")},
            )
            try:
                async with asyncio.timeout(SECONDS):
                    _, said = await process.communicate()
            except TimeoutError:
                raise TimedOut(f"a page took longer than {SECONDS:g} s to make. Ask the graph itself") from None
            finally:
                if process.returncode is None:
                    with contextlib.suppress(ProcessLookupError):
                        process.kill()
                    await process.wait()
        if process.returncode != 0 or not file.is_file():
            _LOG.error("kg %s: %s", " ".join(command), said.decode("utf-8", "replace")[-2_000:].strip())
            raise StoreError("a page cannot be made. Ask the graph itself, and tell those who run this server")
        return file
