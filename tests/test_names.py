"""Prefixes, compact IRIs, slugs and the identity of names."""

from __future__ import annotations

from pathlib import Path

import pytest
import rdflib
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import OntologyError
from kg.names import Prefixes, identity, is_iri, slug
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIXES, ROOT

TEXT = st.text(st.characters(exclude_categories=["Cs"]))


def test_the_prefixes_are_those_that_the_ontology_declares() -> None:
    graph = rdflib.Graph().parse(ROOT / "ontology/prefixes.ttl")
    declared = {
        str(graph.value(node, rdflib.SH.prefix)): str(graph.value(node, rdflib.SH.namespace))
        for node in graph.objects(None, rdflib.SH.declare)
    }
    assert declared == dict(PREFIXES.mapping)
    assert len(declared) > 40


def test_no_two_prefixes_share_a_namespace() -> None:
    assert len(set(PREFIXES.mapping.values())) == len(PREFIXES.mapping)


@pytest.mark.parametrize("curie", ["place:baoji", "iis:City", "source:qinba#a-passage", "gbt4754:01"])
def test_a_compact_iri_is_expanded_and_shortened(curie: str) -> None:
    iri = PREFIXES.expand(curie)
    assert iri is not None
    assert PREFIXES.shorten(iri) == curie
    assert PREFIXES.kind(iri) == curie.partition(":")[0]


@pytest.mark.parametrize("text", ["baoji", "nokind:baoji", "", ":", ":x", "https://example.org/a"])
def test_what_is_no_compact_iri_is_not_expanded(text: str) -> None:
    assert PREFIXES.expand(text) is None


def test_an_iri_of_no_namespace_stays_and_has_no_kind() -> None:
    assert PREFIXES.shorten("https://example.org/a") == "https://example.org/a"
    assert PREFIXES.kind("https://example.org/a") is None


def test_the_longest_namespace_wins() -> None:
    prefixes = Prefixes({"a": "urn:x/", "b": "urn:x/y/"})
    assert prefixes.shorten("urn:x/y/z") == "b:z"


@pytest.mark.parametrize("content", [b"", b"# nothing\n", b"\xff\xfe"])
def test_a_file_of_prefixes_that_declares_nothing_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "prefixes.ttl"
    path.write_bytes(content)
    with pytest.raises(OntologyError, match=r"no sh:declare found\. Declare|not UTF-8"):
        Prefixes.read(path)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Baoji High-tech Zone", "baoji-high-tech-zone"),
        ("  28 km² ", "28-km2"),
        ("宝鸡 Titanium", "宝鸡-titanium"),
        ("１２％", "12"),
        ("a_b--c", "a-b-c"),
        ("<>\"{}|\\^`'", ""),
        ("../../etc", "etc"),
    ],
)
def test_a_slug(text: str, expected: str) -> None:
    assert slug(text) == expected


@given(TEXT)
def test_a_slug_can_always_stand_in_an_iri(text: str) -> None:
    iri = f"https://example.org/{slug(text)}"
    assert is_iri(iri)
    assert OxigraphStore.memory().select(f"SELECT (<{iri}> AS ?x) {{}}").rows == [(iri,)]


@given(TEXT)
def test_the_slug_of_a_slug_is_the_same(text: str) -> None:
    assert slug(slug(text)) == slug(text)


@given(TEXT)
def test_the_identity_of_an_identity_is_the_same(text: str) -> None:
    assert identity(identity(text)) == identity(text)


@given(TEXT, st.sampled_from(["\u200b", "\u200e", "\u202e", "\ufeff", "\u00ad", "\ufe0f"]), st.integers(0, 20))
def test_an_invisible_character_never_makes_another_name(text: str, mark: str, place: int) -> None:
    assert identity(text[:place] + mark + text[place:]) == identity(text)


@given(st.text(st.characters(codec="ascii")))
def test_case_and_white_space_never_make_another_name(text: str) -> None:
    assert identity(f" {text.upper()}\t") == identity(text.lower())


@pytest.mark.parametrize("iri", ["https://example.org/a", "urn:a:b", "https://example.org/宝鸡?x=1#y", "a:"])
def test_an_iri(iri: str) -> None:
    assert is_iri(iri)


@pytest.mark.parametrize(
    "text",
    [
        *(
            "",
            "a",
            "/a",
            "1:a",
            "http://x/ y",
            "http://x/<y",
            "http://x/>y",
            'http://x/"y',
            "http://x/{y}",
            "http://x/|y",
        ),
        *(
            "http://x/\\y",
            "http://x/^y",
            "http://x/`y",
            "http://x/\ny",
            "http://x/\x00",
            "http://x/y\n",
            "http://x/\udcff",
        ),
    ],
)
def test_no_iri(text: str) -> None:
    """SPARQL 1.1 grammar, [139] IRIREF."""
    assert not is_iri(text)
