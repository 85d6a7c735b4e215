"""Every table type has a schema and a mapping that fit one another."""

from __future__ import annotations

import json
import re

import pytest

from kg.load.mapping import map_rows
from kg.load.package import read_packages
from kg.load.tables import TableType
from kg.project import Project
from kg.store.answers import IRI
from kg.store.oxigraph import OxigraphStore
from tests.support import PAPERS, PREFIXES, ROOT

TABLES = ROOT / "loaders/tables"
TYPES = sorted(path.name.removesuffix(".schema.json") for path in TABLES.glob("*.schema.json"))
SHARED = ("evidence", "reference", "scenario", "removal")
MAPPED = [name for name in TYPES if name not in (*SHARED, "coverage")]
SUPPLIED = {"this", "name", "passage", "source"}


def mapping(name: str) -> str:
    return (TABLES / f"{name}.ru").read_text(encoding="utf-8")


def used(text: str) -> set[str]:
    return set(re.findall(r"[?$](\w+)", re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE)))


def bound(text: str) -> set[str]:
    listed = re.findall(r"^  VALUES \(([^)]*)\)", text, re.MULTILINE)
    return set(re.findall(r"\bAS\s+[?$](\w+)", text)) | set(re.findall(r"[?$](\w+)", " ".join(listed)))


def test_every_schema_has_a_mapping_and_every_mapping_a_schema() -> None:
    """Four give columns to all; `passage` is run for every row; the ledger is not loaded."""
    mappings = {path.stem for path in TABLES.glob("*.ru")}
    assert set(TYPES) - {"reference", "scenario", "removal", "coverage"} == mappings - {"passage"}
    assert len(TYPES) >= 35


@pytest.mark.parametrize("name", MAPPED)
def test_every_column_is_a_variable_of_the_mapping(name: str) -> None:
    fields = set(TableType.read(Project((ROOT,)), name).fields)
    assert fields - {"key"} - used(mapping(name)) == set()


@pytest.mark.parametrize("name", MAPPED)
def test_every_variable_is_a_column_supplied_or_bound(name: str) -> None:
    table_type = TableType.read(Project((ROOT,)), name)
    labels = {f"{field.name}_label" for field in table_type.fields.values() if field.refers_to}
    assert used(mapping(name)) - set(table_type.fields) - labels - SUPPLIED - bound(mapping(name)) == set()


@pytest.mark.parametrize("name", [*MAPPED, "passage", "evidence"])
def test_a_mapping_runs(name: str) -> None:
    store = OxigraphStore.memory()
    row = {"this": IRI("urn:this"), "passage": IRI("urn:passage"), "source": IRI("urn:source")}
    assert (
        map_rows(store, mapping(name), sorted(used(mapping(name)) - bound(mapping(name)) | set(row)), [row], name) == 1
    )


@pytest.mark.parametrize("name", [*MAPPED, "passage", "evidence"])
def test_prefixes_of_a_mapping_are_declared_and_used(name: str) -> None:
    declared = dict(re.findall(r"^PREFIX ([\w-]+): <([^>]*)>$", mapping(name), re.MULTILINE))
    body = re.sub(r"^(PREFIX|#).*$", "", mapping(name), flags=re.MULTILINE)
    assert {prefix: PREFIXES.mapping.get(prefix) for prefix in declared} == declared
    assert [prefix for prefix in declared if not re.search(rf"(?<![\w?:-]){prefix}:", body)] == []


@pytest.mark.parametrize("name", TYPES)
def test_every_table_and_column_is_described(name: str) -> None:
    data = json.loads((TABLES / f"{name}.schema.json").read_text(encoding="utf-8"))
    assert data["title"]
    assert data["description"]
    assert [field["name"] for field in data["fields"] if not field.get("description")] == []


@pytest.mark.parametrize("name", [n for n in TYPES if n not in ("finding", "measurement", "source", *SHARED)])
def test_keys_have_a_pattern_and_a_length(name: str) -> None:
    """Threat T11: keys become parts of IRIs and names of files."""
    for field in TableType.read(Project((ROOT,)), name).fields.values():
        if field.name == "key":
            assert field.descriptor["constraints"]["pattern"] == "^[a-z0-9]+(-[a-z0-9]+)*$"
            assert field.descriptor["constraints"]["maxLength"] <= 100


def test_every_type_is_used_by_a_source() -> None:
    used_types = set()
    for path in (ROOT / "loaders").glob("*/datapackage.json"):
        for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]:
            used_types.add(resource["schema"].rpartition("/")[2].removesuffix(".schema.json"))
    assert set(TYPES) - used_types == {*SHARED, "source", "finding", "measurement"}


def test_every_table_of_a_source_is_in_its_package() -> None:
    for path in (ROOT / "loaders").glob("*/datapackage.json"):
        named = {resource["path"] for resource in json.loads(path.read_text(encoding="utf-8"))["resources"]}
        assert {table.name for table in path.parent.glob("*.csv")} == named, path.parent.name


def test_the_sources_are_the_papers_and_the_reference() -> None:
    packages, faults = read_packages(Project((ROOT,)))
    assert faults == []
    assert {package.name for package in packages} == {*PAPERS, "reference"}
    assert [package.name for package in packages if package.reference] == ["reference"]
    assert min(len(package.rows) for package in packages) > 100
