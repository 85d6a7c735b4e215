"""The command as typed, in a process of its own: exit codes, what goes where, never a traceback."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kg.api import Graph
from kg.errors import DataError, KGError, UseError
from tests.conftest import RunKg
from tests.support import ROOT, Ran, run_process

HEAVY = (
    "rdflib",
    "pyoxigraph",
    "networkx",
    "pyshacl",
    "frictionless",
    "owlready2",
    "numpy",
    "scipy",
    "pyvis",
    "jinja2",
    "opencc",
)


def refused(ran: Ran, code: int) -> str:
    """The one message of a refusal."""
    assert ran.code == code, ran
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert ran.err.startswith("kg: ")
    return ran.err.removeprefix("kg: ").rstrip("\n")


def test_help_tells_the_commands() -> None:
    ran = run_process("--help")
    assert (ran.code, ran.err) == (0, "")
    for command in ("build", "verify", "export", "check", "ask", "sparql"):
        assert f" {command} " in ran.out


def test_help_is_quick_because_nothing_heavy_is_imported() -> None:
    code = (
        "import sys; sys.argv = ['kg', '--help']\nfrom kg.cli import main\n"
        "try: main()\nexcept SystemExit: pass\nprint(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=ROOT, check=True)
    imported = set(done.stderr.replace("'", "").strip("[]\n").split(", "))
    assert "typer" in imported
    assert imported & set(HEAVY) == set()


@pytest.mark.parametrize(
    "arguments", [["nothing"], ["ask", "--nothing"], ["--store", "x"], ["verify"], ["export", "--nothing"], ["sparql"]]
)
def test_a_command_that_is_not_there_is_a_wrong_call(arguments: list[str]) -> None:
    ran = run_process(*arguments)
    assert ran.code == 2
    assert ran.out == ""
    assert "Traceback" not in ran.err
    assert "--help" in ran.err


def test_an_error_of_use_is_2_and_one_of_data_is_1() -> None:
    assert (UseError.exit_code, DataError.exit_code, KGError.exit_code) == (2, 1, 1)


def test_asking_before_building(tmp_path: Path) -> None:
    message = refused(run_process("ask", "passages", "--store", tmp_path / "nothing"), 2)
    assert message == f"{tmp_path}/nothing: no graph there. Run `kg build` first, or say with --store where it is"


def test_a_damaged_store(graph: Graph, store_folder: Path, tmp_path: Path) -> None:
    assert graph
    copy = tmp_path / "graph"
    generation = (store_folder / "CURRENT").read_text(encoding="utf-8").strip()
    (copy / generation).mkdir(parents=True)
    (copy / "CURRENT").write_text(generation, encoding="utf-8")
    (copy / generation / "CURRENT").write_text("nonsense\n", encoding="utf-8")
    message = refused(run_process("ask", "passages", "--store", copy), 1)
    assert "the store cannot be opened" in message
    assert message.endswith("Run `kg build` to make it anew")


def test_a_project_without_any_of_its_folders(tmp_path: Path) -> None:
    message = refused(run_process("ask", "--project", tmp_path), 2)
    assert message == f"{tmp_path}: no project. Give a folder that holds one of ontology/, queries/, loaders/"


@pytest.mark.parametrize("encoding", ["ascii", "latin-1", "utf-8"])
def test_a_terminal_that_cannot_show_every_letter(graph: Graph, store_folder: Path, encoding: str) -> None:
    assert graph
    ran = run_process(
        "ask", "names-of-things", "thing=place:baoji", IIS_KG_STORE=str(store_folder), PYTHONIOENCODING=encoding
    )
    assert (ran.code, ran.err) == (0, "")
    assert ("宝鸡" if encoding == "utf-8" else "\\u5b9d\\u9e21") in ran.out


def test_a_pipe_that_is_closed_is_no_error(graph: Graph, store_folder: Path) -> None:
    assert graph
    command = "from kg.cli import main; main()"
    with subprocess.Popen(
        [sys.executable, "-c", command, "ask", "names-of-things", "--format", "jsonl"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "PYTHONPATH": str(ROOT), "IIS_KG_STORE": str(store_folder)},
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert b"Traceback" not in process.stderr.read()


def test_bytes_that_are_not_utf_8_are_no_traceback(graph: Graph, store_folder: Path) -> None:
    assert graph
    commands: list[list[str | bytes]] = [
        ["ask", "stages-in-order", b"chain=\xff"],
        ["sparql", b"ASK { ?s ?p '\xff' }"],
        ["ask", b"\xff"],
    ]
    for arguments in commands:
        done = subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()", *arguments],
            capture_output=True,
            env={**os.environ, "PYTHONPATH": str(ROOT), "IIS_KG_STORE": str(store_folder)},
            check=False,
        )
        assert done.returncode == 2
        assert b"Traceback" not in done.stderr
        assert done.stderr.startswith(b"kg: ")


def test_the_command_runs_in_this_process_too(kg: RunKg) -> None:
    assert kg("--help").code == 0
