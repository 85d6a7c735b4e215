"""The formats of results as they are written: SPARQL 1.1 Query Results JSON, XML (second edition), CSV and TSV.

Answers are read by the standard library and rdflib. The terms are those that a careless writer spoils: each kind, and
each character that a format must escape.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping
from typing import Any
from xml.etree import ElementTree

import pytest
import rdflib
from rdflib.compare import isomorphic

from tests.serve.protocol.support import application, ask, problem
from tests.serve.protocol.test_answers import GRAPHS
from tests.serve.support import InProcess
from tests.serve.writing import small_graph

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CSV, TSV = "text/csv", "text/tab-separated-values"
XSD = "http://www.w3.org/2001/XMLSchema#"
P = "http://example.org/p"
TERMS: dict[str, rdflib.term.Identifier] = {
    "an IRI": rdflib.URIRef("http://example.org/ä?a=1&b=2#c"),
    "a plain text": rdflib.Literal("plain"),
    "a text of xsd:string": rdflib.Literal("string", datatype=f"{XSD}string"),
    "no text": rdflib.Literal(""),
    "spaces around": rdflib.Literal("  both  "),
    "quotation marks": rdflib.Literal("say \"yes\" or 'no'"),
    "commas and semicolons": rdflib.Literal("a,b;c"),
    "line feed": rdflib.Literal("a\nb"),
    "carriage return": rdflib.Literal("a\rb"),
    "both": rdflib.Literal("a\r\nb"),
    "a tab": rdflib.Literal("a\tb"),
    "backslashes": rdflib.Literal("a\\n\\tb\\"),
    "markup": rdflib.Literal("<b>&amp;</b> ]]> <!--"),
    "a formula": rdflib.Literal("=1+1"),
    "letters beyond the first plane": rdflib.Literal("宝鸡 𠀀 🏭 é"),
    "separators of lines": rdflib.Literal("a\u2028b\u0085c\ufeffd"),
    "a language": rdflib.Literal("宝鸡", lang="zh-hans"),
    "an integer": rdflib.Literal("7", datatype=f"{XSD}integer"),
    "a decimal": rdflib.Literal("1.5", datatype=f"{XSD}decimal"),
    "a decimal without a point": rdflib.Literal("1", datatype=f"{XSD}decimal"),
    "a truth": rdflib.Literal("true", datatype=f"{XSD}boolean"),
    "a type of one's own": rdflib.Literal('0"1', datatype="http://example.org/type"),
}
"""Numbers are written as the store keeps them; the language is in lower case, as it keeps it."""

NODES = "_:x <http://example.org/q> _:y <urn:g> ."
QUERY = f"SELECT ?n ?term ?none {{ ?n <{P}> ?term }}"
LOOP = "SELECT ?a ?b ?again { ?a <http://example.org/q> ?b . BIND(?a AS ?again) }"


@pytest.fixture(scope="module")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    quads = rdflib.Dataset()
    graph = quads.graph(rdflib.URIRef("urn:g"))
    for number, term in enumerate(TERMS.values()):
        graph.add((rdflib.URIRef(f"urn:{number}"), rdflib.URIRef(P), term))
    lines = [line for line in quads.serialize(format="nquads").split("\n") if line.strip()]
    folder = small_graph(tmp_path_factory.mktemp("terms") / "graph", sorted([*lines, NODES]))
    with application(folder) as client:
        yield client


def written(endpoint: InProcess, query: str, media_type: str) -> bytes:
    response = ask(endpoint, query, headers={"Accept": media_type})
    assert response.status_code == 200, response.text
    return response.content


def expected(number: int) -> rdflib.term.Identifier:
    """A term as RDF 1.1 has it: a text of xsd:string is a plain one."""
    term = list(TERMS.values())[number]
    plain = isinstance(term, rdflib.Literal) and str(term.datatype) == f"{XSD}string"
    return rdflib.Literal(str(term)) if plain else term


def same(found: Mapping[int, rdflib.term.Node]) -> None:
    """Compare with the terms, and their lexical forms."""
    assert len(found) == len(TERMS)
    for number, name in enumerate(TERMS):
        assert (name, found[number].n3()) == (name, expected(number).n3())


def of_json(cell: dict[str, str]) -> rdflib.term.Node:
    """Section 3.2.2 of JSON: what each kind of term has, and nothing else."""
    if cell["type"] == "uri":
        assert set(cell) == {"type", "value"}
        return rdflib.URIRef(cell["value"])
    assert cell["type"] == "literal"
    assert set(cell) - {"type", "value"} in (set(), {"xml:lang"}, {"datatype"})
    return rdflib.Literal(cell["value"], lang=cell.get("xml:lang"), datatype=cell.get("datatype"), normalize=False)


def test_json_has_every_term_as_it_is(endpoint: InProcess) -> None:
    """JSON 3.1.1, 3.2.1, 3.2.2: head with vars, results with bindings; what is unbound is left out."""
    answer: dict[str, Any] = json.loads(written(endpoint, QUERY, JSON))
    assert answer["head"] == {"vars": ["n", "term", "none"]}
    assert set(answer) == {"head", "results"}
    assert set(answer["results"]) == {"bindings"}
    rows = answer["results"]["bindings"]
    assert all(set(row) == {"n", "term"} for row in rows)
    same({int(row["n"]["value"][4:]): of_json(row["term"]) for row in rows})


def test_xml_has_every_term_as_it_is(endpoint: InProcess) -> None:
    """XML 2.1 to 2.3: names and order of elements. XML 1.0, 2.11: a carriage return must be escaped."""
    space = "{http://www.w3.org/2005/sparql-results#}"
    root = ElementTree.fromstring(written(endpoint, QUERY, XML))
    assert root.tag == f"{space}sparql"
    head, results = root
    assert (head.tag, results.tag) == (f"{space}head", f"{space}results")
    assert [(each.tag, each.get("name")) for each in head] == [
        (f"{space}variable", name) for name in ("n", "term", "none")
    ]
    found = {}
    for result in results:
        cells = {binding.get("name"): binding[0] for binding in result if len(binding) == 1}
        assert set(cells) == {"n", "term"}
        cell = cells["term"]
        lang = cell.get("{http://www.w3.org/XML/1998/namespace}lang")
        text = cell.text or ""
        found[int((cells["n"].text or "")[4:])] = (
            rdflib.URIRef(text)
            if cell.tag == f"{space}uri"
            else rdflib.Literal(text, lang=lang, datatype=cell.get("datatype"), normalize=False)
        )
        assert cell.tag in (f"{space}uri", f"{space}literal")
    same(found)


def test_csv_has_the_text_of_every_term(endpoint: InProcess) -> None:
    """CSV/TSV 3.1 and 3.2: names without a question mark, CR LF, quoted as in RFC 4180, nothing where unbound."""
    body = written(endpoint, QUERY, CSV)
    rows = list(csv.reader(io.StringIO(body.decode("utf-8"), newline=""), strict=True))
    assert body.startswith(b"n,term,none\r\n")
    assert body.endswith(b"\r\n")
    assert {int(n[4:]): (term, none) for n, term, none in rows[1:]} == {
        number: (str(term), "") for number, term in enumerate(TERMS.values())
    }


def test_tsv_has_every_term_in_the_syntax_of_turtle(endpoint: InProcess) -> None:
    """CSV/TSV 4: names with a question mark, tabs and line feeds stand between cells and rows alone."""
    first, *rows = written(endpoint, QUERY, TSV).decode("utf-8").split("\n")
    assert first == "?n\t?term\t?none"
    assert rows.pop() == ""
    found = {}
    for row in rows:
        number, term, none = row.split("\t")
        assert none == ""
        (_, _, read) = next(iter(rdflib.Graph().parse(data=f"<urn:s> <urn:p> {term} .", format="turtle")))
        found[int(number[5:-1])] = read
    same(found)


@pytest.mark.parametrize("media_type", [JSON, XML, CSV, TSV])
def test_a_blank_node_has_one_label_in_an_answer(endpoint: InProcess, media_type: str) -> None:
    """JSON 3.2.2, XML 2.3.1, CSV 3.2, TSV 4.2: the same label is the same node."""
    body = written(endpoint, LOOP, media_type).decode("utf-8")
    if media_type == JSON:
        (row,) = json.loads(body)["results"]["bindings"]
        assert {cell["type"] for cell in row.values()} == {"bnode"}
        labels = [row[name]["value"] for name in ("a", "b", "again")]
    elif media_type == XML:
        labels = [cell.text or "" for cell in ElementTree.fromstring(body).iterfind(".//{*}bnode")]
    else:
        labels = body.split()[-1].split(",") if media_type == CSV else body.split()[-3:]
        assert all(label.startswith("_:") for label in labels)
    a, b, again = labels
    assert a == again != b


SHAPES: list[tuple[str, str, bytes]] = [
    ("ASK {}", JSON, b'{"head":{},"boolean":true}'),
    ("ASK { FILTER(false) }", JSON, b'{"head":{},"boolean":false}'),
    ("SELECT ?x {}", CSV, b"x\r\n\r\n"),
    ("SELECT ?x {}", TSV, b"?x\n\n"),
    ("SELECT ?x ?y { VALUES (?x ?y) { (UNDEF UNDEF) (1 UNDEF) } }", CSV, b"x,y\r\n,\r\n1,\r\n"),
    ("SELECT ?x ?y { VALUES (?x ?y) { (UNDEF UNDEF) (1 UNDEF) } }", TSV, b"?x\t?y\n\t\n1\t\n"),
    ("SELECT ?x { FILTER(false) }", JSON, b'{"head":{"vars":["x"]},"results":{"bindings":[]}}'),
    ("SELECT ?x { FILTER(false) }", CSV, b"x\r\n"),
    ("SELECT ?y ?x { BIND(1 AS ?x) BIND(2 AS ?y) }", CSV, b"y,x\r\n2,1\r\n"),
    ('SELECT ?x { BIND("a\\"b" AS ?x) }', CSV, b'x\r\n"a""b"\r\n'),
]


@pytest.mark.parametrize(("query", "media_type", "body"), SHAPES, ids=lambda each: str(each)[:24])
def test_an_answer_has_this_shape(endpoint: InProcess, query: str, media_type: str, body: bytes) -> None:
    """JSON 3 and 4, CSV/TSV 3 and 4: what the rules leave no choice about."""
    assert written(endpoint, query, media_type) == body


@pytest.mark.parametrize(("media_type", "name"), GRAPHS.items())
def test_a_graph_has_every_term_as_it_is(endpoint: InProcess, media_type: str, name: str) -> None:
    """The same terms and nodes in RDF."""
    graph = rdflib.Graph()
    for number in range(len(TERMS)):
        graph.add((rdflib.URIRef(f"urn:{number}"), rdflib.URIRef(P), expected(number)))
    graph.add((rdflib.BNode(), rdflib.URIRef("http://example.org/q"), rdflib.BNode()))
    body = written(endpoint, "CONSTRUCT { ?s ?p ?o } WHERE { GRAPH <urn:g> { ?s ?p ?o } }", media_type)
    assert isomorphic(rdflib.Graph().parse(data=body, format=name), graph)


@pytest.mark.parametrize("character", ["\\u0001", "\\u000B", "\\u001F", "\\uFFFE", "\\uFFFF"])
def test_what_xml_cannot_hold_is_not_written_in_xml(endpoint: InProcess, character: str) -> None:
    """XML 1.0, 2.2: such a document would not be XML. The other forms hold it."""
    select, construct = f'SELECT ("a{character}b" AS ?x) {{}}', f'CONSTRUCT {{ <urn:a> <{P}> "{character}" }} {{}}'
    assert "XML" in problem(ask(endpoint, select, headers={"Accept": XML}), 406)
    assert "XML" in problem(ask(endpoint, construct, headers={"Accept": "application/rdf+xml"}), 406)
    text = json.loads(f'"a{character}b"')
    assert json.loads(written(endpoint, select, JSON))["results"]["bindings"][0]["x"]["value"] == text
    assert list(csv.reader(io.StringIO(written(endpoint, select, CSV).decode())))[1] == [text]


@pytest.mark.parametrize("iri", ["http://example.org/", "http://example.org/1", "urn:b:1", f"{rdflib.RDF}li"])
def test_a_property_that_rdf_xml_cannot_name_is_not_written_in_it(endpoint: InProcess, iri: str) -> None:
    """RDF/XML 5.1 and 6.1.4: a property is an element, by a name that is none of the syntax."""
    query = f"PREFIX p: <{iri}> CONSTRUCT {{ <urn:a> p: 1 }} {{}}"
    assert "property" in problem(ask(endpoint, query, headers={"Accept": "application/rdf+xml"}), 406)
    assert len(rdflib.Graph().parse(data=written(endpoint, query, "text/turtle"), format="turtle")) == 1
