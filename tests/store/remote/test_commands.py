"""Each command that reads the graph says the same of a graph elsewhere as of the same graph in a folder."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from kg.analysis.facts import Facts
from kg.analysis.methods import find_all
from kg.load.build import assembled
from kg.project import Project
from kg.store.folder import exclusive, open_current, publish
from kg.store.remote.address import Credentials, Limits
from kg.store.remote.publish import publish as publish_there
from tests.conftest import RunKg
from tests.store.remote import servers
from tests.support import make_project

_TABLES: dict[str, str | bytes] = {
    "place": "key,class,label,within\nchina,Country,China,\ncity-1,City,City 1,china\ncity-2,City,City 2,china\n",
    "industry": "key,label\nsteel,Steel\n",
    "chain": "key,class,label,industry\nsteel,IndustryChain,Steel chain,steel\n",
    "stage": "key,class,chain,label,feeds\nmining,Stage,steel,Mining,smelting\nsmelting,Stage,steel,Smelting,\n",
    "regional-industry": "place,industry,status\ncity-1,steel,actual\ncity-2,steel,actual\n",
}
_NAMES = re.compile(r"(?m)^\d+,|_:[\w-]+")
_DIGESTS = ("datapackage.json",)
"""Files that hold hashes of others."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """A few places with a chain."""
    return make_project(tmp_path_factory.mktemp("project"), _TABLES)


@pytest.fixture(scope="module")
def folder(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where its graph is, with its findings."""
    path = tmp_path_factory.mktemp("here") / "graph"
    with assembled(project, lambda store: find_all(Facts(store, project)), lambda _step: None) as (store, counts, _odd):
        lines = list(store.nquads())
        with exclusive(path):
            publish(path, lines, counts)
    return path


@pytest.fixture(scope="module")
def there(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server to which it was published."""
    with servers.oxigraph(tmp_path_factory.mktemp("oxigraph")) as root:
        publish_there(open_current(folder), f"{root}/query", Credentials(), Limits())
        yield f"{root}/query"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ask", "stages-in-order", "chain=steel", "-f", "csv"), "Mining"),
        (("check", "--reasoner", "off", "--all"), "place:city-1"),
        (("sparql", "SELECT ?s ?o { ?s iis:within ?o } ORDER BY ?s", "-f", "csv"), "city-2"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_a_command_prints_the_same(
    kg: RunKg, project: Project, folder: Path, there: str, arguments: tuple[str, ...], words: str
) -> None:
    here = kg(*arguments, "--store", folder, bundled=project)
    assert here.code == 0 and words in here.out
    assert kg(*arguments, "--store", there, bundled=project) == here


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize(
    "arguments", [("findings",), ("gaps", "--place", "xianyang", "-f", "json")], ids=lambda a: a[0]
)
def test_what_the_analyses_find_is_the_same(
    kg: RunKg, store_folder: Path, on_oxigraph: str, arguments: tuple[str, ...]
) -> None:
    here = kg(*arguments, "--store", store_folder)
    assert here.code == 0 and "Xianyang" in here.out
    assert kg(*arguments, "--store", on_oxigraph) == here


@pytest.mark.parametrize(
    ("arguments", "name"),
    [
        (("report",), "report.md"),
        (("export", "turtle"), "graph.ttl"),
        (("export", "csv"), "tables"),
        (("view", "city-1", "--simple"), "city.html"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, tuple) else "",
)
def test_a_command_writes_the_same(
    kg: RunKg, project: Project, folder: Path, there: str, tmp_path: Path, arguments: tuple[str, ...], name: str
) -> None:
    for store, side in ((folder, "here"), (there, "there")):
        (tmp_path / side).mkdir()
        ran = kg(*arguments, "-o", tmp_path / side / name, "--store", store, bundled=project)
        assert ran.code == 0, ran.err
    here, elsewhere = _written(tmp_path / "here"), _written(tmp_path / "there")
    assert here.keys() == elsewhere.keys()
    assert any(here.values())
    assert [path for path in here if here[path] != elsewhere[path]] == []


def _written(folder: Path) -> dict[Path, list[str]]:
    """The lines of files; servers name blank nodes anew, by which rows are sorted and numbered."""
    return {
        path.relative_to(folder): sorted(_NAMES.sub("", path.read_text(encoding="utf-8")).splitlines())
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name not in _DIGESTS
    }


def test_the_explorer_draws_the_same(kg: RunKg, project: Project, folder: Path, there: str, tmp_path: Path) -> None:
    page = tmp_path / "explorer.html"
    here, elsewhere = (kg("view", "-o", page, "--store", store, bundled=project) for store in (folder, there))
    assert here.code == 0 and "facts" in here.err and "things drawn" in here.err
    assert elsewhere == here
