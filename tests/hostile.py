"""A small graph of texts and names that break careless writers."""

from __future__ import annotations

import json
from functools import cache

from kg.api import Graph
from kg.project import Project
from kg.schema.ontology import Ontology
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIX_LINES, PREFIXES

QUOTES = "He said \"no\", \\ back\\slash, 'single' and ```ticks```"
LINES = "one\ntwo\r\nthree\rfour\ttab"
CONTROL = "bell \x07 null \x00 escape \x1b delete \x7f next \x85 line \u2028"
RIGHT_TO_LEFT = "\u202eabc\u202c שלום العربية"
EMOJI = "🏭👩‍🔬 factory; part | third"
LONG = "长" * 100_000
MARKUP = "</label><script>alert(1)</script>&amp;]]><![CDATA["
FORMULA = "=1+1"
LABELS = (QUOTES, LINES, CONTROL, RIGHT_TO_LEFT, EMOJI, LONG, MARKUP, FORMULA, " spaces around ", "")


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # its escapes are those of SPARQL too


def _passage(source: str | None, key: str) -> str:
    words = f"<{source}#{key}.selector>"
    return (
        f"<{source}#{key}> a iis:Passage ; iis:section '1' ; oa:hasSource <{source}> ; oa:hasSelector {words} . "
        f"{words} oa:exact 'words' ."
    )


@cache
def hostile_graph(control: bool = True, ontology: bool = True) -> Graph:
    """The graph: places of hostile labels within one another, with blank nodes, typed values and odd IRIs.

    Args:
        control: whether texts have characters that XML forbids.
        ontology: whether it holds the ontology too.
    """
    project = Project.find()
    store = OxigraphStore.memory()
    if ontology:
        Ontology(project).load(store)
    labels = [label for label in LABELS if control or label != CONTROL]
    facts = []
    for number, label in enumerate(labels):
        place = f"place:p{number}"
        text = _quoted(label)
        facts += [f"{place} a iis:Place , iis:City ; rdfs:label {text}@en , {text}@zh-hant , {text} ."]
        facts += [f"{place} iis:within place:p{(number + 1) % len(labels)} , place:宝鸡é ."]
    source, passage = PREFIXES.expand("source:one"), PREFIXES.expand("source:one#a")
    store.update(
        f"{PREFIX_LINES} INSERT DATA {{ GRAPH <{passage}> {{ {' '.join(facts)} "
        'place:宝鸡é a iis:Place , iis:City ; rdfs:label "Baoji"@en , "宝鸡"@zh ; iis:memberOf place:p0 ; '
        "iis:latitude 34.36 ; iis:longitude 107.24 . place:p0 iis:memberOf place:宝鸡é . "
        "place:p1 iis:order 7, 123456789012345678901234567890 ; iis:value 1.50 ; iis:necessary true ; "
        'iis:remark "2024-01-01"^^xsd:date , "x"^^<urn:type> , "12"^^xsd:double , "no number"^^xsd:integer ; '
        "iis:within _:b ; <urn:x:p> <urn:x:o> ; rdfs:seeAlso <geo:37.786,-122.399> , <http://x.example/a?b=c&d=%22> . "
        '_:b a iis:Place , iis:City ; rdfs:label "blank"@en ; iis:within _:c . _:c rdfs:label "other blank"@en } '
        f"GRAPH <{PREFIXES.expand('source:one#b')}> {{ place:p0 iis:memberOf place:宝鸡é }} "
        f"GRAPH <{source}> {{ {' '.join(_passage(source, key) for key in 'ab')} <{source}> rdfs:label 'One'@en }} "
        '<urn:x:default> <urn:x:p> "in the default graph" . }'
    )
    return Graph(store, project)


def small_graph(triples: str) -> Graph:
    """A graph of what SPARQL's INSERT DATA may hold, without the ontology."""
    store = OxigraphStore.memory()
    store.update(f"{PREFIX_LINES} INSERT DATA {{ {triples} }}")
    return Graph(store, Project.find())
