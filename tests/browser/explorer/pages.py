"""Explorers changed or made by hand for a test, folders served over HTTP, and pages that embed."""

from __future__ import annotations

import base64
import contextlib
import gzip
import json
import re
import threading
from collections.abc import Iterator, Mapping
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from kg.view.explorer.blocks import array_block, json_block, packed
from kg.view.explorer.page import page
from kg.view.explorer.quads import Quads

_META = re.compile(r'(id="kg-meta">)([^<]*)(<)')


def with_meta(html: str, **changes: Any) -> str:
    """An explorer that says something else of itself."""

    def change(found: re.Match[str]) -> str:
        meta = json.loads(gzip.decompress(base64.b64decode(found[2])))
        return found[1] + packed(json_block(meta | changes)) + found[3]

    changed, count = _META.subn(change, html)
    assert count == 1
    return changed


def made_page(
    quads: Quads, nodes: Mapping[str, npt.NDArray[Any]], edges: Mapping[str, npt.NDArray[Any]], **blocks: Any
) -> str:
    """A page of quads and a network made by hand; what is not given has a default.

    Args:
        quads: the graph.
        nodes: columns of the network as kg/view/explorer/network.py gives them, at least `term` and `kind`.
        edges: likewise, at least `source`, `target` and `property`.
        blocks: other blocks by name, as JSON holds them; views without theirs say that there is nothing.
    """
    none = np.zeros(0, dtype=np.int64)
    count, number = len(nodes["term"]), len(edges["source"])
    drawn = {name: np.zeros(count, dtype=np.int64) for name in ("status", "community", "degree")}
    drawn |= {"class": nodes["kind"], "x": np.arange(count) * 13, "y": (np.arange(count) * 7919) % 65_535}
    drawn |= {"pagerank": np.full(count, 1 / max(count, 1))}
    related = {name: np.zeros(number, dtype=np.int64) for name in ("status", "via", "belongs")}
    columns = {
        "nodes": drawn | dict(nodes),
        "edges": related | dict(edges),
        "passages": dict.fromkeys(("passage", "source", "section", "anchor"), none),
    }
    meta = {"quads": len(quads), "nodes": count, "sources": 0, "passages": 0, "digest": "", "prefixes": {}}
    others = {"questions": [], **blocks, "meta": meta | blocks.get("meta", {})}
    return page(
        quads.blocks()
        | {name: array_block(each) for name, each in columns.items()}
        | {name: json_block(each) for name, each in others.items()}
    )


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
