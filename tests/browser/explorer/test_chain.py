"""The chain view: the stages in their order, six states by mark and word, and what would close a gap."""

from __future__ import annotations

import re

import pytest

from kg.analysis.facts import Facts
from kg.analysis.gaps.analysis import GapReport, analyse
from kg.analysis.gaps.matrix import State
from kg.analysis.result import Scope
from kg.api import Graph
from tests.browser.support import Explorer, faults, requests
from tests.view.hostile import PAYLOADS

WORDS = {
    State.PRESENT: "present",
    State.SINGLE_PROVIDER: "one provider only",
    State.WEAK: "weak",
    State.PLANNED: "planned",
    State.SAID_MISSING: "said to be missing",
    State.NOT_RECORDED: "not recorded",
}
PLACED = "view=chain&chain=chain:tcm&place=place:xianyang"
BOXES = """return [...document.querySelectorAll('.box.in-spine')].map((box) =>
  [Math.round(box.querySelector('rect').getBBox().x), box.querySelector('title').textContent,
   box.querySelector('.mark')?.getAttribute('class') ?? ''])"""
SPILLS = """return [...document.querySelectorAll('.chain-picture .box')].filter((box) => {
  const frame = box.querySelector('rect').getBBox();
  return [...box.querySelectorAll('text.name, text.foot')].some((text) => {
    const own = text.getBBox();
    return own.x < frame.x || own.x + own.width > frame.x + frame.width + 1
      || own.y + own.height > frame.y + frame.height + 1;
  });
}).map((box) => box.querySelector('title').textContent)"""
OVERLAPS = """const boxes = [...document.querySelectorAll('.chain-picture .box > rect')].map((rect) => rect.getBBox());
return boxes.filter((a, i) => boxes.some((b, j) => i < j && a.x < b.x + b.width && b.x < a.x + a.width
  && a.y < b.y + b.height && b.y < a.y + a.height)).length"""


def opened(explorer: Explorer, fragment: str, **options: object) -> Explorer:
    explorer.open(fragment, **options)  # type: ignore[arg-type]
    explorer.find(".chain-picture")
    return explorer


def labelled(explorer: Explorer, name: str) -> str:
    """The name of a box and what is said of it at the place."""
    return str(explorer.find(f".box[data-name^='{name}']").accessible_name)


def texts(explorer: Explorer, selector: str) -> list[str]:
    """The texts of elements, also of those in folded lists."""
    return list(
        explorer.run("return [...document.querySelectorAll(arguments[0])].map((e) => e.textContent.trim())", selector)
    )


def test_the_titanium_chain_of_baoji(explorer: Explorer) -> None:
    """Baoji paper, 4.2: seven stages in one line; BaoTai alone mines ore; 4.3 and 6.1: the upstream."""
    opened(explorer, "view=chain&chain=chain:titanium&place=place:baoji")
    boxes = explorer.run(BOXES)
    assert [label.split(";")[0] for _, label, _ in sorted(boxes)] == [
        "Titanium ore mining",
        "Titanium sponge making",
        "Titanium ingot melting and forging of billets",
        "Titanium rolling and drawing",
        "Making of titanium materials of all kinds",
        "Titanium equipment manufacturing",
        "Titanium deep processing",
    ]
    assert boxes[0][1] == "Titanium ore mining; Stage 1; Baoji: one provider only"
    assert boxes[0][2] == "mark mark-single"
    assert explorer.run(OVERLAPS) == 0
    assert explorer.run(SPILLS) == []
    explorer.click(".box[data-name^='Titanium ore mining']")
    assert "stage=stage%3Atitanium-ore-mining" in explorer.browser.current_url
    side = explorer.text(".side")
    assert "The only provider recorded: BaoTai Group." in side
    assert "How severe the gap is: 0.6 of 1" in side
    assert "No control over upstream raw materials" in side
    said = " ".join(texts(explorer, ".side .sources li"))
    assert all(re.search(rf"\b{section}\b", said) for section in ("4.2", "4.3", "6.1"))
    assert explorer.run("return document.activeElement.id") == "chain-side-title"
    explorer.click(".side .close")
    assert "stage=" not in explorer.browser.current_url
    assert faults(explorer.browser) == []
    assert requests(explorer.browser) == []


def test_missing_and_not_recorded_are_kept_apart(explorer: Explorer) -> None:
    """Xianyang paper, IV.C: a platform for clinical trials is missing; of a patent agency no source speaks."""
    opened(explorer, PLACED)
    assert labelled(explorer, "Clinical trials").endswith("Xianyang: said to be missing")
    assert labelled(explorer, "Patent agency").endswith("Xianyang: not recorded")
    marks = [explorer.find(f".box[data-name^='{name}'] .mark") for name in ("Clinical trials", "Patent agency")]
    assert [mark.get_attribute("class") for mark in marks] == ["mark mark-missing", "mark mark-blank"]
    explorer.click(".box[data-name^='Patent agency']")
    side = explorer.text(".side")
    assert "No source in this graph speaks of it here. That is not the same as missing." in side
    assert "said to be missing" not in side
    assert "What would close it" not in side
    explorer.click(".box[data-name^='Clinical trials']")
    side = explorer.text(".side")
    assert "A source says that it is missing." in side
    assert "What would close it" in side
    assert "Build a public service platform for the cluster" in side
    assert texts(explorer, ".side .closing .proposed")[0] == "proposed"
    assert faults(explorer.browser) == []


def test_all_states_and_places_in_reach_are_those_of_the_analysis(explorer: Explorer, graph: Graph) -> None:
    """The second program is `kg gaps`; kilometres are by its haversine, rounded."""
    facts = Facts(graph.store, graph.project)
    at = graph.prefixes.mapping
    report = analyse(facts, Scope(places=(at["place"] + "xianyang",), chains=(at["chain"] + "tcm",))).detail
    assert isinstance(report, GapReport)
    opened(explorer, f"{PLACED}&table=yes")
    rows = explorer.run(
        "return [...document.querySelectorAll('.as-table tbody tr')].map((row) =>"
        " [row.querySelector('th').textContent, row.children[3].querySelector('.state').textContent])"
    )
    assert sorted(rows) == sorted([facts.label(node.node), WORDS[node.cell.state]] for node in report.nodes)
    reached = sorted((gap for gap in report.gaps if gap.reach), key=lambda gap: -len(gap.reach))[:4]
    assert reached
    for gap in reached:
        explorer.run("iisKg.app.go({ stage: iisKg.app.graph.curie(arguments[0]) })", gap.node.node)
        shown = texts(explorer, ".side .closing > .items > li, .side .closing > .rest > .items > li")
        for each in gap.reach:
            start = facts.label(each.place)
            distance = "no point recorded" if each.distance is None else f"{each.distance:,.0f} km"
            assert any(item.startswith(f"{start} {distance}") for item in shown), (start, distance)
    assert faults(explorer.browser) == []


def test_the_keyboard_reaches_and_picks_stages(explorer: Explorer) -> None:
    opened(explorer, PLACED)
    keys = (
        "const box = document.querySelector(`.box[data-name^='${arguments[0]}']`);"
        "box.focus();"
        "box.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[1], bubbles: true}));"
        "return document.activeElement.querySelector('title')?.textContent ?? document.activeElement.id"
    )
    assert explorer.run(keys, "Medicinal herb planting", "ArrowRight").startswith("TCM research and development")
    assert explorer.run(keys, "Medicinal herb planting", "Enter") == "chain-side-title"
    assert explorer.text(".side h2") == "Medicinal herb planting"
    assert explorer.find(".box.picked").get_attribute("aria-pressed") == "true"
    unnamed = explorer.run(
        "return [...document.querySelectorAll('main [role=button], main button, main select')].filter((e) =>"
        " !(e.getAttribute('aria-label') || e.textContent.trim() || e.labels?.length)).length"
    )
    assert unnamed == 0


def test_chains_are_drawn_whatever_their_order(explorer: Explorer) -> None:
    """Stages of one order are stacked; one without order stands before what it feeds; the IIS paper gives none."""
    opened(explorer, "view=chain&chain=chain:low-voltage-electrics")
    columns = sorted(x for x, _, _ in explorer.run(BOXES))
    assert [columns.count(x) for x in dict.fromkeys(columns)] == [6, 1]
    assert "place" in labelled(explorer, "Alloy materials")
    explorer.run("iisKg.app.go({ chain: 'chain:tcm' })")
    at = {label.split(";")[0]: x for x, label, _ in explorer.run(BOXES)}
    assert at["Extraction of Chinese medicines"] < at["Chinese patent medicine production"]
    assert "no order recorded" in labelled(explorer, "Extraction of Chinese medicines")
    assert explorer.run(OVERLAPS) == 0
    explorer.run("iisKg.app.go({ chain: 'chain:phosphorus-chemicals' })")
    assert all("no order recorded" in label for _, label, _ in explorer.run(BOXES))
    explorer.run("iisKg.app.go({ chain: 'chain:titanium-as-baotai' })")
    stated = texts(explorer, ".box.in-statement title")
    assert [each.split(";")[0] for each in stated][1] == "Smelting (BaoTai statement)"
    assert len(stated) == 4
    assert explorer.all(".line.stands")
    assert faults(explorer.browser) == []


def test_couplings_have_their_kinds_and_sources(explorer: Explorer) -> None:
    """IIS paper: the innovation chain drives the industry chain; that the latter drives it back is only possible."""
    opened(explorer, "view=chain&chain=chain:titanium&pair=x")
    titles = texts(explorer, ".line.couples > title")
    assert any("Innovation chain – drives → Industry chain" in title.split("\n") for title in titles)
    assert any("Industry chain – drives → Innovation chain (possible)" in title.split("\n") for title in titles)
    explorer.run(
        "document.querySelector('.chain-picture .line.couples').dispatchEvent(new MouseEvent('click', {bubbles: true}))"
    )
    assert explorer.text(".side h2") == "Couplings"
    assert "pair=" in explorer.browser.current_url
    assert texts(explorer, ".side .sources li")
    explorer.run("iisKg.app.go({ hide: 'couplings,needs', pair: null })")
    assert not explorer.all(".line.couples, .line.whole")
    assert faults(explorer.browser) == []


@pytest.mark.parametrize(("width", "height", "language"), [(390, 844, "zh"), (1440, 900, "zh"), (390, 844, "en")])
def test_it_fits_and_speaks_both_languages(explorer: Explorer, width: int, height: int, language: str) -> None:
    opened(
        explorer,
        f"{PLACED}&with=place:xian&stage=stage:clinical-trials",
        width=width,
        height=height,
        language=language,
    )
    assert explorer.run("return document.documentElement.scrollWidth <= innerWidth")
    assert explorer.run("const s = document.querySelector('.scroll'); return s.scrollWidth <= s.clientWidth + 15")
    assert explorer.run(SPILLS) == []
    assert explorer.run(OVERLAPS) == 0
    said = {
        "zh": "临床试验；咸阳市：指明缺失；西安市：未见记载",
        "en": "Clinical trials; Xianyang: said to be missing; Xi'an: not recorded",
    }
    assert said[language] in texts(explorer, ".box > title")
    assert len(explorer.all(".side .at-place")) == 2
    explorer.run("document.documentElement.dataset.theme = 'dark'")
    assert faults(explorer.browser) == []


def test_an_address_may_hold_anything(explorer: Explorer) -> None:
    opened(explorer, "view=chain")
    for payload in (*PAYLOADS, "place:nowhere", "\0"):
        explorer.run(
            "iisKg.app.go({ view: 'chain', chain: arguments[0], place: arguments[0], with: arguments[0],"
            " stage: arguments[0], stated: arguments[0], hide: arguments[0], pair: arguments[0] })",
            payload,
        )
        explorer.find(".chain-picture")
        notice = explorer.text(".view-chain .notice")
        assert notice.startswith("There is no chain")
    assert not explorer.all("main img, main script, main iframe")
    assert faults(explorer.browser) == []
