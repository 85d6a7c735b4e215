"""Table types of a user's own, and every way in which a schema can be wrong."""

from __future__ import annotations

import json
import shutil
from typing import Any

import pytest

from kg.errors import PackageError
from kg.load.tables import TableType
from kg.project import Project
from tests.conftest import MakeProject
from tests.support import ROOT

GOOD: dict[str, Any] = {
    "fields": [
        {"name": "key", "type": "string", "constraints": {"required": True}},
        {"name": "label", "type": "string"},
    ],
    "primaryKey": ["key"],
    "mints": {"kind": "place", "from": ["key"]},
    "names": ["label"],
}


def with_type(small_project: MakeProject, schema: str | bytes, mapping: str | bytes = "WHERE {\n}") -> Project:
    project = small_project()
    folder = project.roots[0] / "loaders/tables"
    folder.unlink()
    shutil.copytree(ROOT / "loaders/tables", folder)
    (folder / "own.schema.json").write_bytes(schema.encode() if isinstance(schema, str) else schema)
    (folder / "own.ru").write_bytes(mapping.encode() if isinstance(mapping, str) else mapping)
    return project


def test_a_type_is_read(small_project: MakeProject) -> None:
    own = TableType.read(with_type(small_project, json.dumps(GOOD)), "own", "evidence")
    shared = ["section", "anchor", "computed", "normalised", "cites", "said_by"]
    assert list(own.fields) == ["key", "label", *shared]
    assert (own.kind, own.minted_from, own.primary_key, own.names) == ("place", ("key",), ("key",), ("label",))


@pytest.mark.parametrize(
    "change",
    [
        {"fields": None},
        {"fields": []},
        {"fields": ["key"]},
        {"fields": [{"type": "string"}]},
        {"fields": [{"name": "key", "type": "strnig"}]},
        {"fields": [{"name": "key", "type": "string"}] * 2},
        {"fields": [{"name": "key"}, {"name": "a b", "type": "string"}]},
        {"fields": [{"name": "key", "refersTo": ["nothing"]}]},
        {"fields": [{"name": "key"}, {"name": "passage"}]},
        {"mints": "place"},
        {"mints": {"kind": "nothing", "from": ["key"]}},
        {"mints": {"kind": "place", "from": ["nothing"]}},
        {"names": ["nothing"]},
        {"primaryKey": ["nothing"]},
        {"fields": [{"name": "key", "parse": "numbr"}]},
        {"fields": [{"name": "key", "parse": "quantity", "unitColumn": "nothing"}]},
        {"fields": [{"name": "key", "parse": "quantity"}]},
    ],
    ids=str,
)
def test_a_faulty_schema_is_refused(small_project: MakeProject, change: dict[str, Any]) -> None:
    with pytest.raises(PackageError, match=r"^loaders/tables/own\.schema\.json: .+\. .+"):
        TableType.read(with_type(small_project, json.dumps(GOOD | change)), "own")


@pytest.mark.parametrize("schema", [b"", b"{", b"\xff", b"[]", b"null"])
def test_a_schema_that_is_not_json_is_refused(small_project: MakeProject, schema: bytes) -> None:
    with pytest.raises(PackageError, match=r"^loaders/tables/own\.schema\.json: .+\. .+"):
        TableType.read(with_type(small_project, schema), "own")


def test_a_mapping_that_is_not_utf_8_is_refused(small_project: MakeProject) -> None:
    with pytest.raises(PackageError, match=r"^loaders/tables/own\.ru: not UTF-8"):
        TableType.read(with_type(small_project, json.dumps(GOOD), b"# \xff\nWHERE {\n}"), "own")


def test_a_type_that_is_not_there_says_so(small_project: MakeProject) -> None:
    with pytest.raises(PackageError, match=r"no table type nothing: .*nothing\.schema\.json is missing"):
        TableType.read(small_project(), "nothing")
