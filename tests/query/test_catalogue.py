"""All questions by name, and what becomes of files that are malformed."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import BadParameter, QueryFileError, UnknownName
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.answers import IRI
from tests.support import ROOT, add_query

GOOD = """#+ summary: Mine
#+ parameters:
#+   - {name: city, type: place, description: the city}
#+   - {name: year, type: integer, description: the year, required: false}
SELECT * {
  VALUES ?city { <urn:a> }
  VALUES ?year { 2020 }
}
"""


def catalogue(root: Path, folder: str = "") -> Catalogue:
    return Catalogue.read(Project((root,)), folder)


def test_every_file_is_a_question_of_its_name() -> None:
    found = Catalogue.read(Project.find())
    files = {
        path.stem: path.parent.name
        for path in (ROOT / "queries").glob("*/*.rq")
        if path.parent.name not in ("rules", "hygiene", "networks", "reasoning")
    }
    assert {name: query.group for name, query in found.items()} == files
    assert len(files) >= 30


@pytest.mark.parametrize("folder", ["hygiene", "networks", "reasoning"])
def test_a_folder_of_queries_that_are_not_asked(folder: str) -> None:
    found = Catalogue.read(Project.find(), folder)
    assert set(found) == {path.stem for path in (ROOT / "queries" / folder).glob("*.rq")}
    assert len(found) > 0
    assert not set(found) & set(Catalogue.read(Project.find()))


def test_questions_are_in_order_of_group_and_name() -> None:
    found = [(query.group, name) for name, query in Catalogue.read(Project.find()).items()]
    assert found == sorted(found)


def test_a_users_question_stands_beside_ours(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD, group="my-group")
    found = Catalogue.read(Project((ROOT, tmp_path)))
    assert found["mine"].group == "my-group"
    assert "passages" in found


def test_a_users_file_replaces_ours_of_the_same_path(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD, "passages", "evidence")
    assert Catalogue.read(Project((ROOT, tmp_path)))["passages"].header.summary == "Mine"


def test_an_unknown_question_comes_with_the_nearest_names() -> None:
    with pytest.raises(UnknownName) as raised:
        Catalogue.read(Project.find())["pasages"]
    assert str(raised.value).startswith("unknown query: pasages. Did you mean passages")
    assert str(raised.value).endswith("? `kg ask` without a name lists all")


def test_a_name_of_two_files_is_refused(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD, group="one")
    add_query(tmp_path, GOOD, group="two")
    with pytest.raises(
        QueryFileError, match=r"queries/two/mine\.rq: there is a query mine already\. Give it another name"
    ):
        catalogue(tmp_path)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("#+ summary: a: b\nASK {}", r"^queries/evidence/mine\.rq: the #\+ header is not YAML"),
        ("#+ summary: a\n#+ tag: b\nASK {}", r"^queries/evidence/mine\.rq: unknown key tag"),
        ("ASK {}", r"^queries/evidence/mine\.rq: no summary"),
        (b"#+ summary: \xff\nASK {}", r"^queries/evidence/mine\.rq: not UTF-8"),
        (b"", r"^queries/evidence/mine\.rq: no summary"),
    ],
)
def test_a_malformed_file_is_refused_by_its_name(tmp_path: Path, text: str | bytes, message: str) -> None:
    add_query(tmp_path, text)
    with pytest.raises(QueryFileError, match=message):
        catalogue(tmp_path)


def test_values_are_put_in(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD)
    bound = catalogue(tmp_path)["mine"].bound({"city": [IRI("urn:b")], "year": [2021]})
    assert "VALUES ?city { <urn:b> }" in bound
    assert 'VALUES ?year { "2021"^^<http://www.w3.org/2001/XMLSchema#integer> }' in bound


def test_an_optional_parameter_that_is_left_out_is_for_all(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD)
    for values in (
        {"city": [IRI("urn:b")]},
        {"city": [IRI("urn:b")], "year": None},
        {"city": [IRI("urn:b")], "year": []},
    ):
        assert "?year" not in catalogue(tmp_path)["mine"].bound(values)


@pytest.mark.parametrize("values", [{}, {"city": None}, {"city": []}])
def test_a_required_parameter_that_is_missing_is_told(tmp_path: Path, values: dict[str, list[IRI] | None]) -> None:
    add_query(tmp_path, GOOD)
    with pytest.raises(BadParameter) as raised:
        catalogue(tmp_path)["mine"].bound(values)
    assert str(raised.value) == "mine: parameter city is missing (the city). Add city=..."


def test_an_unknown_parameter_comes_with_those_there_are(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD)
    with pytest.raises(UnknownName) as raised:
        catalogue(tmp_path)["mine"].bound({"citty": ["x"]})
    assert str(raised.value) == "unknown parameter of mine: citty. Did you mean city? It takes: city, year"


def test_a_parameter_without_its_line_is_told(tmp_path: Path) -> None:
    add_query(tmp_path, GOOD.replace("  VALUES ?year { 2020 }\n", ""))
    with pytest.raises(QueryFileError, match=r"mine\.rq: parameter year needs exactly one line of its own"):
        catalogue(tmp_path)["mine"].bound({"city": [IRI("urn:b")]})
