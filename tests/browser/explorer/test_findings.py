"""The view of findings: its list, its filters, a finding opened with its parts, its passages and its command."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.api import Graph
from tests.browser.explorer.test_matrices import _DOWNLOADS
from tests.browser.support import Explorer, faults, requests


def shown(explorer: Explorer) -> list[str]:
    """The findings on the page that is shown."""
    return list(
        explorer.run("return [...document.querySelectorAll('.list .line')].map((each) => each.dataset.finding)")
    )


def count(explorer: Explorer) -> str:
    return explorer.text(".view-findings .count")


def rows(graph: Graph) -> list[dict[str, Any]]:
    """The findings as `kg ask findings` gives them."""
    return [dict(row) for row in graph.facts.ask("findings")]


def test_the_list_holds_all_findings_worst_first_with_counts(explorer: Explorer, graph: Graph) -> None:
    """The question `findings` is the second program."""
    told = rows(graph)
    explorer.open("view=findings")
    explorer.find(".list .line")
    assert count(explorer) == f"{len(told)} of {len(told)} findings"
    assert len(shown(explorer)) == min(50, len(told))
    numbers = explorer.run(
        "return [...document.querySelectorAll('.list .number')].map((each) => Number(each.textContent))"
    )
    worst = sorted((float(str(row["severity"])) for row in told), reverse=True)[:50]
    assert [round(value, 2) for value in worst] == numbers
    kinds = explorer.run(
        "return Object.fromEntries([...document.querySelectorAll('fieldset .check')]"
        ".map((each) => [each.children[1].textContent, Number(each.querySelector('.n').textContent)]))"
    )
    assert kinds == Counter(str(row["kind_label"]) for row in told)
    explorer.run("iisKg.app.go({page: '2'})")
    assert "Page 2 of" in explorer.text(".pages")
    assert len({*shown(explorer)}) == 50
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def test_filters_join_and_stand_in_the_address(explorer: Explorer, graph: Graph) -> None:
    xianyang = graph.prefixes.mapping["place"] + "xianyang"
    told = [row for row in rows(graph) if xianyang in str(row["about"]).split()]
    gaps = [row for row in told if row["kind_label"] == "gap"]
    severe = [row for row in gaps if float(str(row["severity"])) >= 0.9]
    explorer.open("view=findings&place=place:xianyang")
    explorer.find(".list .line")
    assert count(explorer).startswith(f"{len(told)} of ")
    explorer.click("input[name=kind-gap-finding]")
    explorer.wait(lambda: count(explorer).startswith(f"{len(gaps)} of "))
    assert explorer.run("return iisKg.app.params.kind") == "gap-finding"
    explorer.run("iisKg.app.go({severity: '0.9'})")
    assert count(explorer).startswith(f"{len(severe)} of ")
    explorer.find("input[name=text]").send_keys("clinical")
    explorer.wait(lambda: len(shown(explorer)) == 1)
    assert explorer.run("return document.activeElement.name") == "text", "typing goes on"
    explorer.click(".view-findings .clear")
    assert "place" not in explorer.run("return iisKg.app.params")
    explorer.run("iisKg.app.go({source: 'source:xianyang-tcm'})")
    named = [row for row in rows(graph) if "/source/xianyang-tcm#" in str(row["passages"])]
    assert count(explorer).startswith(f"{len(named)} of ")
    explorer.run("iisKg.app.go({text: 'no finding has these words'})")
    assert "No finding" in explorer.text(".list .nothing")
    assert faults(explorer.browser) == []


def test_a_finding_opened_shows_parts_passages_and_command(explorer: Explorer, graph: Graph) -> None:
    """Section IV.C of the Xianyang paper; the parts are those of the severity that `kg gaps` explains."""
    wanted = {graph.prefixes.mapping["place"] + "xianyang", graph.prefixes.mapping["stage"] + "clinical-trials"}
    (row,) = [r for r in rows(graph) if wanted <= {*str(r["about"]).split()} and r["kind_label"] == "gap"]
    key = graph.prefixes.shorten(str(row["finding"]))
    explorer.open(f"view=findings&finding={key}")
    assert explorer.text(".item.open code") == "kg gaps --place xianyang --chain tcm"
    parts = explorer.run(
        "return [...document.querySelectorAll('.parts tbody tr')]"
        ".map((tr) => [...tr.children].map((cell) => cell.textContent))"
    )
    assert parts[0] == ["state", "1.00", "× 3", "said missing"]
    mean = sum(float(p[1]) * float(p[2][2:]) for p in parts) / sum(float(p[2][2:]) for p in parts)
    assert round(mean, 2) == round(float(str(row["severity"])), 2), "the parts make up the severity"
    assert "IV.C" in explorer.text(".item.open .cites")
    assert "not" in explorer.text(".item.open .world")
    explorer.click(".item.open .things button")
    assert explorer.run("return iisKg.app.params.node") in ("chain:tcm", "place:xianyang", "stage:clinical-trials")
    explorer.click(".item.open .line")
    assert not explorer.all(".item.open")
    explorer.run("iisKg.app.go({finding: arguments[0], kind: 'overlap-finding'})", key)
    assert "filters leave it out" in explorer.text(".pinned"), "what the address names is shown all the same"
    assert faults(explorer.browser) == []


def test_what_is_not_recorded_is_said_not_to_be_a_gap(explorer: Explorer) -> None:
    explorer.open("view=findings&kind=unrecorded-finding", language="zh")
    explorer.click(".list .line")
    assert "不是缺环" in explorer.text(".item.open .world")
    assert explorer.text(".line .label .sub"), "names in Chinese of what it is about, where it has no Chinese name"
    assert faults(explorer.browser) == []


def test_the_list_is_taken_away_as_csv(explorer: Explorer) -> None:
    explorer.open("view=findings&chain=chain:titanium", width=390, height=844)
    explorer.find(".list .line")
    assert explorer.run("return document.documentElement.scrollWidth") <= 390
    explorer.run(_DOWNLOADS)
    explorer.click(".view-findings .csv")
    (text,) = explorer.wait(lambda: explorer.run("return taken.length ? taken : null"))
    lines = text.removeprefix("\ufeff").strip().split("\r\n")
    assert lines[0].startswith("finding,kind,label,severity")
    assert len(lines) - 1 == int(count(explorer).split()[0])
    assert all("/id/finding/" in line for line in lines[1:])


def test_bad_addresses_do_no_harm(explorer: Explorer) -> None:
    hostile = "%3Cimg%20src%3Dx%20onerror%3D%22window.hit%3D1%22%3E"
    explorer.open(f"view=findings&kind={hostile}&place={hostile}&text={hostile}&severity=x&page=-3&finding={hostile}")
    assert "No finding" in explorer.text(".list .nothing")
    assert explorer.run("return window.hit === undefined")
    assert faults(explorer.browser) == []
