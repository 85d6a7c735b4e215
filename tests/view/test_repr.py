"""How objects show themselves: short in a terminal, as HTML that runs and loads nothing in a notebook."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from kg.analysis.gaps.matrices import gap_matrices
from kg.analysis.result import Analysis, Finding, Part, Table
from kg.api import Graph, WhatIf
from kg.errors import BadParameter
from kg.load.build import build
from kg.load.scenario import Applied
from kg.store.answers import IRI, Solutions, Value
from kg.store.folder import open_current
from kg.store.oxigraph import OxigraphStore
from tests.support import make_project
from tests.view.hostile import PAYLOADS, Page


def objects(text: str) -> list[object]:
    """A finding, an analysis and an answer that say a text wherever they say one."""
    finding = Finding(text, text, (text,), (Part(text, 0.5, 2.0, text),), text, ((text, text),), (text,))
    table = Table("t", text, text, {text: text, "n": "n"}, [(text, 1), (IRI(f"https://e.org/{text}"), 2)])
    return [
        finding,
        Analysis("gaps", text, ((text, text),), (table, table), (finding,), (text,)),
        Solutions((text, "b_label"), [(text, 0.5), (None, True)]),
    ]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_texts_stay_texts(payload: str) -> None:
    for hostile, harmless in zip(objects(payload), objects("harmless"), strict=True):
        page, plain = Page(html_of(hostile)), Page(html_of(harmless))
        assert page.elements == plain.elements
        assert page.handlers == page.links == page.loads == []
        assert "script" not in page.elements


def html_of(shown: object) -> str:
    html = shown._repr_html_()  # type: ignore[attr-defined]
    assert isinstance(html, str)
    return html


def hostile_graph(folder: Path, name: str) -> Graph:
    label = name.replace('"', '""')
    project = make_project(folder / "project", {"place": f'key,class,label\nchina,Country,"{label}"\n'})
    build(project, folder / "store")
    return Graph(open_current(folder / "store"), project)


@pytest.mark.parametrize("payload", PAYLOADS[:5])
def test_names_of_a_graph_stay_texts(tmp_path: Path, payload: str) -> None:
    page = Page(html_of(hostile_graph(tmp_path, payload)))
    assert {*page.elements} <= {"div", "h4", "p", "table", "caption", "thead", "tbody", "tr", "th", "td", "svg"}
    assert page.handlers == page.links == page.loads == []


def test_graph_shows_counts_a_picture_and_the_worst_findings(graph: Graph) -> None:
    page = Page(html := html_of(graph))
    findings = list(graph.findings())
    assert f"findings {len(findings):,}" in page.text
    assert f"statements {len(graph.store):,}" in page.text
    assert page.elements["svg"] == 1
    assert gap_matrices(graph.facts)[0][0] in page.text
    worst = max(findings, key=lambda row: float(str(row["severity"])))
    severities = [row["severity"] for row in findings]
    assert max(map(float, map(str, severities))) == float(str(worst["severity"]))
    tops = [str(row["finding_label"]) for row in findings if row["severity"] == worst["severity"]]
    assert any(label[:60] in page.text for label in tops)
    citations = graph.citations(str(worst["passages"]).split())
    assert all(said in page.text for said in citations.values())
    assert page.handlers == page.links == page.loads == []
    assert "<script" not in html and "url(" not in html
    assert len(html) < 200_000


def test_answers_show_twenty_rows_and_how_many_there_are(graph: Graph) -> None:
    answer = graph.ask("names-of-things")
    page = Page(html_of(answer))
    assert page.elements["tr"] == 21
    assert f"20 of {len(answer):,} rows" in page.text
    assert repr(answer) == f"<Solutions: {len(answer):,} rows of thing, name>"


def test_labels_stand_in_the_place_of_iris(graph: Graph) -> None:
    page = Page(html_of(graph.ask("stages-in-order", chain="titanium")))
    assert "Titanium sponge making" in page.text
    assert "http" not in page.text


def test_analyses_and_findings_show_why(graph: Graph) -> None:
    found = graph.gaps(place="xianyang", chain="tcm")
    page = Page(html_of(found))
    worst = max(found.findings, key=lambda finding: finding.severity)
    assert worst.label[:60] in page.text
    assert found.tables[0].reading in page.text
    assert repr(found).startswith("<Analysis gaps: ")
    assert f"{len(found.findings)} findings>" in repr(found)
    assert worst.parts[0].name in Page(html_of(worst)).text
    assert repr(worst) == f"<Finding gap-finding {worst.severity:.2f}: {worst.label}>"


def test_what_if_shows_its_changes(graph: Graph) -> None:
    would_be = graph.what_if("xianyang-platforms")
    page = Page(html_of(would_be))
    assert would_be.applied.title in page.text
    assert all(text in page.text for text in would_be.applied.assumes)
    assert repr(would_be).startswith(f"<kg.WhatIf: {would_be.applied.title}; ")
    assert repr(graph) == f"<kg.Graph: {len(graph.store):,} statements>"


@pytest.mark.parametrize("payload", PAYLOADS[:3])
def test_scenarios_stay_texts(tmp_path: Path, payload: str) -> None:
    base = hostile_graph(tmp_path, "China")
    assert isinstance(base.store, OxigraphStore)
    page = Page(html_of(WhatIf(base, Applied(base.store, "s", payload, (payload,), (), (payload,)))))
    assert page.handlers == page.links == page.loads == []
    assert "script" not in page.elements and "img" not in page.elements


COLUMNS: tuple[tuple[list[Value | None], str, int], ...] = (
    ([1, 2], "int64", 0),
    ([1, None], "Int64", 1),
    ([True, False], "bool", 0),
    ([True, None], "boolean", 1),
    ([Decimal("0.5"), 1], "float64", 0),
    ([Decimal("0.5"), None], "float64", 1),
    ([2**70, 1], "float64", 0),
    ([None, None], "object", 2),
)


@pytest.mark.parametrize(("cells", "dtype", "missing"), COLUMNS)
def test_frames_have_the_narrowest_type(cells: list[Value | None], dtype: str, missing: int) -> None:
    frame = Solutions(("x",), [(cell,) for cell in cells]).frame()
    assert str(frame["x"].dtype) == dtype
    assert int(frame["x"].isna().sum()) == missing


def test_frame_without_rows_has_its_columns() -> None:
    frame = Solutions(("a", "b"), []).frame()
    assert (list(frame.columns), len(frame)) == (["a", "b"], 0)


def test_every_question_gives_a_frame(graph: Graph) -> None:
    """With the example of its own file for what it needs to be told; numbers of the answer are numbers of the frame."""
    asked = 0
    for name, query in graph.queries.items():
        try:
            answer = graph.ask(name)
        except BadParameter:
            answer = graph.store.select(query.text)
        frame = answer.frame()
        assert list(frame.columns) == list(answer.variables), name
        assert len(frame) == len(answer), name
        for number, column in enumerate(answer.variables):
            bound = [row[number] for row in answer.rows if row[number] is not None]
            if bound and all(isinstance(cell, int | float | Decimal) for cell in bound):
                assert pd.api.types.is_numeric_dtype(frame[column]), (name, column)
                values = [float(cell) for cell in bound if isinstance(cell, int | float | Decimal)]
                assert frame[column].dropna().astype(float).tolist() == values
            assert int(frame[column].isna().sum()) == len(answer) - len(bound), (name, column)
        asked += 1
    assert asked == len(graph.queries) > 50
