"""Files and folders that are written aside and put in place in one step: whole, or as they were before."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from kg.errors import UseError

LISTING = "export.json"
"""The file of a folder that says which files are an export's, so that another export may replace them."""


@contextlib.contextmanager
def replacing(path: Path, folder: bool = False) -> Iterator[Path]:
    """A path beside `path` to write to; at the end of the block it is synced to disk and takes the place of `path`.

    Where the block raises, `path` is left as it was, and nothing is left beside or above it. A link in the place of
    `path` is replaced and not followed.

    Args:
        path: the file or folder that is wanted; folders above it that are not there are made.
        folder: it is a folder; what is yielded is an empty one. A folder that is there already is replaced if it is
            empty or holds an export and nothing else.

    Raises:
        UseError: it cannot be written, or the folder holds something else.
    """
    aside: Path | None = None
    made: list[Path] = []
    done = False
    try:
        if folder:
            _check_replaceable(path)
        elif path.is_dir():
            raise IsADirectoryError(21, "it is a folder")
        made = [each for each in path.parents if not each.exists()]
        path.parent.mkdir(parents=True, exist_ok=True)
        aside = Path(tempfile.mkdtemp(prefix=".kg-export-", dir=path.parent))
        target = aside / "new"
        if folder:
            target.mkdir()
        yield target
        if folder:
            _list(target)
        for each in sorted(target.rglob("*")) if folder else ():
            _sync(each)
        _sync(target)
        if folder and path.exists():
            path.rename(aside / "old")
            try:
                target.rename(path)
            except OSError:
                (aside / "old").rename(path)
                raise
        else:
            target.replace(path)
        _sync(path.parent)
        done = True
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        raise UseError(f"{path}: cannot be written ({reason}). Name another {'folder' if folder else 'file'}") from None
    finally:
        if aside is not None:
            shutil.rmtree(aside, ignore_errors=True)
        for each in () if done else made:
            with contextlib.suppress(OSError, ValueError):  # something may have been put there meanwhile
                each.rmdir()


def _check_replaceable(path: Path) -> None:
    """Refuse a folder that holds anything but an earlier export."""
    if path.is_symlink() or (path.exists() and not path.is_dir()):
        raise UseError(f"{path}: is no folder. Name another folder with -o")
    if not path.is_dir():
        return
    there = {each.name for each in path.iterdir()}
    try:
        known = set(json.loads((path / LISTING).read_text(encoding="utf-8"))["files"]) | {LISTING}
    except (OSError, ValueError, KeyError, TypeError):
        known = set()
    if there - known:
        raise UseError(f"{path}: holds files that are of no export, such as {min(there - known)}. Name another folder")


def _list(folder: Path) -> None:
    names = sorted(each.name for each in folder.iterdir())
    (folder / LISTING).write_text(json.dumps({"files": names}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
