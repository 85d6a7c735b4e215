"""Pictures: each state has a mark of its own, tooltips say what is said, labels stay text."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest

from kg.analysis.gaps.matrix import GapMatrix, State, Statement
from kg.analysis.networks import NodeMeasures
from kg.analysis.overlap.pairs import overlap_matrix
from kg.view.overlap_picture import overlap_picture, shade
from kg.view.plots import LEGEND, bar_picture, gap_picture
from tests.matrices import pairwise_overlap, stated
from tests.view.hostile import PAYLOADS

SVG = "{http://www.w3.org/2000/svg}"
STAGES = ["s:mining", "s:melting", "s:rolling", "s:parts", "s:sale"]
LABELS = {
    "s:mining": "Mining",
    "s:melting": "Melting",
    "s:rolling": "Rolling",
    "s:parts": "Parts",
    "s:sale": "Sale",
    "p:a": "A-town",
    "p:b": "B-town",
}
SAID = [
    Statement("s:mining", "p:a", State.PRESENT, ("g:1", "g:2")),
    Statement("s:melting", "p:a", State.WEAK, ("g:1",)),
    Statement("s:rolling", "p:a", State.PLANNED, ("g:3",)),
    Statement("s:parts", "p:a", State.SAID_MISSING, ("g:4",)),
    Statement("s:mining", "p:b", State.PRESENT, ("g:5",)),
    Statement("s:mining", "p:b", State.PLANNED, ("g:6",)),
]


def matrix() -> GapMatrix:
    return stated(SAID, STAGES, LABELS)


def titles(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter(f"{SVG}title")]


def cell(svg: str, start: str) -> ElementTree.Element:
    """The group of a cell, by the start of its tooltip."""
    for group in ElementTree.fromstring(svg).iter(f"{SVG}g"):
        title = group.find(f"{SVG}title")
        if title is not None and (title.text or "").startswith(start):
            return group
    raise AssertionError(f"no cell {start}")


def mark(svg: str, start: str) -> tuple[tuple[str, bool, bool], ...]:
    """The shapes of a cell without their colours: tag, whether filled with other than paper, whether outlined."""
    shapes = [e for e in cell(svg, start) if e.tag != f"{SVG}title" and e.get("fill-opacity") != "0"]
    return tuple(
        (e.tag.removeprefix(SVG), e.get("fill", "none") not in ("#ffffff", "none"), e.get("stroke") is not None)
        for e in shapes
    )


@pytest.mark.parametrize(
    ("cell_of", "said"),
    [
        ("Mining, A-town", "present, 2 passages"),
        ("Melting, A-town", "weak, 1 passage"),
        ("Rolling, A-town", "planned, 1 passage"),
        ("Parts, A-town", "said missing, 1 passage"),
        ("Sale, A-town", "not recorded, no passage"),
        ("Parts, B-town", "not recorded, no passage"),
        ("Mining, B-town", "present (stated: present, planned), 2 passages"),
    ],
)
def test_tooltip_names_stage_place_state_and_passages(cell_of: str, said: str) -> None:
    assert f"{cell_of}: {said}" in titles(gap_picture(matrix()).svg)


def test_five_states_have_five_marks_without_their_colours() -> None:
    svg = gap_picture(matrix()).svg
    marks = {mark(svg, f"{stage}, A-town") for stage in ("Mining", "Melting", "Rolling", "Parts", "Sale")}
    assert len(marks) == 5


def test_said_missing_is_an_empty_frame_and_not_recorded_a_dot() -> None:
    svg = gap_picture(matrix()).svg
    assert mark(svg, "Parts, A-town") == (("rect", False, True),)
    assert mark(svg, "Sale, A-town") == (("circle", True, False),)


def test_several_states_are_marked_by_a_notch() -> None:
    svg = gap_picture(matrix()).svg
    assert len(mark(svg, "Mining, B-town")) == len(mark(svg, "Mining, A-town")) + 1


def test_legend_names_all_five_states_and_the_notch() -> None:
    texts = {e.text for e in ElementTree.fromstring(gap_picture(matrix()).svg).iter(f"{SVG}text")}
    assert set(LEGEND) == set(State)
    assert {*LEGEND.values(), "more than one of these is stated"} <= texts


def test_description_counts_states_apart() -> None:
    """Ten pairs: A-town has one of each, B-town one present and four not recorded."""
    description = ElementTree.fromstring(gap_picture(matrix()).svg).findtext(f"{SVG}desc") or ""
    assert "present: 2; single provider: 0; weak: 1; planned: 1; said missing: 1; not recorded: 5." in description


def test_rows_stand_in_the_order_of_the_chain_below_their_group() -> None:
    groups = {"s:mining": "Raw material", "s:melting": "Raw material", "s:rolling": "Making", "s:parts": "Making"}
    texts = [e.text for e in ElementTree.fromstring(gap_picture(matrix(), groups=groups).svg).iter(f"{SVG}text")]
    wanted = ["Raw material", "Mining", "Melting", "Making", "Rolling", "Parts"]
    assert [text for text in texts if text in wanted] == wanted


def test_places_left_out_are_told() -> None:
    picture = gap_picture(matrix(), most=1)
    assert "Drawn are the 1 of 2 places of which most is recorded." in picture.caption
    assert "B-town" not in picture.svg


def test_many_rows_without_a_record_are_named_in_place_of_drawn() -> None:
    stages = ["s:mining", *(f"s:{n}" for n in range(7))]
    picture = gap_picture(stated([SAID[0]], stages, LABELS))
    assert picture.caption.endswith(
        "no source speaks of them for any of these places: s:0, s:1, s:2, s:3, s:4, s:5, s:6."
    )
    assert not any(title.startswith("s:0") for title in titles(picture.svg))


@pytest.mark.parametrize("payload", [*PAYLOADS, "宝鸡 & \x00Xi'an"])
def test_labels_stay_text_in_all_pictures(payload: str) -> None:
    labels = {**dict.fromkeys(LABELS, payload), "i:x": payload}
    node = NodeMeasures("n", payload, payload, 1, 0.5, 0.1, True, 0)
    overlaps = overlap_matrix(pairwise_overlap({"p:a": {"i:x"}, "p:b": {"i:x"}}), labels)
    plain = gap_picture(matrix()), overlap_picture(overlap_matrix(overlap_pairs(), LABELS)), bar_picture([a_node()])
    hostile = (
        gap_picture(stated(SAID, STAGES, labels), title=payload, name=payload),
        overlap_picture(overlaps, title=payload, name=payload),
        bar_picture([node], title=payload, name=payload),
    )
    for before, after in zip(plain, hostile, strict=True):
        root = ElementTree.fromstring(after.svg)
        assert {e.tag for e in root.iter()} <= {e.tag for e in ElementTree.fromstring(before.svg).iter()}
        assert not [name for e in root.iter() for name in e.attrib if name.startswith("on") or name == "href"]
        assert payload.replace("\x00", "") in "".join(root.itertext())


def overlap_pairs() -> list:  # type: ignore[type-arg]
    return pairwise_overlap({"p:a": {"i:x", "i:y"}, "p:b": {"i:x"}, "p:c": {"i:z"}})


def a_node() -> NodeMeasures:
    return NodeMeasures("n", "N", "place", 1, 0.5, 0.1, True, 0)


def test_overlap_cell_has_two_digits_and_names_what_is_shared() -> None:
    """{x, y} and {x}: one shared of two."""
    picture = overlap_picture(overlap_matrix(overlap_pairs(), {"p:a": "A", "p:b": "B", "p:c": "C", "i:x": "Steel"}))
    texts = [e.text for e in ElementTree.fromstring(picture.svg).iter(f"{SVG}text")]
    assert texts.count("0.50") == 2
    assert any(title == "A and B: 0.50; 1 shared: Steel" for title in titles(picture.svg))
    assert any(title == "A and C: 0.00; 0 shared" for title in titles(picture.svg))


def test_overlap_tells_krugman_where_it_is_known() -> None:
    """Output 1:1 against 1:0 gives shares that differ by 0.5 + 0.5."""
    pairs = pairwise_overlap({"a": {"x", "y"}, "b": {"x"}}, {"a": {"x": 1.0, "y": 1.0}, "b": {"x": 1.0}})
    assert any("Krugman index 1.00" in title for title in titles(overlap_picture(overlap_matrix(pairs, {})).svg))


def test_overlap_keeps_the_places_that_are_most_alike() -> None:
    picture = overlap_picture(overlap_matrix(overlap_pairs(), {"p:a": "A", "p:b": "B", "p:c": "C"}), most=2)
    assert {"A", "B"} <= set(titles(picture.svg))
    assert "C" not in titles(picture.svg)
    assert "Drawn are 2 of 3 places" in picture.caption


def luminance(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("value", [0.0, 0.05, 0.1, 0.19, 0.2, 0.34, 0.35, 0.49, 0.5, 1.0])
def test_number_can_be_read_on_its_shade(value: float) -> None:
    """WCAG 2.2, 1.4.3: contrast of at least 4.5."""
    ground, ink = (luminance(colour) for colour in shade(value))
    assert (max(ground, ink) + 0.05) / (min(ground, ink) + 0.05) >= 4.5


def test_more_alike_is_darker_also_in_grey() -> None:
    grounds = [luminance(shade(value)[0]) for value in (0.0, 0.05, 0.15, 0.3, 0.4, 0.9)]
    assert grounds == sorted(grounds, reverse=True)
    assert len(set(grounds)) == 6


def test_bars_are_as_long_as_their_betweenness() -> None:
    measures = [NodeMeasures(n, n, "k", 1, b, 0.1, False, 0) for n, b in (("x", 0.4), ("y", 0.1), ("z", 0.0))]
    root = ElementTree.fromstring(bar_picture(measures).svg)
    bars = [float(e.get("width", "0")) for e in root.iter(f"{SVG}rect") if e.get("fill") == "#0072b2"]
    assert len(bars) == 2
    assert bars[0] / bars[1] == pytest.approx(4.0)


def test_cut_point_has_a_diamond_and_words() -> None:
    svg = bar_picture([a_node()]).svg
    assert ElementTree.fromstring(svg).find(f".//{SVG}path") is not None
    assert any("holds a part of the network together" in title for title in titles(svg))


@pytest.mark.parametrize(
    "svg", [gap_picture(stated([], [], {})).svg, overlap_picture(overlap_matrix([], {})).svg, bar_picture([]).svg]
)
def test_nothing_to_draw_is_still_a_picture(svg: str) -> None:
    assert ElementTree.fromstring(svg).get("role") == "img"
