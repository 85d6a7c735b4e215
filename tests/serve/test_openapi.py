"""The OpenAPI description: well formed, complete, and true of what its own examples answer."""

from __future__ import annotations

import re
from pathlib import Path, PurePosixPath
from typing import Any

import jsonschema  # type: ignore[import-untyped]
import pytest
from openapi_spec_validator import validate
from starlette.routing import Route

from kg.api import Graph
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.serve.app import MODULES
from kg.serve.service import Settings
from tests.serve.support import InProcess


@pytest.fixture(scope="module")
def described(client: InProcess) -> dict[str, Any]:
    answer = client.get("/openapi.json")
    assert answer.headers["content-type"] == "application/json"
    found: dict[str, Any] = answer.json()
    return found


def operations(described: dict[str, Any]) -> list[tuple[str, str, dict[str, Any]]]:
    return [
        (path, method, operation)
        for path, methods in described["paths"].items()
        for method, operation in methods.items()
    ]


def test_it_is_openapi(described: dict[str, Any]) -> None:
    validate(described)


def test_it_has_what_openapi_requires(described: dict[str, Any]) -> None:
    # OpenAPI 3.1.0, sections 4.8.1, 4.8.2, 4.8.10, 4.8.12, 4.8.17: required fields, and what must be unique.
    assert described["openapi"].startswith("3.1.")
    assert {"title", "version"} <= set(described["info"])
    names = [operation["operationId"] for _, _, operation in operations(described)]
    assert len(names) == len(set(names))
    tags = {tag["name"] for tag in described["tags"]}
    for path, _, operation in operations(described):
        assert path.startswith("/")
        assert set(operation["tags"]) <= tags
        assert all("description" in response or "$ref" in response for response in operation["responses"].values())
        parameters = operation.get("parameters", [])
        assert len({(p["name"], p["in"]) for p in parameters}) == len(parameters)
        in_path = {p["name"] for p in parameters if p["in"] == "path"}
        assert all("{" + name + "}" in path for name in in_path)
        assert path.count("{") == len(in_path)
        assert all(p["required"] for p in parameters if p["in"] == "path")


def test_references_lead_somewhere(described: dict[str, Any]) -> None:
    def references(value: Any) -> list[str]:
        if isinstance(value, dict):
            own = [value["$ref"]] if isinstance(value.get("$ref"), str) else []
            return own + [each for part in value.values() for each in references(part)]
        return [each for part in value for each in references(part)] if isinstance(value, list) else []

    found = set(references(described))
    assert found
    for reference in found:
        at: Any = described
        for step in reference.removeprefix("#/").split("/"):
            at = at[step]


def test_every_schema_is_one(described: dict[str, Any]) -> None:
    for _, _, operation in operations(described):
        schemas = [p["schema"] for p in operation.get("parameters", [])]
        for response in operation["responses"].values():
            schemas += [content["schema"] for content in response.get("content", {}).values()]
        for schema in schemas:
            jsonschema.Draft202012Validator.check_schema(schema)


def test_every_question_is_there_with_what_its_header_says(described: dict[str, Any], graph: Graph) -> None:
    for name, query in graph.queries.items():
        operation = described["paths"][f"/queries/{name}"]["get"]
        assert (operation["summary"], operation["description"]) == (query.header.summary, query.header.question)
        assert operation["tags"] == [query.group]
        assert [(p["name"], p["required"]) for p in operation["parameters"]] == [
            (parameter.name, parameter.required) for parameter in query.header.parameters
        ]
        assert all(p["examples"] for p in operation["parameters"] if p["required"])


@pytest.mark.parametrize("name", list(Catalogue.read(Project.find())))
def test_an_example_answers_as_its_schema_says(client: InProcess, described: dict[str, Any], name: str) -> None:
    operation = described["paths"][f"/queries/{name}"]["get"]
    schema = operation["responses"]["200"]["content"]["application/json"]["schema"]
    example = {p["name"]: p["examples"]["key"]["value"] for p in operation["parameters"] if "examples" in p}
    answer = client.get(f"/queries/{name}", params=example)
    assert answer.status_code == 200, answer.text
    jsonschema.validate(answer.json(), schema)
    by_name = {
        p["name"]: p["examples"].get("name", p["examples"]["key"])["value"]
        for p in operation["parameters"]
        if "examples" in p
    }
    if by_name != example:
        again = client.get(f"/queries/{name}", params=by_name)
        # A label may be that of several things; then the message says which.
        assert again.json() == answer.json() or "is ambiguous" in again.json()["detail"]


def test_a_refusal_is_the_problem_that_is_described(client: InProcess, described: dict[str, Any]) -> None:
    answer = client.get("/queries/gaps-in-place?place=nowhere-at-all")
    assert str(answer.status_code) in described["paths"]["/queries/gaps-in-place"]["get"]["responses"]
    jsonschema.validate(answer.json(), described["components"]["schemas"]["Problem"])


def test_health_is_as_described(client: InProcess, described: dict[str, Any]) -> None:
    health = described["paths"]["/health"]["get"]["responses"]["200"]["content"]["application/json"]["schema"]
    jsonschema.validate(client.get("/health").json(), health)


def methods(client: InProcess, path: str) -> set[str]:
    """What a resource lets do, but for what HTTP has for all."""
    filled = re.sub(r"\{[^}]*\}", "x", path)
    allowed = client.request("OPTIONS", filled).headers["allow"]
    return {each.lower() for each in allowed.split(", ")} - {"head", "options"}


def paths_of(client: InProcess) -> set[str]:
    """The paths of all routes as OpenAPI writes them, but those of one form of a resource (`.ttl`)."""
    catalogue = client.service.graph().queries
    found: set[str] = set()
    for module in MODULES:
        for route in module.routes(client.service):
            assert isinstance(route, Route)
            path = re.sub(r"\{(\w+):\w+\}", r"{\1}", route.path)
            found |= {f"/queries/{name}" for name in catalogue} if path == "/queries/{name}" else {path}
    ending = {path: PurePosixPath(path).suffix for path in found}
    return {path for path in found if not ending[path] or path.removesuffix(ending[path]) not in found}


@pytest.mark.parametrize("token", ["", "a-token"])
def test_every_resource_is_described_with_its_methods_and_no_other(store_folder: Path, token: str) -> None:
    with InProcess(store_folder, settings=Settings(token=token)) as client:
        described = client.get("/openapi.json").json()
        validate(described)
        assert set(described["paths"]) == paths_of(client)
        for path, operations in described["paths"].items():
            assert set(operations) == methods(client, path), path
