"""Data Packages to rows: `datapackage.json` and its CSV files, read and validated with frictionless.

Nothing is dropped silently: every fault of every table is collected, and the caller gets all of them at once.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import Fault, PackageError, nearest
from kg.load.cells import Cell, convert
from kg.load.tables import TableType
from kg.project import Project

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LONGEST = 131_072
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BLANK = "the row is blank"
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Row:
    """A row of a table: where it stands, its type, and its cells by column (columns left out or empty are None)."""

    file: str
    number: int
    source: str
    type: TableType
    cells: Mapping[str, Cell]

    def fault(self, column: str, what: str, remedy: str) -> Fault:
        return Fault(self.file, self.number, column, what, remedy)


@dataclass
class Package:
    """A Data Package: what it says of its document, and the rows of its tables."""

    name: str
    folder: Path
    descriptor: Mapping[str, Any]
    rows: list[Row] = field(default_factory=list)

    @property
    def reference(self) -> bool:
        return bool(self.descriptor.get("reference"))

    def described(self) -> dict[str, Cell]:
        """The cells of the package's own row in the table type `source`."""
        people = self.descriptor.get("contributors") or []
        authors = "; ".join(str(p.get("title")) for p in people if p.get("role") == "author")
        fields = {k: self.descriptor.get(k) for k in ("title", "year", "venue", "doi", "licence", "sha256")}
        return {"key": self.name, "authors": authors or None, **{k: str(v) if v else None for k, v in fields.items()}}


def read_packages(project: Project) -> tuple[list[Package], list[Fault]]:
    """All packages of `loaders/` with their rows, and every fault found on the way.

    Raises:
        PackageError: a datapackage.json cannot be read or names a file outside its folder.
    """
    packages, faults = [], []
    for relative, path in project.files("loaders", "*/datapackage.json"):
        package = _read_descriptor(path, relative)
        for resource in package.descriptor.get("resources", []):
            rows, found = _read_table(project, package, resource)
            package.rows.extend(rows)
            faults.extend(found)
        packages.append(package)
    return packages, faults


def _read_descriptor(path: Path, relative: str) -> Package:
    name = f"loaders/{relative}"
    try:
        data = json.loads(path.read_text(encoding="utf-8"))
        json.dumps(data, ensure_ascii=False).encode("utf-8")
    except (ValueError, RecursionError) as error:
        raise PackageError(f"{name}: not JSON in UTF-8 ({error}). Correct it there") from None
    if problem := _problem(data, path.parent.name):
        raise PackageError(f"{name}: {problem}")
    return Package(path.parent.name, path.parent, data)


def _problem(data: Any, folder: str) -> str | None:
    """What is wrong with a descriptor and what to do, or None."""
    if not isinstance(data, dict) or not isinstance(data.get("resources"), list):
        return "no list of resources. Give name, title and resources (see loaders/README.md)"
    if not all(isinstance(resource, dict) for resource in data["resources"]):
        return "a resource is not an object. Give each its name, path and schema"
    if data.get("name") != folder:
        return f"its name is {data.get('name')!r}. Name it as its folder: {folder}"
    if not _NAME.fullmatch(folder):
        return "its name cannot stand in an IRI. Use lower-case letters, digits and single hyphens"
    if not isinstance(data.get("title"), str) or not data["title"].strip():
        return "no title. Give the title of the document"
    people = data.get("contributors") or []
    if not isinstance(people, list) or not all(isinstance(person, dict) for person in people):
        return 'contributors is not a list of objects. Write [{"title": "Given Family", "role": "author"}]'
    if not isinstance(data.get("reference", False), bool):
        return f"reference is {data['reference']!r}. Write true or false"
    digest = data.get("sha256")
    if digest is not None and not (isinstance(digest, str) and _SHA256.fullmatch(digest)):
        return "sha256 is not 64 hexadecimal digits. Take it from the text that was read, or leave it out"
    return None


def _inside(folder: Path, relative: str, name: str) -> Path:
    """The file of that path, if it lies in the folder itself (no `..`, no absolute path, no link that leads out)."""
    pure = PurePosixPath(relative)
    bad = pure.is_absolute() or ".." in pure.parts or "\\" in relative or "\0" in relative
    try:
        bad = bad or not (folder / pure).resolve().is_relative_to(folder.resolve())
    except (OSError, RuntimeError):  # a link in a circle
        bad = True
    if bad:
        raise PackageError(
            f"{name}: the path {relative!r} leads out of its folder. Put the table beside datapackage.json"
        )
    return folder / pure


def _read_table(project: Project, package: Package, resource: Mapping[str, Any]) -> tuple[list[Row], list[Fault]]:
    where = f"loaders/{package.name}/datapackage.json"
    relative, schema = str(resource.get("path", "")), str(resource.get("schema", ""))
    path = _inside(package.folder, relative, where)
    file = f"loaders/{package.name}/{relative}"
    type_name = PurePosixPath(schema).name.removesuffix(".schema.json")
    if schema != f"../tables/{type_name}.schema.json" or type_name in ("evidence", "source", "finding"):
        raise PackageError(
            f"{where}: {relative} has the schema {schema!r}. Use ../tables/<type>.schema.json of a table type"
        )
    table_type = TableType.read(project, type_name, evidence=not package.reference)
    try:
        raw = path.read_bytes()
    except OSError:
        return [], [Fault(file, 0, "", "no such file", "Add it, or take it out of datapackage.json")]
    text, fault = _decode(raw, file)
    if fault:
        return [], [fault]
    records, fault = _records(text, file)
    if fault:
        return [], [fault]
    lines, faults = _validated(records, file, table_type)
    rows = []
    for number, values in lines:
        cells: dict[str, Cell] = {}
        for name, value in values.items():
            cell, what, remedy = convert(table_type.fields[name], value)
            cells[name] = cell
            if what:
                faults.insert(0, Fault(file, number, name, what, remedy))
        rows.append(Row(file, number, package.name, table_type, cells))
    return rows, _one_a_cell(faults)


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


def _validated(
    records: list[list[str]], file: str, table_type: TableType
) -> tuple[list[tuple[int, dict[str, Any]]], list[Fault]]:
    """The rows that frictionless read from the records of a table, and the faults that it found."""
    from frictionless import Resource, Schema, fields

    labels = records[0]
    header_faults = _check_header(labels, file, table_type)
    if header_faults:
        return [], header_faults
    # Made directly: from a descriptor, each field would be validated against a JSON Schema, for every table anew.
    kinds = {"string": fields.StringField, "integer": fields.IntegerField}
    columns = [table_type.fields[label].descriptor for label in labels]
    schema = Schema(
        fields=[
            kinds[column.get("type", "string")](name=column["name"], constraints=dict(column.get("constraints", {})))
            for column in columns
        ],
        primary_key=list(table_type.primary_key) if set(table_type.primary_key) <= set(labels) else [],
    )
    rows: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    resource = Resource(data=records, schema=schema)
    with resource:
        for row in resource.row_stream:
            number = int(row.row_number)
            faults.extend(_fault(error, file, number) for error in sorted(row.errors, key=_weight))
            rows.append((number, row.to_dict()))
    return rows, faults


def _check_header(labels: list[str], file: str, table_type: TableType) -> list[Fault]:
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


def _weight(error: Any) -> int:
    """Which fault of a cell tells most: that it is not there, then that it is empty, then the rest."""
    return ("blank-row", "missing-cell").index(error.type) if error.type in ("blank-row", "missing-cell") else 2


def _one_a_cell(faults: list[Fault]) -> list[Fault]:
    """The first fault of each cell; a row that is blank has no other."""
    blank = {fault.row for fault in faults if fault.what == _BLANK}
    first: dict[tuple[int, str], Fault] = {}
    for fault in faults:
        if fault.row not in blank or fault.what == _BLANK:
            first.setdefault((fault.row, fault.column), fault)
    return list(first.values())


def _fault(error: Any, file: str, number: int) -> Fault:
    column = str(getattr(error, "field_name", "") or "")
    if error.type == "primary-key":
        column = "key"
    cell = str(getattr(error, "cell", "") or "")
    note = str(error.note).rstrip(".")
    remedies: dict[str, tuple[str, str]] = {
        "blank-row": (_BLANK, "Take it out"),
        "extra-cell": (f"more cells than columns: {cell}", "Quote cells that hold a comma"),
        "missing-cell": ("fewer cells than columns", "Add commas for empty cells"),
        "primary-key": (f"duplicate key: {note}", "Rename or join the two rows"),
        "type-error": (f"{cell!r} is of the wrong type", f"Expected: {note}"),
    }
    what, remedy = remedies.get(error.type, (f"{cell!r}: {note}", "Correct the cell"))
    if error.type == "constraint-error" and "required" in note:
        what, remedy = "the cell is empty", "Fill it, or take the row out"
    return Fault(file, number, column, what, remedy)


def iter_rows(packages: list[Package]) -> Iterator[Row]:
    """The rows of all packages, in the order of the packages."""
    for package in packages:
        yield from package.rows
