"""Pictures as `--picture` writes them: with title and how to read them, of Chinese names, and of an empty result."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.analysis.facts import Facts
from kg.analysis.methods import analyse
from kg.load.build import assemble
from kg.view.pictures import write_picture
from tests.analysis.next.made_up import made_up
from tests.support import CHINA, make_project

METHODS = ("gaps", "overlap", "links", "next")
CHINESE = {
    "place": "key,class,label,within\nchina,Country,中国,\nridge,Zone,山,china\n"
    "alpha,City,宝鸡,ridge\nbeta,City,咸阳,china\n",
    "industry": "key,label,broader\nsteel,钛,\ncloth,中药,\n",
    "regional-industry": "place,industry,role,status\nalpha,steel,,actual\nalpha,cloth,,actual\n"
    "beta,steel,,actual\nbeta,cloth,,actual\n",
    "field": "key,label\nmaterials,材料\n",
    "crosswalk": "field,industry,judged_by\nmaterials,steel,paper\n",
    "programme": "field,place,provision\nmaterials,alpha,present\n",
}
SHOWN = {"gaps": "宝鸡", "overlap": "咸阳", "links": "材料", "next": "宝鸡"}


def texts(facts: Facts, method: str, path: Path) -> tuple[ElementTree.Element, str]:
    analysis = analyse(facts, method)
    write_picture(analysis, facts, path)
    root = ElementTree.parse(path).getroot()
    return root, " ".join(e.text or "" for e in root.iter("{http://www.w3.org/2000/svg}text"))


@pytest.fixture(scope="module")
def chinese(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    return made_up(tmp_path_factory.mktemp("chinese"), tables=CHINESE)


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Facts:
    project = make_project(tmp_path_factory.mktemp("empty"), {"place": CHINA})
    return Facts(assemble(project)[0], project)


@pytest.mark.parametrize("method", METHODS)
def test_chinese_names_stand_in_a_picture_that_explains_itself(chinese: Facts, tmp_path: Path, method: str) -> None:
    root, written = texts(chinese, method, tmp_path / "p.svg")
    assert SHOWN[method] in written
    assert "How to read this" in written
    assert root.get("viewBox") == f"0 0 {root.get('width')} {root.get('height')}"


@pytest.mark.parametrize("method", METHODS)
def test_a_project_with_one_country_answers_calmly(empty: Facts, tmp_path: Path, method: str) -> None:
    """Empty tables, no finding; only the quality of methods is a table of the methods themselves."""
    found = analyse(empty, method)
    assert not found.findings
    assert all(not table.rows for table in found.tables if table.name != "quality")
    _root, written = texts(empty, method, tmp_path / "p.svg")
    assert "How to read this" in written
    assert any(word in written for word in ("No stage", "No two", "No industry", "Nothing is recorded"))


def test_a_long_name_does_not_hide_the_number_of_places(tmp_path: Path) -> None:
    name = "Comprehensive utilisation of every kind of waste of all industries"
    industries = {"industry": f"key,label,broader\nsteel,{name},\ncloth,Cloth,\n"}
    _root, written = texts(made_up(tmp_path, tables={**CHINESE, **industries}), "links", tmp_path / "p.svg")
    assert "… (2)" in written
