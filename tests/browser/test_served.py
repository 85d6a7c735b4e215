"""Pages that the server makes, in Chromium: they fit screens of any width, and lead from a fact to its source."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from tests.browser.support import faults, resize
from tests.serve.support import serving

PAGES = (
    "/id/place/baoji",
    "/source/reference",
    "/source/baoji-titanium",
    "/source/baoji-titanium?passage=founded-in-1965",
    "/derived/placement",
    "/queries",
    "/queries/stage-states?place=xianyang",
    "/queries/stage-states?place=xianyang&lang=zh",
    "/ontology",
)


@pytest.fixture(scope="module")
def address(graph: Graph, store_folder: Path) -> Iterator[str]:  # noqa: ARG001
    with serving(store_folder) as server:
        yield server.url


@pytest.mark.parametrize("width", [390, 1280])
def test_they_fit_the_screen(browser: Any, address: str, width: int) -> None:
    resize(browser, width)
    browser.get_log("browser")
    for path in PAGES:
        browser.get(f"{address}{path}")
        root = "document.documentElement"
        assert browser.execute_script(f"return {root}.scrollWidth <= {root}.clientWidth"), path
        cut = "return [...document.querySelectorAll('.scroll')].some(e => e.scrollWidth > e.clientWidth)"
        assert not browser.execute_script(cut), path
    assert faults(browser) == []


def test_a_fact_leads_to_its_passage_and_that_to_its_source(browser: Any, address: str) -> None:
    """The Baoji paper, 4.2: BaoTai Group was founded in 1965."""
    resize(browser, 900)
    browser.get(f"{address}/id/event/baotai-founded?lang=en")
    browser.find_element("partial link text", "baoji-titanium, 4.2").click()
    row = browser.find_element("css selector", "tr:target")
    assert "founded in 1965" in row.text
    row.find_element("css selector", "a").click()
    assert "4.2" in browser.find_element("css selector", "h1").text
    browser.find_element("partial link text", "Titanium industry in Baoji").click()
    assert "founded in 1965" in browser.find_element("css selector", "tr:target").text
