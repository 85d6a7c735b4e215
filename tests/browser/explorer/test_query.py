"""The view of queries: fields bound as Python binds them, bounded answers, errors with places, a stop that stops."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from kg.api import Graph
from kg.errors import BadParameter
from kg.query.header import Parameter
from kg.query.parameters import bind
from kg.query.results import to_csv
from kg.store.answers import IRI, Solutions, Value
from tests.browser.support import Explorer, faults, requests

NASTY = [
    'a "b" } UNION { ?s ?p ?o',
    "back\\slash\\",
    "line\nfeed\r\ttab\b\f",
    "'''\"\"\"",
    "# no comment",
    "\u2028 VALUES ?x { 1 }",
    "城市群 😀",
    "<script>alert(1)</script>",
    "\x00",
    "",
    "$& $1 $`",
]
IRIS = ["https://example.org/a", "urn:a#b?c=d&e", "https://例子.测试/城", "https://e.org/$&"]
TEXT = """SELECT * {
  VALUES ?a { "x" }
\tVALUES  ?b  {<urn:x> }\u0020
  VALUES ?城 { 1 2 }
  VALUES (?a ?c) { (1 2) }
  VALUES ?a2 { "x" } # not alone
  ?s ?p "VALUES ?a { 1 }"
}"""


def _term(value: Value) -> dict[str, str]:
    return {"type": "uri" if isinstance(value, IRI) else "literal", "value": str(value)}


def _ask(explorer: Explorer, text: str, most: int | None = 1_000) -> Any:
    return explorer.promised("iisKg.app.engine.query(arguments[0], arguments[1])", text, most)


def _typed(explorer: Explorer, text: str) -> None:
    """Put a query into the editor as a user who pastes it, and run it."""
    explorer.find(".cm-content").click()
    keys = explorer.browser.switch_to.active_element
    keys.send_keys(Keys.CONTROL + "a")
    explorer.run("document.execCommand('insertText', false, arguments[0])", text)
    keys.send_keys(Keys.ESCAPE)
    explorer.click(".run")


def test_fields_bind_and_answers_are_written_as_python_does_it(explorer: Explorer) -> None:
    explorer.open("view=query")
    parameters = [Parameter(name, "string", "") for name in ("a", "b", "城")]
    bound: list[dict[str, Sequence[Value] | None]] = [
        {"a": NASTY, "b": [IRI(iri) for iri in IRIS], "城": None},
        {"a": None, "城": [NASTY[0]]},
        {"b": [NASTY[1]]},
    ]
    for values in bound:
        terms = {name: None if each is None else [_term(value) for value in each] for name, each in values.items()}
        got = explorer.run("return iisKg.queries.bind(...arguments)", TEXT, [p.name for p in parameters], terms)
        assert got == bind(TEXT, parameters, values, "x.rq")
    for iri in ("https://e.org/a b", "urn:a>", "urn:a\n", "nothing", 'urn:"', "urn:\\u003e"):
        with pytest.raises(BadParameter):
            bind(TEXT, parameters, {"a": [IRI(iri)]}, "x.rq")
        script = "try { iisKg.queries.serialise(arguments[0]); return false } catch { return true }"
        assert explorer.run(script, _term(IRI(iri))), iri
    for text in ("5", "-0.50", "+1e3", ".5", "12.", "1e-9", "007", "1.0"):
        number = Decimal(text)
        term = explorer.run("return iisKg.queries.number(arguments[0], 'number')", text)
        assert (Decimal(term["value"]), "e" in term["value"].lower()) == (number, False)
    for text in ("NaN", "1e19", "five", "", ".", "0x1", "1,5"):
        script = "try { iisKg.queries.number(arguments[0], 'number'); return false } catch { return true }"
        assert explorer.run(script, text), text
    xsd = "http://www.w3.org/2001/XMLSchema#"
    cells: list[tuple[Value | None, dict[str, str] | None]] = [(text, _term(text)) for text in NASTY]
    cells += [(text, _term(text)) for text in ("=1+1", "'=1", "@x", "-1", "a,b", 'say "x"', "\rx", "''+")]
    cells += [(True, {"type": "literal", "value": "1", "datatype": f"{xsd}boolean"}), (None, None)]
    numbers: list[tuple[Value, str, str]] = []
    numbers += [(int(text), text, "integer") for text in ("-5", "007", "120")]
    for text in ("-5", "1.50", "0.0000001", "-0.00000012", "0.000001", "100000000000000000000.5"):
        numbers.append((Decimal(text), text, "decimal"))
    for text in ("7", "1e20", "1.5e-7", "0.0001", "1e16", "123456789012345680", "1e15", "3.14", "-0.0", "INF", "NaN"):
        numbers.append((float(text), text, "double"))
    cells += [(value, {"type": "literal", "value": text, "datatype": xsd + kind}) for value, text, kind in numbers]
    written = explorer.run(
        "return iisKg.queries.toCsv(['one', 'a,b'], arguments[0])", [[term, term] for _value, term in cells]
    )
    assert written == to_csv(Solutions(("one", "a,b"), [(value, value) for value, _term in cells]))


# What is capped at five rows, and what has fewer by its own limit, by hand from the texts.
BOUNDED = [
    ("SELECT * { ?s ?p ?o } # } LIMIT 3", 5, True),
    ("PREFIX x: <http://e.org/#> SELECT * { ?s ?p ?o }", 5, True),
    ("select * where { ?s ?p ?o } limit 3", 3, False),
    ("SELECT * { ?s ?p ?o } LIMIT 1000000 OFFSET 2", 5, True),
    ("SELECT * { ?s ?p ?o } VALUES ?p { rdfs:label }", 5, True),
    ("SELECT * { { SELECT * { ?s ?p ?o } LIMIT 2 } }", 2, False),
    ("BASE <http://e.org/#a> SELECT ?limit { ?limit ?p '} LIMIT 1' }", 0, False),
    ("SELECT ?limit { ?limit ?p ?o } ORDER BY ?limit", 5, True),
    ("SELECT * FROM NAMED <urn:none> { GRAPH ?g { ?s ?p ?o } }", 0, False),
    ("SELECT * { ?s ?p ?o FILTER(?s<?o&&?o>?s||(1<(2))) }", 5, True),
    ("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o } LIMIT 4", 4, False),
    ("CONSTRUCT WHERE { ?s ?p ?o }", 5, True),
    ("DESCRIBE ?s { ?s a ?class }", 5, True),
]


def test_answers_are_bounded_and_errors_have_their_place(explorer: Explorer) -> None:
    explorer.open("view=query")
    for text, rows, more in BOUNDED:
        found = _ask(explorer, text, 5)
        got = (len(found["triples" if found["kind"] == "construct" else "rows"]), found["truncated"])
        assert got == (rows, more), text
    failed = "iisKg.app.engine.query(arguments[0]).then(() => null, (error) => ({ ...error, text: error.message }))"
    for text, code, line in (
        ("SELECT *\n{ SERVICE <http://e.org/> { ?s ?p ?o } }", "service", 2),
        ("SELECT *\n{\n?s nope:x ?o }", "prefix", 3),
        ("SELECT * { ?s rdfs:label\n 'a }", "unclosed", 2),
        ("SELECT * {" + "{" * 2_000 + "}" * 2_001, "deep", 1),
        ("# " + "x" * 70_000, "large", 0),
        ("SELECT * {\n ?s rdfs:label ?o .\n FILTR(?o)\n}", "syntax", 3),
        ("DELETE WHERE { ?s ?p ?o }", "syntax", 1),
    ):
        found = explorer.promised(failed, text)
        assert (found["code"], found["line"]) == (code, line), text[:60]
    # The engine counts from 1 in characters; the prefix in front of the text must not shift it.
    assert explorer.promised(failed, "ASK { ?s rdfs:label 城 城 }")["line"] == 1
    # A tower of signs is no nesting of brackets, and breaks the parser: another engine takes its place.
    explorer.promised(failed, f"ASK {{ FILTER({'!' * 900}true) }}")
    assert _ask(explorer, "ASK { ?s a owl:Class }")["value"] is True
    assert faults(explorer.browser) == []


# What stands before the group of WHERE; whether it makes G the default graph, whether it makes H the one named graph.
DATASETS = [
    ("FROM <G>", True, False),
    ("from<G>", True, False),
    ("FROM\n# FROM <urn:none>\nnamed <H> WHERE", False, True),
    ("FROM <G> FROM NAMED <H>", True, True),
    ("FROM g: FROM NAMED h: WHERE", True, True),
]
NO_DATASETS = ["(1 AS ?from)", "('FROM <G>' AS ?a)", "(<urn:FROM> AS ?a)", "# FROM <G>\n", "('a' AS ?城from)"]


def test_from_chooses_the_graphs_and_without_it_all_of_them_are_asked(explorer: Explorer, graph: Graph) -> None:
    """SPARQL 1.1, 13.2: the default graph is what FROM names, no other; the named graphs are those of FROM NAMED."""
    passages = graph.store.select("SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ORDER BY ?n").rows
    (first, few), (second, many) = passages[0], passages[-1]
    explorer.open("view=query")

    def counts(clause: str) -> list[int]:
        text = f"PREFIX g: <G> PREFIX h: <H> SELECT (COUNT(*) AS ?n) {clause} {{ # }}"
        text = text.replace("# }", "PATTERN }").replace("<G>", f"<{first}>").replace("<H>", f"<{second}>")
        answers = [_ask(explorer, text.replace("PATTERN", each)) for each in ("?s ?p ?o", "GRAPH ?in { ?s ?p ?o }")]
        return [int(answer["rows"][0][0]["value"]) for answer in answers]

    for clause, default, named in DATASETS:
        assert counts(clause) == [int(str(few)) * default, int(str(many)) * named], clause
    for clause in NO_DATASETS:
        assert counts(clause) == [len(graph.store), len(graph.store)], clause
    titanium = "<https://w3id.org/iis-kg/id/chain/titanium>"
    for text, found in ((f"DESCRIBE {titanium}", True), (f"DESCRIBE {titanium} FROM <urn:none>", False)):
        assert bool(_ask(explorer, text)["triples"]) is found, text
    for text, found in (("ASK { ?s ?p ?o }", True), ("ASK FROM <urn:none> { ?s ?p ?o }", False)):
        assert _ask(explorer, text)["value"] is found, text
    # A name may hold letters beyond ASCII, and FROM behind them.
    assert _ask(explorer, f"DESCRIBE ?城from {titanium} {{ VALUES ?城from {{ {titanium} }} }}")["triples"]
    assert faults(explorer.browser) == []


def test_a_question_is_found_filled_in_asked_and_taken_away(explorer: Explorer, graph: Graph) -> None:
    explorer.open("view=query")
    explorer.find(".catalogue input").send_keys("gaps missing place")
    explorer.click("[data-name=gaps-in-place]")
    explorer.click(".ask")
    assert explorer.text(".field .fault") == "Fill in this field."
    field = explorer.find(".picker input")
    field.send_keys("咸阳")
    explorer.wait(lambda: explorer.all(".options li"))
    field.send_keys(Keys.ENTER)
    explorer.click(".ask")
    explorer.wait(lambda: explorer.all(".result-table tbody tr"))
    expected = graph.ask("gaps-in-place", place="place:xianyang")
    assert explorer.run("return iisKg.app.params.place") == "place:xianyang"
    assert len(explorer.all(".result-table tbody tr")) == len(expected)
    heads = [head.text for head in explorer.all(".result-table th button")]
    assert heads == ["stage", "in place", "industry", "state", "qualifier", "passages"]
    explorer.click(".result-table th:nth-child(3) button")
    places = [cell.text for cell in explorer.all(".result-table tbody td:nth-child(3)")]
    assert places == sorted(places, key=str.casefold)
    explorer.click(".result-table tbody td .thing")
    assert explorer.run("return iisKg.app.selected") >= 0
    explorer.click("[data-way=graph]")
    assert explorer.all(".result-graph .node[tabindex]")
    explorer.click(".show")
    assert "VALUES ?place { <https://w3id.org/iis-kg/id/place/xianyang> }" in explorer.text(".cm-content")
    explorer.click("button.language")
    assert len(explorer.find(".result-table tbody").find_elements("css selector", "tr")) == len(expected)
    # Several, by commas, some by their key and some by their name; and one that is none.
    explorer.open("view=query&query=levels-of-places&place=baoji,Xianyang")
    assert len(explorer.all(".chips li")) == 2
    explorer.open("view=query&query=gaps-in-place&place=nowhere", language="zh")
    assert "nowhere" in explorer.text(".field .fault")
    assert requests(explorer.browser) == []
    assert faults(explorer.browser) == []


def test_questions_are_in_the_language_of_the_page(explorer: Explorer) -> None:
    """The Chinese texts are those of the files of `queries/`; what has none is in English and marked so."""
    explorer.open("view=query&query=gaps-in-place", language="zh")
    assert explorer.text(".asked h2") == "某地的缺环"
    assert explorer.text(".asked .question") == "某地有哪些环节和功能缺失、不足、薄弱或仅在规划中？"
    assert explorer.text(".field label") == "地方 （必填）"
    assert explorer.text(".field .about") == "地方，含其内各地及其成员"
    listed = {button.get_dom_attribute("data-name"): button.text for button in explorer.all(".catalogue [data-name]")}
    assert listed["spillover-path"] == "溢出路径\n发展从核心城市经哪些步骤溢出至城市群、城市、县和镇？"
    assert not explorer.all(".catalogue [lang=en], .asked [lang=en]")
    search = explorer.find(".catalogue input")
    for language, words in (("zh", "spillover path"), ("zh", "溢出 核心城市"), ("en", "溢出 核心城市")):
        if explorer.run("return iisKg.app.language") != language:
            explorer.click("button.language")
            search = explorer.find(".catalogue input")
        search.clear()
        search.send_keys(words)
        assert [each.get_dom_attribute("data-name") for each in explorer.all(".catalogue [data-name]")] == [
            "spillover-path"
        ], (language, words)
    assert explorer.text(".catalogue [data-name] .summary") == "Spillover paths"
    assert explorer.text(".field label") == "place (required)"
    explorer.run(
        "const own = iisKg.app.questions.find((each) => each.name === 'nesting');"
        "own.summary_zh = own.question_zh = own.parameters[0].description_zh = '';"
    )
    explorer.click("button.language")
    explorer.click("[data-name=nesting]")
    assert explorer.text(".asked h2[lang=en]") == "Nesting and membership of places"
    assert explorer.text(".field .about[lang=en]") == "the inner or the outer place"
    assert faults(explorer.browser) == []


def test_a_query_of_ones_own_is_completed_run_stopped_and_shared(explorer: Explorer) -> None:
    killer = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
    explorer.open(f"view=query&sparql={killer.replace(' ', '+')}")
    assert explorer.run("return iisKg.app.engine.busy") is False  # a link runs nothing by itself
    explorer.click(".run")
    explorer.wait(lambda: explorer.run("return iisKg.app.engine.busy"))
    explorer.click(".stop")
    explorer.wait(lambda: "Stopped" in explorer.text(".work > .fault"))
    assert _ask(explorer, "ASK {}")["value"] is True
    _typed(explorer, "SELECT * { ?s rdfs:label ?o }")
    explorer.wait(lambda: "1,000+" in explorer.text(".count") if explorer.all(".count") else False)
    assert len(explorer.all(".result-table tbody tr")) == 100
    assert explorer.text(".csv") == "Get all rows as CSV"
    assert "sparql=SELECT" in explorer.run("return location.hash")
    _typed(explorer, "SELECT * {\n?s ?p ?o FILTR(1) }")
    assert explorer.text(".work > .fault .where").startswith("line 2, column ")
    assert explorer.all(".cm-wrong")
    hostile = (
        "SELECT ('<img src=x onerror=alert(1)>' AS ?a) (<javascript:alert(1)> AS ?b) ('\u202e x' AS ?c)"
        " (CONCAT('<b>', STR(?s)) AS ?d) { ?s a owl:Class } LIMIT 2"
    )
    _typed(explorer, hostile)
    explorer.wait(lambda: len(explorer.all(".result-table tbody tr")) == 2)
    assert not explorer.all(".result-table img, .result-table b, .result-table a")
    assert explorer.find(".result-table tbody td:nth-child(2)").text == "<img src=x onerror=alert(1)>"
    content = explorer.find(".cm-content")
    for typed in ("urban agglo", "城市群"):
        content.click()
        keys = explorer.browser.switch_to.active_element
        keys.send_keys(Keys.CONTROL + "a")
        keys.send_keys(f"SELECT * {{ ?x a {typed}")
        explorer.wait(lambda: "iis:UrbanAgglomeration" in explorer.text(".cm-tooltip-autocomplete"))
        assert "A group of cities" in explorer.text(".query-info")
        keys.send_keys(Keys.ESCAPE)
    keys.send_keys(Keys.ESCAPE)
    keys.send_keys(Keys.TAB)
    assert explorer.run("return document.activeElement.closest('.cm-editor')") is None
    assert faults(explorer.browser) == []
