"""The tables of a graph as folders of CSV, described by a Data Package, and of Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from kg.errors import MissingExtra
from kg.export.formats import Exported, Options, Outcome
from kg.export.graph_tables import Column, GraphTable, GraphTables, Row
from kg.query.results import csv_lines

DESCRIPTOR = "datapackage.json"
_BATCH = 10_000
"""Rows that are held in memory at a time."""


def write_csv_tables(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the tables as CSV into an empty folder, and a Data Package that describes them.

    Text that a spreadsheet would run as a formula gets an apostrophe in front.
    """
    tables = GraphTables(graph)
    counts = {}
    for table in tables.tables():
        options.tell(f"writing {table.name}.csv")
        counts[table.name] = 0
        with (path / f"{table.name}.csv").open("w", encoding="utf-8", newline="") as file:
            file.writelines(csv_lines([table.names]))
            for batch in batches(table.rows()):
                file.writelines(csv_lines(batch))
                counts[table.name] += len(batch)
    described = json.dumps(descriptor(tables), ensure_ascii=False, indent=2) + "\n"
    (path / DESCRIPTOR).write_text(described, encoding="utf-8")
    note = "an apostrophe stands before text that a spreadsheet would run as a formula; take one off to have the text"
    return Outcome(counts, (note,))


def write_parquet_tables(graph: Exported, path: Path, options: Options) -> Outcome:
    """Write the tables as Parquet into an empty folder; the meaning of a column stands in the metadata of its field.

    Raises:
        MissingExtra: the extra `parquet` is not installed.
    """
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise MissingExtra("Parquet needs pyarrow. Say: pip install 'iis-kg[parquet]'") from None

    types = {
        "string": pyarrow.string(),
        "integer": pyarrow.int64(),
        "number": pyarrow.float64(),
        "boolean": pyarrow.bool_(),
    }
    counts = {}
    for table in GraphTables(graph).tables():
        options.tell(f"writing {table.name}.parquet")
        fields = [
            pyarrow.field(c.name, types[c.type], not c.needed, metadata={"description": c.meaning})
            for c in table.columns
        ]
        schema = pyarrow.schema(fields, metadata={"title": table.title})
        counts[table.name] = 0
        with parquet.ParquetWriter(path / f"{table.name}.parquet", schema) as writer:
            for batch in batches(table.rows()):
                columns = [pyarrow.array(cells, field.type) for cells, field in zip(zip(*batch), schema)]  # noqa: B905
                writer.write_batch(pyarrow.record_batch(columns, schema=schema))
                counts[table.name] += len(batch)
    return Outcome(counts)


def batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    """Rows in lists of 10,000 at most."""
    left = iter(rows)
    while batch := list(islice(left, _BATCH)):
        yield batch


def descriptor(tables: GraphTables) -> dict[str, Any]:
    """The Data Package of the tables as CSV: what each column means, keys, and where the facts come from."""
    return {
        "profile": "tabular-data-package",
        "name": "knowledge-graph",
        "title": "Tables of a knowledge graph of regional industry",
        "description": "Things, the relations between them, and every statement with the passage that says so.",
        "sources": [_source(row) for row in tables.source_rows()],
        "resources": [_resource(table) for table in tables.tables()],
    }


def _source(row: Row) -> dict[str, str]:
    _id, iri, title, _authors, _year, _venue, doi, *_rest = row
    return {"title": str(title or iri), "path": f"https://doi.org/{doi}" if doi else str(iri)}


def _resource(table: GraphTable) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(column) for column in table.columns], "primaryKey": table.names[0]}
    referring = [column for column in table.columns if column.refers]
    if referring:
        schema["foreignKeys"] = [
            {"fields": column.name, "reference": {"resource": column.refers, "fields": "id"}} for column in referring
        ]
    return {
        "name": table.name,
        "path": f"{table.name}.csv",
        "title": table.title,
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {"name": column.name, "type": column.type, "description": column.meaning}
    return {**field, "constraints": {"required": True}} if column.needed else field
