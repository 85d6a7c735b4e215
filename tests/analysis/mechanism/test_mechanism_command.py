"""`kg mechanism` as typed, and the picture of a run."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kg.analysis.mechanism.analysis import analyse
from kg.api import Graph
from kg.view.mechanism_picture import MOST_LINES, trajectory_picture
from tests.conftest import RunKg

SHOCK = "finance-for-transformation=0.5"


@pytest.mark.usefixtures("graph")
def test_on_the_screen_long_tables_are_short(kg: RunKg) -> None:
    done = kg("mechanism")
    assert done.code == 0
    for heading in ("Feedback loops", "Paths of influence", "Effects of a push of 1", "Openness", "Integrity"):
        assert heading in done.out + done.err
    assert "not shown" in done.out


@pytest.mark.usefixtures("graph")
def test_csv_gives_loops_or_the_table_that_is_named(kg: RunKg) -> None:
    loops = list(csv.DictReader(io.StringIO(kg("mechanism", "--format", "csv").out)))
    assert {"reinforcing", "open"} <= {row["kind"] for row in loops}
    run = kg("mechanism", "--shock", SHOCK, "--format", "csv", "--table", "equilibrium").out
    first = next(iter(csv.DictReader(io.StringIO(run))))
    assert first["factor_label"].startswith("Investment of financial institutions")


@pytest.mark.usefixtures("graph")
def test_json_markdown_and_workbook_hold_the_run(kg: RunKg, tmp_path: Path) -> None:
    told = json.loads(kg("mechanism", "--shock", SHOCK, "--rule", "stylios-groumpos", "--format", "json").out)
    assert ["rule", "stylios-groumpos"] in told["parameters"]
    assert {"loops", "paths", "effects", "equilibrium", "trajectories", "openness", "integrity"} == set(told["tables"])
    assert "## Integrity" in kg("mechanism", "--format", "md").out
    assert kg("mechanism", "--format", "xlsx", "--output", tmp_path / "m.xlsx").code == 0


@pytest.mark.usefixtures("graph")
def test_from_and_to_give_the_ways_between_two_factors(kg: RunKg) -> None:
    ends = ("--from", "finance-for-transformation", "--to", "service-chain-benefit")
    (row,) = csv.DictReader(io.StringIO(kg("mechanism", *ends, "--format", "csv", "--table", "paths").out))
    assert (row["steps"], row["polarity"], row["status"]) == ("3", "positive", "partly proposed")


@pytest.mark.usefixtures("graph")
@pytest.mark.parametrize("wrong", [("--shock", "no-such-factor=1"), ("--shock", "product-supply=7"), ("--rule", "x")])
def test_bad_input_is_one_line(kg: RunKg, wrong: tuple[str, str]) -> None:
    done = kg("mechanism", *wrong)
    assert done.code == 2
    assert len(done.err.strip().splitlines()) == 1


@pytest.mark.usefixtures("graph")
def test_the_picture_is_written(kg: RunKg, tmp_path: Path) -> None:
    path = tmp_path / "run.svg"
    assert kg("mechanism", "--shock", SHOCK, "--picture", path).code == 0
    root = ElementTree.fromstring(path.read_text(encoding="utf-8"))
    text = " ".join("".join(element.itertext()) for element in root.iter())
    assert "Product supply of the industry chain" in text and "How to read this" in text


def test_the_picture_has_few_lines_in_the_order_of_their_ends(graph: Graph) -> None:
    analysis = analyse(graph.facts, shock="cluster-development=1,industrial-collaboration=-1")
    picture = trajectory_picture(analysis, graph.facts)
    root = ElementTree.fromstring(picture.svg)
    lines = [g for g in root.iter("{http://www.w3.org/2000/svg}g") if g.find("{*}polyline") is not None]
    assert len(lines) == MOST_LINES
    ends = [float(str(g.findtext("{*}title")).rpartition(": ")[2]) for g in lines]
    assert ends == sorted(ends, reverse=True)
    assert "factors that move less are not drawn" in picture.caption


def test_without_a_shock_the_picture_pushes_what_moves_most(graph: Graph) -> None:
    picture = trajectory_picture(analyse(graph.facts), graph.facts)
    assert picture.title.startswith("Run of a shock: ") and picture.title.endswith("+1")
