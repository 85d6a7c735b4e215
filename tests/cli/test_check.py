"""`kg check`: what it looks at, and that it fails where there is a fault."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.load.build import assemble
from kg.schema.reasoner import is_available
from kg.store.folder import exclusive, publish
from tests.cli.test_main import refused
from tests.conftest import MakeProject, RunKg


@pytest.fixture
def store(small_project: MakeProject, tmp_path: Path) -> Path:
    """A graph with a fault that no shape forbids: a fact in a graph that nobody stated."""
    lines = list(assemble(small_project())[0].nquads())
    with exclusive(tmp_path / "faulty"):
        publish(tmp_path / "faulty", [*lines, "<urn:a> <urn:b> <urn:c> <urn:nowhere> ."], {})
    with exclusive(tmp_path / "good"):
        publish(tmp_path / "good", lines, {})
    return tmp_path


def test_a_good_graph_passes(kg: RunKg, small_project: MakeProject, store: Path) -> None:
    ran = kg("check", "--reasoner", "off", "--store", store / "good", bundled=small_project(shapes=True))
    assert (ran.code, ran.err) == (0, "")
    assert "shapes: 0 violations" in ran.out
    assert "reasoner: not run" in ran.out
    assert "ERROR" not in ran.out


def test_a_faulty_graph_does_not(kg: RunKg, small_project: MakeProject, store: Path) -> None:
    ran = kg("check", "--reasoner", "off", "--store", store / "faulty", bundled=small_project())
    assert (ran.code, ran.err) == (1, "")
    assert "hygiene ERROR        1  Facts in a graph that is neither" in ran.out
    assert "urn:nowhere" in ran.out


@pytest.mark.skipif(not is_available(), reason="the extra `reason` is not installed")
def test_the_reasoner_confirms_the_rules(kg: RunKg, small_project: MakeProject, tmp_path: Path) -> None:
    tables: dict[str, str | bytes] = {
        "place": "key,class,label\nchina,Country,China\n",
        "industry": "key,label\ntoys,Toys\n",
        "concept": "key,class,label\nlocation-agglomeration,FormationCondition,Agglomeration\n",
        "cluster": "key,label,place,industry,conditions\nc,C,china,toys,location-agglomeration\n",
    }
    project = small_project(tables)
    with exclusive(tmp_path / "graph"):
        publish(tmp_path / "graph", list(assemble(project)[0].nquads()), {})
    ran = kg("check", "--reasoner", "on", "--store", tmp_path / "graph", bundled=project)
    assert "reasoner: consistent, 0 empty classes" in ran.out
    assert "reasoner: 1 clusters classified, 0 otherwise than by the rules" in ran.out


def test_a_reasoner_of_another_name_is_a_wrong_call(kg: RunKg, store: Path) -> None:
    said = refused(kg("check", "--reasoner", "pellet", "--store", store / "good"), 2)
    assert said == "--reasoner pellet: not known. Use auto, on or off"
