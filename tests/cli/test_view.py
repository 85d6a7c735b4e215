"""`kg report`, `kg findings` and `kg view` as typed: what is written, where, and what is said."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kg.api import Graph
from tests.conftest import RunKg
from tests.view.explorer.test_selection import blocks_of
from tests.view.hostile import Page


@pytest.fixture(autouse=True)
def _elsewhere(graph: Graph, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Work in an empty folder, on the graph of the papers."""
    assert graph
    monkeypatch.chdir(tmp_path)


def test_report_is_written_where_it_is_told(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("report", "-o", tmp_path / "out" / "r.html")
    assert (ran.code, ran.out, ran.err) == (0, f"{tmp_path / 'out' / 'r.html'}\n", "")
    assert "Findings" in Page((tmp_path / "out" / "r.html").read_text(encoding="utf-8")).text


def test_explorer_of_a_part_is_written_and_said(kg: RunKg, tmp_path: Path) -> None:
    """钛产业链 is the Chinese name of the titanium chain, 宝鸡 that of Baoji."""
    ran = kg("view", "宝鸡", "--chain", "钛产业链", "--title", "Titanium", "--allow-origin", "https://a.example")
    assert (ran.code, ran.out) == (0, "build/place-baoji.html\n")
    assert re.fullmatch(r"\d\.\d MB: [\d,]+ facts, [\d,]+ things drawn\n", ran.err)
    meta = json.loads(blocks_of(tmp_path / "build" / "place-baoji.html")["meta"])
    assert (meta["title"], meta["start"], meta["origins"]) == ("Titanium", "place:baoji", ["https://a.example"])
    assert meta["selection"] == {"chains": [{"en": "Titanium industry chain", "zh": "钛产业链"}]}
    assert meta["sources"] >= 1
    assert meta["passages"] > meta["sources"]


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (["--chain", "titaniumm"], "unknown chain: titaniumm. Did you mean"),
        (["--source", "baoji"], "unknown source: baoji. "),
        (["--class", "Citty"], "unknown class: Citty. Did you mean City"),
        (["--allow-origin", "https://a.example/path"], "not an origin"),
        (["--boundaries", "x.geojson"], "boundaries and their credit line go together"),
        (["--boundaries", "none.geojson", "--credit", "me"], "none.geojson"),
        (["--language", "fr"], "the page has en and zh"),
        (["--most-quads", "100"], "quads, more than the 100 that the page may hold"),
        (["--most-quads", "0"], "holds at least one"),
        (["--simple"], "draws what is joined to one thing"),
        (["baoji", "--depth", "2"], "are of the small page"),
        (["baoji", "--simple", "--chain", "titanium"], "draws what is joined to one thing"),
        (["baoji", "--simple", "--title", "Baoji"], "the small page has no title"),
    ],
)
def test_explorer_that_cannot_be_written_is_told_in_a_line(
    kg: RunKg, tmp_path: Path, options: list[str], told: str
) -> None:
    ran = kg("view", *options)
    assert ran.code == 2
    assert told in ran.err
    assert ran.err.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_simple_view_is_written_to_build_by_default_under_the_name_of_the_thing(kg: RunKg, tmp_path: Path) -> None:
    """宝鸡 is the Chinese name of Baoji."""
    ran = kg("view", "宝鸡", "--simple")
    assert (ran.code, ran.out) == (0, "build/place-baoji.html\n")
    assert [path.name for path in (tmp_path / "build").iterdir()] == ["place-baoji.html"]


def test_simple_view_reaches_further_with_depth(kg: RunKg, tmp_path: Path) -> None:
    """Wuhan lies in Hubei, and Hubei in China: two steps."""
    kg("view", "place:wuhan", "--simple", "-o", tmp_path / "near.html")
    kg("view", "place:wuhan", "--simple", "-o", tmp_path / "far.html", "--depth", "2")
    near, far = (Page((tmp_path / f"{name}.html").read_text(encoding="utf-8")).text for name in ("near", "far"))
    assert "Hubei within China" not in near
    assert "Hubei within China" in far


def test_unknown_thing_is_told_with_the_nearest_name(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("view", "Baojii")
    assert ran.code == 2
    assert "Did you mean baoji" in ran.err
    assert list(tmp_path.iterdir()) == []


def test_too_many_things_are_told_and_nothing_is_written(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("view", "place:china", "--simple", "--depth", "3", "--physics")
    assert ran.code == 2
    assert "more than the 300 that a small picture can show" in ran.err
    assert "kg view place:china -o graph.html" in ran.err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["../../etc/passwd", "%2e%2e%2fx", "/etc/passwd", "a\x00b", "CON", "x" * 300])
def test_hostile_name_writes_nothing_anywhere(kg: RunKg, tmp_path: Path, name: str) -> None:
    """Reliability T11."""
    assert kg("view", name).code == 2
    assert list(tmp_path.iterdir()) == []


def test_file_that_cannot_be_written_is_told(kg: RunKg, tmp_path: Path) -> None:
    ran = kg("report", "-o", tmp_path)
    assert ran.code == 2
    assert "cannot be written" in ran.err


def test_findings_name_kind_query_source_and_section(kg: RunKg) -> None:
    """Xianyang paper, IV.C: clinical trials are missing."""
    ran = kg("findings", "--all")
    assert ran.code == 0
    assert "(gaps)" in ran.out
    rows = re.split(r"\n +\d+ ", ran.out)
    row = next(row for row in rows if row.startswith("  Xianyang, ") and "Clinical" in row)
    assert "said to be missing" in " ".join(row.split())
    assert "xianyang-tcm IV.C" in row
    assert "--place xianyang" in row


def test_findings_fit_a_hundred_columns(kg: RunKg) -> None:
    assert max(len(line) for line in kg("findings", "--all").out.splitlines()) <= 100


def test_findings_are_cut_short_with_the_number_left_out(kg: RunKg) -> None:
    short, full = kg("findings").out, kg("findings", "--all").out
    assert "more (--all)" in short
    assert "more (--all)" not in full
    assert len(short) < len(full)


def test_findings_of_one_kind(kg: RunKg) -> None:
    out = kg("findings", "--kind", "overlap").out
    assert out.startswith("OVERLAP: ")
    assert "GAP: " not in out


def test_unknown_kind_tells_the_known_ones(kg: RunKg) -> None:
    ran = kg("findings", "--kind", "overlaps")
    assert ran.code == 2
    assert "Did you mean overlap?" in ran.err
