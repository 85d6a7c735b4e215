"""The map: what is drawn, how large, where, and what is said of what cannot be drawn.

Expected figures are of the papers; distances are great circles by the haversine formula; areas by hand.
"""

from __future__ import annotations

import json
import math
import re
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from kg.api import Graph
from kg.view.explorer.blocks import json_block, packed
from tests.browser.support import Explorer, faults, requests

HOSTILE = "<img src=x onerror=window.hurt=1> Invented, GS(0000)0000"
# Around Jingmen and Jingzhou, not Yichang; wound as d3-geo wants it, clockwise.
RECTANGLE = [[111.6, 30], [111.6, 31.5], [113, 31.5], [113, 30], [111.6, 30]]
BOXES = """
return [...document.querySelectorAll(arguments[0])].map((element) => {
  const { x, y, width, height } = element.getBoundingClientRect();
  return [element.textContent, x, y, width, height];
});"""


def wait_for_map(explorer: Explorer) -> None:
    """Until the picture is drawn."""
    explorer.find(".view-map svg.picture .ground")


def box(explorer: Explorer, key: str, part: str = ".dot") -> dict[str, float]:
    """Middle and width in pixels of the mark of a place, by the end of its IRI."""
    found: dict[str, float] = explorer.run(
        """const {app} = iisKg;
        const term = app.graph.number(app.graph.expand(`place:${arguments[0]}`));
        for (const element of document.querySelectorAll(".view-map .places .place")) {
          const dot = element.querySelector(arguments[1]);
          const {x, y, width, height} = dot.getBoundingClientRect();
          if (Number(element.dataset.term) === term) return {x: x + width / 2, y: y + height / 2, width};
        }
        return null;""",
        key,
        part,
    )
    assert found, key
    return found


def haversine(a: tuple[float, float], b: tuple[float, float]) -> float:
    """Kilometres between two points of latitude and longitude on a sphere of 6371.0088 km."""
    (p, q), (r, s) = (map(math.radians, a), map(math.radians, b))
    h = math.sin((r - p) / 2) ** 2 + math.cos(p) * math.cos(r) * math.sin((s - q) / 2) ** 2
    return 2 * 6371.0088 * math.asin(math.sqrt(h))


def test_marks_are_where_and_as_large_as_they_should_be(explorer: Explorer) -> None:
    explorer.open("view=map&measure=measure:patents@2021&at=111.285,30.714,9")
    wait_for_map(explorer)
    yichang, jingzhou = box(explorer, "yichang"), box(explorer, "jingzhou")
    # GeoNames: Yichang 30.71444 N 111.28472 E, Jingzhou 30.35028 N 112.19028 E: so many pixels by the bar.
    scale = explorer.find(".view-map .scale")
    pixels = float(scale.get_attribute("data-pixels")) / float(scale.get_attribute("data-kilometres"))
    far = haversine((30.71444, 111.28472), (30.35028, 112.19028)) * pixels
    assert math.dist((yichang["x"], yichang["y"]), (jingzhou["x"], jingzhou["y"])) == pytest.approx(far, rel=0.01)
    # 7,093 and 3,674 patents: areas in this proportion, so widths in that of their roots (lines are a pixel wide).
    ratio = (yichang["width"] - 1) / (jingzhou["width"] - 1)
    assert ratio == pytest.approx(math.sqrt(7093 / 3674), rel=0.05)
    assert len(explorer.all(".view-map .places .flagged")) == 4
    assert "(4)" in explorer.text(".view-map [data-legend=flagged]")
    # Xiangyang has no such figure: hollow, which the legend says is not nought.
    assert explorer.all(".view-map .places .empty") and "not zero" in explorer.text(".view-map .legend")
    assert "GeoNames" in explorer.text(".view-map .credit") and "WGS 84" in explorer.text(".view-map .credit")
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def test_names_groups_and_steps(explorer: Explorer) -> None:
    explorer.open("view=map")
    wait_for_map(explorer)
    boxes = explorer.run(BOXES, ".view-map .names text")
    assert len(boxes) > 20
    for i, (first, x, y, width, height) in enumerate(boxes):
        for other, x2, y2, width2, height2 in boxes[:i]:
            across = min(x + width, x2 + width2) - max(x, x2)
            down = min(y + height, y2 + height2) - max(y, y2)
            assert across <= 0 or down <= height / 3, (first, other)
    # Yijing paper: the agglomeration has four node cities, all within its outline, and is there: not dashed.
    group = """
      const place = iisKg.app.graph.number(iisKg.app.graph.expand("place:yijing-jingen"));
      const group = [...document.querySelectorAll(".view-map .group")].find((g) => Number(g.dataset.term) === place);
      const base = group.querySelector(".base");
      const inside = [...document.querySelectorAll(".view-map .places .place")].filter((each) => {
        const {x, y, width, height} = each.querySelector(".dot").getBBox();
        const point = base.ownerSVGElement.createSVGPoint();
        [point.x, point.y] = [x + width / 2, y + height / 2];
        return base.isPointInFill(point);
      }).map((each) => iisKg.app.graph.label(Number(each.dataset.term), "en"));
      return [inside.sort(), getComputedStyle(base).strokeDasharray];"""
    assert explorer.run(group) == [["Enshi", "Jingmen", "Jingzhou", "Yichang"], "none"]
    dashes = "return [...document.querySelectorAll(arguments[0])].map((e) => getComputedStyle(e).strokeDasharray)"
    assert "none" not in explorer.run(dashes, ".view-map .steps .proposed .line")
    assert set(explorer.run(dashes, ".view-map .steps .core:not(.proposed) .line")) == {"none"}
    # London is far from all others: it is said, and one click shows it.
    assert "London" in explorer.text(".view-map .outside")
    explorer.click(".view-map .outside button:last-child")
    explorer.wait(lambda: not explorer.all(".view-map .outside"))
    explorer.wait(lambda: "at=" in explorer.browser.current_url)
    # Zones are dashed, since the Qinba paper only recommends them.
    explorer.click(".view-map .zoom button:last-child")
    explorer.click(".view-map .layers input[value=zones]")
    explorer.wait(lambda: "layers=" in explorer.browser.current_url)
    assert explorer.all(".view-map .group.proposed")
    assert "none" not in explorer.run(dashes, ".view-map .group.proposed .base")
    explorer.click(".view-map .layers input[value=agglomerations]")
    explorer.click(".view-map .layers input[value=zones]")
    explorer.wait(lambda: not explorer.all(".view-map .group"))
    assert faults(explorer.browser) == []


def test_a_place_is_found_picked_and_left(explorer: Explorer) -> None:
    explorer.open("view=map&measure=industries")
    wait_for_map(explorer)
    field = explorer.find(".view-map input[type=search]")
    field.send_keys("宝鸡", Keys.ENTER)
    explorer.wait(lambda: "place=place%3Abaoji" in explorer.browser.current_url)
    assert explorer.run("return iisKg.app.params.node") == "place:baoji"
    told = explorer.text(".view-map .summary")
    # Baoji paper: a member of the Guanzhong-Tianshui cluster, with a high-tech zone.
    assert all(part in told for part in ("Baoji", "prefecture-level city", "Guanzhong-Tianshui", "High-tech Zone"))
    assert explorer.all(".view-map .place.selected")
    # The page counts passages in its own quads; the engine does so here.
    count = """SELECT (COUNT(DISTINCT ?g) AS ?n) { VALUES ?b { <https://w3id.org/iis-kg/id/place/baoji> }
      { GRAPH ?g { ?b ?p ?o } } UNION { GRAPH ?g { ?s ?p ?b } }
      GRAPH ?h { ?g a <https://w3id.org/iis-kg/ontology#Passage> } }"""
    found = explorer.promised(f"iisKg.app.engine.query({json.dumps(count)})")
    assert f"speak of it\n{found['rows'][0][0]['value']}" in told
    # A click on a mark picks it; one beside all marks leaves it.
    mark = box(explorer, "tianshui")
    ActionChains(explorer.browser).move_by_offset(int(mark["x"]), int(mark["y"])).click().perform()
    explorer.wait(lambda: "Tianshui" in explorer.text(".view-map .summary h2"))
    picture = explorer.find(".view-map svg.picture")
    before = explorer.run("return iisKg.app.params.at")
    picture.send_keys(Keys.ARROW_LEFT, "+")
    explorer.wait(lambda: explorer.run("return iisKg.app.params.at") != before)
    explorer.run("document.querySelector('.view-map .links button:last-child').click()")
    explorer.wait(lambda: not explorer.all(".view-map .summary section"))
    field = explorer.find(".view-map input[type=search]")
    field.clear()
    field.send_keys("no such place", Keys.ENTER)
    assert explorer.text(".view-map .found")
    assert faults(explorer.browser) == []


def test_the_table_has_all_places(explorer: Explorer, graph: Graph) -> None:
    explorer.open("view=map&as=table", language="zh")
    explorer.find(".view-map tbody tr")
    assert len(explorer.all(".view-map tbody tr")) == len(graph.ask("points-of-places"))
    heads = explorer.run("return [...document.querySelectorAll('.view-map thead th')].map((e) => e.textContent)")
    column = next(i for i, text in enumerate(heads) if text.startswith("专利"))
    explorer.run("document.querySelectorAll('.view-map thead button')[arguments[0]].click()", column)
    cells = explorer.run(
        "const rows = [...document.querySelectorAll('.view-map tbody tr')].slice(0, 5);"
        "return rows.map((row) => row.children[arguments[0]].textContent)",
        column,
    )
    assert [cell.split()[0] if cell else "" for cell in cells] == ["7,093", "3,674", "2,607", "762", ""]
    assert explorer.find(".view-map thead th[aria-sort=descending]")
    assert faults(explorer.browser) == []


def with_block(file: Path, folder: Path, name: str, value: Any) -> Path:
    """The explorer with a block put in, instead of the one of that name where there is one."""
    text = re.sub(f'<script type="text/plain" id="kg-{name}">[^<]*</script>', "", file.read_text(encoding="utf-8"))
    block = f'<script type="text/plain" id="kg-{name}">{packed(json_block(value))}</script>'
    path = folder / f"{name}.html"
    first = '<script type="text/plain" id="kg-meta">'
    path.write_text(text.replace(first, block + first), encoding="utf-8")
    return path


def test_boundaries_of_the_user_come_with_their_credit(browser: Any, explorer_file: Path, tmp_path: Path) -> None:
    geojson = {"type": "GeometryCollection", "geometries": [{"type": "Polygon", "coordinates": [RECTANGLE]}]}
    path = with_block(explorer_file, tmp_path, "boundaries", {"credit": HOSTILE, "geojson": geojson})
    explorer = Explorer(browser, path).open("view=map&at=111.8,30.8,5")
    wait_for_map(explorer)
    within = """
      const path = document.querySelector(".view-map .boundaries");
      const matrix = path.getCTM().inverse();
      return Object.fromEntries([...document.querySelectorAll(".view-map .places .place")].map((each) => {
        const {x, y, width, height} = each.querySelector(".dot").getBBox();
        const point = path.ownerSVGElement.createSVGPoint();
        [point.x, point.y] = [x + width / 2, y + height / 2];
        const name = iisKg.app.graph.label(Number(each.dataset.term), "en");
        return [name, path.isPointInFill(point.matrixTransform(matrix))];
      }));"""
    found = explorer.run(within)
    assert [found[name] for name in ("Jingmen", "Jingzhou", "Yichang", "Enshi")] == [True, True, False, False]
    credits = explorer.run("return [...document.querySelectorAll('.view-map .credit')].map((e) => e.firstChild.data)")
    assert f"Boundaries: {HOSTILE}" in credits
    # In print too; without the layer neither line nor credit.
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    explorer.run("dispatchEvent(new Event('beforeprint'))")
    shown = explorer.run(BOXES, ".view-map .credit, .view-map tbody tr:first-child")
    assert len(shown) == 3
    assert all(width > 0 and height > 0 for _text, _x, _y, width, height in shown)
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})
    explorer.click(".view-map .layers input[value=boundaries]")
    explorer.wait(lambda: not explorer.all(".view-map .boundaries"))
    assert len(explorer.all(".view-map .credit")) == 1
    assert explorer.run("return window.hurt === undefined && !document.querySelector('img')")
    assert faults(browser) == []


def test_a_graph_without_places_has_a_map_that_says_so(browser: Any, explorer_file: Path, tmp_path: Path) -> None:
    empty: dict[str, list[int]] = {key: [] for key in ("places", "industries", "states", "groups", "steps", "figures")}
    path = with_block(explorer_file, tmp_path, "map", empty)
    explorer = Explorer(browser, path).open("view=map&place=place:baoji&at=1e999,x,0&layers=no&measure=no", 390, 844)
    wait_for_map(explorer)
    assert explorer.all(".view-map .places .place") == []
    assert "no place" in explorer.text(".view-map .notes").lower()
    assert faults(browser) == []
