"""Whatever a table holds, a measure answers or says in one line what is wrong; what has no number is warned of."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kg.errors import KGError, MeasureWarning
from kg.measures import catalogue
from kg.measures.measure import Measure

Change = Callable[[pd.DataFrame], pd.DataFrame]


def regional() -> pd.DataFrame:
    """Four regions by three industries, with a zero."""
    keys = [*product("ABCD", ("10", "11", "20"), ("2020",))]
    found = pd.DataFrame(keys, columns=["region", "industry", "period"])
    return found.assign(value=[float(number * 7 % 12) for number in range(len(found))])


def years() -> pd.DataFrame:
    return pd.concat([regional(), regional().assign(period="2021", value=range(12))], ignore_index=True)


def cities() -> pd.DataFrame:
    return regional().query("industry == '11'").drop(columns="industry").reset_index(drop=True)


def flows() -> pd.DataFrame:
    return pd.DataFrame(
        [
            ["a", 150, 500, 50, 300, 1000],
            ["b", 200, 100, 400, 1300, 2000],
            ["households", 300, 500, 50, 150, 1000],
            ["value added", 350, 900, 500, None, None],
        ],
        columns=["sector", "a", "b", "households", "final demand", "output"],
    )


def judged() -> pd.DataFrame:
    rows = [("roads", "rail", "2", "1", "3"), ("roads", "ports", "4", "2", "5"), ("rail", "ports", "2", "1", "2")]
    return pd.DataFrame(rows, columns=["indicator", "other_indicator", "judgement", "low", "high"])


def indicators() -> pd.DataFrame:
    rows = [(region, name, (n * 3 % 5) / 4) for n, (region, name) in enumerate(product("abc", ("roads", "rail")))]
    return pd.DataFrame(rows, columns=["region", "indicator", "normalised"])


def tree() -> pd.DataFrame:
    return pd.DataFrame({"indicator": ["access", "roads", "rail"], "parent": ["", "access", "access"]})


def weights() -> pd.DataFrame:
    return pd.DataFrame({"indicator": ["access", "roads", "rail"], "weight": [1, 0.4, 0.6]})


def technologies() -> pd.DataFrame:
    return pd.DataFrame([("a", "x", 9), ("a", "y", 3), ("b", "x", 4)], columns=["region", "technology", "level"])


def items() -> pd.DataFrame:
    return pd.DataFrame({"q1": [1, 2, 3, 4, 5], "q2": [1, 3, 2, 5, 4], "q3": [2, 1, 3, 3, 2]})


def instrument() -> pd.DataFrame:
    rows = [("age", "A", None, 50), ("age", "B", 51, 60), ("age", "C", 60, None), ("makes", "X", None, None)]
    return pd.DataFrame(rows, columns=["question", "option", "low", "high"])


def responses() -> pd.DataFrame:
    return pd.DataFrame({"respondent": ["r1", "r2", "r3"], "age": ["B", "60", "A;B"], "makes": ["X", "X", ""]})


YEARS = {"period": "period"}
TABLES: Mapping[str, tuple[Mapping[str, Callable[[], pd.DataFrame]], Mapping[str, str]]] = {
    "shift-share": ({"frame": years}, YEARS),
    "primacy": ({"frame": cities}, YEARS),
    "gradient": ({"frame": cities}, YEARS),
    "cross-space-proximity": ({"frame": regional, "other": regional}, YEARS),
    "cross-space-relatedness": ({"frame": regional, "other": regional}, YEARS),
    "ahp-weights": ({"frame": judged}, {}),
    "interval-ahp-weights": ({"frame": judged}, {}),
    "normalised-indicators": ({"frame": indicators, "tree": tree}, {"value": "normalised"}),
    "technology-maturity": ({"frame": technologies}, {}),
    "bartlett-sphericity": ({"frame": items}, {}),
    "cronbach-alpha": ({"frame": items}, {}),
    "item-total-correlation": ({"frame": items}, {}),
    "kmo": ({"frame": items}, {}),
    "checked-responses": ({"responses": responses, "instrument": instrument}, {}),
    "response-counts": ({"responses": responses, "instrument": instrument}, {}),
    "cross-table": ({"responses": responses}, {"rows": "age", "columns": "makes"}),
    "instrument-faults": ({"instrument": instrument}, {}),
}
"""The tables and options of measures; those of others are those of their family."""
FAMILIES: Mapping[str, tuple[Mapping[str, Callable[[], pd.DataFrame]], Mapping[str, str]]] = {
    "specialisation": ({"frame": regional}, YEARS),
    "complexity": ({"frame": regional}, YEARS),
    "input_output": ({"frame": flows}, {}),
    "evaluation": ({"frame": indicators, "tree": tree, "weights": weights}, {}),
}
NAMES = ("region", "industry", "period", "sector", "technology", "indicator", "other_indicator", "parent", "respondent")
WORDS = (*NAMES, "question", "option", "age", "makes")


def numbers_of(frame: pd.DataFrame) -> list[str]:
    return [name for name in frame.columns if name not in WORDS]


def all_are(value: Any) -> Change:
    return lambda frame: frame.assign(**{name: [value] * len(frame) for name in numbers_of(frame)})


def first_is(value: Any) -> Change:
    def changed(frame: pd.DataFrame) -> pd.DataFrame:
        found = frame.astype(dict.fromkeys(numbers_of(frame), object))
        for name in numbers_of(frame):
            found.iat[0, list(found.columns).index(name)] = value
        return found

    return changed


def named(value: Any) -> Change:
    def changed(frame: pd.DataFrame) -> pd.DataFrame:
        found = frame.astype(object)
        found.iat[0, 0] = value
        return found

    return changed


def nullable(frame: pd.DataFrame) -> pd.DataFrame:
    return frame.convert_dtypes()


def with_a_gap(frame: pd.DataFrame) -> pd.DataFrame:
    gap = {name: pd.array([pd.NA, *[1.0] * (len(frame) - 1)], dtype="Float64") for name in numbers_of(frame)}
    return frame.assign(**gap)


NASTY: Mapping[str, Change] = {
    "no columns": lambda _frame: pd.DataFrame(),
    "no rows": lambda frame: frame.iloc[:0],
    "one row": lambda frame: frame.iloc[:1],
    "all zero": all_are(0.0),
    "all equal": all_are(1.0),
    "all empty": all_are(None),
    "all as large as can be": all_are(1e60),
    "all tiny": all_are(5e-324),
    "all dates": all_are(datetime(2020, 1, 1, tzinfo=UTC)),
    "all complex": all_are(1 + 1j),
    "all true": all_are(True),
    "first large": first_is("1e60"),
    "first small": first_is("1e-60"),
    "first tiny": first_is(1e-308),
    "first nan": first_is("nan"),
    "first of 400 digits": first_is(10**400),
    "name of two lines": named("a\nb"),
    "long name": named("x" * 5000),
    "name a list": named([1, 2]),
    "name empty": named(float("nan")),
    "nullable": nullable,
    "a gap": with_a_gap,
    "rows of one index": lambda frame: first_is(None)(frame).set_axis([7] * len(frame)),
    "names as index": lambda frame: frame.set_index(frame.columns[0], drop=False),
    "no column but the index": lambda frame: frame.set_index(frame.columns[0]),
    "a column twice": lambda frame: pd.concat([frame, frame.iloc[:, -1:]], axis="columns"),
}


def name_of(found: Measure) -> str:
    return found.name


@pytest.mark.parametrize("found", catalogue().values(), ids=name_of)
def test_any_table_is_answered_or_refused_in_one_line(found: Measure) -> None:
    tables, options = TABLES.get(found.name) or FAMILIES[found.family]
    known = [argument.name for argument in found.arguments]
    tables = {role: make for role, make in tables.items() if role in known}
    answered(found, {role: make() for role, make in tables.items()}, options)
    for role, (what, change) in product(tables, NASTY.items()):
        frames = {name: make() for name, make in tables.items()}
        frames[role] = change(frames[role])
        before = frames[role].copy()
        try:
            answered(found, frames, options)
        except KGError as error:
            text = str(error)
            assert "\n" not in text and len(text) < 1500 and ". " in text, (role, what, text)
        except Exception as error:
            raise AssertionError(f"{role}, {what}: {error!r}") from error
        assert before.equals(frames[role]) or what == "name a list", (role, what)


def answered(found: Measure, frames: Mapping[str, pd.DataFrame], options: Mapping[str, str]) -> None:
    """Compute a measure and check that it warns of what has no number, and of nothing that is not named."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        frame = found.function(**frames, **options)
    for warning in caught:
        assert issubclass(warning.category, MeasureWarning), warning
        assert "\n" not in str(warning.message) and len(str(warning.message)) < 1500
    measured = frame[[name for name in found.units if name in frame]].astype(float)
    assert not np.isinf(measured.to_numpy()).any(), "infinite"
    assert found.name == "instrument-faults" or caught or measured.notna().all(axis=None), "no number, and no warning"
