"""The vocabularies: complete where they are others' classifications, in both languages, without circles."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from rdflib import RDF, SKOS, Graph, Literal, URIRef

from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIXES, ROOT

ENGLISH_ONLY = {"isced-f-2013", "isic-rev4"}
"""Vocabularies of which no Chinese edition is at hand: a label in Chinese stands only where it is certain."""

FILES = sorted((ROOT / "ontology/vocabularies").glob("*.ttl"))


@lru_cache
def vocabulary(name: str) -> Graph:
    return Graph().parse(ROOT / f"ontology/vocabularies/{name}.ttl")


def concepts(graph: Graph) -> set[URIRef]:
    return {URIRef(str(concept)) for concept in graph.subjects(RDF.type, SKOS.Concept)}


def notations(name: str, prefix: str) -> list[str]:
    graph = vocabulary(name)
    found = [str(code) for concept in concepts(graph) for code in graph.objects(concept, SKOS.notation)]
    assert all(str(concept).startswith(PREFIXES.mapping[prefix]) for concept in concepts(graph))
    return sorted(found)


def test_the_vocabularies_were_found() -> None:
    assert {path.stem for path in FILES} >= {"gbt4754-2017", "sei-2018", "isced-f-2013", "units", "roles", "kinds"}


def test_gbt_4754_has_its_sections_and_divisions() -> None:
    """GB/T 4754-2017: 20 sections A to T, 97 divisions 01 to 97."""
    codes = notations("gbt4754-2017", "gbt4754")
    assert [code for code in codes if code.isdigit() and len(code) == 2] == [f"{number:02}" for number in range(1, 98)]
    assert [code for code in codes if not code.isdigit()] == list("ABCDEFGHIJKLMNOPQRST")


@pytest.mark.parametrize(
    ("division", "section"),
    [
        ("01", "A"),
        ("06", "B"),
        ("13", "C"),
        ("43", "C"),
        ("44", "D"),
        ("47", "E"),
        ("65", "I"),
        ("75", "M"),
        ("97", "T"),
    ],
)
def test_a_division_stands_in_its_section(division: str, section: str) -> None:
    """GB/T 4754-2017, table 1."""
    graph, namespace = vocabulary("gbt4754-2017"), PREFIXES.mapping["gbt4754"]
    assert list(graph.objects(URIRef(namespace + division), SKOS.broader)) == [URIRef(namespace + section)]


def test_there_are_nine_strategic_emerging_industries() -> None:
    """Classification of strategic emerging industries (2018), National Bureau of Statistics, order 23: 1 to 9."""
    assert notations("sei-2018", "sei2018") == [str(number) for number in range(1, 10)]


def test_isced_has_its_broad_fields() -> None:
    """ISCED-F 2013: broad fields 00 to 10."""
    codes = notations("isced-f-2013", "iscedf")
    assert [code for code in codes if len(code) == 2] == [f"{number:02}" for number in range(11)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_every_concept_has_a_label_in_both_languages_and_a_scheme(path: Path) -> None:
    graph = vocabulary(path.stem)
    (scheme,) = set(graph.subjects(RDF.type, SKOS.ConceptScheme))
    assert concepts(graph)
    for concept in concepts(graph):
        labels = [label for label in graph.objects(concept, SKOS.prefLabel) if isinstance(label, Literal)]
        languages = sorted(str(label.language) for label in labels)
        assert languages == ["en", "zh"] or (languages == ["en"] and path.stem in ENGLISH_ONLY), concept
        assert list(graph.objects(concept, SKOS.inScheme)) == [scheme], concept


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_what_is_narrower_has_a_broader_concept_that_exists(path: Path) -> None:
    graph = vocabulary(path.stem)
    assert set(graph.objects(None, SKOS.broader)) <= concepts(graph)


def test_nothing_is_broader_than_itself() -> None:
    store = OxigraphStore.memory()
    for path in FILES:
        store.load_turtle(path.read_text(encoding="utf-8"), "urn:vocabularies", path.name)
    circles = f"SELECT ?x {{ ?x <{SKOS.broader}>+ ?x }}"
    assert store.select(circles).rows == []


@pytest.mark.parametrize("name", ["gbt4754-2017", "sei-2018", "isced-f-2013"])
def test_no_code_stands_twice_and_no_label_twice_on_a_level(name: str) -> None:
    """A section of one division is named as the division: education, real estate, international organisations."""
    graph = vocabulary(name)
    codes = {concept: str(graph.value(concept, SKOS.notation)) for concept in concepts(graph)}
    assert len(set(codes.values())) == len(codes)
    for language in ("en", "zh"):
        labels = [
            (len(code), code.isdigit(), str(label).casefold())
            for concept, code in codes.items()
            for label in graph.objects(concept, SKOS.prefLabel)
            if getattr(label, "language", "") == language
        ]
        assert sorted({label for label in labels if labels.count(label) > 1}) == []


def test_every_code_is_text() -> None:
    """`01` must stay `01`."""
    for path in FILES:
        for code in vocabulary(path.stem).objects(None, SKOS.notation):
            assert isinstance(code, Literal)
            assert code.datatype is None, (path.stem, code)


@pytest.mark.parametrize(
    ("unit", "factor", "base"),
    [
        ("yuan", 1, "yuan"),
        ("ten-thousand-yuan", 10**4, "yuan"),
        ("hundred-million-yuan", 10**8, "yuan"),
        ("billion-yuan", 10**9, "yuan"),
        ("ten-thousand-tonnes", 10**4, "tonne"),
        ("mu", 10_000 / 15, "square-metre"),
        ("hectare", 10**4, "square-metre"),
        ("square-kilometre", 10**6, "square-metre"),
        ("million-square-kilometres", 10**12, "square-metre"),
    ],
)
def test_a_unit_has_its_factor(unit: str, factor: float, base: str) -> None:
    """A mu is a fifteenth of a hectare (State Council order on legal units, 1984)."""
    graph, namespace = vocabulary("units"), PREFIXES.mapping["unit"]
    subject = URIRef(namespace + unit)
    found = graph.value(subject, URIRef(PREFIXES.mapping["iis"] + "factor"))
    assert found is not None
    assert float(str(found)) == pytest.approx(factor, rel=1e-4)
    assert graph.value(subject, URIRef(PREFIXES.mapping["iis"] + "baseUnit")) == URIRef(namespace + base)
