"""The report: findings first, each with its passages and its query; sections by tag; nothing loaded, nothing run."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from kg.analysis.gaps.matrix import State, Statement
from kg.analysis.networks import NodeMeasures
from kg.analysis.overlap.pairs import overlap_matrix
from kg.analysis.result import Analysis
from kg.analysis.result import Table as ResultTable
from kg.api import Graph
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Query
from kg.query.header import read_header
from kg.store.answers import IRI, Solutions
from kg.view.report import render, write_report
from kg.view.report.analyses import MOST_ROWS
from kg.view.report.analyses import section as analysis_section
from kg.view.report.model import (
    Finding,
    FoundBy,
    Kind,
    Report,
    Source,
    central_nodes,
    doi_link,
    gap_figure,
    gather,
    overlap_figure,
    read_findings,
    sections,
)
from kg.view.report.tables import Passage, Passages, Row, Table, table
from tests.matrices import pairwise_overlap, stated
from tests.support import add_query
from tests.view.hostile import PAYLOADS, Page

PASSAGE = Passage("qinba", "Green industries", "3.1", "few leading enterprises")
NOTHING = Table("data-issues", "Data issues", "What is wrong?", (), ())
EMPTY = Report(0, 0, (), (), (), None, (), (), NOTHING)
PREFIXES = Prefixes({"place": "https://e.org/place/", "source": "https://e.org/source/"})


def report(text: str = "Baoji") -> Report:
    """A report with one of everything, a text in every place that comes from the data."""
    passage = Passage(text, text, text, text)
    finding = Finding(f"{text} lacks a stage", f"kg ask gaps place={text}", f"place={text}", (passage,))
    labels = {"s": text, "p": text, "q": text, "i": text, "j": text}
    rows = (Row((text, text), (passage,)),)
    matrix = stated([Statement("s", "p", State.SAID_MISSING, ("g",))], ["s", "t"], labels)
    overlap = overlap_matrix(pairwise_overlap({"p": {"i", "j"}, "q": {"i", "j"}}), labels)
    measures = [NodeMeasures("n", text, text, 2, 0.25, 0.5, True, 0)]
    return Report(
        facts=1234,
        passages=56,
        sources=(Source(text, text, text, text, text, text, doi_link(text), 7, 8),),
        findings=(Kind(text, (FoundBy("gaps", text, text, (finding,)),)),),
        gaps=(gap_figure(text, matrix, Passages({"g": passage})),),
        overlap=overlap_figure(overlap),
        centrality=(central_nodes("everything", text, text, measures),),
        tables=(Table("mine", text, text, ((text, text), ("b", "")), rows),),
        issues=Table("data-issues", text, text, ((text, text), ("b", "")), rows),
    )


@pytest.fixture(scope="module")
def gathered(graph: Graph) -> Report:
    """The report of the five papers."""
    return gather(graph.store, graph.project)


def headings(html: str) -> list[str]:
    return [re.sub(r"<[^>]*>|\s+", " ", h).strip() for h in re.findall(r"<h2>(.*?)</h2>", html, re.DOTALL)]


def test_findings_come_before_pictures_and_tables() -> None:
    assert headings(render(report())) == [
        "Before reading",
        "Findings",
        "Chains by places",
        "Industries in common",
        "Most central nodes",
        "Baoji",
        "Baoji",
        "Sources",
    ]


def test_analyses_are_sections_with_their_tables_cut_short() -> None:
    rows = [(f"stage {n}",) for n in range(MOST_ROWS + 5)]
    found = Analysis(
        "gaps", "Gaps", (), (ResultTable("all", "All", "Each is one.", {"stage": "it"}, rows),), (), ("n.b.",)
    )
    facts = SimpleNamespace(prefixes=PREFIXES)
    part = analysis_section(found, facts, Passages({}))  # type: ignore[arg-type]
    text = Page(render(replace(EMPTY, analyses=(replace(part, picture=None),)))).text
    assert "All (45 rows)" in text
    assert "5 more rows: kg gaps --table all" in text
    assert "n.b." in text
    assert "stage 39" in text and "stage 40" not in text


def test_finding_stands_with_its_query_and_its_passage() -> None:
    text = Page(
        render(
            replace(
                EMPTY,
                findings=(
                    Kind(
                        "gap",
                        (
                            FoundBy(
                                "gaps",
                                "Gaps",
                                "What is missing?",
                                (
                                    Finding(
                                        "Tests are said to be missing in Baoji",
                                        "kg ask gaps place=baoji",
                                        "place=baoji",
                                        (PASSAGE,),
                                    ),
                                ),
                            ),
                        ),
                    ),
                ),
            )
        )
    ).text
    for said in (
        "Gap 1",
        "Gaps",
        "What is missing?",
        "Tests are said to be missing in Baoji",
        "1 passage : qinba 3.1",
        "Green industries, section 3.1: “few leading enterprises”",
        "kg ask gaps place=baoji",
    ):
        assert said in text


def test_said_missing_and_not_recorded_are_counted_apart() -> None:
    """Two kinds have two counts and there is no sum of them."""
    kinds = tuple(
        Kind(name, (FoundBy("q", "Q", "", tuple(Finding(f"{name} {i}", "c", "", ()) for i in range(count))),))
        for name, count in (("gap", 3), ("not recorded", 4))
    )
    text = Page(render(replace(EMPTY, findings=kinds))).text
    assert "3 Gap" in text
    assert "4 Not recorded" in text
    assert "7" not in text.split("Findings", 1)[0]


def test_each_picture_says_how_to_read_it_and_the_same_in_words() -> None:
    page = Page(render(report()))
    assert page.elements["figure"] == page.elements["figcaption"] == page.elements["svg"] == 3
    assert page.text.count("How to read this:") >= 3
    assert "said missing" in page.text
    assert "The same in words, with passages (1 rows)" in page.text


def test_empty_sections_say_so() -> None:
    text = Page(render(EMPTY)).text
    for said in (
        "The analyses found nothing in this graph.",
        "No chain has two stages of which a document says who performs or lacks them.",
        "No two places are recorded with two industries each and one in common.",
        "The project has no network.",
        "No fault of the sources is recorded.",
        "The graph names no source.",
    ):
        assert said in text


def test_long_lists_are_folded_and_complete() -> None:
    many = tuple(Finding(f"finding number {i}.", "c", "", ()) for i in range(30))
    page = Page(render(replace(EMPTY, findings=(Kind("gap", (FoundBy("q", "Q", "", many),)),))))
    assert "The other 18, less severe ones" in page.text
    assert all(f"finding number {i}." in page.text for i in range(30))


def test_long_tables_are_folded_and_complete() -> None:
    rows = tuple(Row((f"row number {i}.",)) for i in range(30))
    text = Page(render(replace(EMPTY, tables=(Table("t", "T", "?", (("a", ""),), rows),)))).text
    assert "The other 18 rows" in text
    assert all(f"row number {i}." in text for i in range(30))


def test_page_loads_nothing_and_runs_nothing() -> None:
    page = Page(render(report()))
    assert (
        page.policy
        == "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert page.loads == []
    assert page.elements["script"] == page.elements["link"] == page.elements["iframe"] == 0
    assert page.handlers == []


@pytest.mark.parametrize("payload", PAYLOADS)
def test_text_of_the_data_stays_text(payload: str) -> None:
    """Reliability T8: parsed, the page is made of the same elements as a harmless one, but for lines of a label."""
    harmless, hostile = Page(render(report())), Page(render(report(payload)))
    del harmless.elements["text"], hostile.elements["text"]
    assert hostile.elements == harmless.elements
    assert hostile.handlers == []
    assert hostile.loads == []
    assert " ".join(payload.split()) in hostile.text


@pytest.mark.parametrize(
    ("doi", "link"),
    [
        ("10.15302/JSSCAE2020.01.014", "https://doi.org/10.15302/JSSCAE2020.01.014"),
        ('10.1/"><script>', "https://doi.org/10.1/%22%3E%3Cscript%3E"),
        (
            "10.1002/(SICI)1097<1::AID>3.0.CO;2-#",
            "https://doi.org/10.1002/%28SICI%291097%3C1%3A%3AAID%3E3.0.CO%3B2-%23",
        ),
        ("javascript:alert(1)", ""),
        ("file:///etc/passwd", ""),
        ("https://e.org/10.1/x", ""),
        ("", ""),
    ],
)
def test_only_a_doi_becomes_a_link(doi: str, link: str) -> None:
    """Reliability T9."""
    assert doi_link(doi) == link


def test_links_lead_within_the_page_or_to_a_doi() -> None:
    source = Source("qinba", "T", "A", "2020", "V", "10.15302/X", doi_link("10.15302/X"), 1, 1)
    html = render(replace(report(), sources=(source,)))
    links = Page(html).links
    assert "https://doi.org/10.15302/X" in links
    inner = [link for link in links if link != "https://doi.org/10.15302/X"]
    assert all(link.startswith("#") for link in inner)
    assert all(f'id="{link[1:]}"' in html for link in inner)


def test_ids_are_unique() -> None:
    ids = re.findall(r'\sid="([^"]*)"', render(report()))
    assert sorted(ids) == sorted(set(ids))


def query(text: str) -> Query:
    return Query("mine", "evidence", read_header(text, "mine.rq"), text, Path("mine.rq"))


def test_table_shows_names_and_passages_in_place_of_iris() -> None:
    asked = query(
        "#+ summary: Mine\n#+ question: What?\n#+ returns:\n#+   place: the place\n#+   place_label: its name\n"
    )
    columns = ("place", "place_label", "in_place", "empty", "share", "passages")
    rows: list[tuple[Any, ...]] = [
        (IRI("https://e.org/place/a"), "A", IRI("https://e.org/place/b"), None, 0.123456, "https://e.org/source/s#1")
    ]
    made = table(asked, Solutions(columns, rows), Passages({"https://e.org/source/s#1": PASSAGE}), PREFIXES)
    assert made.columns == (("place", "its name"), ("in place", ""), ("share", ""))
    assert made.rows == (Row(("A", "place:b", "0.1235"), (PASSAGE,)),)


def test_number_of_passages_is_a_number_and_not_a_passage() -> None:
    made = table(query("#+ summary: Mine\n"), Solutions(("passages",), [(12,)]), Passages({}), PREFIXES)
    assert made.rows == (Row(("12",), ()),)


def test_sections_are_short_and_say_that_there_are_more() -> None:
    many = [Passage("a", "A", str(n), "x") for n in range(6)]
    assert sections([*many, PASSAGE]) == "a 0, 1, 2, 3 …; qinba 3.1"


def test_every_finding_of_the_graph_is_on_the_page(graph: Graph, gathered: Report) -> None:
    text = Page(render(gathered)).text.casefold()
    labels = [" ".join(str(row["finding_label"]).split()) for row in graph.findings()]
    assert labels
    assert [label for label in labels if label.casefold() not in text] == []


def test_findings_keep_the_order_of_their_weight(graph: Graph) -> None:
    order = {str(row["finding_label"]).casefold(): int(str(row["order"])) for row in graph.findings()}
    for kind in read_findings(graph.store, graph.project):
        for found in kind.queries:
            ranks = [order[finding.text.casefold()] for finding in found.findings]
            assert ranks == sorted(ranks)


def test_counts_are_those_of_the_graph(graph: Graph, gathered: Report) -> None:
    """Five papers, and each passage of the graph once."""
    assert sum(bool(source.passages) for source in gathered.sources) == 5
    assert gathered.passages == len(graph.ask("passages"))
    assert gathered.facts == sum(int(str(row["facts"])) for row in graph.ask("sources"))


def test_every_query_with_the_tag_is_a_section(graph: Graph, gathered: Report) -> None:
    tagged = {name for name, q in graph.queries.items() if "report" in q.header.tags}
    shown = {made.name for made in gathered.tables}
    assert tagged - {"findings", "passages", "sources", "data-issues"} == shown


def test_query_of_a_user_with_the_tag_becomes_a_section(graph: Graph, tmp_path: Path) -> None:
    text = (
        "#+ summary: Cities by the sea\n#+ question: Which?\n#+ parameters:\n"
        "#+   - {name: city, type: place, description: the city, required: false}\n#+ tags: [report]\n"
        'SELECT ?city_label WHERE {\n  VALUES ?city { UNDEF }\n  VALUES ?city_label { "Qingdao" }\n}\n'
    )
    add_query(tmp_path, text, "by-the-sea")
    project = Project((*graph.project.roots, tmp_path))
    page = Page(render(gather(graph.store, project)))
    assert "Cities by the sea" in page.text
    assert "kg ask by-the-sea" in page.text
    assert "Qingdao" in page.text


def test_same_graph_gives_the_same_report(graph: Graph, gathered: Report, tmp_path: Path) -> None:
    write_report(graph.store, graph.project, tmp_path / "report.html")
    assert (tmp_path / "report.html").read_text(encoding="utf-8") == render(gathered)
