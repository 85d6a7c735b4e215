"""Arguments are checked before anything is computed, and names are read alike from all tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from kg.errors import BadTable, Inconsistent, KGError, UseError
from kg.measures import ahp_weights, gini, leontief_inverse, related_variety, response_counts
from kg.measures.files import read

TABLE = pd.DataFrame({"region": ["a", "a", "b"], "industry": ["10", "11", "10"], "value": [1.0, 2.0, 3.0]})


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"frame": "table.csv"}, "frame is of type str, no frame. Read the table with pandas first"),
        ({"frame": pd.concat({"top": TABLE}, axis="columns")}, "frame has 2 rows of headings"),
        ({"frame": TABLE, "digits": "2"}, "digits is '2', which is no whole number"),
        ({"frame": TABLE, "digits": 1.5}, "digits is 1.5, which is no whole number"),
        ({"frame": TABLE, "digits": True}, "digits is True, which is no whole number"),
        ({"frame": TABLE, "region": None}, "region is None, which is no text"),
        ({"frame": TABLE, "base": 2}, "base is 2, which is no text. Write one of 2, e, 10 as text"),
        (
            {"frame": TABLE, "industry": "region", "digits": 1},
            "column region is named as industry and as region",
        ),
        ({"frame": TABLE.set_index("region")}, "region is the index of the frame: call reset_index"),
        ({"frame": TABLE.assign(value=1j)}, "is not a number"),
        (
            {"frame": TABLE.assign(region=pd.Series([["a"], "a", "b"], dtype=object))},
            "region holds a list in row 0",
        ),
    ],
)
def test_what_is_no_table_or_option_is_refused(options: dict[str, Any], message: str) -> None:
    with pytest.raises(KGError, match=message.replace("(", r"\(")):
        related_variety(**options)


def test_options_that_would_switch_a_check_off_are_refused() -> None:
    judged = pd.DataFrame({"indicator": ["a"], "other_indicator": ["b"], "judgement": ["3"]})
    with pytest.raises(UseError, match="accept is nan"):
        ahp_weights(judged, accept=float("nan"))
    with pytest.raises(UseError, match="tolerance is nan"):
        leontief_inverse(pd.DataFrame({"sector": ["a"], "a": [1], "output": [2]}), tolerance=float("nan"))
    with pytest.raises(UseError, match="separator is empty"):
        response_counts(pd.DataFrame({"q": ["A"]}), separator="")


def test_full_width_digits_and_underscores_are_no_numbers_of_an_input_output_table() -> None:
    for text in ("１２", "1_000", "nan"):
        with pytest.raises(BadTable, match=f"column a: '{text}' is not a number"):
            leontief_inverse(pd.DataFrame({"sector": ["a"], "a": [text], "output": ["20"]}))


def test_periods_that_are_not_told_apart_are_warned_of() -> None:
    with pytest.warns(Inconsistent, match="column period holds 2020, 2021, all counted as one"):
        gini(TABLE.assign(period=[2020, 2020, 2021]))


def test_names_are_read_alike_whatever_their_type() -> None:
    """A year with a gap is a float; a name may break in two lines, or hold a letter and its accent apart."""
    frame = TABLE.assign(period=[2020.0, 2020.0, 2020.0], region=["two\nlines", "two  lines", "e\u0301"])
    found = gini(frame, period="period")
    assert found["period"].tolist() == ["2020"] * 2 and found["region"].tolist() == ["two lines", "\u00e9"]


def test_parquet_keeps_its_index_and_its_ending_may_be_large(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    TABLE.set_index("region").to_parquet(tmp_path / "T.PARQUET")
    assert read(tmp_path / "T.PARQUET")["region"].tolist() == ["a", "a", "b"]
