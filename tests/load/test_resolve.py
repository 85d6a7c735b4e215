"""Names to IRIs, minting, units."""

from __future__ import annotations

import copy
import json
import shutil
from decimal import Decimal
from functools import lru_cache

import pytest

from kg.errors import Fault
from kg.load.build import known_names
from kg.load.package import iter_rows, read_packages
from kg.load.quantity import Quantity
from kg.load.resolve import Minted, Names, resolve
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.store.answers import IRI
from tests.conftest import MakeProject
from tests.support import CHINA, PREFIXES, ROOT, write_package

ID = "https://w3id.org/iis-kg/id/"
PLACES = "key,class,label,label_zh,aliases,code,within\nchina,Country,China,中国,PRC;Zhongguo,100000,\n"
MEASURES = "key,label\narea,Area\noutput,Output\n"
OBSERVED = "subject,measure,value,unit,comparator\nplace:china,area,"


@lru_cache(maxsize=1)
def vocabulary() -> Names:
    return known_names(Ontology(Project.find()))


def resolved(project: Project) -> tuple[list[Minted], list[Fault]]:
    packages, faults = read_packages(project)
    assert faults == []
    return resolve(list(iter_rows(packages)), copy.deepcopy(vocabulary()))


def names(*things: tuple[str, str, list[str]]) -> Names:
    found = Names(PREFIXES)
    for kind, key, spelled in things:
        found.add(kind, IRI(PREFIXES.mapping[kind] + key), [key, *spelled], spelled[0] if spelled else key)
    return found


@pytest.mark.parametrize(
    "name",
    ["china", "China", "CHINA", " china ", "中国", "中國", "PRC", "100000", "place:china", "Ｃｈｉｎａ", "Chi\u200bna"],
)
def test_a_thing_is_found_by_key_label_alias_or_code(small_project: MakeProject, name: str) -> None:
    table = PLACES + f'baoji,City,Baoji,,,,"{name}"\n'
    minted, faults = resolved(small_project({"place": table}))
    assert faults == []
    assert minted[1].cells["within"] == [f"{ID}place/china"]


def test_rows_refer_to_one_another_in_any_order(small_project: MakeProject) -> None:
    minted, faults = resolved(small_project({"place": "key,class,label,within\nb,City,B,a\na,Province,A,\n"}))
    assert faults == []
    assert [item.iri for item in minted] == [f"{ID}place/b", f"{ID}place/a"]


def test_a_row_may_refer_to_one_whose_iri_is_made_of_references(small_project: MakeProject) -> None:
    tables: dict[str, str | bytes] = {
        "a/observation": "subject,measure,value,unit,comparator\n"
        "regional-industry:china--titanium,output,3,tonne,exact\n",
        "b/measure": MEASURES,
        "c/regional-industry": "place,industry,status\nchina,titanium,actual\n",
        "d/industry": "key,label\ntitanium,Titanium\n",
        "e/place": PLACES,
    }
    minted, faults = resolved(small_project(tables))
    assert faults == []
    assert minted[0].iri == f"{ID}observation/china--titanium--output--exact--3"


def test_an_unknown_name_comes_with_the_nearest_ones(small_project: MakeProject) -> None:
    _, (fault,) = resolved(small_project({"place": PLACES + "baoji,City,Baoji,,,,Chian\n"}))
    assert str(fault) == "loaders/mine/place.csv:3:within: unknown place: Chian. Did you mean china?"


def test_an_unknown_name_without_near_ones_is_to_be_declared(small_project: MakeProject) -> None:
    _, (fault,) = resolved(small_project({"place": PLACES + "baoji,City,Baoji,,,,Qwxyz\n"}))
    assert (fault.what, fault.remedy) == ("unknown place: Qwxyz", "Declare it in a table first")


def test_each_unknown_name_of_a_list_is_told(small_project: MakeProject) -> None:
    _, faults = resolved(small_project({"place": PLACES + "baoji,City,Baoji,,,,qwx;china;zyx\n"}))
    assert [fault.what for fault in faults] == ["unknown place: qwx", "unknown place: zyx"]


def test_an_ambiguous_name_is_refused_with_the_keys(small_project: MakeProject) -> None:
    table = "key,class,label,within\nxian-a,City,Xian,\nxian-b,County,Xian,\nc,Town,C,Xian\n"
    _, (fault,) = resolved(small_project({"place": table}))
    assert (fault.row, fault.column) == (4, "within")
    assert (fault.what, fault.remedy) == ("Xian is ambiguous", "Write place:xian-a or place:xian-b")


def test_a_key_goes_before_a_label() -> None:
    assert names(("place", "a", ["b"]), ("place", "b", ["other"])).find(("place",), "b") == f"{ID}place/b"


def test_one_key_in_two_kinds_is_ambiguous() -> None:
    both = names(("place", "x", []), ("industry", "x", []))
    assert both.find(("*",), "x") == "x is ambiguous. Write place:x or industry:x"
    assert both.find(("industry",), "x") == f"{ID}industry/x"
    assert both.find(("*",), "industry:x") == f"{ID}industry/x"


def test_a_kind_that_cannot_stand_there_is_refused() -> None:
    assert (
        names(("actor", "x", [])).find(("place",), "actor:x")
        == "actor:x: a actor cannot stand here. Name one of: place"
    )


@pytest.mark.parametrize("name", ["place:", ":", "place:x:y", "nokind:x", "../x", "place:../actor/x", "", " "])
def test_what_is_no_name_is_unknown(name: str) -> None:
    found = names(("place", "x", []), ("actor", "x", [])).find(("place",), name)
    assert not isinstance(found, IRI)
    assert found.startswith("unknown place")


UNITS = [
    ("5", "square-kilometre", "5", "square-kilometre"),
    ("5 km2", "", "5", "square-kilometre"),
    ("5 km²", "square-kilometre", "5", "square-kilometre"),
    ("12亿元", "", "12", "hundred-million-yuan"),
    ("12亿元", "亿元", "12", "hundred-million-yuan"),
    ("3,500万元", "", "3500", "ten-thousand-yuan"),
    ("1.2万亿元", "", "12000", "hundred-million-yuan"),
    ("3亿吨", "", "300000000", "tonne"),
    ("12亿", "yuan", "1200000000", "yuan"),
    ("15.9%", "", "15.9", "percent"),
    ("193.56 billion yuan", "", "193.56", "billion-yuan"),
]


@pytest.mark.parametrize(("value", "unit", "number", "key"), UNITS)
def test_a_unit_stands_in_its_column_or_behind_the_number(
    small_project: MakeProject, value: str, unit: str, number: str, key: str
) -> None:
    tables: dict[str, str | bytes] = {
        "place": PLACES,
        "measure": MEASURES,
        "observation": f'{OBSERVED}"{value}",{unit},exact\n',
    }
    minted, faults = resolved(small_project(tables))
    assert faults == []
    assert minted[-1].cells["value"] == Quantity(Decimal(number))
    assert minted[-1].cells["unit"] == f"{ID}unit/{key}"


@pytest.mark.parametrize(
    ("value", "unit", "column", "what"),
    [
        ("5", "", "unit", "no unit"),
        ("5", "furlong", "unit", "unknown unit: furlong"),
        ("5 furlongs", "", "value", "unknown unit: furlongs"),
        ("5 km2", "hectare", "value", "its unit is not that of column unit"),
        ("12亿元", "万元", "value", "its unit is not that of column unit"),
        ("12 34", "", "value", "unknown unit: 34"),
        ("12左右", "", "value", "unknown unit: 左右"),
        ("999999999999999999亿吨", "", "value", "beyond what can be stored"),
    ],
)
def test_a_unit_that_is_missing_unknown_or_contradicts_is_refused(
    small_project: MakeProject, value: str, unit: str, column: str, what: str
) -> None:
    tables: dict[str, str | bytes] = {
        "place": PLACES,
        "measure": MEASURES,
        "observation": f"{OBSERVED}{value},{unit},exact\n",
    }
    _, (fault,) = resolved(small_project(tables))
    assert (fault.file, fault.row, fault.column) == ("loaders/mine/observation.csv", 2, column)
    assert what in fault.what
    assert fault.remedy


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("place:x,area,5,square-kilometre,exact", "industry:x,area,5,square-kilometre,exact"),
        ("place:x,area,5,square-kilometre,exact", "place:x,area,5,hectare,exact"),
    ],
    ids=["subjects of two kinds", "two units"],
)
def test_two_rows_do_not_become_one_thing(small_project: MakeProject, first: str, second: str) -> None:
    """The IRI of a figure is made of keys: what differs otherwise must not be merged silently."""
    tables: dict[str, str | bytes] = {
        "place": "key,class,label\nx,Place,X\n",
        "industry": "key,label\nx,X\n",
        "measure": MEASURES,
        "observation": f"subject,measure,value,unit,comparator\n{first}\n{second}\n",
    }
    _, (fault,) = resolved(small_project(tables))
    assert (fault.file, fault.row) == ("loaders/mine/observation.csv", 3)
    assert "shares its IRI with loaders/mine/observation.csv:2" in fault.what
    assert fault.remedy


def test_one_key_for_two_figures_is_refused(small_project: MakeProject) -> None:
    rows = "a,place:china,area,5,square-kilometre,exact\na,place:china,area,6,square-kilometre,exact\n"
    tables: dict[str, str | bytes] = {
        "place": PLACES,
        "measure": MEASURES,
        "observation": "key,subject,measure,value,unit,comparator\n" + rows,
    }
    _, (fault,) = resolved(small_project(tables))
    assert "shares its IRI with loaders/mine/observation.csv:2" in fault.what


def test_the_same_figure_twice_is_one_thing(small_project: MakeProject) -> None:
    row = "place:china,area,5,square-kilometre,exact\n"
    tables: dict[str, str | bytes] = {
        "place": PLACES,
        "measure": MEASURES,
        "observation": f"subject,measure,value,unit,comparator\n{row}{row}",
    }
    minted, faults = resolved(small_project(tables))
    assert faults == []
    assert minted[-1].iri == minted[-2].iri


@pytest.mark.parametrize(
    ("cells", "label"),
    [("china,area,,,5,,exact", "Area of China"), ("china,area,,2020,5,,exact", "Area of China, 2020")],
)
def test_a_label_is_filled_from_its_template(small_project: MakeProject, cells: str, label: str) -> None:
    subject, measure, product, period, value, _, comparator = cells.split(",")
    tables: dict[str, str | bytes] = {
        "place": PLACES,
        "measure": MEASURES,
        "observation": "subject,measure,product,period,value,unit,comparator\n"
        f"place:{subject},{measure},{product},{period},{value},one,{comparator}\n",
    }
    minted, faults = resolved(small_project(tables))
    assert faults == []
    assert minted[-1].label == label


@pytest.mark.parametrize("key", ["a b", "a>b", 'a"b', "a{b", "a\\b", "a/b", "a#b", "a%20b", "../x"])
def test_a_key_that_cannot_stand_in_an_iri_is_refused(small_project: MakeProject, key: str) -> None:
    """Our table types have a pattern for keys; a user's own may have none."""
    project = small_project({"own": 'key\n"' + key.replace('"', '""') + '"\n'}, rules=False)
    tables = project.roots[0] / "loaders/tables"
    tables.unlink()
    tables.mkdir()
    schema = {"fields": [{"name": "key"}], "mints": {"kind": "place", "from": ["key"]}}
    (tables / "own.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (tables / "own.ru").write_text("WHERE {\n}\n", encoding="utf-8")
    shutil.copy(ROOT / "loaders/tables/reference.schema.json", tables)
    _, (fault,) = resolved(project)
    assert (fault.row, fault.column, fault.remedy) == (2, "key", "Use letters, digits and hyphens")


def test_two_sources_do_not_share_a_key_of_their_own(small_project: MakeProject) -> None:
    """Figure 1 of one document is not figure 1 of another; a place may well be the same."""
    table = "key,label,kind\nfigure-1,A chart,figure\n"
    project = small_project({"exhibit": table, "place": CHINA}, rules=False)
    write_package(project.roots[0] / "loaders", {"exhibit": table, "place": CHINA}, "other")
    _, (fault,) = resolved(project)
    assert str(fault) == (
        "loaders/other/exhibit.csv:2:key: the key stands in loaders/mine/exhibit.csv:2 for another thing. "
        "Put the name of the source before it"
    )
