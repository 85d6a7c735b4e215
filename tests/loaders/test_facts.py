"""Facts of the five papers, read from the papers and asked of the graph: `<source>.yaml`.

An `ask` must be true; a `select` must give the `rows`, in any order, IRIs written with their prefix.
"""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.api import Graph
from kg.store.answers import Solutions

FOLDER = Path(__file__).parent
FACTS: list[tuple[str, dict[str, Any]]] = [
    (path.stem, fact) for path in sorted(FOLDER.glob("*.yaml")) for fact in yaml.safe_load(path.read_text("utf-8"))
]


def test_every_paper_has_enough_facts() -> None:
    """A filter left on by mistake would show here."""
    counted = Counter(source for source, _fact in FACTS)
    assert set(counted) == {"baoji-titanium", "industrial-clusters", "xianyang-tcm", "yijing-jingen", "qinba"}
    assert min(counted.values()) >= 25
    assert all(("ask" in fact) != ("select" in fact and "rows" in fact) for _source, fact in FACTS)


@pytest.mark.parametrize(("source", "fact"), FACTS, ids=[f"{s}-{i}" for i, (s, _f) in enumerate(FACTS)])
def test_fact_of_the_paper_is_in_the_graph(graph: Graph, source: str, fact: dict[str, Any]) -> None:
    assert fact["origin"], source
    told = f"{source}, {fact['origin']}: {fact['fact']}"
    if "ask" in fact:
        assert graph.sparql(fact["ask"]) is True, told
    else:
        found = graph.sparql(fact["select"])
        assert isinstance(found, Solutions), told
        rows = {tuple("" if cell is None else _shown(graph, cell) for cell in row) for row in found.rows}
        assert rows == {tuple(map(str, row)) for row in fact["rows"]}, told


def _shown(graph: Graph, cell: object) -> str:
    """A cell as the files write it: IRIs with their prefix, numbers without trailing zeros."""
    if isinstance(cell, Decimal):
        return f"{cell.normalize():f}"
    return graph.prefixes.shorten(str(cell))
