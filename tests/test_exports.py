"""The public surface is a list."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import subprocess
import sys
import tomllib

import pytest

import kg
from kg.api import Graph
from tests.support import ROOT

MODULES = sorted(module.name for module in pkgutil.walk_packages(kg.__path__, "kg."))


def test_the_public_surface_is_this_list() -> None:
    assert sorted(kg.__all__) == ["Graph", "__version__", "open"]
    assert callable(kg.open)
    assert kg.Graph is Graph


def test_another_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="module 'kg' has no attribute 'nothing'"):
        kg.nothing  # noqa: B018


def test_the_version_is_that_of_the_project() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == kg.__version__


def test_importing_imports_nothing_heavy() -> None:
    code = "import sys, kg; print([m for m in ('rdflib', 'pyoxigraph', 'networkx', 'typer') if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    assert done.stdout == "[]\n"


def test_the_modules_were_found() -> None:
    assert len(MODULES) > 30


@pytest.mark.parametrize("name", [name for name in MODULES if "hermit" not in name])
def test_every_module_and_public_thing_is_described(name: str) -> None:
    module = importlib.import_module(name)
    assert module.__doc__
    for key, value in vars(module).items():
        ours = getattr(value, "__module__", "") == name and not key.startswith("_")
        if ours and (inspect.isclass(value) or inspect.isfunction(value)):
            assert value.__doc__, f"{name}.{key}"


def test_types_are_told_to_checkers() -> None:
    assert (ROOT / "kg/py.typed").is_file()
