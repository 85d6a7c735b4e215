"""Pictures of measures: which picture an answer gets, that it says how to read it, and what it refuses."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from kg.errors import UnknownName, UseError
from kg.measures import cronbach_alpha, evaluation_ranking
from kg.measures.measure import Described, Measure, describe
from kg.view.measure_pictures import picture, write_picture

pytest.importorskip("matplotlib")


def made_up(name: str, shape: str = "", **units: str | None) -> Measure:
    columns = tuple(Described(column, column, unit) for column, unit in units.items())
    return Measure(lambda: pd.DataFrame(), name, "made_up", "S.", (), "", "", (), shape, columns, "", (), "")


def words(svg: str) -> str:
    """The text of a picture, which is text and no outlines."""
    return " ".join(" ".join("".join(element.itertext()).split()) for element in ElementTree.fromstring(svg).iter())


CELLS = pd.DataFrame(
    [(r, i, float(n)) for n, (r, i) in enumerate(itertools.product(["宝鸡", "Yichang"], ["steel", "tea", "silk"]))],
    columns=["region", "industry", "quotient"],
)


def test_two_axes_give_a_heat_map_with_names_numbers_and_a_sentence() -> None:
    frame = CELLS.copy()
    frame.loc[1, "quotient"] = np.nan
    said = words(picture(frame, made_up("quotient", quotient="1")))
    assert all(name in said for name in ("Quotient", "宝鸡", "Yichang", "silk", "5", "×"))
    assert "How to read this: each row is one region, each column one industry" in said


def test_one_axis_gives_bars_the_longest_first_with_intervals() -> None:
    frame = pd.DataFrame({"region": ["a", "b", "c"], "score": [1.0, 3.0, 2.0]})
    frame = frame.assign(low=frame["score"] - 0.5, high=frame["score"] + 0.5)
    said = words(picture(frame, made_up("score", score="value", low="value", high="value")))
    assert said.index(" b ") < said.index(" c ") < said.index(" a ")
    assert "the longer the bar" in said and "interval" in said and "[unit of the values]" in said


def test_measures_that_give_intervals_are_drawn_with_them() -> None:
    frame = pd.DataFrame({"region": ["a", "a", "b", "b"], "indicator": ["x", "y"] * 2, "normalised": [1.0, 0, 0, 1]})
    weights = pd.DataFrame({"indicator": ["x", "y"], "low": [0.4, 0.2], "high": [0.8, 0.6]})
    ranking = evaluation_ranking(frame, weights=weights)
    assert "the larger the score. The line across its end" in words(picture(ranking, describe(evaluation_ranking)))
    alpha = cronbach_alpha(pd.DataFrame({"q1": [1, 2, 3, 4], "q2": [1, 3, 2, 4]}))
    assert "the larger the alpha. The line across its end" in words(picture(alpha, describe(cronbach_alpha)))


def test_several_columns_give_several_panels_and_what_is_left_out_is_named() -> None:
    frame = pd.DataFrame({"region": ["a", "b"], **{f"part_{n}": [n, n + 1.0] for n in range(6)}, "same": [1.0, 1.0]})
    said = words(picture(frame, made_up("parts", **dict.fromkeys(frame.columns[1:], "1"))))
    assert all(f" part {n} " in said for n in range(4)) and "Not drawn: part 4, part 5." in said


def test_row_that_lacks_only_the_first_number_is_drawn() -> None:
    frame = pd.DataFrame({"region": ["here", "lacking"], "first": [1.0, np.nan], "second": [4.0, 3.0]})
    assert " lacking " in words(picture(frame, made_up("parts", first="1", second="1")))


def test_only_the_column_that_is_named_is_drawn() -> None:
    measure = made_up("parts", first="1", second="1")
    frame = pd.DataFrame({"region": ["a", "b"], "first": [1.0, 2.0], "second": [4.0, 3.0]})
    assert "first" not in words(picture(frame, measure, "second"))
    with pytest.raises(UnknownName, match=r"unknown column: third\. There are: first, second"):
        picture(frame, measure, "third")


def test_ranges_without_a_middle_float() -> None:
    frame = pd.DataFrame({"indicator": ["a", "b"], "low": [0.1, 0.4], "high": [0.3, 0.6]})
    said = words(picture(frame, made_up("ranges", low="1", high="1")))
    assert "each bar goes from low to high" in said and "0.1 to 0.3" in said


def test_an_interval_is_drawn_around_no_other_column() -> None:
    frame = pd.DataFrame({"region": ["a", "b"], "score": [0.2, 0.5], "low": [0.1, 0.4], "high": 0.6, "rank": [2, 1]})
    measure = made_up("ranking", score="1", low="1", high="1", rank="1")
    assert "interval" in words(picture(frame, measure)) and "interval" not in words(picture(frame, measure, "rank"))


def test_pairs_that_the_answer_has_once_are_drawn_on_both_sides() -> None:
    frame = pd.DataFrame({"region": ["a", "a", "b"], "other_region": ["b", "c", "c"], "distance": [0.25, 0.5, 0.75]})
    said = words(picture(frame, made_up("pairs", "a row for each pair of regions, each pair once", distance="1")))
    assert all(said.count(f" {number} ") >= 2 * 2 for number in ("0.25", "0.75")) and "both sides" in said
    assert "×" not in said and "cross" not in said


def test_a_triangle_keeps_its_order_and_leaves_the_rest_blank() -> None:
    frame = pd.DataFrame(
        {"region": ["top", "top", "mid"], "other_region": ["mid", "low", "low"], "ratio": [2.0, 4.0, 2.0]}
    )
    said = words(picture(frame, made_up("steps", "a row for each pair", ratio="1")))
    assert said.index(" top ") < said.index(" mid ") < said.index(" low ")
    assert "blank" in said and "alike" not in said and "×" not in said


def test_negative_numbers_have_a_colour_of_their_own() -> None:
    frame = CELLS.assign(quotient=CELLS["quotient"] - 2)
    said = words(picture(frame, made_up("change", quotient="1")))
    assert "blue cells are those in which the quotient is above 0, red ones below" in said


def test_options_keep_the_order_and_the_words_of_the_questionnaire() -> None:
    frame = pd.DataFrame(
        {
            "question": ["q1", "q1"],
            "question_label": "Gender",
            "option": ["A", "B"],
            "label": ["Male", "Female"],
            "count": [1, 2],
        }
    )
    said = words(picture(frame, made_up("counts", question_label=None, label=None, count="1")))
    assert said.index("Gender · Male") < said.index("Gender · Female")


def test_an_answer_in_words_has_no_picture() -> None:
    with pytest.raises(UseError, match="faults: its answer has no numbers to draw"):
        picture(pd.DataFrame({"what": ["hole"]}), made_up("faults", what=None))


def test_many_bars_are_cut_and_the_caption_says_so() -> None:
    frame = pd.DataFrame({"region": [f"r{n}" for n in range(60)], "score": np.arange(60.0)})
    said = words(picture(frame, made_up("score", score="1")))
    assert "Drawn are the 40 largest of 60" in said and " r59 " in said and " r1 " not in said


def test_relatedness_and_complexity_give_a_scatter_with_a_panel_for_each_region() -> None:
    frame = CELLS.rename(columns={"quotient": "relatedness_density"}).assign(
        pci=[1.0, 2, 3, 4, 5, 6], present=[True, False] * 3
    )
    said = words(picture(frame, made_up("frontier", relatedness_density="1", pci="1", present=None)))
    assert "relatedness density" in said and "complexity (PCI)" in said
    assert "宝鸡" in said and "tea" in said and "steel" in said


def test_influence_and_sensitivity_give_a_quadrant() -> None:
    frame = pd.DataFrame(
        {"sector": ["A", "B"], "influence": [1.2, 0.8], "sensitivity": [1.1, 0.9], "class": ["k", "w"]}
    )
    said = words(picture(frame, made_up("key", influence="1", sensitivity="1")))
    assert all(name in said for name in ("key", "forward", "backward", "weak", "Diamonds"))


def test_of_several_periods_the_last_is_drawn() -> None:
    frame = pd.DataFrame({"period": ["2019", "2020"], "region": ["old", "new"], "score": [1.0, 2.0]})
    said = words(picture(frame, made_up("score", score="1")))
    assert " new " in said and " old " not in said and "the last period, 2020" in said


def test_same_answer_gives_the_same_bytes() -> None:
    measure = made_up("quotient", quotient="1")
    assert picture(CELLS, measure) == picture(CELLS, measure)


def test_three_hundred_by_five_hundred_can_be_drawn() -> None:
    names = itertools.product([f"r{n}" for n in range(300)], [f"i{n}" for n in range(500)])
    frame = pd.DataFrame(names, columns=["region", "industry"])
    frame["quotient"] = np.random.default_rng(0).gamma(1, size=len(frame))
    assert "How to read this" in words(picture(frame, made_up("quotient", quotient="1")))


def test_nothing_to_draw_is_said() -> None:
    frame = pd.DataFrame({"region": ["a"], "score": [np.nan]})
    with pytest.raises(UseError, match="score: there is no number to draw"):
        picture(frame, made_up("score", score="1"))


def test_files_that_cannot_be_pictures_are_refused(tmp_path: Path) -> None:
    measure = made_up("quotient", quotient="1")
    for path, message in ((tmp_path, "it is a folder"), (tmp_path / "a.png", "pictures are SVG")):
        with pytest.raises(UseError, match=message):
            write_picture(CELLS, measure, path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UseError, match="cannot be written"):
        write_picture(CELLS, measure, tmp_path / "file" / "a.svg")
