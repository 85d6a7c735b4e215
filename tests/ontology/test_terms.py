"""A term earns its place: it is described in two languages, and something uses it."""

from __future__ import annotations

import re
from functools import lru_cache

import pytest
from rdflib import DCTERMS, OWL, RDF, RDFS, SKOS, Graph, Literal, URIRef

from kg.project import Project
from kg.schema.ontology import Ontology
from tests.support import PREFIXES, ROOT

IIS = PREFIXES.mapping["iis"]
KINDS = (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty)


@lru_cache(maxsize=1)
def ontology() -> Graph:
    return Ontology(Project((ROOT,))).axioms


def terms() -> list[URIRef]:
    found = {term for kind in KINDS for term in ontology().subjects(RDF.type, kind) if str(term).startswith(IIS)}
    return sorted(URIRef(str(term)) for term in found)


TERMS = terms()


@lru_cache(maxsize=1)
def uses() -> str:
    """The text of every query, rule, shape and mapping, without comments, and of the choices that columns have."""
    paths = [
        *(ROOT / "queries").glob("*/*.r[qu]"),
        *(ROOT / "loaders/tables").glob("*"),
        *(ROOT / "ontology/shapes").glob("*.ttl"),
        *(ROOT / "ontology/vocabularies").glob("*.ttl"),
    ]
    texts = (path.read_text(encoding="utf-8") for path in paths)
    return "\n".join(re.sub(r"^\s*#.*$", "", text, flags=re.MULTILINE) for text in texts)


def literals(term: URIRef, predicate: URIRef) -> list[Literal]:
    return [value for value in ontology().objects(term, predicate) if isinstance(value, Literal)]


def test_the_terms_were_found() -> None:
    assert len(TERMS) > 150
    assert {str(term) for term in TERMS} == set(Ontology(Project((ROOT,))).terms())


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(IIS))
def test_a_term_is_described(term: URIRef) -> None:
    assert sorted(str(label.language) for label in literals(term, RDFS.label)) == ["en", "zh"]
    assert [definition.language for definition in literals(term, SKOS.definition)] == ["en"]
    assert literals(term, SKOS.example)
    assert list(ontology().objects(term, DCTERMS.source))
    assert list(ontology().objects(term, RDFS.isDefinedBy)) == [URIRef(IIS.rstrip("#"))]


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(IIS))
def test_a_chinese_label_is_chinese_and_an_english_one_is_not(term: URIRef) -> None:
    for label in literals(term, RDFS.label):
        assert bool(re.search(r"[\u4e00-\u9fff]", label)) == (label.language == "zh"), label


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(IIS))
def test_a_term_is_used_by_a_query_rule_shape_or_mapping(term: URIRef) -> None:
    """As `iis:Term`, or as a value from which a mapping makes the term."""
    name = re.escape(term.removeprefix(IIS))
    assert re.search(rf'\biis:{name}\b|"{name}"', uses())


@pytest.mark.parametrize("term", TERMS, ids=lambda term: term.removeprefix(IIS))
def test_a_term_is_named_as_its_kind_demands(term: URIRef) -> None:
    kinds = {kind for kind in KINDS if (term, RDF.type, kind) in ontology()}
    assert len(kinds) == 1
    assert term.removeprefix(IIS)[0].isupper() == (kinds == {OWL.Class})


@pytest.mark.parametrize("classes", [True, False], ids=["classes", "properties"])
@pytest.mark.parametrize("language", ["en", "zh"])
def test_no_two_terms_have_one_label(classes: bool, language: str) -> None:
    """A class and the property that leads to it may: a figure has a measure, which is a measure."""
    some = [term for term in TERMS if term.removeprefix(IIS)[0].isupper() == classes]
    labels = [str(label) for term in some for label in literals(term, RDFS.label) if label.language == language]
    assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_domains_and_ranges_are_terms_that_exist() -> None:
    for predicate in (RDFS.domain, RDFS.range, RDFS.subClassOf, RDFS.subPropertyOf):
        for value in set(ontology().objects(None, predicate)):
            if str(value).startswith(IIS):
                assert value in TERMS, value


def test_the_head_names_title_licence_and_version() -> None:
    head = URIRef(IIS.rstrip("#"))
    assert ontology().value(head, DCTERMS.license)
    assert {label.language for label in literals(head, DCTERMS.title)} == {"en", "zh"}
    assert ontology().value(head, OWL.versionIRI)
