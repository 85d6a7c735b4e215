"""Data Packages to rows: `datapackage.json` and its CSV files, read and validated with frictionless.

Nothing is dropped silently: every fault of every table is collected, and the caller gets all of them at once.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import Fault, PackageError, nearest
from kg.load.cells import Cell, convert
from kg.load.tables import TableType
from kg.project import Project


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
        authors = [str(p.get("title")) for p in people if p.get("role") == "author"]
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
    except (UnicodeDecodeError, ValueError) as error:
        raise PackageError(f"{name}: not JSON in UTF-8 ({error}). Correct it there") from None
    if not isinstance(data, dict) or not isinstance(data.get("resources"), list):
        raise PackageError(f"{name}: no list of resources. Give name, title and resources (see loaders/README.md)")
    if data.get("name") != path.parent.name:
        raise PackageError(f"{name}: its name is {data.get('name')!r}. Name it as its folder: {path.parent.name}")
    if not data.get("title"):
        raise PackageError(f"{name}: no title. Give the title of the document")
    return Package(path.parent.name, path.parent, data)


def _inside(folder: Path, relative: str, name: str) -> Path:
    """The file of that path, if it lies in the folder itself (no `..`, no absolute path, no link that leads out)."""
    pure = PurePosixPath(relative)
    bad = pure.is_absolute() or ".." in pure.parts or "\\" in relative or "\0" in relative
    if bad or not (folder / pure).resolve().is_relative_to(folder.resolve()):
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
    lines, faults = _validated(text, file, table_type)
    rows = []
    for number, values in lines:
        cells: dict[str, Cell] = {}
        for name, value in values.items():
            cell, what, remedy = convert(table_type.fields[name], value)
            cells[name] = cell
            if what:
                faults.append(Fault(file, number, name, what, remedy))
        rows.append(Row(file, number, package.name, table_type, cells))
    return rows, faults


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
    if "\0" in text:
        return "", Fault(file, text.count("\n", 0, text.index("\0")) + 1, "", "a NUL character", "Take it out")
    return text, None


def _validated(text: str, file: str, table_type: TableType) -> tuple[list[tuple[int, dict[str, Any]]], list[Fault]]:
    """The rows that frictionless read from CSV text, and the faults that it found."""
    from frictionless import Resource, Schema, formats

    header_faults, labels = _check_header(text, file, table_type)
    if header_faults:
        return [], header_faults
    descriptor: dict[str, Any] = {
        "fields": [
            {k: v for k, v in table_type.fields[label].descriptor.items() if k in ("name", "type", "constraints")}
            for label in labels
        ]
    }
    if set(table_type.primary_key) <= set(labels):
        descriptor["primaryKey"] = list(table_type.primary_key)
    rows: list[tuple[int, dict[str, Any]]] = []
    faults: list[Fault] = []
    resource = Resource(
        data=text.encode("utf-8"),
        scheme="buffer",
        format="csv",
        encoding="utf-8",
        schema=Schema.from_descriptor(descriptor),
        control=formats.CsvControl(),
    )
    with resource:
        for row in resource.row_stream:
            number = int(row.row_number)
            for error in row.errors:
                faults.append(_fault(error, file, number))
            values = row.to_dict()
            rows.append((number, values))
    return rows, faults


def _check_header(text: str, file: str, table_type: TableType) -> tuple[list[Fault], list[str]]:
    import csv

    labels = next(csv.reader(text.splitlines()), [])
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
    return faults, labels


def _fault(error: Any, file: str, number: int) -> Fault:
    column = str(getattr(error, "field_name", "") or "")
    if error.type == "primary-key":
        column = "key"
    cell = str(getattr(error, "cell", "") or "")
    note = str(error.note).rstrip(".")
    remedies: dict[str, tuple[str, str]] = {
        "blank-row": ("the row is blank", "Take it out"),
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
