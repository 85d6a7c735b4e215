"""What a user may rely on is a list: a name that goes, comes or changes is seen, and told in the change log."""

from __future__ import annotations

import difflib
import subprocess
import sys
from pathlib import Path

import kg
from tests.public_surface import surface
from tests.support import ROOT

LIST = ROOT / "tests/public_surface.txt"
SCRIPT = """
from decimal import Decimal

import kg
from kg.errors import KGError

graph: kg.Graph = kg.open("folder")
labels: list[str] = [str(row["stage_label"]) for row in graph.ask("stages-in-order", chain="titanium")]
whole: int = len(graph.findings())
severity: float = graph.gaps(place="xianyang").findings[0].severity
columns: list[str] = [str(name) for name in graph.ask("passages").frame().columns]
truth = graph.sparql("ASK { ?s ?p ?o }")
if not isinstance(truth, bool):
    raise TypeError(truth)
try:
    graph.what_if("scenario").difference().frame("changes")
except KGError as error:
    print(error, Decimal("0.5"))
"""


def test_the_public_surface_is_the_list() -> None:
    there, listed = [*surface()], LIST.read_text(encoding="utf-8").splitlines()
    changed = "\n".join(difflib.unified_diff(listed, there, "listed", "there", lineterm="", n=0))
    told = "Say `python -m tests.public_surface > tests/public_surface.txt`, and tell of the change in CHANGELOG.md"
    assert there == listed, f"the public surface has changed:\n{changed}\n{told}"


def test_the_list_names_what_users_call() -> None:
    lines = LIST.read_text(encoding="utf-8")
    for name in ("kg.open(", "Graph.ask(", "Solutions.frame(", "kg.measures.location_quotient(", "kg.errors.KGError("):
        assert f"\n{name}" in f"\n{lines}", name


def test_names_of_the_package_are_there() -> None:
    assert all(getattr(kg, name, None) is not None for name in kg.__all__)
    assert {*kg.__all__} <= {*dir(kg)}


def test_a_script_of_a_user_type_checks(tmp_path: Path) -> None:
    """mypy in strict mode, with what the package says of its own types."""
    done = check(tmp_path, SCRIPT)
    assert done.returncode == 0, done.stdout


def test_a_wrong_script_does_not(tmp_path: Path) -> None:
    done = check(tmp_path, "import kg\n\ngraph: int = kg.open()\nkg.open().asks('passages')\n")
    assert done.returncode == 1
    assert done.stdout.count("error:") == 2


def check(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    script = folder / "script.py"
    script.write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "--follow-imports=silent"]
    command += [f"--cache-dir={ROOT / '.mypy_cache' / 'users'}", "--config-file=", str(script)]
    environment = {"MYPYPATH": str(ROOT), "PATH": "/usr/bin:/bin", "HOME": str(folder)}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
