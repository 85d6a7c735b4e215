"""Files of `queries/` beyond their answers: types of parameters, prefixes, and facts that are stated twice."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.api import Graph
from kg.project import Project
from kg.query.catalogue import Catalogue, Query
from kg.store.oxigraph import OxigraphStore
from kg.view.pictures import PICTURES
from tests.support import PREFIXES, ROOT

FOLDERS = ("", "hygiene", "networks", "reasoning")
QUERIES = [query for folder in FOLDERS for query in Catalogue.read(Project((ROOT,)), folder).values()]
FILES = sorted([*(ROOT / "queries").glob("*/*.rq"), *(ROOT / "queries").glob("*/*.ru")])
ONTOLOGY = "https://w3id.org/iis-kg/ontology"


def test_every_file_is_read() -> None:
    assert {query.path for query in QUERIES} == {path for path in FILES if path.suffix == ".rq"}
    assert [
        path for path in (ROOT / "queries").rglob("*") if path.is_file() and path not in FILES and path.suffix != ".md"
    ] == []


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_the_types_of_parameters_are_known(query: Query) -> None:
    known = {"string", "integer", "number", "thing", *PREFIXES.mapping}
    for parameter in query.header.parameters:
        assert set(parameter.type.split("|")) <= known
        assert parameter.description


@pytest.mark.parametrize(
    "query", [query for query in QUERIES if query.group not in ("hygiene", "reasoning")], ids=lambda query: query.name
)
def test_every_question_and_network_is_in_chinese_too(query: Query) -> None:
    header = query.header
    texts = [header.summary_zh, header.question_zh, *(parameter.description_zh for parameter in header.parameters)]
    assert [text for text in texts if not re.search(r"[\u4e00-\u9fff]", text)] == []
    assert [text for text in texts if re.search(r"[,;:?!()]", text)] == []
    assert header.question_zh.endswith("？")
    assert not re.search(r"[。？]$", header.summary_zh)


def test_pictures_are_those_of_analyses() -> None:
    assert {query.header.picture for query in QUERIES} <= {"", *PICTURES}


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query.name)
def test_each_parameter_has_its_line(query: Query) -> None:
    for parameter in query.header.parameters:
        assert len(re.findall(rf"^[ \t]*VALUES \?{parameter.name} \{{[^{{}}\n]*\}}$", query.text, re.MULTILINE)) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_prefixes_are_declared_once_and_used(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <([^>]*)>$", text, re.MULTILINE))
    body = re.sub(r"^(PREFIX|#).*$", "", text, flags=re.MULTILINE)
    assert {prefix: PREFIXES.mapping.get(prefix) for prefix in declared} == declared
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w?:-]){prefix}:", body)] == []


@pytest.mark.parametrize("path", [path for path in FILES if path.suffix == ".ru"], ids=lambda path: path.stem)
def test_a_rule_writes_into_its_own_graph(path: Path) -> None:
    written = re.findall(r"INSERT \{ GRAPH derived:([\w-]+) \{", path.read_text(encoding="utf-8"))
    assert set(written) == {path.stem}
    assert len(written) == len(re.findall(r"\bINSERT\b", path.read_text(encoding="utf-8")))


@pytest.fixture(scope="module")
def twice(graph: Graph) -> OxigraphStore:
    """The whole graph, in which every fact that a passage states is stated by another one too."""
    store = OxigraphStore.memory()
    again = ox.NamedNode("https://w3id.org/iis-kg/source/qinba#stated-again")
    quads = list(graph.embedded.engine)
    store.engine.extend(quads)
    store.engine.extend(
        ox.Quad(quad.subject, quad.predicate, quad.object, again)
        for quad in quads
        if str(quad.graph_name.value).startswith("https://w3id.org/iis-kg/source/") and "#" in quad.graph_name.value
    )
    assert len(store) > len(quads) + 10_000
    return store


@pytest.mark.parametrize(
    "query", [query for query in QUERIES if "GRAPH" not in query.text], ids=lambda query: query.name
)
def test_a_fact_that_two_passages_state_counts_once(graph: Graph, twice: OxigraphStore, query: Query) -> None:
    """The engine gives a fact of two graphs twice, the standard once (SPARQL 1.1 Query, 13.1): it must not show."""
    if query.group != "reasoning":
        assert query.in_order(twice.select(query.text)) == query.in_order(graph.store.select(query.text))
