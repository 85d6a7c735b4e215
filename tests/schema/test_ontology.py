"""The files of the ontology, read with care (threat T17)."""

from __future__ import annotations

from pathlib import Path

import pytest
from rdflib import Graph

from kg.errors import OntologyError
from kg.project import Project
from kg.schema.ontology import Ontology, read_turtle, refuse_unsafe
from tests.support import ROOT

IMPORTS = "<urn:o> <http://www.w3.org/2002/07/owl#imports> <http://127.0.0.1:9/x> ."
MODULE = (
    '<urn:o> <http://www.lesfleursdunormal.fr/static/_downloads/owlready_ontology.owl#python_module> "planted_module" .'
)


@pytest.fixture(scope="module")
def ontology() -> Ontology:
    return Ontology(Project((ROOT,)))


def own(folder: Path, content: str | bytes, name: str = "own.ttl") -> Ontology:
    path = folder / "ontology" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return Ontology(Project((folder,)))


def test_the_modules_are_those_of_the_design(ontology: Ontology) -> None:
    names = {name for name, _ in ontology.texts(("*.ttl",))}
    topics = ("place", "actor", "industry", "chain", "cluster", "policy", "observation", "evaluation", "evidence")
    more = ("core", "prefixes", "statement", "document", "rule")
    assert names == {f"ontology/{topic}.ttl" for topic in (*more, *topics)}


def test_the_ontology_has_its_name(ontology: Ontology) -> None:
    assert ontology.iri == "https://w3id.org/iis-kg/ontology"


def test_terms_have_an_english_label(ontology: Ontology) -> None:
    assert ontology.terms()["https://w3id.org/iis-kg/ontology#Cluster"] == "industrial cluster"
    assert len(ontology.terms()) > 150


def test_concepts_have_their_names_english_first(ontology: Ontology) -> None:
    found = ontology.concepts()["https://w3id.org/iis-kg/id/unit/hundred-million-yuan"]
    assert found[0] == "100 million yuan"
    assert "亿元" in found


def test_what_a_reasoner_needs_is_without_the_vocabularies(ontology: Ontology) -> None:
    assert 500 < len(ontology.axioms) < len(ontology.graph)


@pytest.mark.parametrize("text", [IMPORTS, MODULE], ids=["owl:imports", "python_module"])
@pytest.mark.parametrize("name", ["own.ttl", "vocabularies/own.ttl", "alignments/own.ttl"])
def test_what_would_fetch_or_run_is_refused(tmp_path: Path, text: str, name: str) -> None:
    with pytest.raises(OntologyError) as raised:
        _ = own(tmp_path, text, name).graph
    assert str(raised.value).startswith(f"ontology/{name}: ")
    assert "is not allowed, since it would fetch or run what it names. Put the file itself into ontology/" in str(
        raised.value
    )


def test_a_disguised_import_is_refused() -> None:
    graph = Graph().parse(
        data="@prefix o: <http://www.w3.org/2002/07/> . [] <http://www.w3.org/2002/07/owl#imports> [] ."
    )
    with pytest.raises(OntologyError, match="owl:imports"):
        refuse_unsafe(graph, "own.ttl")


@pytest.mark.parametrize(
    "content",
    [
        "nonsense",
        "@prefix x: <urn:x>",
        "<urn:a> <urn:b>",
        '<urn:a> <urn:b> "open .',
        "no:prefix a no:b .",
    ],
)
def test_malformed_turtle_is_refused_by_the_name_of_its_file(tmp_path: Path, content: str) -> None:
    with pytest.raises(OntologyError) as raised:
        _ = own(tmp_path, content).graph
    assert str(raised.value).startswith("ontology/own.ttl: not Turtle (")
    assert str(raised.value).endswith("). Correct it there")
    assert len(str(raised.value)) < 400


@pytest.mark.parametrize("content", [b"\xff\xfe", "<urn:a> <urn:b> '宝鸡' .".encode("gb18030")])
def test_a_file_that_is_not_utf_8_is_refused(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(OntologyError, match=r"^ontology/own\.ttl: not UTF-8 .+ Save it as UTF-8$"):
        _ = own(tmp_path, content).graph


def test_several_texts_become_one_graph() -> None:
    assert len(read_turtle([("a", "<urn:a> <urn:p> 1 ."), ("b", "<urn:a> <urn:p> 2 .")])) == 2


def test_blank_nodes_of_two_files_are_two() -> None:
    assert len(read_turtle([("a", "_:x <urn:p> 1 ."), ("b", "_:x <urn:p> 1 .")])) == 2
