"""Head-on, same stage and complementary on made-up capabilities, and groups against a search of all sets."""

from __future__ import annotations

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from kg.analysis.overlap.groups import closed_groups
from kg.analysis.overlap.profiles import Capability, Stages, stage_item
from kg.analysis.overlap.stages import complements, same_stages

LINE = Stages({}, {"c": frozenset("xyz")}, frozenset({("x", "y"), ("y", "z")}), frozenset("xyz"))


def performs(thing: str, stage: str, segment: str | None = None, industry: str | None = None) -> Capability:
    return Capability(thing, stage, industry, segment, (f"{thing}-{stage}",))


def all_compared(_one: str, _two: str) -> bool:
    return True


def test_same_segment_is_head_on() -> None:
    (pair,) = same_stages([performs("a", "x", "low"), performs("b", "x", "low")], all_compared)
    assert pair.head_on
    assert pair.contested == ("low",)
    assert pair.passages == ("a-x", "b-x")


def test_segment_of_one_alone_is_open_and_not_head_on() -> None:
    (pair,) = same_stages([performs("a", "x", "low"), performs("b", "x")], all_compared)
    assert not pair.head_on
    assert pair.unrecorded


def test_other_segment_is_complementary() -> None:
    capabilities = [performs("a", "x", "low"), performs("b", "x", "high")]
    (pair,) = same_stages(capabilities, all_compared)
    assert not pair.head_on
    assert not pair.unrecorded
    (found,) = complements(capabilities, LINE, all_compared)
    assert (found.stage, found.other, found.segments) == ("x", "x", (("low",), ("high",)))


def test_different_industries_do_not_compete() -> None:
    both = [performs("a", "x", "low", "i"), performs("b", "x", "low", "j")]
    assert same_stages(both, all_compared) == []


def test_industry_said_of_one_alone_does_not_keep_them_apart() -> None:
    (pair,) = same_stages([performs("a", "x", "low", "i"), performs("b", "x", "low")], all_compared)
    assert pair.head_on
    assert pair.industry is None


def test_one_head_on_segment_makes_others_no_complement() -> None:
    both = [performs("a", "x", "low"), performs("a", "x", "high"), performs("b", "x", "low")]
    assert [p.contested for p in same_stages(both, all_compared)] == [("low",)]
    assert complements(both, LINE, all_compared) == []


def test_adjacent_stages_complement_in_the_direction_of_the_flow() -> None:
    (found,) = complements([performs("b", "x"), performs("a", "y")], LINE, all_compared)
    assert (found.giver, found.taker, found.stage, found.other) == ("b", "a", "x", "y")


def test_stages_two_apart_do_not() -> None:
    assert complements([performs("a", "x"), performs("b", "z")], LINE, all_compared) == []


def test_two_that_do_both_stages_do_not_complement() -> None:
    everything = [performs(thing, stage) for thing in "ab" for stage in "xy"]
    assert complements(everything, LINE, all_compared) == []


def test_what_is_not_compared_is_left_out() -> None:
    both = [performs("a", "x", "low"), performs("b", "x", "low"), performs("b", "y", "low")]
    assert same_stages(both, lambda _a, _b: False) == []
    assert complements(both, LINE, lambda _a, _b: False) == []


def test_research_for_two_industries_is_not_the_same() -> None:
    general = Stages({}, {}, frozenset(), frozenset())
    assert stage_item(general, "r", "i") == ("r", "i") != stage_item(general, "r", "j")
    assert stage_item(LINE, "x", "i") == ("x",) == stage_item(LINE, "x", None)


HAS = st.dictionaries(st.sampled_from("abcdef"), st.frozensets(st.sampled_from("stuvw")), max_size=6)


@given(HAS, st.integers(1, 3))
def test_groups_are_all_pairs_that_are_maximal_both_ways(has: dict[str, frozenset[str]], smallest: int) -> None:
    """A second way: every set of items, closed."""
    items = sorted(set().union(*has.values()))
    expected = set()
    for chosen in chain.from_iterable(combinations(items, n) for n in range(1, len(items) + 1)):
        things = frozenset(thing for thing, own in has.items() if own >= set(chosen))
        if len(things) >= smallest:
            expected.add((things, frozenset.intersection(*(has[thing] for thing in things))))
    found = closed_groups(has, smallest)
    assert set(found) == expected
    assert len(found) == len(expected)
    assert [len(things) for things, _items in found] == sorted((len(t) for t, _i in found), reverse=True)


def test_search_for_groups_ends() -> None:
    """Twelve things, each without one of twelve items, have 2 to the 12 groups: only so many are sought."""
    has = {thing: frozenset(range(12)) - {thing} for thing in range(12)}
    assert len(closed_groups(has, 1, most=100)) == 100
