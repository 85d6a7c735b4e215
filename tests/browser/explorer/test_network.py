"""The network view: what it shows, finds and joins is what networkx makes of the same relations."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import networkx as nx
import numpy as np
import pytest
from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.keys import Keys

from kg.analysis.facts import Facts
from kg.api import Graph
from kg.view.explorer.quads import Quads
from tests.browser.explorer.pages import made_page
from tests.browser.support import Explorer, faults, requests

PLACE, CITY = "https://w3id.org/iis-kg/ontology#Place", "https://w3id.org/iis-kg/ontology#City"
ID = "https://w3id.org/iis-kg/id/"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
_TELL = "window.told = []; iisKg.app.on('filtered', (found) => told.push([found.nodes, found.edges]));"
_SHOWN = "return [document.querySelector('.view-network .told').textContent, told.at(-1)]"


@pytest.fixture(scope="module")
def things(graph: Graph) -> Mapping[str, Mapping[str, Any]]:
    """What is drawn, by IRI."""
    return {str(row["thing"]): row for row in Facts(graph.store.in_memory(), graph.project).ask("drawn-things")}


@pytest.fixture(scope="module")
def drawn(graph: Graph, things: Mapping[str, Mapping[str, Any]]) -> Any:
    """What is drawn as networkx has it."""
    network: Any = nx.MultiDiGraph()
    network.add_nodes_from(things)
    for row in Facts(graph.store.in_memory(), graph.project).ask("drawn-relations"):
        if row["source"] in things and row["target"] in things:
            network.add_edge(
                row["source"], row["target"], status=row["status"], property=row["property"], via=row["via"]
            )
    return network


def shown(explorer: Explorer, **changes: str | None) -> list[int]:
    """How many nodes and edges are shown after a change of the address."""
    explorer.run("iisKg.app.go(arguments[0])", changes)
    words, numbers = explorer.run(_SHOWN)
    assert all(f"{number:,}" in words for number in numbers)
    return list(numbers)


def test_filters_show_what_the_relations_give(explorer: Explorer, things: Any, drawn: Any) -> None:
    explorer.open("view=network")
    explorer.run(_TELL)
    places = [iri for iri, row in things.items() if row["kind"] == PLACE]
    cities = [iri for iri, row in things.items() if row["class"] == CITY]
    assert shown(explorer, **{"class": "iis:Place"}) == [len(places), drawn.subgraph(places).number_of_edges()]
    assert shown(explorer, **{"class": CITY}) == [len(cities), drawn.subgraph(cities).number_of_edges()]
    industries = [iri for iri, row in things.items() if str(row["kind"]).endswith("#Industry")]
    assert shown(explorer, **{"class": "iis:City iis:Industry"})[0] == len(cities) + len(industries)
    # What is said to be missing: such relations with both ends, and such things.
    missing = [(s, t) for s, t, status in drawn.edges(data="status") if status == "missing"]
    lacking = {iri for iri, row in things.items() if row["status"] == "missing"} | {
        end for pair in missing for end in pair
    }
    assert shown(explorer, **{"class": None, "status": "missing"}) == [len(lacking), len(missing)]
    # All that belongs to a chain is a stage of it, or says or does something of a stage.
    titanium = shown(explorer, status=None, chain="chain:titanium")[0]
    both = shown(explorer, place="place:baoji")
    assert 0 < both[0] < titanium
    assert [chip.text for chip in explorer.all(".chip .name")] == ["Titanium industry chain", "Baoji"]
    explorer.click(".chip")
    assert explorer.run("return iisKg.app.params.chain") is None
    explorer.click(".filters .clear")
    assert explorer.run(_SHOWN)[1] == [len(things), drawn.number_of_edges()]
    # The box of a facet does what the address does, and its count says what it will show.
    row = next(each for each in explorer.all(".filters label") if "prefecture-level city" in each.text)
    assert row.find_element("css selector", ".count").text == str(len(cities))
    row.click()
    assert explorer.run(_SHOWN)[1] == [len(cities), drawn.subgraph(cities).number_of_edges()]
    assert explorer.run("return iisKg.app.params.class") == "iis:City"
    assert shown(explorer, **{"class": "urn:nothing:of:the:kind"}) == [0, 0]
    assert explorer.find(".stage .empty").is_displayed()
    assert faults(explorer.browser) == []


def test_a_source_shows_what_its_passages_speak_of_and_state(
    explorer: Explorer, graph: Graph, things: Any, drawn: Any
) -> None:
    explorer.open("view=network")
    explorer.run(_TELL)
    source = "https://w3id.org/iis-kg/source/xianyang-tcm"
    facts = Facts(graph.store.in_memory(), graph.project)
    passages = {f"<{row['passage']}>" for row in facts.ask("passages") if row["source"] == source}
    quads = Quads.read(graph.embedded.dump().decode("utf-8").splitlines())
    g, s, p, o = quads.columns
    of = [i for i in range(len(quads)) if quads.terms[g[i]] in passages]
    spoken = {quads.terms[end[i]][1:-1] for i in of for end in (s, o)} & set(things)
    nodes, edges = shown(explorer, source=source)
    assert nodes == len(spoken)
    # A relation is stated as a quad, or by a statement that stands between its ends.
    stated = {tuple(quads.terms[column[i]][1:-1] for column in (s, p, o)) for i in of}
    subjects = {triple[0] for triple in stated}
    among = drawn.subgraph(spoken).edges(data=True)
    told = [(s, t) for s, t, data in among if (s, data["property"], t) in stated or data["via"] in subjects]
    assert edges == len(told)
    assert faults(explorer.browser) == []


def test_names_are_found_in_both_languages_and_by_other_names(explorer: Explorer, graph: Graph, things: Any) -> None:
    explorer.open("view=network")
    box = explorer.find(".bar [role=combobox]")
    for text in ("宝鸡市", "ｂａｏＪＩ"):
        box.clear()
        box.send_keys(text)
        assert explorer.text(".bar [role=option] .name").startswith("Baoji")
    others: Any = graph.sparql("SELECT ?s ?o { ?s skos:altLabel ?o } ORDER BY ?s ?o")
    other = next((str(row["s"]), str(row["o"])) for row in others if str(row["s"]) in things and len(str(row["o"])) > 5)
    box.clear()
    box.send_keys(other[1])
    box.send_keys(Keys.ARROW_UP, Keys.ARROW_DOWN)
    assert box.get_attribute("aria-expanded") == "true"
    chosen = explorer.find(f"#{box.get_attribute('aria-activedescendant')}")
    assert chosen.get_attribute("aria-selected") == "true"
    box.send_keys(Keys.ENTER)
    assert explorer.run("return iisKg.app.graph.iri(iisKg.app.selected)") == other[0]
    assert box.get_attribute("aria-expanded") == "false"
    box.clear()
    box.send_keys("no such name anywhere")
    assert explorer.text(".bar .find .more") == "No thing has such a name"
    assert faults(explorer.browser) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [("place/taicun", "industry/biomedicine"), ("place/taicun", "industry/titanium"), ("chain/iis", "place/wuhan")],
)
def test_a_path_is_as_short_as_by_another_program(explorer: Explorer, drawn: Any, start: str, end: str) -> None:
    explorer.open(f"view=network&from={start.replace('/', ':')}&to={end.replace('/', ':')}")
    both: Any = nx.Graph(drawn)
    steps = nx.shortest_path_length(both, ID + start, ID + end)
    assert len(explorer.all(".path ol > li")) == steps + 1
    nodes = [explorer.run("return arguments[0].textContent", each) for each in explorer.all(".path ol > li > button")]
    assert len(set(nodes)) == steps + 1
    for step in explorer.all(".path ol > li")[:-1]:
        relations = step.find_elements("css selector", "button.relation")
        assert relations
        assert all(each.text.endswith(("actual", "proposed", "said to be missing")) for each in relations)
    explorer.click(".path button.relation")
    edge = explorer.run("return iisKg.app.params")
    source, name, target = (
        explorer.run("return iisKg.app.graph.expand(arguments[0])", each) for each in edge["edge"].split("|")
    )
    assert any(data["property"] == name for data in drawn.get_edge_data(source, target).values())
    assert "node" not in edge
    explorer.click(".path .swap")
    assert explorer.run("return iisKg.app.params.from") == end.replace("/", ":")
    explorer.click(".path .close")
    assert explorer.run("return [iisKg.app.params.from, iisKg.app.params.to]") == [None, None]
    assert faults(explorer.browser) == []


def test_a_neighbourhood_grows_by_steps(explorer: Explorer, drawn: Any) -> None:
    explorer.open("view=network")
    explorer.run(_TELL)
    both: Any = nx.Graph(drawn)
    for steps in (1, 2, 3):
        near = nx.ego_graph(both, f"{ID}place/taicun", radius=steps)
        assert shown(explorer, focus="place:taicun", steps=str(steps)) == [
            len(near),
            drawn.subgraph(near).number_of_edges(),
        ]
    box = explorer.find(".bar [role=combobox]")
    explorer.run("iisKg.app.go({ focus: null, steps: null })")
    box.send_keys("Taicun", Keys.ENTER)
    explorer.wait(lambda: explorer.run("return iisKg.app.params.node") == "place:taicun")
    # What was found stands in the middle: a click there selects it, a double click shows its neighbourhood.
    canvas = explorer.find("canvas.picture")
    canvas.send_keys(Keys.ESCAPE)
    assert explorer.run("return iisKg.app.params.node ?? null") is None
    box.clear()
    box.send_keys("Taicun", Keys.ENTER)
    explorer.wait(
        lambda: not explorer.run("return Boolean(document.querySelector('canvas.picture').closest('[hidden]'))")
    )
    explorer.click('[data-act="steps-1"]')
    assert explorer.run("return iisKg.app.params.focus") == "place:taicun"
    near = nx.ego_graph(both, f"{ID}place/taicun")
    assert explorer.run(_SHOWN)[1][0] == len(near)
    explorer.click('[data-act="from"]')
    assert explorer.run("return iisKg.app.params.from") == "place:taicun"
    assert faults(explorer.browser) == []


def test_the_keyboard_goes_from_thing_to_thing(explorer: Explorer) -> None:
    explorer.open("view=network&lang=en")
    canvas = explorer.find("canvas.picture")
    canvas.send_keys("+", "-", "0", Keys.ARROW_LEFT, Keys.ARROW_UP)
    ActionChains(explorer.browser).key_down(Keys.SHIFT).send_keys(Keys.ARROW_RIGHT).key_up(Keys.SHIFT).perform()
    told = explorer.wait(lambda: explorer.run("return document.querySelector('.view-network > .unseen').textContent"))
    canvas.send_keys(Keys.ENTER)
    assert told.startswith(explorer.run("return iisKg.app.label(iisKg.app.selected)"))
    canvas.send_keys(Keys.ESCAPE, Keys.ESCAPE)
    assert explorer.run("return iisKg.app.params.node ?? null") is None
    assert faults(explorer.browser) == []


def test_the_table_holds_every_thing(explorer: Explorer, drawn: Any, things: Any) -> None:
    explorer.open("view=network&show=table")
    assert f"of {len(things):,}" in explorer.text(".things [role=status]")
    both: Any = nx.Graph(drawn)
    degrees = Counter({node: len(list(both.neighbors(node))) for node in both})
    top, number = degrees.most_common(1)[0]
    first = explorer.find(".things tbody tr")
    assert first.find_element("css selector", "td.number").text == str(number)
    first.find_element("css selector", "button").click()
    assert explorer.run("return iisKg.app.graph.iri(iisKg.app.selected)") == top
    explorer.find(".things input").send_keys("field of study")
    fields = [iri for iri, row in things.items() if str(row["class"]).endswith("#FieldOfStudy")]
    assert f"of {len(fields)}" in explorer.text(".things [role=status]")
    explorer.all(".things thead button")[0].click()
    names = [each.text for each in explorer.all(".things tbody button")]
    assert names == sorted(names, key=str.casefold)
    assert explorer.all(".things thead th")[0].get_attribute("aria-sort") == "ascending"
    assert faults(explorer.browser) == []


def test_language_theme_and_a_narrow_page(explorer: Explorer) -> None:
    explorer.open(
        "view=network&colour=community&size=degree&place=place:xianyang", width=390, height=844, language="zh"
    )
    assert explorer.text(".legend summary") == "图例"
    explorer.click(".legend summary")
    explorer.click("button.theme")
    assert "咸阳市" in explorer.text(".legend")
    assert explorer.run("return document.documentElement.scrollWidth") <= 390
    explorer.click(".bar .filter")
    assert explorer.find(".filters").is_displayed()
    explorer.click("button.language")
    assert explorer.text(".legend summary") == "Legend"
    assert explorer.run("return iisKg.app.params.colour") == "community"
    assert faults(explorer.browser) == []


HOSTILE = '<img src=x onerror="window.hit=1">'


@pytest.fixture(scope="module")
def large(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Explorer]:
    """A page of 5,001 things of three classes: a chain, 2,000 stages of it and 3,000 others; names are hostile."""
    count = 5_001
    ids = [f"urn:thing:{i:05}" for i in range(count)]
    kinds = ["urn:class:chain", *["urn:class:stage"] * 2_000, *["urn:class:other"] * 3_000]
    lines = [f'<{iri}> <{LABEL}> "{HOSTILE_TERM} {i}"@en <urn:g> .' for i, iri in enumerate(ids)]
    lines += [f'<urn:class:{name}> <{LABEL}> "{HOSTILE_TERM} {name}"@en .' for name in ("chain", "stage", "other")]
    lines.append(f'<urn:of> <{LABEL}> "{HOSTILE_TERM}"@en .')
    quads = Quads.read(lines)
    degree = np.array([2_000, *[1] * 2_000, *[0] * 3_000])
    nodes = {
        "term": np.array([quads.number(iri) for iri in ids]),
        "kind": np.array([quads.number(each) for each in kinds]),
        "degree": degree,
        "pagerank": degree / degree.sum(),
    }
    edges = {
        "source": np.arange(1, 2_001),
        "target": np.zeros(2_000, dtype=np.int64),
        "property": np.full(2_000, quads.number("urn:of")),
        "belongs": np.full(2_000, 2),
    }
    path = tmp_path_factory.mktemp("large") / "large.html"
    path.write_text(made_page(quads, nodes, edges), encoding="utf-8")
    yield Explorer(browser, path)


HOSTILE_TERM = HOSTILE.replace('"', '\\"')


def test_a_large_graph_opens_on_a_summary(large: Explorer) -> None:
    large.open("view=network")
    assert large.find(".summary").is_displayed()
    assert not large.find(".stage").is_displayed()
    # Rows: the chain with its stages, and what is of no chain; columns by number: other, stage, chain.
    cells = [[cell.text for cell in row.find_elements("css selector", "td")] for row in large.all(".matrix tbody tr")]
    assert cells == [["", "2,000", "1"], ["3,000", "", ""]]
    assert len(large.all(".top li")) == 30
    assert large.text(".top .count") == "2,000"
    large.run(_TELL)
    large.click(".matrix td button")
    assert large.run(_SHOWN)[1] == [2_000, 0]
    assert large.find(".stage").is_displayed()
    large.run("history.back()")
    large.wait(lambda: large.find(".summary").is_displayed())
    large.click(".top button")
    assert large.run(_SHOWN)[1] == [2_001, 2_000]
    large.run("iisKg.app.go({ focus: null, node: null })")
    large.click(".summary .draw")
    assert large.find(".stage").is_displayed()
    assert large.run(_SHOWN)[1] == [5_001, 2_000]
    box = large.find(".bar [role=combobox]")
    box.send_keys("4711", Keys.ENTER)
    assert large.run("return iisKg.app.selected >= 0 && iisKg.app.graph.iri(iisKg.app.selected)") == "urn:thing:04711"
    assert requests(large.browser) == []
    assert faults(large.browser) == []


def test_hostile_names_and_addresses_stay_text(large: Explorer) -> None:
    large.open(
        "view=network&show=table&class=%3Cimg+src%3Dx%3E&from=javascript:1&to=%3Cb%3E&focus=%00&edge=a|b&steps=NaN"
    )
    assert large.all(".view-network .chip .name")[0].text.startswith("<img")
    large.click(".filters .clear")
    assert large.text(".things tbody button").startswith("<img")
    for show in ("picture", "summary", "table"):
        large.run("iisKg.app.go({ show: arguments[0] })", show)
    large.run("iisKg.app.go({ show: null, from: 'urn:thing:00001', to: 'urn:thing:00002' })")
    large.run("iisKg.app.go({ show: 'picture' })")
    assert len(large.all(".path ol > li")) == 3
    assert large.run(
        "return [window.hit ?? 0, document.images.length, document.querySelectorAll('main b').length]"
    ) == [0, 0, 0]
    assert faults(large.browser) == []


@pytest.mark.parametrize(
    ("view", "words"),
    [
        ("network", "Nothing"),
        ("chain", "no chain"),
        ("map", "No place"),
        ("matrices", "holds nothing"),
        ("findings", "no findings"),
        ("query", "holds no questions"),
    ],
)
def test_a_page_without_the_blocks_of_a_view_says_so(browser: Any, tmp_path: Path, view: str, words: str) -> None:
    path = tmp_path / "bare.html"
    none = np.zeros(0, dtype=np.int64)
    quads = Quads.read([f'<urn:a> <{LABEL}> "A"@en .'])
    text = made_page(quads, {"term": none, "kind": none}, dict.fromkeys(("source", "target", "property"), none))
    # Of the blocks only the graph itself is left.
    path.write_text(re.sub(r'<script [^>]*id="kg-(?!terms|quads|wasm|program)\w+">[^<]*</script>', "", text))
    page = Explorer(browser, path).open(f"view={view}&node=urn:a")
    page.wait(lambda: words in page.text("main"))
    assert faults(browser) == []
