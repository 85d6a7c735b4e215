"""The part of a graph that a query can touch is enough for it, and less than the graph where names narrow it."""

from __future__ import annotations

import random
from collections import Counter

import pyoxigraph as ox
import pytest

from kg.store.answers import Answer, Blank, Solutions
from kg.store.oxigraph import OxigraphStore
from kg.store.remote.part import fetches
from kg.store.remote.patterns import Fetch, NoPart

_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"
_QUERIES = [
    "SELECT * { VALUES ?a { <urn:n1> } ?a <urn:p> ?b . ?b <urn:q> ?c }",
    "SELECT ?c { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } }",
    "SELECT * { ?x <urn:q> ?c { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } } }",
    "SELECT * { ?b <urn:r> ?c . ?b <urn:q> ?c_out { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } } }",
    "SELECT * { ?b <urn:r> ?c { ?b <urn:q> ?c OPTIONAL { ?a <urn:p> ?b OPTIONAL { ?b <urn:p> ?c } } } }",
    "SELECT * { ?b <urn:r> ?c { ?a <urn:p> ?b OPTIONAL {{ ?b <urn:q> ?d OPTIONAL { ?d <urn:r> ?c } } ?a <urn:r> ?e }}}",
    "ASK { GRAPH <urn:g1> { <urn:n1> <urn:p> <urn:n2> } }",
    "SELECT * { VALUES ?c { <urn:n2> } { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } } }",
    "SELECT * { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } OPTIONAL { ?c <urn:r> ?d } ?d <urn:p> ?e }",
    "SELECT * { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c FILTER NOT EXISTS { ?c <urn:r> ?a } } }",
    "SELECT * { ?d <urn:q> ?c { ?a <urn:p> ?b MINUS { ?b <urn:q> ?c } } }",
    "SELECT * { ?a <urn:p> ?b MINUS { ?a <urn:q> ?c . ?c <urn:r> ?d } }",
    "SELECT * { ?a <urn:p> ?b FILTER(EXISTS { ?b <urn:q> ?c } || NOT EXISTS { ?a <urn:r> <urn:n3> }) }",
    "SELECT * { VALUES ?c { <urn:n1> } { ?a <urn:p> ?b FILTER NOT EXISTS { ?b <urn:q> ?c } } }",
    "SELECT * { ?a <urn:p> ?b BIND(EXISTS { ?a <urn:q> ?c } AS ?e) BIND(IF(?e, <urn:n1>, ?b) AS ?f) ?f <urn:p> ?h }",
    "SELECT * { { ?a <urn:p> ?b } UNION { ?a <urn:q> ?b . ?b <urn:r> ?c } ?a <urn:v> ?v }",
    "SELECT * { { ?a <urn:p> <urn:n1> } UNION { <urn:n2> <urn:q> ?a } OPTIONAL { ?a <urn:v> ?v } }",
    "SELECT ?a ?n { ?a <urn:p> <urn:n1> { SELECT ?a (COUNT(?b) AS ?n) { ?a <urn:q> ?b } GROUP BY ?a } }",
    "SELECT * { ?a <urn:p> ?b { SELECT ?a (MIN(?c) AS ?m) { ?a <urn:q> ?b . ?b <urn:v> ?c } GROUP BY ?a } }",
    "SELECT * { <urn:n1> <urn:p> ?b { SELECT (COUNT(?b) AS ?n) { ?a <urn:q> ?b } } }",
    "SELECT * { <urn:n1> <urn:p> ?b { SELECT ?b { ?a <urn:q> ?b } ORDER BY ?b LIMIT 2 } }",
    "SELECT * { ?b <urn:p> ?c { SELECT DISTINCT ?a ?b { ?a <urn:q> ?b . ?a <urn:r> ?c } } }",
    "SELECT ?b (COUNT(DISTINCT ?t) AS ?n) { ?a <urn:p> ?b . ?b <urn:v> ?t } GROUP BY ?b HAVING(COUNT(?a) > 1)",
    "SELECT ?b ?k (COUNT(*) AS ?n) { ?a <urn:p> ?b BIND(EXISTS { ?a <urn:r> ?b } AS ?k) } GROUP BY ?b ?k",
    "SELECT * { GRAPH ?g { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } } ?g <urn:in> ?d }",
    "SELECT * { GRAPH ?g { ?a <urn:p> ?b FILTER NOT EXISTS { ?b <urn:q> ?c } } }",
    "SELECT * { GRAPH <urn:g1> { ?a <urn:p> ?b } OPTIONAL { GRAPH ?g { ?a <urn:p> ?b } ?g <urn:in> ?d } }",
    "SELECT * { ?a <urn:p>/<urn:q> ?b . ?b ^<urn:p>|<urn:r> ?c }",
    "SELECT * { ?a <urn:q> <urn:n1> . ?a <urn:p>* ?b }",
    "SELECT * { <urn:n1> <urn:p>* ?b . ?b <urn:q> ?c }",
    "SELECT * { ?a <urn:v> ?v . ?a <urn:p>?/<urn:q>+ ?b }",
    "SELECT * { GRAPH ?g { ?a <urn:q> ?c . ?a (<urn:p>|<urn:r>)* ?b } }",
    "SELECT * { VALUES (?a ?b) { (<urn:n1> UNDEF) (UNDEF <urn:n2>) } ?a <urn:p> ?b }",
    "SELECT * { ?a <urn:v> 1 . ?b <urn:v> ?v FILTER(?v > 2 && ?a != ?b) }",
    'SELECT * { VALUES ?v { 2 "2" } ?a <urn:v> ?v }',
    "SELECT * { ?a <urn:p> [ <urn:q> ?b ] }",
    "SELECT * { ?a ?p <urn:n1> . ?a <urn:v> ?v } ORDER BY ?v ?a ?p LIMIT 4",
    "SELECT * { ?a <urn:p> ?b } VALUES ?b { <urn:n1> <urn:n3> }",
    "ASK { ?a <urn:p> ?b FILTER NOT EXISTS { ?b <urn:q> ?c } }",
    "CONSTRUCT { ?a <urn:made> ?c } WHERE { ?a <urn:p> ?b OPTIONAL { ?b <urn:q> ?c } }",
]
"""Where a part that was narrowed too far would show: what is bound or not further out, groups, scopes, paths."""

_REFUSED = [
    "SELECT * { ?s ?p ?o }",
    "SELECT * { GRAPH ?g { } }",
    "SELECT * { GRAPH ?g { OPTIONAL { ?a <urn:p> ?b } } }",
    "SELECT * { ?a <urn:p>* ?b }",
    "SELECT * { <urn:n1> <urn:p>* ?b }",
    "SELECT * { VALUES ?a { <urn:n1> } ?a <urn:p>* ?b }",
    "SELECT * { ?a <urn:v> ?v . ?a <urn:p>+/<urn:q>? ?b }",
    "SELECT * { ?a !<urn:p> ?b }",
    "SELECT * FROM <urn:g1> { ?a <urn:p> ?b }",
    "SELECT (SUM(IF(EXISTS { ?a <urn:q> ?c }, 1, 0)) AS ?n) { ?a <urn:p> ?b } GROUP BY ?b",
    "DESCRIBE <urn:n1>",
    "BASE <http://example.org/a> SELECT * { <b> <urn:p> ?b }",
    r"SELECT * { <urn:a\u0020b> <urn:p> ?b }",
    "SELECT * { SERVICE <http://example.org/> { ?a <urn:p> ?b } }",
]


def _graph(seed: int) -> OxigraphStore:
    chance = random.Random(seed)
    nodes = [f"<urn:n{number}>" for number in range(7)]
    lines = [
        f"{chance.choice(nodes)} <urn:{chance.choice('pqr')}> {chance.choice(nodes)} <urn:g{chance.choice('123')}> ."
        for _number in range(22)
    ]
    lines += [f'{chance.choice(nodes)} <urn:v> "{chance.choice("123")}" <urn:g1> .' for _number in range(4)]
    lines += [
        f'{chance.choice(nodes)} <urn:v> "{chance.choice("123")}"^^<{_INTEGER}> <urn:g2> .' for _number in range(4)
    ]
    return OxigraphStore.of_lines([*lines, "<urn:g1> <urn:in> <urn:n1> <urn:g3> .", "<urn:g2> <urn:in> _:b <urn:g3> ."])


def _part(whole: OxigraphStore, wanted: list[Fetch]) -> OxigraphStore:
    part = ox.Store()
    for fetch in wanted:
        rows = whole.engine.query(fetch.text, use_default_graph_as_union=True)
        assert isinstance(rows, ox.QuerySolutions)
        for row in rows:
            part.add(ox.Quad(*(row[one] if isinstance(one, int) else ox.NamedNode(one) for one in fetch.quad)))
    return OxigraphStore(part)


def _told(answer: Answer) -> object:
    if not isinstance(answer, Solutions):
        return answer
    rows = (dict(zip(answer.variables, row, strict=True)) for row in answer.rows)
    return Counter(
        tuple(sorted((name, "blank" if isinstance(value, Blank) else repr(value)) for name, value in row.items()))
        for row in rows
    )


@pytest.mark.parametrize("text", _QUERIES)
def test_a_part_gives_what_the_graph_gives(text: str) -> None:
    wanted = fetches(text)
    for seed in range(12):
        whole = _graph(seed)
        part = _part(whole, wanted)
        assert set(part.engine) <= set(whole.engine)
        assert _told(part.query(text)) == _told(whole.query(text)), f"seed {seed}"


@pytest.mark.parametrize("text", _REFUSED)
def test_no_part_is_made_where_any_fact_may_count_or_that_is_not_known(text: str) -> None:
    with pytest.raises(NoPart):
        fetches(text)


def test_a_part_grows_with_what_is_asked_for_and_not_with_the_graph() -> None:
    lines = [f'<urn:s{number}> <urn:label> "{number}"@en <urn:g> .' for number in range(500)]
    lines += [f"<urn:s{number}> <urn:next> <urn:s{number + 1}> <urn:g> ." for number in range(499)]
    text = """SELECT ?next (MIN(?name) AS ?label) (GROUP_CONCAT(DISTINCT ?later; SEPARATOR=" ") AS ?after) {
        VALUES ?start { <urn:s7> }
        ?start <urn:next> ?next . ?next <urn:label> ?name FILTER(LANG(?name) = "en")
        OPTIONAL { ?next <urn:next> ?then . ?then <urn:label> ?later } } GROUP BY ?next"""
    part = _part(OxigraphStore.of_lines(lines), fetches(text))
    assert part.select(text).rows == [("urn:s8", "8", "9")]
    assert len(part) == 4
