"""Run all benchmarks side by side and print each as a ratio to its limit or peer."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.measures import against_plain_numpy, whole_measures
from benchmarks.networks import against_networkx
from benchmarks.timing import timed

ROUNDS = 5


def median(action: Callable[[], object], rounds: int = ROUNDS) -> float:
    """Median wall time of an action in seconds."""
    return statistics.median(timed(action) for _ in range(rounds))


def command(*words: str) -> Callable[[], object]:
    """The command as typed, in a process of its own."""
    kg = str(Path(sys.executable).parent / "kg")
    return lambda: subprocess.run([kg, *words], check=True, capture_output=True)


def line(name: str, seconds: float, limit: float, what: str) -> None:
    """Print a time beside its limit."""
    print(f"{name:<44} {seconds:8.3f} s   {seconds / limit:5.2f} of the limit   ({what})")


def against_engine(store: str) -> None:
    """Each question through kg.ask and through pyoxigraph alone, on the same store, alternating."""
    import pyoxigraph

    import kg

    graph = kg.open(store)
    engine = graph.embedded.engine
    ratios = []
    for name, query in graph.queries.items():
        text = query.text
        ours, alone = [], []
        for _ in range(ROUNDS):
            start = time.perf_counter()
            graph.store.select(text)
            ours.append(time.perf_counter() - start)
            start = time.perf_counter()
            answer = engine.query(text, use_default_graph_as_union=True)
            assert isinstance(answer, pyoxigraph.QuerySolutions)
            [list(solution) for solution in answer]
            alone.append(time.perf_counter() - start)
        ratios.append((statistics.median(ours) / statistics.median(alone), statistics.median(ours), name))
    total = sum(r[1] for r in ratios)
    peer = sum(r[1] / r[0] for r in ratios)
    print(
        f"{'all questions against pyoxigraph alone':<44} {total:8.3f} s   "
        f"{total / peer:5.2f} times the peer  (limit 1.3)"
    )
    worst = max(ratios)
    print(
        f"{'the same, worst of ' + str(len(ratios)):<44} {worst[1]:8.3f} s   "
        f"{worst[0]:5.2f} times the peer  ({worst[2]})"
    )
    slowest = max(ratios, key=lambda r: r[1])
    print(f"{'slowest question':<44} {slowest[1]:8.3f} s{'':<26}({slowest[2]})")


def main() -> None:
    """Run everything; about three minutes on two cores."""
    with tempfile.TemporaryDirectory() as scratch:
        store = str(Path(scratch) / "graph")
        line("kg --help", median(command("--help")), 0.3, "0.3 s")
        line("kg build, five papers", median(command("build", "--store", store), 3), 10, "10 s")
        line(
            "kg ask stages-in-order chain=titanium",
            median(command("ask", "stages-in-order", "chain=titanium", "--store", store)),
            1,
            "1 s",
        )
        against_engine(store)
    against_networkx()
    against_plain_numpy()
    whole_measures()


if __name__ == "__main__":
    main()
