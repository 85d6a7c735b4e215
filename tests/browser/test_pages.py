"""The pages in Chromium, offline, from file://: what they load, run, show, and how they fit a small screen."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import networkx as nx
import pytest

from kg.api import Graph
from kg.view.neighbourhood import page, write_neighbourhood
from kg.view.report import render, write_report
from tests.browser.support import faults, requests, resize
from tests.view.hostile import PAYLOADS
from tests.view.test_report import report

SECTIONS = ("findings", "gaps", "overlap", "centrality", "issues", "sources")

OVERLAPS = """
const worst = [];
for (const svg of document.querySelectorAll("figure svg")) {
  const boxes = [...svg.querySelectorAll("text")].filter(t => t.textContent.trim()).map(t => {
    const m = t.getCTM(), b = t.getBBox(), turn = Math.round(Math.atan2(m.b, m.a) * 180 / Math.PI);
    const angle = -turn * Math.PI / 180, cos = Math.cos(angle), sin = Math.sin(angle);
    const corner = (x, y) => {
      const p = new DOMPoint(x, y).matrixTransform(m);
      return [p.x * cos - p.y * sin, p.x * sin + p.y * cos];
    };
    const [x1, y1] = corner(b.x, b.y), [x2, y2] = corner(b.x + b.width, b.y + b.height);
    return { text: t.textContent, turn, x1, y1, x2, y2, area: (x2 - x1) * (y2 - y1) };
  });
  for (let i = 0; i < boxes.length; i++) for (let j = i + 1; j < boxes.length; j++) {
    const a = boxes[i], b = boxes[j];
    if (a.turn !== b.turn) continue;
    const w = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1), h = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
    if (w > 0 && h > 0 && w * h > 0.25 * Math.min(a.area, b.area)) worst.push([a.text, b.text]);
  }
}
return worst;
"""
OUTSIDE = """
const cut = [];
for (const svg of document.querySelectorAll("figure svg")) {
  const frame = svg.getBoundingClientRect();
  for (const t of svg.querySelectorAll("text")) {
    const r = t.getBoundingClientRect();
    const out = r.left < frame.left - 1 || r.right > frame.right + 1 || r.top < frame.top - 1;
    if (r.width && out) cut.push(t.textContent);
  }
}
return cut;
"""


@pytest.fixture(scope="module")
def pages(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The report of the papers and the neighbourhood of a city."""
    folder = tmp_path_factory.mktemp("pages")
    write_report(graph.store, graph.project, folder / "report.html")
    city = graph.lookup.thing("Baoji", ("place",))
    write_neighbourhood(graph.store, graph.project, city, folder / "city.html")
    return {"report": folder / "report.html", "city": folder / "city.html"}


def open_page(browser: Any, path: Path, width: int = 1280) -> None:
    browser.get_log("performance")
    browser.get_log("browser")
    resize(browser, width)
    browser.get(path.as_uri())
    time.sleep(0.5)


@pytest.mark.parametrize("name", ["report", "city"])
def test_page_asks_the_network_for_nothing(browser: Any, pages: dict[str, Path], name: str) -> None:
    open_page(browser, pages[name])
    assert requests(browser) == []
    assert faults(browser) == []


def test_sections_of_the_report_are_visible(browser: Any, pages: dict[str, Path]) -> None:
    open_page(browser, pages["report"])
    for section in SECTIONS:
        assert browser.find_element("id", section).is_displayed(), section
    assert all(svg.is_displayed() for svg in browser.find_elements("css selector", "figure svg"))


def test_passages_open_without_script(browser: Any, pages: dict[str, Path]) -> None:
    open_page(browser, pages["report"])
    details = browser.find_element("css selector", "#findings details.passages")
    entry = details.find_element("tag name", "li")
    assert not entry.is_displayed()
    details.find_element("tag name", "summary").click()
    assert entry.is_displayed()
    assert "section" in entry.text


@pytest.mark.parametrize("width", [400, 768, 1280])
@pytest.mark.parametrize("name", ["report", "city"])
def test_page_fits_the_screen(browser: Any, pages: dict[str, Path], name: str, width: int) -> None:
    open_page(browser, pages[name], width)
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_labels_of_pictures_neither_cover_one_another_nor_are_cut(browser: Any, pages: dict[str, Path]) -> None:
    open_page(browser, pages["report"])
    assert browser.execute_script(OVERLAPS) == []
    assert browser.execute_script(OUTSIDE) == []


def test_city_is_drawn(browser: Any, pages: dict[str, Path]) -> None:
    """The canvas holds more than white, and the thing itself stands near its middle."""
    open_page(browser, pages["city"])
    colours = browser.execute_script(
        "const c = document.querySelector('canvas'), d = c.getContext('2d').getImageData(0, 0, c.width, c.height).data;"
        "const seen = new Set();"
        "for (let i = 0; i < d.length; i += 4) seen.add((d[i] << 16) | (d[i + 1] << 8) | d[i + 2]);"
        "return seen.size"
    )
    assert colours > 50
    place = browser.execute_script(
        "const id = data.nodes.find(n => n.title && n.title.startsWith('Baoji\\n')).id;"
        "const p = network.canvasToDOM(network.getPositions([id])[id]), c = document.querySelector('canvas');"
        "return [p.x / c.clientWidth, p.y / c.clientHeight]"
    )
    assert place == pytest.approx([0.5, 0.5], abs=0.15)


def test_pointing_at_a_thing_tells_what_it_is(browser: Any, pages: dict[str, Path]) -> None:
    open_page(browser, pages["city"])
    assert tooltip(browser, "n => n.title && n.title.startsWith('Baoji\\n')").startswith("Baoji\nplace\n")


def tooltip(browser: Any, which: str) -> str:
    """Text of the tooltip once the mouse stands on the first node of that kind."""
    from selenium.webdriver import ActionChains

    x, y = browser.execute_script(
        f"const id = data.nodes.find({which}).id, p = network.canvasToDOM(network.getPositions([id])[id]);"
        "const r = document.querySelector('canvas').getBoundingClientRect(); return [r.left + p.x, r.top + p.y]"
    )
    actions = ActionChains(browser)
    actions.w3c_actions.pointer_action.move_to_location(round(x) - 3, round(y))
    actions.w3c_actions.pointer_action.move_to_location(round(x), round(y))
    actions.perform()
    time.sleep(0.6)
    found = browser.find_element("css selector", "div.vis-tooltip")
    assert (
        browser.execute_script(
            "return arguments[0].children.length - arguments[0].querySelectorAll('br').length", found
        )
        == 0
    )
    return str(found.text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_of_the_data_do_not_run(browser: Any, tmp_path: Path, payload: str) -> None:
    """Reliability T8: no dialog, no request, no element of theirs, on the report and under the mouse."""
    from selenium.common.exceptions import NoAlertPresentException

    hostile: nx.DiGraph[str] = nx.DiGraph()
    hostile.add_node(payload, **{"label": payload, "class": payload, "steps": 0})
    hostile.add_node("other", **{"label": payload, "class": "place", "steps": 1})
    hostile.add_edge(payload, "other", relation=payload)
    (tmp_path / "report.html").write_text(render(report(payload)), encoding="utf-8")
    (tmp_path / "view.html").write_text(page(hostile, payload), encoding="utf-8")
    for name in ("report", "view"):
        open_page(browser, tmp_path / f"{name}.html")
        if name == "view":
            assert tooltip(browser, "n => n.title").startswith(payload.split("\n")[0][:10])
        with pytest.raises(NoAlertPresentException):
            browser.switch_to.alert.text  # noqa: B018
        assert (
            browser.execute_script(
                "return document.querySelectorAll('img, iframe, [onerror], [onload], [onclick]').length"
            )
            == 0
        )
        assert requests(browser) == []
        assert faults(browser) == []
