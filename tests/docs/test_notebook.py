"""The notebooks of the documentation run from above to below, and are kept without what they print."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest

from kg.api import Graph
from kg.shown import escaped
from tests.support import ROOT
from tests.view.hostile import Page

NOTEBOOKS = sorted((ROOT / "docs/notebooks").glob("*.ipynb"))
RUN = """
import sys
import nbformat
from nbclient import NotebookClient

notebook = nbformat.read(sys.argv[1], as_version=4)
where = {"metadata": {"path": sys.argv[2]}}
try:
    NotebookClient(notebook, timeout=300, kernel_name="python3", resources=where).execute()
finally:
    nbformat.write(notebook, sys.argv[3])
"""


def test_there_is_a_notebook() -> None:
    assert [path.name for path in NOTEBOOKS] == ["first-look.ipynb"]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_notebook_is_kept_without_outputs(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [cell["id"] for cell in notebook.cells if cell.get("outputs") or cell.get("execution_count")] == []
    assert str(ROOT) not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.name)
def test_documentation_links_to_it(path: Path) -> None:
    pages = [ROOT / "docs/README.md", *ROOT.glob("docs/how-to/*.md")]
    assert any(f"notebooks/{path.name}" in page.read_text(encoding="utf-8") for page in pages)


def run(path: Path, folder: Path) -> Any:
    """Run a notebook in a process of its own, which finds no settings of whoever runs the tests."""
    homes = ("HOME", "JUPYTER_DATA_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_CONFIG_DIR", "IPYTHONDIR")
    environment = {**os.environ, **{name: str(folder / name.lower()) for name in homes}, "PYTHONPATH": str(ROOT)}
    work, ran = folder / "work", folder / "ran.ipynb"
    work.mkdir()
    command = [sys.executable, "-c", RUN, str(path), str(work), str(ran)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=600, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    return nbformat.read(ran, as_version=4)


def test_first_look_runs_and_shows_what_the_graph_says(graph: Graph, tmp_path: Path) -> None:
    """Every cell runs without an error; what it shows is what the graph answers here."""
    notebook = run(ROOT / "docs/notebooks/first-look.ipynb", tmp_path)
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell.outputs]
    assert [output for output in outputs if output.output_type in ("error", "stream")] == []
    html = [output.data["text/html"] for output in outputs if "text/html" in output.get("data", {})]
    assert f"statements {len(graph.store):,}" in html[0]
    worst = max(graph.gaps(place="xianyang", chain="tcm").findings, key=lambda finding: finding.severity)
    assert escaped(worst.label) in html[2]
    for shown in html:
        page = Page(shown)
        assert "script" not in page.elements
        assert page.handlers == []
        assert set(page.loads) <= {"titanium.html"}
    assert any("image/svg+xml" in output.get("data", {}) for output in outputs)
    said = next(str(output.data["text/plain"]) for output in outputs if "'xianyang-tcm," in str(output.get("data")))
    assert all(words in said for words in (repr(text)[1:-1] for text in graph.anchors(worst.passages).values()))
    assert (tmp_path / "work" / "titanium.html").stat().st_size > 100_000


def test_an_error_in_a_notebook_is_seen(tmp_path: Path) -> None:
    broken = json.loads(NOTEBOOKS[0].read_text(encoding="utf-8"))
    broken["cells"] = [{**broken["cells"][1], "source": ["raise ValueError('seen')"]}]
    path = tmp_path / "broken.ipynb"
    path.write_text(json.dumps(broken), encoding="utf-8")
    with pytest.raises(AssertionError, match=r"(?s)ValueError.*seen"):
        run(path, tmp_path)
