"""`kg ask` and `kg sparql`: answers, formats, and every way of asking wrongly."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest

from kg.api import Graph
from tests.cli.test_main import refused
from tests.conftest import RunKg
from tests.support import add_query, run_process

GOOD = """#+ summary: Mine
#+ parameters:
#+   - {name: city, type: place, description: the city}
#+   - {name: least, type: integer, description: how many at least, required: false}
PREFIX place: <https://w3id.org/iis-kg/id/place/>
SELECT * {
  VALUES ?city { place:baoji }
  VALUES ?least { 1 }
}
"""


@pytest.fixture(autouse=True)
def _built(graph: Graph) -> None:
    assert graph


def test_all_questions_are_listed_by_group(kg: RunKg) -> None:
    ran = kg("ask")
    assert (ran.code, ran.err) == (0, "")
    lines = ran.out.splitlines()
    assert "evidence" in lines
    assert any(line.startswith("  passages ") for line in lines)
    assert any("chain=..." in line for line in lines)


def test_an_answer_is_a_table(kg: RunKg) -> None:
    ran = kg("ask", "names-of-things", "thing=place:baoji")
    assert (ran.code, ran.err) == (0, "")
    assert "宝鸡" in ran.out
    assert ran.out.splitlines()[-1].endswith(" rows")


def test_an_answer_as_csv(kg: RunKg) -> None:
    rows = list(csv.DictReader(io.StringIO(kg("ask", "names-of-things", "thing=place:baoji", "--format", "csv").out)))
    assert {"thing": "https://w3id.org/iis-kg/id/place/baoji", "name": "宝鸡"} in rows


@pytest.mark.parametrize("form", ["json", "jsonl"])
def test_an_answer_as_json(kg: RunKg, form: str) -> None:
    out = kg("ask", "names-of-things", "thing=place:baoji", "-f", form).out
    rows = json.loads(out) if form == "json" else [json.loads(line) for line in out.splitlines()]
    assert {"thing": "https://w3id.org/iis-kg/id/place/baoji", "name": "宝鸡"} in rows


WRONG = [
    (["ask", "pasages"], "unknown query: pasages. Did you mean passages"),
    (["ask", "qwxyz"], "unknown query: qwxyz. `kg ask` without a name lists all"),
    (["ask", "stages-in-order", "chain=titanum"], "unknown chain: titanum. Did you mean titanium"),
    (["ask", "place-profile", "place=Yichng"], "unknown place: Yichng. Did you mean yichang"),
    (["ask", "stages-in-order", "chain=place:baoji"], "unknown chain: place:baoji."),
    (["ask", "stages-in-order", "chian=titanium"], "unknown parameter of stages-in-order: chian. Did you mean chain?"),
    (["ask", "stages-in-order", "titanium"], "titanium: not a parameter. Write name=value"),
    (["ask", "stages-in-order", "=titanium"], "=titanium: not a parameter. Write name=value"),
    (["ask", "stages-in-order", "chain=a", "chain=b"], "chain is given twice. Separate several values by commas"),
    (["ask", "stages-in-order", "chain=titanium", "-f", "xml"], "unknown format: xml. Use table, csv, json, jsonl"),
    (["sparql", "SELECT * {"], "the query does not parse: error at 1:"),
    (["sparql", "SELECT * { no:x ?p ?o }"], "the query does not parse: error at 1:"),
    (["sparql", "INSERT DATA { <urn:a> <urn:b> 1 }"], "the query does not parse: error at 1:"),
    (["sparql", "DROP ALL; SELECT * {}"], "the query does not parse: error at 1:"),
    (["sparql", "nothing.rq"], "nothing.rq: neither a query nor a readable file"),
    (["sparql", "nothing"], "nothing: neither a query nor a readable file"),
    (["sparql", "/"], "/: neither a query nor a readable file"),
    (["sparql", "x" * 5000], "neither a query nor a readable file"),
    (["sparql", ""], "neither a query nor a readable file"),
    (["sparql", "ASK {" + " " * 70_000 + "}"], "the query has 70006 bytes, more than 65536. Make it smaller"),
    (["sparql", "ASK " + "{" * 100 + "}" * 100], "the query is nested 100 deep, more than 64. Make it flatter"),
    (["sparql", "ASK { FILTER(1" + "+1" * 5000 + ") }"], "more than 1000. Split it"),
    (["sparql", "ASK { SERVICE <http://127.0.0.1:9/> {} }"], "SERVICE would send a request to another address"),
    (["sparql", "SELECT * {}", "--format", "xml"], "unknown format: xml"),
]


@pytest.mark.parametrize(("arguments", "message"), WRONG, ids=[" ".join(arguments)[:40] for arguments, _ in WRONG])
def test_asking_wrongly_is_told_in_one_message(kg: RunKg, arguments: list[str], message: str) -> None:
    said = refused(kg(*arguments), 2)
    assert message in said
    assert len(said) < 6000


def laid_over(tmp_path: Path, text: str | bytes) -> Path:
    add_query(tmp_path, text)
    return tmp_path


def test_a_question_of_ones_own(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("ask", "mine", "city=宝鸡", "least=3", "-f", "jsonl", "--project", laid_over(tmp_path, GOOD))
    assert json.loads(ran.out) == {"city": "https://w3id.org/iis-kg/id/place/baoji", "least": 3}


@pytest.mark.parametrize("value", ["three", "1.5", "", "12亿"])
def test_a_value_of_the_wrong_type_is_refused(kg: RunKg, tmp_path: Path, value: str) -> None:
    ran = kg("ask", "mine", "city=baoji", f"least={value}", "--project", laid_over(tmp_path, GOOD))
    assert refused(ran, 2) == f"least={value}: not a integer. Give how many at least"


def test_a_required_parameter_that_is_missing_is_told(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("ask", "mine", "least=3", "--project", laid_over(tmp_path, GOOD))
    assert refused(ran, 2) == "mine: parameter city is missing (the city). Add city=..."


MALFORMED = [
    ("header not YAML", GOOD.replace("summary: Mine", "summary: a: b"), "the #+ header is not YAML at header line 1"),
    ("unknown key", GOOD.replace("#+ summary", "#+ tgas: [x]\n#+ summary"), "unknown key tgas in the #+ header"),
    ("no header", "SELECT * {}", "no summary in the #+ header"),
    ("not UTF-8", GOOD.replace("Mine", "矿").encode("gb18030"), "not UTF-8"),
    ("syntax", GOOD.replace("SELECT *", "SELECT"), "the query does not parse: error at "),
    ("unknown prefix", GOOD.replace("SELECT * {", "SELECT * { no:x ?p ?o ."), "the query does not parse"),
    ("no line of values", GOOD.replace("VALUES ?city { place:baoji }", ""), "parameter city needs exactly one line"),
    ("an update", GOOD.replace("SELECT * {", "INSERT DATA {"), "the query does not parse"),
    ("an ASK", GOOD.replace("SELECT *", "ASK"), "a SELECT query is needed here"),
]


@pytest.mark.parametrize(("text", "message"), [case[1:] for case in MALFORMED], ids=[case[0] for case in MALFORMED])
def test_a_malformed_question_is_refused_by_the_name_of_its_file(
    kg: RunKg, tmp_path: Path, text: str | bytes, message: str
) -> None:
    said = refused(kg("ask", "mine", "city=baoji", "--project", laid_over(tmp_path, text)), 1)
    assert "mine.rq: " in said
    assert message in said


def test_a_query_may_be_typed_a_file_or_piped(kg: RunKg, tmp_path: Path) -> None:
    query = "ASK { place:baoji iis:within place:shaanxi }"
    path = tmp_path / "query.rq"
    path.write_text(query, encoding="utf-8")
    assert kg("sparql", query).out == "true\n"
    assert kg("sparql", path).out == "true\n"
    assert run_process("sparql", "-", stdin=query.encode()).out == "true\n"


def test_a_pipe_that_is_not_utf_8_is_refused() -> None:
    assert "standard input: not UTF-8" in refused(run_process("sparql", "-", stdin=b"ASK {} # \xff"), 2)


def test_a_file_that_is_not_utf_8_is_refused(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "query.rq"
    path.write_bytes(b"ASK {} # \xff")
    assert "neither a query nor a readable file" in refused(kg("sparql", path), 2)


def test_each_form_of_query_is_printed(kg: RunKg) -> None:
    assert kg("sparql", "ASK { FILTER(false) }").out == "false\n"
    assert kg("sparql", "CONSTRUCT { <urn:b> <urn:p> 1 . <urn:a> <urn:p> 1 } {}").out.splitlines() == [
        '<urn:a> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
        '<urn:b> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .',
    ]
    assert json.loads(kg("sparql", "SELECT (1 AS ?a) ?b {}", "-f", "json").out) == [{"a": 1, "b": None}]
    assert kg("sparql", 'SELECT ("x"^^xsd:decimal AS ?a) {}', "-f", "csv").out == "a\nx\n"


def test_a_label_that_would_run_in_a_spreadsheet_is_exported_as_text(kg: RunKg) -> None:
    """Threat T10."""
    assert kg("sparql", 'SELECT ("=1+1" AS ?a) (-2 AS ?b) {}', "-f", "csv").out == "a,b\n'=1+1,-2\n"
