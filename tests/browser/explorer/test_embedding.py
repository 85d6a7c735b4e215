"""A page that embeds the explorer talks to it: on file:// and http, sandboxed and not; others may not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from tests.browser.explorer.pages import served, with_meta
from tests.browser.support import Explorer, faults
from tests.support import ROOT

PARENT = """<!doctype html><meta charset="utf-8"><link rel="icon" href="data:,"><title>parent</title><script>
window.events = []; window.answers = {};
function frame(src, sandbox) {
  const made = document.createElement("iframe");
  if (sandbox) made.setAttribute("sandbox", "allow-scripts");
  made.src = src; made.width = 900; made.height = 600;
  document.body.append(made);
  return new Promise((resolve) => made.addEventListener("load", () => resolve(made)));
}
function connect(made, message = { kg: "connect", version: 1 }) {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => { if (data.event) events.push(data); else answers[data.id] = data; };
  made.contentWindow.postMessage(message, "*", [channel.port2]);
  return channel.port1;
}
</script><body>"""
START = (
    "frame(arguments[0], arguments[1]).then((made) => { window.made = made; window.port = connect(made); return 1; })"
)


@dataclass
class Embedding:
    """A page that embeds explorers, and how it talks to them."""

    explorer: Explorer
    folder: Path
    origin: str
    foreign: str
    ids: int = 0

    def open(self, base: str, src: str = "graph.html?embed", sandbox: bool = False) -> Embedding:
        """Open the page at a base address, embed an explorer, and connect."""
        browser = self.explorer.browser
        browser.get("about:blank")
        browser.get_log("browser")
        browser.get(f"{base}/parent.html")
        self.explorer.promised(START, src, sandbox)
        return self

    def event(self, name: str, **wanted: Any) -> dict[str, Any]:
        """The first event of that name that has these values, once it is there."""

        def found() -> dict[str, Any] | None:
            events = self.explorer.run("return window.events")
            hits = (e for e in events if e["event"] == name and all(e[key] == value for key, value in wanted.items()))
            return next(hits, None)

        return dict(self.explorer.wait(found))

    def answer(self, message: Any) -> dict[str, Any]:
        """The answer to a message, which is given an id where it is an object without one."""
        key = "null"
        if isinstance(message, dict):
            self.ids += 1
            message = {"id": self.ids, **message}
            key = str(message["id"]) if message["id"] == self.ids else key
        self.explorer.run("delete answers[arguments[0]]; port.postMessage(arguments[1])", key, message)
        return dict(self.explorer.wait(lambda: self.explorer.run("return answers[arguments[0]]", key)))

    def result(self, **message: Any) -> Any:
        found = self.answer(message)
        assert "error" not in found, found
        return found["result"]

    def error(self, message: Any) -> str:
        found = self.answer(message)
        assert "result" not in found, found
        return str(found["error"])


@pytest.fixture(scope="module")
def place(explorer_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, str, str]]:
    """A folder that is served, where, and where else."""
    folder = tmp_path_factory.mktemp("embedding")
    html = explorer_file.read_text(encoding="utf-8")
    (folder / "parent.html").write_text(PARENT, encoding="utf-8")
    with served(folder) as origin, served(folder) as foreign:
        for name, origins in (("graph", [origin, "null"]), ("closed", []), ("open", ["*"])):
            (folder / f"{name}.html").write_text(with_meta(html, origins=origins), encoding="utf-8")
        shutil.copy(ROOT / "docs/embedding/index.html", folder / "index.html")
        yield folder, origin, foreign


@pytest.fixture
def embedding(browser: Any, place: tuple[Path, str, str]) -> Embedding:
    folder, origin, foreign = place
    return Embedding(Explorer(browser, folder / "parent.html"), folder, origin, foreign)


@pytest.mark.parametrize("sandbox", [False, True], ids=["plain", "sandboxed"])
@pytest.mark.parametrize("scheme", ["file", "http"])
def test_commands_and_events(embedding: Embedding, graph: Graph, scheme: str, sandbox: bool) -> None:
    base = embedding.folder.as_uri() if scheme == "file" else embedding.origin
    page = embedding.open(base, sandbox=sandbox)
    ready = page.event("ready")
    assert ready["version"] == 1 and ready["facts"] == len(graph.store)
    assert ready["commands"] == ["select", "focus", "query", "filter"]
    # By compact IRI, by IRI, and by a name in either language.
    baoji = {"iri": graph.prefixes.expand("place:baoji"), "key": "place:baoji"}
    for name in ("place:baoji", baoji["iri"], "宝鸡市"):
        assert baoji.items() <= page.result(command="select", thing=name).items()
    assert page.event("selected")["thing"]["key"] == "place:baoji"
    assert page.result(command="select", thing=None) is None
    page.event("selected", thing=None)
    assert page.result(command="focus", thing="place:yichang")["key"] == "place:yichang"
    count = page.result(command="query", text="SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }")
    assert count["head"] == {"vars": ["n"]}
    assert int(count["results"]["bindings"][0]["n"]["value"]) == len(graph.store)
    assert page.event("result", kind="select")["count"] == 1
    assert page.result(command="query", text="ASK { ?s ?p ?o }") == {"head": {}, "boolean": True}
    rows = page.result(command="query", text="SELECT ?s { ?s ?p ?o }", limit=7)
    assert (len(rows["results"]["bindings"]), rows["truncated"]) == (7, True)
    triples = page.result(command="query", text="CONSTRUCT { ?s a ?c } { ?s a ?c } LIMIT 2")["triples"]
    assert [term["type"] for term in triples[0]] == ["uri", "uri", "uri"]
    address = page.result(command="filter", parameters={"chain": "chain:titanium", "status": "actual proposed"})
    assert address["parameters"]["view"] == "network"
    assert address["parameters"]["chain"] == "chain:titanium"
    assert "chain" not in page.result(command="filter", parameters={"chain": None})["parameters"]
    page.explorer.browser.switch_to.frame(0)
    page.explorer.run("iisKg.app.emit('filtered', { nodes: 31, edges: 47 })")
    assert not page.explorer.find("header.frame").is_displayed()
    assert page.explorer.find("main").is_displayed()
    page.explorer.browser.switch_to.default_content()
    page.event("filtered", nodes=31, edges=47)
    assert faults(page.explorer.browser) == []


def test_an_edge_is_told_by_its_three_things(embedding: Embedding) -> None:
    page = embedding.open(
        embedding.origin, src="open.html?embed#view=chain&edge=place:yichang|iis:nodeCityOf|place:yijing-jingen"
    )
    page.event("ready")
    page.result(command="select", thing="place:baoji")
    page.explorer.run(
        "made.contentWindow.iisKg.app.go({ node: null, edge: 'place:yichang|iis:nodeCityOf|place:yijing-jingen' })"
    )
    told = page.explorer.wait(lambda: next((e for e in page.explorer.run("return events") if e.get("relation")), None))
    assert [thing["key"] for thing in told["relation"]] == ["place:yichang", "iis:nodeCityOf", "place:yijing-jingen"]


def test_a_foreign_origin_is_refused(embedding: Embedding) -> None:
    """The same page from another port may show the file but not talk to it."""
    page = embedding.open(embedding.foreign, src=f"{embedding.origin}/graph.html?embed")
    reason = page.event("refused")["reason"]
    assert embedding.foreign in reason
    page.explorer.run("port.postMessage({ id: 1, command: 'select', thing: 'place:baoji' })")
    # One more round: what was to be answered would have been answered before.
    page.explorer.run("window.second = connect(made)")
    page.explorer.wait(lambda: len(page.explorer.run("return events")) == 2)
    assert page.explorer.run("return answers") == {}
    assert {event["event"] for event in page.explorer.run("return events")} == {"refused"}


def test_a_file_that_allows_nobody_and_one_that_allows_all(embedding: Embedding) -> None:
    assert "does not allow" in embedding.open(embedding.origin, src="closed.html?embed").event("refused")["reason"]
    embedding.open(embedding.foreign, src=f"{embedding.origin}/open.html?embed").event("ready")


def test_only_the_parent_is_heard(embedding: Embedding) -> None:
    """Neither a frame beside it, though of the same origin, nor the page itself when nothing embeds it."""
    page = embedding.open(embedding.origin)
    page.event("ready")
    page.explorer.run(
        "const beside = document.createElement('iframe'); document.body.append(beside);"
        "window.stray = [];"
        "new beside.contentWindow.Function('target', 'heard', `const channel = new MessageChannel();"
        "channel.port1.onmessage = ({ data }) => heard.push(data);"
        "target.postMessage({ kg: 'connect', version: 1 }, '*', [channel.port2]);`)(made.contentWindow, stray);"
        "window.port = connect(made)"
    )
    page.explorer.wait(lambda: len(page.explorer.run("return events")) == 2)
    assert page.explorer.run("return stray") == []
    alone = page.explorer
    alone.browser.get(f"{embedding.origin}/open.html")
    alone.wait(lambda: alone.run("return Boolean(window.iisKg)"))
    alone.run(
        "window.stray = []; const channel = new MessageChannel();"
        "channel.port1.onmessage = ({ data }) => stray.push(data);"
        "window.postMessage({ kg: 'connect', version: 1 }, '*', [channel.port2]);"
    )
    alone.promised(
        "new Promise((done) => { addEventListener('message', () => setTimeout(done, 50)); postMessage(1, '*'); })"
    )
    assert alone.run("return stray") == []


LONG = "x" * 70_000
MALFORMED: tuple[tuple[Any, str], ...] = (
    (None, "a message is an object"),
    (5, "a message is an object"),
    ("select", "a message is an object"),
    ([1, 2], "a message is an object"),
    ({"id": {"a": 1}, "command": "select", "thing": "place:baoji"}, "id is"),
    ({"id": "y" * 101, "command": "select", "thing": "place:baoji"}, "id is"),
    ({}, "select, focus, query, filter"),
    ({"command": "delete"}, "select, focus, query, filter"),
    ({"command": "constructor"}, "unknown command"),
    ({"command": "__proto__"}, "unknown command"),
    ({"command": ["select"], "thing": "place:baoji"}, "unknown command"),
    ({"command": "select"}, "thing is"),
    ({"command": "select", "thing": {"iri": "x"}}, "thing is"),
    ({"command": "select", "thing": "  "}, "thing is"),
    ({"command": "select", "thing": LONG}, "thing is"),
    ({"command": "select", "thing": "no such thing"}, "nothing in the graph is called no such thing"),
    ({"command": "focus", "thing": None}, "thing is"),
    ({"command": "focus", "thing": "__proto__"}, "nothing in the graph"),
    ({"command": "query"}, "text is a query"),
    ({"command": "query", "text": LONG}, "longer than 65536 bytes"),
    ({"command": "query", "text": "钛" * 22_000}, "longer than 65536 bytes"),
    ({"command": "query", "text": "ASK {}", "limit": 1_001}, "limit is"),
    ({"command": "query", "text": "ASK {}", "limit": "5"}, "limit is"),
    ({"command": "query", "text": "SELECT * {\n  ?s ?p }"}, "2:10: expected"),
    (
        {"command": "query", "text": "ASK { SERVICE <https://example.org/> {} }"},
        "1:7: SERVICE would ask another address",
    ),
    ({"command": "query", "text": f"ASK {'{' * 65}{'}' * 65}"}, "nested more than 64 deep"),
    ({"command": "query", "text": "DELETE WHERE { ?s ?p ?o }"}, ""),
    ({"command": "filter", "parameters": ["a"]}, "parameters is an object"),
    ({"command": "filter", "parameters": {"view": "map"}}, "may not have view"),
    ({"command": "filter", "parameters": {"constructor": "x"}}, "may not have constructor"),
    ({"command": "filter", "parameters": {"a b": "x"}}, "may not have a b"),
    ({"command": "filter", "parameters": {"<img>": "x"}}, "may not have"),
    ({"command": "filter", "parameters": {"chain": 5}}, "chain is a text"),
    ({"command": "filter", "parameters": {"chain": LONG}}, "chain is a text"),
    ({"command": "filter", "parameters": {f"a{n}": "x" for n in range(33)}}, "more than 32"),
)


def test_malformed_messages_are_refused_with_the_reason(embedding: Embedding) -> None:
    page = embedding.open(embedding.origin)
    page.event("ready")
    before = page.explorer.run("return made.contentWindow.location.hash")
    for message, reason in MALFORMED:
        assert reason in page.error(message), json.dumps(message)[:80]
    # A name that several things have is not guessed.
    assert "several things" in page.error({"command": "select", "thing": name_of_several(page)})
    assert page.explorer.run("return made.contentWindow.location.hash") == before
    assert page.result(command="select", thing="place:baoji")["key"] == "place:baoji"
    # What is no request for a connection, or of another version, or without a port, is not one.
    count = len(page.explorer.run("return events"))
    page.explorer.run(
        "for (const other of [null, 1, 'connect', {}, { kg: 'other' }, [{ kg: 'connect' }]]) connect(made, other);"
        "made.contentWindow.postMessage({ kg: 'connect', version: 1 }, '*');"
        "connect(made, { kg: 'connect', version: 2 })"
    )
    assert "version 1" in page.event("refused")["reason"]
    assert len(page.explorer.run("return events")) == count + 1
    assert page.result(command="select", thing=None) is None
    assert faults(page.explorer.browser) == []


def name_of_several(page: Embedding) -> str:
    """A label that two things have."""
    text = (
        "PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> SELECT ?name { ?a rdfs:label ?name . ?b rdfs:label ?name "
        "FILTER(STR(?a) < STR(?b)) } LIMIT 1"
    )
    return str(page.result(command="query", text=text)["results"]["bindings"][0]["name"]["value"])


def test_queries_wait_for_one_another_and_a_second_connection_ends_the_first(embedding: Embedding) -> None:
    page = embedding.open(embedding.origin)
    page.event("ready")
    page.explorer.run(
        "for (let i = 0; i < 30; i += 1)"
        "  port.postMessage({ id: `many${i}`, command: 'query', text: `SELECT (${i} AS ?i) {}` })"
    )
    page.explorer.wait(lambda: len(page.explorer.run("return Object.keys(answers)")) == 30)
    answers = page.explorer.run("return answers")
    errors = [key for key, answer in answers.items() if "error" in answer]
    assert len(errors) == 10 and "20 queries wait" in answers[errors[0]]["error"]
    assert answers["many3"]["result"]["results"]["bindings"][0]["i"]["value"] == "3"
    page.explorer.run("window.old = port; window.port = connect(made)")
    page.explorer.wait(lambda: [e["event"] for e in page.explorer.run("return events")].count("ready") == 2)
    page.explorer.run("old.postMessage({ id: 'late', command: 'select', thing: 'place:baoji' })")
    assert page.result(command="select", thing="place:yichang")["key"] == "place:yichang"
    assert "late" not in page.explorer.run("return answers")


@pytest.mark.parametrize("scheme", ["file", "http"])
def test_the_page_of_the_documentation_runs_as_it_stands(embedding: Embedding, graph: Graph, scheme: str) -> None:
    explorer = embedding.explorer
    explorer.browser.get((embedding.folder.as_uri() if scheme == "file" else embedding.origin) + "/index.html")
    explorer.wait(
        lambda: explorer.text("#state") == f"connected: {len(graph.store)} facts, {drawn(graph)} things drawn"
    )
    explorer.wait(lambda: len(explorer.all("#classes tr")) == 5)
    explorer.click("#find button")
    explorer.wait(lambda: explorer.text("#selected") in ("Baoji", "宝鸡市"))
    field = explorer.find("#find input")
    field.clear()
    field.send_keys("nowhere at all")
    explorer.click("#find button")
    explorer.wait(lambda: "nothing in the graph" in explorer.text("#selected"))


def drawn(graph: Graph) -> int:
    return len(list(graph.ask("drawn-things")))
