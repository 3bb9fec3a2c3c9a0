"""The degree of the nine stories is the expected table, in its two readings."""

import pytest

from services.reporting.domain.degree import READINGS
from services.reporting.domain.intervention import of_plan, periods, whole
from services.reporting.domain.marks import Marks
from tests.reporting.cast import entries_of
from tests.reporting.expected_degree import EXPECTED, NAMES, with_claimed


@pytest.fixture(params=sorted(EXPECTED))
def story(request):
    return request.param


def marks(story):
    person, entries = entries_of(story)
    return Marks.told(person.id, entries)


def test_the_table_is_of_all_nine_stories():
    assert sorted(EXPECTED) == list(range(1, 10))


def test_how_far_the_person_went_in_each_step(story):
    found = whole(marks(story))

    assert found.hers("own_and_confirmed").levels() == EXPECTED[story]
    assert found.hers("all_but_disputed").levels() == with_claimed(story)


def test_the_degree_has_the_name_that_the_steps_give_it(story):
    found = whole(marks(story)).readings()

    assert {reading: degree.name for reading, degree in found.items()} == dict.fromkeys(
        READINGS, NAMES[story]
    )


def test_the_one_plan_of_a_story_tells_all_of_it(story):
    told = marks(story)
    for period in periods(told):
        assert of_plan(told, period.plan).readings() == whole(told).readings()


def test_a_step_without_an_entry_is_not_recorded_or_not_reached(story):
    for step in whole(marks(story)).hers("own_and_confirmed").steps:
        assert (step.state in ("not_recorded", "not_applicable")) == (step.levels == ())


def test_his_mother_s_view_is_given_apart_and_only_hers():
    found = whole(marks(7)).apart("relative", "own_and_confirmed")

    # her view counts; that she was there at the meeting does not
    assert {s: v for s, v in found.levels().items() if v} == {"understand": ("initiated",)}
