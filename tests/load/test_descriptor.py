"""The file datapackage.json, and every way in which it can be wrong (threat T11)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from kg.errors import PackageError
from kg.load.package import read_packages
from tests.conftest import MakeProject

WHERE = "loaders/mine/datapackage.json"


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"{'name': 'mine'}", b"\xff\xfe{}", b"null", b"[]", b"3", b"{}", b'{"resources": 3}', b"[" * 100_000],
    ids=["empty", "cut", "quotes", "not UTF-8", "null", "list", "number", "no resources", "resources", "too deep"],
)
def test_what_is_no_descriptor_is_refused(small_project: MakeProject, content: bytes) -> None:
    project = small_project()
    (project.roots[0] / WHERE).write_bytes(content)
    with pytest.raises(PackageError, match=rf"^{WHERE}: .+\. .+"):
        read_packages(project)


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"name": "other"}, "its name is 'other'. Name it as its folder: mine"),
        ({"name": None}, "its name is None. Name it as its folder: mine"),
        ({"title": ""}, "no title. Give the title of the document"),
        ({"title": "a \ud800"}, "not JSON in UTF-8"),
        ({"resources": [3]}, "a resource is not an object"),
        ({"resources": ["place.csv"]}, "a resource is not an object"),
        ({"contributors": "Ann"}, "contributors is not a list of objects"),
        ({"contributors": ["Ann"]}, "contributors is not a list of objects"),
        ({"sha256": ["x"]}, "sha256 is not"),
        ({"reference": "false"}, "reference is 'false'. Write true or false"),
        ({"sha256": "abc"}, "sha256 is not"),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, str) else "",
)
def test_what_is_wrong_in_a_descriptor_is_named(
    small_project: MakeProject, change: dict[str, Any], message: str
) -> None:
    with pytest.raises(PackageError) as raised:
        read_packages(
            small_project(**{"reference": True} | change) if "name" not in change else _renamed(small_project, change)
        )
    assert str(raised.value).startswith(f"{WHERE}: {message}")


def _renamed(small_project: MakeProject, change: dict[str, Any]) -> Any:
    project = small_project()
    path = project.roots[0] / WHERE
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | change), encoding="utf-8")
    return project


@pytest.mark.parametrize("name", ["my source", "a>b", "Mine", "a--b", "a%20b", "宝鸡"])
def test_the_name_of_a_source_can_stand_in_an_iri(small_project: MakeProject, name: str) -> None:
    project = small_project()
    folder = project.roots[0] / "loaders" / name
    (project.roots[0] / "loaders/mine").rename(folder)
    path = folder / "datapackage.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"name": name}), encoding="utf-8")
    with pytest.raises(PackageError, match="lower-case letters, digits and single hyphens"):
        read_packages(project)


def with_resource(small_project: MakeProject, **resource: Any) -> Any:
    return small_project(resources=[{"name": "a", "schema": "../tables/place.schema.json", **resource}])


@pytest.mark.parametrize(
    "path",
    [
        *("../other.csv", "a/../../other.csv", "/etc/passwd", "..", "a\\b.csv", "..\\other.csv"),
        *("C:\\x.csv", "a\0.csv", "/dev/zero"),
    ],
)
def test_a_path_that_leads_out_is_refused(small_project: MakeProject, path: str) -> None:
    project = with_resource(small_project, path=path)
    (project.roots[0] / "loaders/other.csv").write_text("key,class,label\nx,City,X\n", encoding="utf-8")
    with pytest.raises(PackageError, match=r"leads out of its folder\. Put the table beside datapackage\.json"):
        read_packages(project)


@pytest.mark.parametrize("path", ["%2e%2e/other.csv", "a" * 300 + ".csv", "", ".", "nothing.csv", "file:///etc/passwd"])
def test_a_path_that_names_no_table_is_a_fault(small_project: MakeProject, path: str) -> None:
    project = with_resource(small_project, path=path)
    (project.roots[0] / "loaders/other.csv").write_text("key,class,label\nx,City,X\n", encoding="utf-8")
    packages, faults = read_packages(project)
    assert [fault.what for fault in faults] == ["no such file"]
    assert packages[0].rows == []


def test_a_link_that_leads_out_is_refused(small_project: MakeProject, tmp_path: Path) -> None:
    secret = tmp_path / "secret.csv"
    secret.write_text("key,class,label\nx,City,X\n", encoding="utf-8")
    project = with_resource(small_project, path="link.csv")
    (project.roots[0] / "loaders/mine/link.csv").symlink_to(secret)
    with pytest.raises(PackageError, match="leads out of its folder"):
        read_packages(project)


def test_a_folder_link_that_leads_out_is_refused(small_project: MakeProject, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/x.csv").write_text("key,class,label\nx,City,X\n", encoding="utf-8")
    project = with_resource(small_project, path="sub/x.csv")
    (project.roots[0] / "loaders/mine/sub").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(PackageError, match="leads out of its folder"):
        read_packages(project)


def test_a_link_in_a_circle_is_refused(small_project: MakeProject) -> None:
    project = with_resource(small_project, path="circle.csv")
    (project.roots[0] / "loaders/mine/circle.csv").symlink_to("circle.csv")
    with pytest.raises(PackageError, match="leads out of its folder"):
        read_packages(project)


@pytest.mark.parametrize(
    "schema",
    [
        *("../tables/nothing.schema.json", "place", "../tables/../tables/place.schema.json", "/etc/passwd", ""),
        *("../tables/evidence.schema.json", "../tables/source.schema.json", "../tables/finding.schema.json"),
        *("../tables/a\0b.schema.json", "https://example.org/place.schema.json"),
        {"fields": []},
    ],
    ids=str,
)
def test_a_schema_that_is_no_table_type_is_refused(small_project: MakeProject, schema: object) -> None:
    with pytest.raises(PackageError, match=r"table type"):
        read_packages(with_resource(small_project, path="place.csv", schema=schema))


def test_the_source_is_described(small_project: MakeProject) -> None:
    people = [("Cai Xu", "author"), ("Bo Wu", "editor"), ("Ann Li", "author")]
    packages, _ = read_packages(
        small_project(contributors=[{"title": t, "role": r} for t, r in people], year=2020, doi="10.1000/182")
    )
    described = packages[0].described()
    assert described["authors"] == "Cai Xu; Ann Li"
    assert (described["year"], described["doi"], described["venue"]) == ("2020", "10.1000/182", None)
