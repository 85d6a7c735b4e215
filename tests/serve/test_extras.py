"""What a face imports is brought by its extra."""

from __future__ import annotations

import json
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, packages_distributions, requires

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.support import ROOT

WITHOUT = """
import importlib, json, sys

refused = set(json.loads(sys.argv[1]))

class Refusing:
    def find_spec(self, name, path=None, target=None):
        if name in refused:
            raise ModuleNotFoundError(f"{name} is not installed", name=name)

sys.meta_path.insert(0, Refusing())
importlib.import_module(sys.argv[2])
"""


def brought(requirement: Requirement, seen: set[str]) -> Iterator[str]:
    """The names of the distributions that come with one."""
    name = canonicalize_name(requirement.name)
    key = f"{name} {sorted(requirement.extras)}"
    if key in seen:
        return
    seen.add(key)
    yield name
    try:
        needed = [Requirement(line) for line in requires(name) or ()]
    except PackageNotFoundError:  # of another system or version of Python
        return
    for each in needed:
        if not each.marker or any(each.marker.evaluate({"extra": extra}) for extra in ("", *requirement.extras)):
            yield from brought(each, seen)


@pytest.mark.parametrize(("extra", "module"), [("serve", "kg.serve.run"), ("mcp", "kg.serve.mcp")])
def test_a_face_needs_nothing_that_its_extra_does_not_bring(extra: str, module: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lines = [*project["dependencies"], *project["optional-dependencies"][extra]]
    seen: set[str] = set()
    there = {name for line in lines for name in brought(Requirement(line), seen)}
    others = [name for name, of in packages_distributions().items() if there.isdisjoint(map(canonicalize_name, of))]
    words = [sys.executable, "-P", "-c", WITHOUT, json.dumps(sorted({*others} - {"kg"})), module]
    ran = subprocess.run(words, env={"PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
