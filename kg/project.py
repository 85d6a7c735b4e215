"""Where the ontology, the queries and the loaders are.

The bundled folders come with the package (`kg/bundled/` in an installed wheel, beside `kg/` in a checkout). A user's
folder with any of the three is laid over them: a file with the same path replaces the bundled one, others are added.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from kg.errors import DataError, UseError

FOLDERS = ("ontology", "queries", "loaders")
STORE = "IIS_KG_STORE"
"""The variable that names the graph."""
_INPUTS = (("ontology", "**/*.ttl"), ("queries", "rules/*.ru"), ("loaders", "**/*.[cjrt]*"))


def read_text(path: Path, name: str, error: type[DataError]) -> str:
    """The text of a file of a project.

    Args:
        path: where it is.
        name: what to call it in the error.
        error: what is raised where it is not UTF-8.
    """
    try:
        return path.read_text(encoding="utf-8")
    except UnicodeDecodeError as wrong:
        raise error(f"{name}: not UTF-8 ({wrong}). Save it as UTF-8") from None


@dataclass(frozen=True)
class Project:
    """Roots that hold `ontology/`, `queries/` and `loaders/`, the bundled one first.

    >>> project = Project.find()
    >>> project.file("ontology/core.ttl").name
    'core.ttl'
    """

    roots: tuple[Path, ...]

    @classmethod
    def find(cls, overlay: str | Path | None = None) -> Project:
        """The bundled folders, with a user's folder laid over them.

        Raises:
            UseError: the overlay has none of the three folders.
        """
        here = Path(__file__).resolve().parent
        bundled = here / "bundled"
        roots = [bundled if bundled.is_dir() else here.parent]
        if overlay is not None:
            folder = Path(overlay).resolve()
            if not any((folder / name).is_dir() for name in FOLDERS):
                raise UseError(
                    f"{overlay}: no project. Give a folder that holds one of {', '.join(f + '/' for f in FOLDERS)}"
                )
            roots.append(folder)
        return cls(tuple(roots))

    def folders(self, name: str) -> list[Path]:
        """The folders of that path in all roots that have it, the bundled one first."""
        return [root / name for root in self.roots if (root / name).is_dir()]

    def files(self, folder: str, pattern: str) -> Iterator[tuple[str, Path]]:
        """Pairs of relative path and file below a folder, sorted; a later root replaces an earlier one's file."""
        found: dict[str, Path] = {}
        for base in self.folders(folder):
            for path in base.glob(pattern):
                if path.is_file():
                    found[path.relative_to(base).as_posix()] = path
        yield from sorted(found.items())

    def file(self, relative: str) -> Path:
        """The file of that path in the last root that has it.

        Raises:
            FileNotFoundError: no root has it.
        """
        for root in reversed(self.roots):
            if (root / relative).is_file():
                return root / relative
        raise FileNotFoundError(relative)

    def digest(self) -> str:
        """SHA-256 of all that a graph is built from: the files of the ontology, the rules and the loaders."""
        found = hashlib.sha256()
        for folder, pattern in _INPUTS:
            for relative, path in self.files(folder, pattern):
                content = path.read_bytes()
                found.update(f"{folder}/{relative} {len(content)}\n".encode())
                found.update(content)
        return found.hexdigest()

    def default_store(self) -> Path:
        """Where the graph is kept unless told: $IIS_KG_STORE, `build/graph` here, or `build/graph` of the checkout."""
        if named := os.environ.get(STORE):
            return Path(named)
        here = Path("build") / "graph"
        checkout = self.roots[0] / "build" / "graph"
        in_checkout = (self.roots[0] / "pyproject.toml").is_file()
        if in_checkout and not here.exists() and checkout.exists():
            return checkout
        return here
