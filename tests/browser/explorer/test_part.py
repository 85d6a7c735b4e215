"""A file that holds a part of the graph: it says so in both languages, and opens where it was told to."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from kg.view.explorer import Settings
from tests.browser.support import Explorer, faults, requests


@pytest.fixture(scope="module")
def part_file(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The titanium chain, opened on Baoji."""
    path = tmp_path_factory.mktemp("part") / "titanium.html"
    settings = Settings(title="Titanium <b>only</b>", language="zh")
    graph.write_explorer(path, "baoji", chain="titanium", settings=settings)
    return path


def test_a_part_says_what_it_is_and_opens_on_its_thing(browser: Any, part_file: Path) -> None:
    page = Explorer(browser, part_file)
    page.open()
    foot = page.text("footer .holds")
    assert foot.startswith("This file holds part of a graph – chains Titanium industry chain: ")
    assert foot.endswith("Whoever has the file has these data. What is not in it may be recorded elsewhere.")
    page.click("button.language")
    assert "只包含图谱的一部分（产业链：钛产业链）" in page.text("footer .holds")
    assert page.text("h1") == "Titanium <b>only</b>"
    browser.get("about:blank")
    browser.get(part_file.as_uri())
    page.wait(lambda: page.run("return window.iisKg && iisKg.app.engine.state") == "ready")
    assert page.run("return [iisKg.app.params.view, iisKg.app.params.node, iisKg.app.language]") == [
        "network",
        "place:baoji",
        "zh",
    ]
    assert requests(browser) == []
    assert faults(browser) == []
