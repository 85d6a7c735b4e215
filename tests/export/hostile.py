"""A small graph with texts that spreadsheets run, that workbooks cannot hold, and that are longer than a cell."""

from __future__ import annotations

from pathlib import Path

from kg.api import Graph
from kg.load.build import build
from kg.store.folder import open_current
from kg.store.oxigraph import OxigraphStore
from tests.support import PREFIXES, make_project

FORMULAS = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "'=1+1", '=HYPERLINK("http://evil.example","x")')
LONG = "界" * 40_000
ILLEGAL = "a\x01b\x0bc"
PLACES = (
    "key,class,label,label_zh,section,anchor\n"
    "china,Country,China,中国,1.1,the whole of China\n"
    "bad,City,=cmd|' /C calc'!A1,坏,1.2,-2+3\n"
)


def hostile_graph(folder: Path) -> Graph:
    """The graph: a place that a document speaks of has all these texts as other names."""
    project = make_project(folder / "project", {"place": PLACES}, reference=False, title="A document")
    build(project, folder / "store")
    lines = list(open_current(folder / "store").nquads())
    bad, passage = PREFIXES.mapping["place"] + "bad", PREFIXES.mapping["source"] + "mine#the-whole-of-china"
    assert any(passage in line for line in lines)
    other = PREFIXES.mapping["skos"] + "altLabel"
    for text in (*FORMULAS, LONG, ILLEGAL):
        written = text.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\r", "\\r")
        written = "".join(f"\\u{ord(sign):04X}" if sign < " " else sign for sign in written)
        lines.append(f'<{bad}> <{other}> "{written}" <{passage}> .')
    return Graph(OxigraphStore.of_lines(lines), project)
