"""The error tree: as drawn, with exit codes, and messages that say what to do next."""

from __future__ import annotations

import ast
import inspect
import re

import pytest

from kg import errors
from kg.errors import Fault, KGError, ShapeFaults, TableFaults, UnknownName, nearest
from tests.support import ROOT

CLASSES: list[type[KGError]] = [
    value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, KGError)
]
WARNINGS = [value for value in vars(errors).values() if inspect.isclass(value) and issubclass(value, UserWarning)]


def test_the_tree_is_the_one_that_is_drawn() -> None:
    drawn = re.findall(r"(?:├── |└── )(\w+)", errors.__doc__ or "")
    there = [each.__name__ for each in (*CLASSES, *WARNINGS)]
    assert sorted(["KGError", "MeasureWarning", *drawn]) == sorted(there)


def test_every_error_is_one_of_use_of_data_or_of_limits() -> None:
    families = (errors.UseError, errors.DataError, errors.OverLimit)
    for each in CLASSES:
        if each is not KGError:
            assert sum(issubclass(each, family) for family in families) == 1
            assert each.exit_code == (2 if issubclass(each, errors.UseError) else 1)


def test_every_error_is_raised_somewhere() -> None:
    raised = {
        name
        for path in (ROOT / "kg").rglob("*.py")
        for name in re.findall(r"\b(\w+)\(", path.read_text(encoding="utf-8"))
    } | {
        name
        for path in (ROOT / "kg").rglob("*.py")
        for name in re.findall(r", (\w+Error)\b", path.read_text(encoding="utf-8"))
    }
    assert {each.__name__ for each in CLASSES} - raised <= {"KGError"}


def test_every_message_says_what_is_wrong_and_then_what_to_do() -> None:
    """A message that is written out where it is raised holds two sentences."""
    names = {each.__name__ for each in CLASSES} - {"UnknownName", "TableFaults", "ShapeFaults"}
    short = []
    for path in sorted((ROOT / "kg").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                joined = getattr(node.args[0], "values", [None])
                if isinstance(joined[-1], ast.FormattedValue):
                    continue  # it ends with a message that has its own
                parts = [
                    n.value for n in ast.walk(node.args[0]) if isinstance(n, ast.Constant) and isinstance(n.value, str)
                ]
                text = " ".join(parts)
                if parts and not re.search(r"[.;?] |\.$|`", text) and "{problem}" not in text and len(text) > 8:
                    short.append(f"{path.name}:{node.lineno}: {text}")
    assert short == []


def test_an_unknown_name_tells_the_nearest_and_the_remedy() -> None:
    error = UnknownName("place", "Yichng", ["Yichang", "Jingmen"], "Say one of them")
    assert str(error) == "unknown place: Yichng. Did you mean Yichang? Say one of them"
    assert (error.kind, error.name, error.near) == ("place", "Yichng", ["Yichang"])


def test_an_unknown_name_without_near_ones() -> None:
    assert str(UnknownName("place", "Qqq", ["Yichang"])) == "unknown place: Qqq."


@pytest.mark.parametrize(
    ("name", "known", "found"),
    [
        ("yichng", ["Yichang", "Jingmen"], ["Yichang"]),
        ("YICHANG", ["yichang"], ["yichang"]),
        ("宝鸡", ["宝鸡市", "西安"], ["宝鸡市"]),
        ("x", [], []),
        ("", ["a"], []),
    ],
)
def test_nearest_names(name: str, known: list[str], found: list[str]) -> None:
    assert nearest(name, known) == found


def test_faults_are_sorted_and_counted() -> None:
    faults = [Fault("b.csv", 2, "x", "w", "r"), Fault("a.csv", 10, "x", "w", "r"), Fault("a.csv", 9, "x", "w", "r")]
    assert str(TableFaults(faults)).splitlines() == [
        "3 faults in the tables; nothing was loaded:",
        "a.csv:9:x: w. r",
        "a.csv:10:x: w. r",
        "b.csv:2:x: w. r",
    ]
    assert str(TableFaults(faults[:1])).startswith("1 fault in the tables; ")


def test_one_violation_is_one_violation() -> None:
    assert str(ShapeFaults(["a"])).startswith("1 violation of the shapes; ")
    assert str(ShapeFaults(["a", "b"])).startswith("2 violations of the shapes; ")
