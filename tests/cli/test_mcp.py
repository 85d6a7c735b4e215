"""`kg mcp` as typed; what it serves is tested in `tests/serve/mcp`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import RunKg
from tests.support import run_process


def test_help_names_transports_and_limits() -> None:
    ran = run_process("mcp", "--help")
    assert ran.code == 0
    assert {"--http", "--allow-host", "--allow-origin", "--seconds", "--rows"} <= set(ran.out.replace(",", " ").split())


def test_without_a_graph_nothing_is_served(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("mcp", "--store", tmp_path)
    assert (ran.code, ran.out) == (2, "")
    assert "Run `kg build` first" in ran.err


@pytest.mark.parametrize(
    ("option", "told"),
    [("--seconds", "not a limit"), ("--analysis", "not a limit"), ("--port", "port"), ("--only", "question or group")],
)
def test_options_that_cannot_be_are_refused(kg: RunKg, tmp_path: Path, option: str, told: str) -> None:
    ran = kg("mcp", "--http", "--store", tmp_path, option, "-1")
    assert ran.code == 2
    assert told in ran.err
