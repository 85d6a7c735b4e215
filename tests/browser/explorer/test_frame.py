"""The frame of the explorer: it opens, is quiet, asks nothing of the network, and answers."""

from __future__ import annotations

import pytest

from kg.api import Graph
from tests.browser.support import Explorer, faults, requests

VIEWS = ("network", "chain", "map", "matrices", "findings", "query")


@pytest.mark.parametrize("view", VIEWS)
def test_a_view_opens_without_an_error_or_a_request(explorer: Explorer, view: str) -> None:
    explorer.open(f"view={view}")
    assert explorer.find("main").get_attribute("data-view") == view
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def test_the_engine_holds_all_quads(explorer: Explorer, graph: Graph) -> None:
    explorer.open()
    found = explorer.promised("iisKg.app.engine.query('SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }')")
    assert int(found["rows"][0][0]["value"]) == len(graph.store)


def test_the_language_is_switched_in_place(explorer: Explorer) -> None:
    explorer.open("view=query")
    explorer.click("button.language")
    assert explorer.run("return document.documentElement.lang") == "zh-CN"
    assert explorer.text("nav a[aria-current]") == "查询"
