"""Plain values and rows."""

from __future__ import annotations

import copy
import pickle

import pytest

from kg.store.answers import IRI, Blank, Solutions, Text


def test_an_iri_is_a_string_and_known_as_an_iri() -> None:
    assert IRI("urn:a") == "urn:a"
    assert isinstance(IRI("urn:a"), str)
    assert not isinstance("urn:a", IRI)
    assert not isinstance(Blank("a"), IRI)


def test_a_text_has_its_language_and_counts_as_its_string() -> None:
    assert Text("Baoji", "en") == "Baoji"
    assert Text("Baoji", "en").language == "en"
    assert hash(Text("Baoji", "en")) == hash("Baoji")


def test_a_text_can_be_copied() -> None:
    """Answers are handed to other processes and frames."""
    text = Text("宝鸡", "zh")
    for same in (copy.copy(text), copy.deepcopy(text), pickle.loads(pickle.dumps(text))):
        assert (same, same.language) == ("宝鸡", "zh")


def test_rows_are_tuples_and_dicts() -> None:
    solutions = Solutions(("a", "b"), [(1, None), (2, "x")])
    assert len(solutions) == 2
    assert list(solutions) == [{"a": 1, "b": None}, {"a": 2, "b": "x"}]


def test_a_row_of_another_length_is_an_error_not_a_shift() -> None:
    with pytest.raises(ValueError, match="shorter"):
        list(Solutions(("a", "b"), [(1,)]))
