"""Data that would run if a page took them for markup: nothing runs, nothing is injected, all is shown as it is."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

from kg.api import Graph
from kg.project import Project
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer import write_explorer
from tests.browser.support import Explorer, faults, requests
from tests.support import add_query
from tests.view.hostile import PAYLOADS

HOSTILE = (
    *PAYLOADS,
    "</script>",
    "<!--",
    "\u202egnissentihw\u2066",
    "before\x00after",
    "\\ud800\\udc00 \\u0000",
    "x" * 20_000,
    "${alert(1)}#{alert(1)}<%= alert(1) %>[[constructor.constructor('alert(1)')()]]",
    "javascript:alert(1)",
    "__proto__",
    "constructor",
    "a\u2028b\u2029c\u0085d",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe><base href=//example.org>",
    "<style>*{display:none}</style><link rel=stylesheet href=//example.org>",
    "$& $1 {name} {count} {source}",
)
IRIS = {
    "javascript:alert(1)": "place:baoji",
    "urn:x:'onmouseover='alert(1)": "place:xianyang",
    "https://example.org/__proto__": "place:yichang",
    "urn:constructor": "chain:titanium",
    "urn:x:\u202egnp": "actor:baotai-group",
    "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E": "stage:titanium-sponge",
    "https://example.org/a&node=d#e%ED%A0%80+%00": "industry:titanium",
}
"""IRIs that the standard allows, in the place of things that every view shows."""

TEXTS = (
    "label",
    "altLabel",
    "prefLabel",
    "definition",
    "section",
    "exact",
    "explanation",
    "title",
    "remark",
    "comment",
)
VIEWS = ("network", "chain", "map", "matrices", "findings", "query")

HARM = """
const harm = [];
const good = /^(#|blob:|data:,|data:image|$)/;
for (const element of document.querySelectorAll("*")) {
  if (["IFRAME", "OBJECT", "EMBED", "BASE", "FRAME", "MATH"].includes(element.tagName)) harm.push(element.tagName);
  for (const { name, value } of element.attributes) {
    if (name.startsWith("on")) harm.push(name);
    const loads = ["href", "src", "xlink:href", "action", "formaction", "srcset", "data", "poster"].includes(name);
    if (loads && !good.test(value)) harm.push(`${name}=${value}`);
  }
}
if (document.querySelectorAll("script:not([type='text/plain'], [src^='blob:'])").length !== 1) harm.push("script");
if (window.ran) harm.push("ran");
return harm;
"""
WATCH = """
window.ran = 0;
const count = () => { window.ran += 1; return null; };
for (const name of ["alert", "confirm", "prompt", "open", "print"]) window[name] = count;
"""
PRESS = """
const main = document.querySelector("main");
for (const canvas of main.querySelectorAll("canvas, svg")) {
  const box = canvas.getBoundingClientRect();
  for (let i = 1; i < 8; i += 1) for (let j = 1; j < 8; j += 1) {
    const [clientX, clientY] = [box.left + box.width * i / 8, box.top + box.height * j / 8];
    const at = document.elementFromPoint(clientX, clientY) ?? canvas;
    for (const type of ["pointermove", "mousemove", "pointerover", "mouseover"]) {
      at.dispatchEvent(new PointerEvent(type, { clientX, clientY, bubbles: true, pointerId: 1 }));
    }
  }
}
const seen = new Map();
const pressed = "button, summary, [role=tab], [role=option], td, select, input[type=checkbox]";
for (const each of main.querySelectorAll(pressed)) {
  if (!each.isConnected || /download|file|print/i.test(each.className + each.textContent.slice(0, 40))) continue;
  const kind = `${each.tagName} ${each.className} ${each.parentElement.className}`;
  seen.set(kind, (seen.get(kind) ?? 0) + 1);
  if (seen.get(kind) > 4) continue;
  if (each.tagName === "SELECT") {
    each.selectedIndex = each.options.length - 1;
    each.dispatchEvent(new Event("change", { bubbles: true }));
  } else each.click();
}
for (const field of main.querySelectorAll("input[type=search], input[type=text], input:not([type])")) {
  field.value = arguments[0];
  for (const type of ["input", "change"]) field.dispatchEvent(new Event(type, { bubbles: true }));
}
return seen.size;
"""


def hostile_store(graph: Graph) -> tuple[OxigraphStore, dict[str, str]]:
    """The graph of the papers with hostile texts for all names and quotes, and the IRIs that have each text."""
    renamed = {graph.prefixes.expand(key): iri for iri, key in IRIS.items()}
    holders: dict[str, str] = {}
    places: dict[Any, int] = {}

    def term(each: Any) -> Any:
        return ox.NamedNode(renamed[each.value]) if getattr(each, "value", "") in renamed else each

    engine = ox.Store()
    for quad in sorted(ox.parse(graph.embedded.dump(), format=ox.RdfFormat.N_QUADS), key=str):
        subject, value = term(quad.subject), term(quad.object)
        name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
        if name in TEXTS and isinstance(value, ox.Literal):
            text = HOSTILE[places.setdefault(subject, len(places)) % len(HOSTILE)]
            if value.language == "en" and name == "label":
                holders.setdefault(text, subject.value)
            value = ox.Literal(text, language=value.language) if value.language else ox.Literal(text)
        engine.add(ox.Quad(subject, quad.predicate, value, term(quad.graph_name)))
    assert len(places) > 10 * len(HOSTILE)
    return OxigraphStore(engine), holders


@pytest.fixture(scope="module")
def hostile(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """An explorer of hostile data, with hostile questions and a hostile title."""
    folder = tmp_path_factory.mktemp("hostile")
    for number, text in enumerate(HOSTILE):
        header = json.dumps(text.replace("\x00", "").replace("\u2028", " ").replace("\u2029", " ").replace("\x85", " "))
        add_query(
            folder,
            f"#+ summary: {header}\n#+ question: {header}\n#+ parameters:\n"
            f"#+   - {{name: thing, type: thing, description: {header}, required: false}}\n"
            f"#+ returns:\n#+   thing: {header}\n#+ tags: [evidence]\n"
            "SELECT ?thing WHERE { VALUES ?thing { UNDEF } ?thing ?p ?o } ORDER BY ?thing\n",
            name=f"hostile-{number}",
        )
    store, holders = hostile_store(graph)
    path = folder / "hostile.html"
    write_explorer(store, Project((*graph.project.roots, folder)), path, {"title": "".join(HOSTILE[:20])})
    return path, holders


@pytest.fixture
def page(browser: Any, hostile: tuple[Path, dict[str, str]]) -> Explorer:
    return Explorer(browser, hostile[0])


def harmless(explorer: Explorer, where: str) -> None:
    assert explorer.run(HARM) == [], where


def quiet(explorer: Explorer) -> None:
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def sent(browser: Any) -> list[str]:
    """Requests over the network since the logs were read that the policy did not stop."""
    messages = [json.loads(entry["message"])["message"] for entry in browser.get_log("performance")]
    stopped = {m["params"]["requestId"] for m in messages if m["params"].get("blockedReason") == "csp"}
    asked = [m["params"] for m in messages if m["method"] == "Network.requestWillBeSent"]
    urls = [each["request"]["url"] for each in asked if each["requestId"] not in stopped]
    return [url for url in urls if "example.org" in url]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("view", VIEWS)
def test_no_view_runs_what_the_data_hold(page: Explorer, view: str, language: str) -> None:
    page.open(f"view={view}", language=language)
    page.run(WATCH)
    harmless(page, view)
    for text in ("<img src=x onerror=alert(1)>", "constructor"):
        page.run(PRESS, text)
        page.promised("new Promise((done) => setTimeout(done, 300))")
        harmless(page, view)
    assert page.text("header.frame h1").startswith("<script>alert(1)</script><img src=x")
    page.run("document.querySelector('button.theme').click()")
    harmless(page, view)
    quiet(page)


def test_details_show_each_text_as_it_is(page: Explorer, hostile: tuple[Path, dict[str, str]]) -> None:
    holders = hostile[1]
    assert set(holders) == set(HOSTILE) and len(HOSTILE) >= 20
    page.open("view=findings")
    page.run(WATCH)
    for language in ("en", "zh"):
        page.run("iisKg.app.setLanguage(arguments[0])", language)
        for text, iri in [*holders.items(), *((None, iri) for iri in IRIS)]:
            page.run("iisKg.app.select(iisKg.app.graph.number(arguments[0]))", iri)
            page.wait(
                partial(page.run, "return document.querySelector('.details code')?.textContent === arguments[0]", iri)
            )
            shown = page.run("return document.querySelector('.details h2').textContent")
            assert text is None or language == "zh" or shown == text
            page.run("for (const more of document.querySelectorAll('.details .more:not([hidden])')) more.click()")
            harmless(page, iri)
            assert page.run("return document.querySelector('.details').scrollWidth") < 500, iri
    quiet(page)


def test_an_address_runs_nothing(page: Explorer) -> None:
    """Every parameter that a view may read, and one that none does, with every text."""
    page.open("view=findings")
    page.run(WATCH)
    names = "node edge lang q thing text query chain place class source status kind compare search colour size embed"
    script = (
        "const words = [...arguments[1].split(' '), '__proto__', 'x'].map((name) => [name, arguments[2]]);"
        "location.hash = new URLSearchParams([['view', arguments[0]], ...words]).toString()"
    )
    for text in HOSTILE:
        for view in (*VIEWS, text):
            page.run(script, view, names, text[:3_000])
        page.promised("new Promise((done) => setTimeout(done, 30))")
        harmless(page, text[:60])
    for raw in (
        "#node=%ED%A0%80&view=%00",
        "#%E0%A4%A",
        "#view=network&edge=%7C%7C",
        "#node=_:&edge=_:|_:|_:",
        "#=&&==",
    ):
        page.run("location.hash = arguments[0]", raw)
        page.promised("new Promise((done) => setTimeout(done, 30))")
        harmless(page, raw)
    quiet(page)


INJECTIONS = (
    "const s = document.createElement('script'); s.textContent = 'window.ran += 1'; document.body.append(s);",
    "const b = document.createElement('b'); b.setAttribute('onclick', 'window.ran += 1'); b.click();",
    "const a = document.createElement('a'); a.href = 'javascript:window.ran+=1'; document.body.append(a); a.click();",
    "const i = document.createElement('img'); i.src = 'https://example.org/x.png'; document.body.append(i);",
    "const s = document.createElement('script'); s.src = 'https://example.org/x.js'; document.body.append(s);",
    "const f = document.createElement('iframe'); f.src = 'https://example.org/'; document.body.append(f);",
    "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = '//example.org'; document.body.append(l)",
    "fetch('https://example.org/').catch(() => {})",
    "try { new WebSocket('wss://example.org/') } catch {}",
    "navigator.sendBeacon('https://example.org/', 'x')",
    "const f = document.createElement('form'); f.action = 'https://example.org/'; document.body.append(f); f.submit();",
    "try { eval('window.ran += 1') } catch {}",
    "try { new Function('window.ran += 1')() } catch {}",
    "setTimeout('window.ran += 1', 0)",
)


def test_the_policy_stops_what_a_mistake_would_let_in(explorer: Explorer) -> None:
    """Each of these is done as a script of the page would do it; the browser says of each that it was blocked."""
    explorer.open("view=findings")
    explorer.run(
        "window.ran = 0; window.blocked = 0;"
        "document.addEventListener('securitypolicyviolation', () => { window.blocked += 1; })"
    )
    done = {"allowUnsafeEvalBlockedByCSP": False}
    for count, injection in enumerate(INJECTIONS, start=1):
        explorer.browser.execute_cdp_cmd("Runtime.evaluate", done | {"expression": f"{{ {injection} }}"})
        explorer.wait(partial(explorer.run, "return window.blocked >= arguments[0]", count))
    explorer.promised("new Promise((done) => setTimeout(done, 100))")
    assert explorer.run("return window.ran") == 0
    assert sent(explorer.browser) == []
    explorer.browser.get_log("browser")
