"""The SQLite database: keys that hold, search in Chinese, the same bytes, and Datasette's pages."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import warnings
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from kg.api import Graph
from kg.export.formats import Options, export
from kg.export.sqlite_schema import SEARCHED, TABLES, VIEWS
from kg.store.answers import Solutions
from tests.export.hostile import FORMULAS, ILLEGAL, LONG, hostile_graph


@pytest.fixture(scope="module")
def folder(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("sqlite") / "datasette"
    export(graph, folder, "datasette", Options())
    return folder


@pytest.fixture
def database(folder: Path) -> Iterator[sqlite3.Connection]:
    with closing(sqlite3.connect(f"file:{folder / 'graph.db'}?mode=ro", uri=True)) as opened:
        yield opened


def one(database: sqlite3.Connection, text: str, *values: Any) -> Any:
    return database.execute(text, values).fetchone()[0]


def test_no_row_refers_to_nothing(database: sqlite3.Connection) -> None:
    assert database.execute("PRAGMA foreign_key_check").fetchall() == []
    assert database.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    keys = {name: database.execute(f"PRAGMA foreign_key_list({name})").fetchall() for name in TABLES}
    assert {key[2] for key in keys["facts"]} == {"things", "passages", "sources"}


def test_it_holds_every_quad_and_finding(graph: Graph, database: sqlite3.Connection) -> None:
    assert one(database, "SELECT COUNT(*) FROM facts") == len(graph.store)
    findings = list(graph.findings())
    assert one(database, "SELECT COUNT(*) FROM findings") == len(findings)
    pairs = {(row["finding"], passage) for row in findings for passage in str(row["passages"] or "").split()}
    said = database.execute(
        "SELECT findings.iri, passages.iri FROM finding_passages "
        "JOIN findings ON findings.id = finding JOIN passages ON passages.id = passage"
    )
    assert {*said.fetchall()} == pairs
    subjects = graph.sparql("SELECT (COUNT(DISTINCT ?s) AS ?n) { ?s ?p ?o }")
    assert isinstance(subjects, Solutions)
    assert one(database, "SELECT COUNT(*) FROM things") == subjects.rows[0][0]


@pytest.mark.parametrize("word", ["宝鸡", "宝鸡市", "钛", "中药材", "titanium", "610300"])
def test_search_finds_words_in_both_languages(graph: Graph, database: sqlite3.Connection, word: str) -> None:
    """The same things as those that have the word in a label, another name or a code."""
    found = {
        iri
        for (iri,) in database.execute(
            "SELECT iri FROM things WHERE rowid IN (SELECT rowid FROM things_fts WHERE things_fts MATCH ?)", (word,)
        )
    }
    whole = rf"(^|[^\\p{{L}}\\p{{N}}]){word}($|[^\\p{{L}}\\p{{N}}])" if word.isascii() else word
    answer = graph.sparql(
        "SELECT DISTINCT ?s { ?s rdfs:label|skos:altLabel|skos:notation ?name "
        f'FILTER(REGEX(STR(?name), "{whole}", "i")) }}'
    )
    assert isinstance(answer, Solutions)
    assert found == {str(iri) for (iri,) in answer.rows}
    assert found


def test_views_join_what_belongs_together(graph: Graph, database: sqlite3.Connection) -> None:
    for name in VIEWS:
        assert one(database, f"SELECT COUNT(*) FROM {name}") > 0, name
    rows = database.execute("SELECT section, anchor FROM who_says_so WHERE subject = 'place:liushi'").fetchall()
    answer = [row for row in graph.ask("said-about", thing="place:liushi") if row["role"] == "subject"]
    assert {*rows} == {(row["section"], row["anchor"]) for row in answer}
    point = database.execute("SELECT longitude, latitude FROM places_on_a_map WHERE id = 'place:baoji'").fetchone()
    expected = next(row for row in graph.ask("points-of-places", place="baoji"))
    assert point == (float(str(expected["longitude"])), float(str(expected["latitude"])))


def test_metadata_tells_of_every_table_and_column(folder: Path, database: sqlite3.Connection) -> None:
    described = json.loads((folder / "metadata.json").read_text(encoding="utf-8"))["databases"]["graph"]
    assert {*described["tables"]} == {*TABLES}
    for table, about in described["tables"].items():
        columns = {row[1] for row in database.execute(f"PRAGMA table_info({table})")}
        assert {*about["columns"]} == columns, table
        assert about.get("label_column", next(iter(columns))) in columns
        assert {*about.get("facets", ())} <= columns
    for query in described["queries"].values():
        database.execute(query["sql"], {"thing": "place:baoji"}).fetchall()


def test_the_same_graph_gives_the_same_bytes_and_every_text(tmp_path: Path) -> None:
    """A database holds texts as they are: nothing runs them."""
    graph = hostile_graph(tmp_path)
    paths = [tmp_path / f"{number}.db" for number in "12"]
    for path in paths:
        export(Graph(graph.store, graph.project), path)
    assert paths[0].read_bytes() == paths[1].read_bytes()
    with closing(sqlite3.connect(paths[0])) as database:
        values = {value for (value,) in database.execute("SELECT value FROM facts WHERE property = 'skos:altLabel'")}
    assert {*FORMULAS, LONG, ILLEGAL} <= values
    assert {p.name for p in tmp_path.iterdir()} == {"project", "store", "1.db", "2.db"}


def test_datasette_shows_tables_facets_and_search(folder: Path) -> None:
    """Datasette's own client, with the folder as `datasette FOLDER` takes it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        pages = asyncio.run(_ask(folder))
    found = [row["id"] for row in pages["search"]["rows"]]
    assert "place:baoji" in found
    assert pages["search"]["filtered_table_rows_count"] == len(found)
    facets = pages["facets"]["facet_results"]
    assert {facet["value"] for facet in facets["kind"]["results"]} >= {"gap", "overlap"}
    assert pages["row"]["rows"][0]["label"] == "Baoji"
    assert "narrowest class that a table gives" in pages["page"]
    assert "Titanium" in pages["expanded"]


async def _ask(folder: Path) -> dict[str, Any]:
    from datasette.app import Datasette

    served = Datasette([str(folder / "graph.db")], metadata=json.loads((folder / "metadata.json").read_text()))
    await served.invoke_startup()
    client = served.client
    return {
        "search": (await client.get("/graph/things.json?_search=宝鸡&_shape=objects&_size=max")).json(),
        "facets": (await client.get("/graph/findings.json?_facet=kind&_shape=objects")).json(),
        "row": (await client.get("/graph/things.json?id=place:baoji&_shape=objects")).json(),
        "page": (await client.get("/graph/things")).text,
        "expanded": (await client.get("/graph/relations?source=chain:titanium&_labels=on")).text,
    }


def test_every_table_with_words_has_an_index_of_them(database: sqlite3.Connection) -> None:
    for table in SEARCHED:
        indexed = one(database, f"SELECT COUNT(*) FROM {table}_fts")
        assert indexed == one(database, f"SELECT COUNT(*) FROM {table}")
