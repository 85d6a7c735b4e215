"""Exports: all formats read back, same bytes twice, and clear refusals."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import rdflib
from rdflib.compare import isomorphic

from kg.api import Graph
from kg.errors import UseError
from kg.export.json_ld import context
from kg.export.rdf import write_rdf
from kg.project import Project
from kg.store import lines
from kg.store.oxigraph import OxigraphStore
from tests.hostile import hostile_graph, small_graph
from tests.support import PREFIXES, ROOT

READERS = {
    "turtle": "turtle",
    "ntriples": "nt",
    "rdfxml": "xml",
    "trig": "trig",
    "nquads": "nquads",
    "jsonld": "json-ld",
}
TRIPLES = ("turtle", "ntriples", "rdfxml")
DATASETS = ("trig", "nquads", "jsonld")


@pytest.fixture
def small() -> OxigraphStore:
    store = OxigraphStore.memory()
    store.update(
        'INSERT DATA { GRAPH <urn:g1> { <urn:a> <urn:p> "宝鸡"@zh , 1.50 } '
        'GRAPH <urn:g2> { <urn:a> <urn:p> "宝鸡"@zh } }'
    )
    return store


@pytest.mark.parametrize(("ending", "triples"), [(".nq", 3), (".trig", 3), (".nt", 2), (".ttl", 2)])
def test_export_reads_back(small: OxigraphStore, tmp_path: Path, ending: str, triples: int) -> None:
    """Datasets keep both graphs; single-graph formats hold the union without repeats."""
    path = tmp_path / f"graph{ending}"
    size = write_rdf(small, path)
    dataset = rdflib.Dataset()
    dataset.parse(path)
    assert len(list(dataset.quads((None, None, None, None)))) == triples
    assert path.stat().st_size == size


def test_export_twice_gives_the_same_bytes(small: OxigraphStore, tmp_path: Path) -> None:
    for ending in (".nq", ".trig", ".nt", ".ttl"):
        write_rdf(small, tmp_path / f"a{ending}")
        write_rdf(small, tmp_path / f"b{ending}")
        assert (tmp_path / f"a{ending}").read_bytes() == (tmp_path / f"b{ending}").read_bytes()


def test_a_file_of_no_format_of_rdf_is_refused(small: OxigraphStore, tmp_path: Path) -> None:
    with pytest.raises(UseError, match=r"no format for \.xlsx"):
        write_rdf(small, tmp_path / "graph.xlsx")


def dataset(path: Path, format: str) -> dict[str, rdflib.Graph]:
    """The graphs of a file by name, that of the default graph by an empty one; read by rdflib."""
    read = rdflib.Dataset()
    read.parse(path, format=READERS[format])
    named: dict[str, rdflib.Graph] = {}
    for subject, predicate, object_, graph in read.quads((None, None, None, None)):
        named.setdefault(str(graph or ""), rdflib.Graph()).add((subject, predicate, object_))
    return named


def expected(graph: Graph) -> dict[str, rdflib.Graph]:
    """The same as the engine itself dumps it."""
    read = rdflib.Dataset()
    read.parse(data=graph.embedded.dump(), format="nquads")
    named: dict[str, rdflib.Graph] = {}
    for subject, predicate, object_, name in read.quads((None, None, None, None)):
        named.setdefault(str(name or ""), rdflib.Graph()).add((subject, predicate, object_))
    return named


def union(named: dict[str, rdflib.Graph]) -> rdflib.Graph:
    whole = rdflib.Graph()
    for graph in named.values():
        whole += graph
    return whole


@pytest.mark.parametrize("format", DATASETS)
def test_a_hostile_dataset_reads_back(tmp_path: Path, format: str) -> None:
    graph = hostile_graph(ontology=False)
    graph.export(format, tmp_path / "a")
    found, wanted = dataset(tmp_path / "a", format), expected(graph)
    assert set(found) == set(wanted)
    for name in wanted:
        assert isomorphic(found[name], wanted[name]), name


@pytest.mark.parametrize("format", TRIPLES)
def test_the_union_of_a_hostile_dataset_reads_back(tmp_path: Path, format: str) -> None:
    graph = hostile_graph(control=format != "rdfxml", ontology=False)
    graph.export(format, tmp_path / "a")
    read = rdflib.Graph().parse(tmp_path / "a", format=READERS[format])
    assert isomorphic(read, union(expected(graph)))


@pytest.mark.parametrize("format", ["jsonld", "rdfxml"])
def test_the_graph_of_the_papers_reads_back(graph: Graph, tmp_path: Path, format: str) -> None:
    """What has no blank nodes is the same; the others are as many."""
    graph.export(format, tmp_path / "a")
    found, wanted = dataset(tmp_path / "a", format), expected(graph)
    if format == "rdfxml":
        found, wanted = {"": union(found)}, {"": union(wanted)}
    assert set(found) == set(wanted)
    for name, facts in wanted.items():
        assert len(found[name]) == len(facts)
        assert {fact for fact in found[name] ^ facts if not any(isinstance(t, rdflib.BNode) for t in fact)} == set()


def test_a_graph_of_many_runs_is_written_as_one_of_a_few(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    graph = hostile_graph(control=False)
    for format in READERS:
        graph.export(format, tmp_path / format)
    monkeypatch.setattr(lines, "RUN", 100)
    for format in READERS:
        graph.export(format, tmp_path / "again")
        assert (tmp_path / "again").read_bytes() == (tmp_path / format).read_bytes()
    assert (tmp_path / "nquads").read_text(encoding="utf-8") == "".join(f"{line}\n" for line in graph.embedded.nquads())


@pytest.mark.parametrize(
    ("fact", "message"),
    [
        ('<urn:a> <urn:b> "bell \\u0007"', "U+0007"),
        ("<urn:a> <urn:b:1> <urn:c>", "<urn:b:1>"),
        ("<urn:a> rdf:li <urn:c>", "#li>"),
        ("<urn:a> <urn:b/> <urn:c>", "<urn:b/>"),
    ],
)
def test_what_rdf_xml_cannot_hold_is_told(tmp_path: Path, fact: str, message: str) -> None:
    with pytest.raises(UseError) as error:
        small_graph(fact).export("rdfxml", tmp_path / "a.rdf")
    assert message in str(error.value)
    assert "Use turtle" in str(error.value)
    assert list(tmp_path.iterdir()) == []


@pytest.fixture
def listener() -> Iterator[tuple[str, list[str]]]:
    """The address of a listener on this machine, and the requests that it got."""
    got: list[str] = []

    class Listens(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            got.append(self.path)
            self.send_error(404)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    server = http.server.HTTPServer(("127.0.0.1", 0), Listens)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/context.jsonld", got
    server.shutdown()
    thread.join()
    server.server_close()


def test_json_ld_asks_nobody_for_its_context(tmp_path: Path, listener: tuple[str, list[str]]) -> None:
    address, got = listener
    graph = small_graph(f"GRAPH <urn:g> {{ place:a iis:within place:b ; rdfs:seeAlso <{address}> }}")
    graph.export("jsonld", tmp_path / "a.jsonld")
    assert len(union(dataset(tmp_path / "a.jsonld", "jsonld"))) == 2
    graph.export("jsonld", tmp_path / "named.jsonld", context=address)
    assert json.loads((tmp_path / "named.jsonld").read_text(encoding="utf-8"))["@context"] == address
    assert got == []


def test_json_ld_is_short_to_read(tmp_path: Path) -> None:
    small_graph('GRAPH <urn:g> { place:a a iis:City ; iis:within place:b ; iis:order 2 ; rdfs:label "A"@en }').export(
        "jsonld", tmp_path / "a.jsonld"
    )
    (named,) = json.loads((tmp_path / "a.jsonld").read_text(encoding="utf-8"))["@graph"]
    assert named == {
        "@id": "urn:g",
        "@graph": [
            {
                "@id": "place:a",
                "@type": "iis:City",
                "rdfs:label": {"@value": "A", "@language": "en"},
                "iis:order": 2,
                "iis:within": "place:b",
            }
        ],
    }


def test_a_context_that_would_mistake_an_iri_is_not_named(tmp_path: Path) -> None:
    graph = small_graph("<urn:a> <urn:b> <geo:37.786,-122.399>")
    with pytest.raises(UseError, match="geo:"):
        graph.export("jsonld", tmp_path / "a.jsonld", context="https://example.org/context.jsonld")


def test_the_published_context_is_that_of_the_ontology() -> None:
    text = (ROOT / "ontology/context.jsonld").read_text(encoding="utf-8")
    published = json.loads(text)["@context"]
    assert published == context(Project.find()), "write it anew: kg export context -o ontology/context.jsonld"
    assert {name: iri for name, iri in published.items() if isinstance(iri, str)} == PREFIXES.mapping
    assert published["iis:within"] == {"@type": "@id"}
    assert published["iis:value"] == {"@type": "xsd:decimal"}
