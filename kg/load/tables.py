"""Table types: the schema and the mapping of `loaders/tables/<type>`.

A schema is a Table Schema (Data Package v2) with a few properties of its own. On the table: `mints` (kind of the IRI of
a row, the columns it is made of, the template of its label), `names` (columns by which others refer to the row), `said`
(the names are the document's own), `local` (keys are a source's own) and `loaded` (false for the ledger). On a field:
`refersTo` (kinds, or `*`), `separator` (a list), `parse` (`quantity`, `number` or `period`), `unitColumn`, `choices`,
`own` (its numbers are ours).
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Mapping
from dataclasses import dataclass
from typing import Any

from kg.errors import PackageError
from kg.names import Prefixes
from kg.project import Project

_VARIABLE = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_SUPPLIED = ("this", "name", "passage", "source")
_TYPES = ("string", "integer", "boolean")


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
    def own(self) -> bool:
        """Whether its numbers are ours: keys, order, codes, explanations."""
        return bool(self.descriptor.get("own"))

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
    title: str = ""
    local: bool = False
    """Whether each source has its own keys in it: the same key in two sources would be two things."""
    said: bool = False
    """Whether the names in its rows are the document's own, and not our labels."""

    @classmethod
    def read(cls, project: Project, name: str, common: str | None = None) -> TableType:
        """Read a table type; the columns of `common`, `evidence` or `reference`, are added.

        Raises:
            PackageError: there is no such type, or its schema or mapping is malformed.
        """
        file = f"loaders/tables/{name}.schema.json"
        try:
            data = json.loads(project.file(file).read_text(encoding="utf-8"))
            descriptors: Any = data.get("fields") if isinstance(data, dict) else None
            if common and isinstance(descriptors, list):
                text = project.file(f"loaders/tables/{common}.schema.json").read_text(encoding="utf-8")
                descriptors = [*descriptors, *json.loads(text)["fields"]]
            loaded = not isinstance(data, dict) or data.get("loaded", True)
            mapping = project.file(f"loaders/tables/{name}.ru").read_bytes() if loaded else b""
        except FileNotFoundError as error:
            raise PackageError(
                f"no table type {name}: {error} is missing. Use one of loaders/tables/, or add its schema and mapping"
            ) from None
        except (ValueError, RecursionError) as error:
            raise PackageError(f"{file}: not JSON in UTF-8 ({error}). Correct it") from None
        kinds = Prefixes.read(project.file("ontology/prefixes.ttl")).mapping
        if problem := _problem(data, descriptors, kinds):
            raise PackageError(f"{file}: {problem}")
        mints = data.get("mints", {})
        return cls(
            name=name,
            fields={d["name"]: Field(d["name"], d) for d in descriptors},
            primary_key=tuple(data.get("primaryKey", ())),
            kind=mints.get("kind"),
            minted_from=tuple(mints.get("from", ())),
            label=mints.get("name"),
            names=tuple(data.get("names", ())),
            mapping=_decoded(mapping, f"loaders/tables/{name}.ru"),
            title=str(data.get("title", name)),
            local=bool(data.get("local")),
            said=bool(data.get("said")),
        )


def _decoded(raw: bytes, file: str) -> str:
    try:
        return raw.decode("utf-8").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise PackageError(f"{file}: not UTF-8 ({error}). Save it as UTF-8") from None


def _problem(data: Any, descriptors: Any, kinds: Container[str]) -> str | None:
    """What is wrong with a schema and what to do, or None."""
    if not isinstance(descriptors, list) or not all(isinstance(d, dict) for d in descriptors) or not descriptors:
        return "no list of fields. Give each column its name, type and description"
    names = [d.get("name") for d in descriptors]
    for descriptor, name in zip(descriptors, names, strict=True):
        if not isinstance(name, str) or not _VARIABLE.fullmatch(name) or names.count(name) > 1:
            return (
                f"a column cannot be named {name!r}. Use a name of its own of letters, digits and _: it is a variable"
            )
        if name in _SUPPLIED:
            return f"a column cannot be named {name}: mappings are given that variable. Name it otherwise"
        if descriptor.get("type", "string") not in _TYPES:
            return f"column {name} has the type {descriptor['type']!r}. Use {' or '.join(_TYPES)}"
        if descriptor.get("parse") not in (None, "quantity", "number", "period"):
            return f"column {name} is parsed as {descriptor['parse']!r}. Use quantity, number or period"
        if descriptor.get("parse") == "quantity" and descriptor.get("unitColumn") not in names:
            return f"column {name} holds a quantity. Name the column of its unit with unitColumn"
        if unknown := [kind for kind in descriptor.get("refersTo", ()) if kind != "*" and kind not in kinds]:
            return f"column {name} refers to {unknown[0]}, which is no prefix. Declare it in ontology/prefixes.ttl"
    mints = data.get("mints", {})
    if not isinstance(mints, dict) or (mints and mints.get("kind") not in kinds):
        return "mints names no kind. Give {kind, from, name}, kind being a prefix of ontology/prefixes.ttl"
    for key, columns in (
        ("mints.from", mints.get("from", ())),
        *((k, data.get(k, ())) for k in ("names", "primaryKey")),
    ):
        if unknown := [column for column in columns if column not in names]:
            return f"{key} names {unknown[0]!r}, which is no column. Add the column or take the name out"
    return None
