"""Every measure says of itself what a reader must know: formula, convention, units, references, an example."""

from __future__ import annotations

import inspect
import re
from dataclasses import fields

import pandas as pd
import pytest

import kg.measures
from kg.cli.measure import Settings
from kg.measures import FAMILIES, catalogue
from kg.measures.measure import Measure, describe, measure
from tests.support import ROOT

MEASURES = list(catalogue().values())


def name_of(found: Measure) -> str:
    return found.name


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_docstring_is_whole(found: Measure) -> None:
    assert found.summary.endswith(".") and found.formulas and found.plain and found.convention
    assert found.shape and found.columns and found.degenerate and found.references
    assert found.name.replace("-", "_") + "(" in found.example


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_formulas_are_closed_and_hold_no_command_that_github_refuses(found: Measure) -> None:
    for formula in found.formulas:
        bare = re.sub(r"\\[{}]", "", formula)
        assert bare.count("{") == bare.count("}")
        assert len(re.findall(r"\\left\b", formula)) == len(re.findall(r"\\right\b", formula))
        assert not re.search(r"\\(operatorname|def|newcommand|href|require)\b", formula)


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_every_parameter_is_described(found: Measure) -> None:
    assert [a.name for a in found.arguments] == list(inspect.signature(found.function).parameters)
    assert [a.name for a in found.arguments if not a.meaning] == []


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_no_parameter_is_called_like_an_option_of_every_command(found: Measure) -> None:
    assert {a.name for a in found.arguments} & {field.name for field in fields(Settings)} == set()


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_every_column_has_a_meaning_and_most_measures_a_unit(found: Measure) -> None:
    assert [c.name for c in found.columns if not c.meaning] == []
    assert found.units or found.name in ("checked-responses", "instrument-faults"), "no column has a unit"


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_references_name_author_and_year(found: Measure) -> None:
    for reference in found.references:
        assert re.search(r"\(((1[89]|20)\d\d[a-z]?|n\.d\.)\)", reference), reference
        assert "doi.org" not in reference, "write doi:10...."


@pytest.mark.parametrize("found", MEASURES, ids=name_of)
def test_measure_is_tested_and_reachable_by_name(found: Measure) -> None:
    function = found.name.replace("-", "_")
    assert getattr(kg.measures, function) is found.function
    texts = [path.read_text(encoding="utf-8") for path in (ROOT / "tests/measures" / found.family).glob("test_*.py")]
    assert any(re.search(rf"\b{function}\(", text) for text in texts)


def test_every_family_has_measures_and_every_measure_a_family() -> None:
    assert {found.family for found in MEASURES} == {*FAMILIES}


def test_unknown_names_are_no_measures() -> None:
    with pytest.raises(AttributeError, match="no attribute 'gini_coefficent'"):
        _ = kg.measures.gini_coefficent


def test_docstring_is_read_as_it_is_written() -> None:
    @measure
    def doubled(frame: pd.DataFrame, by: int = 2) -> pd.DataFrame:
        r"""Twice as much,
        or more.

        .. math:: y = b x \\
            z = y

        Plain: y = b x

        Convention:
            Zero counts
            as zero.

            A second part: with a colon.

        Args:
            frame: a row for each x,
                and nothing else.
            by: the factor.

        Returns: a row for each row of
            the table,
            y, z [value]: the product,
                in the unit of x.
            words: in words.

        Degenerate:
            None.

        References:
            - Somebody, A. (2000). A title
              of two lines. doi:10.1000/x
            - Other, B. (2001). Another.

        >>> 1 + 1
        2
        """
        return frame.assign(y=frame["x"] * by)

    found = describe(doubled)
    assert found.summary == "Twice as much, or more."
    assert found.formulas == (r"y = b x \\ z = y",)
    assert (found.plain, found.degenerate) == ("y = b x", "None.")
    assert found.convention == "Zero counts as zero.\n\nA second part: with a colon."
    assert [(a.name, a.meaning) for a in found.arguments] == [
        ("frame", "a row for each x, and nothing else."),
        ("by", "the factor."),
    ]
    assert found.shape == "a row for each row of the table"
    assert [(c.name, c.unit, c.meaning) for c in found.columns] == [
        ("y", "value", "the product, in the unit of x."),
        ("z", "value", "the product, in the unit of x."),
        ("words", None, "in words."),
    ]
    assert found.references == (
        "Somebody, A. (2000). A title of two lines. doi:10.1000/x",
        "Other, B. (2001). Another.",
    )
    assert found.example == ">>> 1 + 1\n2"
    answer = doubled(pd.DataFrame({"x": [1.0]}))
    assert answer["y"].tolist() == [2.0] and answer.attrs["units"] == {"y": "value", "z": "value"}
