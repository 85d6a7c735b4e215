"""Fuzzy cognitive maps: fixed points in closed form, cycles, and an independent loop."""

from __future__ import annotations

import math
import random

import numpy as np
import pytest

from kg.measures.cognitive_map import Dynamics, Ending, Rule, Squash, run, sign_weights, unit_effects


def test_a_line_of_two_ends_where_tanh_does() -> None:
    """By hand: nothing acts on the first, so x1 = tanh(1); the second is tanh(0.8 tanh(1))."""
    weights = sign_weights(np.array([[0.0, 0.0], [1.0, 0.0]]), 0.8)
    found = run(weights, push=np.array([1.0, 0.0]))
    assert found.ending == Ending.FIXED_POINT
    assert found.last == pytest.approx([math.tanh(1), math.tanh(0.8 * math.tanh(1))])
    assert [round(float(x), 4) for x in found.states[1]] == [round(math.tanh(1), 4), 0.0]


def test_a_balancing_pair_solves_its_equations() -> None:
    """A raises B, B lowers A: the end satisfies a = tanh(0.5 - 0.8 b) and b = tanh(0.8 a), solved by bisection here."""
    low, high = 0.0, 1.0
    for _ in range(80):
        a = (low + high) / 2
        low, high = (a, high) if math.tanh(0.5 - 0.8 * math.tanh(0.8 * a)) > a else (low, a)
    weights = sign_weights(np.array([[0.0, -1.0], [1.0, 0.0]]), 0.8)
    found = run(weights, push=np.array([0.5, 0.0]))
    assert found.ending == Ending.FIXED_POINT
    assert found.last == pytest.approx([low, math.tanh(0.8 * low)], abs=1e-8)


def test_a_self_influence_with_memory_comes_to_its_fixed_point() -> None:
    """Stylios and Groumpos, logistic: x = 1 / (1 + exp(-(x + 0.5 x))), so ln(x / (1 - x)) = 1.5 x at the end."""
    found = run(np.array([[0.5]]), Dynamics(Rule.STYLIOS_GROUMPOS, Squash.LOGISTIC))
    x = float(found.last[0])
    assert math.log(x / (1 - x)) == pytest.approx(1.5 * x, abs=1e-7)


def test_the_two_rules_differ_by_the_state_itself() -> None:
    """By hand, first two steps of a lone factor pushed by 0.5: tanh(0.5) again, or tanh(tanh(0.5) + 0.5)."""
    push = np.array([0.5])
    kosko = run(np.zeros((1, 1)), push=push)
    memory = run(np.zeros((1, 1)), Dynamics(Rule.STYLIOS_GROUMPOS), push=push)
    assert kosko.states[2, 0] == pytest.approx(math.tanh(0.5))
    assert memory.states[2, 0] == pytest.approx(math.tanh(math.tanh(0.5) + 0.5))


def test_a_negative_circle_with_a_threshold_turns_for_ever() -> None:
    """By hand: A raises B, B lowers A, A held up once by 1: (0,0) (1,0) (1,1) (0,1) (0,0) and so on, four states."""
    found = run(np.array([[0.0, -1.0], [1.0, 0.0]]), Dynamics(squash=Squash.THRESHOLD), np.array([1.0, 0.0]))
    assert found.ending == Ending.LIMIT_CYCLE
    assert found.states.tolist()[:5] == [[0, 0], [1, 0], [1, 1], [0, 1], [0, 0]]
    assert found.period == 4
    assert found.last.tolist() == [0.5, 0.5]


def test_a_steep_negative_self_influence_swings_between_two_states() -> None:
    """x(t+1) = tanh(-3 x): the two states are x and -x with x = tanh(3 x), 0.9949 by bisection."""
    found = run(np.array([[-1.0]]), Dynamics(steepness=3.0), held=None, push=np.array([0.001]))
    assert (found.ending, found.period) == (Ending.LIMIT_CYCLE, 2)
    assert abs(float(found.states[-1, 0])) == pytest.approx(0.995, abs=2e-3)


def test_an_oscillation_that_dies_away_is_a_fixed_point() -> None:
    found = run(np.array([[-0.97]]), push=np.array([1e-3]))
    assert found.ending == Ending.FIXED_POINT


def test_steps_that_are_used_up_are_said_not_to_settle() -> None:
    found = run(np.array([[0.999]]), push=np.array([0.01]), max_steps=3)
    assert (found.ending, found.period, len(found.states)) == (Ending.NOT_SETTLED, 0, 4)


def test_a_held_factor_stays_where_it_is_held() -> None:
    """By hand: A is held at -0.5, so B = tanh(0.8 * -0.5) whatever B does to A."""
    found = run(sign_weights(np.array([[0.0, 1.0], [1.0, 0.0]])), held={0: -0.5})
    assert found.last == pytest.approx([-0.5, math.tanh(-0.4)])


@pytest.mark.parametrize("squash", [Squash.TANH, Squash.LOGISTIC])
@pytest.mark.parametrize("rule", list(Rule))
def test_runs_agree_with_a_loop_over_numbers(squash: Squash, rule: Rule) -> None:
    """A second program: the rule as sums in plain Python, on a random map of six factors, 200 steps."""
    drawn = random.Random(7)
    signs = [[drawn.choice([-1, 0, 0, 1]) for _ in range(6)] for _ in range(6)]
    push = [drawn.uniform(-1, 1) for _ in range(6)]
    steepness = 0.5
    state = [0.5 if squash == Squash.LOGISTIC else 0.0] * 6
    for _ in range(200):
        following = []
        for i in range(6):
            count = sum(map(abs, signs[i]))
            z = sum(0.8 * signs[i][j] / count * state[j] for j in range(6)) if count else 0.0
            z += push[i] + (state[i] if rule == Rule.STYLIOS_GROUMPOS else 0.0)
            following.append(math.tanh(steepness * z) if squash == Squash.TANH else 1 / (1 + math.exp(-steepness * z)))
        state = following
    found = run(sign_weights(np.array(signs, dtype=float)), Dynamics(rule, squash, steepness), np.array(push))
    assert found.last == pytest.approx(state, abs=1e-7)


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (Rule.KOSKO, [0.59904364, 0.50185235, 0.6175672]),
        (Rule.STYLIOS_GROUMPOS, [0.78882758, 0.66130651, 0.80836608]),
    ],
)
def test_equilibria_agree_with_fcmpy(rule: Rule, expected: list[float]) -> None:
    """FCMpy 0.0.21, inference Kosko and ModifiedKosko, transfer Sigmoid with l = 1, 300 steps from 0.5."""
    weights = np.array([[0.0, 0.8, 0.0], [-0.4, 0.0, 0.4], [0.8, 0.0, 0.0]])
    assert run(weights, Dynamics(rule, Squash.LOGISTIC)).last == pytest.approx(expected, abs=1e-7)


def test_unit_effects_are_runs_one_by_one() -> None:
    weights = sign_weights(np.array([[0.0, 0.0, -1.0], [1.0, 0.0, 0.0], [0.0, 1.0, 0.0]]))
    effects = unit_effects(weights)
    for column in range(3):
        assert effects[:, column] == pytest.approx(run(weights, push=np.eye(3)[column]).last, abs=1e-6)


def test_unit_effects_that_do_not_settle_are_no_numbers() -> None:
    effects = unit_effects(np.array([[0.0, -1.0], [1.0, 0.0]]), Dynamics(squash=Squash.THRESHOLD), max_steps=50)
    assert np.isnan(effects).all()


def test_contraction_bounds_are_those_of_the_docstring() -> None:
    """By hand: the largest row sum is 0.8; slopes are 2 and 2 / 4."""
    weights = sign_weights(np.array([[0.0, 1.0], [1.0, -1.0]]))
    assert Dynamics(steepness=2).contraction(weights) == pytest.approx(1.6)
    assert Dynamics(squash=Squash.LOGISTIC, steepness=2).contraction(weights) == pytest.approx(0.4)
    assert Dynamics(Rule.STYLIOS_GROUMPOS).contraction(weights) == pytest.approx(1.8)
    assert Dynamics(squash=Squash.THRESHOLD).contraction(weights) == math.inf


def test_a_map_of_nothing_rests() -> None:
    found = run(np.zeros((0, 0)))
    assert (found.ending, found.last.shape) == (Ending.FIXED_POINT, (0,))
    assert unit_effects(np.zeros((0, 0))).shape == (0, 0)
