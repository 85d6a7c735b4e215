"""Table types: the schema and the mapping of `loaders/tables/<type>`.

A schema is a Table Schema (Data Package v2) with a few properties of its own. On the table: `mints` (kind of the IRI of
a row, the columns it is made of, the template of its label) and `names` (columns by which others refer to the row). On
a field: `refersTo` (kinds, or `*`), `separator` (a list), `parse` (`quantity` or `period`), `unitColumn`, `choices`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import PackageError
from kg.project import Project


@dataclass(frozen=True)
class Field:
    """A column of a table type."""

    name: str
    descriptor: Mapping[str, Any]

    @property
    def required(self) -> bool:
        return bool(self.descriptor.get("constraints", {}).get("required"))

    @property
    def refers_to(self) -> tuple[str, ...]:
        return tuple(self.descriptor.get("refersTo", ()))

    @property
    def separator(self) -> str | None:
        return self.descriptor.get("separator")

    @property
    def parse(self) -> str | None:
        return self.descriptor.get("parse")

    @property
    def unit_column(self) -> str | None:
        return self.descriptor.get("unitColumn")

    @property
    def choices(self) -> tuple[str, ...]:
        return tuple(self.descriptor.get("choices", ()))


@dataclass(frozen=True)
class TableType:
    """A table type: its columns, how a row is named and minted, and its mapping."""

    name: str
    fields: Mapping[str, Field]
    primary_key: tuple[str, ...]
    kind: str | None
    minted_from: tuple[str, ...]
    label: str | None
    names: tuple[str, ...]
    mapping: str

    @classmethod
    def read(cls, project: Project, name: str, evidence: bool = False) -> TableType:
        """Read a table type; with `evidence`, the columns `section` and `anchor` are added.

        Raises:
            PackageError: there is no such type, or its schema is not JSON.
        """
        try:
            path = project.file(f"loaders/tables/{name}.schema.json")
            mapping = project.file(f"loaders/tables/{name}.ru").read_text(encoding="utf-8")
            data = json.loads(path.read_text(encoding="utf-8"))
        except FileNotFoundError as error:
            raise PackageError(
                f"no table type {name}: {error} is missing. Use one of loaders/tables/, or add its schema and mapping"
            ) from None
        except ValueError as error:
            raise PackageError(f"loaders/tables/{name}.schema.json: not JSON ({error}). Correct it") from None
        descriptors = list(data["fields"])
        if evidence:
            common = project.file("loaders/tables/evidence.schema.json")
            descriptors += json.loads(common.read_text(encoding="utf-8"))["fields"]
        mints = data.get("mints", {})
        return cls(
            name=name,
            fields={d["name"]: Field(d["name"], d) for d in descriptors},
            primary_key=tuple(data.get("primaryKey", ())),
            kind=mints.get("kind"),
            minted_from=tuple(mints.get("from", ())),
            label=mints.get("name"),
            names=tuple(data.get("names", ())),
            mapping=mapping,
        )
