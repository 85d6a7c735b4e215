"""The panel of details: every fact of a thing once, each with its source, and ways back and on."""

from __future__ import annotations

from collections import Counter

import pyoxigraph as ox
import pytest
from selenium.webdriver.common.keys import Keys

from kg.api import Graph
from tests.browser.support import Explorer, faults

THINGS = (
    "place:baoji",
    "concept:actual",
    "observation:qinba-area-as-printed",
    "capability:titanium-sponge--baotai-group--actual",
    "iis:hasIndustry",
    "source:qinba#export-driving",
)
QUADS = """
const graph = iisKg.app.graph;
return [...document.querySelectorAll(".details [data-quad]")].map((row) => [
  row.dataset.quad.split(" ").map((number) => graph.terms[number]).join(" "), row.innerText,
]);
"""
MORE = "[...document.querySelectorAll('.details .group > .more')].filter((button) => !button.hidden)"


def show(explorer: Explorer, key: str) -> None:
    """Select a thing and wait for its details."""
    explorer.run("iisKg.app.go({ node: arguments[0], edge: null })", key)
    shown = "return document.querySelector('.details').dataset.shown"
    explorer.wait(lambda: explorer.run(shown) == f"node {key}")


def heading(explorer: Explorer) -> str:
    return explorer.text(".details h2")


@pytest.fixture(scope="module")
def quads(graph: Graph) -> list[ox.Quad]:
    """The graph as another reader of N-Quads has it."""
    return list(ox.parse(graph.embedded.dump(), format=ox.RdfFormat.N_QUADS))


@pytest.fixture(scope="module")
def titles(quads: list[ox.Quad]) -> dict[str, str]:
    """The English title of the document of each passage, read from the quads."""
    source: dict[str, str] = {}
    name: dict[str, str] = {}
    for quad in quads:
        if not isinstance(quad.subject, ox.NamedNode):
            continue
        if quad.predicate.value == "http://www.w3.org/ns/oa#hasSource" and isinstance(quad.object, ox.NamedNode):
            source[quad.subject.value] = quad.object.value
        if (
            isinstance(quad.object, ox.Literal)
            and quad.object.language == "en"
            and quad.predicate.value.endswith("#label")
        ):
            name[quad.subject.value] = quad.object.value
    return {passage: name[document] for passage, document in source.items()}


def test_every_fact_is_shown_once_with_its_source(
    explorer: Explorer, graph: Graph, quads: list[ox.Quad], titles: dict[str, str]
) -> None:
    """Against the quads as pyoxigraph parses them."""
    explorer.open("view=chain")
    for key in THINGS:
        iri = ox.NamedNode(str(graph.prefixes.expand(key)))
        expected = Counter(
            f"{q.graph_name} {q.subject} {q.predicate} {q.object}"
            for q in quads
            if iri in (q.graph_name, q.subject, q.predicate, q.object)
        )
        show(explorer, key)
        while explorer.run(f"const left = {MORE}; left.forEach((button) => button.click()); return left.length"):
            pass
        rows = explorer.run(QUADS)
        assert Counter(quad for quad, _ in rows) == expected, key
        assert sum(expected.values()) > 4, key
        for quad, text in rows:
            passage = quad.split("> ")[0][1:]
            assert titles.get(passage, "") in text, quad
            assert text.strip(), quad
    assert faults(explorer.browser) == []


def test_what_no_passage_says_is_told_in_words(explorer: Explorer) -> None:
    """`queries/rules/has-industry.ru` derives which industries a place has; the gazetteer says where it lies."""
    explorer.open("node=place:baoji&view=chain")
    explorer.find(".details .where.rule")
    texts = {element.text for element in explorer.all(".details .where")}
    assert "derived by the rule has-industry" in texts
    assert any(text.startswith("reference data: Reference: gazetteer") for text in texts)
    explorer.run("iisKg.app.setLanguage('zh')")
    explorer.wait(
        lambda: "由规则has-industry推出" in {element.text for element in explorer.all(".details .where.rule")}
    )
    assert heading(explorer) == "宝鸡市"


def test_faults_are_shown_at_the_thing_and_at_the_fact(explorer: Explorer) -> None:
    """Qinba paper, 1.1: 30.86 million square kilometres, which is 308,600."""
    explorer.open("node=observation:qinba-area-as-printed&view=chain")
    box = explorer.text(".details .faults")
    assert "impossible unit" in box and "308,600" in box
    value = next(row for row in explorer.all(".details .row") if row.text.startswith("30.86"))
    assert "million square kilometre" in value.text
    assert "308,600" in value.find_element("css selector", ".fault").get_attribute("aria-label")
    explorer.click(".details .faults .more")
    explorer.wait(lambda: "308600" in explorer.text(".details"))
    assert "square kilometre" in explorer.text(".details")
    # The place of the figure is not wrong itself: the figure is, where the place is named.
    show(explorer, "place:qinba-mountain-area")
    assert explorer.all(".details .into .row .fault")
    # The passage tells which of its figures is wrong.
    explorer.run("iisKg.app.select(iisKg.app.graph.number(arguments[0]))", passage_of(explorer))
    explorer.wait(lambda: "30.86" in explorer.text(".details .kinds q"))
    assert "impossible unit" in explorer.text(".details .faults")
    assert faults(explorer.browser) == []


def passage_of(explorer: Explorer) -> str:
    """The passage in which the area of the Qinba Mountain Area stands."""
    answer = explorer.promised(
        "iisKg.app.engine.query(`SELECT ?g { GRAPH ?g { "
        "<${iisKg.app.graph.expand('observation:qinba-area-as-printed')}> "
        "<${iisKg.app.graph.expand('iis:value')}> ?v } }`)"
    )
    return str(answer["rows"][0][0]["value"])


def test_states_and_findings_are_prominent(explorer: Explorer) -> None:
    """Xianyang paper, V.B.1: the Taicun zone is planned; Baoji paper, 4.2: BaoTai makes sponge."""
    explorer.open("node=place:taicun-processing-zone&view=chain")
    explorer.find(".details .chips .state.proposed")
    assert "planned" in explorer.text(".details .chips")
    show(explorer, "capability:titanium-sponge--baotai-group--actual")
    assert explorer.text(".details .chips .state.actual") == "actual"
    show(explorer, "place:baoji")
    first = explorer.all(".details .findings li")
    assert len(first) == 3
    severities = explorer.run(
        "return [...document.querySelectorAll('.details .findings .kind')].map((e) => e.innerText)"
    )
    assert all("severity" in text for text in severities)
    assert len(explorer.all(".details .chips .state")) == 0


def test_an_edge_shows_what_states_it(explorer: Explorer) -> None:
    """Yijing paper, Case Collection: Yichang is a node city. Baoji paper, 4.2: BaoTai Group makes titanium sponge."""
    explorer.open("view=chain&edge=place:yichang|iis:nodeCityOf|place:yijing-jingen")
    explorer.wait(lambda: "Yichang" in heading(explorer))
    said = explorer.text(".details .said .where")
    assert "Case Collection" in said
    explorer.run("iisKg.app.go({ edge: 'actor:baotai-group|iis:performs|stage:titanium-sponge' })")
    explorer.wait(lambda: "BaoTai" in heading(explorer))
    assert "No passage states" in explorer.text(".details")
    assert "§ 4.2" in explorer.text(".details .statement .facts")
    explorer.run("iisKg.app.go({ edge: 'place:yichang|iis:within|place:baoji' })")
    explorer.wait(lambda: "no such relation" in explorer.text(".details"))
    explorer.run("iisKg.app.go({ edge: 'no|such|thing' })")
    explorer.wait(lambda: "no|such|thing" in explorer.text(".details"))
    explorer.run("iisKg.app.select(iisKg.app.graph.number(iisKg.app.graph.expand('place:baoji')))")
    assert explorer.run("return iisKg.app.read().edge") is None
    assert faults(explorer.browser) == []


def test_keys_history_and_focus(explorer: Explorer) -> None:
    explorer.open("view=chain")
    assert not explorer.find(".details").is_displayed()
    show(explorer, "place:baoji")
    active = "return document.activeElement"
    # A link within the panel moves the focus to the heading of what it shows.
    explorer.click(".details .out .thing")
    explorer.wait(lambda: heading(explorer) != "Baoji")
    second = heading(explorer)
    assert explorer.run(f"{active}.matches('.details h2')")
    explorer.browser.back()
    explorer.wait(lambda: heading(explorer) == "Baoji")
    explorer.browser.forward()
    explorer.wait(lambda: heading(explorer) == second)
    explorer.run(f"{active}.dispatchEvent(new KeyboardEvent('keydown', {{ key: 'x' }}))")
    explorer.find(".details h2").send_keys(Keys.ESCAPE)
    explorer.wait(lambda: not explorer.find(".details").is_displayed())
    assert explorer.run(f"{active}.id") == "main"
    # Escape in a field belongs to the field.
    show(explorer, "place:baoji")
    explorer.run(
        "const field = document.createElement('input'); document.querySelector('main').append(field); field.focus()"
    )
    explorer.find("main > input").send_keys(Keys.ESCAPE)
    assert explorer.find(".details").is_displayed()
    explorer.click(".details .close")
    assert not explorer.find(".details").is_displayed()
    assert "node" not in explorer.run("return iisKg.app.read()")


def test_ways_to_the_views_and_the_address(explorer: Explorer) -> None:
    explorer.open("view=findings&node=place:baoji")
    explorer.find(".details .ways button")
    ways = [button.get_attribute("data-to") for button in explorer.all(".details .ways button")]
    assert ways == ["network", "map", "query"]
    explorer.click(".details .ways [data-to=map]")
    assert explorer.find("main").get_attribute("data-view") == "map"
    assert heading(explorer) == "Baoji"
    show(explorer, "chain:titanium")
    explorer.click(".details .ways [data-to=chain]")
    assert explorer.run("return iisKg.app.read().chain") == "chain:titanium"
    show(explorer, "capability:titanium-sponge--baotai-group--actual")
    explorer.click(".details .ways [data-to=network]")
    explorer.wait(lambda: "BaoTai" in heading(explorer) and "→" in heading(explorer))
    show(explorer, "place:no-such-place")
    assert "place:no-such-place" in explorer.text(".details")
    show(explorer, "place:baoji")
    explorer.click(".details .copy")
    said = explorer.wait(lambda: explorer.text(".details .address [role=status]"))
    assert said in ("Copied", "Marked: copy it with the keyboard")
    # The panel is never a link to what the data name.
    assert explorer.run("return document.querySelectorAll('.details a').length") == 0


def test_on_a_telephone_it_is_a_sheet_at_the_bottom(explorer: Explorer) -> None:
    explorer.open("view=chain&node=place:baoji", width=390, height=844)
    explorer.find(".details .row")
    box = explorer.run("return document.querySelector('.details').getBoundingClientRect().toJSON()")
    assert (box["left"], box["right"], box["bottom"]) == (0, 390, 844)
    assert box["top"] > 844 * 0.4
    explorer.click(".details .size")
    assert explorer.run("return document.querySelector('.details').getBoundingClientRect().top") < 844 * 0.2
    assert explorer.run("return document.documentElement.scrollWidth") == 390
