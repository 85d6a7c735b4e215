"""A file of `queries/` is a command, a resource, a tool, a page and a fragment, without further code."""

from __future__ import annotations

import csv
import importlib.util
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

import kg.api
from kg.api import Graph
from kg.project import FOLDERS, Project
from tests.conftest import RunKg
from tests.serve.support import InProcess
from tests.support import ROOT, add_query

NAME = "who-is-within"
QUESTION = """#+ summary: Who is within a place
#+ summary_zh: 某地之内有谁
#+ question: Which places are directly within a place?
#+ question_zh: 哪些地方直接位于某地之内？
#+ parameters:
#+   - {name: place, type: place, description: the wider place, required: true}
#+   - {name: least, type: integer, description: letters that a name has at least, required: false}
#+ returns:
#+   inner: the place within
#+   inner_label: its name
#+ tags: [places]
PREFIX iis: <https://w3id.org/iis-kg/ontology#>
PREFIX place: <https://w3id.org/iis-kg/id/place/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT DISTINCT ?inner (STR(?name) AS ?inner_label)
WHERE {
  VALUES ?place { place:wenzhou }
  ?inner iis:within ?place ; rdfs:label ?name . FILTER(LANG(?name) = "en")
  BIND(STRLEN(?name) AS ?letters)
  OPTIONAL {
    VALUES ?least { 3 }
  }
  FILTER(COALESCE(?letters >= ?least, true))
}
ORDER BY ?inner_label ?inner
"""
LIUSHI = {"inner": "https://w3id.org/iis-kg/id/place/liushi", "inner_label": "Liushi"}
"""The clusters paper, 3.2: the low-voltage electrical appliance cluster of Liushi Town, Wenzhou."""


@dataclass(frozen=True)
class Laid:
    """A project to which the question was added: laid over the bundled one, or a copy of that."""

    project: Project
    overlay: Path | None
    store: Path
    client: InProcess

    @property
    def graph(self) -> Graph:
        return Graph(kg.api.open(self.store).store, self.project)


@pytest.fixture(scope="module", params=["laid over", "copied"])
def laid(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, graph: Graph, store_folder: Path
) -> Iterator[Laid]:
    assert NAME not in graph.queries
    root = tmp_path_factory.mktemp("project")
    if request.param == "copied":
        for folder in FOLDERS:
            shutil.copytree(ROOT / folder, root / folder)
    add_query(root, QUESTION, NAME, "places")
    overlay = root if request.param == "laid over" else None
    project = Project.find(root) if overlay else Project((root,))
    with InProcess(store_folder, project) as client:
        yield Laid(project, overlay, store_folder, client)


def asked(kg: RunKg, laid: Laid, *words: str) -> str:
    """What a command says about the project; the copy takes the place of the bundled one."""
    options: list[str | Path] = ["--project", laid.overlay] if laid.overlay else []
    ran = kg(*words, *options, bundled=None if laid.overlay else laid.project)
    assert ran.code == 0, ran.err
    return ran.out


def test_as_a_command(laid: Laid, kg: RunKg) -> None:
    said = asked(kg, laid, "ask", NAME, "place=Wenzhou", "--format", "json", "--store", str(laid.store))
    assert LIUSHI in json.loads(said)
    assert NAME in asked(kg, laid, "ask")


def test_as_a_method_of_python(laid: Laid) -> None:
    assert LIUSHI in [dict(row) for row in laid.graph.ask(NAME, place="温州")]


def test_as_a_resource(laid: Laid) -> None:
    path = f"/queries/{NAME}"
    assert LIUSHI in laid.client.get(path, params={"place": "wenzhou"}).json()
    assert laid.client.get(path, params={"place": "wenzhou", "least": 50}).json() == []
    rows = csv.DictReader(io.StringIO(laid.client.get(f"{path}.csv", params={"place": "wenzhou"}).text))
    assert LIUSHI in list(rows)
    page = laid.client.get(path, params={"place": "wenzhou"}, headers={"Accept": "text/html"}).text
    assert 'href="/id/place/liushi"' in page
    assert NAME in [each["name"] for each in laid.client.get("/queries").json()]


def test_in_openapi(laid: Laid) -> None:
    operation = laid.client.get("/openapi.json").json()["paths"][f"/queries/{NAME}"]["get"]
    assert operation["tags"] == ["places"]
    place, least = operation["parameters"]
    assert (place["name"], place["required"], place["schema"]["type"]) == ("place", True, "string")
    assert {each["value"] for each in place["examples"].values()} == {"place:wenzhou", "Wenzhou"}
    assert (least["required"], least["schema"]["type"]) == (False, "integer")
    assert least["examples"]["key"]["value"] == 3
    columns = operation["responses"]["200"]["content"]["application/json"]["schema"]["items"]["properties"]
    assert list(columns) == ["inner", "inner_label"]


def test_in_the_description_of_the_endpoint(laid: Laid) -> None:
    answer = laid.client.get("/sparql", headers={"Accept": "text/turtle"})
    assert "Who is within a place" in answer.text


def test_on_its_page(laid: Laid, tmp_path: Path) -> None:
    from kg.export.reference import write_pages

    write_pages(laid.project, tmp_path)
    page = (tmp_path / "docs/reference/queries/places.md").read_text(encoding="utf-8")
    assert f"## {NAME}" in page
    assert f"kg ask {NAME} place=place:wenzhou least=3" in page
    assert f"/queries/{NAME}?place=place:wenzhou&least=3" in page
    assert f"[{NAME}](places/{NAME}.rq)" in (tmp_path / "queries/README.md").read_text(encoding="utf-8")


def test_as_a_tool_of_models(laid: Laid) -> None:
    found = importlib.util.find_spec("kg.serve.mcp")
    if found is None:
        pytest.skip("kg.serve.mcp is not there")
    describing: Any = importlib.import_module("kg.serve.mcp.describing")
    tools = {tool.name: tool for tool in describing.tools(laid.graph.queries, laid.graph.prefixes)}
    schema = tools[NAME].input_schema
    assert "Which places are directly within a place?" in tools[NAME].description
    assert schema["required"] == ["place"]
    assert schema["properties"]["least"]["type"] == "integer"


def test_as_a_fragment(laid: Laid, kg: RunKg) -> None:
    if importlib.util.find_spec("kg.cli.embed") is None:
        pytest.skip("kg embed is not there")
    said = asked(kg, laid, "embed", NAME, "place=wenzhou", "--store", str(laid.store))
    assert "<iframe" in said
    assert "Liushi" in said


def test_in_the_explorer(laid: Laid) -> None:
    from kg.view.explorer.catalogue import questions

    assert NAME in [each["name"] for each in questions(laid.graph.queries)]
