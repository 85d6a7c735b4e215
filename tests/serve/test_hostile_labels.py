"""T8 and T9 at the server: what the graph says becomes text of a page, and only addresses of the web become links."""

from __future__ import annotations

from collections.abc import Iterator

import pyoxigraph as ox
import pytest

from kg.store.folder import publish
from tests.serve.support import InProcess
from tests.serve.test_questions import Page
from tests.support import PREFIXES

PAYLOADS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</style><script>alert(1)</script>",
    "</title><svg onload=alert(1)>",
    "{{ 7*7 }}{% raw %}",
    "<!-- --><iframe src=//example.org>",
    "&lt;script&gt;",
    "javascript:alert(1)",
    "\u202egnp.exe",
    "<base href=//example.org>",
    "]]><form action=//example.org>",
)
IRIS = ("javascript:alert(1)", "file:///etc/passwd", "data:text/html,x", "vbscript:x", "https://example.org/a?b='c'")
HTML = {"Accept": "text/html"}


def name(curie: str) -> ox.NamedNode:
    return ox.NamedNode(PREFIXES.expand(curie) or "")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """Things with a payload each for label, alias, note and passage, and IRIs that no browser should open."""
    folder = tmp_path_factory.mktemp("hostile")
    source, quads = name("source:bad"), []
    for number, payload in enumerate(PAYLOADS):
        thing, passage, selector = (
            name(f"place:t{number}"),
            name(f"source:bad#p{number}"),
            name(f"source:bad#s{number}"),
        )
        text = ox.Literal(payload, language="en")
        quads += [
            ox.Quad(thing, name("rdfs:label"), text, passage),
            ox.Quad(thing, name("rdfs:label"), ox.Literal(payload, language="zh"), passage),
            ox.Quad(thing, name("skos:altLabel"), ox.Literal(f"{payload} again"), passage),
            ox.Quad(thing, name("iis:note"), ox.Literal(payload), passage),
            *(ox.Quad(thing, name("rdfs:seeAlso"), ox.NamedNode(iri), passage) for iri in IRIS),
            ox.Quad(passage, name("rdf:type"), name("iis:Passage"), source),
            ox.Quad(passage, name("iis:section"), ox.Literal(payload), source),
            ox.Quad(passage, name("oa:hasSource"), source, source),
            ox.Quad(passage, name("oa:hasSelector"), selector, source),
            ox.Quad(selector, name("oa:exact"), ox.Literal(payload), source),
        ]
    quads += [
        ox.Quad(source, name("rdf:type"), name("iis:Source"), source),
        ox.Quad(source, name("rdfs:label"), ox.Literal(PAYLOADS[0], language="en"), source),
    ]
    publish(folder, sorted({f"{quad} ." for quad in quads}), {})
    with InProcess(folder) as client:
        yield client


def checked(text: str) -> Page:
    page = Page(text)
    assert not {"script", "img", "svg", "iframe", "base"} & set(page.tags)
    assert page.tags.count("style") == 1
    assert set(page.attributes) <= {
        *("lang", "charset", "name", "content", "rel", "title", "href", "hreflang", "aria-label", "class", "scope"),
        *("id", "colspan", "method", "action", "value", "placeholder", "required", "role", "tabindex", "data-label"),
    }
    assert all(link.startswith(("/", "?", "http://", "https://")) and not link.startswith("//") for link in page.links)
    return page


@pytest.mark.parametrize("number", range(len(PAYLOADS)))
def test_pages_of_things_show_text_as_text(hostile: InProcess, number: int) -> None:
    for language in ("en", "zh"):
        answer = hostile.get(f"/id/place/t{number}", headers=HTML | {"Accept-Language": language})
        assert answer.status_code == 200, answer.text
        page = checked(answer.text)
        assert "https://example.org/a?b='c'" in page.links
        assert any(link.startswith(f"/source/bad#p{number}") for link in page.links)


@pytest.mark.parametrize(
    "path",
    [
        "/source/bad",
        *(f"/source/bad?passage=p{number}" for number in range(len(PAYLOADS))),
        "/queries/names-of-things",
        "/queries/passages",
        "/queries/labels-in-both-languages",
        "/queries",
        "/ontology",
    ],
)
def test_other_pages_do_too(hostile: InProcess, path: str) -> None:
    answer = hostile.get(path, headers=HTML)
    assert answer.status_code == 200, answer.text
    checked(answer.text)


@pytest.mark.parametrize("payload", PAYLOADS)
def test_what_is_typed_comes_back_as_text(hostile: InProcess, payload: str) -> None:
    answer = hostile.get("/queries/labels", params={"thing": payload + "x"}, headers=HTML)
    assert answer.status_code == 404
    checked(answer.text)
    assert hostile.get(f"/id/place/{payload}x", headers=HTML).headers["content-type"] == "application/problem+json"
