"""What is shipped: the wheel holds what the repository holds of its five folders, and nothing else."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.support import ROOT

SHIPPED = ("kg", "ontology", "queries", "loaders", "scenarios")


def tracked() -> set[str]:
    """The files of the five folders that the repository has, where they lie in a wheel."""
    done = subprocess.run(["git", "ls-files", "-z", "--", *SHIPPED], cwd=ROOT, capture_output=True, check=True)
    names = {name for name in done.stdout.decode("utf-8").split("\0") if name and (ROOT / name).is_file()}
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
