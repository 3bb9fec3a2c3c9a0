"""The degree of coproduction over HTTP: whose eyes, what leaves no trace, who is let in."""

from uuid import uuid4

import pytest

from services.assessment.domain import events as a
from services.plans.domain import events as p
from tests.reporting.api.scene import CATALOGUE, Scene, story


@pytest.fixture
def scene(house):
    return Scene(house)


def ask(scene, who, **query):
    return scene.get(who, f"/persons/{scene.house.person.id}/coproduction", **query)


def degree(scene, who, **query):
    answer = ask(scene, who, **query)
    assert answer.status_code == 200, answer.text
    return answer.json()


def steps(found, reading="own_and_confirmed"):
    (one,) = [r for r in found["readings"] if r["reading"] == reading]
    return {s["step"]: s for s in one["hers"]["steps"]}


def opened(scene, kind="quality_of_life"):
    sitting = uuid4()
    scene.tell(
        a.AssessmentOpened, sitting, catalogue=CATALOGUE, kind=kind,
        themes=("travail", "intimite"), lowest=0, highest=100,
    )  # fmt: skip
    return sitting


def test_each_step_is_said_in_plain_words_to_the_person_and_to_others(scene, house):
    story(scene)
    scene.settled()

    hers = steps(degree(scene, house.person))
    assert hers["act"]["label"] == "Agir"
    assert hers["act"]["said"] == "Vous y avez eu votre part."
    assert [level["said"] for level in hers["act"]["levels"]] == ["est venu de vous"]
    theirs = steps(degree(scene, house.practitioner))
    assert theirs["act"]["said"] == "La personne y a eu sa part."


def test_what_is_kept_from_a_reader_leaves_no_trace_in_the_degree(scene, house):
    """As answered to the practitioner, a life with private answers is that without them."""
    sitting = opened(scene)
    scene.tell(a.ThemeRated, sitting, theme="travail", value=20, visibility="just_me")
    scene.tell(a.StarPlaced, sitting, theme="travail")
    scene.settled()

    assert steps(degree(scene, house.person))["understand"]["levels"] != []
    found = degree(scene, house.practitioner)
    assert (found["n"], found["begins"], found["ends"], found["catalogues"]) == (0, None, None, [])
    for reading in found["readings"]:
        assert reading["hers"]["degree"] is None
        assert reading["hers"]["reason"] == "nothing_recorded"
        states = {step["step"]: step["state"] for step in reading["hers"]["steps"]}
        assert states["understand"] == states["prioritise"] == "not_recorded"
    assert found["reason"] == "no_plan_shown"


def test_once_shown_it_counts_for_the_practitioner_too(scene, house):
    sitting = opened(scene)
    scene.tell(a.ThemeRated, sitting, theme="travail", value=20)
    scene.tell(a.ThemeRated, sitting, theme="intimite", value=10, visibility="just_me")
    scene.tell(a.AssessmentShared, sitting, audience=(house.practitioner.id,), parts=("quality_of_life",))  # fmt: skip
    scene.settled()

    found = degree(scene, house.practitioner)
    assert found["n"] == 1
    assert steps(found)["understand"]["state"] == "covered"


def test_how_the_person_found_the_service_is_never_told_to_those_it_is_about(scene, house):
    sitting = opened(scene, kind="process")
    scene.tell(a.ThemeRated, sitting, theme="travail", value=20)
    scene.tell(a.AssessmentShared, sitting, audience=(house.practitioner.id,), parts=("process",))
    scene.settled()

    assert steps(degree(scene, house.person))["evaluate"]["state"] == "covered"
    assert degree(scene, house.practitioner)["n"] == 0


def test_a_no_in_spite_of_which_it_went_on_is_shown(scene, house):
    plan, goal = uuid4(), uuid4()
    scene.tell(p.PlanOpened, plan, number=1)
    scene.tell(p.GoalProposed, plan, goal=goal, words="Un budget", by=house.practitioner)
    no = scene.tell(p.GoalDisagreed, plan, goal=goal, part="disagreed")
    scene.tell(p.ActionAdded, plan, action=uuid4(), goal=goal, words="Ouvrir un cahier",
               by=house.practitioner)  # fmt: skip
    scene.settled()

    step = steps(degree(scene, house.person))["set_goals"]
    assert step["went_on"] == [str(no.id)]
    assert step["said"] == "Vous avez dit non, et cela a continué."


def test_who_does_not_take_part_is_not_let_in(scene, house):
    story(scene)
    scene.settled()

    for who in (house.auditor, house.officer, house.administrator, house.manager):
        answer = ask(scene, who)
        assert (answer.status_code, answer.json()["code"]) in (
            (403, "action.not_yours"),
            (404, "person.unknown"),
        )


def test_eli_of_another_organisation_meets_unknown(scene, house, other_house):
    story(scene)
    scene.settled()

    answer = scene.get(other_house.practitioner, f"/persons/{house.person.id}/coproduction")
    assert (answer.status_code, answer.json()["code"]) == (404, "person.unknown")
