"""The page as a file: the built template with the data put into it as compressed blocks."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.analysis.facts import Facts
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer.blocks import array_block, json_block, packed
from kg.view.explorer.catalogue import questions
from kg.view.explorer.network import read_network
from kg.view.explorer.passages import passages
from kg.view.explorer.quads import Quads
from kg.view.explorer.views import VIEWS
from kg.view.pages import write_page

_HERE = "<!--blocks-->"


def write_explorer(store: OxigraphStore, project: Project, path: Path, meta: Mapping[str, Any] | None = None) -> None:
    """Write the explorer of a graph as one file that opens offline.

    Args:
        store: the graph; everything in it is in the file.
        project: whose questions the page can ask.
        path: the file to write.
        meta: what the page is to say of itself: `title`, `origins` that may embed it.

    Raises:
        UseError: the path cannot be written.
    """
    write_page(path, page(blocks(store, project, meta or {})))


def blocks(store: OxigraphStore, project: Project, meta: Mapping[str, Any]) -> dict[str, bytes]:
    """The data of the page by the name of its block."""
    facts = Facts(store.in_memory(), project)
    quads = Quads.read(store.dump().decode("utf-8").split("\n")[:-1])
    network = read_network(facts, quads)
    catalogue = facts.catalogue
    found = quads.blocks()
    found |= {name: array_block(columns) for name, columns in network.blocks().items()}
    found["passages"] = array_block(passages(facts, quads))
    found["questions"] = json_block(questions(catalogue) + questions(Catalogue.read(facts.project, "networks")))
    for name, view in VIEWS.items():
        found[name] = json_block(view(facts, quads))
    digest = hashlib.sha256(found["terms"] + found["quads"]).hexdigest()
    found["meta"] = json_block(
        {
            **meta,
            "quads": len(quads),
            "nodes": len(network),
            "digest": digest,
            "prefixes": _prefixes(facts.prefixes),
        }
    )
    return found


def page(data: Mapping[str, bytes]) -> str:
    """The page with its data."""
    scripts = [
        f'<script type="text/plain" id="kg-{name}">{packed(block)}</script>' for name, block in sorted(data.items())
    ]
    scripts.append(f'<script type="text/plain" id="kg-wasm">{_engine()}</script>')
    head, mark, tail = _template().partition(_HERE)
    assert mark, "the template has no place for the data"
    return f"{head}{chr(10).join(scripts)}{tail}"


def _prefixes(prefixes: Prefixes) -> dict[str, str]:
    return dict(sorted(prefixes.mapping.items()))


@cache
def _template() -> str:
    return (files("kg.view.explorer") / "assets" / "explorer.html").read_text(encoding="utf-8")


@cache
def _engine() -> str:
    """The engine as the page holds it: base64 of gzip."""
    return base64.b64encode((files("kg.view.explorer") / "assets" / "oxigraph.wasm.gz").read_bytes()).decode("ascii")
