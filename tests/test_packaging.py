"""What is shipped: the wheel holds what the repository holds of its five folders, and nothing else."""

from __future__ import annotations

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

SHIPPED = ("kg", "ontology", "queries", "loaders", "scenarios")
WEB, ASSETS = "kg/view/explorer/web/", ROOT / "kg/view/explorer/assets"


def tracked() -> set[str]:
    """The files of the five folders that a wheel has of the repository, where they lie in it."""
    done = subprocess.run(["git", "ls-files", "-z", "--", *SHIPPED], cwd=ROOT, capture_output=True, check=True)
    names = {name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()}
    names = {name for name in names if not name.startswith(WEB)}  # what the page is built from; its assets are shipped
    return {name if name.startswith("kg/") else f"kg/bundled/{name}" for name in names}


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (path,) = out.glob("*.whl")
    return path


def contents(wheel: Path) -> set[str]:
    with zipfile.ZipFile(wheel) as archive:
        return {name for name in archive.namelist() if ".dist-info/" not in name}


def test_the_wheel_holds_what_the_repository_holds(wheel: Path) -> None:
    shipped, ours = contents(wheel), tracked()
    assert (sorted(ours - shipped), sorted(shipped - ours)) == ([], [])
    assert len(shipped) > 200


def test_the_wheel_is_whole_without_the_checkout(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, the package finds its own folders."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path)
    code = (
        "from kg.project import Project; from kg.query.catalogue import Catalogue; import kg;"
        "p = Project.find(); print(p.roots[0].relative_to(kg.__path__[0]), len(Catalogue.read(p)) > 30)"
    )
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}, check=True
    )
    assert done.stdout == "bundled True\n"


def test_the_wheel_names_its_command_and_licence(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        info = {name.partition(".dist-info/")[2]: name for name in archive.namelist() if ".dist-info/" in name}
        assert "kg = kg.cli:main" in archive.read(info["entry_points.txt"]).decode("utf-8")
        assert "licenses/LICENSE" in info


def test_the_wheel_writes_the_explorer_without_node(wheel: Path, tmp_path: Path) -> None:
    """Unpacked elsewhere, with nothing on PATH."""
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(tmp_path / "wheel")
    code = (
        "from pathlib import Path; from kg.project import Project; from kg.store.oxigraph import OxigraphStore;"
        "from kg.view.explorer import write_explorer; import kg;"
        "s = OxigraphStore.of_lines(['<urn:a> <urn:b> \"c\" <urn:g> .']);"
        "print(write_explorer(s, Project.find(), Path('page.html')).quads, Path(kg.__file__).parents[1].name)"
    )
    command = [sys.executable, "-P", "-c", code]
    done = subprocess.run(
        command,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={"PYTHONPATH": str(tmp_path / "wheel"), "PATH": str(tmp_path)},
        check=False,
    )
    assert (done.stdout, done.stderr) == ("1 wheel\n", "")
    assert (tmp_path / "page.html").stat().st_size > 1_000_000


@pytest.fixture(scope="module")
def rebuilt(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The assets built anew in a copy of their sources, and that copy; without npm it is skipped, or fails in CI."""
    npm, node = shutil.which("npm"), shutil.which("node")
    if not (npm and node):
        missing = "npm and node are missing: apt install nodejs npm"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    web = tmp_path_factory.mktemp("explorer") / "web"
    shutil.copytree(ROOT / WEB, web, ignore=shutil.ignore_patterns("node_modules"))
    out = web.parent / "assets"
    for command in (
        [str(npm), "ci", "--ignore-scripts", "--no-audit", "--no-fund"],
        [str(node), "build.mjs", str(out)],
    ):
        done = subprocess.run(command, cwd=web, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    return out, web


def test_the_page_that_is_shipped_is_what_its_sources_give(rebuilt: tuple[Path, Path]) -> None:
    out, _ = rebuilt
    ours, theirs = ({path.name: path for path in folder.iterdir()} for folder in (ASSETS, out))
    assert sorted(ours) == sorted(theirs)
    for name, path in theirs.items():
        told = f"{name} differs: run `npm ci && node build.mjs` in {WEB} and commit kg/view/explorer/assets"
        same = path.read_bytes() == ours[name].read_bytes()
        if name.endswith(".gz"):  # another zlib compresses to other bytes of the same content
            same = gzip.decompress(path.read_bytes()) == gzip.decompress(ours[name].read_bytes())
        assert same, told


def test_every_package_in_the_page_is_named_with_its_licence(rebuilt: tuple[Path, Path]) -> None:
    """What the sources import is named, with the version that is locked and a licence that permits it."""
    _, web = rebuilt
    licences = (ASSETS / "LICENCES.txt").read_text(encoding="utf-8")
    lock = json.loads((web / "package-lock.json").read_text(encoding="utf-8"))
    sources = "\n".join(path.read_text(encoding="utf-8") for path in (web / "src").rglob("*.js"))
    imported = re.findall(r"""\bfrom\s+["']((?:@[\w.-]+/)?[\w-][\w.-]*)["'/]""", sources)
    wanted = set(imported)
    assert "oxigraph" in wanted
    for name in wanted:
        about = lock["packages"][f"node_modules/{name}"]
        assert f"{name} {about['version']} (" in licences, name
    named = re.findall(r"^(\S+) (\d\S*) \((.+)\)$", licences, re.MULTILINE)
    assert len(named) >= len(wanted)
    for name, version, licence in named:
        assert lock["packages"][f"node_modules/{name}"]["version"] == version
        assert licence in ("MIT", "ISC", "Apache-2.0", "MIT OR Apache-2.0", "BSD-3-Clause"), name
