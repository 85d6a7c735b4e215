"""The documentation is in step with the code: generated pages, commands, examples."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from kg.api import Graph
from kg.cli import app
from kg.cli.docs import commands_page, readme_pictures
from kg.export.reference import pages
from kg.project import Project
from kg.query.catalogue import Catalogue
from tests.conftest import RunKg

ROOT = Path(__file__).resolve().parents[2]
HAND_WRITTEN = sorted(
    path
    for path in [ROOT / "README.md", *ROOT.glob("docs/**/*.md"), ROOT / "loaders" / "README.md"]
    if not {"reference", "measures"} & {*path.relative_to(ROOT).parts}
)


PAGES = pages(Project.find())


@pytest.mark.parametrize("relative", sorted(PAGES))
def test_generated_page_is_in_step(relative: str) -> None:
    """`make docs` writes the pages anew."""
    assert (ROOT / relative).read_text(encoding="utf-8") == PAGES[relative]


def test_page_of_commands_is_in_step() -> None:
    assert (ROOT / "docs/reference/commands.md").read_text(encoding="utf-8") == commands_page()


def test_no_generated_page_is_left_over() -> None:
    folders = [*ROOT.glob("docs/reference/**/*.md"), *ROOT.glob("docs/measures/*.md")]
    there = {path.relative_to(ROOT).as_posix() for path in folders}
    assert there <= {*PAGES, "docs/reference/commands.md"}


def test_every_command_is_told_of_by_hand() -> None:
    text = "".join(path.read_text(encoding="utf-8") for path in HAND_WRITTEN)
    commands = getattr(typer.main.get_command(app), "commands", {})
    assert [name for name in commands if f"kg {name}" not in text] == []


@pytest.mark.parametrize("path", HAND_WRITTEN, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_questions_that_are_told_of_exist(path: Path) -> None:
    catalogue = Catalogue.read(Project.find())
    asked = re.findall(r"kg ask ([a-z][a-z0-9-]+)", path.read_text(encoding="utf-8"))
    asked += re.findall(r'graph\.ask\("([a-z0-9-]+)"', path.read_text(encoding="utf-8"))
    assert [name for name in asked if name not in catalogue] == []


ALL = sorted({*HAND_WRITTEN, *ROOT.glob("*.md")})


@pytest.mark.parametrize("path", ALL, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_links_lead_somewhere(path: Path) -> None:
    links = re.findall(r"\]\(([^)#\s]+)", path.read_text(encoding="utf-8"))
    local = [link for link in links if "://" not in link]
    assert [link for link in local if not (path.parent / link).exists()] == []


def write_files_of(path: Path, folder: Path) -> None:
    """The files that a page shows, each in a block that starts with ```csv NAME."""
    for name, text in re.findall(r"```csv (\S+)\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
        (folder / name).write_text(text, encoding="utf-8")


def test_python_examples_run(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every Python block of the documentation runs as it stands."""
    monkeypatch.chdir(tmp_path)
    del graph  # the graph that `kg.open()` finds
    count = 0
    for path in HAND_WRITTEN:
        write_files_of(path, tmp_path)
        for block in re.findall(r"```python\n(.*?)```", path.read_text(encoding="utf-8"), re.DOTALL):
            exec(compile(block, str(path), "exec"), {"print": lambda *_: None})
            count += 1
    assert count >= 2


MEASURING = [path for path in HAND_WRITTEN if "$ kg measure" in path.read_text(encoding="utf-8")]


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("path", MEASURING, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_commands_that_measure_run(path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kg: RunKg) -> None:
    monkeypatch.chdir(tmp_path)
    write_files_of(path, tmp_path)
    for line in re.findall(r"^\$ kg (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE):
        command, _, file = line.partition(" > ")
        ran = kg(*shlex.split(command))
        assert ran.code == 0, f"{command}: {ran.err}"
        if file:
            Path(file).write_text(ran.out, encoding="utf-8")


def test_output_in_the_readme_is_real(graph: Graph) -> None:
    """Every line shown after `$ kg ...` is a line of the real output, white space apart; `...` leaves lines out."""
    del graph
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"```\n\$ kg ([^\n]*)\n(.*?)```", text, re.DOTALL)
    assert shown
    for command, block in shown:
        done = subprocess.run(
            [sys.executable, "-c", "from kg.cli import main; main()", *shlex.split(command)],
            capture_output=True,
            text=True,
            check=True,
        )
        real = {" ".join(line.split()) for line in done.stdout.splitlines()}
        assert [line for line in block.splitlines() if line != "..." and " ".join(line.split()) not in real] == []


def test_pictures_of_the_readme_are_in_step(graph: Graph) -> None:
    """`make docs` draws them anew."""
    for name, svg in readme_pictures(graph).items():
        assert (ROOT / "docs/images" / name).read_text(encoding="utf-8") == svg
