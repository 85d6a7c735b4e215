"""Tables of the graph as CSV and Parquet, read by frictionless, pandas and pyarrow and compared with the graph."""

from __future__ import annotations

from pathlib import Path

import frictionless
import pandas as pd
import pyarrow.parquet as pq
import pytest

from kg.api import Graph
from kg.export.formats import Options, export
from kg.export.graph_tables import GraphTables
from kg.load.cells import plain_text
from kg.store.answers import Solutions
from kg.store.oxigraph import OxigraphStore
from tests.export.hostile import FORMULAS, LONG, hostile_graph

NAMES = ("nodes", "edges", "sources", "passages", "facts", "findings", "issues", "places")


@pytest.fixture(scope="module")
def folders(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tables")
    for name in ("csv", "parquet"):
        export(graph, folder / name, name, Options())
    return folder / "csv", folder / "parquet"


def count(graph: Graph, pattern: str) -> int:
    answer = graph.sparql(f"SELECT (COUNT(*) AS ?n) {{ {pattern} }}")
    assert isinstance(answer, Solutions)
    value = answer.rows[0][0]
    assert isinstance(value, int)
    return value


def test_data_package_is_valid(folders: tuple[Path, Path]) -> None:
    """frictionless reads every cell by its type and follows every foreign key."""
    report = frictionless.validate(str(folders[0] / "datapackage.json"))
    assert report.valid, report.flatten(["name", "rowNumber", "fieldName", "type"])[:5]
    assert [task.name for task in report.tasks] == list(NAMES)


def test_every_quad_is_a_row_of_facts(graph: Graph, folders: tuple[Path, Path]) -> None:
    frame = pd.read_csv(folders[0] / "facts.csv", dtype=str)
    assert len(frame) == count(graph, "GRAPH ?g { ?s ?p ?o }") == len(graph.store)
    said = frame[(frame["subject"] == "place:baoji") & (frame["property"] == "iis:within")]
    expected = graph.sparql("SELECT ?o ?g { GRAPH ?g { place:baoji iis:within ?o } }")
    assert isinstance(expected, Solutions)
    shorten = graph.prefixes.shorten
    assert {*zip(said["value"], said["graph"], strict=True)} == {
        (shorten(str(o)), shorten(str(g))) for o, g in expected.rows
    }


def test_facts_say_who_says_so(graph: Graph, folders: tuple[Path, Path]) -> None:
    """A statement of a passage has the source, section and words that `said-about` gives for it."""
    frame = pd.read_csv(folders[0] / "facts.csv", dtype=str, keep_default_na=False)
    rows = frame[(frame["subject"] == "place:liushi") & (frame["section"] != "")]
    answer = [row for row in graph.ask("said-about", thing="place:liushi") if row["role"] == "subject"]
    assert answer
    assert {*zip(rows["graph"], rows["section"], rows["anchor"], strict=True)} == {
        (graph.prefixes.shorten(str(row["passage"])), row["section"], row["anchor"]) for row in answer
    }


def test_nodes_have_names_in_both_languages(graph: Graph, folders: tuple[Path, Path]) -> None:
    frame = pd.read_csv(folders[0] / "nodes.csv", dtype=str, keep_default_na=False).set_index("id")
    baoji = frame.loc["place:baoji"]
    assert (baoji["label_en"], baoji["label_zh"], baoji["kind"]) == ("Baoji", "宝鸡市", "place")
    assert baoji["iri"] == graph.prefixes.expand("place:baoji")
    assert "610300" in baoji["names"].split("; ")  # its code in GB/T 2260
    assert "place:shaanxi" in baoji["places"].split()


def test_edges_are_the_relations_that_are_drawn_with_the_passages_of_each(
    graph: Graph, folders: tuple[Path, Path]
) -> None:
    frame = pd.read_csv(folders[0] / "edges.csv", dtype=str, keep_default_na=False)
    drawn = {tuple(str(cell or "") for cell in row[:5]) for row in graph.ask("drawn-relations").rows}
    shorten = graph.prefixes.shorten
    of = frame[["source", "relation", "target", "status", "via"]].itertuples(index=False, name=None)
    assert {*of} == {(shorten(s), shorten(p), shorten(o), status, shorten(via)) for s, p, o, status, via in drawn}
    for edge in frame[frame["via"] == ""].head(200).itertuples():
        iris = {name: graph.prefixes.expand(str(getattr(edge, name))) for name in ("source", "relation", "target")}
        text = "SELECT DISTINCT ?g {{ GRAPH ?g {{ <{source}> <{relation}> <{target}> }} ?g a iis:Passage }}"
        answer = graph.sparql(text.format(**iris))
        assert isinstance(answer, Solutions)
        assert {shorten(str(g)) for (g,) in answer.rows} == {*str(edge.passages).split()}


def test_an_industry_of_a_place_has_the_passages_that_say_so(graph: Graph, folders: tuple[Path, Path]) -> None:
    """That a place has an industry is derived from what passages say of the two: those stand behind the edge."""
    frame = pd.read_csv(folders[0] / "edges.csv", dtype=str, keep_default_na=False)
    answer = graph.sparql(
        "SELECT DISTINCT ?via ?g { GRAPH ?g { ?via iis:inPlace ?place ; iis:inIndustry ?industry } "
        "?via a iis:RegionalIndustry . ?g a iis:Passage }"
    )
    assert isinstance(answer, Solutions)
    said: dict[str, set[str]] = {}
    for via, passage in answer.rows:
        said.setdefault(graph.prefixes.shorten(str(via)), set()).add(graph.prefixes.shorten(str(passage)))
    edges = frame[frame["relation"] == "iis:hasIndustry"]
    assert {*edges["via"]} == {*said}
    for via, passages in zip(edges["via"], edges["passages"], strict=True):
        assert said[via] <= {*passages.split()}


def test_parquet_has_the_same_rows_with_types(folders: tuple[Path, Path]) -> None:
    for name in NAMES:
        table = pq.read_table(folders[1] / f"{name}.parquet")
        frame = pd.read_csv(folders[0] / f"{name}.csv", dtype=str, keep_default_na=False)
        assert list(frame.columns) == table.column_names
        assert len(frame) == table.num_rows
        assert all(field.metadata[b"description"] for field in table.schema)
    places = pq.read_table(folders[1] / "places.parquet")
    assert [str(places.schema.field(name).type) for name in ("longitude", "is_group", "id")] == [
        "double",
        "bool",
        "string",
    ]
    facts = pq.read_table(folders[1] / "facts.parquet").column("value").to_pylist()
    written = pd.read_csv(folders[0] / "facts.csv", dtype=str, keep_default_na=False)["value"]
    assert [plain_text(text) for text in written] == [plain_text(text) for text in facts]


def test_counts_are_those_of_the_graph(graph: Graph, folders: tuple[Path, Path]) -> None:
    rows = {name: pq.read_metadata(folders[1] / f"{name}.parquet").num_rows for name in NAMES}
    assert rows["passages"] == count(graph, "{ SELECT DISTINCT ?p { ?p a iis:Passage } }")
    assert rows["findings"] == count(graph, "{ SELECT DISTINCT ?f { ?f a iis:Finding } }")
    assert rows["places"] == count(graph, "{ SELECT DISTINCT ?p { ?p a iis:Place } }")
    assert rows["nodes"] == count(graph, "{ SELECT DISTINCT ?s { ?s rdfs:label ?l } }")
    assert rows["issues"] == len(graph.ask("data-issues"))


def test_the_same_graph_gives_the_same_bytes(tmp_path: Path) -> None:
    graph = hostile_graph(tmp_path)
    for name in ("csv", "parquet"):
        for number in "12":
            export(Graph(graph.store, graph.project), tmp_path / f"{name}{number}", name, Options())
        first, second = ({p.name: p.read_bytes() for p in (tmp_path / f"{name}{n}").iterdir()} for n in "12")
        assert first == second


def test_texts_that_spreadsheets_run_are_neutralised_and_read_back(tmp_path: Path) -> None:
    """No cell begins with a sign that starts a formula, and our reader gives the text back."""
    graph = hostile_graph(tmp_path)
    for name in ("csv", "parquet"):
        export(graph, tmp_path / name, name, Options())
    wanted = pq.read_table(tmp_path / "parquet" / "facts.parquet").column("value").to_pylist()
    assert {*FORMULAS, LONG} <= {*wanted}
    read = pd.read_csv(tmp_path / "csv" / "facts.csv", dtype=str, keep_default_na=False)
    assert [text for text in read["value"] if text[:1] in "=+-@\t\r" and text] == []
    for written, original in zip(read["value"], wanted, strict=True):
        assert written == original or (written == f"'{original}" and plain_text(written) == original)
    assert frictionless.validate(str(tmp_path / "csv" / "datapackage.json")).valid


def test_numbers_stay_numbers(graph: Graph) -> None:
    """A longitude west of Greenwich, which begins with a minus, is no formula; the type of the column is kept."""
    columns = {c.name: c.type for t in GraphTables(graph).tables() if t.name == "places" for c in t.columns}
    assert (columns["longitude"], columns["latitude"]) == ("number", "number")


def test_what_has_no_name_is_a_node_where_something_refers_to_it(tmp_path: Path) -> None:
    """A graph of one relation between two things of which nothing else is said: every reference holds."""
    graph = hostile_graph(tmp_path)
    within, place = graph.prefixes.expand("iis:within"), graph.prefixes.mapping["place"]
    line = f"<{place}nameless> <{within}> <{place}other> <{graph.prefixes.mapping['source']}mine> ."
    bare = Graph(OxigraphStore.of_lines([*graph.embedded.nquads(), line]), graph.project)
    for name in ("csv", "sqlite"):
        export(bare, tmp_path / name, name, Options())
    assert frictionless.validate(str(tmp_path / "csv" / "datapackage.json")).valid
    nodes = pd.read_csv(tmp_path / "csv" / "nodes.csv", dtype=str).set_index("id")
    assert {"place:nameless", "place:other"} <= {*nodes.index}
    assert nodes.loc["place:other", "statements"] == "0"


def test_parquet_without_its_extra_says_what_to_install(
    graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from kg.errors import MissingExtra

    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    with pytest.raises(MissingExtra, match=r"iis-kg\[parquet\]"):
        export(graph, tmp_path / "parquet", "parquet", Options())
    assert not (tmp_path / "parquet").exists()
