"""Explorers changed for a test, folders served over HTTP, and pages that embed."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from kg.view.explorer.blocks import json_block, packed

_META = re.compile(r'(id="kg-meta">)([^<]*)(<)')


def with_meta(html: str, **changes: Any) -> str:
    """An explorer that says something else of itself."""

    def change(found: re.Match[str]) -> str:
        meta = json.loads(gzip.decompress(base64.b64decode(found[2])))
        return found[1] + packed(json_block(meta | changes)) + found[3]

    changed, count = _META.subn(change, html)
    assert count == 1
    return changed


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: Any) -> None:
        """Say nothing."""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Serve a folder from a port of its own; gives the origin."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
