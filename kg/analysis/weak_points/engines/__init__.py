"""What computes the measures: networkx with numpy by default, igraph where it is installed; same numbers."""

from __future__ import annotations

import time
from collections.abc import Callable
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Protocol, cast

from kg.analysis.weak_points.arrays import Arrays
from kg.errors import BadParameter, MissingExtra

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]

ENGINES = ("auto", "networkx", "igraph")
WORTH_IT = 5_000_000
"""From this much work on, `auto` takes igraph; below it, importing igraph takes longer than it saves."""

TELL_EVERY = 2.0

Tell = Callable[[str], None]
"""Is told a step."""


class Engine(Protocol):
    """The heavy measures of a network of n nodes; every array has shape (n,), in the order of `Arrays.nodes`."""

    name: str

    def paths(self, network: Arrays, tell: Tell) -> tuple[Floats, Floats]:
        """Betweenness and harmonic closeness, both normalised to 0..1."""

    def pagerank(self, network: Arrays, damping: float) -> Floats:
        """PageRank, of sum 1; a node without a way out leads to all alike."""

    def constraint(self, ties: Arrays) -> Floats:
        """Burt's constraint on an undirected network; NaN for a node without neighbours."""

    def core(self, ties: Arrays) -> list[int]:
        """Core numbers on an undirected network."""

    def cut_points(self, ties: Arrays) -> set[int]:
        """Articulation points of an undirected network."""

    def bridges(self, ties: Arrays) -> set[tuple[int, int]]:
        """Bridges of an undirected network, the smaller number first."""


def engine(name: str = "auto", network: Arrays | None = None) -> Engine:
    """The engine of a name.

    Args:
        name: auto, networkx or igraph.
        network: what it is for: `auto` takes igraph where it is installed and the network is large.

    Raises:
        BadParameter: no such engine.
        MissingExtra: igraph is asked for and is not installed.
    """
    if name not in ENGINES:
        raise BadParameter(f"engine={name}: there is no such engine. Take {', '.join(ENGINES)}")
    there = name != "networkx" and find_spec("igraph") is not None
    if name == "igraph" and not there:
        raise MissingExtra("igraph is not installed. Run: pip install 'iis-kg[fast]', or take engine networkx")
    chosen = (
        "igraph" if there and (name == "igraph" or (network is not None and network.work > WORTH_IT)) else "networkx"
    )
    module = import_module(f"kg.analysis.weak_points.engines.{chosen}_engine")
    return cast(Engine, module.ENGINE)


def normalised(network: Arrays, between: Floats, near: Floats) -> tuple[Floats, Floats]:
    """Sums over ordered pairs as shares: betweenness of the (n-1)(n-2) pairs of others, closeness of the n-1 others."""
    size = len(network.nodes)
    return between / max(1, (size - 1) * (size - 2)), near / max(1, size - 1)


def paced(tell: Tell, what: str) -> Callable[[float], None]:
    """Takes the share of the work done, and tells it every two seconds, with the time left."""
    start = told = time.monotonic()

    def far(done: float) -> None:
        nonlocal told
        now = time.monotonic()
        if 0 < done < 1 and now - told >= TELL_EVERY:
            told = now
            tell(f"{what}: {done:.0%}, about {(now - start) * (1 - done) / done:.0f} s left")

    return far
