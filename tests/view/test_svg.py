"""Text in SVG: no character breaks the picture, wrapping loses nothing unmarked."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.view import svg


@given(st.text(max_size=80))
def test_any_text_gives_a_well_formed_picture_that_says_it(text: str) -> None:
    root = svg.picture(10, 10, "x", text, text)
    svg.write(root, [text], 0, 0)
    parsed = ElementTree.fromstring(svg.markup(root))
    written = parsed.findall("{http://www.w3.org/2000/svg}text")[0].text or ""
    assert written.replace("\r\n", "\n").replace("\r", "\n") == svg.clean(text).replace("\r\n", "\n").replace(
        "\r", "\n"
    )


@given(st.text(alphabet="abc宝鸡钛 ", max_size=60), st.integers(30, 200), st.integers(1, 3))
def test_lines_keep_to_width_and_number(text: str, width: int, most: int) -> None:
    lines = svg.wrap(text, width, most)
    assert 1 <= len(lines) <= most
    assert all(svg.text_width(line) <= width for line in lines)


@given(st.text(alphabet="abc宝鸡钛 ", max_size=60))
def test_what_fits_is_kept_whole(text: str) -> None:
    assert "".join("".join(svg.wrap(text, 50, 1000)).split()) == "".join(text.split())


def test_what_does_not_fit_is_marked() -> None:
    assert svg.wrap("a long name of a stage of a chain", 60, 1)[0].endswith("…")


@pytest.mark.parametrize(
    ("text", "lines"), [("宝鸡钛及钛合金", ["宝鸡钛及钛", "合金"]), ("Baoji Titanium", ["Baoji", "Titanium"])]
)
def test_chinese_breaks_anywhere_and_english_between_words(text: str, lines: list[str]) -> None:
    assert svg.wrap(text, 60, 2) == lines


def test_screen_reader_is_told_title_and_description() -> None:
    root = svg.picture(10, 10, "Gaps: titanium", "Titanium", "Baoji lacks nothing.")
    ids = {child.get("id"): child.text for child in root if child.get("id")}
    assert root.get("role") == "img"
    assert [ids[i] for i in (root.get("aria-labelledby") or "").split()] == ["Titanium", "Baoji lacks nothing."]
