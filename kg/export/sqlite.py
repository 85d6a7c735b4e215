"""The graph as a SQLite database, which Datasette opens: foreign keys, full-text search, views for the usual joins."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from kg.errors import StoreError
from kg.export.columns import table_columns
from kg.export.formats import Exported, Options, Outcome
from kg.export.graph_tables import GraphTables, Row
from kg.export.sqlite_schema import EXTRA, INDEXES, QUERIES, SEARCHED, TABLES, VIEWS

DATABASE, METADATA = "graph.db", "metadata.json"
_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+")
_LONGEST = 12
"""Characters of the longest piece of Chinese text that is found by search."""


def write_sqlite(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the database as one file; the same graph gives the same bytes.

    Raises:
        StoreError: the graph refers to things that it does not have.
    """
    tables = GraphTables(graph, everything=True)
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA page_size = 4096;")
        database.executescript("".join(TABLES.values()))
        database.execute("BEGIN")
        counts = {name: _fill(database, name, rows(), options) for name, rows in _rows(tables).items()}
        database.execute("COMMIT")
        database.executescript("".join((*INDEXES, *VIEWS.values())))
        for name, columns in SEARCHED.items():
            options.tell(f"indexing the words of {name}")
            _make_searchable(database, name, columns)
        if broken := database.execute("PRAGMA foreign_key_check").fetchall():
            table, row, parent, _number = broken[0]
            raise StoreError(
                f"{len(broken)} rows refer to nothing, such as row {row} of {table} to {parent}. Build again"
            )
        database.executescript("PRAGMA optimize; VACUUM;")
    return Outcome(counts)


def write_datasette(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the database into an empty folder, with what Datasette is to say of it; `datasette FOLDER` serves it.

    Raises:
        StoreError: the graph refers to things that it does not have.
    """
    outcome = write_sqlite(graph, path / DATABASE, options)
    described = json.dumps(metadata(Path(DATABASE).stem), ensure_ascii=False, indent=2) + "\n"
    (path / METADATA).write_text(described, encoding="utf-8")
    return Outcome(outcome.counts, ("`datasette FOLDER` serves it, with the titles and meanings of its columns",))


def metadata(name: str) -> dict[str, Any]:
    """What Datasette is to say of the database: titles, meanings of columns, facets, questions.

    Args:
        name: of the database, which is that of its file without ending.
    """
    return {
        "title": "Regional industry as a knowledge graph",
        "description": "Things, relations and findings, and every statement with the passage that says so.",
        "license": "Each source keeps its own licence: see the table sources",
        "source": "The documents of the table sources",
        "databases": {name: {"tables": {table: _described(table) for table in TABLES}, "queries": QUERIES}},
    }


def _described(table: str) -> dict[str, Any]:
    about = EXTRA[table]
    title, columns = table_columns(about.of) if about.of else (about.title, ())
    have = re.findall(r"^  (\w+) ", TABLES[table], re.MULTILINE)
    meanings = {**{column.name: column.meaning for column in columns}, **about.columns}
    found: dict[str, Any] = {
        "description": title,
        "columns": {name: meanings[name] for name in have if name in meanings},
    }
    if about.facets:
        found["facets"] = list(about.facets)
    if about.label:
        found["label_column"] = about.label
    if table in SEARCHED:
        found |= {"fts_table": f"{table}_fts", "fts_pk": "rowid"}
    return found


def _fill(database: sqlite3.Connection, name: str, rows: Iterable[Row], options: Options) -> int:
    options.tell(f"writing the table {name}")
    width = len(database.execute(f"PRAGMA table_info({name})").fetchall())
    marks = ", ".join("?" * width)
    return database.executemany(f"INSERT INTO {name} VALUES ({marks})", rows).rowcount


def _rows(tables: GraphTables) -> dict[str, Callable[[], Iterable[Row]]]:
    """The rows of each table, in the order in which the tables are filled."""
    return {
        "things": lambda: (
            (id, iri, english or chinese or id, english, chinese, *rest)
            for id, iri, english, chinese, *rest in tables.nodes()
        ),
        "sources": tables.source_rows,
        "passages": tables.passage_rows,
        "facts": lambda: _facts(tables),
        "relations": lambda: ((*row[:2], *row[3:6], *row[7:9]) for row in tables.edges()),
        "relation_passages": lambda: _pairs(tables.edges(), 0, -1),
        "findings": lambda: (row[:10] for row in tables.finding_rows()),
        "finding_things": lambda: _pairs(tables.finding_rows(), 0, -2),
        "finding_passages": lambda: _pairs(tables.finding_rows(), 0, -1),
        "issues": lambda: ((*row[:2], *row[3:-1]) for row in tables.issue_rows()),
        "issue_passages": lambda: _pairs(tables.issue_rows(), 0, -1),
        "places": lambda: ((row[0], row[1], *row[2:]) for row in tables.place_rows()),
    }


def _facts(tables: GraphTables) -> Iterator[Row]:
    """The facts, with the thing that is the value, and the passage that says so."""
    things = {tables.id(iri) for iri in tables.named.statements}
    passages = {tables.id(iri) for iri in tables.passages}
    for (
        fact,
        subject,
        _name,
        property,
        label,
        value,
        _named,
        datatype,
        language,
        graph,
        source,
        *_rest,
    ) in tables.statements():
        thing = value if datatype is None and value in things else None
        passage = graph if graph in passages else None
        yield fact, subject, property, label, value, thing, datatype, language, graph, passage, source


def _pairs(rows: Iterable[Row], key: int, column: int) -> Iterator[Row]:
    """Pairs of a key and each id of a column of ids."""
    for row in rows:
        for id in sorted(set(str(row[column] or "").split())):
            yield row[key], id


def _make_searchable(database: sqlite3.Connection, table: str, columns: tuple[str, ...]) -> None:
    """Index the words of some columns of a table.

    The index holds every piece of Chinese text up to twelve characters, since there are no spaces to part words at;
    the text itself is read from the table.
    """
    database.create_function("searchable", 1, searchable, deterministic=True)
    named = ", ".join(columns)
    database.executescript(
        f'CREATE VIRTUAL TABLE {table}_fts USING fts5({named}, content="{table}", tokenize="unicode61");'
        f"INSERT INTO {table}_fts (rowid, {named}) "
        f"SELECT rowid, {', '.join(f'searchable({column})' for column in columns)} FROM {table} ORDER BY rowid;"
        f"INSERT INTO {table}_fts ({table}_fts) VALUES ('optimize');"
    )


def searchable(text: str | None) -> str | None:
    """Text in which each piece of a run of Chinese characters is a word of its own.

    >>> searchable("宝鸡市 Baoji")
    '宝 宝鸡 宝鸡市 鸡 鸡市 市  Baoji'
    """
    return None if text is None else _HAN.sub(lambda run: f"{' '.join(_pieces(run[0]))} ", str(text))


def _pieces(run: str) -> Iterator[str]:
    for start in range(len(run)):
        for end in range(start + 1, min(start + _LONGEST, len(run)) + 1):
            yield run[start:end]
