"""Measures of regional science on plain tables: no graph, no store, no RDF.

Every measure is a function of a frame, `kg.measures.location_quotient(frame)`, and says in its docstring which formula
and which convention it follows, and after whom. It is found by being exported by one of the families below, and loaded
when it is first asked for.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.measures.complexity import *
    from kg.measures.evaluation import *
    from kg.measures.input_output import *
    from kg.measures.measure import Measure
    from kg.measures.specialisation import *
    from kg.measures.survey import *

FAMILIES: Mapping[str, str] = {
    "specialisation": "Specialisation and concentration",
    "complexity": "Relatedness and complexity",
    "input_output": "Input-output",
    "evaluation": "Evaluation",
    "survey": "Surveys",
}
"""Title by name of the package, in the order in which they are shown."""


@cache
def catalogue() -> Mapping[str, Measure]:
    """All measures by name, family by family.

    >>> catalogue()["location-quotient"].family
    'specialisation'
    """
    from kg.measures.measure import describe

    found = {}
    for family in map(_family, FAMILIES):
        for name in family.__all__:
            if hasattr(function := getattr(family, name), "is_measure"):
                found[function.__name__.replace("_", "-")] = describe(function)
    return found


def _family(name: str) -> ModuleType:
    return import_module(f"kg.measures.{name}")


def __getattr__(name: str) -> Any:
    if not name.startswith("_"):
        for family in map(_family, FAMILIES):
            if name in family.__all__:
                return getattr(family, name)
    raise AttributeError(f"module 'kg.measures' has no attribute {name!r}")
