"""Servers that are not ours, run in scratch folders for tests: Virtuoso 7 and the Oxigraph server."""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import free_port

_PATIENCE = 60.0
_INI = Path("/usr/share/virtuoso-opensource-7/virtuoso.ini")
_KEPT = "/var/lib/virtuoso-opensource-7"


def missing(what: str) -> None:
    """Skip the test, or fail it in CI."""
    pytest.fail(what) if os.environ.get("CI") else pytest.skip(what)


def ending_with_us(command: list[str]) -> list[str]:
    """A command whose process is killed when this one ends, in whatever way; as it is where `setpriv` is missing."""
    setpriv = shutil.which("setpriv")
    return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else command


@contextlib.contextmanager
def running(command: list[str], url: str, folder: Path) -> Iterator[int]:
    """A server as a process of its own, from its first answer on; it gives the id of the process."""
    with (folder / "server.log").open("wb") as log:
        process = subprocess.Popen(ending_with_us(command), cwd=folder, stdout=log, stderr=log, start_new_session=True)
        try:
            _wait(url, process, folder)
            yield process.pid
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)


def _wait(url: str, process: subprocess.Popen[bytes], folder: Path) -> None:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        assert process.poll() is None, (folder / "server.log").read_text(errors="replace")[-2_000:]
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except urllib.error.HTTPError as error:
            error.close()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"{process.args!r} did not start")


@contextlib.contextmanager
def oxigraph(folder: Path, *options: str, holding: Path | None = None) -> Iterator[str]:
    """An Oxigraph server; it gives its root, to which `/query`, `/update`, `/store` are added.

    Args:
        folder: of its own.
        options: of its command.
        holding: N-Quads that it loads in its own way before it is there; nothing where none are given.
    """
    binary = Path(sys.executable).with_name("oxigraph")
    if not binary.is_file():
        missing("the Oxigraph server is missing: pip install oxigraph")
    folder.mkdir(parents=True, exist_ok=True)
    if holding:
        load = [str(binary), "load", "-l", str(folder / "store"), "-f", str(holding)]
        subprocess.run(load, check=True, capture_output=True, timeout=_PATIENCE)
    root = f"http://127.0.0.1:{free_port()}"
    command = [str(binary), "serve", "-l", str(folder / "store"), "-b", root.removeprefix("http://"), *options]
    with running(command, root, folder):
        yield root


@contextlib.contextmanager
def virtuoso(folder: Path, writable: bool = True, holding: Path | None = None) -> Iterator[str]:
    """A Virtuoso 7; it gives the address of its endpoint.

    Args:
        folder: of its own.
        writable: whether anybody may write there.
        holding: N-Quads that it loads in its own way before it is there; nothing where none are given.
    """
    binary, isql = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if binary is None or isql is None or not _INI.is_file():
        missing("Virtuoso is missing: apt-get install virtuoso-opensource-7")
    folder.mkdir(parents=True, exist_ok=True)
    sql, web = free_port(), free_port()
    text = _INI.read_text(encoding="utf-8").replace(f"{_KEPT}/db", str(folder)).replace(f"{_KEPT}/vsp", str(folder))
    for port, was in ((sql, 1111), (web, 8890)):
        text = re.sub(rf"(?m)^ServerPort\s*=\s*{was}", f"ServerPort = 127.0.0.1:{port}", text)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    url = f"http://127.0.0.1:{web}/sparql"
    with running([str(binary), "-f", "-c", "virtuoso.ini"], f"{url}?query=ASK%7B%7D", folder):
        statements = ['GRANT SPARQL_UPDATE TO "SPARQL";'] if writable else []
        if holding:
            shutil.copy(holding, folder / "loaded.nq")
            statements += ["ld_dir('.', 'loaded.nq', 'urn:unused');", "rdf_loader_run();"]
        for statement in statements:
            run = [str(isql), f"127.0.0.1:{sql}", "dba", "dba", f"EXEC={statement}"]
            subprocess.run(run, check=True, capture_output=True, timeout=_PATIENCE)
        yield url
