"""Each door of the README opens as written, apart from the ports."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import ROOT, free_port

SECTION = (ROOT / "README.md").read_text(encoding="utf-8").partition("## Take it into your own tool")[2]
SECTION = SECTION.partition("\n## ")[0]
DOORS = re.findall(r"```sh\n(.*?)```", SECTION, re.DOTALL)
SERVERS = re.compile(r"(kg serve|kg mcp --http|oxigraph serve)\b")
ADDRESSES = {"kg serve": "http://127.0.0.1:7878/health", "kg mcp": "http://127.0.0.1:7879/mcp"}
PATIENCE = 120


def lines(door: str) -> list[str]:
    """The commands of a block, without what is said of them."""
    return [re.sub(r"\s{2,}#.*", "", line) for line in door.splitlines()]


@pytest.fixture
def folder(tmp_path: Path, store_folder: Path) -> Path:
    """Where the commands are typed; `kg` and `oxigraph` are found there."""
    tools = tmp_path / "bin"
    tools.mkdir()
    (tools / "kg").write_text(
        f"#!/bin/sh\nexec {shlex.quote(sys.executable)} -c 'from kg.cli import main; main()' \"$@\"\n"
    )
    (tools / "kg").chmod(0o755)
    (tools / "oxigraph").symlink_to(Path(sys.executable).with_name("oxigraph"))
    del store_folder
    return tmp_path


@pytest.fixture
def servers() -> Iterator[list[subprocess.Popen[bytes]]]:
    """What runs beside the commands; ended with the test."""
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for server in started:
        server.terminate()
        server.wait(timeout=PATIENCE)


def wait_for(address: str) -> None:
    """Until something answers there."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        try:
            urllib.request.urlopen(address, timeout=5)
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail(f"nothing answers at {address}")


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("door", DOORS, ids=lambda door: " ".join(door.split()[:2]))
def test_a_door_opens_as_written(door: str, folder: Path, servers: list[subprocess.Popen[bytes]]) -> None:
    path = f"{folder / 'bin'}:{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}
    ports = {port: str(free_port()) for port in ("7878", "7879", "7880")}
    swap = re.compile("|".join(ports))
    for written in lines(door):
        line = swap.sub(lambda found: ports[found[0]], written)
        if server := SERVERS.match(written):
            own = next(
                (f" --port {ports[p]}" for p, c in (("7878", "kg serve"), ("7879", "kg mcp")) if written.startswith(c)),
                "",
            )
            servers.append(subprocess.Popen([*shlex.split(line + own)], cwd=folder, env=environment))
            address = ADDRESSES.get(server[1].removesuffix(" --http"), "http://127.0.0.1:7880/")
            wait_for(swap.sub(lambda found: ports[found[0]], address))
            continue
        if line.startswith("curl "):
            line = line.replace("curl ", "curl --silent --show-error --fail ", 1)
        done = subprocess.run(
            line, shell=True, cwd=folder, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{line}: {done.stderr}"
        assert done.stdout.strip(), line


def test_every_door_is_told_of() -> None:
    """The doors of the project: HTTP, MCP, other stores, exports, pages."""
    text = "\n".join(DOORS)
    for command in ("kg serve", "kg mcp", "kg publish", "kg --store", "kg export", "kg embed"):
        assert command in text
