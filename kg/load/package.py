"""Data Packages to rows: `datapackage.json` and its CSV files, read and validated with frictionless.

Nothing is dropped silently: every fault of every table is collected, and the caller gets all of them at once.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from kg.errors import Fault, PackageError
from kg.load.cells import Cell, convert
from kg.load.records import Lines, Table, one_a_cell, read_table, valid_lines, validate
from kg.load.tables import TableType
from kg.project import Project

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_DESCRIBED = (
    "title",
    "year",
    "venue",
    "doi",
    "licence",
    "sha256",
    "received",
    "revised",
    "accepted",
    "volume",
    "issue_number",
    "pages",
    "classification",
)
"""What a descriptor may say of its document, under the names of the columns of table type `source`."""
LEDGER = "coverage"
"""The table type of ledgers, which are checked and not loaded."""
NO_TABLES = ("evidence", "reference", "scenario", "removal", "source", "finding", "measurement")
"""Schemas that no table of a package may have: columns shared by all, and rows that the program writes."""
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

    def texts(self, columns: Iterable[str]) -> Iterator[str]:
        """The texts in some columns, each item of a list by itself."""
        for column in columns:
            cell = self.cells.get(column)
            yield from cell if isinstance(cell, list) else [cell] if isinstance(cell, str) else []


@dataclass
class Package:
    """A Data Package: what it says of its document, and the rows of its tables."""

    name: str
    folder: Path
    descriptor: Mapping[str, Any]
    rows: list[Row] = field(default_factory=list)
    ledger: list[Row] = field(default_factory=list)
    """The lines of its coverage table, which are checked and not loaded."""

    @property
    def reference(self) -> bool:
        return bool(self.descriptor.get("reference"))

    @property
    def ledger_files(self) -> set[str]:
        """The tables that it lists as ledgers of its paragraphs, as faults name files."""
        resources = self.descriptor.get("resources", [])
        return {f"loaders/{self.name}/{resource.get('path')}" for resource in resources if _is_ledger(resource)}

    def described(self) -> dict[str, Cell]:
        """The cells of the package's own row in the table type `source`."""
        people = self.descriptor.get("contributors") or []
        authors = "; ".join(str(p.get("title")) for p in people if p.get("role") == "author")
        words = self.descriptor.get("keywords")
        fields = {k: self.descriptor.get(k) for k in _DESCRIBED}
        return {
            "key": self.name,
            "authors": authors or None,
            "keywords": [str(word) for word in words] if isinstance(words, list) else None,
            **{k: str(v) if v else None for k, v in fields.items()},
        }


def read_packages(project: Project, known_valid: bool = False) -> tuple[list[Package], list[Fault]]:
    """All packages of `loaders/` with their rows, and every fault found on the way.

    Args:
        project: where the loaders are.
        known_valid: a graph was built from these very tables, so that they need not be validated again.

    Raises:
        PackageError: a datapackage.json cannot be read or names a file outside its folder.
    """
    packages: list[Package] = []
    faults: list[Fault] = []
    tables: list[tuple[Package, Table]] = []
    types: dict[tuple[str, str | None], TableType] = {}
    for relative, path in project.files("loaders", "*/datapackage.json"):
        package = read_descriptor(path, f"loaders/{relative}")
        packages.append(package)
        for resource in package.descriptor.get("resources", []):
            table = _read_table(project, package, resource, types)
            if isinstance(table, Table):
                tables.append((package, table))
            else:
                faults.append(table)
    every = [table for _package, table in tables]
    validated = [(valid_lines(table), []) for table in every] if known_valid else validate(every)
    for (package, table), (lines, found) in zip(tables, validated, strict=True):
        rows = package.ledger if table.file in package.ledger_files else package.rows
        converted, wrong = converted_rows(table, lines, package.name)
        rows += converted
        faults += one_a_cell([*wrong, *found])
    return packages, faults


def read_descriptor(path: Path, name: str) -> Package:
    """A Data Package without its rows.

    Args:
        path: its datapackage.json.
        name: what to call the file in errors.

    Raises:
        PackageError: it is not JSON in UTF-8, or lacks what it must say.
    """
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


def inside(folder: Path, relative: str, name: str) -> Path:
    """The file of that path, if it lies in the folder itself (no `..`, no absolute path, no link that leads out).

    Raises:
        PackageError: it does not; `name` says which file names it.
    """
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


def _read_table(
    project: Project, package: Package, resource: Mapping[str, Any], types: dict[tuple[str, str | None], TableType]
) -> Table | Fault:
    where = f"loaders/{package.name}/datapackage.json"
    relative, schema = str(resource.get("path", "")), str(resource.get("schema", ""))
    path = inside(package.folder, relative, where)
    file = f"loaders/{package.name}/{relative}"
    kind = type_name(resource)
    if schema != f"../tables/{kind}.schema.json" or kind in NO_TABLES:
        raise PackageError(
            f"{where}: {relative} has the schema {schema!r}. Use ../tables/<type>.schema.json of a table type"
        )
    common = None if kind == LEDGER else "reference" if package.reference else "evidence"
    if (kind, common) not in types:
        types[kind, common] = TableType.read(project, kind, common)
    table_type = types[kind, common]
    try:
        return read_table(path.read_bytes(), file, table_type)
    except OSError:
        return Fault(file, 0, "", "no such file", "Add it, or take it out of datapackage.json")


def _is_ledger(resource: Mapping[str, Any]) -> bool:
    return type_name(resource) == LEDGER


def converted_rows(table: Table, lines: Lines, source: str) -> tuple[list[Row], list[Fault]]:
    """The validated lines of a table as rows of a source, and the faults of cells that cannot be read."""
    rows: list[Row] = []
    faults: list[Fault] = []
    for number, values in lines:
        cells: dict[str, Cell] = dict.fromkeys(values)
        for name, value in values.items():
            if value is None:
                continue
            cell, what, remedy = convert(table.type.fields[name], value)
            cells[name] = cell
            if what:
                faults.append(Fault(table.file, number, name, what, remedy))
        rows.append(Row(table.file, number, source, table.type, cells))
    return rows, faults


def type_name(resource: Mapping[str, Any]) -> str:
    """The table type that a resource names by the path of its schema."""
    return PurePosixPath(str(resource.get("schema", ""))).name.removesuffix(".schema.json")


def iter_rows(packages: list[Package]) -> Iterator[Row]:
    """The rows of all packages, in the order of the packages."""
    for package in packages:
        yield from package.rows
