"""Firefox by its own protocol, Marionette, since Debian has no geckodriver: JSON with its length in front."""

from __future__ import annotations

import json
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

_PORT = 2828


class Firefox:
    """A headless Firefox with a profile of its own; close it with `quit`.

    Args:
        program: the path of Firefox.
        folder: an empty folder for its profile.
    """

    def __init__(self, program: str, folder: Path) -> None:
        command = [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._socket = self._connected()
        self._count = 0
        self._read()  # it says who it is
        self.command("WebDriver:NewSession", {"capabilities": {"alwaysMatch": {"timeouts": {"script": 60_000}}}})

    def get(self, address: str) -> None:
        """Open an address."""
        self.command("WebDriver:Navigate", {"url": address})

    def execute_async_script(self, script: str, *arguments: Any) -> Any:
        """Run the body of a function whose last argument takes the result."""
        return self.command("WebDriver:ExecuteAsyncScript", {"script": script, "args": list(arguments)})["value"]

    def command(self, name: str, parameters: dict[str, Any]) -> Any:
        """Send a command and give what it answers."""
        self._count += 1
        message = json.dumps([0, self._count, name, parameters]).encode()
        self._socket.sendall(str(len(message)).encode() + b":" + message)
        _kind, _number, error, result = self._read()
        assert error is None, error
        return result

    def quit(self) -> None:
        """End it."""
        self._socket.close()
        self._process.kill()
        self._process.wait()

    def _connected(self) -> socket.socket:
        end = time.monotonic() + 60
        while True:
            try:
                return socket.create_connection(("127.0.0.1", _PORT), timeout=60)
            except OSError:
                assert self._process.poll() is None and time.monotonic() < end, "Firefox did not start"
                time.sleep(0.2)

    def _read(self) -> Any:
        length = b""
        while not length.endswith(b":"):
            length += self._socket.recv(1)
        body = b""
        while len(body) < int(length[:-1]):
            body += self._socket.recv(65_536)
        return json.loads(body)
