"""The table of requirements, `conformance.md`, names tests that exist."""

from __future__ import annotations

import ast
import re
from pathlib import Path

HERE = Path(__file__).parent
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (HERE / "conformance.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("|") and not re.match(r"\|(-+\||\s*section)", line)
]
LEVELS = {"MUST", "MUST NOT", "SHOULD", "SHOULD NOT", "MAY", "said"}


def cases_of(path: Path) -> set[str]:
    """The names of the tests of a module, without those that are marked to be skipped or to fail."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {
        node.name.removeprefix("test_")
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test_")
        and not any(re.search(r"skip|xfail", ast.unparse(each)) for each in node.decorator_list)
    }


def test_every_requirement_is_shown_by_tests_that_exist() -> None:
    known: dict[Path, set[str]] = {}
    for section, level, requirement, shown in ROWS:
        assert level in LEVELS, section
        named = re.findall(r"`([\w/]+)::(\w+)`", shown)
        assert named, (section, requirement)
        for module, name in named:
            folder, _, file = module.rpartition("/")
            path = HERE / folder / f"test_{file}.py"
            assert name in known.setdefault(path, cases_of(path)), (section, module, name)
