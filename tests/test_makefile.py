"""`make` says in one line what to do when something is missing."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def run_make(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """Ask make for the virtual environment of an empty folder with a given Python."""
    venv = tmp_path / "venv"
    command = ["make", "-f", str(ROOT / "Makefile"), f"VENV={venv}", f"PYTHON={python}", f"{venv}/bin/pip"]
    return subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, check=False)


def fake_python(tmp_path: Path, script: str) -> str:
    path = tmp_path / "fake-python"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return str(path)


@pytest.mark.parametrize(
    ("script", "message"),
    [
        (None, "install Python 3.11 or newer"),
        ('case "$2" in *version_info*) exit 1;; esac; exit 0', "is too old: install Python 3.11 or newer"),
        ('case "$2" in *ensurepip*) exit 1;; esac; exit 0', "has no venv module: on Debian or Ubuntu run apt install"),
    ],
    ids=["no Python", "too old a Python", "no venv module"],
)
def test_missing_part_is_named_with_its_remedy(tmp_path: Path, script: str | None, message: str) -> None:
    python = fake_python(tmp_path, script) if script else str(tmp_path / "no-such-python")
    done = run_make(tmp_path, python)
    assert done.returncode != 0
    told = [line for line in done.stdout.splitlines() if message in line]
    assert len(told) == 1
    assert "Traceback" not in done.stdout + done.stderr


def test_targets_name_no_folder_of_the_caller(tmp_path: Path) -> None:
    """`make -C checkout report` works from anywhere: every command first goes to the checkout."""
    done = subprocess.run(
        ["make", "-n", "-C", str(ROOT), "report"], capture_output=True, text=True, cwd=tmp_path, check=True
    )
    commands = [line for line in done.stdout.splitlines() if "/bin/kg" in line]
    assert commands
    assert all(line.startswith(f"cd {ROOT} &&") for line in commands)
