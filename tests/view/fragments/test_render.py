"""Fragments: what their pages show, and that nothing in them runs, loads or breaks out of the frame."""

from __future__ import annotations

import html
import re
from dataclasses import replace

import pytest
import rdflib

from kg.analysis.result import Finding, Part
from kg.api import Graph
from kg.errors import BadParameter, UnknownName, UseError
from kg.query.header import Header
from kg.store.answers import IRI, Solutions
from kg.view.fragments import Settings, finding_page, framed, question_page
from kg.view.pictures import PICTURES
from tests.support import PREFIXES, ROOT
from tests.view.hostile import PAYLOADS, Page


def inside(fragment: str) -> Page:
    """The page in a frame."""
    found = re.fullmatch(r'<iframe [^<>]* srcdoc="([^"]*)"></iframe>\n', fragment)
    assert found, fragment[:300]
    return Page(html.unescape(found[1]))


def test_a_question_shows_its_rows_with_source_and_section(graph: Graph) -> None:
    page = inside(graph.embed("stages-in-order", chain="titanium"))
    assert page.text.startswith("Stages in order Stages in order Which stages")
    assert "chain = titanium" in page.text
    rows = len(graph.ask("stages-in-order", chain="titanium"))
    assert page.elements["tr"] == rows + 1
    assert "baoji-titanium 6.1" in page.text
    assert "https://w3id.org" not in page.text
    assert "Study on the Optimisation Path" in page.text


def test_a_question_that_an_analysis_draws_has_its_picture(graph: Graph) -> None:
    """The same as `kg gaps --place xianyang -o picture.svg` draws."""
    page = graph.fragment_page("gaps-in-place", place="xianyang")
    drawn = PICTURES["gaps"](graph.gaps(place="xianyang"), graph.facts)
    assert drawn.svg in page.html
    assert (Page(page.html).elements["svg"], Page(page.html).loads) == (1, [])
    assert Page(graph.fragment_page("stages-in-order", chain="titanium").html).elements["svg"] == 0


def test_rows_that_are_not_shown_are_counted(graph: Graph) -> None:
    page = inside(graph.embed("sources", Settings(rows=2)))
    assert page.elements["tr"] == 3
    assert "4 more rows are not shown." in page.text


def test_a_thing_shows_its_names_its_facts_and_who_says_so(graph: Graph) -> None:
    page = inside(graph.embed("宝钛集团"))
    assert "BaoTai Group enterprise Also called: BaoTai; BaoTai Group Co., Ltd; 宝钛集团" in page.text
    assert "Industry in Baoji baoji-titanium 4.1" in page.text
    assert "Findings" in page.text


def test_statements_that_are_not_shown_are_counted(graph: Graph) -> None:
    page = inside(graph.embed("place:baoji", Settings(rows=10)))
    assert page.elements["dd"] == 10
    assert "more statements are not shown." in page.text


def test_a_finding_shows_what_its_severity_is_made_of(graph: Graph) -> None:
    row = next(iter(graph.findings()))
    found = graph.finding(str(row["finding"]))
    page = inside(graph.embed(graph.prefixes.shorten(str(row["finding"]))))
    assert page.elements["tr"] == len(found.parts) + 1
    assert " ".join(found.label.split()) in page.text
    assert f"severity {found.severity:.2f}" in page.text
    assert graph.fragment_page(str(row["finding"])) == graph.fragment_page(graph.prefixes.shorten(str(row["finding"])))
    anchors = graph.anchors(found.passages).values()
    assert all(" ".join(anchor.split()) in page.text for anchor in anchors)


def test_a_page_may_be_in_chinese(graph: Graph) -> None:
    chain = inside(graph.embed("stages-in-order", Settings(language="zh"), chain="titanium"))
    assert "查询条件: chain = titanium" in chain.text
    assert "钛产业链" in chain.text
    city = inside(graph.embed("Baoji", Settings(language="zh")))
    assert city.text.startswith("宝鸡市")
    assert "陕西省" in city.text


def test_columns_are_called_in_chinese_as_the_terms_of_the_ontology_are(graph: Graph) -> None:
    html = graph.fragment_page("stages-in-order", Settings(language="zh"), chain="titanium").html
    assert f">{chinese_label('iis:Stage')}</th>" in html
    rows = Solutions(("industries_labels", "in_place", "kind", "no_term"), [("x", "x", "x", "x")])
    page = question_page(graph.facts, graph.queries["sources"], rows, {}, Settings(language="zh")).html
    expected = [chinese_label("iis:Industry"), chinese_label("iis:inPlace"), "类别", "no term"]
    assert re.findall('scope="col"[^>]*>([^<]*)</th>', page) == expected


def chinese_label(term: str) -> str:
    """The label of a term in the files of the ontology."""
    labels = [
        label
        for path in sorted((ROOT / "ontology").glob("*.ttl"))
        for label in rdflib.Graph().parse(path).objects(rdflib.URIRef(PREFIXES.expand(term) or ""), rdflib.RDFS.label)
    ]
    (chinese,) = (str(label) for label in labels if isinstance(label, rdflib.Literal) and label.language == "zh")
    return chinese


@pytest.mark.parametrize(
    ("name", "parameters", "address"),
    [
        (
            "stages-in-order",
            {"chain": "titanium"},
            "https://kg.example/embed/queries/stages-in-order?chain=titanium&amp;page-language=zh&amp;page-rows=9",
        ),
        ("Baoji", {}, "https://kg.example/embed/id/place/baoji?page-language=zh&amp;page-rows=9"),
    ],
)
def test_the_frame_of_a_server_names_its_address(
    graph: Graph, name: str, parameters: dict[str, str], address: str
) -> None:
    settings = Settings(language="zh", rows=9, address="https://kg.example/", height=300)
    fragment = graph.embed(name, settings, **parameters)
    assert f'src="{address}"' in fragment
    assert "srcdoc" not in fragment
    assert "height: 300px" in fragment


def test_what_there_is_not_is_told_with_what_is_like_it(graph: Graph) -> None:
    with pytest.raises(UnknownName, match="Did you mean stages-in-order"):
        graph.embed("stage-in-order")
    with pytest.raises(UnknownName, match="Give parameters to a question alone"):
        graph.embed("Baoji", chain="titanium")
    with pytest.raises(UnknownName, match="unknown finding"):
        graph.embed("finding:none")
    with pytest.raises(BadParameter, match="parameter thing is missing"):
        graph.embed("said-about")


@pytest.mark.parametrize(
    "wrong",
    [
        {"language": "fr"},
        {"rows": 0},
        {"height": 1},
        {"address": "javascript:alert(1)"},
        {"address": 'https://a.example/" onload="x'},
        {"address": "https://user@a.example"},
    ],
)
def test_settings_that_cannot_be_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UseError):
        replace(Settings(), **wrong)  # type: ignore[arg-type]


def answer(payload: str) -> Solutions:
    things = (IRI("https://example.org/a"), payload, IRI(f"javascript:{payload.split()[0]}"), "javascript:alert(1)")
    return Solutions(("thing", "thing_label", "address", "text"), [things, (*things[:3], "file:///etc/passwd")])


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_labels_stay_text(graph: Graph, payload: str) -> None:
    query = replace(
        graph.queries["sources"],
        header=Header(payload, payload, returns={"thing_label": payload}),
    )
    plain = question_page(graph.facts, query, answer("harmless"), {"a": "b"}, Settings(title="T"))
    hostile = question_page(graph.facts, query, answer(payload), {payload: payload}, Settings(title=payload))
    before, after = inside(framed(plain)), inside(framed(hostile))
    assert after.elements == before.elements
    assert after.handlers == after.loads == after.links == []
    assert after.elements["script"] == 0
    assert after.policy.startswith("default-src 'none'")
    assert " ".join(payload.split()) in after.text


@pytest.mark.parametrize("payload", PAYLOADS)
def test_hostile_findings_stay_text(graph: Graph, payload: str) -> None:
    def page(text: str) -> Page:
        finding = Finding(text, text, (text,), (Part(text, 0.5, 1.0, text),), text, aspect=text)
        return inside(framed(finding_page(graph.facts, finding)))

    assert page(payload).elements == page("harmless").elements
    assert page(payload).handlers == page(payload).loads == page(payload).links == []


def test_only_addresses_of_the_web_become_links(graph: Graph) -> None:
    query = graph.queries["sources"]
    cells = ["https://example.org/a?b=1&c=2", "HTTP://example.org", "ftp://example.org", "javascript:alert(1)", "//a"]
    rows = [(cell,) for cell in [*cells, "data:text/html,x", "https://example.org/ b"]]
    page = inside(framed(question_page(graph.facts, query, Solutions(("text",), list(rows)), {})))
    assert page.links == cells[:2]
    raw = question_page(graph.facts, query, Solutions(("text",), list(rows)), {}).html
    assert raw.count('target="_blank" rel="noopener noreferrer"') == 2


def test_the_frame_gives_the_page_no_rights_but_to_open_links(graph: Graph) -> None:
    fragment = graph.embed("sources")
    assert 'sandbox="allow-popups allow-popups-to-escape-sandbox"' in fragment
    assert "<script" not in html.unescape(fragment)
