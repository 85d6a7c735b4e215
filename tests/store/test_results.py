"""Answers in the formats of SPARQL 1.1, read as plain values."""

from __future__ import annotations

from decimal import Decimal

import pytest

from kg.store.answers import IRI, Blank, Solutions, Text, Triples
from kg.store.results import read_answer

JSON, XML = "application/sparql-results+json", "application/sparql-results+xml"
CELLS = """{"head": {"vars": ["a", "b", "c", "d", "e", "f"]}, "results": {"bindings": [{
 "a": {"type": "uri", "value": "urn:a"},
 "b": {"type": "literal", "value": "宝鸡", "xml:lang": "zh"},
 "c": {"type": "literal", "value": "1.5", "datatype": "http://www.w3.org/2001/XMLSchema#decimal"},
 "d": {"type": "bnode", "value": "x"},
 "e": {"type": "literal", "value": "plain"}
}]}}"""
"""A row written from the recommendation, SPARQL 1.1 Query Results JSON Format, section 3.2."""


def test_cells_of_json_become_plain_values() -> None:
    answer = read_answer(JSON, CELLS.encode())
    assert isinstance(answer, Solutions)
    assert answer.variables == ("a", "b", "c", "d", "e", "f")
    (row,) = answer.rows
    assert [type(cell) for cell in row] == [IRI, Text, Decimal, Blank, str, type(None)]
    assert (row[0], row[1], row[2], row[4]) == ("urn:a", "宝鸡", Decimal("1.5"), "plain")
    assert isinstance(row[1], Text)
    assert row[1].language == "zh"


@pytest.mark.parametrize("truth", ["true", "false"])
def test_the_truth_of_ask_is_read_from_json_and_xml(truth: str) -> None:
    """SPARQL 1.1 Query Results JSON Format, section 3.3; XML Format, section 2.3.2."""
    xml = f'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>{truth}</boolean></sparql>'
    assert read_answer(JSON, f'{{"head": {{}}, "boolean": {truth}}}'.encode()) is (truth == "true")
    assert read_answer(XML, xml.encode()) is (truth == "true")


def test_triples_are_sorted_lines_without_duplicates() -> None:
    turtle = b"@prefix : <urn:> . :b :p 1 . :a :p :c, :c ."
    assert read_answer("text/turtle", turtle) == Triples(
        ["<urn:a> <urn:p> <urn:c> .", '<urn:b> <urn:p> "1"^^<http://www.w3.org/2001/XMLSchema#integer> .']
    )


def test_what_is_not_of_its_type_is_an_error() -> None:
    with pytest.raises(SyntaxError):
        read_answer(JSON, b"<html>")
    with pytest.raises(ValueError, match="image/png"):
        read_answer("image/png", b"")
