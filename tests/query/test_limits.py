"""Queries that were typed in: what is refused before the engine sees it.

The engine's parser and planner recurse without a limit and cannot be stopped: a query of KILLERS that is let through
ends the process, or keeps it busy without end (pyoxigraph 0.5.13, tried one by one).
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import BadQuery
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.query.limits import check_limits, form_of
from tests.support import ROOT

SIGNS = [
    '"',
    "'",
    '"""',
    "\\",
    "<",
    ">",
    "a",
    "?",
    "$",
    ":",
    "@",
    "(",
    ")",
    "{",
    "}",
    "VALUES ",
    "#",
    "\n",
    " ",
    ".",
    "-",
    "%",
    "&&",
]
"""Of which texts are made that a pattern might stumble over."""

KILLERS = {
    "braces": "ASK " + "{" * 3000 + "}" * 3000,
    "parentheses": "ASK { FILTER(" + "(" * 8000 + "1" + ")" * 8000 + ") }",
    "brackets": "ASK { ?s ?p " + "[<a:>" * 4000 + "1" + "]" * 4000 + " }",
    "negations": "ASK { FILTER(" + "!" * 16000 + "1) }",
    "additions": "ASK { FILTER(1" + "+1" * 8000 + " = 1) }",
    "subtractions": "ASK { FILTER(1" + "-1" * 8000 + " = 1) }",
    "conjunctions": "ASK { FILTER(1" + "&&1" * 16000 + ") }",
    "disjunctions": "ASK { FILTER(1" + "||1" * 16000 + ") }",
    "objects": "ASK { ?s ?p 1" + ",1" * 16000 + " }",
    "triples": "ASK { " + "?a<a:>?b." * 7000 + "}",
    "a collection": "ASK { ?s ?p (" + "1 " * 8000 + ") }",
    "a path": "ASK { ?a <a:>" + "/<a:>" * 10000 + " ?b }",
    "alternatives of a path": "ASK { ?a <a:>" + "|<a:>" * 10000 + " ?b }",
    "repetitions of a path": "ASK { ?a " + "(" * 16000 + "<a:>" + ")*" * 16000 + " ?b }",
    "inversions of a path": "ASK { ?a " + "^" * 30000 + "<a:> ?b }",
    "names of a statement": "ASK { ?a ?b ?c " + "~" * 20000 + " }",
    "descriptions": "DESCRIBE " + "<a:>" * 8000,
    "expressions": "SELECT " + "".join(f"(1 AS?{i:x})" for i in range(5000)) + "{}",
    "orders": "SELECT * {} ORDER BY " + "(1)" * 16000,
    "functions": "SELECT * {} ORDER BY " + "STR(1)" * 9000,
    "groups by": "SELECT (1 AS ?n) {} GROUP BY " + "(1)" * 15000,
    "quoted triples": "ASK {" + "<<" * 20000 + "}",
    "subqueries": "ASK {" + "{SELECT*{" * 2000 + "}}" * 2000 + "}",
    "unions": "ASK {" + "{}UNION" * 8000 + "{} }",
    "optionals": "ASK {" + "OPTIONAL{" * 4000 + "}" * 4000 + "}",
    "binds": "ASK {" + "".join(f"BIND(1 AS?{i:x})" for i in range(3500)) + "}",
    "graphs": "ASK {" + "GRAPH?g{}" * 6500 + "}",
    "values": "ASK {" + "VALUES?a{1}" * 5500 + "}",
}

DISGUISES = {
    "an escaped sign in a name": "PREFIX a:<a:> ASK { ?s ?p a:x\\# . " + "{" * 5000 + "}" * 5000 + " }",
    "an escaped quote in a name": "PREFIX a:<a:> ASK { ?s ?p a:x\\' . " + "{" * 5000 + "}" * 5000 + " . ?s ?p a:x\\' }",
    "what looks like an IRI and is none": "ASK { FILTER(1<" + "!" * 20000 + "1||1>1) }",
    "a comparison that looks like an IRI": "ASK { FILTER(1<2" + "||1" * 16000 + ">1) }",
    "a comment that ends at a carriage return": "ASK #\r" + "{" * 5000 + "}" * 5000,
    "a long string that ends at an escaped quote": 'ASK { FILTER("""\\"""" != "a") '
    + "{" * 5000
    + "}" * 5000
    + ' #"\n}',
    "a long string of single quotes": "ASK { FILTER('''\\'''' != 'a') " + "{" * 5000 + "}" * 5000 + " #'\n}",
    "a string that only seems to begin": 'ASK # "\n' + "{" * 5000 + "}" * 5000 + ' #"',
    "a sign in a comment that only seems to begin": "ASK { FILTER(<a://#> = <a:b>) " + "{" * 5000 + "}" * 5000 + " }",
    "quotes as escapes": 'ASK { FILTER("\\u0022" != "") ' + "{" * 5000 + "}" * 5000 + ' #"\n}',
}


@pytest.mark.parametrize("query", KILLERS.values(), ids=KILLERS)
def test_a_query_that_would_end_the_process_is_refused(query: str) -> None:
    with pytest.raises(BadQuery, match=r"more than \d+\. Make it|more than \d+\. Split it"):
        check_limits(query)


@pytest.mark.parametrize("query", DISGUISES.values(), ids=DISGUISES)
def test_a_disguise_does_not_help(query: str) -> None:
    with pytest.raises(BadQuery, match="more than"):
        check_limits(query)


@pytest.mark.parametrize(
    ("query", "message"),
    [
        ("ASK {" + " " * 70_000 + "}", "the query has 70006 bytes, more than 65536. Make it smaller"),
        ("ASK { #" + "宝" * 22_000 + "\n}", "the query has 66009 bytes, more than 65536. Make it smaller"),
        ("ASK " + "{" * 100 + "}" * 100, "the query is nested 100 deep, more than 64. Make it flatter"),
        ("ASK { FILTER(1" + "+1" * 5000 + ") }", "operators, brackets and clauses, more than 1000. Split it"),
    ],
)
def test_the_limit_is_named(query: str, message: str) -> None:
    with pytest.raises(BadQuery) as raised:
        check_limits(query)
    assert message in str(raised.value)


@pytest.mark.parametrize(
    "query",
    [
        "ASK " + "{" * 64 + "}" * 64,
        "ASK { FILTER(1" + "+1" * 900 + ") }",
        "ASK { FILTER('" + "{" * 1000 + "' = '') }",
        'ASK { FILTER("' + "!" * 2000 + '" = "") }',
        'ASK { FILTER("""' + "{" * 1000 + '""" = "") }',
        "ASK { #" + "{" * 1000 + "\n}",
        "ASK { <https://example.org/a,b;c.d/e+f*g!h|i>".replace("|", "") + " ?p ?o }",
        "SELECT * { VALUES ?x { " + "<https://w3id.org/iis-kg/id/place/baoji> " * 1500 + "} }",
        "SELECT * { VALUES ?x { " + "'a, b. c; d!' " * 1000 + "} }",
        "SELECT ?a WHERE { ?a ?b ?c FILTER(?a < ?c && ?c > ?b) }",
        "PREFIX a:<a:> ASK { ?s ?p a:it\\'s , <https://example.org/it's> , 'it\\'s' , \"it's\" }",
        "",
    ],
    ids=lambda query: query[:40],
)
def test_an_ordinary_query_is_let_through(query: str) -> None:
    check_limits(query)


def test_every_question_of_ours_is_let_through() -> None:
    for folder in ("", "hygiene", "networks", "reasoning"):
        for query in Catalogue.read(Project.find(), folder).values():
            check_limits(query.text)


@pytest.mark.parametrize(
    "query", ['ASK { ?s ?p "x }', "ASK { ?s ?p 'x\n }", 'ASK { ?s ?p """x" }', "ASK { ?s ?p '''x }"]
)
def test_a_string_that_is_not_closed_is_refused(query: str) -> None:
    with pytest.raises(BadQuery, match="not closed"):
        check_limits(query)


@pytest.mark.parametrize("part", ['"\\', '"', "'", '"""a', "<a", "VALUES ?x {", "VALUES (", "''''a", "SERVICE"])
def test_no_query_is_looked_at_for_long(part: str) -> None:
    start = time.monotonic()
    with contextlib.suppress(BadQuery):
        check_limits(part * (65_000 // len(part)))
    assert time.monotonic() - start < 2


def test_text_that_is_no_unicode_is_refused() -> None:
    """A terminal hands on bytes that are not UTF-8 as lone surrogates."""
    with pytest.raises(BadQuery, match="not text in UTF-8"):
        check_limits("ASK { ?s ?p '\udcff' }")


@pytest.mark.parametrize(
    "query", ["SELECT * { SERVICE <http://127.0.0.1/> { ?s ?p ?o } }", "ASK { service silent ?x {} }"]
)
def test_a_query_does_not_ask_elsewhere(query: str) -> None:
    """Threat T1."""
    with pytest.raises(BadQuery, match="SERVICE"):
        check_limits(query)


@pytest.mark.parametrize(
    "pattern",
    [
        "?s ?p ?o .SERVICE <U> {}",
        "?s ?p <urn:x>.SERVICE<U>{}",
        '?s ?p "a"@en.SERVICE<U>{}',
        "?s ?p 1SERVICE<U>{}",
        "?s ?p trueSERVICE<U>{}",
        "?s ?p :.SERVICE<U>{}",
        "SERVICE:x {}",
        "SERVICESILENT<U>{}",
        "sErViCep:x{}",
        "SERVICE#comment\n<U>{}",
        "FILTER(1<'>'||EXISTS{SERVICE<U>{}}||''='')",
        "FILTER(1<1#>'''\n || EXISTS { SERVICE <U> {} } #'''\n)",
        "FILTER(1<2)#>'''\nSERVICE <U> {} #'''\n",
        "?s <http://x/\\u0041'> ?o OPTIONAL {?a ?b 'x'} SERVICE <U> {} OPTIONAL {?a ?b 'x'}",
        "{} UNION {?s <http://x/\\u0041#> ?o} SERVICE <U> {}",
    ],
)
def test_no_spelling_hides_a_call_to_another_address(pattern: str) -> None:
    """Threat T1: the engine takes each of these as a call, and sends a request."""
    text = f"PREFIX : <urn:> PREFIX p: <urn:> SELECT * {{ {pattern.replace('<U>', '<http://127.0.0.1:1/>')} }}"
    with pytest.raises(BadQuery):
        check_limits(text)


@pytest.mark.parametrize("iri", ["<urn:x#y>", "<#x>", "<a'b>"])
def test_an_iri_that_could_be_a_comparison_is_refused(iri: str) -> None:
    with pytest.raises(BadQuery, match="does not begin with scheme://"):
        check_limits(f"ASK {{ ?s ?p {iri} }}")


def test_the_word_service_may_be_spoken_of() -> None:
    check_limits(
        "PREFIX sd: <https://example.org/service#> ASK { ?service a sd:Service , 'SERVICE'@en-service } # SERVICE"
    )


@pytest.mark.parametrize("query", ["ASK {" + "{}" * 400 + "}", "ASK { FILTER(1" + "-1" * 990 + " = 1) }"])
def test_what_is_let_through_at_the_limit_does_not_end_the_process(query: str, tmp_path: Path) -> None:
    check_limits(query)
    path = tmp_path / "query.rq"
    path.write_text(query, encoding="utf-8")
    code = (
        "import sys; from pathlib import Path; from kg.store.oxigraph import OxigraphStore;"
        "OxigraphStore.memory().query(Path(sys.argv[1]).read_text())"
    )
    done = subprocess.run([sys.executable, "-c", code, str(path)], env={"PYTHONPATH": str(ROOT)}, check=False)
    assert done.returncode == 0


@given(st.lists(st.sampled_from(SIGNS), min_size=1, max_size=4), st.sampled_from(SIGNS))
@settings(max_examples=60)
def test_no_text_takes_more_than_its_length(parts: list[str], last: str) -> None:
    """Threat T6: the check does not step back over a text again and again; its time grows evenly with the length.

    Ten times the text is compared by the time of the processor, with a floor under what cannot be measured.
    """
    part = "".join(parts)

    def seconds(size: int) -> float:
        text = part * (size // len(part.encode())) + last
        start = time.process_time()
        with contextlib.suppress(BadQuery):
            form_of.__wrapped__(text)
        return time.process_time() - start

    assert seconds(60_000) < 40 * max(seconds(6_000), 0.005)
