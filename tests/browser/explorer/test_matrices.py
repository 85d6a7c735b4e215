"""The view of matrices: its marks, its facts with passages, its keys, and its numbers as the analyses give them."""

from __future__ import annotations

import csv
import io
from itertools import combinations
from typing import Any

from kg.analysis.overlap.analysis import analyse
from kg.analysis.result import Scope
from kg.api import Graph
from tests.browser.support import Explorer, faults, requests

_DOWNLOADS = """
  window.taken = [];
  URL.createObjectURL = (blob) => { blob.text().then((text) => taken.push(text)); return "#taken"; };
  HTMLAnchorElement.prototype.click = function () { this.removeAttribute("href"); };
"""


def params(explorer: Explorer) -> dict[str, Any]:
    return dict(explorer.run("return iisKg.app.params"))


def press(explorer: Explorer, *keys: str) -> None:
    """Press keys on what has the focus."""
    for key in keys:
        explorer.run(
            "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', {key: arguments[0], bubbles: true}))",
            key,
        )


def test_a_cell_of_gaps_shows_what_the_paper_says_and_where(explorer: Explorer) -> None:
    """The Xianyang paper, IV.C: platforms such as clinical trials are lacking; V.A recommends testing."""
    explorer.open("view=matrices&matrix=gaps&chain=chain:tcm&row=stage:clinical-trials&column=place:xianyang")
    assert explorer.text(".facts-panel .state").startswith("said to be missing")
    assert "clinical trials" in explorer.text(".facts-panel .cites .anchor")
    assert "IV.C" in explorer.text(".facts-panel .cites")
    picked = explorer.find("td.picked")
    assert picked.get_attribute("aria-label") == "Clinical trials × Xianyang: said to be missing"
    assert explorer.all("td.picked .mark-missing")

    explorer.run("iisKg.app.go({row: 'stage:analysis-and-testing'})")
    assert explorer.all("td.picked .mark-missing.several"), "planned as well, which the notch says"
    assert explorer.all(".facts-panel .facts .mark-planned")

    explorer.click(".facts-panel .cites .source button")
    assert params(explorer)["node"].startswith("source:")
    assert params(explorer)["row"] == "stage:analysis-and-testing", "the cell stays open"
    explorer.click(".facts-panel .close")
    assert not {"row", "column"} & params(explorer).keys()
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def test_what_is_not_recorded_is_never_shown_as_missing(explorer: Explorer) -> None:
    """No paper speaks of patent agencies in Baoji."""
    explorer.open("view=matrices&chain=chain:titanium&all=1&row=stage:patent-agency&column=place:baoji")
    assert "not the same as missing" in explorer.text(".facts-panel .world")
    assert explorer.all("td.picked .mark-none")
    assert not explorer.all("td.picked .mark-missing")
    blank = explorer.run(
        "return [...document.querySelectorAll('td')].filter((td) => td.querySelector('.mark-none'))"
        ".every((td) => td.getAttribute('aria-label').endsWith(': not recorded'))"
    )
    assert blank


def test_the_table_is_walked_with_keys(explorer: Explorer) -> None:
    explorer.open("view=matrices&chain=chain:titanium")
    explorer.find("table.grid")
    assert explorer.run("return document.querySelectorAll('table.grid [tabindex=\"0\"]').length") == 1
    explorer.run("document.querySelector('table.grid [tabindex=\"0\"]').focus()")
    names = "return [...document.querySelectorAll('tbody th')].map((th) => th.textContent)"
    columns = "return [...document.querySelectorAll('thead th')].slice(1).map((th) => th.textContent)"
    rows, places = explorer.run(names), explorer.run(columns)
    press(explorer, "ArrowDown", "ArrowDown", "ArrowRight")
    label = explorer.run("return document.activeElement.getAttribute('aria-label')")
    assert label.startswith(f"{rows[2]} × {places[1]}: ")
    press(explorer, "Enter")
    assert explorer.text(".facts-panel h2") == f"{rows[2]} × {places[1]}"
    press(explorer, "Home", "Enter")
    assert explorer.run("return iisKg.app.label(iisKg.app.selected)") == rows[2], "a name shows its details"
    press(explorer, "End", "ArrowRight", "PageDown", "ArrowDown", "ArrowUp")
    assert explorer.run("return document.querySelectorAll('table.grid [tabindex=\"0\"]').length") == 1
    assert faults(explorer.browser) == []


def test_filters_orders_and_the_legend_change_the_table(explorer: Explorer) -> None:
    explorer.open("view=matrices&chain=chain:tcm&order=name")
    explorer.find("table.grid")
    names = "return [...document.querySelectorAll('tbody th')].map((th) => th.textContent)"
    rows = explorer.run(names)
    assert rows == explorer.run("return [...arguments[0]].sort((a, b) => a.localeCompare(b, 'en'))", rows)
    explorer.find("input[name=rows]").send_keys("临床")  # the name in the other language finds it too
    explorer.wait(lambda: explorer.run(names) == ["Clinical trials"])
    assert params(explorer)["rows"] == "临床"
    explorer.run("iisKg.app.go({rows: null, state: 'missing'})")
    bright = "return [...document.querySelectorAll('td:not(.dim) .mark')].every((m) => m.matches('.mark-missing'))"
    assert explorer.wait(lambda: explorer.all("td.dim")) and explorer.run(bright)
    assert explorer.all(".legend button[aria-pressed=true] .mark-missing")
    explorer.run("iisKg.app.go({state: null, rows: 'no such name'})")
    assert "No row or column" in explorer.text(".view-matrices .nothing")
    assert faults(explorer.browser) == []


def test_overlap_gives_the_numbers_of_the_analysis(explorer: Explorer, graph: Graph) -> None:
    """`kg overlap` is the second program; the table is symmetric and its diagonal blank."""
    explorer.open("view=matrices&matrix=overlap&aspect=industry&group=place:yijing-jingen&all=1")
    explorer.find("table.grid")
    shown = explorer.run(
        "const names = [...document.querySelectorAll('tbody th')].map((th) => th.textContent);"
        "return [...document.querySelectorAll('tbody tr')].map((tr, r) => "
        "[names[r], [...tr.querySelectorAll('td')].map((td, c) => [names[c], td.textContent])])"
    )
    values = {(row, column): text for row, cells in shown for column, text in cells}
    keys = ("yichang", "jingzhou", "jingmen", "enshi")
    iris = {graph.facts.label(iri): iri for iri in (graph.prefixes.mapping["place"] + key for key in keys)}
    named = [name for name in iris if (name, name) in values]
    assert len(named) > 1
    found = analyse(graph.facts, Scope(tuple(iris[name] for name in named)), aspect="industry").detail
    told = {frozenset((s.overlap.first, s.overlap.second)): s.overlap.jaccard for s in found.shared}
    for a, b in combinations(named, 2):
        assert float(values[a, b]) == round(told.get(frozenset((iris[a], iris[b])), 0.0), 2)
        assert values[a, b] == values[b, a]
    assert all(values[name, name] == "" for name in named)
    assert faults(explorer.browser) == []


def test_fields_by_industries_say_who_teaches_near_what(explorer: Explorer) -> None:
    """The IIS paper has Jingzhou's schools teach new energy vehicles; the matrix of Luoyang has it elsewhere only."""
    cell = "row=industry:new-energy-vehicles&column=field:new-energy-vehicles"
    explorer.open(f"view=matrices&matrix=fields&place=place:jingzhou&{cell}")
    assert explorer.all("td.picked .mark-taught")
    assert "Jingzhou" in explorer.text(".facts-panel")
    explorer.run("iisKg.app.go({place: 'place:luoyang'})")
    assert explorer.all("td.picked .mark-elsewhere")
    assert faults(explorer.browser) == []


def test_a_matrix_is_taken_away_as_csv_and_switches_its_language(explorer: Explorer) -> None:
    explorer.open("view=matrices&chain=chain:titanium")
    explorer.find("table.grid")
    explorer.run(_DOWNLOADS)
    explorer.click(".view-matrices .csv")
    (text,) = explorer.wait(lambda: explorer.run("return taken.length ? taken : null"))
    head, *lines = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    (line,) = [line for line in lines if line[1].endswith("/stage/titanium-rolling")]
    assert line[head.index("Baoji")] == "present"  # the Baoji paper, 4.2
    assert len(lines) == explorer.run("return document.querySelectorAll('tbody tr').length")
    explorer.click("button.language")
    assert explorer.text(".view-matrices .kinds button[aria-pressed=true]") == "缺环"
    assert "宝鸡市" in explorer.text("thead")
    assert faults(explorer.browser) == []


def test_bad_addresses_do_no_harm(explorer: Explorer) -> None:
    hostile = "%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E"
    explorer.open(
        f"view=matrices&matrix=constructor&chain={hostile}&order=__proto__&row={hostile}&column={hostile}"
        f"&rows={hostile}&state={hostile}"
    )
    assert explorer.text(".view-matrices .nothing")
    explorer.run("iisKg.app.go({matrix: 'overlap', aspect: 'x', least: '-5', level: 'y', group: 'z', rows: null})")
    assert explorer.all("table.grid")
    assert explorer.run("return window.hit === undefined")
    assert faults(explorer.browser) == []


def test_it_fits_a_telephone(explorer: Explorer) -> None:
    explorer.open(
        "view=matrices&chain=chain:tcm&row=stage:clinical-trials&column=place:xianyang", width=390, height=844
    )
    explorer.find("table.grid")
    assert explorer.run("return document.documentElement.scrollWidth") <= 390
    explorer.find(".facts-panel h2")
