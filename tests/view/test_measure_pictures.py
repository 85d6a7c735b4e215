"""Pictures of measures: which picture an answer gets, that it says how to read it, and what it refuses."""

from __future__ import annotations

import itertools
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pandas as pd
import pytest

from kg.errors import UseError
from kg.measures import cronbach_alpha, evaluation_ranking
from kg.measures.measure import Described, Measure, describe
from kg.view.measure_pictures import picture, write_picture

pytest.importorskip("matplotlib")


def made_up(name: str, **units: str | None) -> Measure:
    columns = tuple(Described(column, column, unit) for column, unit in units.items())
    return Measure(lambda: pd.DataFrame(), name, "made_up", "S.", (), "", "", (), "", columns, "", (), "")


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
