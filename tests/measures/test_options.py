"""What measures are told by options: lists of names and numbers, the same way in all families."""

from __future__ import annotations

import inspect
from math import inf, nan

import pandas as pd
import pytest

from kg.errors import BadParameter
from kg.measures import ahp_weights, catalogue, interval_ahp_weights, normalised_indicators, output_multiplier
from kg.measures.options import at_least, listed

JUDGED = pd.DataFrame({"indicator": ["a"], "other_indicator": ["b"], "judgement": [2], "low": [1], "high": [2]})


def test_names_may_have_commas() -> None:
    assert listed("factors", "wages, gross; profits;") == ("wages, gross", "profits")
    assert listed("factors", None) == ()


def test_a_name_given_twice_is_refused() -> None:
    with pytest.raises(BadParameter, match="final names a twice"):
        listed("final", "a; b;a")


@pytest.mark.parametrize("value", [nan, inf, -1])
def test_numbers_out_of_bounds_are_refused(value: float) -> None:
    with pytest.raises(BadParameter, match=r"order is .*, too low or no number\. Give a number, 0 upwards"):
        at_least("order", value, 0)


def test_judgements_are_not_let_through_by_what_is_no_number() -> None:
    for measure in (ahp_weights, interval_ahp_weights):
        with pytest.raises(BadParameter, match="accept is nan"):
            measure(JUDGED, accept=nan)


def test_tolerance_and_degrees_of_freedom_are_numbers() -> None:
    table = pd.DataFrame([["a", 1, 2]], columns=["sector", "a", "output"])
    with pytest.raises(BadParameter, match="tolerance is nan"):
        output_multiplier(table, tolerance=nan)
    values = pd.DataFrame({"region": ["p", "q"], "indicator": "a", "value": [1, 2]})
    with pytest.raises(BadParameter, match="ddof is -1"):
        normalised_indicators(values, method="z-score", ddof=-1)


def test_options_of_the_same_name_allow_the_same_kind_of_value() -> None:
    """`per` says what a row is of, in every measure that has it; no value is written with an underscore."""
    for found in catalogue().values():
        for name, parameter in inspect.signature(found.function, eval_str=True).parameters.items():
            allowed = getattr(parameter.annotation, "__args__", ())
            assert not [value for value in allowed if isinstance(value, str) and "_" in value], (found.name, name)
            if name == "per":
                assert {*allowed} <= {"region", "industry", "total"}, found.name
