"""`kg mcp` over standard input and output, asked by the client of the official SDK."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from mcp.shared.exceptions import MCPError

from kg.api import Graph
from kg.query.results import records
from kg.serve.mcp import tools
from kg.serve.mcp.describing import OWN
from tests.serve.mcp.support import Talk, over_streams
from tests.support import ROOT, add_query

HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
"""About 10^14 rows."""


@pytest.fixture(scope="module")
def talk(graph: Graph, store_folder: Path) -> Iterator[Talk]:  # noqa: ARG001
    with over_streams(store_folder) as talk:
        yield talk


def plain(graph: Graph, name: str, **parameters: str) -> list[dict[str, object]]:
    """The answer of the Python face, with compact IRIs."""
    rows = records(graph.ask(name, **parameters))
    return [{key: shortened(graph, value) for key, value in row.items()} for row in rows]


def shortened(graph: Graph, value: object) -> object:
    words = value.split() if isinstance(value, str) else []
    if not words or not all(graph.prefixes.kind(word) for word in words):
        return value
    short = [graph.prefixes.shorten(word) for word in words]
    return short[0] if len(short) == 1 else short


def single(value: object) -> object:
    return value[0] if isinstance(value, list) and len(value) == 1 else value


def test_there_is_a_tool_for_each_question_and_three_of_our_own(talk: Talk, graph: Graph) -> None:
    listed = talk.run(talk.client.list_tools()).tools
    assert [tool.name for tool in listed] == [*OWN, *graph.queries]
    assert all(re.fullmatch(r"[A-Za-z0-9_.-]{1,64}", tool.name) for tool in listed)
    assert all(tool.annotations and tool.annotations.read_only_hint for tool in listed)


def test_the_list_is_what_the_exported_function_describes(talk: Talk, graph: Graph) -> None:
    listed = {tool.name: tool for tool in talk.run(talk.client.list_tools()).tools}
    described = {tool.name: tool for tool in tools(graph.queries, graph.prefixes, ["extend-titanium-upstream"])}
    assert listed["stages-in-order"] == described["stages-in-order"]
    assert set(listed) == set(described)


@pytest.mark.parametrize(
    ("name", "parameters"),
    [
        ("stages-in-order", {"chain": "titanium"}),
        ("stages-in-order", {"chain": "钛产业链"}),
        ("place-profile", {"place": "Yichang"}),
        ("said-about", {"thing": "place:liushi"}),
        ("figures-of-places", {"place": "baoji"}),
        ("sources", {}),
    ],
)
def test_a_tool_gives_the_rows_of_the_question(talk: Talk, graph: Graph, name: str, parameters: dict[str, str]) -> None:
    expected = plain(graph, name, **parameters)
    result = talk.call(name, **parameters, limit=500).structured_content
    assert result["total"] == len(expected)
    found = [{key: single(value) for key, value in row.items()} for row in result["rows"]]
    assert found == expected[: len(found)]
    assert found or not expected


def test_passages_are_resolved_to_source_section_and_words(talk: Talk) -> None:
    result = talk.call("said-about", thing="actor:baotai-group", limit=500)
    said = set(result.structured_content["passages"].values())
    assert "baoji-titanium, 4.1: “represented by companies such as BaoTai Group”" in said
    assert "| baoji-titanium, 4.1 |" in result.content[0].text
    assert "https://" not in result.content[0].text


def test_a_long_answer_comes_page_by_page(talk: Talk, graph: Graph) -> None:
    every = plain(graph, "passages")
    result = talk.call("passages")
    first = result.structured_content
    assert (first["total"], first["offset"], first["next_offset"]) == (len(every), 0, 50)
    assert f"{len(every)} rows; 1 to 50 follow" in result.content[0].text
    last = talk.call("passages", offset=len(every) - 2, limit=10).structured_content
    assert [row["passage"] for row in last["rows"]] == [row["passage"] for row in every[-2:]]
    assert "next_offset" not in last
    assert len(json.dumps(talk.call("said-about", thing="baoji", limit=500).structured_content)) < 250_000


def test_no_page_fills_the_context_of_a_model(talk: Talk) -> None:
    result = talk.call("entity", thing="baoji", limit=500)
    told = result.structured_content
    statements = told["facts"] + told["pointing"]
    assert len(result.content[0].text) + len(json.dumps(told, ensure_ascii=False)) < 100_000
    assert told["next_offset"] == len(statements) < told["total"] <= 500
    rest = talk.call("entity", thing="baoji", limit=500, offset=told["next_offset"]).structured_content
    statements += rest["facts"] + rest["pointing"]
    assert len(statements) == told["total"]
    assert len({json.dumps(statement) for statement in statements}) == told["total"]
    found = talk.call("analyse", method="gaps", limit=500).structured_content
    assert found["next_offset"] == len(found["findings"]) < found["total"]


@pytest.mark.parametrize("query", ["SELECT ?o {{{0}}}", "CONSTRUCT {{ <urn:a> <urn:b> ?o }} {{ {{{0}}} }}"])
def test_a_text_that_is_too_long_is_cut_and_says_so(talk: Talk, query: str) -> None:
    every = "SELECT (GROUP_CONCAT(?label) AS ?o) { ?thing rdfs:label ?label }"
    text = talk.text("sparql", query=query.format(every))
    assert len(text) < 11_000
    assert " characters in all)" in text


def test_a_thing_is_told_with_who_says_so(talk: Talk) -> None:
    result = talk.call("entity", thing="宝钛集团", limit=500)
    told = result.structured_content
    assert (told["thing"], told["kinds"]) == ("actor:baotai-group", ["enterprise"])
    leads = next(f for f in told["facts"] if f["relation"] == "leads" and f["other"] == "place:baoji")
    assert {"source": "baoji-titanium", "section": "4.1"}.items() <= leads["passages"][0].items()
    assert any(f["other"] == "relation:baotai-in-new-materials" or f["relation"] == "subject" for f in told["pointing"])
    assert told["findings"]
    assert "# BaoTai Group (actor:baotai-group)" in result.content[0].text


def test_queries_are_answered_in_every_form(talk: Talk) -> None:
    cities = talk.call("sparql", query="SELECT DISTINCT ?c { ?c iis:within place:shaanxi ; a iis:City } ORDER BY ?c")
    assert {"c": "place:baoji"} in cities.structured_content["rows"]
    assert talk.call("sparql", query="ASK { place:baoji iis:within place:shaanxi }").structured_content == {
        "boolean": True
    }
    made = talk.call("sparql", query="CONSTRUCT WHERE { place:baoji a iis:City }").structured_content
    assert made["triples"] == [
        "<https://w3id.org/iis-kg/id/place/baoji> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> "
        "<https://w3id.org/iis-kg/ontology#City> ."
    ]


def test_findings_come_worst_first_and_tables_by_name(talk: Talk, graph: Graph) -> None:
    told = talk.call("analyse", method="gaps", place="xianyang", limit=5).structured_content
    analysis = graph.gaps("xianyang")
    worst = sorted((finding.severity for finding in analysis.findings), reverse=True)
    assert [finding["severity"] for finding in told["findings"]] == [round(severity, 4) for severity in worst[:5]]
    assert told["total"] == len(worst)
    table = analysis.tables[0]
    rows = talk.call("analyse", method="gaps", place="xianyang", table=table.name, limit=500).structured_content
    assert rows["total"] == len(table.rows)


def test_options_reach_the_analysis(talk: Talk, graph: Graph) -> None:
    told = talk.call("analyse", method="next", place="xianyang", options={"top": 1}).structured_content
    assert told["total"] == len(graph.next("xianyang", top=1).findings)
    refused = talk.refused("analyse", method="next", place="xianyang", options={"topp": 1})
    assert "unknown option of next: topp. Did you mean top?" in refused


def test_a_scenario_is_asked_for_by_name_alone(talk: Talk, tmp_path: Path) -> None:
    assert "unknown scenario" in talk.refused("analyse", method="scenario", scenario=str(tmp_path))


@pytest.mark.parametrize(
    ("name", "arguments", "told"),
    [
        ("stages-in-order", {"chain": "titaniun"}, "Did you mean titanium chain?"),
        ("entity", {"thing": "Baojii"}, "Did you mean baoji"),
        ("entity", {}, "thing is missing"),
        ("said-about", {}, "parameter thing is missing"),
        ("stages-in-order", {"chian": "titanium"}, "unknown parameter of stages-in-order: chian. Did you mean chain?"),
        ("stages-in-order", {"chain": {"a": 1}}, "chain is neither a text nor a number"),
        ("sources", {"limit": 0}, "limit is not a whole number from 1 on"),
        ("sources", {"limit": 501}, "limit is more than 500"),
        ("sources", {"offset": True}, "offset is not a whole number"),
        ("entity", {"thing": "Baoji", "depth": 3}, "unknown argument of entity: depth"),
        ("sparql", {"query": "SELECT * {"}, "the query does not parse"),
        ("sparql", {"query": "ASK " + "{" * 70 + "}" * 70}, "nested 70 deep"),
        ("sparql", {"query": "SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }"}, "SERVICE"),
        ("sparql", {"query": "INSERT DATA { <urn:a> <urn:b> 1 }"}, "does not parse"),
        ("analyse", {"method": "gap"}, "Did you mean gaps?"),
        ("stage-in-order", {}, "unknown tool: stage-in-order. Did you mean stages-in-order"),
    ],
)
def test_what_is_wrong_with_a_call_is_told_to_the_model(
    talk: Talk, name: str, arguments: dict[str, object], told: str
) -> None:
    refused = talk.refused(name, **arguments)
    assert told in refused
    assert "Traceback" not in refused
    assert str(ROOT) not in refused


def test_a_query_without_end_is_ended_and_the_next_is_answered(graph: Graph, store_folder: Path) -> None:  # noqa: ARG001
    with over_streams(store_folder, "--seconds", "2", "--rows", "10") as talk:
        assert "the query ran longer than 2 s" in talk.refused("sparql", query=HEAVY)
        assert talk.call("sparql", query="ASK { place:baoji iis:within place:shaanxi }").structured_content["boolean"]
        assert "more than 10 rows" in talk.refused("sparql", query="SELECT * { ?s ?p ?o }")


def test_the_ontology_the_sources_and_things_can_be_read(talk: Talk, graph: Graph) -> None:
    listed = {resource.uri for resource in talk.run(talk.client.list_resources()).resources}
    assert {"iis-kg://ontology/core.ttl", "iis-kg://sources", "iis-kg://source/qinba"} <= listed
    module = talk.read("iis-kg://ontology/core.ttl")
    assert module.mime_type == "text/turtle"
    assert module.text == (ROOT / "ontology/core.ttl").read_text(encoding="utf-8")
    qinba = json.loads(talk.read("iis-kg://source/qinba").text)
    assert qinba["doi"] == "10.15302/JSSCAE2020.01.014"
    assert "5.2.3" in {section["section"] for section in qinba["sections"]}
    assert len(json.loads(talk.read("iis-kg://sources").text)) == 6
    assert "# BaoTai Group" in talk.read("iis-kg://id/actor/baotai-group").text
    assert talk.read("iis-kg://query/labels").text == graph.queries["labels"].text
    templates = talk.run(talk.client.list_resource_templates()).resource_templates
    assert "iis-kg://id/{kind}/{name}" in {template.uri_template for template in templates}


@pytest.mark.parametrize(
    "uri",
    [
        "iis-kg://ontology/../../../../etc/passwd",
        "iis-kg://ontology/%2e%2e/%2e%2e/pyproject.toml",
        "iis-kg://ontology//etc/passwd",
        "iis-kg://query/../../pyproject",
        "iis-kg://id/place/nowhere",
        "iis-kg://id/file/etc",
        "iis-kg://nothing",
        "file:///etc/passwd",
        "https://example.org/",
    ],
)
def test_nothing_else_can_be_read(talk: Talk, uri: str) -> None:
    with pytest.raises(MCPError) as refused:
        talk.read(uri)
    assert "unknown" in str(refused.value)
    assert str(ROOT) not in str(refused.value)


def test_names_in_addresses_are_completed(talk: Talk) -> None:
    from mcp.types import ResourceTemplateReference

    thing = ResourceTemplateReference(uri="iis-kg://id/{kind}/{name}")
    asked = talk.client.complete(thing, {"name": "name", "value": "baot"}, context_arguments={"kind": "actor"})
    assert "baotai-group" in talk.run(asked).completion.values
    assert talk.run(talk.client.complete(thing, {"name": "kind", "value": "pla"})).completion.values == ["place"]


def test_requests_to_start_from_name_what_they_are_about(talk: Talk) -> None:
    names = {prompt.name for prompt in talk.run(talk.client.list_prompts()).prompts}
    assert names == {"lacks", "who-says-so"}
    asked = talk.run(talk.client.get_prompt("lacks", {"place": "Xianyang"}))
    assert "Xianyang" in asked.messages[0].content.model_dump()["text"]
    with pytest.raises(MCPError, match="place is missing"):
        talk.run(talk.client.get_prompt("lacks", {}))


def test_a_question_of_a_project_is_a_tool_and_only_those_wanted_are(
    graph: Graph, store_folder: Path, tmp_path: Path
) -> None:
    header = (
        "#+ summary: Mine\n#+ question: Which?\n#+ parameters:\n"
        "#+   - {name: limit, type: integer, description: the number, required: false}\n"
        "#+ returns:\n#+   n: the number\n"
    )
    add_query(
        tmp_path, header + "SELECT ?n {\n  VALUES ?limit { 7 }\n  BIND(COALESCE(?limit, 1) AS ?n)\n}", "my question"
    )
    only = ("--only", "my question", "--only", "gaps")
    with over_streams(store_folder, "--project", tmp_path, *only) as talk:
        listed = talk.run(talk.client.list_tools()).tools
        (mine,) = [tool for tool in listed if tool.title == "Mine"]
        chosen = {name for name, query in graph.queries.items() if query.group == "gaps"}
        assert {tool.name for tool in listed} == {*OWN, mine.name, "things-by-name", *chosen}
        assert "unknown tool: sources" in talk.refused("sources")
        assert re.fullmatch(r"my-question-[0-9a-f]{8}", mine.name)
        assert mine.input_schema["properties"]["limit"] == {
            "type": "integer",
            "description": "the number",
            "examples": [7],
        }
        assert talk.call(mine.name, limit=5).structured_content["rows"] == [{"n": 5}]


def test_nothing_but_the_protocol_is_written_and_the_end_of_input_ends_it(
    graph: Graph,  # noqa: ARG001
    store_folder: Path,
) -> None:
    hello = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "test", "version": "1"}}
    lines = [
        {"jsonrpc": "2.0", "id": 1, "method": "initialize", "params": hello},
        {"jsonrpc": "2.0", "method": "notifications/initialized"},
        {"jsonrpc": "2.0", "id": 2, "method": "tools/call", "params": {"name": "sources", "arguments": {}}},
    ]
    process = subprocess.Popen(
        [sys.executable, "-P", "-c", "from kg.cli import main; main()", "mcp", "--store", str(store_folder)],
        env={"PYTHONPATH": str(ROOT)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    process.stdin.write("".join(json.dumps(line) + "\n" for line in lines))
    process.stdin.flush()
    answers = [json.loads(process.stdout.readline()) for _ in range(2)]
    out, err = process.communicate(timeout=60)
    assert [answer["id"] for answer in answers] == [1, 2]
    assert "Qinba" in answers[1]["result"]["content"][0]["text"]
    assert (out, process.returncode) == ("", 0)
    assert "Traceback" not in err


def test_without_a_graph_it_says_what_to_do(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-P", "-c", "from kg.cli import main; main()", "mcp", "--store", str(tmp_path)],
        env={"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, "")
    assert "Run `kg build` first" in done.stderr
