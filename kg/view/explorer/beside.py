"""The layout and the measures of a network in a process of their own, while the graph is being asked.

In a thread they would wait for one another: both are Python's work for half of the time.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.view.explorer.network import Network

Blocks = Mapping[str, Mapping[str, npt.NDArray[Any]]]

WORTH_IT = 1_000
"""With fewer nodes starting a process takes longer than the work."""

_PARTS = ("nodes", "edges")


def blocks_beside(network: Network) -> Callable[[], Blocks]:
    """Begin to make the blocks of a network, and give what waits for them."""
    if len(network) < WORTH_IT or (os.cpu_count() or 1) < 2:
        return network.blocks
    folder = tempfile.TemporaryDirectory()
    given, made = (Path(folder.name) / name for name in ("given.npz", "made.npz"))
    _write(given, {"nodes": network.nodes, "edges": network.edges})
    found = [str(Path(__file__).parents[3]), os.environ.get("PYTHONPATH", "")]
    process = subprocess.Popen(
        [sys.executable, "-m", __name__, str(given), str(made)],
        env={**os.environ, "PYTHONPATH": os.pathsep.join(path for path in found if path)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )

    def wait() -> Blocks:
        try:
            # Where no process can be had, it is done here.
            return _read(made) if process.wait() == 0 else network.blocks()
        finally:
            folder.cleanup()

    return wait


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
    """Read a network from one file and write its blocks to another."""
    _write(Path(made), Network(**_read(Path(given))).blocks())


if __name__ == "__main__":
    main(*sys.argv[1:])
