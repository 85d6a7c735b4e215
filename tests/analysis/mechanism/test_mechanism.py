"""The mechanism of the IIS as its paper tells it, small maps by hand, and degenerate graphs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence

import pytest

from kg.analysis.facts import Facts
from kg.analysis.mechanism.analysis import Mechanism, analyse
from kg.analysis.mechanism.loops import Loop
from kg.analysis.methods import again
from kg.analysis.result import Analysis, Scope
from kg.api import Graph
from kg.errors import BadParameter, UnknownName
from kg.load.build import assemble
from tests.conftest import MakeProject


@pytest.fixture(scope="module")
def found(graph: Graph) -> Analysis:
    return analyse(graph.facts)


def factor(graph: Graph, key: str) -> str:
    return graph.prefixes.mapping["factor"] + key


def loops_through(graph: Graph, found: Analysis, key: str) -> list[Loop]:
    assert isinstance(found.detail, Mechanism)
    return [loop for loop in found.detail.loops if factor(graph, key) in loop.factors]


def test_the_benign_interaction_of_the_three_chains_is_a_reinforcing_loop(graph: Graph, found: Analysis) -> None:
    """Yijing Jingen paper, Discussion (1), dynamism: finance, labour input, product supply, feedback."""
    (loop,) = loops_through(graph, found, "finance-for-transformation")
    keys = ("finance-for-transformation", "innovation-labour-input", "product-supply", "service-chain-benefit")
    assert loop.factors == tuple(factor(graph, key) for key in keys)
    assert (loop.kind, loop.actual, loop.status) == ("reinforcing", 0, "partly proposed")


def test_industry_and_innovation_chains_reinforce_one_another(graph: Graph, found: Analysis) -> None:
    """Yijing Jingen paper, Literature Review and Discussion (1): innovation gives power, industry pulls."""
    assert isinstance(found.detail, Mechanism)
    chains = {graph.prefixes.mapping["chain"] + key for key in ("industry", "innovation")}
    (loop,) = [loop for loop in found.detail.loops if set(loop.factors) == chains]
    assert (loop.kind, loop.status) == ("reinforcing", "actual")


def test_a_loop_with_a_sign_that_is_not_said_is_open(graph: Graph, found: Analysis) -> None:
    """Baoji paper, 1: structure and growth are linked, the paper does not say with which sign."""
    (loop,) = [x for x in loops_through(graph, found, "industrial-structure-state") if len(x.links) == 2]
    assert loop.kind == "open"


def test_loops_of_two_and_three_factors_are_those_of_the_question(graph: Graph, found: Analysis) -> None:
    """The question `feedback-loops` finds them by joins, not by search; it has factors alone, not chains."""
    assert isinstance(found.detail, Mechanism)
    prefix = graph.prefixes.mapping["factor"]
    ours = {(x.kind, x.factors) for x in found.detail.loops if len(x.links) < 4 and x.factors[0].startswith(prefix)}
    columns = ("first", "second", "third")
    asked = {(str(r["kind"]), tuple(str(r[c]) for c in columns if r[c])) for r in graph.ask("feedback-loops")}
    assert ours == asked


def test_similarity_acts_on_spillover_through_collaboration(graph: Graph) -> None:
    """Yijing Jingen paper, Results: Industry Chain (similarity hinders), Literature Review (spillover)."""
    found = analyse(graph.facts, source="industrial-similarity", target="spatial-spillover")
    (row,) = found.table("paths").solutions
    assert (row["steps"], row["ways"], row["polarity"]) == (2, 1, "negative")
    assert "Industrial collaboration among cities" in str(row["way"])


def test_the_shock_of_the_paper_comes_to_a_new_equilibrium(graph: Graph) -> None:
    """By hand: in the loop each follows one other with weight 0.8, so the states solve a circle of four tanh."""
    found = analyse(graph.facts, shock="finance-for-transformation=0.5")
    assert isinstance(found.detail, Mechanism)
    a = 0.0
    for _ in range(500):
        a = math.tanh(0.5 + 0.8 * math.tanh(0.8 * math.tanh(0.8 * math.tanh(0.8 * a))))
    run = found.detail.run
    assert run is not None
    assert run.changes[factor(graph, "finance-for-transformation")] == pytest.approx(a)
    assert run.changes[factor(graph, "product-supply")] == pytest.approx(math.tanh(0.8 * math.tanh(0.8 * a)))
    first = next(iter(found.table("equilibrium").solutions))
    assert first["factor"] == factor(graph, "finance-for-transformation")
    assert {"trajectories", "equilibrium"} <= {table.name for table in found.tables}


def test_parts_are_the_subsystems_of_the_paper(graph: Graph, found: Analysis) -> None:
    """Yijing Jingen paper, Discussion (1): industry, innovation and service chains are the subsystems of the IIS."""
    assert isinstance(found.detail, Mechanism)
    chain = graph.prefixes.mapping["chain"]
    assert {part.part for part in found.detail.integrity.parts} == {
        chain + key for key in ("industry", "innovation", "service")
    }
    parts = found.detail.network.parts
    assert parts[factor(graph, "finance-for-transformation")] == chain + "service"
    assert parts[factor(graph, "innovation-labour-input")] == chain + "innovation"
    assert parts[factor(graph, "product-supply")] == chain + "industry"
    assert factor(graph, "information-exchange") not in parts


def test_the_whole_is_more_than_its_parts(found: Analysis) -> None:
    """Yijing Jingen paper, Discussion (1), integrity: interaction makes the whole greater than its parts."""
    assert isinstance(found.detail, Mechanism)
    assert found.detail.integrity.surplus > 0


def test_exchange_with_the_outside_is_inflow(graph: Graph, found: Analysis) -> None:
    """Yijing Jingen paper, Discussion (1), openness: exchange keeps vigour; nothing is said to act on it."""
    assert isinstance(found.detail, Mechanism)
    pairs = {(link.source, link.target) for link in found.detail.openness.inflows}
    assert (factor(graph, "external-exchange"), factor(graph, "iis-vigour")) in pairs
    assert (factor(graph, "innovation-labour-input"), factor(graph, "product-supply")) not in pairs


def test_what_enters_a_place_is_listed_for_the_place_alone(graph: Graph) -> None:
    """Yijing Jingen paper, Case Collection: radiation from Wuhan is planned."""
    place = graph.prefixes.mapping["place"]
    found = analyse(graph.facts, Scope((place + "yijing-jingen",)))
    rows = [row for row in found.table("openness").solutions if not str(row["kind"]).startswith("influence")]
    assert {str(row["to"]) for row in rows} == {place + "yijing-jingen"}
    assert ("radiation", place + "wuhan", "planned") in {(r["kind"], r["from"], r["status"]) for r in rows}


def test_a_place_leaves_out_what_is_said_of_others(graph: Graph) -> None:
    """Xianyang paper, V.B.2 (Taicun) is not said of Baoji; what is said in general holds there too (III.B)."""
    found = analyse(graph.facts, Scope((graph.prefixes.mapping["place"] + "baoji",)))
    assert not loops_through(graph, found, "taicun-labour")
    assert loops_through(graph, found, "cluster-development")


def test_findings_are_found_again(graph: Graph, found: Analysis) -> None:
    facts = Facts(graph.store, graph.project)
    for finding in found.findings[::4]:
        words = " ".join(f"{k}={graph.prefixes.shorten(v)}" for k, v in finding.parameters)
        same = again(facts, "mechanism", words, finding.key(graph.prefixes))
        assert (same.label, same.explanation, same.passages) == (finding.label, finding.explanation, finding.passages)
        assert finding.passages


def test_findings_of_a_run_keep_what_was_asked(graph: Graph) -> None:
    found = analyse(graph.facts, shock="Product supply of the industry chain=-1", strength="0.5", hold="clamped")
    (whole,) = [f for f in found.findings if f.aspect == "integrity"]
    assert dict(whole.parameters) == {"shock": "factor:product-supply=-1", "hold": "clamped", "strength": "0.5"}


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"shock": "product-suply=0.5"}, "unknown factor: product-suply. Did you mean product-supply"),
        ({"shock": "product-supply=2"}, "shock of product-supply: 2 is out of range. Use a number from -1 to 1"),
        ({"shock": "product-supply=much"}, "shock of product-supply: much is not a number"),
        ({"shock": "product-supply=nan"}, "is not a number"),
        ({"shock": "product-supply"}, "not understood. Write factor=0.5"),
        ({"shock": "product-supply=-0.5", "squash": "logistic", "hold": "clamped"}, "Use a number from 0 to 1"),
        ({"rule": "hopfield"}, "unknown rule: hopfield. Use kosko, stylios-groumpos"),
        ({"squash": "relu"}, "unknown squash: relu. Use tanh, logistic, threshold"),
        ({"steepness": "0"}, "steepness: 0 is out of range"),
        ({"strength": "1.5"}, "strength: 1.5 is out of range. Use a number above 0, at most 1"),
        ({"source": "nobody-knows"}, "unknown factor: nobody-knows"),
    ],
)
def test_bad_options_are_told_in_one_line(graph: Graph, options: dict[str, str], words: str) -> None:
    with pytest.raises((BadParameter, UnknownName)) as told:
        analyse(graph.facts, **options)  # type: ignore[arg-type]
    assert words in str(told.value)
    assert "\n" not in str(told.value)


def small(make: MakeProject, factors: dict[str, str], influences: Sequence[str]) -> Facts:
    """A graph of factors, by key what they concern, influences such as `a b positive`, and a system of chains."""
    numbers = itertools.count(1)

    def rows(header: str, lines: Sequence[str]) -> str:
        return f"{header},section,anchor\n" + "".join(f"{line},1,words {next(numbers)}\n" for line in lines)

    chains = ("whole,Chain,Whole", "work,IndustryChain,Work", "ideas,InnovationChain,Ideas")
    parts = ("chain:work,partOf,chain:whole", "chain:ideas,partOf,chain:whole")
    tables = {
        "chain": rows("key,class,label", chains),
        "relation": rows("subject,relation,object", parts),
        "factor": rows("key,label,concerns", [f"{key},Factor {key},{of}" for key, of in factors.items()]),
    }
    if influences:
        lines = [",".join(f"factor:{w}" if n < 2 else w for n, w in enumerate(i.split())) for i in influences]
        tables["influence"] = rows("from,to,sign", lines)
    project = make(dict(tables), reference=False)
    store, _, _ = assemble(project)
    return Facts(store, project)


def of(found: Analysis) -> Mechanism:
    assert isinstance(found.detail, Mechanism)
    return found.detail


@pytest.mark.parametrize(("sign", "factor_of"), [("positive", 1), ("negative", -1)])
def test_integrity_by_hand(small_project: MakeProject, sign: str, factor_of: int) -> None:
    """Work holds a and b with a → b, ideas hold c with b → c. Alone, only a moves b; together, a and b move c too.

    By hand, with weight 0.8 and pushes of 1: a moves b to tanh(0.8 tanh 1), c by this through tanh again; b moves c to
    tanh(0.8 tanh 1). The surplus is what reaches c, with the sign of b → c.
    """
    facts = small(
        small_project,
        {"a": "chain:work", "b": "chain:work", "c": "chain:ideas"},
        ["a b positive", f"b c {sign}"],
    )
    found = analyse(facts)
    integrity = of(found).integrity
    step = math.tanh(0.8 * math.tanh(1))
    assert integrity.alone == pytest.approx(step, abs=1e-6)
    assert integrity.surplus == pytest.approx(factor_of * (step + math.tanh(0.8 * step)), abs=1e-6)
    label = next(f.label for f in found.findings if f.aspect == "integrity")
    assert label.endswith("more" if factor_of > 0 else "less")


def test_integrity_of_a_shock_by_hand(small_project: MakeProject) -> None:
    """a (work) → c (ideas) → a: alone a is tanh(0.5), together it solves a = tanh(0.5 + 0.8 tanh(0.8 a))."""
    facts = small(small_project, {"a": "chain:work", "c": "chain:ideas"}, ["a c positive", "c a positive"])
    a = 0.0
    for _ in range(200):
        a = math.tanh(0.5 + 0.8 * math.tanh(0.8 * a))
    integrity = of(analyse(facts, shock="a=0.5")).integrity
    assert integrity.alone == pytest.approx(0.0)
    assert integrity.surplus == pytest.approx(a - math.tanh(0.5) + math.tanh(0.8 * a), abs=1e-6)


def test_openness_by_hand(small_project: MakeProject) -> None:
    """x (of no chain) → a → b → a: one of three influences is inflow, and it moves a and b."""
    facts = small(
        small_project,
        {"x": "", "a": "chain:work", "b": "chain:ideas"},
        ["x a positive", "a b positive", "b a positive"],
    )
    found = of(analyse(facts)).openness
    assert [(k.source.rpartition("/")[2], k.target.rpartition("/")[2]) for k in found.inflows] == [("x", "a")]
    assert (found.links, found.touched, found.inner, found.closed) == (3, 2, 2, 0.0)
    # By hand: a follows the mean of x and b, weights 0.4 each, and b follows a with 0.8; x is tanh(1).
    a = 0.0
    for _ in range(200):
        a = math.tanh(0.4 * math.tanh(1) + 0.4 * math.tanh(0.8 * a))
    assert found.moved == pytest.approx(a + math.tanh(0.8 * a), abs=1e-6)


def test_a_relay_of_what_comes_from_outside_is_no_source(small_project: MakeProject) -> None:
    facts = small(small_project, {"x": "", "a": "chain:work", "b": "chain:ideas"}, ["x a positive", "a b positive"])
    assert [link.source.rpartition("/")[2] for link in of(analyse(facts)).openness.inflows] == ["x"]


def test_no_influences_no_findings(small_project: MakeProject) -> None:
    facts = small(small_project, {"a": "chain:work"}, [])
    found = analyse(facts)
    assert found.findings == ()
    assert all(not table.rows for table in found.tables)
    assert found.notes[0].startswith("0 links among 0 factors")


def test_a_factor_that_acts_on_itself_is_a_loop_of_one(small_project: MakeProject) -> None:
    (loop,) = of(analyse(small(small_project, {"a": ""}, ["a a negative"]))).loops
    assert (loop.kind, len(loop.links), loop.reached) == ("balancing", 1, 1)


def test_a_negative_circle_that_does_not_settle_is_told(small_project: MakeProject) -> None:
    """By hand, a pushed by 0.5: (1,1), (-1,1), (-1,-1), (1,-1) and again, since 0.8 outweighs the push."""
    facts = small(small_project, {"a": "chain:work", "b": "chain:ideas"}, ["a b positive", "b a negative"])
    found = analyse(facts, squash="threshold", shock="a=0.5")
    assert any("limit cycle of 4 states" in note for note in found.notes)
    assert of(found).loops[0].kind == "balancing"


def test_pushes_that_do_not_settle_are_told_and_left_empty(small_project: MakeProject) -> None:
    """By hand: x = tanh(10 (1 - x)) leaps from 0 to 1 and back for ever."""
    facts = small(small_project, {"a": "", "b": "chain:work"}, ["a a negative", "a b positive"])
    found = analyse(facts, steepness="10", strength="1")
    assert any("Some pushes do not settle" in note for note in found.notes)
    assert [row["effect"] for row in found.table("effects").solutions] == [None]


def test_opposite_signs_are_told_and_not_used(small_project: MakeProject) -> None:
    found = analyse(small(small_project, {"a": "", "b": ""}, ["a b positive", "a b negative"]))
    assert "Sources give opposite signs, so no sign is used: Factor a → Factor b." in found.notes
    assert of(found).effects.get(("a", "b")) is None
    assert not [pair for pair in of(found).effects if pair[0] != pair[1]]


def test_unspecified_signs_are_left_out_of_runs_and_counted(small_project: MakeProject) -> None:
    found = analyse(small(small_project, {"a": "", "b": ""}, ["a b unspecified"]), shock="a=1")
    assert "1 without a said sign" in found.notes[0]
    run = of(found).run
    assert run is not None and [f.rpartition("/")[2] for f in run.changes] == ["a"]


def test_all_shortest_ways_are_given(small_project: MakeProject) -> None:
    """By hand: a to d by b or c, one of them with a negative sign."""
    facts = small(
        small_project, dict.fromkeys("abcd", ""), ["a b positive", "b d positive", "a c negative", "c d positive"]
    )
    rows = list(analyse(facts, source="a", target="d").table("paths").solutions)
    assert [(r["steps"], r["ways"], r["polarity"]) for r in rows] == [(2, 2, "positive"), (2, 2, "negative")]
    assert not analyse(facts, source="d", target="a").table("paths").rows
