"""CSV text to the values of its cells: read strictly, validated with frictionless, every fault told.

frictionless takes a while to set up for a table, however short, so that the tables of one type are validated in one go.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from kg.errors import Fault, nearest
from kg.load.tables import TableType

_LONGEST = 131_072
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = "the row is blank"

Lines = list[tuple[int, dict[str, Any]]]
"""The rows of a table: the number of each, 1 being the header, and its values by column."""


@dataclass(frozen=True)
class Table:
    """The records of a CSV file, the first of them its header, and the type that they should have."""

    file: str
    type: TableType
    records: list[list[str]]

    @property
    def labels(self) -> list[str]:
        return self.records[0]


def read_table(raw: bytes, file: str, table_type: TableType) -> Table | Fault:
    """The records of a file, or what is wrong with the file as such."""
    text, fault = _decode(raw, file)
    if fault:
        return fault
    records, fault = _records(text, file)
    return fault or Table(file, table_type, records)


def validate(tables: Sequence[Table]) -> list[tuple[Lines, list[Fault]]]:
    """The rows of each table, and the faults of its header and cells; a table with a bad header has no rows."""
    answers: list[tuple[Lines, list[Fault]]] = [([], _check_header(table)) for table in tables]
    by_type: dict[tuple[str, tuple[str, ...]], list[int]] = defaultdict(list)
    for index, table in enumerate(tables):
        if not answers[index][1]:
            by_type[table.type.name, tuple(table.type.fields)].append(index)
    for indices in by_type.values():
        _validate_type([tables[index] for index in indices], [answers[index] for index in indices])
    return answers


def valid_lines(table: Table) -> Lines:
    """The rows of a table that is known to be valid: as `validate` gives them, without what it costs."""
    whole = {name for name, field in table.type.fields.items() if field.descriptor.get("type") == "integer"}
    return [
        (
            number,
            {
                label: None if cell == "" else int(cell) if label in whole else cell
                for label, cell in zip(table.labels, record, strict=True)
            },
        )
        for number, record in enumerate(table.records[1:], 2)
    ]


def _validate_type(tables: Sequence[Table], answers: Sequence[tuple[Lines, list[Fault]]]) -> None:
    """Validate tables of one type as one, and put the rows and faults of each into its answer."""
    from frictionless import Resource, Schema, fields

    # Made directly: from a descriptor, each field would be validated against a JSON Schema.
    kinds = {"string": fields.StringField, "integer": fields.IntegerField}
    descriptors = [field.descriptor for field in tables[0].type.fields.values()]
    schema = Schema(
        fields=[
            kinds[d.get("type", "string")](name=d["name"], constraints=dict(d.get("constraints", {})))
            for d in descriptors
        ]
    )
    columns = [descriptor["name"] for descriptor in descriptors]
    origins: list[tuple[Table, int, tuple[Lines, list[Fault]]]] = []
    records = [columns]
    for table, answer in zip(tables, answers, strict=True):
        places = [columns.index(label) for label in table.labels]
        for number, record in enumerate(table.records[1:], 2):
            origins.append((table, number, answer))
            records.append(_arranged(record, places, len(columns)))
    with Resource(data=records, schema=schema) as resource:
        for (table, number, (lines, faults)), row in zip(origins, resource.row_stream, strict=True):
            faults.extend(_too_few(table, number))
            faults.extend(_fault(error, table.file, number) for error in row.errors)
            values = row.to_dict()
            lines.append((number, {label: values[label] for label in table.labels}))
    for table, (_lines, faults) in zip(tables, answers, strict=True):
        faults.extend(_same_key(table))


def _arranged(record: list[str], places: list[int], width: int) -> list[str]:
    """A record in the order of all columns of its type; a blank one stays blank, cells too many stand behind."""
    if not any(record):
        return []
    cells = [""] * width
    for place, cell in zip(places, record, strict=False):
        cells[place] = cell
    return cells + record[len(places) :]


def _too_few(table: Table, number: int) -> Iterator[Fault]:
    record = table.records[number - 1]
    for label in table.labels[len(record) :] if any(record) else ():
        yield Fault(table.file, number, label, "fewer cells than columns", "Add commas for empty cells")


def _same_key(table: Table) -> Iterator[Fault]:
    """Rows whose primary key an earlier row of the table has."""
    if not table.type.primary_key or not set(table.type.primary_key) <= set(table.labels):
        return
    places = [table.labels.index(column) for column in table.type.primary_key]
    first: dict[tuple[str, ...], int] = {}
    for number, record in enumerate(table.records[1:], 2):
        key = tuple(record[place] for place in places if place < len(record))
        if all(key) and key and first.setdefault(key, number) != number:
            what = f"duplicate key: the same as in row {first[key]}"
            yield Fault(table.file, number, table.type.primary_key[0], what, "Rename or join the two rows")


def _decode(raw: bytes, file: str) -> tuple[str, Fault | None]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        return "", Fault(file, line, "", f"not UTF-8 (byte 0x{raw[error.start]:02x})", "Save the file as UTF-8")
    if not text.strip():
        return "", Fault(
            file, 1, "", "the file is empty", "Give it a header and rows, or take it out of datapackage.json"
        )
    if control := _CONTROL.search(text):
        what = "a NUL character" if control[0] == "\0" else f"a control character (0x{ord(control[0]):02x})"
        return "", Fault(file, text.count("\n", 0, control.start()) + 1, "", what, "Take it out")
    return text, None


def _records(text: str, file: str) -> tuple[list[list[str]], Fault | None]:
    """The cells of CSV text, strictly read (RFC 4180): an open quote would swallow the rows behind it."""
    records: list[list[str]] = []
    try:
        for record in csv.reader(io.StringIO(text, newline=""), strict=True):
            if max(map(len, record), default=0) > _LONGEST:  # csv's own limit, which libraries change
                raise csv.Error(f"a cell of more than {_LONGEST} characters")
            records.append(record)
    except csv.Error as error:
        return [], Fault(
            file, len(records) + 1, "", f"not CSV ({error})", "Close each quote, and double quotes in cells"
        )
    return records, None


def _check_header(table: Table) -> list[Fault]:
    labels, file, table_type = table.labels, table.file, table.type
    faults = []
    for label in labels:
        if label not in table_type.fields:
            near = nearest(label, table_type.fields)
            remedy = f"Did you mean {near[0]}?" if near else f"Columns are: {', '.join(table_type.fields)}"
            faults.append(Fault(file, 1, label, f"no such column in a table of type {table_type.name}", remedy))
    for twice in sorted({label for label in labels if labels.count(label) > 1}):
        faults.append(Fault(file, 1, twice, "the column stands twice", "Take one out"))
    for name, column in table_type.fields.items():
        if column.required and name not in labels:
            faults.append(Fault(file, 1, name, "the column is missing", "Add it to the header and fill it"))
    return faults


def one_a_cell(faults: list[Fault]) -> list[Fault]:
    """The first fault of each cell; a row that is blank has no other."""
    blank = {fault.row for fault in faults if fault.what == _BLANK}
    first: dict[tuple[int, str], Fault] = {}
    for fault in faults:
        if fault.row not in blank or fault.what == _BLANK:
            first.setdefault((fault.row, fault.column), fault)
    return list(first.values())


def _fault(error: Any, file: str, number: int) -> Fault:
    column = str(getattr(error, "field_name", "") or "")
    cell = str(getattr(error, "cell", "") or "")
    note = str(error.note).rstrip(".")
    remedies: dict[str, tuple[str, str]] = {
        "blank-row": (_BLANK, "Take it out"),
        "extra-cell": (f"more cells than columns: {cell}", "Quote cells that hold a comma"),
        "type-error": (f"{cell!r} is of the wrong type", f"Expected: {note}"),
    }
    what, remedy = remedies.get(error.type, (f"{cell!r}: {note}", "Correct the cell"))
    if error.type == "constraint-error" and "required" in note:
        what, remedy = "the cell is empty", "Fill it, or take the row out"
    return Fault(file, number, column, what, remedy)
