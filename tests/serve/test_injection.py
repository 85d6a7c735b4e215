"""T12: no value of a parameter becomes syntax, whatever is typed; the graph stays as it is."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator

import httpx
import pyoxigraph as ox
import pytest
from rdflib import Literal

from kg.names import identity
from kg.project import Project
from kg.query.catalogue import Catalogue, Query
from kg.query.header import Parameter
from kg.query.results import to_json
from kg.serve.app import make_app
from kg.store.answers import IRI, Value
from kg.store.folder import open_current, publish
from tests.serve.support import InProcess
from tests.support import PREFIXES, add_query

PAYLOADS = (
    'quote" here',
    'close" } UNION { ?s ?p ?o } #',
    "single' quote",
    "back\\slash",
    'back\\" slash and quote',
    "ends in a backslash\\",
    "two\nlines",
    "carriage\rreturn",
    "tab\there",
    "angle> bracket",
    "<https://example.org/a> . ?s ?p ?o",
    "curly } brace",
    "open { brace",
    "comment # here",
    "\\u0022 escaped quote",
    "\\U00000022 } long escape",
    '"""three quotes"""',
    "'''three'''",
    "nul\x00letter",
    "bell\x07letter",
    "right\u202eto left",
    "isolate\u2066d\u2069",
    "zero\u200bwidth",
    "line\u2028separator",
    "fraction ½ and ﬁ",
    "emoji 🏭 works",
    "宝鸡\uff02 full width quote",
    "undef UNDEF } { UNDEF",
    "%22%7D percent",
    "${jndi:x} {{7*7}} $word ?word",
    "place:baoji> ; drop",
    "prefix iis: x",
)
"""Each has letters of its own, so that no two of them are one name."""

LABEL = PREFIXES.expand("rdfs:label") or ""
BY_LABEL = """#+ summary: Things of a label
#+ question: Which things have just this label?
#+ parameters:
#+   - {name: word, type: string, description: the label, required: true}
#+ returns:
#+   word: the label
#+   thing: the thing
#+ tags: [evidence]
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?word ?thing
WHERE {
  VALUES ?word { "Baoji" }
  ?thing rdfs:label ?label . FILTER(STR(?label) = ?word)
}
ORDER BY ?thing
"""


KINDS = tuple(sorted(kind for kind, iri in PREFIXES.mapping.items() if "/id/" in iri or kind == "source"))


def thing_of(kind: str, number: int) -> tuple[str, str]:
    """IRI and label of a thing: the payload, and the kind behind it, so that no two things are called the same."""
    return f"{PREFIXES.mapping[kind]}thing-{number}", f"{PAYLOADS[number]} {kind}"


@pytest.fixture(scope="module")
def labelled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[InProcess]:
    """A graph of things of every kind that are labelled with the payloads, and a question that takes a text."""
    root = tmp_path_factory.mktemp("labelled")
    add_query(root / "project", BY_LABEL, "by-label")
    (root / "store").mkdir()
    graph, label = ox.NamedNode("urn:labels"), ox.NamedNode(LABEL)
    things = [thing_of(kind, number) for kind in KINDS for number in range(len(PAYLOADS))]
    quads = [ox.Quad(ox.NamedNode(iri), label, ox.Literal(words, language="en"), graph) for iri, words in things]
    publish(root / "store", sorted(f"{quad} ." for quad in quads), {})
    with InProcess(root / "store", Project.find(root / "project")) as client:
        yield client


def test_no_two_payloads_are_one_name() -> None:
    assert len({identity(payload) for payload in PAYLOADS}) == len(PAYLOADS)
    assert len(PAYLOADS) >= 30


def test_a_thing_is_found_by_a_label_made_of_syntax(labelled: InProcess) -> None:
    for number in range(len(PAYLOADS)):
        iri, label = thing_of("place", number)
        answer = labelled.get("/queries/labels", params={"thing": label})
        assert answer.status_code == 200, answer.text
        assert answer.json() == [{"thing": iri, "name": label}]


def test_a_text_answers_as_a_term_put_in_by_the_engine(labelled: InProcess) -> None:
    engine = open_current(labelled.service.folder).engine
    text = f"SELECT ?word ?thing {{ ?thing <{LABEL}> ?label . FILTER(STR(?label) = ?word) }} ORDER BY ?thing"
    for number in range(len(PAYLOADS)):
        iri, label = thing_of("chain", number)
        found = engine.query(
            text, use_default_graph_as_union=True, substitutions={ox.Variable("word"): ox.Literal(label)}
        )
        assert isinstance(found, ox.QuerySolutions)
        assert [row["thing"].value for row in found] == [iri]
        assert labelled.get("/queries/by-label", params={"word": label}).json() == [{"word": label, "thing": iri}]


@pytest.mark.parametrize("name", list(Catalogue.read(Project.find())))
def test_every_parameter_of_every_question_takes_a_value_for_a_term(labelled: InProcess, name: str) -> None:
    query = labelled.service.graph().queries[name]
    for parameter in query.header.parameters:
        by_label = labelled.run(answers(labelled, query, parameter, [label for _, label in given(parameter)]))
        if parameter.type in ("integer", "number"):
            assert {answer.status_code for answer in by_label} == {400}
            continue
        assert {answer.status_code for answer in by_label} == {200}
        if parameter.type == "string":
            assert [answer.text for answer in by_label] == [
                as_rdflib_writes(labelled, query, parameter, t) for t in PAYLOADS
            ]
            continue
        by_term = labelled.run(answers(labelled, query, parameter, [term for term, _ in given(parameter)]))
        assert [answer.text for answer in by_label] == [answer.text for answer in by_term]
        nobody = labelled.run(answers(labelled, query, parameter, [f"{payload} nobody" for payload in PAYLOADS[::4]]))
        assert {answer.status_code for answer in nobody} == {404 if parameter.kinds else 200}
    count = labelled.get("/queries/by-label", params={"word": thing_of("place", 0)[1]})
    assert len(count.json()) == 1
    assert len(open_current(labelled.service.folder)) == len(KINDS) * len(PAYLOADS)


def as_rdflib_writes(client: InProcess, query: Query, parameter: Parameter, text: str) -> str:
    """The answer to a question in which rdflib wrote the text as a literal, from the engine itself."""
    others: dict[str, list[Value]] = {p.name: [IRI(given(p)[0][0])] for p in query.header.parameters if p.required}
    bound = query.bound({**others, parameter.name: ["instead of it"]})
    assert bound.count('"instead of it"') == 1
    store = open_current(client.service.folder)
    solutions = query.in_order(store.select(bound.replace('"instead of it"', Literal(text).n3())))
    return to_json(solutions)


def given(parameter: Parameter) -> list[tuple[str, str]]:
    """What each payload stands for and how it is typed: a thing by IRI and label, or a text."""
    if parameter.type == "string":
        return [(payload, payload) for payload in PAYLOADS]
    kind = parameter.kinds[0] if parameter.kinds and parameter.kinds[0] != "thing" else "place"
    return [thing_of(kind, number) for number in range(len(PAYLOADS))]


async def answers(client: InProcess, query: Query, parameter: Parameter, values: list[str]) -> list[httpx.Response]:
    """Answers to a question with each value of a parameter; other required ones are given a thing that there is."""
    others = {p.name: given(p)[0][0] for p in query.header.parameters if p.required}
    transport = httpx.ASGITransport(make_app(client.service))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as at_once:
        requests = (at_once.get(f"/queries/{query.name}", params={**others, parameter.name: each}) for each in values)
        return list(await asyncio.gather(*requests))
