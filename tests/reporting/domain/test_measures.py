"""Measures of one person: reference values, and what is said when there is nothing to say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.reporting.domain.measures import (
    Attained,
    Reliability,
    attainment,
    is_reliable,
    reliable_change,
    sphere_mean,
)

LEVELS = st.integers(-2, 2)


# --- T of goal attainment: Turner-Stokes 2009 -----------------------------------------------------


@pytest.mark.parametrize(
    ("levels", "t"),
    [((1,), 60.0), ((0,), 50.0), ((-2,), 30.0), ((2,), 70.0), ((1, 0), 56.2017), ((0, 0, 0), 50.0)],
)
def test_goals_of_equal_weight_come_to_the_reference_value(levels, t):
    found = attainment([Attained(level) for level in levels])

    assert found.value == pytest.approx(t, abs=0.0001)
    assert (found.n, found.of) == (len(levels), len(levels))


def test_a_goal_that_matters_more_weighs_more():
    heavier = attainment([Attained(1, weight=3), Attained(0)])

    # 50 + 10·3 / √(0.7·(9 + 1) + 0.3·16)
    assert heavier.value == pytest.approx(58.7333, abs=0.0001)


def test_without_goals_there_is_no_attainment_and_not_a_zero():
    assert (attainment([]).value, attainment([]).reason) == (None, "no_goals")


def test_a_goal_that_was_not_rated_yet_is_in_n_of_how_many_only():
    found = attainment([Attained(1), Attained(None)])

    assert (found.value, found.n, found.of) == (60.0, 1, 2)
    assert attainment([Attained(None)]).reason == "no_goal_rated"


@given(st.lists(st.tuples(LEVELS, st.integers(1, 5)), min_size=1, max_size=8))
def test_as_many_above_as_below_is_fifty(goals):
    both = [Attained(sign * level, weight) for level, weight in goals for sign in (1, -1)]

    assert attainment(both).value == pytest.approx(50)


# --- reliable change: Jacobson & Truax 1991, Christensen & Mendoza 1986 ---------------------------


def test_a_change_is_measured_in_errors_of_a_difference():
    known = Reliability(r=0.8, sd=7.5, source="Jacobson & Truax 1991, p. 14")
    change = reliable_change(32.5, 47.5, known)

    # SEM = 7.5·√0.2 = 3.354; S_diff = √2·SEM = 4.743
    assert change.value == pytest.approx(3.1623, abs=0.0001)
    assert is_reliable(change) is True


def test_a_change_within_the_error_is_not_called_reliable():
    known = Reliability(r=0.8, sd=7.5, source="idem")

    assert is_reliable(reliable_change(40, 44, known)) is False


@pytest.mark.parametrize(
    ("known", "reason"),
    [
        (None, "no_reliability_entered"),
        (Reliability(0.8, 7.5, " "), "no_reliability_entered"),
        (Reliability(1.0, 7.5, "x"), "reliability_out_of_range"),
        (Reliability(0.8, 0.0, "x"), "reliability_out_of_range"),
    ],
)
def test_without_a_reliability_and_its_source_nothing_is_called_reliable(known, reason):
    change = reliable_change(20, 80, known)

    assert (change.value, change.reason) == (None, reason)
    assert is_reliable(change) is None


# --- mean of a sphere -----------------------------------------------------------------------------


def test_a_sphere_has_a_mean_when_half_of_it_is_answered():
    found = sphere_mean([40, 60, None, None])

    assert (found.value, found.n, found.of) == (50.0, 2, 4)


def test_below_half_there_is_none():
    assert sphere_mean([40, None, None]).reason == "too_few_answered"
    assert sphere_mean([40, None, None]).value is None


def test_what_was_left_alone_by_choice_is_in_neither_count():
    found = sphere_mean([40, "not_concerned", "rather_not_say", None])

    assert (found.value, found.n, found.of) == (40.0, 1, 2)
    assert sphere_mean(["not_concerned"]).reason == "nothing_asked"


@given(st.lists(st.one_of(st.integers(0, 100), st.none()), max_size=12))
def test_a_mean_lies_among_its_answers_or_says_why_not(answers):
    found = sphere_mean(answers)
    given_ = [a for a in answers if a is not None]

    if found.value is None:
        assert found.reason
    else:
        assert min(given_) <= found.value <= max(given_)
