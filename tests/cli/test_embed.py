"""`kg embed`."""

from __future__ import annotations

from pathlib import Path

from kg.api import Graph
from tests.conftest import RunKg


def test_a_fragment_is_printed_or_written(kg: RunKg, graph: Graph, tmp_path: Path) -> None:
    printed = kg("embed", "stages-in-order", "chain=titanium", "--title", "A & B", "--height", "300")
    assert printed.code == 0
    assert printed.out.startswith('<iframe title="A &amp; B" sandbox=')
    assert "height: 300px" in printed.out
    written = kg("embed", "BaoTai Group", "-o", tmp_path / "f" / "fragment.html")
    assert written.out.strip() == str(tmp_path / "f" / "fragment.html")
    assert (tmp_path / "f" / "fragment.html").read_text(encoding="utf-8") == graph.embed("BaoTai Group")


def test_a_frame_may_show_a_server(kg: RunKg, graph: Graph) -> None:  # noqa: ARG001
    ran = kg("embed", "Baoji", "--from", "https://kg.example", "--language", "zh", "--rows", "9")
    assert 'title="宝鸡市"' in ran.out
    assert 'src="https://kg.example/embed/id/place/baoji?page-language=zh&amp;page-rows=9"' in ran.out


def test_what_is_wrong_is_told(kg: RunKg, graph: Graph) -> None:  # noqa: ARG001
    assert kg("embed", "Baojii").err.startswith("kg: unknown question or thing: Baojii. Did you mean baoji")
    assert "Use en or zh" in kg("embed", "Baoji", "--language", "fr").err
    assert "no address of a server" in kg("embed", "Baoji", "--from", "kg.example").err
    assert "chain is given twice" in kg("embed", "stages-in-order", "chain=a", "chain=b").err
    assert kg("embed", "Baoji", "place=x").code == 2
