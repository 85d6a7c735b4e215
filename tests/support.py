"""What several tests share: where things are, small projects, and the command as typed."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kg.names import Prefixes
from kg.project import Project

ROOT = Path(__file__).resolve().parents[1]
DOCUMENTS = ROOT.parent / "shared" / "documents"
PAPERS = ("baoji-titanium", "industrial-clusters", "qinba", "xianyang-tcm", "yijing-jingen")
PREFIXES = Prefixes.read(ROOT / "ontology" / "prefixes.ttl")
PREFIX_LINES = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in sorted(PREFIXES.mapping.items()))
"""For a query of a file, which is read as it stands."""

CHINA = "key,class,label\nchina,Country,China\n"
"""A table of places that loads."""


def documents() -> Path:
    """The folder of the documents; without it the test is skipped, or fails where CI is set."""
    if not DOCUMENTS.is_dir():
        missing = f"{DOCUMENTS} is missing: it holds the texts of the papers"
        pytest.fail(missing) if os.environ.get("CI") else pytest.skip(missing)
    return DOCUMENTS


def write_package(loaders: Path, tables: Mapping[str, str | bytes], name: str = "mine", **descriptor: Any) -> Path:
    """Write a Data Package of tables by type; `a/place` is a second table `a.csv` of the type `place`."""
    folder = loaders / name
    folder.mkdir(parents=True, exist_ok=True)
    resources = []
    for key, content in tables.items():
        file, _, kind = key.rpartition("/")
        file = file or kind
        (folder / f"{file}.csv").write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
        resources.append({"name": file, "path": f"{file}.csv", "schema": f"../tables/{kind}.schema.json"})
    data = {"name": name, "title": name.title(), "reference": True, "resources": resources, **descriptor}
    (folder / "datapackage.json").write_text(json.dumps(data), encoding="utf-8")
    return folder


def make_project(
    root: Path, tables: Mapping[str, str | bytes], *, shapes: bool = False, rules: bool = True, **descriptor: Any
) -> Project:
    """A project of its own: our ontology without the classifications of others, our table types, one package."""
    for relative in ("ontology/vocabularies", "queries", "loaders"):
        (root / relative).mkdir(parents=True, exist_ok=True)
    for path in (ROOT / "ontology").glob("*.ttl"):
        (root / "ontology" / path.name).symlink_to(path)
    for own in ("units", "qualifiers", "roles", "kinds", "aspects"):
        (root / f"ontology/vocabularies/{own}.ttl").symlink_to(ROOT / f"ontology/vocabularies/{own}.ttl")
    if shapes:
        (root / "ontology/shapes").symlink_to(ROOT / "ontology/shapes")
    for folder in (ROOT / "queries").iterdir():
        if folder.is_dir() and (rules or folder.name != "rules"):
            (root / "queries" / folder.name).symlink_to(folder)
    (root / "loaders/tables").symlink_to(ROOT / "loaders/tables")
    write_package(root / "loaders", tables, **descriptor)
    return Project((root,))


def add_query(root: Path, text: str | bytes, name: str = "mine", group: str = "evidence") -> Path:
    """Write a query file, or a rule, into a folder that is laid over the bundled ones."""
    path = root / "queries" / group / f"{name}.{'ru' if group == 'rules' else 'rq'}"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.encode("utf-8") if isinstance(text, str) else text)
    return path


@dataclass(frozen=True)
class Ran:
    """What a command said."""

    code: int
    out: str
    err: str


def run_process(*arguments: str | Path, stdin: bytes | None = None, **environment: str) -> Ran:
    """Run `kg` as typed, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT), **environment},
        timeout=120,
        check=False,
    )
    return Ran(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))


def free_port() -> int:
    """A port of this machine that nothing listens on."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        return int(held.getsockname()[1])
