"""Accept headers: RFC 9110, sections 5.6, 12.4 and 12.5.1."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.serve.negotiation import RESULTS, TRIPLES, TRUTHS, choose, choose_among, content_type

OFFERED = ["text/turtle", "text/html", "application/ld+json"]


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", "text/turtle"),
        ("   ", "text/turtle"),
        ("*/*", "text/turtle"),
        ("text/html", "text/html"),
        ("text/html, text/turtle", "text/turtle"),
        ("text/html, text/turtle;q=0.9", "text/html"),
        ("text/html;q=0.001", "text/html"),
        ("text/html;q=0", None),
        ("text/html;q=0.000, application/*", "application/ld+json"),
        ("image/png", None),
        ("image/*", None),
        ("text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.5", "text/html"),
        ("*/*, text/turtle;q=0", "text/html"),
        ("text/*;q=0, */*", "application/ld+json"),
        ("TEXT/HTML;Q=0.5", "text/html"),
        ("text/html ; q=0.5 , text/turtle ; q=0.4", "text/html"),
        ("text/html;q=0.5;q=0.1, text/turtle;q=0.3", "text/html"),
        ("text/html;charset=utf-8", "text/html"),
        ('application/ld+json;profile="a, text/html;q=1"', "application/ld+json"),
        ('application/ld+json;profile="a\\", text/html', "application/ld+json"),
        ("text/html;q=0.5, image/webp, */*;q=0.1", "text/html"),
    ],
)
def test_the_form_that_is_preferred_is_chosen(accept: str, expected: str | None) -> None:
    assert choose(accept, OFFERED) == expected


@pytest.mark.parametrize(
    "accept",
    ["text/html;q=2", "text/html;q=-1", "text/html;q=", "text/html;q=0.1234", "text/html;q=nan", "text/html;q=1e-1"],
)
def test_a_part_with_a_weight_that_is_none_is_left_out(accept: str) -> None:
    """12.4.2: from 0 to 1, three digits at most."""
    assert choose(f"{accept}, application/ld+json;q=0.1", OFFERED) == "application/ld+json"


@pytest.mark.parametrize(
    "accept", ["turtle", "*", "/", "text/", ";q=1", ",,,", "text html", "<text/html>", "\x00", "q=0.5"]
)
def test_a_header_without_any_range_counts_as_none(accept: str) -> None:
    """12.5.1: without the header any form will do."""
    assert choose(accept, OFFERED) == "text/turtle"


@given(st.text(alphabet='ab*/;,=q."\\ 019\t', max_size=60))
def test_no_header_is_a_fault(accept: str) -> None:
    assert choose(accept, OFFERED) in (*OFFERED, None)


@pytest.mark.parametrize("part", ['"', '\\"', '"\\', ",", ";", "a/b,", "a/b;q=0.1,", "*/*;", " ", '"a,'])
def test_no_header_is_looked_at_for_long(part: str) -> None:
    """Threat T6: a header of 64 KiB."""
    start = time.monotonic()
    choose('text/html, "' + part * (65_536 // len(part)), OFFERED)
    assert time.monotonic() - start < 2


def test_customary_names_are_answered_in_the_registered_form() -> None:
    assert choose_among("application/json", RESULTS) == "application/sparql-results+json"
    assert choose_among("application/json", TRIPLES) == "application/ld+json"
    assert choose_among("text/plain", TRIPLES) == "application/n-triples"
    assert choose_among("text/csv", TRUTHS) is None


def test_types_of_text_say_their_charset() -> None:
    assert content_type("text/csv") == "text/csv; charset=utf-8"
    assert content_type("application/rdf+xml") == "application/rdf+xml"
