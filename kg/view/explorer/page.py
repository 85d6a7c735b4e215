"""The page as a file: the built template with the data put into it as compressed blocks."""

from __future__ import annotations

import base64
import gc
import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import numpy as np

from kg.analysis.facts import Facts
from kg.errors import BadParameter, TooLarge, short
from kg.names import Prefixes
from kg.project import Project
from kg.query.catalogue import Catalogue
from kg.store.oxigraph import OxigraphStore
from kg.view.explorer.beside import process_beside
from kg.view.explorer.blocks import array_block, json_block, packed
from kg.view.explorer.boundaries import read_boundaries
from kg.view.explorer.catalogue import questions
from kg.view.explorer.network import read_network
from kg.view.explorer.passages import passages
from kg.view.explorer.quads import Quads
from kg.view.explorer.selection import EVERYTHING, Selection, select
from kg.view.explorer.views import VIEWS
from kg.view.pages import write_page

MOST_QUADS = 300_000
"""More than this in one page is too much for phones and small computers."""

LANGUAGES = ("en", "zh")
Tell = Callable[[str], None]

_HERE = "<!--blocks-->"
_ORIGIN = re.compile(r"[a-z][a-z0-9+.-]*://(\[[0-9a-f:.]+\]|[a-z0-9.-]+)(:[0-9]{1,5})?")


@dataclass(frozen=True)
class Settings:
    """How the page is to be, beside what is in it.

    Args:
        title: shown on top and in the tab; one of the page's own where there is none.
        language: in which it starts, en or zh; that of the browser where there is none.
        start: compact IRI of the thing that it opens on.
        origins: of pages that may embed it and speak with it: scheme://host, with :port where there is one; `null` for
            files and sandboxed frames, `*` for any.
        boundaries: a GeoJSON file to draw on the map.
        credit: whose these boundaries are; needed with them.
        most_quads: with more in the selection nothing is written.
    """

    title: str = ""
    language: str = ""
    start: str = ""
    origins: tuple[str, ...] = ()
    boundaries: Path | None = None
    credit: str = ""
    most_quads: int = MOST_QUADS

    def __post_init__(self) -> None:
        if self.language not in ("", *LANGUAGES):
            raise BadParameter(f"language={self.language}: the page has {' and '.join(LANGUAGES)}. Take one of them")
        for origin in self.origins:
            if origin not in ("*", "null") and not _ORIGIN.fullmatch(origin):
                raise BadParameter(
                    f"{short(origin)}: not an origin. Give scheme://host or scheme://host:port, without a path, "
                    "or null or *"
                )
        if bool(self.boundaries) != bool(self.credit.strip()):
            raise BadParameter(
                "boundaries and their credit line go together. Give a file and whose boundaries they are"
            )
        if self.most_quads < 1:
            raise BadParameter(f"most quads {self.most_quads}: a page holds at least one. Give a number from 1 up")

    @property
    def meta(self) -> dict[str, Any]:
        """What the page reads of it."""
        told = {"title": self.title, "language": self.language, "start": self.start, "origins": list(self.origins)}
        return {name: value for name, value in told.items() if value}


@dataclass(frozen=True)
class Written:
    """What a file holds: how many quads and drawn things, and its size in bytes."""

    quads: int
    nodes: int
    size: int


def write_explorer(
    store: OxigraphStore,
    project: Project,
    path: Path,
    meta: Mapping[str, Any] | None = None,
    *,
    selection: Selection = EVERYTHING,
    settings: Settings | None = None,
    tell: Tell = lambda _step: None,
) -> Written:
    """Write the explorer of a graph as one file that opens offline.

    Args:
        store: the graph.
        project: whose questions the page can ask.
        path: the file to write.
        meta: what the page is to say of itself besides.
        selection: what of the graph goes into the file; whoever has the file has it.
        settings: how the page is to be.
        tell: is told each step.

    Raises:
        UseError: the path cannot be written, nothing is left of the graph, or the boundaries cannot be read.
        TooLarge: more quads than asked for.
    """
    settings = settings or Settings()
    outlines = _outlines(settings)
    tell("choosing what goes into the file" if selection else "copying the graph")
    words = {"selection": selection.words(store)} if selection else {}
    with _uncollected():
        data = blocks(
            *select(store, project, selection),
            project,
            {**settings.meta, **words, **(meta or {})},
            settings.most_quads,
            tell,
        )
    tell("packing")
    text = page(data | outlines)
    write_page(path, text)
    counts = json.loads(data["meta"])
    return Written(counts["quads"], counts["nodes"], path.stat().st_size)


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without looks for garbage in circles: the millions of small objects here are in none, and the looks take long."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def blocks(
    store: OxigraphStore,
    quads: Quads,
    project: Project,
    meta: Mapping[str, Any],
    most_quads: int | None = None,
    tell: Tell = lambda _step: None,
) -> dict[str, bytes]:
    """The data of the page by the name of its block.

    Args:
        store: the graph, in memory.
        quads: the same by numbers.
        project: whose questions the page can ask.
        meta: what the page is to say of itself.
        most_quads: how many quads it may be; any number where none is given.
        tell: is told each step.

    Raises:
        TooLarge: there are more.
    """
    if most_quads is not None and len(quads) > most_quads:
        raise TooLarge(
            f"{len(quads):,} quads, more than the {most_quads:,} that the page may hold. Take a part of the graph "
            "(--place, --chain, --class, --source), or raise --most-quads (a million quads need about 1 GB of memory)"
        )
    facts = Facts(store, project)
    with process_beside(len(quads)) as begin:
        tell("asking what is drawn")
        network = read_network(store, facts.catalogue, quads)
        drawn = begin(network)
        tell("analysing the graph")
        said = passages(facts, quads)
        found = quads.blocks()
        found["passages"] = array_block(said)
        found["questions"] = json_block(questions(facts.catalogue) + questions(Catalogue.read(project, "networks")))
        for name, view in VIEWS.items():
            found[name] = json_block(view(facts, quads))
        tell("placing the things")
        found |= {name: array_block(columns) for name, columns in drawn().items()}
    digest = hashlib.sha256(found["terms"] + found["quads"]).hexdigest()
    found["meta"] = json_block(
        {
            **meta,
            "quads": len(quads),
            "nodes": len(network),
            "passages": len(np.unique(said["passage"])),
            "sources": len(np.unique(said["source"])),
            "digest": digest,
            "prefixes": _prefixes(facts.prefixes),
        }
    )
    return found


def page(data: Mapping[str, bytes]) -> str:
    """The page with its data."""
    names = sorted(data)
    with ThreadPoolExecutor() as together:
        texts = together.map(packed, (data[name] for name in names))
        scripts = [
            f'<script type="text/plain" id="kg-{name}">{text}</script>' for name, text in zip(names, texts, strict=True)
        ]
    scripts.append(f'<script type="text/plain" id="kg-wasm">{_engine()}</script>')
    head, mark, tail = _template().partition(_HERE)
    assert mark, "the template has no place for the data"
    return f"{head}{chr(10).join(scripts)}{tail}"


def _outlines(settings: Settings) -> dict[str, bytes]:
    """The block of boundaries, where there are any."""
    if settings.boundaries is None:
        return {}
    return {"boundaries": json_block(read_boundaries(settings.boundaries, settings.credit))}


def _prefixes(prefixes: Prefixes) -> dict[str, str]:
    return dict(sorted(prefixes.mapping.items()))


@cache
def _template() -> str:
    return (files("kg.view.explorer") / "assets" / "explorer.html").read_text(encoding="utf-8")


@cache
def _engine() -> str:
    """The engine as the page holds it: base64 of gzip."""
    return base64.b64encode((files("kg.view.explorer") / "assets" / "oxigraph.wasm.gz").read_bytes()).decode("ascii")
