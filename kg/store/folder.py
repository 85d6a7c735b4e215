"""The graph on disk: a folder of generations, of which the file CURRENT names one.

A new generation is written aside, counted against its manifest, and put in force by replacing CURRENT in one step; a
build killed at any point leaves the old generation whole. The generation before is kept for readers that still use it.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import itertools
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from kg.errors import StoreError, StoreLocked, StoreMissing
from kg.store.oxigraph import OxigraphStore, write_folder

CURRENT = "CURRENT"
"""The file that names the generation in force."""

_LOCK, _MANIFEST = "LOCK", "manifest.json"


@dataclass(frozen=True)
class Manifest:
    """What a generation must hold: number of quads, SHA-256 of its sorted N-Quads, and the counts of its build.

    `sha256` is empty where the generation was not built but changed. `inputs` is the SHA-256 of what it was built from;
    empty where that is not known.
    """

    quads: int
    sha256: str
    counts: dict[str, int]
    inputs: str = ""


@contextlib.contextmanager
def exclusive(folder: Path) -> Iterator[None]:
    """Hold the folder for writing.

    Raises:
        StoreLocked: another process is writing there.
        StoreError: the folder cannot be written.
    """
    with contextlib.ExitStack() as stack:
        try:
            folder.mkdir(parents=True, exist_ok=True)
            lock = stack.enter_context((folder / _LOCK).open("w"))
        except OSError as error:
            raise StoreError(f"{folder}: cannot be written ({error.strerror}). Give another --store") from None
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StoreLocked(
                f"{folder}: another process is building there. Wait until it has ended, or give another --store"
            ) from None
        _clear(folder)
        try:
            yield
        finally:
            _clear(folder)


def _clear(folder: Path) -> None:
    """Take away what builds wrote aside and did not put in force."""
    for leftover in folder.glob("aside-*"):
        shutil.rmtree(leftover, ignore_errors=True)


@dataclass(frozen=True)
class Prepared:
    """A generation that was written aside and holds what it should, and is not in force yet."""

    folder: Path
    aside: Path
    manifest: Manifest

    def put_in_force(self) -> Manifest:
        """Make it the generation that is read from now on; the one before it is kept for those who read it.

        Raises:
            StoreError: the folder cannot be written; the old generation stays in force.
        """
        before = _current(self.folder)
        generation = _free(self.folder / f"g-{self.manifest.sha256[:16] or secrets.token_hex(8)}")
        try:
            self.aside.rename(generation)
            pointer = self.folder / f"{CURRENT}.new"
            _write(pointer, generation.name + "\n")
            pointer.replace(self.folder / CURRENT)
        except OSError as error:
            raise _unwritable(self.folder, error) from None
        for old in self.folder.glob("g-*"):
            if old != generation and (before is None or old != before):
                shutil.rmtree(old, ignore_errors=True)
        return self.manifest


def prepare(folder: Path, lines: Sequence[str], counts: dict[str, int], inputs: str = "") -> Prepared:
    """Write sorted N-Quads lines as a new generation aside. Call it inside `exclusive`, whose end takes it away again.

    Raises:
        StoreError: the store cannot be written or does not hold what was given.
    """
    digest = hashlib.sha256("".join(line + "\n" for line in lines).encode("utf-8")).hexdigest()
    manifest = Manifest(len(lines), digest, counts, inputs)
    aside = path_aside(folder)
    try:
        written = write_folder(aside, lines)
        if written != manifest.quads:
            raise StoreError(f"{folder}: {written} quads were written instead of {manifest.quads}. Build again")
    except OSError as error:
        raise _unwritable(folder, error) from None
    return _described(folder, aside, manifest)


def path_aside(folder: Path) -> Path:
    """Where a generation is written before it is put in force."""
    return folder / f"aside-{os.getpid()}"


def prepare_changed(folder: Path, quads: int) -> Prepared:
    """Describe the changed copy of a generation that lies at `path_aside`. Call it inside `exclusive`.

    Its hash is not known: computing it takes longer than most changes.

    Args:
        folder: of the graph.
        quads: that the copy holds.

    Raises:
        StoreError: the folder cannot be written.
    """
    return _described(folder, path_aside(folder), Manifest(quads, "", {"quads": quads}))


def _described(folder: Path, aside: Path, manifest: Manifest) -> Prepared:
    try:
        _write(aside / _MANIFEST, json.dumps(asdict(manifest), indent=2) + "\n")
    except OSError as error:
        raise _unwritable(folder, error) from None
    return Prepared(folder, aside, manifest)


def publish(folder: Path, lines: Sequence[str], counts: dict[str, int]) -> Manifest:
    """Write sorted N-Quads lines as a new generation and put it in force. Call it inside `exclusive`.

    Raises:
        StoreError: the store cannot be written or does not hold what was given; the old generation stays in force.
    """
    return prepare(folder, lines, counts).put_in_force()


def _unwritable(folder: Path, error: OSError) -> StoreError:
    return StoreError(f"{folder}: cannot be written ({error}). Make room there, or give another --store")


def _free(path: Path) -> Path:
    """The path, or it with a number behind it: the same graph built again must not touch the generation in force."""
    numbered = (path.with_name(f"{path.name}-{number}") for number in itertools.count(2))
    return next(candidate for candidate in itertools.chain([path], numbered) if not candidate.exists())


def _write(path: Path, text: str) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())


def open_current(folder: Path) -> OxigraphStore:
    """Open the generation in force, read-only, after its count was checked.

    Raises:
        StoreMissing: nothing was built there.
        StoreError: the store is damaged, or does not hold what its manifest says.
    """
    generation = generation_in_force(folder)
    try:
        return _opened(folder, folder / generation)
    except StoreError:
        if generation_in_force(folder) == generation:
            raise
    return open_current(folder)  # it was replaced meanwhile, and taken away


def _opened(folder: Path, generation: Path) -> OxigraphStore:
    store = OxigraphStore.read_only(generation)
    manifest = _manifest(generation)
    if len(store) != manifest.quads:
        raise StoreError(
            f"{folder}: the store holds {len(store)} quads, its manifest says {manifest.quads}. Run `kg build` again"
        )
    return store


def generation_in_force(folder: Path) -> str:
    """The name of the generation in force, which is a folder in that folder.

    Raises:
        StoreMissing: nothing was built there.
    """
    generation = _current(folder)
    if generation is None:
        raise StoreMissing(f"{folder}: no graph there. Run `kg build` first, or say with --store where it is")
    return generation.name


def read_manifest(folder: Path) -> Manifest:
    """The manifest of the generation in force.

    Raises:
        StoreError: it is missing or cannot be read.
    """
    return _manifest(_current(folder) or folder)


def _manifest(generation: Path) -> Manifest:
    path = generation / _MANIFEST
    try:
        return Manifest(**json.loads(path.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(f"{path}: the manifest cannot be read ({error}). Run `kg build` again") from None


def _current(folder: Path, passed: str = "") -> Path | None:
    try:
        name = (folder / CURRENT).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError):
        return None
    generation = folder / name
    if not name.startswith("g-") or "/" in name:
        return None
    if generation.is_dir():
        return generation
    return None if name == passed else _current(folder, name)  # another may be in force by now
