"""The page under axe-core: nothing serious or critical in any view, light and dark, in both languages."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
from functools import partial
from typing import Any, NoReturn

import pytest

from tests.browser.support import Explorer, faults
from tests.support import ROOT

WEB = ROOT / "kg/view/explorer/web"
AXE = WEB / "node_modules/axe-core/axe.min.js"
VIEWS = ("network", "chain", "map", "matrices", "findings", "query")
GRAVE = """
axe.run(document, { resultTypes: ["violations"] }).then(({ violations }) => violations
  .filter(({ impact }) => impact === "serious" || impact === "critical")
  .map(({ id, nodes }) => [id, ...nodes.slice(0, 5).map((each) => `${each.target} ${each.failureSummary}`)]))
"""
STATES = (
    ("view=chain&chain=chain:titanium&place=place:baoji&with=place:xian&stage=stage:patent-agency", ".side .closing"),
    ("view=chain&chain=chain:titanium-as-baotai&table=yes", ".as-table tbody td"),
    ("view=matrices&chain=chain:tcm&row=stage:clinical-trials&column=place:xianyang", ".facts-panel h3"),
    (
        "view=matrices&matrix=overlap&group=place:yijing-jingen&row=place:yichang&column=place:jingzhou",
        ".facts-panel h3",
    ),
    ("view=matrices&matrix=fields&place=place:jingzhou", ".matrix"),
    ("view=findings&place=place:xianyang&kind=gap-finding", ".item.open .parts"),
    ("view=query&query=gaps-in-place&place=place:xianyang", ".result-table tbody td"),
    ("view=query&query=gaps-in-place&place=place:xianyang#graph", ".result-graph .node"),
    ("view=map&place=place:yijing-jingen", ".side h2"),
    ("view=map&as=table", "table tbody td"),
    ("view=network&show=table", ".things tbody td"),
    ("view=network&show=summary", ".summary .head"),
    ("view=network&from=place:baoji&to=place:yichang", ".path:not([hidden])"),
    ("view=network&node=place:baoji", ".details .findings"),
)
"""Addresses with something open, and what is there when it is."""
PRESSED = {
    ".item.open .parts": ".list .line",
    ".result-table tbody td": ".ask",
    ".result-graph .node": "[data-way=graph]",
}
OPENED = """
for (const each of document.querySelectorAll("main details, .details details")) each.open = true;
for (const more of document.querySelectorAll("main .more:not([hidden]), .details .more:not([hidden])")) more.click();
"""
PRESS = """
if (!document.querySelector(arguments[1])) document.querySelector(arguments[0])?.click();
return document.querySelector(arguments[1]) !== null;
"""
WORDS = "return [...arguments[0].querySelectorAll('text.name tspan')].map((each) => each.textContent)"
REACHABLE = """
const all = [...document.querySelectorAll("button, a[href], input, select, textarea, summary, [tabindex]")];
const seen = all.filter((each) => each.checkVisibility() && !each.disabled && each.tabIndex >= 0);
return [seen.length, seen.filter((each) => each.tabIndex > 0).length];
"""


def absent(why: str) -> NoReturn:
    if os.environ.get("CI"):
        pytest.fail(why)
    pytest.skip(why)


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker; it is installed where it is absent. Without npm the test is skipped, or fails where CI is set."""
    if not AXE.is_file():
        npm = shutil.which("npm")
        if npm is None:
            absent(f"axe-core is missing: install npm, then run npm ci in {WEB.relative_to(ROOT)}")
        done = subprocess.run([npm, "ci"], cwd=WEB, capture_output=True, text=True, check=False)
        if done.returncode:
            absent(f"npm ci failed in {WEB.relative_to(ROOT)}: {done.stderr[-400:]}")
    return AXE.read_text(encoding="utf-8")


def grave(explorer: Explorer, axe: str) -> Any:
    """What the checker finds serious or critical."""
    if not explorer.run("return Boolean(window.axe)"):
        explorer.run(axe + "; window.axe = axe")
    return explorer.promised(GRAVE)


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_nothing_grave_in_a_view(explorer: Explorer, axe: str, view: str, language: str) -> None:
    """With the details of a thing beside it, in light and dark, wide and on a telephone."""
    explorer.open(f"view={view}&node=observation:qinba-area-as-printed", language=language)
    explorer.find(".details .row")
    for theme in ("light", "dark"):
        explorer.run(
            "document.documentElement.dataset.theme = arguments[0]; iisKg.app.emit('theme', arguments[0])", theme
        )
        found = grave(explorer, axe)
        assert found == [], f"{theme}: {json.dumps(found, indent=1, ensure_ascii=False)}"
    seen, jumping = explorer.run(REACHABLE)
    assert seen > 5 and jumping == 0
    assert faults(explorer.browser) == []


def test_nothing_grave_on_a_telephone_and_with_an_edge(explorer: Explorer, axe: str) -> None:
    explorer.open("view=network&edge=actor:baotai-group|iis:performs|stage:titanium-sponge", width=390, height=844)
    explorer.find(".details .row")
    assert grave(explorer, axe) == []
    for view in VIEWS:
        explorer.run("iisKg.app.go({ view: arguments[0], edge: null, node: 'place:baoji' })", view)
        explorer.find(".details .findings")
        assert grave(explorer, axe) == [], view


@pytest.mark.parametrize(("language", "theme", "width"), [("en", "light", 1440), ("zh", "dark", 390)])
def test_nothing_grave_where_something_is_open(
    explorer: Explorer, axe: str, language: str, theme: str, width: int
) -> None:
    explorer.open("view=findings", language=language, width=width)
    explorer.run("document.documentElement.dataset.theme = arguments[0]", theme)
    explorer.browser.set_script_timeout(120)  # The checker reads some 5,000 elements, on a slow machine in over 30 s.
    told = {}
    for address, there in STATES:
        explorer.run("location.hash = arguments[0]", f"{address.partition('#')[0]}&lang={language}")
        if there in PRESSED:
            explorer.wait(partial(explorer.run, PRESS, PRESSED[there], there))
        explorer.find(there)
        explorer.run(OPENED)
        if found := grave(explorer, axe):
            told[address] = found
    assert told == {}, json.dumps(told, indent=1, ensure_ascii=False)
    assert faults(explorer.browser) == []


@pytest.mark.parametrize("language", ["en", "zh"])
def test_buttons_of_a_chain_are_named_by_the_words_on_them(explorer: Explorer, language: str) -> None:
    """Who speaks to the page says what stands on a button: its name begins so, though the picture cuts and parts it."""
    explorer.open("view=chain&chain=chain:titanium&place=place:baoji", language=language)
    explorer.find(".chain-picture .box")
    for box in explorer.all(".chain-picture .box")[:12]:
        words = re.sub(r"[\s…]", "", "".join(explorer.run(WORDS, box)))
        assert words and re.sub(r"\s", "", box.accessible_name).startswith(words), box.accessible_name


def test_every_text_is_there_in_both_languages(explorer: Explorer) -> None:
    explorer.open("view=findings")
    english, chinese = explorer.run("const { en, zh } = iisKg.app.texts; return [en, zh]")
    assert sorted(english) == sorted(chinese)
    holes = re.compile(r"\{(\w+)\}")
    assert {key for key in english if set(holes.findall(english[key])) != set(holes.findall(chinese[key]))} == set()
    assert [key for key in english if english[key].strip() and not chinese[key].strip()] == []


def test_the_checker_finds_what_is_wrong(explorer: Explorer, axe: str) -> None:
    """A button without a name and pale text are found, so that the tests above can fail."""
    explorer.open("view=findings")
    explorer.run(
        "const b = document.createElement('button'); const p = document.createElement('p');"
        "p.textContent = 'pale'; p.style.cssText = 'color: #ccc; background: #fff';"
        "document.querySelector('main').append(b, p)"
    )
    assert {"button-name", "color-contrast"} <= {rule for rule, *_ in grave(explorer, axe)}
