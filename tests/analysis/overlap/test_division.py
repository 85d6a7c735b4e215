"""The division of labour on a made-up chain of four stages, of which two places contest one."""

from __future__ import annotations

from types import SimpleNamespace
from typing import cast

from kg.analysis.facts import Facts
from kg.analysis.overlap.division import Ground, Step, division
from kg.analysis.overlap.profiles import Stages
from kg.analysis.overlap.stages import SameStage

PAIR = SameStage("East", "West", "rolling", (("low",), ("low",)), ("low",), "steel", ("p0",))
LINE = Stages(
    {},
    {"chain": frozenset({"mining", "smelting", "rolling", "forming"})},
    frozenset({("mining", "smelting"), ("smelting", "rolling"), ("rolling", "forming")}),
    frozenset({"mining", "smelting", "rolling", "forming"}),
)
NAMES = cast(Facts, SimpleNamespace(label=lambda iri: iri))
NOTHING = Ground({}, ("high", "low"), {}, (), ())


def steps(ground: Ground, pair: SameStage = PAIR) -> list[Step]:
    return division(pair, ground, LINE, NAMES)


def only(found: list[Step], kind: str) -> Step:
    (step,) = (step for step in found if step.kind == kind)
    return step


def test_where_nothing_is_recorded_nothing_is_claimed() -> None:
    found = steps(NOTHING)
    assert [s.kind for s in found] == ["segment", "upstream stage", "downstream stage", "who keeps it"]
    assert all(s.basis == "recorded" and s.passages == () for s in found)
    assert all("missing" not in s.says and "lacks" not in s.says for s in found)
    assert "left open" in found[-1].says


def test_who_alone_performs_what_feeds_the_stage_keeps_it() -> None:
    found = steps(Ground({("smelting", "West"): {"present": ("p1",)}}, ("low",), {}, (), ()))
    assert only(found, "who keeps it").says.startswith("West is better placed to keep it")
    assert only(found, "who keeps it").passages == ("p1",)
    upstream = only(found, "upstream stage")
    assert (upstream.first, upstream.second) == ("not recorded", "present")


def test_downstream_stage_of_one_alone_is_where_it_could_move() -> None:
    found = steps(Ground({("forming", "East"): {"weak": ("p1",)}}, ("low",), {}, (), ()))
    assert "East could move there, and West keep the contested stage" in only(found, "downstream stage").says
    assert "left open" in only(found, "who keeps it").says


def test_stage_that_both_perform_does_not_part_them() -> None:
    both = {("smelting", place): {"present": ("p1",)} for place in ("East", "West")}
    found = steps(Ground(both, ("low",), {}, (), ()))
    assert "does not part the two" in only(found, "upstream stage").says


def test_said_to_be_missing_is_told_apart_from_not_recorded() -> None:
    states = {("forming", "East"): {"present": ("p1",)}, ("forming", "West"): {"said missing": ("p2",)}}
    step = only(steps(Ground(states, ("low",), {}, (), ())), "downstream stage")
    assert step.second == "said missing"
    assert "said missing for West" in step.says
    assert step.passages == ("p1", "p2")


def test_plan_for_another_segment_is_a_way_out_for_the_one_that_has_it() -> None:
    at = {("rolling", "East", "high"): {"recommended": ("p3",)}}
    step = only(steps(Ground({}, ("high", "low"), at, (), ())), "segment")
    assert (step.first, step.second, step.passages) == ("recommended", "not recorded", ("p3",))
    assert "East could move there, and West stay" in step.says


def proposal(
    place: str, recommendation: str | None, basis: str | None, stage: str = "rolling", industry: str = "steel"
) -> dict[str, object]:
    return {
        "place": place,
        "industry": industry,
        "stage": stage,
        "problem": "glut",
        "recommendation": recommendation,
        "basis": basis,
        "passages": f"{place}-{recommendation}",
    }


def test_proposals_come_first_and_what_one_source_states_counts_as_stated() -> None:
    rows = [proposal("East", "divide", "our reading"), proposal("West", "divide", "stated")]
    first = steps(Ground({}, ("low",), {}, rows, ()))[0]
    assert (first.kind, first.thing, first.basis) == ("proposal", "divide", "stated")
    assert first.passages == ("East-divide", "West-divide")


def test_problem_without_an_answer_is_named_as_such() -> None:
    first = steps(Ground({}, ("low",), {}, [proposal("East", None, None)], ()))[0]
    assert (first.kind, first.thing) == ("problem", "glut")


def test_proposals_for_other_places_stages_and_industries_are_left_out() -> None:
    rows = [
        proposal("North", "divide", "stated"),
        proposal("East", "divide", "stated", stage="mining"),
        proposal("East", "divide", "stated", industry="cloth"),
    ]
    assert {s.kind for s in steps(Ground({}, ("low",), {}, rows, ()))}.isdisjoint({"proposal", "problem"})


def test_input_from_outside_is_told_of_the_one_that_has_it() -> None:
    row = {"place": "West", "industry": "steel", "input": "ore", "supplied_from": None, "passages": "p4"}
    step = only(steps(Ground({}, ("low",), {}, (), [row])), "outside input")
    assert "West gets ore from outside" in step.says
    assert step.passages == ("p4",)
