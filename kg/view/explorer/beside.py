"""The layout and the measures of a network in a process of their own, while the graph is being asked.

In a thread they would wait for one another: both are Python's work for half of the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.view.explorer.network import Network

Blocks = Mapping[str, Mapping[str, npt.NDArray[Any]]]

Begin = Callable[["Network"], Callable[[], Blocks]]

WORTH_IT = 10_000
"""With fewer quads starting a process takes longer than the work."""

_PARTS = ("nodes", "edges")


@contextmanager
def process_beside(quads: int) -> Iterator[Begin]:
    """A process that gets ready at once; given a network it begins to make its blocks, and gives what waits for them.

    Args:
        quads: how many the graph has.
    """
    if quads < WORTH_IT or (os.cpu_count() or 1) < 2:
        yield lambda network: network.blocks
        return
    found = [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]
    with tempfile.TemporaryDirectory() as folder:
        given, made = (Path(folder) / name for name in ("given.npz", "made.npz"))
        with subprocess.Popen(
            [sys.executable, "-m", __name__, str(given), str(made)],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in found if path)},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        ) as process:
            assert process.stdin is not None
            waiting = process.stdin

            def begin(network: Network) -> Callable[[], Blocks]:
                _write(given, {"nodes": network.nodes, "edges": network.edges})
                with suppress(OSError):
                    waiting.close()  # its input ends: it may begin
                return lambda: _read(made) if process.wait() == 0 else network.blocks()  # else it is done here

            try:
                yield begin
            finally:
                process.kill()


def _write(path: Path, blocks: Blocks) -> None:
    columns: dict[str, Any] = {f"{part} {name}": values for part in _PARTS for name, values in blocks[part].items()}
    np.savez(path, **columns)


def _read(path: Path) -> Blocks:
    found: dict[str, dict[str, npt.NDArray[Any]]] = {part: {} for part in _PARTS}
    with np.load(path) as file:
        for key in file.files:
            part, _, name = key.partition(" ")
            found[part][name] = file[key]
    return found


def main(given: str, made: str) -> None:
    """When the input ends, read a network from one file and write its blocks to another."""
    sys.stdin.read()
    _write(Path(made), Network(**_read(Path(given))).blocks())


if __name__ == "__main__":
    main(*sys.argv[1:])
