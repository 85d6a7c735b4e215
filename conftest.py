"""The graph that doctests of kg/ open: built once, when the first of them needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from kg.api import Graph
from kg.api import open as open_graph


@pytest.fixture(scope="session")
def store_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Where the whole graph is kept for this session; $IIS_KG_STORE names it. It is not built yet."""
    folder = tmp_path_factory.mktemp("store") / "graph"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("IIS_KG_STORE", str(folder))
        yield folder


@pytest.fixture(scope="session")
def graph(store_folder: Path) -> Graph:
    """The whole graph, built as `kg build` does and opened as `kg.open()` does."""
    from kg.analysis.facts import Facts
    from kg.analysis.methods import find_all
    from kg.load.build import build
    from kg.project import Project

    project = Project.find()
    build(project, store_folder, enrich=lambda store: find_all(Facts(store, project)))
    return open_graph()


@pytest.fixture(autouse=True)
def _graph_for_doctests(request: pytest.FixtureRequest) -> None:
    """Build the graph for a doctest that opens it, and for no other test."""
    test = getattr(request.node, "dtest", None)
    if test is not None and "open()" in str(test.docstring):
        request.getfixturevalue("graph")


def pytest_configure() -> None:
    """No setting of whoever runs the tests reaches them, and no test fails because a machine is busy."""
    settings.register_profile("any machine", deadline=None)
    settings.load_profile("any machine")
    for name in ("IIS_KG_STORE", "NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        os.environ.pop(name, None)
