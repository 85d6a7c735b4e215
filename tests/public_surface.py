"""The public surface as lines: every name that a user may rely on, with its signature.

`python -m tests.public_surface > tests/public_surface.txt` writes the list anew; a change of it goes into CHANGELOG.md.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable, Iterator
from functools import cached_property

import kg
import kg.api
import kg.errors
import kg.measures
from kg.analysis.result import Analysis, Finding
from kg.api import Graph, WhatIf
from kg.store.answers import Solutions

CLASSES = (Graph, WhatIf, Solutions, Analysis, Finding)


def surface() -> Iterator[str]:
    """The lines: names of `kg`, members of classes, measures, errors."""
    for name in sorted(kg.__all__):
        value = getattr(kg, name)
        yield f"kg.{name}{_signature(value) if inspect.isfunction(value) else ''}"
    for owner in CLASSES:
        yield from sorted(_members(owner))
    for name, measure in sorted(kg.measures.catalogue().items()):
        yield f"kg.measures.{name.replace('-', '_')}{_signature(measure.function)}"
    for name, error in sorted(vars(kg.errors).items()):
        if inspect.isclass(error) and issubclass(error, Exception | Warning) and error.__module__ == "kg.errors":
            yield f"kg.errors.{name}({', '.join(base.__name__ for base in error.__bases__)})"


def _members(owner: type) -> Iterator[str]:
    """The public members of a class with those that it inherits from ours; those of a base in the list are its own."""
    above = {name for base in CLASSES if base is not owner and issubclass(owner, base) for name in dir(base)}
    fields = getattr(owner, "__dataclass_fields__", {})
    for name in {*dir(owner), *fields, *owner.__annotations__} - above:
        if name.startswith("_") and name not in ("__iter__", "__len__", "__init__", "_repr_html_"):
            continue
        member = inspect.getattr_static(owner, name, None)
        if inspect.isfunction(member):
            yield f"{owner.__name__}.{name}{_signature(member)}"
        elif isinstance(member, property | cached_property):
            function = member.fget if isinstance(member, property) else member.func
            yield f"{owner.__name__}.{name}: {inspect.signature(function).return_annotation if function else ''}"
        else:
            kind = fields[name].type if name in fields else owner.__annotations__.get(name, "")
            yield f"{owner.__name__}.{name}: {kind}"


def _signature(function: Callable[..., object]) -> str:
    """Parameters, defaults and types, without where a default lies in memory."""
    return re.sub(r"<function (\S+) at 0x[0-9a-f]+>", r"\1", str(inspect.signature(function)))


if __name__ == "__main__":
    sys.stdout.write("".join(f"{line}\n" for line in surface()))
