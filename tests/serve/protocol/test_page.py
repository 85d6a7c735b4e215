"""The page on the endpoint: its commands run as they are printed, and give what is printed."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess

import pytest

from tests.serve.support import Served
from tests.support import ROOT

PAGE = (ROOT / "docs/how-to/sparql-endpoint.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"```\n\$ (curl [^\n]*)\n(.*?)```", PAGE, re.DOTALL)


@pytest.mark.parametrize(("command", "shown"), COMMANDS, ids=lambda text: text[:30])
def test_a_command_of_the_page_gives_what_is_printed(server: Served, command: str, shown: str) -> None:
    if not shutil.which("curl"):
        pytest.fail("curl is missing") if os.environ.get("CI") else pytest.skip("curl is missing")
    address, _, filtered = command.replace("http://127.0.0.1:7878", server.url).partition(" | ")
    done = subprocess.run(shlex.split(address), capture_output=True, text=True, check=True, timeout=60)
    lines = done.stdout.splitlines()
    if filtered:
        wanted = shlex.split(filtered)[1]
        lines = [line for line in lines if wanted in line]
    assert [line.strip() for line in lines] == [line.strip() for line in shown.splitlines()]


def test_the_page_has_commands() -> None:
    assert len(COMMANDS) == 4
