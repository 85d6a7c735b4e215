"""SPARQL 1.1 Service Description, sections 2 and 3 and its conformance, and the questions as examples."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SDO, SH, VOID, Graph, Literal, Namespace, URIRef

from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.serve.limits import Limits
from kg.serve.service import Settings
from tests.serve.protocol.support import ALL_NUMBERS, application, ask, is_true, problem
from tests.serve.support import InProcess
from tests.serve.writing import MAY, writable
from tests.support import add_query

SD = Namespace("http://www.w3.org/ns/sparql-service-description#")
FORMATS = Namespace("http://www.w3.org/ns/formats/")
ADDRESS = URIRef("http://127.0.0.1:7878/sparql")
CLASSES = {"Service", "Feature", "Language", "Dataset", "Graph", "NamedGraph", "GraphCollection"}
PROPERTIES = {
    "endpoint": "Service",
    "feature": "Service",
    "defaultEntailmentRegime": "Service",
    "supportedLanguage": "Service",
    "resultFormat": "Service",
    "inputFormat": "Service",
    "defaultDataset": "Service",
    "defaultGraph": "Dataset",
    "namedGraph": "Dataset",
}
"""Of the vocabulary, section 3: those used here with the class that their subject is of."""


@pytest.fixture(scope="module")
def described(endpoint: InProcess) -> Graph:
    return Graph().parse(data=endpoint.get("/sparql").content, format="turtle")


@pytest.fixture(scope="module")
def described_writable(small_folder: Path) -> Graph:
    settings = Settings(token="a token of some length", services=("query.example.org",))
    with application(small_folder, settings=settings) as client:
        return Graph().parse(data=client.get("/sparql").content, format="turtle")


@pytest.mark.parametrize(
    ("accept", "media_type", "reader"),
    [
        ("", "text/turtle", "turtle"),
        ("*/*", "text/turtle", "turtle"),
        ("text/turtle", "text/turtle", "turtle"),
        ("application/rdf+xml", "application/rdf+xml", "xml"),
        ("application/ld+json", "application/ld+json", "json-ld"),
        ("application/n-triples", "application/n-triples", "nt"),
        ("application/sparql-results+json, application/rdf+xml;q=0.5", "application/rdf+xml", "xml"),
    ],
)
def test_the_endpoint_describes_itself(
    endpoint: InProcess, described: Graph, accept: str, media_type: str, reader: str
) -> None:
    """2: GET without parameters should give a description, which must be in RDF and should be negotiated.

    Conformance: it must be RDF.
    """
    response = endpoint.get("/sparql", headers={"Accept": accept})
    assert response.status_code == 200
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    assert response.headers["Vary"] == "Accept"
    graph = Graph().parse(data=response.content, format=reader)
    assert set(graph) == set(described)


def test_it_names_the_address_that_was_asked(endpoint: InProcess, described: Graph) -> None:
    """Conformance: at least one triple says sd:endpoint with the address; 3.2.1: a sd:Service."""
    (service,) = described.subjects(SD.endpoint, ADDRESS)
    assert (service, RDF.type, SD.Service) in described
    other = endpoint.get("/sparql", headers={"Host": "graph.example:81"})
    elsewhere = Graph().parse(data=other.content, format="turtle")
    assert list(elsewhere.objects(None, SD.endpoint)) == [URIRef("http://graph.example:81/sparql")]


@pytest.mark.parametrize("host", ["a b", "<x>", "example.org/x?", 'x"y', "x\\", "@", "", "[::1", "x:y"])
def test_a_host_that_is_none_is_not_repeated(endpoint: InProcess, host: str) -> None:
    """RFC 9110, 7.2: what Host may be."""
    response = endpoint.get("/sparql", headers={"Host": host})
    assert list(Graph().parse(data=response.content, format="turtle").objects(None, SD.endpoint)) == [ADDRESS]


def test_a_proxy_may_give_the_address(small_folder: Path) -> None:
    """Conformance: the address is that under which clients reach the endpoint."""
    with application(small_folder, settings=Settings(address="https://example.org/kg/")) as client:
        graph = Graph().parse(data=client.get("/sparql").content, format="turtle")
        assert list(graph.objects(None, SD.endpoint)) == [URIRef("https://example.org/kg/sparql")]
        rows = ask(client, "SELECT (<x> AS ?x) {}").json()["results"]["bindings"]
        assert rows[0]["x"]["value"] == "https://example.org/kg/x"


@pytest.mark.parametrize("of", ["described", "described_writable"])
def test_the_vocabulary_is_used_as_defined(request: pytest.FixtureRequest, of: str) -> None:
    """Conformance: in accordance with section 3: only terms of it, each with a subject of its domain."""
    described: Graph = request.getfixturevalue(of)
    terms = {
        str(term).removeprefix(str(SD)) for triple in described for term in triple if str(term).startswith(str(SD))
    }
    instances = {"SPARQL10Query", "SPARQL11Query", "SPARQL11Update", "UnionDefaultGraph", "EmptyGraphs"}
    instances |= {"BasicFederatedQuery"}
    assert terms <= CLASSES | set(PROPERTIES) | instances
    for name, domain in PROPERTIES.items():
        for subject in described.subjects(SD[name]):
            assert (subject, RDF.type, SD[domain]) in described


def test_it_says_what_the_service_does(described: Graph) -> None:
    """3.2: languages, features and formats; nothing is fetched and nothing can be written."""
    (service,) = described.subjects(RDF.type, SD.Service)
    assert set(described.objects(service, SD.supportedLanguage)) == {SD.SPARQL10Query, SD.SPARQL11Query}
    assert set(described.objects(service, SD.feature)) == {SD.UnionDefaultGraph}
    names = ["SPARQL_Results_JSON", "SPARQL_Results_XML", "SPARQL_Results_CSV", "SPARQL_Results_TSV"]
    names += ["Turtle", "N-Triples", "JSON-LD", "RDF_XML"]
    assert set(described.objects(service, SD.resultFormat)) == {FORMATS[name] for name in names}


def test_it_says_that_updates_are_taken_where_they_are(described_writable: Graph) -> None:
    """3.4.3: the language; 3.2.15: what documents may be written in."""
    (service,) = described_writable.subjects(RDF.type, SD.Service)
    assert (service, SD.supportedLanguage, SD.SPARQL11Update) in described_writable
    read = {FORMATS[name] for name in ("Turtle", "N-Triples", "JSON-LD", "RDF_XML")}
    assert set(described_writable.objects(service, SD.inputFormat)) == read


def test_the_default_graph_is_not_called_the_union_where_it_is_not(described_writable: Graph) -> None:
    """3.4.5: the union is that of queries and of updates; an update asks the default graph of the store."""
    (service,) = described_writable.subjects(RDF.type, SD.Service)
    features = set(described_writable.objects(service, SD.feature))
    assert features == {SD.EmptyGraphs, SD.BasicFederatedQuery}
    (dataset,) = described_writable.objects(service, SD.defaultDataset)
    assert "updates" in str(described_writable.value(dataset, RDFS.comment, any=True))


def test_a_graph_that_is_left_empty_is_kept(tmp_path: Path) -> None:
    """3.4.7: a store that says sd:EmptyGraphs must not remove it."""
    with writable(tmp_path / "graph", Limits(workers=1)) as client:
        headers = {**MAY, "Content-Type": "application/sparql-update"}
        text = "DELETE WHERE { GRAPH <urn:g> { ?s ?p ?o } }"
        assert client.post("/sparql", content=text, headers=headers).status_code == 204
        assert is_true(ask(client, "ASK { GRAPH <urn:g> {} }"))
        assert client.get("/graphs?graph=urn:g").status_code == 200


def test_the_dataset_has_its_default_graph_with_its_size(described: Graph) -> None:
    """3.3.9: the default graph of a dataset must be linked with sd:defaultGraph; 3 triples in each of 4 graphs."""
    (dataset,) = described.objects(None, SD.defaultDataset)
    (default,) = described.objects(dataset, SD.defaultGraph)
    assert described.value(default, VOID.triples) == Literal(12)
    assert described.value(default, VOID.properties) == Literal(3)
    assert "4" in str(described.value(dataset, RDFS.comment))


def test_every_question_is_an_example(described: Graph) -> None:
    """In the vocabulary that public endpoints share their examples in: SHACL's executables, schema.org's target."""
    catalogue = Catalogue.read(Project.find())
    labels = {str(label) for label in described.objects(None, RDFS.label) if getattr(label, "language", "") == "en"}
    assert labels == {query.header.summary for query in catalogue.values()}
    for query in catalogue.values():
        (example,) = described.subjects(RDFS.label, Literal(query.header.summary, lang="en"))
        assert (example, RDF.type, SH.SPARQLExecutable) in described
        assert (example, SDO.target, ADDRESS) in described
        said = {str(comment) for comment in described.objects(example, RDFS.comment)}
        assert {query.header.question or query.header.summary} <= said
        if query.header.question_zh:
            assert (example, RDFS.comment, Literal(query.header.question_zh, lang="zh")) in described


def test_an_example_runs_as_it_stands(endpoint: InProcess, described: Graph) -> None:
    """Each has its prefixes, and values that were put in as an example."""
    texts = [str(text) for text in described.objects(None, SH.select)]
    assert len(texts) > 50
    for text in texts:
        assert ask(endpoint, text).status_code == 200, text


def test_the_prefixes_of_the_project_are_declared(described: Graph) -> None:
    """SHACL, section 5.2.1."""
    (prefixes,) = set(described.objects(None, SH.prefixes))
    declared = {
        str(described.value(each, SH.prefix)): str(described.value(each, SH.namespace))
        for each in described.objects(prefixes, SH.declare)
    }
    assert declared["rdfs"] == str(RDFS)


def test_a_question_of_ones_own_is_an_example(tmp_path: Path, small_folder: Path) -> None:
    """A file is enough; one whose query is no example of this endpoint does no harm."""
    add_query(tmp_path, f"#+ summary: Numbers of all\n#+ summary_zh: 编号\n{ALL_NUMBERS}\n", name="dataset")
    add_query(tmp_path, "#+ summary: Elsewhere\nSELECT * { SERVICE <http://a.example/> {} }\n", name="elsewhere")
    with InProcess(small_folder, Project.find(tmp_path)) as client:
        graph = Graph().parse(data=client.get("/sparql").content, format="turtle")
    (example,) = graph.subjects(RDFS.label, Literal("编号", lang="zh"))
    assert graph.value(example, SH.select) == Literal(f"{ALL_NUMBERS}\n")
    assert (None, RDFS.label, Literal("Elsewhere", lang="en")) not in graph


def test_a_browser_is_sent_to_the_page_for_queries(endpoint: InProcess) -> None:
    """2: the description may be for people too."""
    accept = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
    response = endpoint.get("/sparql", headers={"Accept": accept})
    assert (response.status_code, response.headers["Location"]) == (303, "./#view=query")


def test_another_form_is_refused(endpoint: InProcess) -> None:
    """RFC 9110, 15.5.7."""
    assert "text/turtle" in problem(endpoint.get("/sparql", headers={"Accept": "image/png"}), 406)


def test_head_of_the_description_has_no_body(endpoint: InProcess) -> None:
    """RFC 9110, 9.3.2."""
    got, headed = endpoint.get("/sparql"), endpoint.request("HEAD", "/sparql")
    assert headed.content == b""
    assert headed.headers == got.headers
