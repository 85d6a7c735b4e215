"""Terms put into the VALUES lines of a query file: nothing but a term ever gets in (threat T12)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import BadParameter, QueryFileError
from kg.query.header import Parameter
from kg.query.parameters import bind, serialise
from kg.store.answers import IRI, Text, Value
from kg.store.oxigraph import OxigraphStore

QUERY = """SELECT ?x ?y {
  VALUES ?x { place:a }
  VALUES ?y { "b" }
}
"""
X, Y = Parameter("x", "place", "x"), Parameter("y", "string", "y")


def answered(x: object, y: object = "b") -> list[tuple[Value | None, ...]]:
    given: dict[str, Any] = {"x": [x], "y": [y]}
    return OxigraphStore.memory().select(bind(QUERY, [X, Y], given, "x.rq")).rows


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            " ",
            '"',
            '""',
            '"""',
            "'",
            "\\",
            "\\\\",
            '\\"',
            '\n\\"',
            '"\n',
            '\n"""\\',
            "\r\n",
            "\t",
            "\b\f",
            "a\u2028b",
        ),
        *("}", "} } #", '" } ?s ?p ?o . { "', "\\u0022 }", "\\U00000022", "?x", "UNDEF", "<urn:a>", "# ", "宝鸡", "😀"),
        *("\n  VALUES ?y { 1 }\n", "\nVALUES ?x { <urn:evil> }\n", "x" * 10_000, "\x00", "\x7f"),
    ],
    ids=lambda value: repr(value)[:20],
)
def test_any_string_comes_back_as_it_was(value: str) -> None:
    assert answered(value) == [(value, "b")]
    assert answered(IRI("urn:a"), value) == [("urn:a", value)]
    assert answered(value, value) == [(value, value)]


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_any_two_strings_come_back_as_they_were(x: str, y: str) -> None:
    assert answered(x, y) == [(x, y)]


@given(st.one_of(st.integers(-(2**63), 2**63 - 1), st.booleans(), st.decimals(-(10**15), 10**15, places=3)))
def test_any_number_comes_back_as_it_was(number: int | bool | Decimal) -> None:
    assert answered(number) == [(number, "b")]


@given(st.floats(allow_nan=False, width=64))
def test_any_double_comes_back_as_it_was(number: float) -> None:
    assert answered(number) == [(number, "b")]


@pytest.mark.parametrize("iri", ["urn:a", "https://example.org/宝鸡?x=(1)&y='2'#z", "https://example.org/a;b,c.d"])
def test_an_iri_comes_back_as_it_was(iri: str) -> None:
    ((found, _),) = answered(IRI(iri))
    assert isinstance(found, IRI)
    assert found == iri


@pytest.mark.parametrize(
    "iri",
    [
        "",
        "a",
        "urn:a b",
        "urn:a>b",
        "urn:a> . ?s ?p ?o . <urn:b",
        'urn:"',
        "urn:{",
        "urn:\\u003e",
        "urn:\n",
        "urn:\udcff",
    ],
)
def test_what_is_no_iri_is_not_pasted(iri: str) -> None:
    with pytest.raises(BadParameter, match="no IRI"):
        serialise(IRI(iri))


def test_a_string_that_is_no_unicode_is_refused() -> None:
    with pytest.raises(BadParameter, match="not text in UTF-8"):
        serialise("a\udcff")


def test_a_text_is_looked_for_without_its_language() -> None:
    assert serialise(Text("宝鸡", "zh")) == '"宝鸡"'


def test_several_terms_and_none() -> None:
    bound = bind(QUERY, [X, Y], {"x": [IRI("urn:a"), IRI("urn:b")], "y": None}, "x.rq")
    assert "  VALUES ?x { <urn:a> <urn:b> }\n  \n" in bound
    assert len(OxigraphStore.memory().select(bound)) == 2


def test_a_parameter_that_is_not_spoken_of_keeps_its_example() -> None:
    assert bind(QUERY, [X, Y], {"y": ["c"]}, "x.rq") == QUERY.replace('"b"', '"c"')


def test_line_ends_of_windows_do_not_matter() -> None:
    bound = bind(QUERY.replace("\n", "\r\n"), [X], {"x": ["c"]}, "x.rq")
    assert 'VALUES ?x { "c" }' in bound


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("SELECT * { }", 0),
        ("SELECT * { VALUES ?x { place:a } }", 0),
        ("SELECT * {\nVALUES (?x) { (place:a) }\n}", 0),
        ("SELECT * {\nVALUES ?x {\n place:a }\n}", 0),
        ("SELECT * {\nVALUES ?xx { place:a }\n}", 0),
        ("SELECT * {\nVALUES ?x { place:a }\nVALUES ?x { place:b }\n}", 2),
    ],
)
def test_a_parameter_needs_exactly_one_line_of_its_own(query: str, count: int) -> None:
    with pytest.raises(QueryFileError) as raised:
        bind(query, [X], {"x": ["a"]}, "own.rq")
    assert str(raised.value) == (
        f"own.rq: parameter x needs exactly one line of its own `VALUES ?x {{ term }}`; {count} found"
    )
