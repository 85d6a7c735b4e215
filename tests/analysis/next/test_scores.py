"""Scores, their order and how it changes, worked out by hand on a made-up place."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.analysis.next.analysis import Suggestions, analyse
from kg.analysis.next.evidence import Evidence
from kg.analysis.next.ranking import rank_correlation, sensitivity
from kg.analysis.next.weights import DEFAULTS
from kg.analysis.result import Scope
from kg.errors import BadParameter
from tests.analysis.next.made_up import ALPHA, INDUSTRIES, STAGES, made_up


def ranked(detail: Suggestions) -> dict[str, float]:
    return {s.candidate.thing.rpartition("/")[2]: round(s.score(detail.weights), 4) for s in detail.by_place[ALPHA]}


def test_scores_and_order_as_by_hand(tmp_path: Path) -> None:
    """Tools: position (1 + 0)/2, planned 1, sheet is here 1, permitted 1: (1.5 + 3 + 1 + 1)/8.

    Ore: position (1 + 3/3)/2, not recommended, permitted: (3 + 0 + 1)/7. Pig iron: (1 + 2/3)/2, 0, conditional 0.5; of
    ore, which it needs, nothing is recorded, so inputs are not known: (2.5 + 0 + 0.5)/7.
    """
    detail = analyse(made_up(tmp_path), Scope((ALPHA,))).detail
    assert list(ranked(detail).items()) == [("tools", 0.8125), ("ore", 0.5714), ("pig", 0.4286)]
    known = {s.candidate.thing.rpartition("/")[2]: round(s.known(detail.weights), 4) for s in detail.by_place[ALPHA]}
    assert known == {"tools": 0.6667, "ore": 0.5833, "pig": 0.5833}  # 8, 7 and 7 of 12


def test_weights_change_the_order_as_by_hand(tmp_path: Path) -> None:
    """Without recommendations: ore 4/4, pig iron 3/4, tools 3.5/5."""
    detail = analyse(made_up(tmp_path), Scope((ALPHA,)), weights="recommendations=0").detail
    assert list(ranked(detail).items()) == [("ore", 1.0), ("pig", 0.75), ("tools", 0.7)]


def test_weights_as_a_mapping_are_the_same(tmp_path: Path) -> None:
    facts = made_up(tmp_path)
    text, mapping = (analyse(facts, Scope((ALPHA,)), weights=w) for w in ("position=2", {"position": 2}))
    assert text.tables == mapping.tables
    assert ("weights", "position=2") in text.parameters


def test_sensitivity_as_by_hand(tmp_path: Path) -> None:
    """With recommendations at 1: ore 0.8, tools 4.5/6, pig iron 0.6.

    At 1.5 tools 5/6.5 pass ore 4/5.5: of three pairs one is turned, tau (2 - 1)/3. At 0.5 nothing moves.
    """
    detail = analyse(made_up(tmp_path), Scope((ALPHA,)), weights="recommendations=1").detail
    moves = {(m.component, m.factor): m for m in detail.moves[ALPHA]}
    assert len(moves) == 12
    up, down = moves["recommendations", 1.5], moves["recommendations", 0.5]
    assert up.tau == pytest.approx(1 / 3)
    assert up.moved == (STAGES + "tools", STAGES + "ore")
    assert (up.first, up.first_stays) == (STAGES + "tools", False)
    assert (down.tau, down.moved, down.first_stays) == (1.0, (), True)


def test_one_alone_has_no_order_to_change(tmp_path: Path) -> None:
    """A chain of one stage: tau needs two."""
    facts = made_up(tmp_path)
    (only, *_rest) = analyse(facts, Scope((ALPHA,))).detail.by_place[ALPHA]
    assert {move.tau for move in sensitivity([only], DEFAULTS, str)} == {None}


@pytest.mark.parametrize(
    ("before", "after", "tau"),
    [
        ([4.0, 3.0, 2.0, 1.0], [1.0, 2.0, 3.0, 4.0], -1.0),
        ([1.0, 2.0, 2.0, 3.0], [1.0, 3.0, 2.0, 4.0], 5 / 30**0.5),
        ([1.0, 1.0], [1.0, 2.0], None),
        ([], [], None),
    ],
)
def test_tau_b_as_by_hand(before: list[float], after: list[float], tau: float | None) -> None:
    """Six pairs, one of them tied before: five in one order, over the root of 5 x 6."""
    assert rank_correlation(before, after) == (tau if tau is None else pytest.approx(tau, abs=1e-9))


def test_what_is_forbidden_comes_last_whatever_speaks_for_it(tmp_path: Path) -> None:
    facts = made_up(tmp_path, {"tools": "forbidden", "ore": "restricted"})
    analysis = analyse(facts, Scope((ALPHA,)), weights="permission=0,recommendations=100")
    order = [s.candidate.thing for s in analysis.detail.by_place[ALPHA]]
    assert order[-1] == STAGES + "tools"
    last = dict(zip(analysis.table().columns, analysis.table().rows[-1], strict=True))
    assert (last["permitted"], last["score"]) == ("not permitted", 0.0)
    assert any("Tool making is not permitted: Ridge: Tool making forbidden" in note for note in analysis.notes)
    assert all(f.about[1] != STAGES + "tools" for f in analysis.findings)
    assert all(move.first != STAGES + "tools" for move in analysis.detail.moves[ALPHA])


def test_the_strictest_rule_holds_and_a_rule_for_the_industry_holds_for_its_stages(tmp_path: Path) -> None:
    rules = (
        "place,permits,degree\nridge,industry:steel,conditional\nridge,stage:pig,permitted\nridge,stage:ore,forbidden\n"
    )
    found = analyse(made_up(tmp_path, tables={"permission": rules}), Scope((ALPHA,))).detail.by_place[ALPHA]
    assert {s.candidate.thing.rpartition("/")[2]: s.permission for s in found} == {
        "tools": "conditional",
        "pig": "conditional",
        "ore": "not permitted",
    }


def test_what_is_not_known_is_left_out_and_never_zero(tmp_path: Path) -> None:
    found = analyse(made_up(tmp_path, {}), Scope((ALPHA,)))
    rows = [dict(zip(found.table("components").columns, row, strict=True)) for row in found.table("components").rows]
    assert {row["component"] for row in rows if row["value"] is None} == {
        "relatedness",
        "inputs",
        "permission",
        "fields",
    }
    assert all(row["words"] for row in rows)
    assert any("relatedness density is not known" in note.lower() for note in found.notes)


def test_what_one_component_alone_is_known_of_comes_after_the_rest(tmp_path: Path) -> None:
    """Cloth is recommended, and no more is known of it, since no industry is recorded: 1.0 from one component."""
    roles = "place,industry,role,status\nalpha,cloth,,recommended\n"
    detail = analyse(made_up(tmp_path, tables={"regional-industry": roles}), Scope((ALPHA,))).detail
    assert list(ranked(detail).items())[-1] == ("cloth", 1.0)


def test_relatedness_counts_where_outputs_allow(tmp_path: Path) -> None:
    """Density of cloth in Alpha is 1: see the test of the measure. Cloth is then a candidate, and related."""
    evidence = Evidence(made_up(tmp_path))
    steel, tools, cloth = INDUSTRIES + "steel", INDUSTRIES + "tools", INDUSTRIES + "cloth"
    rows = {"a": (1, 1, 0), "b": (1, 1, 0), "c": (0, 0, 2), "d": (0, 0, 2), "e": (0, 1, 1)}
    outputs = {
        ALPHA if place == "a" else place: {
            i: (float(v), ()) for i, v in zip((steel, tools, cloth), values, strict=True)
        }
        for place, values in rows.items()
    }
    evidence.__dict__["outputs"] = {"2020": outputs}
    assert evidence.density.places == 5
    assert evidence.density.values[ALPHA, cloth] == pytest.approx(1.0)
    from kg.analysis.next.candidates import candidates
    from kg.analysis.next.components import suggest

    found = {c.thing: suggest(evidence, c) for c in candidates(evidence, ALPHA)}
    assert {c.name: c.value for c in found[cloth].components}["relatedness"] == pytest.approx(1.0)
    # Steel is related to tools alone, in which Alpha specialises; what is related to its industry, pig iron is.
    assert {c.name: c.value for c in found[STAGES + "pig"].components}["relatedness"] == pytest.approx(1.0)


@pytest.mark.parametrize(
    ("weights", "fault"),
    [
        ("posit=2", "unknown name 'posit'"),
        ("position=-1", "from 0 to 1000"),
        ("position=nan", "from 0 to 1000"),
        ("position=inf", "from 0 to 1000"),
        ("position=much", "is no number"),
        ("position", "is not name=number"),
        ("position=1,position=2", "given twice"),
        ("position=0,relatedness=0,recommendations=0,inputs=0,permission=0,fields=0", "all are 0"),
        ({"posit": 2}, "unknown name 'posit'"),
        ({"position": None}, "is no number"),
    ],
)
def test_bad_weights_are_refused(tmp_path: Path, weights: object, fault: str) -> None:
    with pytest.raises(BadParameter, match=fault) as refused:
        analyse(made_up(tmp_path), weights=weights)  # type: ignore[arg-type]
    assert "position, relatedness, recommendations, inputs, permission, fields" in str(refused.value)


@pytest.mark.parametrize("top", ["0", "-1", "two", 0])
def test_a_bad_number_is_refused(tmp_path: Path, top: str | int) -> None:
    with pytest.raises(BadParameter, match="Write 1 or more"):
        analyse(made_up(tmp_path), top=top)


def test_top_cuts_what_is_shown_and_changes_no_score(tmp_path: Path) -> None:
    facts = made_up(tmp_path)
    whole, cut = analyse(facts, Scope((ALPHA,))), analyse(facts, Scope((ALPHA,)), top="1")
    assert len(cut.table().rows) == 1
    assert cut.table().rows[0] == whole.table().rows[0]
    assert cut.table("sensitivity").rows == whole.table("sensitivity").rows
    assert set(cut.findings) <= set(whole.findings)


def test_a_place_of_which_nothing_is_recorded_is_told(tmp_path: Path) -> None:
    facts = made_up(tmp_path)
    found = analyse(facts, Scope(("https://w3id.org/iis-kg/id/place/ridge",)))
    assert not found.table().rows
    assert any(note.startswith("Ridge: no stage, chain or industry is recorded") for note in found.notes)


def test_an_empty_graph_gives_empty_tables(tmp_path: Path) -> None:
    from kg.analysis.facts import Facts
    from kg.load.build import assemble
    from tests.support import CHINA, make_project

    project = make_project(tmp_path, {"place": CHINA})
    store, _, _ = assemble(project)
    found = analyse(Facts(store, project))
    assert all(not table.rows for table in found.tables)
    assert found.findings == ()
