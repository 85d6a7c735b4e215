"""Fixtures of all tests: small projects, and the command run in this process."""

from __future__ import annotations

import itertools
import sys
from pathlib import Path
from typing import Any, Protocol

import pytest

from kg.cli import main
from kg.project import Project
from tests.support import CHINA, Ran, make_project


class MakeProject(Protocol):
    """Makes a small project of its own from tables by type."""

    def __call__(self, tables: dict[str, str | bytes] | None = None, **options: Any) -> Project: ...


class RunKg(Protocol):
    """Runs the command in this process; a project given takes the place of the bundled one."""

    def __call__(self, *arguments: str | Path, bundled: Project | None = None) -> Ran: ...


@pytest.fixture
def small_project(tmp_path: Path) -> MakeProject:
    """A factory of projects that hold one package of a few rows, so that bad input needs no build of the papers."""
    numbers = itertools.count(1)

    def make(tables: dict[str, str | bytes] | None = None, **options: Any) -> Project:
        return make_project(tmp_path / f"project-{next(numbers)}", tables or {"place": CHINA}, **options)

    return make


@pytest.fixture
def kg(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> RunKg:
    """The command `kg` with its exit code, standard output and standard error."""

    def run(*arguments: str | Path, bundled: Project | None = None) -> Ran:
        if bundled is not None:
            monkeypatch.setattr(Project, "find", classmethod(lambda _cls, _overlay=None: bundled))
        monkeypatch.setattr(sys, "argv", ["kg", *map(str, arguments)])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        captured = capsys.readouterr()
        return Ran(code, captured.out, captured.err)

    return run
