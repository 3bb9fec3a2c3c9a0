"""The degree of coproduction, rule by rule: what counts, what does not, and what it is called."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from services.reporting.domain.intervention import of_plan, whole
from services.reporting.domain.marks import Marks
from tests.reporting.told import WHEN, answer, entry, party, took

PLAN, GOAL, ACTION = uuid4(), uuid4(), uuid4()
LUC = party("luc")


class Life:
    """Luc's entries, a day apart; by default Karim writes and is signed in."""

    def __init__(self):
        self.entries = []

    def happens(self, kind, *parts, by="karim", noted_by="", stream=PLAN, **body):
        number = len(self.entries) + 1
        when = WHEN + timedelta(days=number)
        told = entry(
            kind,
            {
                key: str(value) if not isinstance(value, list) else value
                for key, value in body.items()
            },
            by=by,
            noted_by=noted_by,
            stream=stream,
            version=number,
            recorded_at=when,
            occurred_at=when,
            contributors=tuple(took(*part) for part in parts),
        )
        self.entries.append(told)
        return told

    def plan(self, stream=PLAN):
        return self.happens("plans.plan_opened", stream=stream)

    def says(self, to, kind, by="luc", **body):
        said = answer(to, kind, by)
        self.entries.append(
            entry(
                f"{to.source}.{kind}",
                {"entry": str(to.id), **body},
                by=by,
                stream=to.stream,
                version=len(self.entries) + 1,
                recorded_at=said.recorded_at + timedelta(days=100),
            )
        )

    def marks(self):
        return Marks.told(LUC, self.entries)

    def degree(self, reading="own_and_confirmed"):
        return whole(self.marks()).hers(reading)

    def step(self, step, reading="own_and_confirmed"):
        return next(s for s in self.degree(reading).steps if s.step == step)


@pytest.fixture
def life():
    return Life()


def hers(part, attestation="own"):
    return ("luc", part, attestation)


@pytest.mark.parametrize(
    ("part", "level"),
    [
        ("proposed", "initiated"),
        ("wrote", "initiated"),
        ("discussed", "shaped"),
        ("agreed", "accepted"),
    ],
)
def test_a_part_goes_so_far(life, part, level):
    life.plan()
    life.happens("plans.action_added", hers(part), goal=GOAL, action=ACTION)

    assert life.step("act").levels == (level,)


def test_having_been_there_never_counts(life):
    life.happens("assessment.sharing_meeting_held", hers("witnessed"), ("karim", "wrote", "own"))

    assert life.step("understand").state == "not_covered"
    assert life.degree().name == "none"


def test_a_part_noted_for_the_person_counts_in_one_reading_until_confirmed(life):
    life.plan()
    agreed = life.happens("plans.goal_agreed", hers("agreed", "claimed"), goal=GOAL)

    assert life.step("set_goals", "all_but_disputed").levels == ("accepted",)
    assert life.step("set_goals").state == "not_covered"
    life.says(agreed, "contribution_confirmed", device="own")
    assert life.step("set_goals").levels == ("accepted",)


def test_a_disputed_part_counts_in_neither_reading_until_it_is_confirmed_again(life):
    life.plan()
    agreed = life.happens("plans.goal_agreed", hers("agreed", "claimed"), goal=GOAL)
    life.says(agreed, "contribution_disputed")
    for reading in ("own_and_confirmed", "all_but_disputed"):
        assert life.step("set_goals", reading).state == "not_covered"

    life.says(agreed, "dispute_settled", by="nathalie", outcome="kept")
    assert life.step("set_goals", "all_but_disputed").levels == ()
    life.says(agreed, "contribution_confirmed", device="own")
    assert life.step("set_goals").levels == ("accepted",)


@pytest.mark.parametrize("how", ["dispute_answered", "dispute_settled"])
def test_what_was_found_wrong_is_as_if_it_had_not_been_noted(life, how):
    life.plan()
    agreed = life.happens("plans.goal_agreed", ("karim", "agreed"), goal=GOAL)
    life.says(agreed, "contribution_disputed")
    life.says(agreed, how, by="karim", outcome="accepted")

    assert life.step("set_goals").state == "not_applicable"


def test_what_was_found_wrong_stays_so_when_the_words_that_said_it_are_taken_back(life):
    life.plan()
    agreed = life.happens("plans.goal_agreed", ("karim", "agreed"), goal=GOAL)
    life.says(agreed, "contribution_disputed")
    life.says(agreed, "dispute_answered", by="karim", outcome="accepted", words="Oui.")
    answered = life.entries.pop()
    life.entries.append(replace(answered, body={}, readable=False))
    life.says(answered, "words_withdrawn", by="karim", about=str(agreed.id), outcome="accepted")

    assert life.step("set_goals").state == "not_applicable"


def test_an_entry_about_somebody_else_does_not_count(life):
    rated = life.happens("assessment.theme_rated", hers("wrote"), by="luc", theme="sommeil")
    life.says(rated, "entry_misfiled", by="karim")

    assert life.degree().name is None
    assert life.degree().reason == "nothing_recorded"


def test_words_go_and_the_part_in_the_decision_stays(life):
    life.plan()
    declined = life.happens("plans.goal_declined", hers("declined"), by="luc", goal=GOAL)
    life.entries[-1] = replace(declined, body={}, readable=False)
    life.says(declined, "words_withdrawn", goal=str(GOAL))

    assert life.step("set_goals").levels == ("refused_and_followed",)
    life.happens("plans.action_added", ("karim", "wrote"), goal=GOAL, action=ACTION)
    assert life.step("set_goals").went_on == (declined.id,)


# --- a no, and what came after --------------------------------------------------------------------


def test_a_no_that_was_followed_is_a_part_taken(life):
    life.plan()
    life.happens("plans.goal_proposed", ("karim", "proposed"), goal=GOAL)
    life.happens("plans.goal_declined", hers("declined"), by="luc", goal=GOAL)
    life.happens("plans.goal_set_aside", ("karim", "wrote"), goal=GOAL)

    assert life.step("set_goals").levels == ("refused_and_followed",)
    assert life.step("set_goals").state == "covered"


def test_a_no_in_spite_of_which_it_went_on_is_not_covered_and_is_shown(life):
    life.plan()
    life.happens("plans.goal_proposed", hers("discussed"), goal=GOAL)
    no = life.happens("plans.goal_disagreed", hers("disagreed"), by="luc", goal=GOAL)
    life.happens("plans.action_added", ("karim", "wrote"), goal=GOAL, action=ACTION)

    step = life.step("set_goals")
    assert step.went_on == (no.id,)
    # that the goal was talked over does not make up for it
    assert (step.levels, step.state) == (("shaped",), "not_covered")
    assert life.degree().name == "none"


def test_a_no_to_one_goal_is_not_about_another(life):
    life.plan()
    life.happens("plans.goal_declined", hers("declined"), by="luc", goal=GOAL)
    life.happens("plans.action_added", ("karim", "wrote"), goal=uuid4(), action=ACTION)

    assert life.step("set_goals").levels == ("refused_and_followed",)


def test_what_goes_on_after_a_yes_of_theirs_does_not_go_on_in_spite_of_the_no(life):
    life.plan()
    life.happens("plans.goal_disagreed", hers("disagreed"), by="luc", goal=GOAL)
    life.happens("plans.goal_agreed", hers("agreed"), by="luc", goal=GOAL)
    life.happens("plans.action_added", ("karim", "wrote"), goal=GOAL, action=ACTION)

    assert life.step("set_goals").levels == ("accepted", "refused_and_followed")


def test_a_yes_that_was_only_noted_does_not_outweigh_their_own_no(life):
    life.plan()
    no = life.happens("plans.goal_disagreed", hers("disagreed"), by="luc", goal=GOAL)
    life.happens(
        "plans.goal_agreed", hers("agreed", "claimed"), by="luc", noted_by="karim", goal=GOAL
    )
    life.happens("plans.action_added", ("karim", "wrote"), goal=GOAL, action=ACTION)

    assert life.step("set_goals").went_on == (no.id,)
    assert life.step("set_goals", "all_but_disputed").went_on == ()


def test_a_theme_left_out_comes_back_by_a_goal_that_grows_from_it(life):
    life.plan()
    no = life.happens("plans.theme_declined", hers("declined"), by="luc", theme="sommeil")
    life.happens("plans.theme_considered", ("karim", "proposed"), theme="sommeil")
    assert life.step("prioritise").levels == ("refused_and_followed",)

    life.happens(
        "plans.goal_proposed", ("karim", "proposed"), goal=GOAL, grown_from=["rating:sommeil"]
    )
    assert life.step("prioritise").went_on == (no.id,)


def test_a_no_to_what_is_done_already_is_not_followed(life):
    life.plan()
    held = life.happens("plans.review_held", hers("disagreed"), ("karim", "wrote"))

    assert life.step("follow_up").went_on == (held.id,)


def test_signed_in_and_writing_a_yes_or_a_no_is_a_yes_or_a_no(life):
    """Whoever sends a yes alone is noted as having written it: no more is sent."""
    life.plan()
    life.happens("plans.goal_agreed", hers("wrote"), by="luc", goal=GOAL)
    life.happens("plans.theme_declined", hers("wrote"), by="luc", theme="sommeil")

    assert life.step("set_goals").levels == ("accepted",)
    assert life.step("prioritise").levels == ("refused_and_followed",)


def test_other_words_for_a_goal_shape_it_until_it_is_agreed_to(life):
    life.plan()
    life.happens("plans.goal_proposed", ("karim", "proposed"), goal=GOAL)
    life.happens("plans.goal_reworded", hers("wrote"), by="luc", goal=GOAL)
    assert life.step("set_goals").levels == ("shaped",)

    life.happens("plans.goal_agreed", hers("agreed"), by="luc", goal=GOAL)
    life.happens("plans.goal_reworded", hers("wrote"), by="luc", goal=GOAL)
    assert life.step("set_goals").levels == ("initiated", "shaped", "accepted")


# --- what applies, and what it is called ----------------------------------------------------------


def test_before_a_plan_there_are_only_the_first_two_steps_and_what_has_an_entry(life):
    life.happens("assessment.change_judged", hers("wrote"), by="luc", theme="sommeil")

    states = {s.step: s.state for s in life.degree().steps}
    assert states == {
        "understand": "not_recorded",
        "prioritise": "not_recorded",
        "set_goals": "not_applicable",
        "act": "not_applicable",
        "follow_up": "not_applicable",
        "evaluate": "covered",
    }
    assert not whole(life.marks()).about_a_plan


def test_a_later_step_of_the_plan_makes_the_earlier_ones_not_recorded_never_done_without(life):
    life.plan()
    life.happens("plans.goal_achieved", hers("wrote"), by="luc", goal=GOAL)

    assert life.degree().of("not_recorded") == (
        "understand", "prioritise", "set_goals", "act", "follow_up",
    )  # fmt: skip
    assert life.degree().name == "partial"


def test_agreeing_to_everything_has_a_name_of_its_own(life):
    life.happens("assessment.strength_named", hers("agreed"), ("karim", "proposed"), stream=uuid4())
    life.happens("assessment.star_placed", hers("agreed"), ("karim", "proposed"), stream=uuid4())

    assert life.degree().name == "accepted_throughout"


def test_taking_part_in_some_steps_is_partial(life):
    life.happens("assessment.theme_rated", hers("wrote"), by="luc", stream=uuid4())
    life.happens("assessment.star_placed", ("karim", "wrote"), stream=uuid4())

    assert life.degree().name == "partial"
    assert life.degree().of("covered") == ("understand",)
    assert life.degree().of("not_covered") == ("prioritise",)


def test_relatives_never_stand_in_for_the_person(life):
    life.happens("assessment.view_noted", ("diane", "wrote"), by="diane", theme="sommeil")

    assert life.step("understand").state == "not_covered"
    apart = whole(life.marks()).apart("relative", "own_and_confirmed")
    assert apart.levels()["understand"] == ("initiated",)


def test_each_plan_has_what_led_to_it_and_what_looks_back_on_it(life):
    second, sitting = uuid4(), uuid4()
    life.happens("assessment.theme_rated", hers("wrote"), by="luc", stream=sitting)
    life.plan()
    life.happens("plans.goal_proposed", hers("proposed"), by="luc", goal=GOAL)
    life.happens("plans.plan_closed")
    life.happens(
        "assessment.change_judged", hers("wrote"), by="luc", stream=sitting, theme="sommeil"
    )
    life.happens("assessment.star_placed", ("karim", "wrote"), stream=sitting)
    life.plan(second)
    life.happens("assessment.change_judged", hers("wrote"), by="luc", stream=sitting, goal=GOAL)
    marks = life.marks()

    def recorded(plan):
        return [step for step, _ in of_plan(marks, plan).steps]

    assert recorded(PLAN) == ["understand", "set_goals", "evaluate", "evaluate"]
    assert recorded(second) == ["prioritise"]
    assert of_plan(marks, uuid4()) is None
