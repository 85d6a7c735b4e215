"""Linked data: what is said of a thing in every format, with the passages behind each fact, and pages of it."""

from __future__ import annotations

import re

import pyoxigraph
import pytest
import rdflib
from rdflib import PROV, RDF, URIRef
from rdflib.compare import isomorphic

from kg.api import Graph
from kg.serve.things import FORMS
from tests.serve.support import InProcess
from tests.serve.test_questions import Page
from tests.support import PREFIXES

LIUSHI = PREFIXES.expand("place:liushi") or ""
WITHIN, WENZHOU = PREFIXES.expand("iis:within") or "", PREFIXES.expand("place:wenzhou") or ""
HTML = {"Accept": "text/html"}


def parsed(client: InProcess, path: str, media_type: str) -> rdflib.Dataset:
    """An answer as rdflib reads it, which is no software of ours."""
    answer = client.get(path, headers={"Accept": media_type})
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"].partition(";")[0] == media_type
    dataset = rdflib.Dataset(default_union=True)
    dataset.parse(data=answer.text, format=media_type)
    return dataset


@pytest.mark.parametrize("media_type", [each for each in FORMS if each != "text/html"])
def test_every_format_has_the_facts_of_a_thing(client: InProcess, graph: Graph, media_type: str) -> None:
    dataset = parsed(client, "/id/place/liushi", media_type)
    # The clusters paper, 3.2: the low-voltage electrical appliance cluster of Liushi Town, Wenzhou.
    assert (URIRef(LIUSHI), URIRef(WITHIN), URIRef(WENZHOU)) in dataset
    found = {(str(p), str(o)) for p, o in dataset.predicate_objects(URIRef(LIUSHI))}
    rows = graph.sparql(f"SELECT DISTINCT ?p ?o {{ <{LIUSHI}> ?p ?o }}")
    assert found == {(str(row["p"]), str(row["o"])) for row in rows}  # type: ignore[union-attr]
    assert (None, None, URIRef(LIUSHI)) in dataset


@pytest.mark.parametrize("media_type", ["application/trig", "application/n-quads", "application/ld+json"])
def test_formats_with_graphs_have_facts_in_their_passages(client: InProcess, graph: Graph, media_type: str) -> None:
    dataset = parsed(client, "/id/place/liushi", media_type)
    fact = (URIRef(LIUSHI), URIRef(WITHIN), URIRef(WENZHOU))
    graphs = {str(quad[3]) for quad in dataset.quads((*fact, None))}
    said = {
        str(row["passage"])
        for row in graph.ask("said-about", thing="liushi")
        if row["property"] == WITHIN and row["other"] == WENZHOU
    }
    assert said
    assert said <= graphs
    section = URIRef(PREFIXES.expand("iis:section") or "")
    assert all((URIRef(passage), section, None) in dataset for passage in said)


@pytest.mark.parametrize("media_type", ["text/turtle", "application/n-triples", "application/rdf+xml"])
def test_formats_without_graphs_say_from_what_each_fact_is_derived(client: InProcess, media_type: str) -> None:
    dataset = parsed(client, "/id/place/liushi", media_type)
    described = [
        node
        for node in dataset.subjects(RDF.object, URIRef(WENZHOU))
        if (node, RDF.subject, URIRef(LIUSHI)) in dataset and (node, RDF.predicate, URIRef(WITHIN)) in dataset
    ]
    sources = {str(source) for node in described for source in dataset.objects(node, PROV.wasDerivedFrom)}
    assert any(source.startswith(PREFIXES.expand("source:industrial-clusters#") or "") for source in sources)
    anchors = URIRef(PREFIXES.expand("oa:exact") or "")
    assert (None, anchors, None) in dataset


def test_formats_agree(client: InProcess) -> None:
    graphs = [
        rdflib.Graph().parse(data=client.get(f"/id/place/liushi.{ending}").text, format=kind)
        for ending, kind in (("ttl", "turtle"), ("nt", "nt"), ("rdf", "xml"))
    ]
    assert isomorphic(graphs[0], graphs[1])
    assert isomorphic(graphs[1], graphs[2])
    datasets = [
        {str(quad) for quad in pyoxigraph.parse(client.get(f"/id/place/liushi.{ending}").content, form)}
        for ending, form in (
            ("trig", pyoxigraph.RdfFormat.TRIG),
            ("nq", pyoxigraph.RdfFormat.N_QUADS),
            ("jsonld", pyoxigraph.RdfFormat.JSON_LD),
        )
    ]
    assert datasets[0] == datasets[1] == datasets[2]


def test_a_description_tells_its_other_forms(client: InProcess) -> None:
    answer = client.get("/id/place/liushi", headers=HTML)
    assert {"Accept", "Accept-Language"} <= set(answer.headers["vary"].split(", "))
    linked = re.findall(r'<([^>]+)>; rel="alternate"; type="([^"]+)"', answer.headers["link"])
    for path, media_type in linked:
        assert client.get(path).headers["content-type"].partition(";")[0] == media_type


def test_page_says_who_says_so(client: InProcess) -> None:
    answer = client.get("/id/place/liushi", headers=HTML)
    page = Page(answer.text)
    assert "Liushi" in answer.text
    assert "industrial-clusters, 3.2" in answer.text
    assert "/id/place/wenzhou" in page.links
    assert "/ontology#within" in page.links
    assert "/derived/transitive-properties" in page.links
    assert any(link.startswith("/source/industrial-clusters#") for link in page.links)
    assert "/#view=network&node=place%3Aliushi" in page.links
    assert "/id/place/liushi.ttl" in page.links


def test_page_has_findings_and_faults_of_the_data(client: InProcess) -> None:
    # The Yijing paper, Results, Innovation Chain: patent applications, then patents obtained, of Yichang.
    page = Page(client.get("/id/place/yichang", headers=HTML).text)
    assert "/id/observation/patents-yichang" in page.links
    assert any(link.startswith("/id/finding/") for link in page.links)


def test_page_reads_in_chinese(client: InProcess) -> None:
    answer = client.get("/id/place/baoji", headers=HTML | {"Accept-Language": "zh"})
    assert '<html lang="zh">' in answer.text
    assert answer.headers["content-language"] == "zh"
    assert "<h1><bdi>宝鸡市</bdi></h1>" in answer.text
    assert "陕西省" in answer.text
    asked = client.get("/id/place/baoji.html?lang=en", headers={"Accept-Language": "zh"})
    assert "<h1><bdi>Baoji</bdi></h1>" in asked.text


def test_pages_run_nothing_and_lead_to_the_web_alone(client: InProcess) -> None:
    for path in ("/id/place/baoji", "/source/baoji-titanium", "/derived/placement", "/ontology", "/id/concept/actual"):
        answer = client.get(path, headers=HTML)
        page = Page(answer.text)
        assert "script" not in page.tags
        assert all(link.startswith(("/", "?", "https://", "http://")) for link in page.links)
        assert "script-src" not in answer.headers["content-security-policy"]


def test_a_label_leads_to_its_thing(client: InProcess) -> None:
    answer = client.get("/id/place/宝鸡", headers=HTML)
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/place/baoji")


@pytest.mark.parametrize(
    ("path", "near"),
    [
        ("/id/place/yichng", "yichang"),
        ("/id/plce/yichang", "place"),
        ("/source/baoji-titaniun", "baoji-titanium"),
        ("/source/baoji-titanium?passage=founded-in-1966", "founded-in-1965"),
        ("/derived/placemnt", "placement"),
        ("/id/place/a%20b%22%3E", "unknown place"),
        ("/id/place/", "unknown place"),
        ("/derived/%7B", "unknown rule"),
        ("/id/place/a%5Bb", "unknown place"),
        ("/derived/%FF", "unknown rule"),
        ("/id/planet/mars", "There are "),
    ],
)
def test_what_is_not_there_names_what_is_near(client: InProcess, path: str, near: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert near in answer.json()["detail"]


def test_source_has_its_passages_and_a_passage_its_facts(client: InProcess) -> None:
    # The Baoji paper, 4.2: BaoTai Group was founded in 1965.
    listed = client.get("/source/baoji-titanium", headers=HTML).text
    assert '<tr id="founded-in-1965">' in listed
    passage = client.get("/source/baoji-titanium?passage=founded-in-1965", headers=HTML)
    assert "/id/actor/baotai-group" in Page(passage.text).links
    assert "4.2" in passage.text
    data = parsed(client, "/source/baoji-titanium.trig?passage=founded-in-1965", "application/trig")
    assert (None, None, URIRef(PREFIXES.expand("actor:baotai-group") or "")) in data


def test_a_passage_leads_to_its_source_and_a_source_to_the_document(client: InProcess) -> None:
    passage = Page(client.get("/source/baoji-titanium?passage=founded-in-1965", headers=HTML).text)
    assert "/source/baoji-titanium#founded-in-1965" in passage.links
    assert "?passage=founded-in-1965&lang=zh" in passage.links
    assert "https://doi.org/10.15302/JSSCAE2020.01.014" in Page(client.get("/source/qinba", headers=HTML).text).links


def test_source_in_turtle_describes_every_passage(client: InProcess, graph: Graph) -> None:
    dataset = parsed(client, "/source/baoji-titanium", "text/turtle")
    source = PREFIXES.expand("source:baoji-titanium") or ""
    expected = {str(row["passage"]) for row in graph.ask("passages") if row["source"] == source}
    found = {str(s) for s in dataset.subjects(URIRef(PREFIXES.expand("oa:hasSource") or ""), URIRef(source))}
    assert found == expected


def test_rule_says_what_it_derives(client: InProcess, graph: Graph) -> None:
    answer = client.get("/derived/transitive-properties.nq").text
    count = graph.sparql("SELECT (COUNT(*) AS ?n) { GRAPH derived:transitive-properties { ?s ?p ?o } }")
    assert len(answer.splitlines()) == next(iter(count))["n"]  # type: ignore[arg-type]


def test_ontology_is_that_of_the_project(client: InProcess, graph: Graph) -> None:
    dataset = parsed(client, "/ontology", "text/turtle")
    from kg.schema.ontology import Ontology

    ontology = Ontology(graph.project)
    assert len(dataset) == len(ontology.graph)
    page = client.get("/ontology", headers=HTML).text
    for iri, label in ontology.terms().items():
        assert f'id="{iri.partition("#")[2]}"' in page
        assert label in page
