"""Every question of the catalogue: its header, its text, and rows that come from the papers (`<group>/<name>.yaml`)."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from kg.api import Graph
from kg.project import Project
from kg.query.catalogue import Catalogue, Query
from kg.store.answers import IRI, Value

FOLDER = Path(__file__).parent
QUERIES = {name: query for folder in ("", "networks") for name, query in Catalogue.read(Project.find(), folder).items()}
CASES: list[tuple[str, dict[str, Any]]] = [
    (path.stem, case)
    for path in sorted(FOLDER.glob("*/*.yaml"))
    for case in yaml.safe_load(path.read_text(encoding="utf-8"))
]


def test_every_question_has_a_case_and_every_case_a_question() -> None:
    """Under the same folder and name."""
    cases = {path.relative_to(FOLDER).with_suffix("").as_posix() for path in FOLDER.glob("*/*.yaml")}
    assert cases == {f"{query.group}/{query.name}" for query in QUERIES.values()}


def asked(graph: Graph, name: str, parameters: dict[str, Any]) -> list[dict[str, Value | None]]:
    query = QUERIES[name]
    if query.group == "networks":
        return list(graph.store.select(query.text))
    return list(graph.ask(name, **{key: str(value) for key, value in parameters.items()}))


def same(graph: Graph, expected: Any, found: Value | None) -> bool:
    """Whether a cell is what a case expects: IRIs compact, numbers as numbers, other things as text."""
    if found is None or expected is None:
        return found is None and expected is None
    if isinstance(expected, bool) or isinstance(found, bool):
        return expected is found
    if isinstance(expected, int | float):
        return isinstance(found, int | float | Decimal) and Decimal(str(expected)) == Decimal(str(found))
    if isinstance(found, IRI):
        return expected in (str(found), graph.prefixes.shorten(found))
    return str(expected) == str(found)


def matches(graph: Graph, expected: dict[str, Any], row: dict[str, Value | None]) -> bool:
    return all(column in row and same(graph, value, row[column]) for column, value in expected.items())


@pytest.mark.parametrize(("name", "case"), CASES, ids=[f"{name}-{i}" for i, (name, _c) in enumerate(CASES)])
def test_answer_holds_what_the_papers_say(graph: Graph, name: str, case: dict[str, Any]) -> None:
    rows = asked(graph, name, case.get("parameters") or {})
    assert case["origin"]
    assert [e for e in case.get("rows") or () if not any(matches(graph, e, row) for row in rows)] == []
    assert [e for e in case.get("absent") or () if any(matches(graph, e, row) for row in rows)] == []
    if "count" in case:
        assert len(rows) == case["count"]


@pytest.fixture(params=sorted(QUERIES))
def query(request: pytest.FixtureRequest) -> Query:
    return QUERIES[request.param]


def test_runs_as_it_stands_and_returns_what_its_header_says(graph: Graph, query: Query) -> None:
    answer = graph.store.select(query.text)
    assert answer.variables == tuple(query.header.returns)
    assert query.header.question.endswith("?")
    assert query.header.tags[0] == query.group


def test_runs_without_optional_parameters_and_in_one_order(graph: Graph, query: Query) -> None:
    required = any(parameter.required for parameter in query.header.parameters)
    text = query.text if required else query.bound({})
    assert query.in_order(graph.store.select(text)).rows == query.in_order(graph.store.select(text)).rows


def test_example_of_a_parameter_is_in_the_data(graph: Graph, query: Query) -> None:
    """A question as it stands answers something."""
    assert len(graph.store.select(query.text)) > 0 or query.name in {"outputs-by-industry"}


def test_prefixes_are_those_of_the_ontology_and_each_is_used(graph: Graph, query: Query) -> None:
    declared = dict(re.findall(r"^PREFIX ([\w-]*): <([^>]*)>$", query.text, re.MULTILINE))
    body = re.sub(r"^(PREFIX|#).*$", "", query.text, flags=re.MULTILINE)
    for prefix, iri in declared.items():
        assert graph.prefixes.mapping[prefix] == iri
        assert re.search(rf"(?<![\w?:-]){re.escape(prefix)}:", body), f"{prefix} is not used"
