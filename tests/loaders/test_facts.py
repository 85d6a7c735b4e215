"""Facts of the five papers, read from the papers and asked of the graph: `<source>.yaml`, one ASK each."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.api import Graph

FOLDER = Path(__file__).parent
FACTS: list[tuple[str, dict[str, Any]]] = [
    (path.stem, fact) for path in sorted(FOLDER.glob("*.yaml")) for fact in yaml.safe_load(path.read_text("utf-8"))
]


def test_every_paper_has_enough_facts() -> None:
    """A filter left on by mistake would show here."""
    counted = Counter(source for source, _fact in FACTS)
    assert set(counted) == {"baoji-titanium", "industrial-clusters", "xianyang-tcm", "yijing-jingen", "qinba"}
    assert min(counted.values()) >= 25


@pytest.mark.parametrize(("source", "fact"), FACTS, ids=[f"{s}-{i}" for i, (s, _f) in enumerate(FACTS)])
def test_fact_of_the_paper_is_in_the_graph(graph: Graph, source: str, fact: dict[str, Any]) -> None:
    assert fact["origin"], source
    assert graph.sparql(fact["ask"]) is True, f"{source}, {fact['origin']}: {fact['fact']}"
